"""Certificates written by hand from proofs/certificates/FORMAT.md: the good ones that
verify/check.py must accept.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

Json = Any
EULER = {"id": "euler", "kind": "homogeneous", "degree": "0"}
EULER_K = {"id": "euler", "kind": "homogeneous", "degree": ["const", "k"]}
BALANCE = {"id": "balance", "kind": "balanced"}
NONZERO = {"id": "nonzero", "kind": "nonzero"}
PRODUCT = {"id": "product", "kind": "product"}
FLOW = {"kind": "flow", "model": "diagonal", "least_depth": 1, "decay": None}
STEP = {**FLOW, "kind": "step"}
DECAY = {**FLOW, "decay": "kappa"}

# losses: w_1/(w_1 + w_2) has degree 0, w_1^2 + w_2^2 has degree 2, w_1 has degree 1
W1, W2 = ["at", "w", 1], ["at", "w", 2]
FRACTION = {"expr": ["*", W1, ["^", ["+", W1, W2], "-1"]], "data": {}}
NORM = {"expr": ["form", "quad", "I"], "data": {"I": [["1", "0"], ["0", "1"]]}}
RATIO = {
    "expr": ["*", "-1", ["form", "quad", "S_B"], ["^", ["form", "quad", "S_W"], "-1"]],
    "data": {"S_B": [["1", "2"], ["2", "4"]], "S_W": [["2", "1"], ["1", "3"]]},
}


def unshared(data: Json) -> Json:
    """A copy in which no list occurs twice, so that one entry can be changed alone."""
    return json.loads(json.dumps(data))


def at(letter: str, *indices: Json) -> Json:
    return ["at", letter, *indices]


def plus(*terms: Json) -> Json:
    return ["+", *terms]


def times(*factors: Json) -> Json:
    return ["*", *factors]


def less(a: Json, b: Json) -> Json:
    return plus(a, times("-1", b))


def square(x: Json) -> Json:
    return ["^", x, "2"]


def total(body: Json, index: str = "i") -> Json:
    return ["sum", index, "coordinates", body]


def d(x: Json) -> Json:
    return ["D", x]


J = ["loss"]
L, n, k, eta, kappa = (["const", x] for x in ("L", "n", "k", "eta", "kappa"))
Q = total(at("q", "i"))
u, w, g, P, q = at("u", "l", "i"), at("w", "i"), at("g", "i"), at("P", "l", "i"), at("q", "i")
NORM_OF_LAYER = total(square(u))
GAP = less(square(u), square(at("u", "m", "i")))
SPREAD = total(less(["max", "l", "layers", square(u)], ["min", "l", "layers", square(u)]))


def point(loss: Json, start: Json, **constants: str) -> Json:
    return {
        "depth": len(start),
        "width": len(start[0]),
        "loss": loss,
        "start": start,
        "constants": constants,
    }


BALANCED_START = [["1", "2"], ["-1", "2"], ["1", "-2"]]
FREE_START = [["1", "2"], ["3", "1/2"]]


def base(verdict: str, setting: Json, assuming: Json, conclusion: Json, constants: Json) -> Json:
    return {
        "format": "flowlaw-certificate",
        "version": 1,
        "claim": "by-hand",
        "verdict": verdict,
        "setting": setting,
        "constants": ["L", "n", *constants],
        "assuming": assuming,
        "dropped": [],
        "conclusions": {"main": conclusion},
        "statement": "a label",
    }


def proved(
    assuming: Json,
    conclusion: Json,
    instance: Json,
    cofactors: Json = (),
    setting: Json = FLOW,
    **more: Json,
) -> Json:
    data = base("PROVED", setting, list(assuming), conclusion, sorted(instance["constants"]))
    hints = {
        "cofactors": [{"euler": c} if c else {} for c in cofactors],
        "through": None,
        "rule": None,
        **more,
    }
    return unshared({**data, "proof": {"main": hints}, "instance": instance})


def refuted(
    assuming: Json, conclusion: Json, witness: Json, indices: Json = None, setting: Json = FLOW
) -> Json:
    data = base("REFUTED", setting, list(assuming), conclusion, sorted(witness["constants"]))
    where = {"conclusion": "main", "indices": indices or {}}
    return unshared({**data, "witness": {**witness, **where}})


def conserved(x: Json) -> Json:
    return {"kind": "conserved", "quantity": x}


def equation(a: Json, b: Json) -> Json:
    return {"kind": "equation", "left": a, "right": b}


def at_most(a: Json, b: Json) -> Json:
    return {"kind": "inequality", "left": a, "right": b}


def chain(length: int) -> Json:
    """sum over ja, jb, ... of S_B[ja, jb] S_B[jb, jc] ...: one component with many bound
    variables.
    """
    names = [f"j{chr(97 + s)}" for s in range(length)]
    body: Json = times(*(at("S_B", a, b) for a, b in pairwise(names)))
    for name in names:
        body = total(body, name)
    return body


def nested(x: Json, levels: int, head: str = "abs") -> Json:
    for _ in range(levels):
        x = [head, x]
    return x


CUBES = [["8", "1"], ["1", "1"], ["1", "27"]]
EQUAL = [["1", "2"], ["1", "-2"]]
DEPTH2 = {**FLOW, "least_depth": 2}
STEP_START = point(FRACTION, FREE_START, eta="1/10")
CONCAVE = {"expr": times("-1", ["form", "quad", "I"]), "data": NORM["data"]}
EXP_LOSS = {"expr": ["exp", FRACTION["expr"]], "data": {}}
FISHER = {
    "expr": times("-1", square(["form", "lin", "m"]), ["^", ["form", "quad", "S_W"], "-1"]),
    "data": {"S_W": [["10", "9"], ["9", "10"]], "m": ["2", "1"]},
}
B, W, LAMBDA = ["form", "quad", "S_B"], ["form", "quad", "S_W"], ["const", "lambda"]
OUTPUT = times("-1", B, ["^", plus(W, LAMBDA), "-1"])
L_LESS = {c: plus(L, f"-{c}") for c in (1, 2)}
FORCE = total(times(square(P), square(g)))
HOLDER_SIDES = (["^", Q, L], ["prod", "l", "layers", ["start", NORM_OF_LAYER]])
DRIFT_SIDES = (["abs", less(Q, ["start", Q])], times("3/2", SPREAD))
KEEPS_W = {
    "kind": "keeps-sign",
    "quantity": w,
    "rate": times(square(L), square(g), ["^", q, L_LESS[2]]),
}
DEFECT = times(GAP, less("1", times(square(eta), square(g), square(at("R", "l", "m", "i")))))
DECAYED = {"kind": "linear-law", "quantity": GAP, "rate": times("-2", kappa)}
D_W = times("-1", g, ["sum", "m", "layers", square(at("P", "m", "i"))])
TRAP_WITNESS = {
    **point(FISHER, [["1/2", "1"], ["1/2", "-1"]]),
    "conclusion": "main",
    "kind": "trap",
    "rule": "TRAP_BY_DESCENT",
}
TRAP = {
    **base(
        "REFUTED", FLOW, [EULER, BALANCE], {"kind": "limit-direction", "target": "S_W^-1 m"}, []
    ),
    "witness": TRAP_WITNESS,
}

PROOFS: dict[str, Json] = {
    "quasi-norm": proved([EULER, BALANCE], conserved(Q), point(FRACTION, BALANCED_START), ["-2"]),
    "layer-norm": proved([EULER], conserved(NORM_OF_LAYER), point(RATIO, FREE_START), ["-2"]),
    "diag-balance": proved([PRODUCT], conserved(GAP), point(RATIO, FREE_START)),
    "slope": proved(
        [EULER_K, BALANCE],
        equation(d(Q), times("-2", k, J)),
        point(NORM, BALANCED_START, k="2"),
        ["-2"],
    ),
    "second-derivative": proved(
        [EULER_K, BALANCE],
        equation(d(d(Q)), times("2", k, L, total(times(["^", q, L_LESS[1]], square(g))))),
        point(NORM, BALANCED_START, k="2"),
        ["-2", None],
        through=times("-2", k, J),
    ),
    "descent-step": proved(
        [EULER],
        equation(["next", NORM_OF_LAYER], plus(NORM_OF_LAYER, times(square(eta), FORCE))),
        STEP_START,
        [times("-2", eta)],
        STEP,
    ),
    "descent-defect": proved([], equation(["next", GAP], DEFECT), STEP_START, setting=STEP),
    "holder": proved(
        [EULER], at_most(*HOLDER_SIDES), point(FRACTION, FREE_START), ["-2"], rule="HOLDER"
    ),
    "near-balance": proved(
        [EULER],
        at_most(*DRIFT_SIDES),
        point(FRACTION, FREE_START),
        [None, "-2"],
        rule="GEOMETRIC_MEAN_BETWEEN",
    ),
    "keeps-sign": proved([BALANCE], KEEPS_W, point(NORM, BALANCED_START), setting=DEPTH2),
    "keeps-sign-depth": proved(
        [BALANCE, {"id": "depth", "kind": "depth-at-least", "bound": 2}],
        KEEPS_W,
        point(NORM, BALANCED_START),
    ),
    "mirror": proved(
        [BALANCE, NONZERO],
        equation(d(times(q, ["^", w, "-1"])), times(L_LESS[2], g)),
        point(NORM, BALANCED_START),
    ),
    "decay": proved([], DECAYED, point(NORM, FREE_START, kappa="1/3"), setting=DECAY),
    "decay-balanced": proved(
        [BALANCE],
        equation(d(Q), plus(times("-2", total(times(w, g))), times("-2", kappa, Q))),
        point(NORM, BALANCED_START, kappa="1/3"),
        setting=DECAY,
    ),
    "general-slope": proved(
        [NONZERO],
        equation(d(q), times("2", ["^", L, "-1"], q, ["^", w, "-1"], D_W)),
        point(NORM, FREE_START),
    ),
    "multiplicative": proved(
        [BALANCE],
        equation(d(w), times("-1", L, ["^", q, L_LESS[1]], g)),
        point(NORM, BALANCED_START),
    ),
    "loss-falls": proved(
        [], equation(d(J), times("-1", ["sum", "l", "layers", FORCE])), point(NORM, FREE_START)
    ),
    "euler-log": proved(
        [], equation(["euler", ["log", times(B, ["^", W, "-1"])]], "0"), point(RATIO, FREE_START)
    ),
    "euler-output": proved(
        [],
        equation(["euler", OUTPUT], times("-2", LAMBDA, B, ["^", plus(W, LAMBDA), "-2"])),
        point(RATIO, FREE_START, **{"lambda": "1/2"}),
    ),
}
REFUTATIONS: dict[str, Json] = {
    "no-balance-2": refuted([EULER], conserved(Q), point(FRACTION, [["4", "1"], ["1", "9"]])),
    "no-balance-3": refuted([EULER], conserved(Q), point(FRACTION, CUBES)),
    "no-balance-irrational": refuted(
        [EULER], conserved(Q), point(FRACTION, [["2", "3"], ["1", "1"], ["1", "5"]])
    ),
    "no-balance-exp": refuted([EULER], conserved(Q), point(EXP_LOSS, FREE_START)),
    "degree-2": refuted([BALANCE], conserved(Q), point(NORM, BALANCED_START)),
    "degree-of-k": refuted([EULER_K, BALANCE], conserved(Q), point(NORM, BALANCED_START, k="2")),
    "holder-germ": refuted([], at_most(*HOLDER_SIDES), point(CONCAVE, EQUAL)),
    "sign-lost": refuted([], KEEPS_W, point(NORM, [["0", "1"], ["1", "2"]]), {"i": 2}),
    "descent-moves": refuted(
        [], equation(["next", GAP], GAP), STEP_START, {"l": 1, "m": 2, "i": 1}, STEP
    ),
    "descent-q": refuted(
        [EULER], equation(["next", Q], Q), point(FRACTION, EQUAL, eta="1/10"), {}, STEP
    ),
    "decay-drifts": refuted(
        [], conserved(GAP), point(NORM, FREE_START, kappa="1/3"), {"l": 1, "m": 2, "i": 1}, DECAY
    ),
    "second-order": refuted([BALANCE], equation(d(d(Q)), "0"), point(NORM, BALANCED_START)),
    "output-space": refuted(
        [], equation(["euler", OUTPUT], "0"), point(RATIO, FREE_START, **{"lambda": "1/2"}), {}
    ),
    "trap": TRAP,
}
REFUTATIONS["sign-lost"]["witness"]["loss"] = {
    "expr": plus(["form", "quad", "I"], W1),
    "data": NORM["data"],
}
REFUTATIONS["sign-lost"]["witness"]["indices"] = {"i": 1}
GOOD = unshared(PROOFS | REFUTATIONS)
