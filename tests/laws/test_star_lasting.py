"""What holds always must be able to last: witnesses and instances are judged by the motion from
them, not by one instant (A2).

The kind: hypotheses and definitions, gradients and prescribed rates, forms of letters (Hermitian,
isometric, ..), witnesses and the instances that accompany a proof, derivatives of every order. Here
settings are generated, and the Taylor series of the motion from every state that the tool shows is
worked out by the test (real block matrices, series in t): relations must hold to the order that is
compared. Chains of letters, each the rate of the one before, force any order that one likes.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest

from verify.check import Refused
from verify.check_matrices import check
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Outcome
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, Prescribed
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, Family, Mat, W, X, dot, letter, norm2, num, tr
from verify.terms.relation import Equal
from verify.theories import protocol
from verify.theories.words import lasting

Y, Z, C, M, S = (letter(x) for x in "YZCMS")
ORDER = 6
Block = list[list[Fraction]]


def claim(conclusion: OfMatrices, setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Claim:
    return Claim(
        id="lasting",
        title="t",
        setting=setting,
        assuming=assuming,
        concluding={"c": conclusion},
        source=Source("2511.01137v2"),
    )


def outcome(conclusion: OfMatrices, setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Outcome:
    return judge(claim(conclusion, setting, assuming)).outcomes["c"]


class Series:
    """Taylor coefficients of matrices over Q(i), each as the real block matrix [[a, -b], [b, a]];
    the star is the transpose.
    """

    def __init__(self, coefficients: list[Block]) -> None:
        self.c = coefficients

    def __add__(self, other: Series) -> Series:
        return Series(
            [
                [[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(x, y, strict=True)]
                for x, y in zip(self.c, other.c, strict=True)
            ]
        )

    def __mul__(self, other: Series) -> Series:
        n = len(self.c)
        return Series(
            [total([dotted(self.c[i], other.c[j - i]) for i in range(j + 1)]) for j in range(n)]
        )

    @property
    def star(self) -> Series:
        return Series([[list(col) for col in zip(*x, strict=True)] for x in self.c])


def total(blocks: list[Block]) -> Block:
    return [[sum(xs) for xs in zip(*rows, strict=True)] for rows in zip(*blocks, strict=True)]


def dotted(x: Block, y: Block) -> Block:
    return [
        [sum(a * b for a, b in zip(row, col, strict=True)) for col in zip(*y, strict=True)]
        for row in x
    ]


def block(rows: Any) -> Block:
    pairs = [
        [
            (Fraction(z[0]), Fraction(z[1]))
            if isinstance(z, (list, tuple))
            else (Fraction(z), Fraction(0))
            for z in row
        ]
        for row in rows
    ]
    return [[a for a, _ in r] + [-b for _, b in r] for r in pairs] + [
        [b for _, b in r] + [a for a, _ in r] for r in pairs
    ]


def evaluated(e: Mat, here: dict[str, Series], size: int, length: int) -> Series:
    match e.head:
        case "num":
            one = [[e.args[0] * (i == j) for j in range(size)] for i in range(size)]
            return Series(
                [one] + [[[Fraction(0)] * size for _ in range(size)] for _ in range(length - 1)]
            )
        case "letter":
            return Series(here[e.args[0]].c[:length])
        case "+":
            return evaluated(e.args[0], here, size, length) + evaluated(
                e.args[1], here, size, length
            )
        case "*":
            return evaluated(e.args[0], here, size, length) * evaluated(
                e.args[1], here, size, length
            )
        case "mark":
            return evaluated(e.args[1], here, size, length).star
    raise NotImplementedError(e.head)


def motion(values: dict[str, Any], rates: dict[str, Mat]) -> tuple[dict[str, Series], int]:
    """Letters without a rate are constant."""
    here = {n: Series([block(x)]) for n, x in values.items()}
    size = len(next(iter(here.values())).c[0])
    zero = [[Fraction(0)] * size for _ in range(size)]
    for j in range(ORDER):
        more = {
            n: evaluated(rates[n], here, size, j + 1).c[j] if n in rates else zero for n in here
        }
        here = {
            n: Series([*x.c, [[a / (j + 1) for a in row] for row in more[n]]])
            for n, x in here.items()
        }
    return here, size


def lasts(values: Any, rates: dict[str, Mat], relation: Equal, order: int = ORDER) -> bool:
    here, size = motion(values, rates)
    return not any(
        any(map(any, c)) for c in evaluated(relation.left - relation.right, here, size, order + 1).c
    )


LETTERS = tuple(Letter(x, "n", "n") for x in "YZC")
RATES = {
    "constant": C,
    "other": Z,
    "back": -Y,
    "product": Y * Z,
    "turned": Y * C - C * Y,
    "none": 0 * Y,
    "star": Z.H,
    "square": Y * Y,
}
RELATIONS = {
    "equal": Equal(Y, Z),
    "zero": Equal(Y, 0 * Y),
    "Hermitian": Equal(Y, Y.H),
    "skew": Equal(Y, -Y.H),
    "commute": Equal(Y * Z, Z * Y),
    "isometric": Equal(Y.H * Y, num(1)),
    "sphere": Equal(Y * Y + Z * Z, num(1)),
    "nilpotent": Equal(Y * Y, 0 * Y),
    "orthogonal": Equal(Y * Z, 0 * Y),
}
SAYS: dict[str, OfMatrices] = {
    "Y = Z": Identity(Y, Z),
    "Y Z = Z Y": Identity(Y * Z, Z * Y),
    "Y' = Z'": Identity(dot(Y), dot(Z)),
    "Y stays": Unchanged(Y),
    "Z stays": Unchanged(Z),
    "norm stays": Unchanged(tr(Y.H * Y)),
    "Z* = Z": Identity(Z.H, Z),
    "C = 0": Identity(C, 0 * C),
    "the product rule": Identity(dot(Y * Z), Y),  # with the rates that are drawn: true
}
STATES = tuple(
    Example(values={"Y": [[y]], "Z": [[z]], "C": [[c]]}, sizes={"n": 1})
    for y, z, c in product((0, 1), repeat=3)
)
STATES += (
    Example(
        values={"Y": [[0, 1], [0, 0]], "Z": [[0, 1], [0, 0]], "C": [[1, 0], [0, 2]]}, sizes={"n": 2}
    ),
)
STATES += (
    Example(
        values={"Y": [[0, 1], [-1, 0]], "Z": [[1, 0], [0, 1]], "C": [[0, 1], [-1, 0]]},
        sizes={"n": 2},
    ),
)
STATES += (
    Example(
        values={"Y": [[Fraction(3, 5)]], "Z": [[Fraction(4, 5)]], "C": [[(0, 1)]]}, sizes={"n": 1}
    ),
)
#: rates and a relation that they keep, for the one half
KEPT = [
    ("back", "back", "equal"),
    ("other", "back", "sphere"),
    ("none", "other", "commute"),
    ("turned", "turned", "orthogonal"),
]
KEPT += [
    ("turned", "turned", "equal"),
    ("turned", "none", "nilpotent"),
    ("back", "back", "zero"),
    ("back", "square", "Hermitian"),
]
DRAWN = Random(11).sample(list(product(RATES, RATES, RELATIONS, SAYS, (True, False))), 60)
DRAWN += [
    (*row, says, defined)
    for row, says, defined in Random(12).sample(list(product(KEPT, SAYS, (True, False))), 60)
]


def drawn(
    y: str, z: str, what: str, says: str, defined: bool
) -> tuple[Outcome, dict[str, Mat], Equal]:
    rates, e = {"Y": RATES[y], "Z": RATES[z]}, RELATIONS[what]
    definitions = {"it": (e,)} if defined else {}
    assuming = () if defined else (Holds("it", "so", (e,)),)
    states = tuple(
        x for x in STATES if not defined or lasts(x.values, rates, e, 1)
    )  # what violates a definition is refused
    setting = Matrices(
        Prescribed(rates), letters=LETTERS, layers=False, definitions=definitions, examples=states
    )
    sentence = (
        Identity(dot(Y * Z), RATES[y] * Z + Y * RATES[z])
        if says == "the product rule"
        else SAYS[says]
    )
    return outcome(sentence, setting, assuming), rates, e


@pytest.mark.parametrize(("y", "z", "what", "says", "defined"), DRAWN)
def test_every_state_that_is_shown_stays(
    y: str, z: str, what: str, says: str, defined: bool
) -> None:
    found, rates, relation = drawn(y, z, what, says, defined)
    assert "the kernel" not in found.reason
    shown: Any = found.instance or (found.witness.instance if found.witness else None)
    assert (shown is not None) == (
        found.verdict in (Verdict.PROVED, Verdict.REFUTED)
    ) and "does not accept" not in found.reason
    if shown is not None:
        assert lasts(shown.wire()["values"], rates, relation), (
            f"{found.verdict.name} at {shown.text()}"
        )
    elif "a state violates it" in found.reason:
        assert "'it'" in found.reason


def test_the_drawn_settings_are_decided_in_both_ways() -> None:
    """And many are not, for the states that a search finds do not stay: else the law above says
    little.
    """
    verdicts = [drawn(*row)[0].verdict for row in DRAWN[30:90]]
    assert min(verdicts.count(v) for v in (Verdict.PROVED, Verdict.REFUTED, Verdict.UNDECIDED)) >= 5


@pytest.mark.parametrize("length", [1, 2, 3, 5])
@pytest.mark.parametrize("defined", [True, False])
def test_a_chain_of_rates_forces_every_order(length: int, defined: bool) -> None:
    """Y_0' = Y_1, .., the last one constant, Y_0 = 0 always: all are 0 and nothing moves, and no
    order but the last says so.
    """
    names = [f"V{j}" for j in range(length + 2)]
    rates = {a: letter(b) for a, b in pairwise(names)}
    relation = Equal(letter("V0"), 0 * letter("V0"))
    lasts = (
        names[2:] if defined else names
    )  # the others violate the definition, or its first derivative
    states = tuple(
        Example(values={n: [[int(n == last)]] for n in names}, sizes={"n": 1}) for last in lasts
    )
    letters = tuple(Letter(n, "n", "n") for n in names)
    setting = Matrices(
        Prescribed(rates),
        letters,
        {"it": (relation,)} if defined else {},
        layers=False,
        examples=states,
    )
    for says in (
        Identity(letter(names[-1]), 0 * letter("V0")),
        Unchanged(letter(names[0]) * letter(names[-1])),
    ):
        found = outcome(says, setting, () if defined else (Holds("it", "so", (relation,)),))
        assert found.verdict is Verdict.UNDECIDED, found.reason
        assert "'it'" in found.reason


_APART = Example(
    depth=2,
    dims=(2, 2, 2),
    values={"W": (((1, 2), (0, 1)),) * 2, "M": ((1, 2), (0, 1)), "P": ((1, 0), (0, 0))},
)
GRADIENT = Matrices(
    GradientFlow(LOSS),
    letters=(Letter("M", "N", "N"),),
    square=True,
    least_depth=2,
    examples=(_APART,),
)
EQUAL_LAYERS = Holds("tied", "all layers are one", (Equal(W[k], M, 1, 0),))


def test_a_gradient_flow_leaves_equal_layers() -> None:
    found = outcome(Identity(dot(W[1]), dot(W[2])), GRADIENT, (EQUAL_LAYERS,))
    assert found.verdict is Verdict.UNDECIDED and "'tied'" in found.reason


def test_a_false_sentence_about_equal_layers_is_refuted_where_nothing_moves() -> None:
    """At P = 0 a loss may be constant: the state stays for ever."""
    rest = Example(
        depth=2, dims=(1, 1, 1), values={"W": (((2,),), ((2,),)), "M": ((2,),), "P": ((0,),)}
    )
    setting = Matrices(
        GradientFlow(LOSS), letters=GRADIENT.letters, square=True, least_depth=2, examples=(rest,)
    )
    assert outcome(Identity(W[1], num(1)), setting, (EQUAL_LAYERS,)).verdict is Verdict.REFUTED


def moving(
    letters: tuple[Letter, ...],
    rates: dict[str, Mat],
    *relations: Equal,
    states: tuple[Example, ...] = (),
) -> Matrices:
    return Matrices(
        Prescribed(rates),
        letters,
        {"it": relations} if relations else {},
        layers=False,
        examples=states,
    )


HERMITIAN = Letter("S", "n", "n", form="hermitian")
ONE = (HERMITIAN, Letter("C", "n", "n"), Letter("Y", "n", "n"))
AT = {"S": [[2, 1], [1, 0]], "Y": [[1, 1], [0, 3]]}
UPRIGHT, SLANTED = [[1, 2], [2, 5]], [[0, 1], [0, 0]]
FORMS: dict[str, tuple[Matrices, Verdict]] = {
    "a rate that is Hermitian": (moving(ONE, {"S": C + C.H, "Y": Y}), Verdict.REFUTED),
    "a rate that is not": (moving(ONE, {"S": C * Y, "Y": Y}), Verdict.UNDECIDED),
    "a constant rate that is, here": (
        moving(ONE, {"S": C}, states=(Example(values={**AT, "C": UPRIGHT}, sizes={"n": 2}),)),
        Verdict.REFUTED,
    ),
    "a name that is": (
        moving((*ONE, Letter("Z", "n", "n")), {"Y": Z}, Equal(Y.H * Y, S)),
        Verdict.REFUTED,
    ),
    "a name that need not be": (
        moving((*ONE, Letter("Z", "n", "n")), {"Y": Z}, Equal(Y, S)),
        Verdict.UNDECIDED,
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_the_form_of_a_letter_has_to_last(case: str) -> None:
    setting, verdict = FORMS[case]
    found = outcome(Identity(S * S, S), setting)
    assert found.verdict is verdict, found.reason
    assert verdict is Verdict.REFUTED or "the form of S" in found.reason


def test_a_skew_state_of_a_constant_rate_is_no_witness() -> None:
    state = Example(values={**AT, "C": SLANTED}, sizes={"n": 2})
    found = outcome(Identity(S * C, C * S), moving(ONE, {"S": C}, states=(state,)))
    assert found.witness is None or found.witness.instance.values["C"] != SLANTED


FREE = (Letter("Y", "n", "n"), Letter("Z", "n", "n"))


def test_rates_that_are_free_stay_on_a_manifold_and_not_at_its_corner() -> None:
    """Y^2 = 0 at Y = 0: every Z is a rate of first order, and only Z = 0 one of a motion (1 x
    1).
    """
    corner = Example(values={"Y": [[0]], "Z": [[1]]}, sizes={"n": 1})
    assert (
        outcome(
            Identity(Z, 0 * Z), moving(FREE, {"Y": Z}, Equal(Y * Y, 0 * Y), states=(corner,))
        ).verdict
        is Verdict.UNDECIDED
    )
    circle = Example(values={"Y": [[1]], "Z": [[(0, 1)]]}, sizes={"n": 1})
    assert (
        outcome(
            Identity(Z, 0 * Z), moving(FREE, {"Y": Z}, Equal(Y.H * Y, num(1)), states=(circle,))
        ).verdict
        is Verdict.REFUTED
    )
    assert (
        outcome(
            Unchanged(Y.H * Y), moving(FREE, {"Y": Z}, Equal(Y.H * Y, num(1)), states=(circle,))
        ).verdict
        is Verdict.PROVED
    )


FOUR = tuple(Letter(x, "n", "n") for x in "YZABPQRS")
RATE = {"Y": letter("P"), "Z": letter("Q"), "A": letter("R"), "B": letter("S")}
YZ, AB = Y * Z, letter("A") * letter("B")
#: relations, and how many of the four letters have to vanish at a corner of theirs: where the
# derivative has not the full rank
CORNERS: dict[str, tuple[tuple[Equal, ...], dict[str, int]]] = {
    "a cross": ((Equal(YZ, num(0)),), {"Y": 0, "Z": 0, "A": 1, "B": 1}),
    "a double point": ((Equal(Y * Y, num(0)),), {"Y": 0, "Z": 1, "A": 1, "B": 1}),
    "a double point elsewhere": (
        (Equal((Y - 1) * (Y - 1), num(0)),),
        {"Y": 1, "Z": 1, "A": 1, "B": 1},
    ),
    "a sum of squares": (
        (Equal(tr(Y.H * Y) + tr(Z.H * Z), num(0)),),
        {"Y": 0, "Z": 0, "A": 1, "B": 1},
    ),
    "a determinant": ((Equal(YZ, AB),), {"Y": 0, "Z": 0, "A": 0, "B": 0}),
    "a cusp": ((Equal(Y * Y, Z * Z * Z),), {"Y": 0, "Z": 0, "A": 1, "B": 1}),
    "touching curves": ((Equal(Y, Z * Z), Equal(Y, 0 * Y)), {"Y": 0, "Z": 0, "A": 1, "B": 1}),
    "one relation twice": (
        (Equal(YZ, num(1)), Equal(Z * Y, num(1))),
        {"Y": 1, "Z": 1, "A": 1, "B": 1},
    ),
    "two crosses": ((Equal(YZ, num(0)), Equal(AB, num(0))), {"Y": 0, "Z": 1, "A": 0, "B": 0}),
}


@pytest.mark.parametrize("rates", list(product((0, 1, -2), repeat=4))[1::7])
@pytest.mark.parametrize("case", CORNERS)
def test_a_corner_shows_nothing(case: str, rates: tuple[int, ...]) -> None:
    """1 x 1 matrices: at a corner more rates have derivative zero than there are paths, and no
    verdict rests on such a state.
    """
    relations, place = CORNERS[case]
    numbers = {**place, **dict(zip("PQRS", rates, strict=True))}
    state = Example(values={n: [[x]] for n, x in numbers.items()}, sizes={"n": 1})
    for sentence in (
        Unchanged(letter("A") + letter("B") + Y + Z),
        Identity(letter("P") * letter("Q") + letter("R"), num(5)),
    ):
        try:
            found = outcome(sentence, moving(FOUR, RATE, *relations, states=(state,)))
        except BadInput as slip:  # the rates are not even tangent
            assert "violates" in str(slip)
            continue
        shown: Any = found.instance or (found.witness.instance if found.witness else None)
        at = (
            None
            if shown is None
            else {
                n: Fraction(v[0][0])
                for n, v in shown.wire()["values"].items()
                if not isinstance(v[0][0], list)
            }
        )
        assert at != {n: Fraction(x) for n, x in numbers.items()}, (
            f"{found.verdict.name} at a corner: {found.reason}"
        )


TRUE: dict[str, tuple[OfMatrices, Matrices]] = {
    "a rotation": (
        Unchanged(Y * Y + Z * Z),
        moving(FREE, {"Y": Z, "Z": -Y}, Equal(Y * Y + Z * Z, num(1)), states=STATES[:0]),
    ),
    "a name of what moves": (
        Identity(dot(M), Z.H * Y + Y.H * Z),
        moving((*FREE, Letter("M", "n", "n")), {"Y": Z}, Equal(Y.H * Y, M)),
    ),
    "an isometry": (
        Unchanged(norm2(Y)),
        moving(
            LETTERS,
            {"Y": Y * C},
            Equal(Y.H * Y, num(1)),
            Equal(C.H, -C),
            states=(
                Example(
                    values={"Y": [[1, 0], [0, 1]], "Z": [[0, 0], [0, 0]], "C": [[0, 1], [-1, 0]]},
                    sizes={"n": 2},
                ),
            ),
        ),
    ),
}


U, V = Family("U"), Family("V")
MIXED = (Letter("U", "k", "k", "ends"), Letter("V", "k", "k", "inner"))
TRUE["a name on the left"] = (
    Identity(dot(M), Z.H * Y + Y.H * Z),
    moving((*FREE, Letter("M", "n", "n")), {"Y": Z}, Equal(M, Y.H * Y)),
)


def test_a_named_family_stands_still_at_its_ends() -> None:
    setting = Matrices(
        Prescribed({"U": U[k] * U[k]}),
        MIXED,
        {"it": (Equal(U[k] * U[k], V[k]),)},
        layers=False,
        least_depth=2,
    )
    assert (
        outcome(Identity(dot(V[k]), 2 * U[k] * U[k] * U[k], 0, 0), setting).verdict
        is Verdict.REFUTED
    )
    inside = outcome(Identity(dot(V[k]), 2 * U[k] * U[k] * U[k], 1, 1), setting)
    assert inside.verdict is Verdict.PROVED and inside.steps is not None


@pytest.mark.parametrize("case", ["a name of what moves", "an isometry", "a name on the left"])
def test_true_sentences_about_what_lasts_are_proved(case: str) -> None:
    found = outcome(*TRUE[case])
    assert found.verdict is Verdict.PROVED, found.reason


PLANTED: dict[str, tuple[OfMatrices, Matrices, tuple[Holds, ...]]] = {
    "a definition that forbids all motion": (
        Unchanged(tr(Y * Y * Z)),
        moving(
            LETTERS,
            {"Y": Z, "Z": C},
            Equal(Y, 0 * Y),
            states=(Example(values={"Y": [[0]], "Z": [[0]], "C": [[1]]}, sizes={"n": 1}),),
        ),
        (),
    ),
    "a hypothesis, refuted": (Identity(dot(W[1]), dot(W[2])), GRADIENT, (EQUAL_LAYERS,)),
    "a form, refuted": (Identity(S * S, S), FORMS["a rate that is not"][0], ()),
    "a corner": (
        Identity(Z, 0 * Z),
        moving(
            FREE,
            {"Y": Z},
            Equal(Y * Y, 0 * Y),
            states=(Example(values={"Y": [[0]], "Z": [[1]]}, sizes={"n": 1}),),
        ),
        (),
    ),
}

for _name, (_relations, _place) in CORNERS.items():
    if _name != "one relation twice":
        _state = Example(
            values={n: [[x]] for n, x in {**_place, "P": 0, "Q": 1, "R": 1, "S": 1}.items()},
            sizes={"n": 1},
        )
        PLANTED[_name] = (
            Identity(letter("P") * letter("Q") + letter("R"), num(5)),
            moving(FOUR, RATE, *_relations, states=(_state,)),
            (),
        )


@pytest.mark.parametrize("hole", PLANTED)
def test_the_reader_refuses_by_itself_what_does_not_last(
    hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the hole put back into the prover."""
    monkeypatch.setattr(lasting, "stays", lambda *args: True)
    monkeypatch.setattr("verify.theories.words.search.stays", lambda *args: True)
    read, made = protocol.read, []
    monkeypatch.setattr(protocol, "read", lambda body: made.append(body) or read(body))
    sentence, setting, assuming = PLANTED[hole]
    found = outcome(sentence, setting, assuming)
    assert found.verdict is Verdict.UNDECIDED and "does not accept" in found.reason
    with pytest.raises(Refused, match="last"):
        check(made[0])


def test_a_decay_under_what_lasts() -> None:
    """Y' = -Y and Z' = -Z keep Y = Z; Y decays, and as Z."""
    setting = moving(
        FREE,
        {"Y": -Y, "Z": -Z},
        Equal(Y, Z),
        states=(Example(values={"Y": [[1]], "Z": [[1]]}, sizes={"n": 1}),),
    )
    assert outcome(Decays(Y + Z, num(-1)), setting).verdict is Verdict.PROVED
    assert outcome(Unchanged(X), Matrices(GradientFlow(0 * LOSS))).verdict is not Verdict.PROVED
