"""Two scalar layers: the motion of a claim about matrices of every size at d = 1, N = 2, as an
exact field in the plane.

    x = phi(w),   G_1 = <w, xi w>,   w_a = a xi w, of the model and its hidden group at these sizes
    gradient flow of f:  w' = -grad f;          on the fibre of x:  w' = -w_b,  b |xi w|^2 = <grad
    f, xi w>

Conjugates and traces do nothing here. E(X) has to be chosen, and so has every constant: TARGET and
RATE, said in the picture. What the field keeps, x or G_1, is decided by exact polynomials, never by
the author's title.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.models.catalogue.layers import MODEL
from verify.models.derived import phi_at
from verify.models.hidden import hidden
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, FibreFlow, GradientFlow
from verify.report.pictures.plane_flow import PlaneFlow, Poly, letters, number
from verify.terms.affine import k
from verify.terms.array_values import Arithmetic
from verify.terms.matrices import Family, Mat, W
from verify.terms.relation import Equal

DEPTH = 2
TARGET, RATE = 1, Fraction(1, 4)
LEARNING_WORDS = f"learning flow, E = (x - {TARGET})^2/2"


class NoScalarForm(BadInput):
    """Nothing to draw in the plane of two scalar layers."""


def value(e: Mat, index: Mapping[str, int]) -> Poly:
    """An expression at d = 1, N = 2. Raises NoScalarForm for what depends on more than W, E and
    constants.
    """
    match e.head, e.args:
        case "num", (c,):
            return number(c)
        case "const", (name,):
            return number(DEPTH if name == "N" else RATE)
        case "letter", (name, i):
            return _letter(str(name), None if i is None else i.at(dict(index)))
        case "+", (a, b):
            return value(a, index) + value(b, index)
        case "*", (a, b):
            return value(a, index) * value(b, index)
        case "^", (a, n) if n.at(dict(index)) >= 0:
            return value(a, index) ** n.at(dict(index))
        case "mark", (_, a):
            return value(a, index)
        case "tr", (a,):
            return value(a, index)
        case "sum", (name, low, high, body):
            over = range(low.at(dict(index)), high.at(dict(index)) + 1)
            return sum((value(body, {**index, name: n}) for n in over), number(0))
        case "loss", ():
            return (_product() - TARGET) ** 2 / 2
        case "G", (i,):
            return moment_map() if i.at(dict(index)) == 1 else number(0)
    raise NoScalarForm(f"{e.head!r} has no value for two scalar layers alone")


SIZES = MODEL.at((1, 1, 1))


def _product() -> Poly:
    """phi at these sizes."""
    (found,) = phi_at(MODEL, SIZES, letters(), Arithmetic(lift=number))
    return found


def tangent() -> list[Poly]:
    """xi w, for the one direction of the hidden group."""
    return hidden(MODEL, SIZES).moved([1], letters())


def moment_map() -> Poly:
    """G_1 = <w, xi w>."""
    (found,) = hidden(MODEL, SIZES).paired(letters(), letters())
    return found


def _letter(name: str, i: int | None) -> Poly:
    """W_k, A_k = W_2 ... W_(k+1), B_k = W_(k-1) ... W_1, X and P = E'(X)."""
    w1, w2 = letters()
    x = _product()
    known: dict[tuple[str, int | None], Poly] = {
        ("W", 1): w1,
        ("W", 2): w2,
        ("A", 1): w2,
        ("A", 2): number(1),
        ("B", 1): number(1),
        ("B", 2): w1,
    }
    known |= {("X", None): x, ("P", None): x - TARGET}
    if (name, i) not in known:
        raise NoScalarForm(f"the letter {name} has no value for two scalar layers alone")
    return known[name, i]


INDEX = {"N": DEPTH, "k": 1}


def gradient(f: Poly, words: str) -> PlaneFlow:
    """w' = -grad f."""
    return PlaneFlow(words, -f.derivative(0), -f.derivative(1), number(1))


def on_fibre(f: Poly, words: str) -> PlaneFlow:
    """w' = -w_b, the gradient flow of f on the fibre; the metric of the plane."""
    first, second = tangent()
    b = f.derivative(0) * first + f.derivative(1) * second
    return PlaneFlow(words, -b * first, -b * second, first**2 + second**2)


def regularising() -> PlaneFlow:
    w1, w2 = letters()
    return on_fibre((w1**2 + w2**2) / 2, "regularising flow")


def kirwan_ness() -> PlaneFlow:
    return gradient(moment_map() ** 2 / 2, "Kirwan-Ness flow")


def learning() -> PlaneFlow:
    return gradient((_product() - TARGET) ** 2 / 2, LEARNING_WORDS)


def group() -> PlaneFlow:
    """w' = w_a for a = 1: the hidden group acts by (e^t w1, e^(-t) w2)."""
    first, second = tangent()
    return PlaneFlow("hidden group, w' = w_a, a = 1", first, second, number(1))


def objective(setting: Matrices) -> Poly | None:
    """The function that falls, or None where none does. Raises NoScalarForm."""
    motion = setting.motion
    return value(motion.objective, INDEX) if isinstance(motion, (GradientFlow, FibreFlow)) else None


def plane_flow(setting: Matrices) -> PlaneFlow:
    """The motion of a setting in the plane of two scalar layers. Raises NoScalarForm where it has
    none.
    """
    if not setting.layers or setting.least_depth > DEPTH:
        raise NoScalarForm("it is not about two layers")
    f = objective(setting)
    if isinstance(setting.motion, ActionFlow) or acts(setting):
        return group()
    if f is None:
        raise NoScalarForm("nothing flows")
    if isinstance(setting.motion, FibreFlow):
        return _named(on_fibre(f, "claim's flow on fibres"))
    return _named(gradient(f, "claim's gradient flow"))


def _named(flow: PlaneFlow) -> PlaneFlow:
    """With the name that people give it, if it has one."""
    return next(
        (known for known in (regularising(), kirwan_ness(), learning()) if flow.same_as(known)),
        flow,
    )


def acts(setting: Matrices) -> bool:
    """Whether a relation of the setting moves layers by a family: W_k F_(k-1) = F_k ..., an orbit
    of the hidden group.
    """
    return any(_is_orbit(e) for equations in setting.definitions.values() for e in equations)


def _is_orbit(e: Equal) -> bool:
    if e.left.head != "*" or e.left.args[0] != W[k]:
        return False
    last = e.left.args[1]
    if last.head != "letter" or last != Family(last.args[0])[k - 1]:
        return False
    return any(node == Family(last.args[0])[k] for node in e.right.walk())
