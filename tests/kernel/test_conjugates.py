"""Conjugates and transposes of matrices in the kernel.

The kind: a rule for H that is used for T, or one that holds of real matrices alone (conj M = M,
M^T = M^*), of which the kernel's points, which are real, would say nothing. Belonging to it: traces
of marked words, powers, Hermitian letters, derivatives, gradients, uses of marked facts. Each is
compared with complex whole numbers, which know nothing of words.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from tests.kernel.read import answer
from verify.kernel.limits import Work
from verify.kernel.ring import visibly_nonnegative
from verify.kernel.setting import setting
from verify.kernel.terms import Term, term_of
from verify.kernel.vary import gradients
from verify.terms.letters import Letter, Theory
from verify.terms.matrices import Mat, letter
from verify.theories.steps.matrix_terms import term

SQUARE = {"rows": "n", "cols": "n"}
LETTERS = {
    "A": {"role": "parameter", **SQUARE},
    "B": {"role": "parameter", **SQUARE},
    "S": {"role": "constant", **SQUARE, "form": "hermitian"},
}
STILL = {"kind": "still"}
H, C = ("H",), ("C",)
T = ("H", "C")


def given(motion: Any = STILL) -> dict[str, Any]:
    return {"integers": {}, "sets": ["n"], "families": [], "letters": LETTERS, "motion": motion}


def under(marks: tuple[str, ...], t: Any) -> Any:
    for op in reversed(marks):
        t = [op, t]
    return t


def values(r: Random, n: int = 2) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for x in LETTERS:
        entries = [
            [complex(r.randint(-3, 3), r.randint(-3, 3)) for _ in range(n)] for _ in range(n)
        ]
        m = np.array(entries)
        found[x] = m + m.conj().T if x == "S" else m
    return found


def value(t: Any, at: dict[str, Any]) -> Any:
    """Of a term as JSON, by numpy alone."""
    match t:
        case str():
            return complex(int(t))
        case ["at", x]:
            return at[x]
        case ["I", _]:
            return np.eye(2)
        case ["H", x]:
            return value(x, at).conj().T
        case ["C", x]:
            return value(x, at).conj()
        case ["tr", x]:
            return complex(np.trace(value(x, at)).real)
        case ["+", *parts]:
            return sum(value(x, at) for x in parts)
        case ["*", *parts]:
            found = value(parts[0], at)
            for x in (value(p, at) for p in parts[1:]):
                found = found @ x if np.ndim(found) == np.ndim(x) == 2 else found * x
            return found
    raise AssertionError(t)


def drawn(r: Random, depth: int) -> Any:
    """A matrix."""
    if not depth:
        return under(r.choice(((), H, C, T)), ["at", r.choice("ABS")])
    parts = [drawn(r, depth - 1) for _ in range(2)]
    return under(r.choice(((), H, C, T)), [r.choice("*+"), *parts])


def written(t: Term) -> Any:
    """What the kernel makes of a normal form, as JSON."""
    match t.op:
        case "number":
            return str(t.head)
        case "at":
            return ["at", t.head.name]
        case "I":
            return ["I", "n"]
        case "^":
            return ["*", *[written(t.parts[0])] * int(t.at[0].const)]
    return [t.op, *map(written, t.parts)]


@pytest.mark.parametrize("seed", range(40))
def test_normal_forms_have_the_values_of_what_was_read(seed: int) -> None:
    r = Random(f"marks {seed}")
    t = drawn(r, 2)
    t = r.choice([t, ["tr", t]])
    Work.begin()
    read = setting(given()).scope().term(t)
    for _ in range(3):
        at = values(r)
        assert np.array_equal(value(written(term_of(read.poly)), at), value(t, at))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_equal_for_the_kernel_is(seed: int) -> None:
    """Traces of turned, reversed and conjugate words, and near them."""
    r = Random(f"turns {seed}")
    word = [under(r.choice(((), H, C, T)), ["at", r.choice("ABS")]) for _ in range(3)]
    k = r.randrange(3)
    other = [*word[k:], *word[:k]]
    mark = r.choice(((), H, C, T))
    other = under(mark, ["*", *other])
    if near := r.random() < 0.5:
        word[0] = under(r.choice((H, C, T)), word[0])
    Work.begin()
    scope = setting(given()).scope()
    same = not (scope.term(["tr", ["*", *word]]).poly - scope.term(["tr", other]).poly).terms
    at = values(r)
    assert same or near
    assert not same or value(["tr", ["*", *word]], at) == value(["tr", other], at)


SIDES: dict[str, tuple[Any, Any, bool]] = {
    "the transpose of a product": (
        under(T, ["*", ["at", "A"], ["at", "B"]]),
        ["*", under(T, ["at", "B"]), under(T, ["at", "A"])],
        True,
    ),
    "in the same order": (
        under(T, ["*", ["at", "A"], ["at", "B"]]),
        ["*", under(T, ["at", "A"]), under(T, ["at", "B"])],
        False,
    ),
    "real alone": (under(C, ["at", "A"]), ["at", "A"], False),
    "T is not H": (under(T, ["at", "A"]), under(H, ["at", "A"]), False),
    "of a Hermitian one": (under(T, ["at", "S"]), under(C, ["at", "S"]), True),
    "a Hermitian one is not symmetric": (under(T, ["at", "S"]), ["at", "S"], False),
    "half a trace": (
        ["tr", ["*", under(C, ["at", "A"]), ["at", "B"]]],
        ["tr", ["*", ["at", "A"], ["at", "B"]]],
        False,
    ),
}


@pytest.mark.parametrize("case", SIDES)
def test_sides(case: str) -> None:
    left, right, same = SIDES[case]
    Work.begin()
    a, b = setting(given()).scope().pair([left, right])
    assert (not (a.poly - b.poly).terms) is same
    r = Random(case)
    at = [values(r) for _ in range(4)]
    assert all(np.array_equal(value(left, x), value(right, x)) for x in at) is same


@pytest.mark.parametrize("seed", range(20))
def test_a_gradient_is_the_first_variation(seed: int) -> None:
    """d J = Re <G, dA> + Re <G', dB> for J = Re tr of a word with marks, quadratic in A and B: by
    the exact difference J(A + E) - J(A - E) = 2 dJ[E].
    """
    r = Random(f"gradient {seed}")
    marks = [r.choice(((), H, C, T)) for _ in range(3)]
    word = [under(marks[0], ["at", "A"]), under(marks[1], ["at", r.choice("AB")])]
    word.insert(r.randrange(3), under(marks[2], ["at", "S"]))
    objective = ["tr", ["*", *word]]
    Work.begin()
    own = setting(given())
    found = gradients(own.scope().term(objective).poly, own.letters("parameter"))
    at, step = values(r), values(r)
    more = {x: m + step[x] * (x != "S") for x, m in at.items()}
    less = {x: m - step[x] * (x != "S") for x, m in at.items()}
    slope = sum(
        np.trace(value(written(term_of(g)), at).conj().T @ step[u.name]).real
        for u, g in found.items()
        if g.terms
    )
    assert value(objective, more) - value(objective, less) == 2 * slope


def certificate(eq: Any, by: Any, assume: Any = None) -> dict[str, Any]:
    one, two = [["1", "2"], ["3", "5"]], [["1", "1"], ["1", "-2"]]
    return {
        "format": "flowlaw-certificate",
        "version": 2,
        "setting": given(),
        "assume": assume or {},
        "steps": [],
        "conclude": {"c": {"kind": "equation", "eq": eq, "by": by}},
        "instance": {
            "integers": {},
            "sets": {"n": 2},
            "families": {},
            "values": {"A": one, "B": one, "S": two},
        },
    }


A, B = ["at", "A"], ["at", "B"]
SAME = {"same": {"time": "always", "eq": [["*", A, B], ["*", B, A]]}}


@pytest.mark.parametrize(
    ("mark", "how", "code"),
    [("T", T, 0), ("C", C, 0), ("H", H, 0), ("T", C, 1), ("C", T, 1), ("H", T, 1), ("X", T, 1)],
)
def test_a_fact_is_used_under_its_mark_alone(mark: str, how: tuple[str, ...], code: int) -> None:
    sides = [under(how, ["*", A, B]), under(how, ["*", B, A])]
    assert answer(certificate(sides, [{"use": "same", "mark": mark}], SAME))[0] == code


def test_a_real_matrix_is_no_hypothesis_of_the_kernel() -> None:
    """conj A = A holds at every point that the kernel has, and is not accepted."""
    code, why = answer(certificate([["C", A], A], []))
    assert code == 1 and "do not close it" in why
    assert answer(certificate([["C", "2"], "2"], []))[0] == 1


def test_the_sentence_says_it() -> None:
    sides = [["*", ["C", A], ["C", B]], ["*", ["C", B], ["C", A]]]
    code, said = answer(certificate(sides, [{"use": "same", "mark": "C"}], SAME))
    assert code == 0 and "conj(A) conj(B) = conj(B) conj(A)" in said


def test_a_square_is_the_conjugate_transpose_of_a_word() -> None:
    """Re tr A^T A is negative for A = i; Re tr of conj(A)^H conj(A) is not."""
    Work.begin()
    scope = setting(given()).scope()
    for how, sign in ((T, False), (C, False), (H, True)):
        p = scope.term(["tr", ["*", under(how, A), A]]).poly
        assert visibly_nonnegative(p) is sign
    both = scope.term(["tr", ["*", under(T, A), under(C, A)]]).poly
    assert visibly_nonnegative(both)


def test_a_derivative_is_of_the_conjugate() -> None:
    """(conj A)' = conj A', and no other letter moves."""
    Work.begin()
    motion = {"kind": "flow", "rates": {"A": ["*", ["C", A], B], "B": ["*", "0", B]}}
    flow = setting(given(motion))
    a, b = flow.scope().pair([["D", under(T, A)], ["*", under(T, B), under(H, A)]])
    assert a.poly.terms == b.poly.terms != {}


@pytest.mark.parametrize("seed", range(30))
def test_marks_are_translated(seed: int) -> None:
    """At complex states, which the kernel does not have: there T is another mark than H."""
    r, at = Random(f"translated {seed}"), values(Random(seed))
    of = Theory({x: Letter(x, "n", "n") for x in "AB"})

    def both(depth: int) -> tuple[Mat, Any]:
        x, m = r.choice("AB"), None
        e, m = letter(x), at[x]
        if depth:
            (e, m), (f, n) = both(depth - 1), both(depth - 1)
            e, m = r.choice([(e * f, m @ n), (e + f, m + n)])
        return r.choice([(e, m), (e.H, m.conj().T), (e.T, m.T), (e.T.H, m.conj())])

    e, m = both(2)
    assert np.array_equal(value(term(e, of), at), m)
