"""Forged certificates, each with the reason for which verify/check.py must refuse it."""

from __future__ import annotations

import copy

from tests.meta.certificates import (
    BALANCE,
    BALANCED_START,
    DECAY,
    EULER,
    FRACTION,
    FREE_START,
    GAP,
    GOOD,
    HOLDER_SIDES,
    KEEPS_W,
    NONZERO,
    NORM,
    NORM_OF_LAYER,
    PRODUCT,
    PROOFS,
    RATIO,
    STEP,
    STEP_START,
    TRAP,
    J,
    Json,
    L,
    P,
    Q,
    at,
    at_most,
    chain,
    conserved,
    d,
    equation,
    g,
    kappa,
    less,
    nested,
    plus,
    point,
    proved,
    q,
    refuted,
    square,
    times,
    total,
    u,
    w,
)

# --- forgeries
# --------------------------------------------------------------------------------------------------


def altered(name: str, *path: Json, to: Json) -> Json:
    """A good certificate with one entry replaced."""
    data = copy.deepcopy(GOOD[name])
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return data


HALF, FREE = point(FRACTION, BALANCED_START), point(FRACTION, FREE_START)
NORM_FREE, NORM_BALANCED = point(NORM, FREE_START), point(NORM, BALANCED_START)
POLE = {"expr": times(["at", "w", 1], ["^", less(["at", "w", 1], "3"), "-1"]), "data": {}}
STATE = ("instance", "start")
MAIN = ("conclusions", "main")
HINTS = ("proof", "main")
FORGED: dict[str, tuple[Json, str]] = {
    "no conclusions": ({**PROOFS["quasi-norm"], "conclusions": {}, "proof": {}}, "empty"),
    "a conserved constant": (proved([], conserved(times("2", L)), NORM_FREE), "nothing moves"),
    "a conserved zero": (proved([], conserved(less(times(u, P), w)), NORM_FREE), "nothing moves"),
    "a conserved zero under balance": (
        proved([BALANCE], conserved(less(square(u), q)), NORM_BALANCED),
        "nothing moves",
    ),
    "A = A": (proved([], equation(d(w), d(w)), NORM_FREE), "same as they stand"),
    "an equation of numbers": (
        proved([], equation(times(L, plus(L, "1")), plus(times(L, L), L)), NORM_FREE),
        "numbers only",
    ),
    "a linear law of a constant": (
        proved([], {"kind": "linear-law", "quantity": L, "rate": "0"}, NORM_FREE),
        "nothing moves",
    ),
    "balance left out": (proved([EULER], conserved(Q), FREE, ["-2"]), "q = |w|"),
    "balance left out, w != 0": (
        proved([EULER, NONZERO], conserved(Q), FREE, ["-2"]),
        "does not follow",
    ),
    "Euler left out": (proved([BALANCE], conserved(Q), HALF), "does not follow"),
    "cofactor without hypothesis": (
        proved([BALANCE], conserved(Q), HALF, ["-2"]),
        "cofactor for 'euler'",
    ),
    "cofactor for balance": (
        altered("quasi-norm", *HINTS, "cofactors", to=[{"balance": "-2"}]),
        "holds always",
    ),
    "wrong cofactor": (
        altered("quasi-norm", *HINTS, "cofactors", to=[{"euler": "2"}]),
        "does not follow",
    ),
    "no cofactor": (altered("quasi-norm", *HINTS, "cofactors", to=[]), "does not follow"),
    "too many cofactors": (
        altered("layer-norm", *HINTS, "cofactors", to=[{"euler": "-2"}, {}]),
        "one per obligation",
    ),
    "cofactors swapped": (
        altered("second-derivative", *HINTS, "cofactors", to=[{}, {"euler": "-2"}]),
        "does not follow",
    ),
    "hypotheses swapped": (
        altered(
            "quasi-norm", "assuming", to=[{**EULER, "id": "balance"}, {**BALANCE, "id": "euler"}]
        ),
        "cofactor for 'euler'",
    ),
    "one hypothesis twice": (
        altered("quasi-norm", "assuming", to=[EULER, {**EULER, "id": "b"}, BALANCE]),
        "twice",
    ),
    "one id twice": (
        altered("quasi-norm", "assuming", to=[EULER, {**BALANCE, "id": "euler"}]),
        "twice",
    ),
    "unknown hypothesis": (
        altered("quasi-norm", "assuming", to=[EULER, BALANCE, {"id": "x", "kind": "small"}]),
        "unknown kind",
    ),
    "missing nonzero": (altered("mirror", "assuming", to=[BALANCE]), "not defined"),
    "q^(L-2) at depth 1": (altered("keeps-sign", "setting", "least_depth", to=1), "not defined"),
    "q^(1-L)": (
        proved(
            [BALANCE],
            equation(times(["^", q, plus("1", times("-1", L))], d(w)), times("-1", L, g)),
            NORM_BALANCED,
        ),
        "not defined",
    ),
    "a rate that is not continuous": (
        proved(
            [BALANCE, NONZERO],
            {**KEEPS_W, "rate": times(square(L), square(g), ["^", q, plus(L, "-2")])},
            NORM_BALANCED,
        ),
        "not defined",
    ),
    "g inside D": (proved([], conserved(square(g)), NORM_FREE), "nothing moves|no entry"),
    "g times w inside D": (proved([], conserved(times(w, g)), NORM_FREE), "g has no entry"),
    "P inside D": (proved([], equation(d(P), "0"), NORM_FREE), "P has no entry"),
    "R inside D": (
        proved([], equation(d(at("R", "l", "m", "i")), "0"), NORM_FREE),
        "R has no entry",
    ),
    "w after a step": (
        proved([], equation(["next", w], w), STEP_START, setting=STEP),
        "state it in u",
    ),
    "R after a step": (
        proved([], equation(["next", at("R", "l", "m", "i")], J), STEP_START, setting=STEP),
        "state it in u",
    ),
    "D in a step": (altered("descent-step", *MAIN, "left", to=d(u)), "belongs to a flow"),
    "next in a flow": (altered("slope", *MAIN, "left", to=["next", u]), "belongs to a step"),
    "conserved by a step": (
        proved([], conserved(u), STEP_START, setting=STEP),
        "a conclusion is an equation",
    ),
    "undeclared constant": (
        altered("slope", "constants", to=["L", "n"]),
        "not a declared constant",
    ),
    "undeclared eta": (
        altered("descent-defect", "constants", to=["L", "n"]),
        "not a declared constant",
    ),
    "undeclared L": (altered("multiplicative", "constants", to=["n"]), "not a declared constant"),
    "unused constant": (altered("quasi-norm", "constants", to=["L", "n", "z"]), "occur nowhere"),
    "a constant named g": (
        altered("quasi-norm", "constants", to=["L", "n", "g"]),
        "cannot be constants",
    ),
    "L with a value": (
        altered("quasi-norm", "instance", "constants", to={"L": "7"}),
        "constants with values",
    ),
    "n with a value": (
        altered("no-balance-2", "witness", "constants", to={"n": "7"}),
        "constants with values",
    ),
    "k without a value": (altered("slope", "instance", "constants", to={}), "no value"),
    "balance in a step": (altered("descent-defect", "assuming", to=[BALANCE]), "setting is a step"),
    "decay in a step": (altered("descent-defect", "setting", "decay", to="kappa"), "decay is null"),
    "product with decay": (altered("decay", "assuming", to=[PRODUCT]), "not a gradient"),
    "decay forgotten": (
        proved([], conserved(GAP), point(NORM, FREE_START, kappa="1"), setting=DECAY),
        "does not follow",
    ),
    "decay forgotten in q": (
        proved(
            [BALANCE],
            equation(d(Q), times("-2", total(times(w, g)))),
            point(NORM, BALANCED_START, kappa="1"),
            setting=DECAY,
        ),
        "does not follow",
    ),
    "decay in q with factor 1": (
        altered(
            "decay-balanced",
            *MAIN,
            "right",
            to=plus(times("-2", total(times(w, g))), times("-1", kappa, Q)),
        ),
        "does not follow",
    ),
    "decay in w with factor 1": (
        proved(
            [BALANCE],
            equation(d(w), plus(times("-1", L, ["^", q, plus(L, "-1")], g), times("-1", kappa, w))),
            point(NORM, BALANCED_START, kappa="1"),
            setting=DECAY,
        ),
        "does not follow",
    ),
}
HOLDER = at_most(*HOLDER_SIDES)
B, W1 = ["form", "quad", "S_B"], ["at", "w", 1]
FORGED |= {
    "first derivative of another thing": (
        altered("second-derivative", *HINTS, "through", to=J),
        "does not follow",
    ),
    "through something else for a law": (
        altered("quasi-norm", *HINTS, "through", to=J),
        "goes through",
    ),
    "an inequality without a rule": (altered("holder", *HINTS, "rule", to=None), "needs HOLDER"),
    "the other rule": (
        altered("holder", *HINTS, "rule", to="GEOMETRIC_MEAN_BETWEEN"),
        "needs HOLDER",
    ),
    "a rule for an identity": (
        altered("quasi-norm", *HINTS, "rule", to="HOLDER"),
        "nothing else has one",
    ),
    "a factor below 1": (altered("near-balance", *MAIN, "right", 1, to="1/2"), "at least 1"),
    "the norms at time t": (altered("holder", *MAIN, "right", 3, to=NORM_OF_LAYER), "needs HOLDER"),
    "Euler left out of HOLDER": (altered("holder", "assuming", to=[]), "cofactor for 'euler'"),
    "a start inside an identity": (
        proved([], equation(["start", w], w), NORM_FREE),
        "no normal form",
    ),
    "a maximum inside an identity": (
        proved([], equation(["max", "l", "layers", u], w), NORM_FREE),
        "no normal form",
    ),
    "a restriction by a hint": (
        altered(
            "quasi-norm",
            *HINTS,
            "cofactors",
            to=[{"euler": plus("-2", times("0", at("R", "l", "m", "i")))}],
        ),
        "restricts",
    ),
    "R with one layer": (
        altered("descent-defect", *MAIN, "right", to=at("R", "l", "l", "i")),
        "two different layers",
    ),
    "R with a bound layer": (
        altered(
            "descent-defect", *MAIN, "right", to=["sum", "l", "layers", at("R", "l", "m", "i")]
        ),
        "no sum binds",
    ),
    "a layer that may not exist": (
        proved([], equation(d(at("w", 1)), at("u", 2, 1)), NORM_FREE),
        "does not follow|least depth",
    ),
    "layer 2 at least depth 1": (
        proved([], conserved(less(square(at("u", 1, "i")), square(at("u", 2, "i")))), NORM_FREE),
        "least depth",
    ),
    "an index of two kinds": (
        proved([], conserved(times(at("u", "i", "i"), w)), NORM_FREE),
        "stands for",
    ),
    "too many sums": (proved([], equation(chain(7), Q), NORM_FREE), "at most 6 \\(limit 'sums'"),
    "a limit proved": (
        {**altered("layer-norm", *MAIN, to=TRAP["conclusions"]["main"])},
        "never PROVED",
    ),
    "division by the zero polynomial": (
        altered("euler-log", *MAIN, "right", to=["^", less(B, B), "-1"]),
        "zero polynomial",
    ),
    "a log with the wrong slope": (altered("euler-log", *MAIN, "right", to="1"), "does not follow"),
    # the instance
    "it does not move": (
        proved([], conserved(GAP), point({"expr": "1", "data": {}}, FREE_START)),
        "does not move",
    ),
    "width 1 does not move": (
        proved(
            [EULER],
            conserved(NORM_OF_LAYER),
            point({"expr": W1, "data": {}}, [["1"], ["2"]]),
            ["-2"],
        ),
        "homogeneous",
    ),
    "a step of length 0": (
        altered("descent-defect", "instance", "constants", to={"eta": "0"}),
        "does not move",
    ),
    "not balanced": (altered("quasi-norm", *STATE, to=[*FREE_START, ["1", "1"]]), "not balanced"),
    "w_1 = 0": (altered("mirror", *STATE, 0, 0, to="0"), "not balanced"),
    "w_1 = 0 in both layers": (altered("mirror", *STATE, to=[["0", "2"]] * 3), "w_i is 0"),
    "another degree": (
        altered("slope", "instance", "constants", "k", to="3"),
        "not shown to be homogeneous",
    ),
    "a loss of no degree": (
        altered("layer-norm", "instance", "loss", to=POLE),
        "not shown to be homogeneous",
    ),
    "a zero denominator": (
        altered("diag-balance", "instance", "loss", to=POLE),
        "division by zero",
    ),
    "too shallow": (
        altered("keeps-sign-depth", "instance", to=point(NORM, [["1", "2"]])),
        "below the least depth",
    ),
    "rows of unequal length": (altered("quasi-norm", *STATE, 0, to=["1"]), "rows of"),
    "not symmetric": (
        altered("layer-norm", "instance", "loss", "data", "S_B", 0, 1, to="7"),
        "not symmetric",
    ),
    "no such matrix": (altered("layer-norm", "instance", "loss", "data", to={}), "have no S_"),
    "coordinate 3 of 2": (
        altered("diag-balance", "instance", "loss", "expr", to=at("w", 3)),
        "does not exist",
    ),
    "too many weights": (
        altered("diag-balance", "instance", to=point(NORM, [["1"] * 50] * 65)),
        "more weights",
    ),
    "a float": (altered("diag-balance", *STATE, 0, 0, to=0.5), "not exact"),
    "a number without quotes": (altered("diag-balance", *STATE, 0, 0, to=1), "in quotes"),
    "1/0": (altered("diag-balance", *STATE, 0, 0, to="1/0"), "denominator 0"),
    "a long number": (altered("diag-balance", *STATE, 0, 0, to="1" * 100_000), "200 digits"),
    "an exponent in a number": (
        altered("diag-balance", *STATE, 0, 0, to="1e999999999"),
        "200 digits",
    ),
    # the witness
    "it does not fail": (refuted([EULER, BALANCE], conserved(Q), HALF), "is 0 at the witness"),
    "it fails elsewhere only": (
        altered("descent-moves", "witness", "indices", "m", to=1),
        "is 0 at the witness",
    ),
    "an interval around 0": (
        refuted(
            [],
            equation(["^", times("2", q), "2"], times("4", ["^", q, "2"])),
            point(NORM, [["2", "1"]] + [["1", "1"]] * 2),
            {"i": 1},
        ),
        "is 0 at the witness",
    ),
    "violates balance": (refuted([BALANCE], conserved(Q), FREE), "not balanced"),
    "violates Euler": (
        refuted([EULER], conserved(Q), NORM_BALANCED),
        "not shown to be homogeneous",
    ),
    "violates w != 0": (
        refuted([NONZERO], KEEPS_W, point(NORM, [["0", "1"]]), {"i": 1}),
        "w_i is 0",
    ),
    "violates the depth": (
        refuted([{"id": "depth", "kind": "depth-at-least", "bound": 3}], conserved(Q), NORM_FREE),
        "below the least depth",
    ),
    "l = m": (
        refuted(
            [],
            equation(["next", GAP], at("R", "l", "m", "i")),
            STEP_START,
            {"l": 1, "m": 1, "i": 1},
            STEP,
        ),
        "must differ",
    ),
    "index out of range": (
        altered("descent-moves", "witness", "indices", "l", to=3),
        "from 1 to 2",
    ),
    "index 0": (altered("descent-moves", "witness", "indices", "l", to=0), "from 1 to 2"),
    "index True": (altered("descent-moves", "witness", "indices", "l", to=True), "from 1 to 2"),
    "an index too few": (
        altered("descent-moves", "witness", "indices", to={"l": 1, "m": 2}),
        "indices",
    ),
    "about another conclusion": (
        altered("degree-2", "witness", "conclusion", to="other"),
        "another conclusion",
    ),
    "two conclusions": (
        altered("degree-2", "conclusions", to={"main": conserved(Q), "more": conserved(Q)}),
        "the one conclusion",
    ),
    "a sign that is kept": (refuted([], KEEPS_W, NORM_FREE, {"i": 1}), "not exactly 0"),
    "an inequality that holds": (
        refuted([], HOLDER, point(NORM, [["1", "2"], ["1", "-2"]])),
        "not positive",
    ),
    "q without a series": (
        refuted([], conserved(Q), point(NORM, [["0", "1"], ["1", "1"], ["1", "1"]])),
        "no Taylor series",
    ),
    "four derivatives": (
        refuted([BALANCE], conserved(d(d(d(Q)))), NORM_BALANCED),
        "at most 3 \\(limit 'derivatives'",
    ),
}
TOWER = u
for _ in range(5):
    TOWER = ["^", plus(TOWER, "1"), "64"]
FORGED |= {
    "a large exponent": (proved([], equation(["^", u, "999999999"], u), NORM_FREE), "too large"),
    "a tower of exponents": (proved([], equation(TOWER, u), NORM_FREE), "more work"),
    "a power of a sum": (
        proved([], equation(["^", plus(*(at("u", 1, x) for x in "abcfhjrs")), "40"], u), NORM_FREE),
        "more work",
    ),
    "many labellings": (
        proved(
            [],
            equation(times(chain(6), chain(6), chain(6), chain(6)), plus(*[chain(6)] * 9)),
            NORM_FREE,
        ),
        "more work|not follow",
    ),
    "deep nesting": (proved([], equation(nested(u, 200), u), NORM_FREE), "nested too deeply"),
    "deeper nesting": (
        altered("diag-balance", *MAIN, "quantity", to=nested(u, 5000)),
        "nested too deeply",
    ),
    "a large number at the witness": (
        refuted([], equation(["^", ["^", ["^", Q, "64"], "64"], "64"], "1"), NORM_FREE),
        "too many digits|more work",
    ),
    "nested sums at the witness": (
        refuted([], equation(chain(24), "1"), point(RATIO, FREE_START)),
        "more work|not known",
    ),
    "a large exponent of L": (
        proved([], equation(["^", q, times("5000", L)], q), NORM_FREE),
        "too large",
    ),
    "an exponent with L^2": (
        proved([], equation(["^", q, times(L, L)], q), NORM_FREE),
        "affine in L",
    ),
}
