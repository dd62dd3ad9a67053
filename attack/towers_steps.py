"""Formulas as certificates of the kernel state them, read back as statements of the campaign: its
own series evaluate them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

from attack.scalars import Setting, name
from attack.towers import Statement
from attack.trees import Tree, num

Condition = tuple[Tree, str, bool]
SIGNS = {"gt": ">", "ge": ">=", "ne": "!="}


class Unread(ValueError):
    """A letter, a term or a conclusion that is not read here."""


class Read:
    """A certificate: ``setting``, the signs that it supposes, and what it concludes."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.signs: list[tuple[str, str]] = []
        self.atoms: list[tuple] = []
        self.conditions: list[Condition] = []
        self.families: dict[str, range] = {}
        given = {x["eq"][0][1]: x["eq"][1] for x in body["assume"].values() if "eq" in x}
        if len(given) < len(body["assume"]):
            raise Unread("a hypothesis")
        for x, y in body["setting"]["letters"].items():
            self._declared(x, y, given.get(x))
        self.setting = Setting(tuple(self.signs), tuple(self.atoms), dict(self._rates(body)))

    def _declared(self, x: str, y: Mapping[str, Any], given: Any) -> None:
        sign, role = y.get("sign", ""), y["role"]
        if given is not None:
            role, y = "let", {"is": given}
        if role in ("parameter", "constant"):
            for kind in y.get("for", {}).values():
                self.families[x] = range(kind["from"], kind["to"] + 1)
            every = [f"{x}_{k}" for k in self.families[x]] if x in self.families else [x]
            self.signs += [(z, sign if sign != ">=" else "") for z in every]
            self.conditions += [(name(z), sign, True) for z in every if sign == ">="]
            return
        if role not in ("let", "name", "root", "exp"):
            raise Unread(role)
        of = self.tree(y["is"], {})
        extra = int(y["degree"]) if role == "root" else None
        self.atoms.append(("let" if role == "name" else role, x, of, extra))
        if sign:
            self.conditions.append((name(x), sign, True))

    def _rates(self, body: Mapping[str, Any]) -> Iterator[tuple[str, Tree]]:
        for x, t in body["setting"]["motion"].get("rates", {}).items():
            for k in self.families.get(x, ()):
                yield f"{x}_{k}", self.tree(t, {"i": k})
            if x not in self.families:
                yield x, self.tree(t, {})

    def tree(self, t: Any, env: Mapping[str, int]) -> Tree:
        """Raises Unread."""
        match t:
            case str():
                return num(Fraction(t))
            case ["at", str(x)]:
                return name(x)
            case ["at", str(x), k]:
                return name(f"{x}_{env.get(k, k)}")
            case ["is", a, b]:
                return num(int(env.get(a, a) == env.get(b, b)))
            case ["+" | "*" as head, *parts]:
                return reduce(lambda a, b: (head, a, b), [self.tree(x, env) for x in parts])
            case ["D", inner]:
                return ("D", self.tree(inner, env))
            case ["dd", [x, *at], inner]:
                return ("part", "_".join(map(str, (x, *at))), self.tree(inner, env))
            case ["^", inner, e]:
                return self._power(self.tree(inner, env), e)
        raise Unread(repr(t)[:60])

    def _power(self, of: Tree, e: Any) -> Tree:
        if isinstance(e, str) and Fraction(e).denominator == 1:
            n = int(e)
            return ("^", of, n) if n >= 0 else ("/", num(1), ("^", of, -n))
        rows = e.items() if isinstance(e, dict) else [("", e)]
        parts = [("*", num(Fraction(c)), name(x)) if x else num(Fraction(c)) for x, c in rows]
        own = f"power {len(self.atoms)}"
        self.atoms.append(("power", own, of, reduce(lambda a, b: ("+", a, b), parts)))
        return name(own)

    def statements(self, body: Mapping[str, Any]) -> Iterator[Statement]:
        """Raises Unread."""
        for c in body["conclude"].values():
            if c.get("for"):
                raise Unread("a conclusion with indices")
            kind, parts = self._said(c)
            setting = Setting(tuple(self.signs), tuple(self.atoms), self.setting.rates)
            yield Statement(setting, kind, parts, (), "certificate")

    def _said(self, c: Mapping[str, Any]) -> tuple[str, tuple]:
        match c:
            case {"kind": "equation", "eq": [a, b]}:
                return "equals", (self.tree(a, {}), self.tree(b, {}))
            case {"kind": "conserved", "what": a}:
                return "constant", (self.tree(a, {}),)
            case {"kind": "decay", "what": a, "rate": b}:
                return "rate", (self.tree(a, {}), self.tree(b, {}))
            case {"kind": "inequality"}:
                (relation,) = SIGNS.keys() & c.keys()
                a, b = (self.tree(x, {}) for x in c[relation])
                return "sign", (("-", a, b), SIGNS[relation])
        raise Unread(str(c.get("kind")))

    def point(self, values: Mapping[str, Any]) -> dict[str, Fraction]:
        """Values of the letters."""
        found: dict[str, Fraction] = {}
        for x, v in values.items():
            rows = zip(self.families[x], v, strict=True) if x in self.families else ()
            found |= {f"{x}_{k}": Fraction(y) for k, y in rows}
            if x not in self.families:
                found[x] = Fraction(v)
        return {x: found[x] for x, _ in self.signs}
