"""Words whose sizes do not fit are no sentence: the reader refuses them wherever they stand, the
prover where they are written.

d/dt (b_0^T b_k*) = 0, with b_k a d_k x d_k matrix that does not move, was accepted: a derivative
that is zero was never multiplied out.
The kind: whatever is written and not evaluated, or evaluated at one depth where sizes coincide (d_0
= d_(N-1) for N = 1): derivatives and steps of what stands still, rates of letters of another size,
relations and objectives that no step uses, sums over layers whose terms have several sizes, traces
of what is not square, transposes, powers, names of sizes that are names of something else. Words
are drawn, and shipped certificates are changed in one index, mark, size or order; sizes are counted
here with numbers.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from verify.check import Refused
from verify.check_matrices import check
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Unchanged
from verify.claims.hypotheses.matrices import Holds
from verify.exact.errors import BadInput
from verify.models.matrices import Matrices
from verify.models.motions import Prescribed
from verify.terms.affine import Affine, N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import Family, Mat, Sequence, const, letter, num, total, tr
from verify.terms.matrix_wire import encode
from verify.terms.relation import Equal

Json = Any
CERTIFICATES = Path(__file__).resolve().parents[2] / "proofs" / "certificates"
LETTERS = (
    Letter("Y", "n", "n"),
    Letter("Z", "n", "m"),
    Letter("V", "N", "0"),
    Letter("F", "k", "k-1", "layers"),
    Letter("c", "k", "k", "inner"),
    Letter("Q", "r", "r"),
)
DEPTH, PLACE = 30, 12  # k = 12 of N = 30: no index that is written coincides with another


class Misfit(Exception):
    """The sizes do not fit."""


class Counted:
    """Rows and columns as numbers, for the sizes that a certificate declares."""

    def __init__(self, setting: Json) -> None:
        layers = [
            ("W", "k", "k-1"),
            ("A", "N", "k"),
            ("B", "k-1", "0"),
            ("X", "N", "0"),
            ("P", "N", "0"),
        ] * setting["layers"]
        self.letters = {name: (rows, cols) for name, rows, cols in layers}
        self.letters |= {x["name"]: (x["rows"], x["cols"]) for x in setting["letters"]}
        self.letters |= {"b": ("k", "k")} if setting["motion"].get("family") == "b" else {}
        self.square, self.names = setting["square"], list[str]()

    def size(self, text: str, i: int) -> int:
        if self.square:
            return 1
        if text in ("k", "k-1", "0", "N"):
            return 1000 + {"k": i, "k-1": i - 1, "0": 0, "N": DEPTH}[text]
        self.names += [] if text in self.names else [text]
        return self.names.index(text)

    def of(self, e: Json, env: dict[str, int]) -> tuple[int, int] | None:
        """(rows, columns), None for a number. Raises Misfit."""
        head, *args = e
        if head in ("num", "const", "seq", "loss"):
            return None
        if head in ("letter", "G", "H", "w"):
            i = 0 if args[-1] is None else sum(c * env[n] for n, c in args[-1].items())
            rows, cols = (
                self.size(x, i) for x in self.letters["W" if head != "letter" else args[0]]
            )
            return (rows, rows) if head in ("G", "H") else (rows, cols)
        if head == "sum":
            first, less = args[1][""], -args[2][""]
            several = [
                self.of(args[3], {**env, args[0]: j}) for j in range(first, DEPTH - less + 1)
            ]
            return self.same(several)
        inner = [self.of(x, env) for x in args if isinstance(x, list)]
        if head == "*":
            return self.product(*inner)
        if head == "+":
            return self.sum(*inner, args)
        if (head == "tr" and inner[0] is None) or (
            head in ("tr", "^") and inner[0] and inner[0][0] != inner[0][1]
        ):
            raise Misfit
        turned = head == "mark" and args[0] in ("H", "T") and inner[0]
        return None if head == "tr" else inner[0][::-1] if turned else inner[0]  # type: ignore[index]

    @staticmethod
    def sum(x: tuple | None, y: tuple | None, args: list) -> tuple[int, int] | None:
        """A number beside a square matrix is that multiple of the identity; what is written 0 takes
        every size.
        """
        if (x is None) == (y is None):
            return Counted.same([x, y])
        matrix = x or y
        if matrix and matrix[0] != matrix[1] and ["num", "0"] not in args:
            raise Misfit
        return matrix

    @staticmethod
    def same(several: list) -> tuple[int, int] | None:
        if len({*several}) > 1:
            raise Misfit
        return several[0]

    @staticmethod
    def product(x: tuple | None, y: tuple | None) -> tuple[int, int] | None:
        if x is None or y is None:
            return x or y
        if x[1] != y[0]:
            raise Misfit
        return (x[0], y[1])


def fits(setting: Json, *several: Json) -> bool:
    try:
        for e in several:
            Counted(setting).of(e, {"": 1, "N": DEPTH, "k": PLACE})
    except Misfit:
        return False
    return True


def drawn(rng: Random, size: int) -> Mat:
    """A word of letters that do not move, of sizes that fit or do not."""
    if size <= 1:
        spots = [Affine(1), k, k + 1, N, N - 1]
        families = [Family("F")[rng.choice(spots)], Family("c")[rng.choice([k, Affine(1)])]]
        return rng.choice(
            [letter("Y"), letter("Z"), letter("V"), *families, *families, num(rng.choice([0, 2]))]
        )
    turn, inner = rng.random(), drawn(rng, size - 1)
    if turn < 0.15:
        return inner.H if turn < 0.08 else inner.T
    if turn < 0.25:
        return tr(inner)
    if turn < 0.3:
        return inner**2
    if turn < 0.4:
        body = Family("F")[p].H * Family("F")[p]
        return total(tr(body) if turn < 0.36 else body, 1, N)
    left, right = drawn(rng, size // 2), drawn(rng, size - size // 2)
    pairs = [
        left * right,
        left + right,
        left * left.H,
        left.T + left.T,
        left.H * Family("F")[k],
        inner * inner,
    ]
    return rng.choice(pairs)


@cache
def words() -> tuple[Mat, ...]:
    rng = Random(11)
    found = dict.fromkeys(drawn(rng, rng.randint(2, 5)) for _ in range(400))
    return tuple(found)


Q = letter("Q")
SAYS = encode(tr(Q * Q.H))


def beside(e: Json) -> Json:
    """Re Tr(Q Q*) and the square of d/dt of what does not move: the same number, however e
    reads.
    """
    scalar = fits(still({})["setting"], e) and not fits(
        still({})["setting"], ["tr", ["*", ["mark", "H", e], e]]
    )
    moved = ["D", e]
    return ["+", SAYS, moved if scalar else ["tr", ["*", ["mark", "H", moved], moved]]]


def still(motion: Json, **more: Json) -> Json:
    """Everything stands still but Q, which is its own rate; N = 2 at the instance, all sizes 1."""
    setting = {
        "letters": [x.wire() for x in LETTERS],
        "sequences": [],
        "positive": [],
        "square": False,
        "layers": False,
    }
    setting |= {
        "least_depth": 2,
        "motion": {"kind": "prescribed", "rates": {"Q": encode(letter("Q"))} | motion},
        "definitions": {},
    }
    one = [["1"]]
    values = {"Y": one, "Z": one, "V": one, "Q": one, "F": [one, one], "c": [one]}
    state = {
        "depth": 2,
        "sizes": {"d": [1, 1, 1], "n": 1, "m": 1, "r": 1},
        "values": values,
        "scalars": {},
        "sequences": {},
    }
    head = {
        "format": "flowlaw-matrices",
        "version": 1,
        "claim": "c",
        "verdict": "PROVED",
        "statement": "",
        "assuming": [],
    }
    sentence = {
        "kind": "matrix-identity",
        "left": SAYS,
        "right": encode(tr(Q.H * Q)),
        "first": 1,
        "less": 1,
    }
    proof = {"squares": [], "factor": "1", "lemmas": [], "steps": {"identity": []}}
    rest = {
        "conclusions": {"c": sentence},
        "kept": {},
        "forms": {},
        "proof": {"c": proof},
        "instance": {"c": state},
    }
    return {**head, **rest, "setting": setting | more}


def accepted(data: Json) -> bool:
    try:
        return check(data).startswith("PROVED")
    except Refused:
        return False


def test_words_that_do_not_move_are_constant_if_and_only_if_their_sizes_fit() -> None:
    """d/dt of each is zero, so nothing else decides."""
    wrong, count = [], {True: 0, False: 0}
    for word in words():
        data = still({})
        data["conclusions"]["c"]["left"] = beside(encode(word))
        right = fits(data["setting"], encode(word))
        count[right] += 1
        try:
            fine = check(data).startswith("PROVED") and right
        except Refused as why:  # the normal form has no products of traces
            fine = not right or "product of a trace" in str(why)
        wrong += [] if fine else [(right, encode(word))]
    assert not wrong, (len(wrong), wrong[:3])
    assert min(count.values()) > 80


def test_the_prover_refuses_the_same_words_where_they_are_written() -> None:
    setting = Matrices(Prescribed({"Q": letter("Q")}), LETTERS, layers=False, least_depth=2)
    for word in words():
        right = fits(setting.wire(), encode(word))
        try:
            Claim(
                id="c",
                title="t",
                setting=setting,
                assuming=(),
                concluding={"c": Unchanged(word)},
                source=Source.own("draft"),
            )
        except BadInput:
            assert not right, encode(word)
        else:
            assert right, encode(word)


FIRST, LAST, V = Family("F")[1], Family("F")[N], letter("V")
EVERYWHERE = (
    FIRST.H * FIRST + num(2) * FIRST.H * FIRST,
    V.H * LAST,
    tr(V.H * V),
    LAST * LAST.H,
    V * FIRST.H * FIRST,
    FIRST.T,
)
AT_ONE = (
    FIRST.H * FIRST + LAST.H * LAST,
    V.H * FIRST,
    tr(FIRST * V.H),
    FIRST * LAST.H,
    (V.H * LAST) ** 2,
    total(Family("F")[p].H * Family("F")[p], 1, N),
    FIRST + V,
    FIRST + num(1),
    LAST.T * FIRST.H.T,
)


@pytest.mark.parametrize(
    "place", ["definition", "always", "at the start", "lemma", "rate", "square", "left"]
)
def test_no_place_takes_a_word_whose_sizes_fit_at_one_depth_only(place: str) -> None:
    """N = 1 is the depth of the instance, and there all of them fit."""
    for words_, right in ((EVERYWHERE, True), (AT_ONE, False)):
        for word in words_ if place != "square" else [x for x in words_ if x.head != "tr"]:
            assert fits(still({})["setting"], encode(word)) == right, encode(word)
            assert accepted(_placed(place, encode(word))) == right, (place, encode(word))


def _placed(place: str, e: Json) -> Json:
    """A certificate at N = 1 that says e somewhere, where nothing hangs on it."""
    data = still({}, least_depth=1)
    square = ["*", ["mark", "H", e], e]
    same, norm = (
        {"left": e, "right": e, "first": 1, "less": 1},
        square if e[0] == "tr" else ["tr", square],
    )
    state, sentence, proof = data["instance"]["c"], data["conclusions"]["c"], data["proof"]["c"]
    state |= {"depth": 1, "sizes": {"d": [1, 1], "n": 1, "m": 1, "r": 1}}
    state["values"] |= {"F": [[["1"]]], "c": []}
    if place == "definition":
        data["setting"]["definitions"] = {"same": [same]}
    elif place == "lemma":
        proof["lemmas"] = [{"name": "same", "equation": same, "steps": [], "base": [], "by": ""}]
    elif place == "rate":  # of a letter that the sentence does not speak of
        data["setting"]["motion"]["rates"]["Y"] = ["*", norm, ["letter", "Y", None]]
    elif place == "left":
        sentence["left"] = beside(e)
    elif place == "square":
        data["conclusions"]["c"] = {"kind": "matrix-nonnegative", "quantity": norm}
        proof |= {"squares": [{"c": "1", "x": e, "over": None}], "steps": {"squares": []}}
    else:
        data["assuming"] = [{"id": "same", "word": "same", "when": place, "equations": [same]}]
        data["kept"] = {"same": [[]]} if place == "at the start" else {}
    return data


@pytest.mark.parametrize(
    ("name", "rate", "right"),
    [
        ("Y", letter("Y"), True),
        ("Y", num(2), True),
        ("Z", num(0), True),
        ("Z", letter("Y"), False),
        ("Z", num(2), False),
        ("Z", letter("Z").T, False),
        ("F", Family("F")[k] * Family("F")[k].H * Family("F")[k], True),
        ("F", V, False),
        ("F", Family("F")[k].H * Family("F")[k], False),
        ("c", Family("c")[k] * Family("c")[k], True),
        ("c", Family("F")[k].H * Family("F")[k], False),
        ("c", letter("Y"), False),
    ],
)
def test_a_rate_has_the_size_of_its_letter(name: str, rate: Mat, right: bool) -> None:
    """d/dt of the letter is its rate: said of an n x m matrix and an n x n one, it was accepted."""
    index = {"": 0, "k": 1} if name in ("F", "c") else None
    data = still({name: encode(rate)})
    sentence = {
        "left": ["D", ["letter", name, index]],
        "right": encode(rate),
        "first": 1,
        "less": 1 if name == "c" else 0,
    }
    data["conclusions"]["c"] = {"kind": "matrix-identity"} | sentence
    data["proof"]["c"]["steps"] = {"identity": []}
    assert accepted(data) == right
    setting = {
        "motion": Prescribed({"Q": letter("Q"), name: rate}),
        "letters": LETTERS,
        "layers": False,
        "least_depth": 2,
    }
    try:
        Claim(
            id="c",
            title="t",
            setting=Matrices(**setting),
            assuming=(),
            concluding={"c": Unchanged(letter("V"))},
            source=Source.own("draft"),
        )
    except BadInput:
        assert not right
    else:
        assert right


BEYOND = [
    (Family("F")[k + 2].H * Family("F")[k + 2], 1, 1, False),
    (Family("F")[k + 2].H * Family("F")[k + 2], 1, 2, True),
    (Family("F")[k].H * Family("F")[k], 0, 0, False),
    (Family("F")[k].H * Family("F")[k], -1, 0, False),
    (Family("F")[k - 1].H * Family("F")[k - 1], 1, 0, False),
    (Family("F")[2].H * Family("F")[2], 1, 1, False),
    (Family("F")[1].H * Family("F")[1], 1, 1, True),
    (Family("F")[N - 1].H * Family("F")[N - 1], 1, 1, False),
    (Family("F")[N].H * Family("F")[N], 1, 1, True),
    (Family("c")[k + 1], 1, 1, True),
    (Family("c")[k + 1], 1, 0, False),
    (Family("c")[k + 1], -1, 1, True),
    (Family("c")[2], 1, 1, False),
    (Sequence("s")[k + 2], 1, 1, False),
    (Sequence("s")[k + 1] * Sequence("s")[k], 1, 1, True),
    (Sequence("s")[N - 2], 1, 1, False),
    (total(tr(Family("F")[p + 1].H * Family("F")[p + 1]), 1, N), 1, 1, False),
    (total(tr(Family("F")[p + 1].H * Family("F")[p + 1]), 1, N - 1), 1, 1, True),
]


@pytest.mark.parametrize("place", ["definition", "always", "at the start", "lemma", "left"])
@pytest.mark.parametrize("n", range(len(BEYOND)))
def test_no_place_takes_a_letter_that_is_not_there_at_every_depth(place: str, n: int) -> None:
    """The instance has N = 1, where many of the ranges are empty; d/dt s_(k + 2) = 0 for k = 1..N-1
    was accepted as well.
    """
    word, first, less, right = BEYOND[n]
    data = _placed(place, encode(word))
    data["setting"]["sequences"], data["instance"]["c"]["sequences"] = ["s"], {"s": []}
    for x in (
        *data["setting"]["definitions"].get("same", ()),
        *(e for h in data["assuming"] for e in h["equations"]),
    ):
        x |= {"first": first, "less": less}
    for lemma in data["proof"]["c"]["lemmas"]:
        lemma["equation"] |= {"first": first, "less": less}
    if place == "left":
        data["conclusions"]["c"] |= {"first": first, "less": less}
    assert accepted(data) == right


@pytest.mark.parametrize("place", ["definition", "always", "at the start"])
@pytest.mark.parametrize("n", range(len(BEYOND)))
def test_the_prover_refuses_letters_that_are_not_there(place: str, n: int) -> None:
    word, first, less, right = BEYOND[n]
    equal = (Equal(word, word, first, less),)
    given = {} if place != "definition" else {"same": equal}
    setting = Matrices(Prescribed({"Q": letter("Q")}), LETTERS, given, ("s",), layers=False)
    holds = () if given else (Holds("same", "same", equal, when=place),)
    try:
        Claim(
            id="c",
            title="t",
            setting=setting,
            assuming=holds,
            concluding={"c": Unchanged(letter("V"))},
            source=Source.own("draft"),
        )
    except BadInput:
        assert not right
    else:
        assert right


@pytest.mark.parametrize("size", ["s", "Q", "F", "eta", "d", "kappa", "p", "k", "m"])
def test_a_size_is_the_name_of_nothing_else(size: str) -> None:
    """Re Tr(Y Y^-1) = n, n a constant and Y an n x n matrix, came out REFUTED by n = 5."""
    quantity = const("kappa") * total(tr(Family("F")[p].H * Family("F")[p]), 1, N)
    letters = tuple(
        Letter(x.name, *(size if d == "n" else d for d in (x.rows, x.cols)), x.index)
        for x in LETTERS
    )
    setting = Matrices(Prescribed({"Q": letter("Q")}), letters, {}, ("s",), layers=False)
    try:
        Claim(
            id="c",
            title="t",
            setting=setting,
            assuming=(),
            concluding={"c": Unchanged(quantity)},
            source=Source.own("draft"),
        )
    except BadInput as refusal:
        assert size in str(refusal) and size not in ("m", "eta")
    else:
        assert size in ("m", "eta")
    data = still({}, sequences=["s"])
    data["conclusions"]["c"]["left"] = ["+", SAYS, ["D", encode(quantity)]]
    data["instance"]["c"] |= {"sequences": {"s": ["1"]}, "scalars": {"kappa": "1"}}
    data["instance"]["c"]["sizes"] = {
        size if x == "n" else x: n for x, n in data["instance"]["c"]["sizes"].items()
    }
    for x in data["setting"]["letters"]:
        x |= {side: size for side in ("rows", "cols") if x[side] == "n"}
    assert accepted(data) == (size in ("m", "eta"))


# --- shipped certificates, changed
# --------------------------------------------------------------------------------------------------


@cache
def shipped() -> tuple[str, ...]:
    texts = (path.read_text() for path in sorted(CERTIFICATES.glob("*.json")))
    return tuple(text for text in texts if json.loads(text)["format"] == "flowlaw-matrices")


def spoken(data: Json) -> list[tuple[Json, ...]]:
    """Every group of words that must have one size, each with what it is compared with."""
    setting = data["setting"]
    relations = [e for es in setting["definitions"].values() for e in es] + [
        e for h in data["assuming"] for e in h["equations"]
    ]
    relations += [
        x["equation"] for proof in data.get("proof", {}).values() for x in proof["lemmas"]
    ]
    found = [(["+", e["left"], e["right"]],) for e in relations]
    motion = setting["motion"]
    found += [(motion["objective"],)] if "objective" in motion else []
    own = {x["name"]: {"": 0, "k": 1} if x["index"] else None for x in setting["letters"]} | {
        "W": {"": 0, "k": 1}
    }
    found += [
        (["+", ["letter", name, own[name]], e],) for name, e in motion.get("rates", {}).items()
    ]
    for c in data["conclusions"].values():
        parts = [
            c[x] for x in ("left", "right", "quantity", "root", "of", "factor", "value") if x in c
        ]
        found += [(["+", c["left"], c["right"]],)] if "left" in c else [(x,) for x in parts]
    return found


def changes(data: Json) -> Iterator[tuple[Json, Any, Any]]:
    """(object, key, another value) for sizes, indices, marks and the order of products."""
    for x in data["setting"]["letters"]:
        yield from (
            (x, side, d)
            for side in ("rows", "cols")
            for d in ("0", "N", "new", *(("k", "k-1") if x["index"] else ()))
        )
    rest = [
        data["setting"]["motion"],
        data["setting"]["definitions"],
        data["assuming"],
        data["conclusions"],
    ]
    while rest:
        x = rest.pop()
        if isinstance(x, dict):
            rest += x.values()
            if "" in x and all(isinstance(c, int) for c in x.values()):
                yield from ((x, "", x[""] + d) for d in (-1, 1))
        elif isinstance(x, list):
            rest += x
            if x and x[0] == "mark":
                yield from ((x, 1, m) for m in "HTC" if m != x[1])
            if x and x[0] == "*":
                yield (x, slice(1, 3), x[:0:-1])
            if x and x[0] == "tr":
                yield (x, slice(0, 2), ["*", ["num", "1"], x[1]])


@pytest.mark.parametrize("n", range(len(shipped())))
def test_no_shipped_certificate_is_accepted_with_sizes_that_do_not_fit(n: int) -> None:
    data = json.loads(shipped()[n])
    assert all(fits(data["setting"], *group) for group in spoken(data))
    found = list(changes(data))
    Random(n).shuffle(found)
    tried = 0
    for x, key, value in found:
        old = copy.copy(x)
        x[key] = value
        if not all(fits(data["setting"], *group) for group in spoken(data)):
            tried += 1
            with pytest.raises(Refused):
                check(data)
        if isinstance(x, list):
            x[:] = old
        else:
            x |= old
        if tried == 12:
            return
    assert tried or data["setting"]["square"] or len(found) < 20
