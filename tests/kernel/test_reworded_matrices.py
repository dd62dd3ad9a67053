"""Sentences about matrices that are written otherwise than their author did, and Hermitian matrices
that move.

The kinds: an identity that would say nothing without a name for a side, a rate that is a number, a
relation that lasts and is supposed at the start alone, a sum that is 0; a Hermitian matrix whose
rate is not, or is the gradient of an objective.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.kernel.forgeries import at, equal, flow, minus, small
from tests.kernel.read import answer
from tests.kernel.test_asked_by_the_judge import SLIPS, slipped
from verify import Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Decays, Identity, Lemma, Use
from verify.claims.evidence import Outcome
from verify.claims.hypotheses.matrices import Holds
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import judge
from verify.judge.parts import steps_of
from verify.kernel.exact import times
from verify.kernel.limits import Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, Prescribed, Still
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    Family,
    G,
    Mat,
    W,
    X,
    const,
    dot,
    letter,
    norm2,
    num,
    total,
    tr,
)
from verify.terms.relation import Equal
from verify.theories.steps import asked
from verify.theories.steps.relations import relations
from verify.theories.steps.stated import Stated

Json = Any
Z, S, M, L, C, B = letter("Z"), letter("S"), letter("M"), letter("L"), Family("c"), Family("b")
P, U, D = letter("P"), Family("A"), Family("B")
SQUARE = (Letter("Z", "n", "n"), Letter("M", "n", "n"))
NAMED = (Letter("Z", "n", "n"), Letter("M", "n", "n"), Letter("L", "n", "n"))
ENDED = (Letter("c", "n", "n", "ends"), Letter("b", "n", "n", "inner"))
RELATION = (Equal(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1),)
TURNED = M * S + S * M.H


def claim(setting: Matrices, left: Mat, right: Mat, *more: Any, **given: Any) -> Claim:
    said, own = {"c": Identity(left, right, *more)}, Source.own("draft")
    hints = {"c": given["aid"]} if "aid" in given else {}
    return Claim("drawn", "drawn", setting, given.get("assuming", ()), said, own, hints=hints)


def free(*letters: Letter, by: tuple[Equal, ...] = (), at: Any = None, **rates: Any) -> Matrices:
    """``by``: relations that define letters; ``at``: a state that satisfies all that is assumed."""
    said = {f"r{n}": (e,) for n, e in enumerate(by)}
    sizes = {y: len(at["Z"]) for x in letters for y in (x.rows, x.cols)} if at else {}
    states = (Example(values=at, sizes=sizes, depth=2),) if at else ()
    moves = Prescribed(rates) if rates else Still()
    return Matrices(moves, letters, said, layers=False, examples=states)


def deep(when: str) -> tuple[Matrices, Holds]:
    return Matrices(GradientFlow(LOSS), least_depth=2), Holds("rel", "", RELATION, when=when)


LASTS, REL = deep("always")
BALANCED, START = deep("at the start")
ROTATED = free(*SQUARE, by=(Equal(M.H, -M),), at={"Z": [[1, 0], [1, 1]], "M": [[0, 2], [-2, 0]]},
               Z=M * Z, M=num(0))  # fmt: skip
PUSHED = free(
    Letter("Z", "m", "n"), Letter("M", "m", "m", form="hermitian"),
    Letter("S", "n", "n", form="positive"), by=(Equal(M * Z, Z * S),),
    at={"Z": [[3]], "M": [[2]], "S": [[2]]})  # fmt: skip
PUSH = Lemma(
    "push", Equal(M ** (N - k) * Z, Z * S ** (N - k), 0, 0), "down",
    (Use("push", k + 1, left=M), Use("r0", right=S ** (N - k - 1))))  # fmt: skip
ALONG_ANY = {"Z": [[3]], "M": [[2]], "S": [[3]], "L": [[2]]}


def tied(form: str, *by: Equal, **rates: Any) -> Matrices:
    """Z' = M, S' = L for any M, L that the relations allow."""
    letters = (Letter("S", "n", "n", form=form), Letter("L", "n", "n"))
    return free(*SQUARE, *letters, by=by, at=ALONG_ANY, **{"Z": M, "S": L, **rates})


ROOTED = Equal(S**2, Z.H * Z)
#: the gradient of |X|^2 / 2, P aside
ALONG = total(tr(U[p] * U[p].H * P * D[p].H * D[p] * X.H), 1, N)
CLAIMS = {
    "an identity": claim(free(*SQUARE), (-2 * Z - 1) * (-2 * Z + 1), 4 * Z * Z - 1, 1, 1),
    "of each of a family": claim(
        free(Letter("c", "n", "n", "layers"), Letter("M", "n", "n")),
        (C[k] + 2) * (C[k] - 2), C[k] * C[k] - 4, 1, 0),
    "of numbers": claim(free(*SQUARE), norm2(Z + M), tr((Z + M) * (Z.H + M.H)), 1, 1),
    "a rate that is a number": claim(
        free(Letter("c", "n", "n", "layers"), c=num(2)), dot(tr(C[k] * C[k])), 4 * tr(C[k]), 1, 0),
    "no rate at all": claim(free(*SQUARE, Z=num(0), M=Z), dot(M * Z), Z * Z, 1, 1),
    "a Hermitian matrix that moves": claim(
        free(Letter("S", "n", "n", form="hermitian"), Letter("M", "n", "n"), S=TURNED),
        dot(tr(S * S)), 4 * tr(M * S * S), 1, 1),
    "what lasts": claim(
        LASTS, W[k] * W[k].H * W[k], W[k + 1].H * W[k + 1] * W[k], 1, 1, assuming=(REL,)),
    "a sum that is 0": claim(BALANCED, G(k), num(0), 1, 1, assuming=(START,)),
    "a rate that is 0": claim(ROTATED, dot(Z.H * Z), M * Z - M * Z, 1, 1),
    "of an inner family that moves": claim(
        free(Letter("c", "n", "n", "inner"), *SQUARE, c=C[k] * M),
        dot(tr(C[k] * C[k].H)), 2 * tr(C[k] * M * C[k].H), 1, 1),
    "of sizes of its own, at the next place": claim(
        free(Letter("c", "k", "k", "inner"), Letter("b", "k", "k", "inner"), c=B[k] * C[k]),
        dot(C[k + 1]), B[k + 1] * C[k + 1], 0, 2),
    "summed where it is": claim(
        free(Letter("c", "n", "n", "inner"), Letter("M", "n", "n"), c=M),
        dot(total(tr(C[p] * C[p].H), 1, N - 1)), 2 * total(tr(C[p] * M.H), 1, N - 1), 1, 1),
    "a name of what moves": claim(
        free(*NAMED, by=(Equal(L, Z.H * Z),), Z=M * Z, M=num(0)),
        dot(L), Z.H * (M + M.H) * Z, 1, 1),
    "a name of a name": claim(
        free(*NAMED, Letter("S", "n", "n"), by=(Equal(Z + 1, S), Equal(L, S * S)), Z=Z * M,
             M=num(0)), dot(L), Z * M * (Z + 1) + (Z + 1) * Z * M, 1, 1),
    "a name of the product": claim(
        Matrices(GradientFlow(LOSS), (Letter("L", "N", "N"),), {"l": (Equal(L, X * X.H),)}),
        dot(tr(L)), -2 * ALONG, 1, 1),
    "a name by a hypothesis": claim(
        free(*NAMED, at=({"Z": [[2]], "M": [[3]], "L": [[4]]}), Z=M, M=num(0)),
        dot(L), M * Z + Z * M, 1, 1,
        assuming=(Holds("h", "", (Equal(L, Z * Z),), when="always"),)),
    "a name of a family, inside": claim(
        free(*ENDED, by=(Equal(C[k] * C[k], B[k]),), c=C[k] * C[k]),
        dot(B[k]), 2 * C[k] * C[k] * C[k], 1, 1),
    "an isometry": claim(
        free(*SQUARE, by=(Equal(Z.H * Z, num(1)), Equal(M.H, -M)),
             at={"Z": [[0, -1], [1, 0]], "M": [[0, 2], [-2, 0]]}, Z=Z * M),
        dot(Z.H), -M * Z.H, 1, 1),
    "an inverse to the depth": claim(
        PUSHED, total(M ** (N - p) * Z * S ** (1 - N) * S ** (p - 1)), const("N") * Z, 1, 1,
        aid=Aid(lemmas=(PUSH,))),
    "an inverse of a power": claim(PUSHED, Z * S ** (1 - N) * S ** (N - 1), Z, 1, 1),
    "a root along any path": claim(
        tied("positive", ROOTED), dot(tr(S)), tr(S**-1 * (Z.H * M + M.H * Z)) / 2, 1, 1,
        aid=Aid(uses={"identity": (Use("r0'", left=S**-1 / 2, trace=True),)})),
    "a transpose": claim(free(*SQUARE), (Z * M).T * Z, M.T * Z.T * Z, 1, 1),
    "the rate of a transpose": claim(
        free(*SQUARE, Z=Z.T * M, M=num(0)), dot(Z.T * M), M.T * Z * M, 1, 1),
    "a conjugate in a trace": claim(
        free(*SQUARE), tr(Z.T * M.H * Z), tr(Z.H * M.T * Z.H.T), 1, 1),
}  # fmt: skip


def outcome(name: str) -> Outcome:
    (found,) = judge(CLAIMS[name], Request(numeric=False)).outcomes.values()
    return found


@pytest.mark.parametrize("name", CLAIMS)
def test_it_has_steps(name: str) -> None:
    found = outcome(name)
    assert found.verdict is Verdict.PROVED and found.steps is not None, found.reason
    assert answer(found.steps.body)[0] == 0


def test_a_rate_that_is_0_is_no_decay() -> None:
    """It is constant, or it is not."""
    for what, held in ((Z.H * Z, True), (Z * Z, False)):
        drawn = claim(ROTATED, Z, M)
        said = replace(drawn, concluding={"c": Decays(what, num(2) - 1 - 1)})
        (found,) = judge(said, Request(numeric=False)).outcomes.values()
        assert found.verdict is (Verdict.PROVED if held else Verdict.REFUTED)
        assert found.steps and found.steps.body["conclude"]["c"]["kind"] == "conserved"


def test_where_an_inner_family_moves_it_is_said_inside_alone() -> None:
    """At its ends it is 0 and does not move as it is told: c_k' = 1 is no rate of c_0."""
    inner = free(Letter("c", "n", "n", "inner"), c=num(1))
    for first, less, held in ((1, 1, True), (0, 1, False), (1, 0, False)):
        said = claim(inner, dot(C[k]), num(1), first, less)
        (found,) = judge(said, Request(numeric=False)).outcomes.values()
        assert (found.verdict is Verdict.PROVED) is held
        assert found.steps is None or held


def test_what_moves_as_relations_say_is_no_constant_and_no_name() -> None:
    """L^2 = Z^2, and what names b_k: other places of it, or fewer, are relations of their own."""
    tied = free(*NAMED, by=(Equal(L * L, Z * Z),), at={"Z": [[2]], "M": [[1]], "L": [[2]]}, Z=Z)
    with pytest.raises(NotGeneric, match="L moves, and is no name"):
        relations(sentence(claim(tied, M * Z, Z * M)), "c")
    square = C[k] * C[k]
    for other in (Equal(square, B[k + 1], 0, 2), Equal(square, B[k], 2, 1)):
        setting = free(*ENDED, by=(Equal(square, B[k]), other), c=square)
        found = relations(sentence(claim(setting, dot(B[k]), 2 * C[k] * square, 1, 1)), "c")
        assert found.names["r0", 0] == "b@" and [*found.stated.assume] == [found.names["r1", 0]]


def test_what_ties_a_path_and_is_no_root_has_no_steps() -> None:
    """S need not be positive; Z is tied once more; or by that alone."""
    more = Equal(Z.H * Z, Z * Z.H)
    for other in (
        tied("hermitian", ROOTED),
        tied("positive", ROOTED, more),
        tied("positive", more),
    ):
        with pytest.raises(
            NotGeneric, match=r"ties what moves along any path|moves, and is no name"
        ):
            relations(sentence(claim(other, dot(Z), M, 1, 1)), "c")


def test_a_root_along_any_path_is_told_as_one() -> None:
    """With the rates as letters of their own, of which nothing is supposed but what they are."""
    found = relations(sentence(CLAIMS["a root along any path"]), "c").stated
    letters, rates = found.setting["letters"], found.setting["motion"]["rates"]
    assert (letters["S"]["role"], letters["S"]["sign"], found.assume) == ("root", ">", {})
    assert rates == {"Z": ["at", "M"], "S": ["at", "L"]}
    assert letters["M"]["role"] == letters["L"]["role"] == "free"


def sentence(c: Claim) -> Any:
    return next(iter(judge(c, Request(numeric=False)).outcomes.values())).sentence


def test_how_it_is_written() -> None:
    """A name for the first side; the relation at the start, kept; W W* = W* W for G = 0."""
    named = outcome("an identity").steps
    assert named and "Y = (-2 Z - I[n]) (-2 Z + I[n])" in named.statement
    lasts = outcome("what lasts").steps
    assert lasts and lasts.body["assume"]["rel"]["time"] == "start"
    assert "by KEEP [relKept]" in lasts.statement
    zero = outcome("a sum that is 0").steps
    assert zero and "then [c] for all k in 1..N - 1: W_(k) W_(k)^* = " in zero.statement


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("name", CLAIMS)
def test_a_slip_is_found(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the conclusion or, where its first side has a name, in what that stands for."""
    write, made, found = steps_of(CLAIMS[name]), Stated.__init__, outcome(name)
    assert write is not None and found.steps is not None
    letters = found.steps.body["setting"]["letters"]
    ((_, stated),) = found.steps.body["conclude"].items()
    others = slipped(kind, {x: y for x, y in stated.items() if x != "by"})
    wrong: list[Json] = [(letters, x) for x in others]
    if "Y" in letters:
        sides = slipped(kind, {"what": letters["Y"]["is"]})
        wrong += [({**letters, "Y": {**letters["Y"], "is": x["what"]}}, None) for x in sides]
    for own, other in wrong:

        def planted_in(self: Stated, *given: Any, own: Json = own, other: Json = other) -> None:
            first, assume, name, conclusion = given
            apart = "Y" in first["letters"]
            first = {**first, "letters": own} if apart else first
            made(self, first, assume, name, other if other and apart == ("Y" in letters)
                 else conclusion)  # fmt: skip

        monkeypatch.setattr(Stated, "__init__", planted_in)
        try:
            said = write("c", found)
        except NotGeneric:
            continue
        finally:
            monkeypatch.undo()
        assert said.refusal == asked.OTHER_VALUES, (own, other)


FORM: Json = {"rows": "n", "cols": "n"}
HERMITIAN: Json = {"role": "parameter", **FORM, "form": "hermitian"}
LETTERS: Json = {"M": {"role": "constant", **FORM}, "S": HERMITIAN}
RATE: Json = ["+", ["*", at("M"), at("S")], ["*", at("S"), ["H", at("M")]]]
VALUES: Json = {"M": [["1", "2"], ["0", "3"]], "S": [["1", "2"], ["2", "5"]]}


def moving(rate: Json = RATE, motion: Json = None, letters: Json = LETTERS) -> Json:
    said = equal(["D", ["tr", ["*", at("S"), at("S")]]], ["*", "4", ["tr", ["*", at("M"), at("S"),
                 at("S")]]])  # fmt: skip
    given = motion or {"kind": "flow", "rates": {"S": rate}}
    return small(letters, said, values=VALUES, motion=given)


HALF = ["*", "1/2", ["tr", ["*", at("S"), at("S")]]]
REFUSED: dict[str, tuple[Json, str]] = {
    "a rate of no form": (moving(["*", at("M"), at("S")]), "not seen to be Hermitian"),
    "minus its adjoint": (
        moving(["+", ["*", at("M"), at("S")], minus(["*", at("S"), ["H", at("M")]])]),
        "not seen to be Hermitian"),
    "a gradient flow": (moving(motion=flow(HALF)), "or of what has a form"),
    "a step": (
        moving(motion={"kind": "gradient-step", "of": HALF, "size": "eta"},
               letters={**LETTERS, "eta": {"role": "constant"}}), "or of what has a form"),
    "a form of what is not square": (
        moving(letters={**LETTERS, "S": {**HERMITIAN, "cols": "h"}}), "rows = cols"),
    "another rate": (moving(minus(RATE)), "do not close"),
}  # fmt: skip


def test_a_hermitian_matrix_that_moves_is_its_own_adjoint() -> None:
    code, said = answer(moving())
    assert code == 0 and "parameter S: n x n matrix, Hermitian" in said, said


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    forged, why = REFUSED[name]
    code, said = answer(forged)
    assert code == 1 and why in said, said


@pytest.mark.parametrize("seed", range(12))
def test_its_derivatives_are_those_along_its_rate(seed: int) -> None:
    """Re tr S^3 and Re tr M S at S + h S' are polynomials in h, of which the kernel has the slope;
    multiplied out apart from it.
    """
    draw = Random(seed)
    m = [[Fraction(draw.randint(-3, 3)) for _ in range(2)] for _ in range(2)]
    a, b, c = (Fraction(draw.randint(-3, 3)) for _ in range(3))
    s = ((a, b), (b, c))
    data = moving()
    data["instance"]["values"] = {
        "M": [[str(x) for x in r] for r in m], "S": [[str(x) for x in r] for r in s]
    }  # fmt: skip
    Work.begin()
    here = setting(data["setting"])
    point, scope = Point(data["instance"], here), here.scope()
    cube = scope.term(["D", ["tr", ["^", at("S"), "3"]]])
    line = scope.term(["D", ["tr", ["*", at("M"), at("S")]]])
    ms: Any = times(tuple(map(tuple, m)), s)
    rate = [[ms[i][j] + ms[j][i] for j in range(2)] for i in range(2)]

    def along(h: int) -> Any:
        return tuple(tuple(s[i][j] + h * rate[i][j] for j in range(2)) for i in range(2))

    def trace(x: Any) -> Fraction:
        return x[0][0] + x[1][1]

    cubes = [trace(times(along(h), times(along(h), along(h)))) for h in (-2, -1, 1, 2)]
    slope = (cubes[0] - 8 * cubes[1] + 8 * cubes[2] - cubes[3]) / 12  # exact for cubics
    assert point.value(cube, point.env) == slope
    lines = [trace(times(tuple(map(tuple, m)), along(h))) for h in (0, 1)]
    assert point.value(line, point.env) == lines[1] - lines[0]
