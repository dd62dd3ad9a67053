"""verify/check_matrices.py accepts the certificates of the project's own claims and refuses every
change that alters what is proved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from verify.check import LIMITS, NotACertificate, Refused
from verify.check_matrices import check

Json = Any
ROOT = Path(__file__).resolve().parents[2]
TRUE = (
    "dln-moments-conserved",
    "dln-descent-defect",
    "dln-weight-decay",
    "dln-fiber-metric",
    "dln-hidden-convexity",
    "dln-regflow",
    "dln-kn-limit",
    "dln-balanced-roots",
    "dln-kempf-ness",
    "dln-learning-flow",
    "dln-h-spectrum",
    "hm-gramian",
)
FALSE = ("dln-descent-conserves", "dln-kn-dissipation-printed", "dln-kn-value-one-layer")


@cache
def _text(claim: str) -> str:
    from proofs import CLAIMS
    from verify.claims.request import Request
    from verify.judge.decide import judge

    (found,) = (c for c in CLAIMS if c.id == claim)
    report = judge(found, Request())
    assert report.certificate is not None
    return json.dumps(report.certificate.body)


def certificate(claim: str) -> Json:
    """A fresh copy, in which one entry can be changed alone."""
    return json.loads(_text(claim))


def only(data: Json, what: str) -> Json:
    """The entry of the certificate's one conclusion."""
    ((_, found),) = data[what].items()
    return found


def affine(const: int = 0, **terms: int) -> Json:
    return {"": const, **terms}


def at(name: str, *index: Json) -> Json:
    return ["letter", name, *(index or [None])]


K = affine(k=1)
W = at("W", K)
X = at("X")


def star(x: Json) -> Json:
    return ["mark", "H", x]


def num(x: int) -> Json:
    return ["num", str(x)]


def minus(x: Json, y: Json) -> Json:
    return ["+", x, ["*", num(-1), y]]


def total(first: int, less: int, body: Json) -> Json:
    return ["sum", "p", affine(first), affine(-less, N=1), body]


A_0 = at("A", affine(0))  # X, which is a sentence worth a certificate


def equal(left: Json, right: Json, first: int = 1, less: int = 1, **setting: Json) -> Json:
    """A sentence about matrices at rest, N = 2 at its instance, with no steps."""
    body = {
        "letters": [],
        "sequences": [],
        "positive": [],
        "square": False,
        "layers": True,
        "least_depth": 1,
    }
    body |= {"motion": {"kind": "still"}, "definitions": {}} | setting
    numbers = {"depth": 2, "sizes": {"d": [2, 2, 2]}, "scalars": {}, "sequences": {}}
    matrices = {x["name"]: [["1", "0"], ["0", "1"]] for x in body["letters"]}
    numbers["values"] = {
        "W": [[["1", "2"], ["0", "1"]], [["1", ["0", "1"]], ["3", "1"]]],
        "P": [["0", "1"], ["2", "0"]],
    } | matrices
    conclusion = {
        "kind": "matrix-identity",
        "left": left,
        "right": right,
        "first": first,
        "less": less,
    }
    proof = {"squares": [], "factor": "1", "lemmas": [], "steps": {"identity": []}}
    head = {
        "format": "flowlaw-matrices",
        "version": 1,
        "claim": "c",
        "verdict": "PROVED",
        "statement": "",
        "setting": body,
    }
    return {
        **head,
        "assuming": [],
        "conclusions": {"c": conclusion},
        "kept": {},
        "forms": {},
        "proof": {"c": proof},
        "instance": {"c": numbers},
    }


def letter(name: str, rows: str, form: str = "free", index: str = "") -> Json:
    return {"name": name, "rows": rows, "cols": rows, "index": index, "form": form}


@pytest.mark.parametrize("claim", TRUE)
def test_true_certificates_are_accepted(claim: str) -> None:
    says = check(certificate(claim))
    assert (
        says.startswith("PROVED") and "for every depth N >= " in says and "real and complex" in says
    )


@pytest.mark.parametrize("claim", FALSE)
def test_refutations_are_accepted(claim: str) -> None:
    assert check(certificate(claim)).startswith("REFUTED") and ": NOT " in check(certificate(claim))


def test_cited_theorems_are_named() -> None:
    assert "given PROPER_MINIMUM, PSD_ROOT_UNIQUE" in check(certificate("dln-kempf-ness"))
    assert "given LOJASIEWICZ" in check(certificate("dln-kn-limit"))
    assert "given PSD_ROOT_UNIQUE" in check(certificate("dln-balanced-roots"))


def test_it_runs_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(_text("dln-weight-decay"))
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "verify/check.py"), str(path)],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0 and run.stdout.startswith("PROVED"), run.stderr


def _steps(x: Json) -> Iterator[tuple[list, int]]:
    """(list of steps, place) of every step in a part of a certificate."""
    inside = x.values() if isinstance(x, dict) else x if isinstance(x, list) else ()
    for y in inside:
        if isinstance(y, list) and y and isinstance(y[0], dict) and "relation" in y[0]:
            yield from ((y, j) for j in range(len(y)))
        else:
            yield from _steps(y)


@pytest.mark.parametrize(
    "claim", ["dln-learning-flow", "dln-kempf-ness", "dln-regflow", "dln-balanced-roots"]
)
@pytest.mark.parametrize("change", ["double", "drop", "mark"])
def test_every_step_counts(claim: str, change: str) -> None:
    places = len([*_steps(certificate(claim))])
    assert places >= 1
    for j in range(places):
        data = certificate(claim)
        steps, here = [*_steps(data)][j]
        if change == "double":
            steps[here]["c"] = "2/3"
        elif change == "mark":
            steps[here]["trace"] = not steps[here]["trace"]
        else:
            del steps[here]
        with pytest.raises(Refused):
            check(data)


def refused(data: Json, why: str | None = None) -> None:
    with pytest.raises(Refused, match=why):
        check(data)


def _lemma(data: Json, name: str) -> Json:
    (found,) = (x for proof in data["proof"].values() for x in proof["lemmas"] if x["name"] == name)
    return found


def test_a_lemma_does_not_rest_on_itself() -> None:
    data = certificate("dln-learning-flow")
    own = [s for s in _lemma(data, "push M")["steps"] if s["relation"] == "push M"]
    assert own
    for index in (K, affine(2, k=1), affine(N=1)):
        for s in own:
            s["at"] = index
        refused(data, "rests on itself|is not there")


def test_a_lemma_is_not_its_own_proof() -> None:
    data = certificate("dln-learning-flow")
    lemma = _lemma(data, "push M")
    lemma["by"], lemma["base"] = "", []
    refused(data, "unknown relation")


def test_an_induction_needs_its_base() -> None:
    data = certificate("dln-kempf-ness")
    lemma = _lemma(data, "B* B")  # B_k* B_k = 2 S^(k-1) has the same step, and fails at k = 1
    lemma["equation"]["right"] = ["*", num(2), lemma["equation"]["right"]]
    refused(data, "base|step")


def test_lemmas_come_in_order_and_have_names_of_their_own() -> None:
    data = certificate("dln-learning-flow")
    for proof in data["proof"].values():
        proof["lemmas"].reverse()
    refused(data, "unknown relation")
    data = certificate("dln-learning-flow")
    _lemma(data, "push M")["name"] = "balance"
    refused(data, "named like a relation")


@pytest.mark.parametrize("relation", ["balance", "layers"])
def test_balance_has_no_place_in_the_first_variation(relation: str) -> None:
    data = certificate("dln-kempf-ness")
    at_one = affine(1) if relation == "balance" else affine(2)
    step = {
        "relation": relation,
        "part": 0,
        "at": at_one,
        "mark": "",
        "left": [],
        "right": [],
        "scalars": [],
        "trace": False,
        "ranges": [],
    }
    both = [{**step, "c": "1"}, {**step, "c": "-1"}]
    only(data, "proof")["steps"]["variation"] += both
    refused(data, "unknown relation")


def test_a_minimum_over_the_fibre_takes_no_hypothesis() -> None:
    data = certificate("dln-kempf-ness")
    data["setting"]["definitions"]["more"] = [
        {"left": at("W", affine(1)), "right": num(0), "first": 1, "less": 1}
    ]
    refused(data, "more than a name")
    data = certificate("dln-kempf-ness")
    gram = {"left": ["*", W, star(W)], "right": num(0), "first": 1, "less": 0}
    data["assuming"] = [{"id": "flat", "word": "flat", "when": "always", "equations": [gram]}]
    refused(data, "no hypothesis")


def test_relations_of_the_start_must_be_kept() -> None:
    data = certificate("dln-learning-flow")
    data["kept"] = {}
    refused(data, "it stays")
    data = certificate("dln-weight-decay")  # W_1 = 0 does not stay
    start = {"left": at("W", affine(1)), "right": num(0), "first": 1, "less": 1}
    data["assuming"] = [
        {"id": "zero", "word": "zero", "when": "at the start", "equations": [start]}
    ]
    data["kept"] = {"zero": [[]]}
    refused(data, "d/dt of zero")


def test_hand_made_sentences_are_accepted() -> None:
    assert "X = A_(0)" in check(equal(X, at("A", affine(0)), 1, 1))
    assert check(equal(X, ["*", at("A", affine(1)), at("W", affine(1))])).startswith(
        "PROVED for every depth N >= 1"
    )
    assert check(equal(["tr", ["*", X, star(X)]], ["tr", ["*", star(X), X]]))
    assert check(equal(["*", ["*", at("A", K), W], at("B", K)], X, 1, 0))
    shifted = total(1, 2, ["tr", ["*", star(at("W", affine(1, p=1))), at("W", affine(1, p=1))]])
    square = ["tr", ["*", star(at("W", affine(p=1))), at("W", affine(p=1))]]
    assert check(equal(shifted, total(2, 1, square), least_depth=3) | {"instance": {"c": _deep(3)}})


def _deep(depth: int) -> Json:
    ones = [["1", "1"], ["0", "1"]]
    values = {"W": [ones] * depth, "P": ones}
    return {
        "depth": depth,
        "sizes": {"d": [2] * (depth + 1)},
        "values": values,
        "scalars": {},
        "sequences": {},
    }


N_ITSELF, ONE = ["const", "N"], num(1)


def test_a_sum_counts_its_terms_at_every_depth() -> None:
    assert check(equal(total(1, 0, ONE), N_ITSELF))
    assert check(equal(total(1, 1, ONE), minus(N_ITSELF, ONE)))
    refused(equal(total(1, 1, ONE), N_ITSELF), "left over")
    refused(
        equal(total(1, 2, ONE), minus(N_ITSELF, num(2))), "depth 1"
    )  # the empty sum at N = 1 is 0
    assert check(
        equal(total(1, 2, ONE), minus(N_ITSELF, num(2)), least_depth=2)
        | {"instance": {"c": _deep(3)}}
    )
    vanishing = ONE  # (N - 1) ... (N - 10) = 0 at each depth that is looked at alone
    for j in range(1, 11):
        vanishing = ["*", vanishing, minus(N_ITSELF, num(j))]
    refused(equal(vanishing, num(0)), "large depths")


M = letter("M", "0", "hermitian")


def test_powers_of_what_may_be_singular() -> None:
    inverse = ["^", at("M"), affine(-1)]
    for form in ("hermitian", "free"):
        refused(
            equal(["*", inverse, at("M")], ONE, letters=[M | {"form": form}]),
            "may be zero|no single|power",
        )
    for form in ("positive", "invertible"):
        assert check(
            equal(
                ["*", ["*", inverse, at("M")], X],
                X,
                letters=[M | {"form": form, "rows": "N", "cols": "N"}],
            )
        )
    last = total(1, 0, ["tr", ["^", at("M"), affine(-1, N=1, p=-1)]])  # at p = N the exponent is -1
    refused(equal(last, num(0), letters=[M]), "negative power")
    kappa = ["^", ["const", "kappa"], affine(-1)]
    undone = ["*", kappa, ["*", ["const", "kappa"], X]]
    refused(equal(undone, A_0), "negative power")
    data = equal(undone, A_0, positive=["kappa"])
    only(data, "instance")["scalars"] = {"kappa": "2"}
    assert check(data)
    only(data, "instance")["scalars"] = {"kappa": "-2"}
    refused(data, "not positive")


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (["*", W, W], ["*", W, W], "sizes do not fit"),
        (["+", X, star(X)], ["+", X, star(X)], "different sizes"),
        (["tr", X], ["tr", X], "not square"),
        (["+", X, ONE], ["+", X, ONE], "not square"),
        (["tr", at("A", affine(N=1))], ["tr", at("B", affine(1))], "multiple of the identity"),
        (["*", num(2), at("W", affine(2))], at("W", affine(2)), "not there"),
        (["*", num(2), at("W", affine(1, k=1))], at("W", affine(1, k=1)), "not there"),
        (at("W", affine(j=1)), W, "nothing binds"),
        (at("V"), at("V"), "unknown letter"),
        (at("X", K), X, "too many or too few"),
        (["D", X], num(0), "nothing flows"),
        (["*", num(2), ["loss"]], ["loss"], "no value"),
        (["tr", ["G", affine(-2, k=1)]], num(0), "beyond"),
        (["H", "W", K], num(0), "vanishing ends"),
        (["seq", "s", K], num(0), "unknown sequence"),
        (["num", 1], ["num", 1], "rational"),
        (["num", "0.5"], ["num", "0.5"], "rational"),
        (["letter", "W", {"": 0, "k": True}], W, "coefficient"),
        (["sum", "p", affine(1), affine(3), ONE], ONE, "N minus"),
        (["zz", X], X, "not an expression"),
        (total(1, 0, total(1, 0, ONE)), ONE, "inside a sum"),
        (["within", affine(k=1), 1, 1, X], X, "not an expression"),
        (["+", X, X, X], X, "not an expression"),
    ],
)
def test_expressions_without_a_meaning_are_refused(left: Json, right: Json, why: str) -> None:
    refused(equal(left, right, 1, 0), why)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (X, ["*", at("A", affine(1)), at("A", affine(1))]),
        (["tr", ["*", X, at("P")]], ["tr", ["*", at("P"), X]]),
        (at("P"), X),
        (["mark", "T", X], ["mark", "H", X]),
        (["tr", ["*", star(X), ["mark", "T", star(at("P"))]]], num(0)),
        (
            total(1, 0, ["tr", ["*", W_P := at("W", affine(p=1)), star(W_P)]]),
            total(1, 1, ["tr", ["*", W_P, star(W_P)]]),
        ),
        (["*", W, star(W)], ["*", star(at("W", affine(1, k=1))), at("W", affine(1, k=1))]),
    ],
)
def test_false_equations_are_refused(left: Json, right: Json) -> None:
    refused(equal(left, right), "left over|sizes")


def flow(kind: str, quantity: Json, **more: Json) -> Json:
    """quantity does not change along gradient flow of E(X)."""
    data = equal(X, X, motion={"kind": "gradient-flow", "objective": ["loss"]}, **more)
    data["conclusions"] = {"c": {"kind": kind, "quantity": quantity, "first": 1, "less": 1}}
    only(data, "proof")["steps"] = {"derivative": []}
    return data


def test_letters_that_move_are_not_constant() -> None:
    assert check(flow("matrix-unchanged", ["G", K]))
    refused(flow("matrix-unchanged", at("P")), "nothing says how P moves")
    refused(flow("matrix-unchanged", at("A", K)), "nothing says how A moves")
    refused(flow("matrix-unchanged", X), "left over")
    first = at("W", affine(1))
    gram = {"left": ["*", star(first), first], "right": at("M"), "first": 1, "less": 1}
    data = flow("matrix-unchanged", at("M"), letters=[M], definitions={"M": [gram]})
    refused(data, "left over")  # M moves as what it names
    assert "M d_0 x d_0, hermitian, constant" in check(
        flow("matrix-unchanged", ["+", ["tr", ["G", K]], ["tr", at("M")]], letters=[M])
    )
    refused(flow("matrix-unchanged", at("M"), letters=[M]), "same as they stand")
    square = {
        "left": ["*", at("M"), at("M")],
        "right": at("T"),
        "first": 1,
        "less": 1,
    }  # T is tied to W by way of M
    both = {"letters": [M, letter("T", "0")], "definitions": {"T": [square], "M": [gram]}}
    refused(flow("matrix-unchanged", at("T"), **both), "left over|nothing says how T moves")


def test_the_gradient_is_rebuilt() -> None:
    data = certificate("dln-weight-decay")
    data["setting"]["motion"]["objective"] = ["loss"]
    refused(data, "left over")
    data = certificate("dln-moments-conserved")
    data["setting"]["motion"]["objective"] = ["*", num(2), ["loss"]]
    assert check(data)
    data["setting"]["motion"]["objective"] = ["tr", ["*", star(at("P")), X]]
    refused(data, "objective")
    data["setting"]["motion"]["objective"] = ["tr", ["*", star(X), X]]
    data["instance"] = dict.fromkeys(data["instance"], _deep(3))
    assert check(data)
    data["setting"]["motion"]["objective"] = [
        "tr",
        ["*", star(at("W", affine(1))), at("W", affine(1))],
    ]
    refused(data, "left over")


def test_conclusions_that_are_not_proved_are_refused() -> None:
    data = certificate("dln-weight-decay")
    factor = json.dumps(only(data, "conclusions")["factor"])
    assert '"-2"' in factor
    only(data, "conclusions")["factor"] = json.loads(factor.replace('"-2"', '"-3"'))
    refused(data, "left over")
    data = certificate("dln-weight-decay")
    only(data, "conclusions")["factor"] = ["tr", at("P")]
    refused(data, "constants|not square")
    for side in ("left", "right"):
        data = certificate("dln-fiber-metric")
        sentence = next(x for x in data["conclusions"].values() if x[side][0] == "sum")
        sentence[side][3][""] -= 1  # one layer fewer
        refused(data, "left over")
    data = certificate("dln-kempf-ness")
    only(data, "conclusions")["value"] = num(1)
    refused(data, "left over")


def test_squares_are_squares() -> None:
    data = certificate("dln-hidden-convexity")
    proof = data["proof"]
    name = next(n for n, x in proof.items() if x["squares"])
    proof[name]["squares"][0]["c"] = "-2"
    refused(data, "not positive")
    proof[name]["squares"] = []
    refused(data, "left over")
    data = certificate("dln-balanced-roots")
    next(iter(data["proof"].values()))["squares"][0]["c"] = "2"
    refused(data, "one square")
    data = certificate("dln-kn-limit")
    for name, x in data["conclusions"].items():
        if x["kind"] == "matrix-settles":
            data["proof"][name]["factor"] = "0"
    refused(data, "zero|left over")


def test_hypotheses_that_are_used_are_listed() -> None:
    data = certificate("dln-learning-flow")
    data["assuming"], data["kept"], data["forms"] = [], {}, {}
    refused(data, "unknown relation")
    data = certificate("dln-learning-flow")
    data["setting"]["definitions"].popitem()
    refused(data, "unknown relation|left over|a form that no")


def test_a_relation_is_used_only_where_it_is() -> None:
    data = certificate("dln-learning-flow")
    data["assuming"][0]["equations"][0]["less"] = 2
    refused(data, "is not there|left over")
    data = certificate("dln-learning-flow")
    _lemma(data, "push M")["equation"]["first"] = 0
    refused(data, "not there")
    data = certificate("dln-regflow")
    found = [(s, j) for s, j in _steps(data) if s[j]["ranges"]]
    steps, j = found[0]
    steps[j]["ranges"][0][2] += 1  # one place fewer
    refused(data, "left over")


def test_the_instance_satisfies_everything_and_moves() -> None:
    data = certificate("dln-learning-flow")
    for numbers in data["instance"].values():
        numbers["values"]["W"][0][0][0] = "77"
    refused(data, "does not satisfy")
    data = certificate("dln-regflow")
    for numbers in data["instance"].values():
        numbers["values"]["b"][0][0][0] = "77/5"
    refused(data, "relation fibre")
    data = certificate("dln-moments-conserved")
    for numbers in data["instance"].values():
        numbers["values"]["P"] = [["0" for _ in row] for row in numbers["values"]["P"]]
    refused(data, "nothing moves")
    data = equal(X, A_0)
    only(data, "instance")["values"]["W"][0] = [["0", "0"], ["0", "0"]]
    refused(data, "zero at the instance")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("depth",), 0),
        (("depth",), 3),
        (("depth",), True),
        (("sizes", "d"), [2, 2]),
        (("sizes", "d"), [2, 1, 2]),
        (("sizes", "n"), 2),
        (("values", "X"), [["1", "0"], ["0", "1"]]),
        (("values", "W"), []),
        (("values", "P"), [["0", "1"]]),
        (("values", "M"), [["0", "1"], ["0", "0"]]),
        (("values", "M"), [[["0", "1"], "0"], ["0", "1"]]),
        (("values", "M"), [["1", "2"], ["2", "1"]]),
        (("values", "M"), [["1", 0], ["0", "1"]]),
        (("values", "M"), [["1", "0", "0"], ["0", "1", "0"]]),
        (("scalars", "N"), "3"),
        (("more",), 1),
    ],
)
def test_bad_numbers_are_refused(path: tuple, value: Json) -> None:
    """M is positive definite."""
    data = equal(X, A_0, letters=[M | {"form": "positive"}])
    assert check(data)
    here = only(data, "instance")
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    refused(data)


def _objects(x: Json) -> Iterator[dict]:
    if isinstance(x, dict):
        yield x
    for y in x.values() if isinstance(x, dict) else x if isinstance(x, list) else ():
        yield from _objects(y)


@pytest.mark.parametrize("claim", ["dln-kempf-ness", "dln-kn-dissipation-printed"])
def test_no_field_is_missing_or_unknown(claim: str) -> None:
    free = {"", "scalars"}  # an index names its variables; constants have any name
    for j in range(len([*_objects(certificate(claim))])):
        data = certificate(claim)
        here = [*_objects(data)][j]
        if free & {*here} or here == {}:
            continue
        here["more"] = 1
        refused(data)
    for name in certificate(claim):
        data = certificate(claim)
        del data[name]
        with pytest.raises((Refused, NotACertificate)):
            check(data)


def test_a_witness_refutes_what_it_says() -> None:
    data = certificate("dln-kn-dissipation-printed")
    conclusion = only(data, "conclusions")
    conclusion["right"] = json.loads(
        json.dumps(conclusion["right"]).replace('"-2"', '"-4"')
    )  # the sentence that is true
    refused(data, "does not refute")
    data = certificate("dln-kn-dissipation-printed")
    data["witness"]["obligation"] = "sign"
    refused(data, "an obligation")
    data = certificate("dln-kn-dissipation-printed")
    data["witness"]["index"] = 1
    refused(data, "an index")
    data = certificate("dln-kn-value-one-layer")
    data["witness"]["values"]["W"][0][0][0] = "77"
    refused(data, "does not satisfy|not balanced")
    data = certificate("dln-descent-conserves")
    data["witness"]["index"] = data["witness"]["depth"]
    refused(data, "says nothing")


def test_a_witness_satisfies_hypotheses_that_last() -> None:
    data = flow("matrix-unchanged", X)
    numbers = data.pop("instance")["c"]
    del data["proof"]
    data |= {
        "verdict": "REFUTED",
        "witness": numbers | {"conclusion": "c", "obligation": "derivative", "index": None},
    }
    assert check(data).startswith("REFUTED")
    trivial = {"left": ["tr", ["*", W_1, star(W_1)]], "right": num(6), "first": 1, "less": 1}
    data["assuming"] = [{"id": "six", "word": "six", "when": "always", "equations": [trivial]}]
    refused(data, "whether it can last is not known of: six")


W_1 = at("W", affine(1))


def test_a_hypothesis_that_holds_always_is_not_left_at_once() -> None:
    data = flow("matrix-unchanged", ["G", K])
    six = {"left": ["tr", ["*", W_1, star(W_1)]], "right": num(6), "first": 1, "less": 1}
    data["assuming"] = [{"id": "six", "word": "six", "when": "always", "equations": [six]}]
    assert only(data, "instance")["values"]["W"][0] == [["1", "2"], ["0", "1"]]  # 1 + 4 + 1
    refused(data, "whether it can last is not known of: six")


def test_prescribed_motion_and_derivatives_of_definitions() -> None:
    """U' = U a with U* U = 1 gives a* = -a."""
    letters = [letter("U", "n"), letter("a", "n")]
    unit = {"left": ["*", star(at("U")), at("U")], "right": num(1), "first": 1, "less": 1}
    setting = {"letters": letters, "layers": False, "definitions": {"unitary": [unit]}}
    data = equal(
        star(at("a")),
        ["*", num(-1), at("a")],
        motion={"kind": "prescribed", "rates": {"U": ["*", at("U"), at("a")]}},
        **setting,
    )
    numbers = only(data, "instance")
    numbers["sizes"], numbers["values"] = (
        {"d": [], "n": 1},
        {"U": [[["3/5", "4/5"]]], "a": [[["0", "2"]]]},
    )
    step = {
        "c": "1",
        "part": 0,
        "at": None,
        "mark": "",
        "left": [],
        "right": [],
        "scalars": [],
        "trace": False,
        "ranges": [],
    }
    a, one = ["a", None, "", affine(1)], {**step, "relation": "unitary"}
    steps = [
        {**step, "relation": "unitary'"},
        {**one, "c": "-1", "right": [a]},
        {**one, "c": "-1", "left": [[*a[:2], "H", a[3]]]},
    ]
    only(data, "proof")["steps"]["identity"] = steps
    refused(data, "whether it can last is not known of: unitary")
    data["kept"] = {
        "unitary": [[{**one, "right": [a]}, {**one, "left": [[*a[:2], "H", a[3]]]}]]
    }  # a* + a is left over, a constant
    assert check(data).startswith("PROVED")
    numbers["values"]["a"] = [["2"]]
    refused(data, "does not satisfy the relation unitary'")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"format": "flowlaw-matrices", "version": True},
        {"format": "flowlaw-certificate", "version": 1},
    ],
)
def test_what_is_no_certificate_of_matrices(data: Json) -> None:
    with pytest.raises(NotACertificate):
        check(data)


def test_hostile_sizes_end_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "matrices", LIMITS["matrices"] // 20)
    many: Json = X
    for _ in range(40):
        many = ["+", many, ["*", num(2), many]]  # one object, 2^40 nodes on paper
    refused(equal(many, num(0)), "too large|more work")
    deep: Json = X
    for _ in range(300):
        deep = star(deep)
    refused(equal(deep, X), "nested")
    power: Json = ["+", ["const", "x"], num(3)]
    for _ in range(6):
        power = ["^", power, affine(20)]
    refused(equal(power, num(0)), "more work|too long")
    power = num(3)
    for _ in range(12):
        power = ["^", power, affine(20)]
    refused(equal(power, num(0)), "too long")
    refused(equal(["^", at("M"), affine(10**9)], num(0), letters=[M]), "coefficient")
