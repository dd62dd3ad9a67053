"""What excludes: derivatives along the fields of a block, as values at the start."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.check_mirror.base import need, rational
from verify.check_mirror.nilpotent import (
    Function,
    Number,
    added,
    cofactor,
    determinant,
    inverse,
    minus,
    negated,
    product,
    total,
)
from verify.check_mirror.rational import Fn
from verify.check_mirror.record import Record


class Along:
    """Derivatives along the fields of a block, as values at the start: X_a f is the coefficient of
    s in f(theta + s X_a), s nilpotent.
    """

    def __init__(self, record: Record, members: list[int]) -> None:
        self.r, self.members = record, members
        self.free = 0

    def slopes(self, l: int, state: list[Number]) -> list[Number]:
        row = self.r.rows[self.members[l]]
        return [self.r.there(f, state) if f.top else {} for f in row]  # type: ignore[arg-type]

    def kernel(self, l: int, m: int) -> Function:
        def value(state: list[Number]) -> Number:
            found: Number = {}
            both = zip(self.slopes(l, state), self.slopes(m, state), self.r.weights, strict=True)
            for x, y, w in both:
                found = added(found, product(product(x, y), {0: w}))
            return found

        return value

    def along(self, a: int, f: Function) -> Function:
        def value(state: list[Number]) -> Number:
            s, self.free = 1 << self.free, self.free + 1
            row = self.slopes(a, state)
            moved = list(state)
            for g, rates in enumerate(self.r.rates):
                step: Number = {}
                for k, rate in rates.items():
                    if row[k]:
                        part = product(self.r.there(rate, state), row[k])  # type: ignore[arg-type]
                        step = added(step, product(part, {0: self.r.weights[k]}))
                if step:
                    moved[g] = added(state[g], product(step, {s: Fraction(1)}))
            found = {e ^ s: c for e, c in f(moved).items() if e & s}
            self.free -= 1
            return found

        return value

    def bracket(self, i: int, k: int, f: Function) -> Function:
        return minus(self.along(i, self.along(k, f)), self.along(k, self.along(i, f)))

    def defect(self, i: int, k: int, m: int) -> Function:
        """(J [X_i, X_k])_m."""
        return minus(self.along(i, self.kernel(k, m)), self.along(k, self.kernel(i, m)))

    def shape(self, i: int, k: int) -> list[Function]:
        """det K S_ik."""
        d = range(len(self.members))

        def entry(m: int) -> Function:
            def value(state: list[Number]) -> Number:
                rows = [[self.kernel(a, b)(state) for b in d] for a in d]
                return total(product(cofactor(rows, m, j), self.defect(i, k, j)(state)) for j in d)

            return value

        return [entry(m) for m in d]

    def size(self, state: list[Number]) -> Number:
        d = range(len(self.members))
        return determinant([[self.kernel(a, b)(state) for b in d] for a in d])


def word_value(r: Record, members: list[int], w: dict[str, Any]) -> tuple[str, Fraction]:
    """What is stated, in words, and its value at the start: it has to be the stated one, not 0."""
    a, d = Along(r, members), len(members)
    what, indices, fields = w["what"], w["indices"], w["fields"]
    need(
        all(type(x) is int and 0 <= x < d for x in (*indices, *fields)) and len(fields) <= 4,
        "indices of outputs that there are not",
    )
    wanted = {"defect": 3, "vertical": 4, "shape": 3, "shape-solved": 3, "slope": 3,
              "slope-solved": 3, "vertical-shape": 2, "closed": 2}  # fmt: skip
    need(what in wanted and len(indices) == wanted[what], "a kind of exclusion that is not known")
    f, said = _word(r, members, a, what, indices)
    for x in reversed(fields):
        inner = f"({said})" if " - " in said else said
        f, said = a.along(x, f), f"X_{x + 1} {inner}"
    value = f(r.state()).get(0, Fraction(0))  # type: ignore[arg-type]
    need(value and value == rational(w["value"]), f"{said} is {value}, not {w['value']}")
    return said, value


def _word(r: Record, members: list[int], a: Along, what: str, n: list[int]) -> tuple[Function, str]:
    i, k = n[0], n[1]
    pair = f"[X_{i + 1}, X_{k + 1}]"
    if what == "defect":
        return a.defect(i, k, n[2]), f"(J {pair})_{n[2] + 1}"
    if what == "vertical":
        return a.bracket(i, k, a.kernel(n[2], n[3])), f"{pair} K_{n[2] + 1},{n[3] + 1}"
    if what in ("shape", "shape-solved"):
        need(n[2] not in (i, k) and i < k, "a condition that is none")
        f = a.shape(i, k)[n[2]]
        return _divided(a, f, what), f"(S_{i + 1},{k + 1})_{n[2] + 1}"
    if what in ("slope", "slope-solved"):
        need(len({i, k, n[2]}) == 3, "a condition that is none")
        f = minus(_slope(a, i, k), _slope(a, i, n[2]))
        return _divided(a, f, what), f"two values of X_{i + 1} log c"
    need(len(members) == 2, "a condition for two outputs")
    return _of_two(a, what, i, k)


def _of_two(a: Along, what: str, i: int, k: int) -> tuple[Function, str]:
    """Conditions on a change of time of two outputs."""
    s = a.shape(0, 1)

    def v(f: Function) -> Function:
        """det K times the vertical part of [X_1, X_2]."""
        less = [negated(x) for x in s]
        parts = [(a.size, a.bracket(0, 1, f)), (less[0], a.along(0, f)), (less[1], a.along(1, f))]
        return lambda state: total(product(x(state), y(state)) for x, y in parts)

    first = a.kernel(0, 0)
    if what == "vertical-shape":
        at = a.kernel(i, k)
        cross = lambda x, y: lambda state: product(v(x)(state), y(state))
        said = f"v(K)_11 K_{i + 1},{k + 1} - v(K)_{i + 1},{k + 1} K_11"
        return minus(cross(first, at), cross(at, first)), said
    need((i, k) == (0, 1), "a condition that is none")
    over = lambda f: lambda state: product(f(state), inverse(a.size(state)))
    nu = lambda state: product(over(v(first))(state), inverse(first(state)))
    # X_1 mu_2 - X_2 mu_1 - nu, mu_1 = (S)_2, mu_2 = -(S)_1
    parts = (a.along(0, over(s[0])), a.along(1, over(s[1])), nu)
    turned = negated(lambda state: total(f(state) for f in parts))
    return turned, "X_1 mu_2 - X_2 mu_1 - nu"


def _divided(a: Along, f: Function, what: str) -> Function:
    if not what.endswith("-solved"):
        return f
    return lambda state: product(f(state), inverse(a.size(state)))


def _slope(a: Along, i: int, k: int) -> Function:
    """det K mu_i as S_ik has it."""
    if i < k:
        return a.shape(i, k)[k]
    return negated(a.shape(k, i)[k])


def bracket(r: Record, i: int, k: int) -> list[Fn]:
    left, right = r.fields[i], r.fields[k]
    return [r.dot(left, r.derived(y)) - r.dot(right, r.derived(x))
            for x, y in zip(left, right, strict=True)]  # fmt: skip


def said_of(r: Record, members: list[int], w: dict[str, Any]) -> str:
    need(w["what"] not in ("defect", "vertical"), "what excludes no change of time")
    return said_at(r, members, w)


def said_at(r: Record, members: list[int], w: dict[str, Any]) -> str:
    said, value = word_value(r, members, w)
    return f"{said} = {value}"
