"""Random terms under a small setting, as JSON; what they are worth is found without the kernel's
normal form.
"""

from __future__ import annotations

from random import Random
from typing import Any

#: real x_(k), y_(i), positive z; matrices M_k of d_k x d_(k-1), Hermitian S, definite T; constants
SETTING: dict[str, Any] = {
    "integers": {"N": 1, "L": 2},
    "sets": ["coord", "n"],
    "families": ["d"],
    "letters": {
        "x": {"role": "constant", "for": {"k": {"from": 0, "to": "N"}}},
        "y": {"role": "constant", "for": {"i": "coord", "j": "coord"}},
        "z": {"role": "constant", "sign": ">"},
        "M": {
            "role": "constant",
            "for": {"k": {"from": 1, "to": "N"}},
            "rows": ["d", "k"],
            "cols": ["d", {"k": 1, "": -1}],
        },
        "S": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian"},
        "T": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian", "sign": ">"},
        "Q": {"role": "constant", "rows": "n", "cols": "n"},
        "e": {"role": "constant", "for": {"k": {"from": 0, "to": "N"}}, "ends": True},
        "E": {
            "role": "constant",
            "for": {"k": {"from": 0, "to": "N"}},
            "ends": True,
            "rows": "n",
            "cols": "n",
        },
    },
    "motion": {"kind": "still"},
}


class Draw:
    """Terms of bounded depth; indices are named a0, a1, ... and never twice."""

    def __init__(self, seed: int) -> None:
        self.random, self.count = Random(seed), 0

    def fresh(self) -> str:
        self.count += 1
        return f"a{self.count}"

    def real(self, ctx: list[tuple[str, Any]], deep: int) -> Any:
        r = self.random
        if deep == 0:
            return self.leaf(ctx)
        kind = r.randrange(7)
        if kind == 0:
            return ["+", self.real(ctx, deep - 1), self.real(ctx, deep - 1)]
        if kind in (1, 2):
            return ["*", self.real(ctx, deep - 1), self.real(ctx, deep - 1)]
        if kind in (3, 4):
            v = self.fresh()
            k = self.kind(ctx)
            return ["sum", v, k, self.real([*ctx, (v, k)], deep - 1)]
        if kind == 5:
            return ["tr", self.square(deep - 1)]
        return ["^", self.real(ctx, deep - 1), str(r.randrange(3))]

    def kind(self, ctx: list[tuple[str, Any]]) -> Any:
        r = self.random
        inner = [v for v, k in ctx if isinstance(k, dict) and k["from"] in (0, 1)]
        if inner and r.random() < 0.5:
            v = r.choice(inner)
            return r.choice([{"from": 1, "to": v}, {"from": v, "to": "N"}, {"from": 0, "to": v}])
        return r.choice(
            ["coord", {"from": 1, "to": "N"}, {"from": 0, "to": "N"}, {"from": 2, "to": "N"}]
        )

    def leaf(self, ctx: list[tuple[str, Any]]) -> Any:
        r = self.random
        runs = [v for v, k in ctx if isinstance(k, dict)]
        coords = [v for v, k in ctx if k == "coord"]
        choices: list[Any] = [
            r.choice(["2", "-1/3", "1"]),
            ["at", "z"],
            ["at", "N"],
            ["size", "coord"],
        ]
        choices += [["at", x, v] for x in "xe" for v in runs] + [["at", v] for v in runs]
        choices += [["at", "e", {"N": 1, v: -1}] for v in runs]
        choices += [["at", "y", v, w] for v in coords for w in coords]
        choices += [["is", v, w] for v in coords for w in coords]
        choices += [["^", ["at", "z"], {"N": 1, "": "-1/2"}] for _ in runs[:1]]
        if r.random() < 0.4 or len(choices) == 4:
            return r.choice(choices[:4])
        return r.choice(choices[4:])

    def square(self, deep: int) -> Any:
        r = self.random
        if deep == 0:
            end = r.choice([["at", "E", 0], ["at", "E", "N"], ["H", ["at", "E", 0]]])
            some = [
                "^",
                ["at", "T"],
                r.choice(["-2", "-1", "2", {"N": -1, "": 1}, {"N": 1, "": -2}]),
            ]
            return r.choice([["at", "S"], ["at", "Q"], ["H", ["at", "Q"]], ["I", "n"], end, some])
        kind = r.randrange(5)
        if kind == 0:
            return ["+", self.square(deep - 1), self.square(deep - 1)]
        if kind in (1, 2):
            return ["*", self.square(deep - 1), self.square(deep - 1)]
        if kind == 3:
            return ["H", self.square(deep - 1)]
        v = self.fresh()
        power = ["^", ["at", "S"], {v: 1, "": -1}]
        return ["sum", v, {"from": 1, "to": "N"}, ["*", power, self.square(deep - 1)]]
