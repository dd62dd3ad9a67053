"""The setting: every name is declared once, by one declaration, which fixes its role."""

from fractions import Fraction

from verify.kernel.affine import ONE, ZERO, Family, Index, Integer, Interval, Set, single
from verify.kernel.facts import Fact, Setting
from verify.kernel.letters import Letter
from verify.kernel.limits import LIMITS, At, need
from verify.kernel.load import Data, chosen, fields, items, name, objects, whole
from verify.kernel.made import declare
from verify.kernel.motion import Derivation
from verify.kernel.ring import Poly, visibly_positive
from verify.kernel.terms import letter_at
from verify.kernel.vary import gradients

#: the kinds of motion and the fields of each
MOTIONS = {
    "still": ("", ""),
    "flow": ("rates", ""),
    "gradient-flow": ("of", "speeds"),
    "gradient-step": ("of size", ""),
    "fibre-flow": ("of chain along", ""),
}


def setting(data: Data) -> Setting:
    """Read a setting; the motion comes last, when everything is declared."""
    given = fields(data, "integers sets families letters motion")
    found = Setting()
    for x, least in objects(given["integers"]).items():
        found.declare(Integer(x, whole(least, 1, LIMITS["size"])))
    for y in items(given["sets"]):
        found.declare(Set(name(y)))
    for y in items(given["families"]):
        found.declare(Family(name(y)))
    letters = objects(given["letters"])
    found.taken = frozenset([*found.names, *letters, *_beside(letters)])
    for x, declaration in letters.items():
        declare(found, x, declaration)
    with At("motion"):
        _motion(found, given["motion"])
    return found


def _beside(letters: dict[str, Data]) -> list[str]:
    """Names that declarations introduce beside the letter's own."""
    fs = ("others", "pairs", "left", "right", "gradient")
    return [name(d[f]) for d in letters.values() if isinstance(d, dict) for f in fs if f in d]


def _motion(found: Setting, data: Data) -> None:
    """Still, a flow with given rates, or the gradient flow or one step of an objective, whose rates
    are computed here.
    """
    kind, given = chosen(data, "kind", MOTIONS)
    if kind == "still":
        return
    if kind == "flow":
        _prescribed(found, objects(given["rates"]))
    else:
        _derived(found, kind, given)
    if kind != "gradient-step":
        found.flow = Derivation(dict(found.rates))
        for u in found.rates:
            if u.role == "root":
                of, x = found.facts[u.name + "@"], u.name + "@rate"
                found.facts[x] = Fact(x, of.indices, found.flow.of(of.poly), "setting")


def _derived(found: Setting, kind: str, given: dict[str, Data]) -> None:
    """theta' = -gradient of the objective, times speeds, on a fibre, or a step of a size."""
    objective = found.scope().real(given["of"])
    need(not objective.any("dd"), "dd in the objective")
    parameters = found.letters("parameter")
    good = parameters and not any(u.hermitian for u in parameters)
    need(good, "a gradient flow without parameters, or of what has a form")
    gradient = gradients(objective.poly, parameters)
    found.objective = objective
    found.rates = {u: gradient[u].times(Fraction(-1)) for u in parameters}
    if kind == "fibre-flow":
        _on_the_fibre(found, given, gradient)
    elif kind == "gradient-step":
        need(not found.letters("gate"), "a gate may switch in a step")
        eta = found.scope().letter(given["size"], "constant")
        need(not eta.indices and not eta.size, "the size of a step is a number")
        found.rates = {u: letter_at(eta, ()) * p for u, p in found.rates.items()}
        found.gain = dict(found.rates)
    elif "speeds" in given:
        found.speeds = True
        _speeds(found, objects(given["speeds"]))


def _prescribed(found: Setting, given: dict[str, Data]) -> None:
    """u' = a term in the letter's own indices, continuous by its roles, for each parameter; or,
    also of roots of matrices, a free letter of its own: any path.
    """
    parameters = found.letters("parameter")
    roots = [y for y in found.letters("root") if y.size and not y.fixed and y.name in given]
    same = parameters and set(given) == {u.name for u in [*parameters, *roots]}
    need(same, "rates: expected one of each parameter")
    free = found.letters("free")
    for u in [*parameters, *roots]:
        t = found.scope(*u.indices).term(given[u.name])
        p = found.rates[u] = t.poly
        need(p.shape == u.size, f"the rate of {u.name} is of another type")
        if u.hermitian and u not in roots:
            need(not (p - p.star()).terms, f"the rate of {u.name} is not seen to be Hermitian")
        own = t.head in free and t.op == "at" and [*t.at] == u.own()
        good = own or (p.smooth() and u not in roots)
        need(good, f"the rate of {u.name}: a letter that is not continuous by its role")
        if own:
            free.remove(t.head)
            found.paths = True


def _on_the_fibre(found: Setting, given: dict[str, Data], slopes: dict[Letter, Poly]) -> None:
    """W_k' = -w_k, w_k = b_k W_k - W_k b_(k-1): of all such w the nearest to the gradient, by its
    normal equations, which have a solution at every W.
    """
    w, run = found.scope().letter(given["chain"], "chain").layers
    b, (k,) = found.scope().letter(given["along"], "free"), w.indices
    need([*slopes] == [w], "parameters beside the layers of the chain")
    slope, depth = slopes[w], run.high
    good = b.size and b.ends == (ZERO, depth) and not b.hermitian
    need(good, f"{b.name} has no ends at 0 and a, or has a form")

    here, below = letter_at(w), letter_at(b, [single(k).plus(-1)])
    moved = letter_at(b, [single(k)]) * here - here * below
    inner = Index(k.name, Interval(ONE, depth.plus(-1)))
    at, after = {k: single(inner)}, {k: single(inner).plus(1)}
    gap, star = moved - slope, here.star()
    nearest = gap.at(at) * star.at(at) - star.at(after) * gap.at(after)
    found.rates[w] = moved.times(Fraction(-1))
    found.fibre = found.facts[b.name + "@"] = Fact(b.name + "@", [inner], nearest, "setting")


def _speeds(found: Setting, given: dict[str, Data]) -> None:
    """What the gradient of a parameter is multiplied by: made of constants, visibly > 0."""
    need(given, "speeds: none is given")
    for x, data in given.items():
        u = found.scope().letter(x, "parameter")
        p = found.scope(*u.indices).real(data).poly
        still = not p.mentions(lambda y: y.role != "constant")
        need(still and visibly_positive(p), f"speeds: that of {x} is not made of constants, or > 0")
        found.rates[u] = p * found.rates[u]
