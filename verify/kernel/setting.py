"""The setting: every name is declared once, by one declaration, which fixes its role."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.affine import ONE, ZERO, Affine, Family, Index, Integer, Interval, Set, single
from verify.kernel.declared import Setting
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import LIMITS, Refused, need
from verify.kernel.load import Data, fields, flag, items, name, objects, one_of, whole
from verify.kernel.made import ended, make
from verify.kernel.motion import Derivation
from verify.kernel.read import under
from verify.kernel.ring import Poly
from verify.kernel.scope import of_integers
from verify.kernel.signs import visibly_positive
from verify.kernel.terms import letter_at
from verify.kernel.vary import gradients

#: what each role has besides its role: fields that must stand there, fields that may
FIELDS = {
    "parameter": ("", "for sign rows cols"),
    "constant": ("", "for sign rows cols form ends"),
    "free": ("", "for sign rows cols ends"),
    "product": ("of others", ""),
    "chain": ("of left right", ""),
    "let": ("is", "for"),
    "name": ("is", "for form sign ends"),
    "root": ("is degree", "for sign"),
    "exp": ("is", "for"),
    "log": ("is", "for"),
    "gate": ("is", "for"),
    "loss": ("of gradient", "for degree"),
}


def setting(data: Data) -> Setting:
    """Read a setting; the motion comes last, when everything is declared."""
    given = fields(data, "setting", "integers sets families letters motion")
    found = Setting()
    for x, least in objects(given["integers"], "integers").items():
        value = whole(least, f"the least value of {x}", 1)
        need(value <= LIMITS["size"], f"the least value of {x} is beyond {LIMITS['size']}")
        found.declare(Integer(x, value))
    for y in items(given["sets"], "sets"):
        found.declare(Set(name(y, "sets")))
    for y in items(given["families"], "families"):
        found.declare(Family(name(y, "families")))
    letters = objects(given["letters"], "letters")
    found.taken = frozenset([*found.names, *letters, *_beside(letters)])
    for x, declaration in letters.items():
        _letter(found, x, declaration)
    _motion(found, given["motion"])
    return found


def _beside(letters: dict[str, Data]) -> list[str]:
    """Names that declarations introduce beside the letter's own."""
    fs = ("others", "left", "right", "gradient")
    found = [d[f] for d in letters.values() if isinstance(d, dict) for f in fs if f in d]
    return [name(x, "letters") for x in found]


def _letter(found: Setting, x: str, data: Data) -> None:
    if not isinstance(data, dict) or "role" not in data:
        raise Refused(f"{x}: a declaration has a role")
    role = one_of(data["role"], f"{x}: role", *FIELDS)
    must, may = FIELDS[role]
    given = fields(data, x, "role " + must, may)
    if role in ("parameter", "constant", "free"):
        found.declare(_primitive(found, x, role, given))
    else:
        make(found, x, role, given)


def _primitive(found: Setting, x: str, role: str, given: dict[str, Data]) -> Letter:
    """A letter whose values are given."""
    indices, inner = found.scope().bound(given, "for", x)
    of_integers(indices, x)
    need(("rows" in given) == ("cols" in given), f"{x}: rows and cols, or neither")
    shape = None
    if "rows" in given:
        shape = inner.size(given["rows"], x), inner.size(given["cols"], x)
        need("sign" not in given, f"{x}: a matrix has no sign")
    sign = one_of(given["sign"], f"{x}: sign", ">", ">=", "!=") if "sign" in given else ""
    fixed = role == "constant"
    letter = Letter(x, role, indices, shape, sign, fixed=fixed, smooth=role != "free")
    if "form" in given:
        one_of(given["form"], f"{x}: form", "hermitian")
        need(shape and shape[0] == shape[1], f"{x}: Hermitian needs rows = cols")
        letter.hermitian = True
    if flag(given, "ends"):
        ended(letter)
    return letter


def _motion(found: Setting, data: Data) -> None:
    """Still, a flow with given rates, or the gradient flow or one step of an objective, whose rates
    are computed here.
    """
    kind = data.get("kind") if isinstance(data, dict) else None
    one_of(kind, "motion: kind", "still", "flow", "gradient-flow", "gradient-step", "fibre-flow")
    if kind == "still":
        fields(data, "motion", "kind")
        return
    if kind == "flow":
        _prescribed(found, objects(fields(data, "motion", "kind rates")["rates"], "rates"))
        return
    step = kind == "gradient-step"
    need(not (step and found.letters("gate")), "motion: a gate may switch in a step")
    more = {"gradient-step": " size", "fibre-flow": " chain along"}.get(str(kind), "")
    given = fields(data, "motion", "kind of" + more, "" if more else "speeds")
    objective = found.scope().real(given["of"], "motion")
    need(not objective.any("start", "dd"), "motion: start or dd in the objective")
    parameters = found.letters("parameter")
    need(parameters, "motion: a gradient flow without parameters")
    gradient = gradients(objective.poly, parameters, found.made)
    found.objective = objective
    found.rates = {u: gradient[u].times(Fraction(-1)) for u in parameters}
    if kind == "fibre-flow":
        _on_the_fibre(found, given, gradient)
    if step:
        eta = found.scope().letter(given["size"], "motion: size", "constant")
        need(not eta.indices and not eta.rows, "motion: the size of a step is a number")
        found.rates = {u: letter_at(eta, ()) * p for u, p in found.rates.items()}
        found.gain = dict(found.rates)
        return
    if "speeds" in given:
        found.speeds = True
        _speeds(found, objects(given["speeds"], "speeds"))
    found.flow = Derivation(found.made, dict(found.rates))


def _prescribed(found: Setting, given: dict[str, Data]) -> None:
    """u' = a term in the letter's own indices, continuous by its roles, for each parameter."""
    parameters = found.letters("parameter")
    same = parameters and set(given) == {u.name for u in parameters}
    need(same, "rates: expected one of each parameter")
    for u in parameters:
        scope = under(found.scope(), u.indices)
        found.rates[u] = p = scope.term(given[u.name], f"the rate of {u.name}").poly
        need(p.shape == u.shape(u.own()), f"the rate of {u.name} is of another type")
        need(
            not p.mentions(lambda y: not y.smooth),
            f"the rate of {u.name}: a letter that is not continuous by its role",
        )
    found.flow = Derivation(found.made, dict(found.rates))


def _on_the_fibre(found: Setting, given: dict[str, Data], slopes: dict[Letter, Poly]) -> None:
    """W_k' = -w_k, w_k = b_k W_k - W_k b_(k-1), b_0 = b_a = 0: of all such w the nearest to the
    gradient V. These are normal equations, which have a solution at every W: (w - V)_k W_k^* =
    W_(k+1)^* (w - V)_(k+1), k = 1..a-1.
    """
    w = found.made[found.scope().letter(given["chain"], "motion: chain", "chain")].parts[0]
    b, (k,) = found.scope().letter(given["along"], "motion: along", "free"), w.indices
    need([*slopes] == [w], "motion: parameters beside the layers of the chain")
    slope, depth = slopes[w], k.kind.high  # type: ignore[union-attr]
    need(b.rows and b.ends == (ZERO, depth), f"motion: {b.name} has no ends at 0 and a")

    def moved(at: Affine) -> Poly:
        here = letter_at(w, [at])
        return letter_at(b, [at]) * here - here * letter_at(b, [at.plus(-1)])

    def gap(at: Affine) -> Poly:
        return moved(at) - slope.at({k: at})

    inner = Index(k.name, Interval(ONE, depth.plus(-1)))
    at, after = single(inner), single(inner).plus(1)
    nearest = gap(at) * letter_at(w, [at]).star() - letter_at(w, [after]).star() * gap(after)
    found.rates[w] = moved(single(k)).times(Fraction(-1))
    found.fibre = found.facts[b.name + "@"] = Fact(b.name + "@", [inner], nearest, "setting")


def _speeds(found: Setting, given: dict[str, Data]) -> None:
    """What the gradient of a parameter is multiplied by: made of constants, visibly > 0."""
    need(given, "speeds: none is given")
    for x, data in given.items():
        u = found.scope().letter(x, "speeds", "parameter")
        p = under(found.scope(), u.indices).real(data, "speeds").poly
        still = not p.mentions(lambda y: y.role != "constant")
        need(still and visibly_positive(p), f"speeds: that of {x} is not made of constants, or > 0")
        found.rates[u] = p * found.rates[u]
