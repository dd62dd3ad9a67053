"""What an author of a claim in declared letters can get wrong is refused where it is written: the
name, its value, what was expected. Nothing comes out proved under another meaning.

Kinds: an index without a range, with two ranges, outside its range; a letter declared twice, not at
all, with a name that is read as something else; an exponent that its letter does not allow; a
number of indices; a law without a motion; types that do not fit; fields of another type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, LinearLaw
from verify.claims.conclusions.keeps_sign import KeepsSign
from verify.claims.experiments import Drift, Nearby
from verify.claims.hypotheses import Balanced
from verify.claims.hypotheses.related import Related, Scales
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.declared import (
    Declared,
    Letter,
    constant,
    gate,
    let,
    log,
    loss,
    parameter,
    product,
    root,
)
from verify.models.flow import Flow
from verify.terms.expr import const, dot, num, u
from verify.terms.indices import Index, Sum, adjoint, same, trace

i, j, l = Index("i", "rows"), Index("j", "columns"), Index("l", "1..L")
x, y, k = parameter("x", i), parameter("y", i), constant("k")
E = loss("E", x[i] * y[i], gradient="g")
SETTING = Declared((x, y, k, E), flow=E.here)
OWN = Source.own("a test")


def claim(law: Any, setting: Any = SETTING, assuming: tuple = (), **more: Any) -> Claim:
    return Claim("own", "own", setting, assuming, {"law": law}, OWN, **more)


Q = parameter("Q", size=("rows", "columns"))
WORDS = Declared((Q, loss("F", Q.here, gradient="P")), flow=const("F"))
SLIPS: dict[str, tuple[Callable[[], Any], str]] = {
    "an index without a range": (lambda: claim(Conserved(x["i"] ** 2)), "expected an Index"),
    "an index as text in a sum": (lambda: Sum("i", x[i]), "an index first"),
    "an index with two ranges": (
        lambda: claim(Conserved(x[Index("i", "columns")] ** 2)), "one range for each name"),
    "an index of another set": (lambda: claim(Conserved(x[j] ** 2)), "not surely in its range"),
    "a range of no form": (lambda: Index("i", "1 to L"), "the name of a finite set"),
    "a name of no form": (lambda: Index("i_1", "rows"), "letters and digits"),
    "a number of a set": (lambda: claim(Conserved(x[1] ** 2)), "not surely in its range"),
    "a place that may not be there": (
        lambda: claim(Conserved(parameter("v", l)[2]), Declared(
            (parameter("v", l), loss("F", Sum(l, parameter("v", l)[l]), "h")), flow=const("F"))),
        "not surely in its range"),
    "too many indices": (lambda: x[i, j], "expected 1 indices"),
    "an index 0": (lambda: x[0], "a number from 1 on"),
    "no such letter": (lambda: claim(Conserved(const("z"))), "no letter here"),
    "a letter twice": (
        lambda: claim(Conserved(x[i]), Declared((x, x, E), flow=E.here)), "two letters"),
    "a gradient that is a letter": (
        lambda: claim(Conserved(x[i]), Declared(
            (x, y, loss("F", x[i], gradient="y")), flow=const("F"))), "declared twice"),
    "a letter called like an index": (
        lambda: claim(Conserved(x[i]), Declared((x, y, constant("i"), E), flow=E.here)), "taken"),
    "a letter called like the time": (
        lambda: claim(Conserved(x[i]), Declared((x, y, constant("t"), E), flow=E.here)), "word of"),
    "a letter called e": (
        lambda: claim(Conserved(x[i]), Declared((x, y, constant("e"), E), flow=E.here)), "word of"),
    "a letter called pi": (
        lambda: claim(Conserved(x[i]), Declared((x, y, constant("pi"), E), flow=E.here)),
        "word of"),
    "a letter called like a verdict": (
        lambda: claim(Conserved(x[i]), Declared((x, y, constant("proved"), E), flow=E.here)),
        "word of"),
    "a set called like a verdict": (
        lambda: claim(Conserved(Sum(Index("q", "PROVED"), x[i]))), "word of"),
    "a root of what may be negative": (
        lambda: claim(Conserved(x[i]), Declared((x, root("r", i, of=x[i], degree=2)))),
        "not visibly >= 0"),
    "a log of what may be negative": (
        lambda: claim(Conserved(x[i]), Declared((x, log("r", i, of=x[i])))), "positive letters"),
    "a gate of a matrix": (
        lambda: claim(Conserved(Q.here), Declared((Q, gate("s", of=Q.here)))), "a real number"),
    "a negative power": (lambda: claim(Conserved(x[i] ** -1)), "does not allow"),
    "a symbolic power": (lambda: claim(Conserved(x[i] ** k.here)), "does not allow"),
    "an exponent that is a product": (
        lambda: claim(Conserved(x[i] ** (k.here * k.here))), "multiples of constants"),
    "an exponent of a letter that is a product": (
        lambda: claim(Conserved(x[i]), Declared(
            (x, k, root("r", of=const("k") ** (k.here * k.here), degree=2)), flow=k.here)),
        "multiples of constants"),
    "a power of no square matrix": (
        lambda: claim(Conserved(Q.here ** 2), WORDS), "no square matrix"),
    "matrices that do not fit": (lambda: claim(Conserved(Q.here * Q.here), WORDS), "do not fit"),
    "a matrix and a number": (lambda: claim(Conserved(Q.here + 1), WORDS), "different types"),
    "the trace of no square matrix": (
        lambda: claim(Conserved(trace(Q.here)), WORDS), "no square matrix"),
    "the adjoint of a number": (lambda: claim(Conserved(adjoint(x[i]))), "H of a number"),
    "another operation": (lambda: claim(Conserved(abs(x[i]))), "no operation of the kernel"),
    "indices of different sets": (lambda: claim(Conserved(x[i] * same(i, j))), "different sets"),
    "a law where nothing moves": (
        lambda: claim(Conserved(x[i]), Declared((x, y))), "speaks of a flow"),
    "a derivative where nothing moves": (
        lambda: claim(Equation(dot(x[i]), y[i]), Declared((x, y))), "needs a motion"),
    "a flow and a step": (
        lambda: Declared((x, y, k, E), flow=E.here, step=E.here, size=k), "a flow or a step"),
    "a step without a length": (lambda: Declared((x, y, k, E), step=E.here), "size"),
    "a length that moves": (
        lambda: claim(Equation(x[i], y[i]), Declared(
            (x, y, parameter("q"), E), step=E.here, size=parameter("q"))), "is no constant"),
    "a speed of any sign": (
        lambda: claim(Conserved(x[i]), Declared(
            (x, y, k, E), flow=E.here, speeds={"x": k.here})), "made of constants"),
    "a speed by a letter": (
        lambda: Declared((x, y, k, E), flow=E.here, speeds={x: k.here}), "values by name"),
    "no letters": (lambda: Declared(x), "a tuple"),
    "a flow that is a letter": (lambda: Declared((x, y, E), flow=E), "the objective"),
    "a definition of a later letter": (
        lambda: claim(Conserved(x[i]), Declared((let("b", i, of=x[i]), x, y, E), flow=E.here)),
        "no letter here"),
    "a product over a set": (
        lambda: claim(Conserved(x[i]), Declared((x, product("w", x, "P")))), "does not run from 1"),
    "a hypothesis about what moves": (
        lambda: claim(Conserved(x[i]), assuming=(Related.of("h", x[i], y[i]),)), "keep it"),
    "a hypothesis of a network": (
        lambda: claim(Conserved(x[i]), assuming=(Balanced(),)), "expected one of"),
    "a hypothesis with a sentence's word": (
        lambda: claim(Conserved(x[i]), assuming=(Related.start("for", x[i], y[i]),)), "no word"),
    "a relation of no list": (lambda: Related.of("h", x[i], y[i], "<"), "one of ="),
    "a degree without a loss": (
        lambda: claim(Conserved(x[i]), Declared((x,), flow=x[i]), (Scales.of("d", "E", 0),)),
        "no loss"),
    "a letter of another role": (lambda: Letter("q", "name", of=x[i]), "one of parameter"),
    "a gradient as a letter": (lambda: Declared((x, E.partner, E), flow=E.here), "a tuple"),
    "a conclusion of another theory": (
        lambda: claim(KeepsSign(x[i], num(1))), "expected one of"),
    "an experiment of networks": (
        lambda: claim(Conserved(x[i]), experiments=(Drift("law", Conserved(y[i]), "other"),)),
        "expected one of: Nearby"),
    "a near miss that is the law": (
        lambda: claim(Conserved(x[i]), experiments=(Nearby("law", Conserved(x[i]), "same"),)),
        "the conclusion itself"),
    "a near miss of no conclusion": (
        lambda: claim(Conserved(x[i]), experiments=(Nearby("no", Conserved(y[i]), "other"),)),
        "its conclusions"),
    "hints": (lambda: claim(Conserved(x[i]), hints={"law": 5}), "expected none"),
    "an Index in a network's claim": (
        lambda: claim(Conserved(Sum(i, u["l", i] ** 2)), Flow()), "Declared"),
    "a name of two words": (
        lambda: Claim("own", "own", SETTING, (), {"a law": Conserved(x[i])}, OWN), "letters"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_refused(name: str) -> None:
    make, why = SLIPS[name]
    with pytest.raises(BadInput) as slip:
        make()
    assert why in str(slip.value)
    assert str(slip.value).isprintable()


VACUOUS: dict[str, Any] = {
    "its sides are one computation": Equation(dot(x[i]), dot(x[i])),
    "Leibniz": Equation(dot(x[i] ** 2), 2 * x[i] * dot(x[i])),
    "a rate 0": LinearLaw(x[i] ** 2 - y[i] ** 2, num(0)),
}


@pytest.mark.parametrize("name", VACUOUS)
def test_what_says_nothing_is_vacuous(name: str) -> None:
    report = judge(claim(VACUOUS[name]), Request(numeric=False))
    assert report.verdict is Verdict.VACUOUS and report.certificate is None


def test_an_objective_of_constants_moves_nothing() -> None:
    still = Declared((x, y, k), flow=k.here)
    assert judge(claim(Conserved(x[i]), still), Request(numeric=False)).verdict is Verdict.VACUOUS
