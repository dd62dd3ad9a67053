"""The independent reader of certificates about matrices of every depth and size (format
"flowlaw-matrices"): standard library only.

X = W_N ... W_1, A_k = W_N ... W_(k+1), B_k = W_(k-1) ... W_1. How "for every N" is decided: depths
below ``MX_LARGE`` one by one, with every sum written out; all larger depths at once. There an index
is a number, N minus a number, or a variable that runs from MX_EDGE to N - MX_EDGE; the values of a
sum's index near its ends are written out, so every sum that is left runs over that one range, and
whether a letter is there, vanishes or takes a power is decided by ``sure`` alone. One evaluator
reads expressions into two algebras: linear combinations of words, and exact matrices over Q(i). The
gradient is derived backwards through the objective, term by term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from verify.check import (
    LIMITS,
    SPOKEN,
    Refused,
    Work,
    fields,
    guarded,
    integer,
    label,
    need,
    plain,
    rational,
    up_to,
)

MX_EDGE, MX_LARGE = LIMITS["edge"], LIMITS["deep"]
MX_RUNS = {
    "layers": (1, 0),
    "ends": (0, 0),
    "inner": (1, 1),
    "inputs": (1, -1),
    "joints": (2, 0),
}  # first index, N - last index
MX_LAYERS = {
    "W": ("k", "k-1", "layers"),
    "A": ("N", "k", "ends"),
    "B": ("k-1", "0", "inputs"),
    "X": ("N", "0", ""),
    "P": ("N", "0", ""),
}
MX_CITED = {
    "matrix-root": "PSD_ROOT_UNIQUE",
    "matrix-fibre-minimum": "PROPER_MINIMUM, PSD_ROOT_UNIQUE",
    "matrix-settles": "LOJASIEWICZ",
}
MX_MOTIONS = {
    "still": "",
    "gradient-flow": "objective",
    "gradient-step": "objective",
    "action-flow": "family",
}
MX_MOTIONS |= {"fibre-flow": "objective family", "prescribed": "rates"}
MX_CONJUGATE = {"": "C", "C": "", "H": "T", "T": "H"}
mx_work = Work("matrices")
mx_spend = mx_work.spend


def mx_small(x: Any) -> Any:
    """A number of moderate length."""
    if max(x.numerator.bit_length(), x.denominator.bit_length()) > LIMITS["coefficient"]:
        raise Refused(f"numbers that are too long: {up_to('coefficient', 'bits')}")
    return x


# --- affine indices and exponents: sorted pairs (variable, whole number); the variable "" carries
# the number -----------------------


@lru_cache(LIMITS["kept"])
def mx_plus(x: tuple, y: tuple, c: int = 1) -> tuple:
    found = dict(x)
    for name, a in y:
        found[name] = found.get(name, 0) + c * a
    return tuple(sorted((n, a) for n, a in found.items() if a))


def mx_int(x: int) -> tuple:
    return (("", x),) if x else ()


MX_ONE, MX_N = mx_int(1), (("N", 1),)


@lru_cache(LIMITS["kept"])
def mx_always(x: tuple) -> bool:
    """Is x >= 0 for all large depths and all k, # = MX_EDGE..N - MX_EDGE? It is affine: the ends
    decide.
    """
    for ends in product((mx_int(MX_EDGE), mx_plus(MX_N, mx_int(MX_EDGE), -1)), repeat=2):
        at = dict(zip("k#", ends, strict=True)) | {"N": MX_N, "": MX_ONE}
        y: tuple = ()
        for n, c in x:
            y = mx_plus(y, at[n], c)
        d = dict(y)
        if d.get("N", 0) < 0 or d.get("", 0) + d.get("N", 0) * MX_LARGE < 0:
            return False
    return True


def mx_affine(x: Any) -> tuple:
    need(
        isinstance(x, dict) and len(x) <= LIMITS["variables"],
        "an index or an exponent is an object {variable: whole number} of "
        + up_to("variables", "variables"),
    )
    for name, c in x.items():
        need(name in ("", "#") or label(name), "the name of an index")
        integer(c, None, "index", "a coefficient of an index")
    return mx_plus((), tuple(x.items()))


# --- expressions: nested tuples, as in the certificate but with affine pairs, numbers and (first, N
# - last) of sums read ----------- Three heads are the reader's own: ("within", i, first, less, x)
# is x if first <= i <= N - less and else 0; ("let", v, i, x) is x with v = i and no other index;
# ("same", i, x) is x if i = 0 and else 0; ("powers", x, x', e) is the derivative of x^e.


def mx_num(x: int | Fraction) -> tuple:
    return ("num", Fraction(x))


MX_ZERO = mx_num(0)


def mx_add(x: tuple, y: tuple, c: int | Fraction = 1) -> tuple:
    """x + c y."""
    y = mx_mul(mx_num(c), y)
    return y if x == MX_ZERO else x if y == MX_ZERO else ("+", x, y)


def mx_mul(*factors: tuple) -> tuple:
    found = mx_num(1)
    for x in factors:
        found = (
            MX_ZERO
            if MX_ZERO in (found, x)
            else x
            if found == mx_num(1)
            else found
            if x == mx_num(1)
            else ("*", found, x)
        )
    return found


def mx_at(name: str, i: tuple | None) -> tuple:
    return ("letter", name, i)


def mx_star(x: tuple) -> tuple:
    return ("mark", "H", x)


def mx_norm(x: tuple) -> tuple:
    return ("tr", mx_mul(mx_star(x), x))


def mx_children(e: tuple) -> list[tuple]:
    return [x for x in e[1:] if isinstance(x, tuple) and x and isinstance(x[0], str)]


def mx_nodes(e: tuple) -> Iterator[tuple]:
    yield e
    for x in mx_children(e):
        yield from mx_nodes(x)


def mx_letters(*several: tuple) -> set[str]:
    """Names of the matrices that occur."""
    found = {n[1] for e in several for n in mx_nodes(e) if n[0] in ("letter", "H", "w")}
    heads = {n[0] for e in several for n in mx_nodes(e)}
    return (
        (found - {"G"})
        | ({"W"} if heads & {"G", "H", "w"} else set())
        | ({"X", "P"} if "loss" in heads else set())
    )


def mx_tied(*several: tuple) -> set[str]:
    """Names of matrices and sequences."""
    return mx_letters(*several) | {n[1] for e in several for n in mx_nodes(e) if n[0] == "seq"}


def mx_free(e: tuple) -> set[str]:
    """Indices that no sum binds."""
    own = {
        n for x in e[1:] if isinstance(x, tuple) and x and isinstance(x[0], tuple) for n, _ in x
    } - {"", "N"}
    return own.union(*map(mx_free, mx_children(e))) - ({e[1]} if e[0] == "sum" else set())


def mx_scalar(e: tuple) -> bool:
    if e[0] in ("num", "const", "seq", "tr", "loss"):
        return True
    return e[0] not in ("letter", "G", "H", "w") and all(map(mx_scalar, mx_children(e)))


def mx_words(e: tuple) -> str:
    head, args = e[0], e[1:]

    def i(a: tuple) -> str:
        signed = "".join(
            f"{c:+d}{n}" if abs(c) != 1 or not n else f"{'-' if c < 0 else '+'}{n}"
            for n, c in a[::-1]
        )
        return signed.removeprefix("+") or "0"

    if head == "num":
        return str(args[0]) if args[0] >= 0 and args[0].denominator == 1 else f"({args[0]})"
    if head in ("const", "seq", "letter"):
        return args[0] if len(args) < 2 or args[1] is None else f"{args[0]}_({i(args[1])})"
    if head in ("+", "*"):
        x, y = mx_words(args[0]), mx_words(args[1])
        return (
            f"({x} + {y})" if head == "+" else f"{x} ({y})" if y[0].isdigit() else f"{x} {y}"
        )  # 3 3 is not 33
    if head == "^":
        return f"({mx_words(args[0])})^({i(args[1])})"
    if head == "mark":
        return f"({mx_words(args[1])})^{'*' if args[0] == 'H' else args[0]}"
    if head == "sum":
        return f"sum[{args[0]} = {args[1]}..N{-args[2]:+d}]({mx_words(args[3])})".replace(
            "N+0", "N"
        )
    if head in ("G", "H", "w"):
        return f"{head}_({i(args[-1])})" + (f"[{args[0]}]" if len(args) > 1 else "")
    return (
        "E(X)"
        if head == "loss"
        else f"{ {'tr': 'Re Tr', 'D': 'd/dt', 'next': 'after a step'}[head] }({mx_words(args[0])})"
    )


def mx_list(x: Any, what: str) -> list:
    need(isinstance(x, list), f"{what} is not a list")
    return x


class MxFrame:
    """The setting and the hypotheses: letters, relations, how everything moves. The author's JSON
    is read here and nowhere else.
    """

    def __init__(self, data: dict):
        s = fields(
            data["setting"],
            "setting",
            "letters sequences positive square layers least_depth motion definitions",
        )
        need(
            type(s["square"]) is bool and type(s["layers"]) is bool,
            "square and layers are true or false",
        )
        self.square, self.layers = s["square"], s["layers"]
        self.least = integer(s["least_depth"], 1, "least", "the least depth")
        self.letters = {n: (*x, "free") for n, x in MX_LAYERS.items()} if self.layers else {}
        self.roles: dict[str, str] = {}
        for x in mx_list(s["letters"], "letters"):
            self.declare(fields(x, "letter", "name rows cols index form"))
        self.sequences = [self.name(x, "sequence") for x in mx_list(s["sequences"], "sequences")]
        self.positive = {label(x) for x in mx_list(s["positive"], "positive")}
        kind: Any = s["motion"].get("kind") if isinstance(s["motion"], dict) else None
        need(kind in MX_MOTIONS, "an unknown motion")
        self.motion = fields(s["motion"], "motion", "kind " + MX_MOTIONS[kind])
        self.kind, self.flows = kind, kind not in ("still", "gradient-step")
        need(self.layers or kind in ("still", "prescribed"), "this motion is about layers")
        if kind == "fibre-flow" and label(self.motion["family"]) not in self.letters:
            self.declare(
                {
                    "name": self.motion["family"],
                    "rows": "k",
                    "cols": "k",
                    "index": "inner",
                    "form": "free",
                }
            )
        if "family" in self.motion:
            self.vanishing(self.motion["family"])
        self.rates = {}
        if kind == "prescribed":
            rates = fields(self.motion["rates"], "rates", "", " ".join(self.letters))
            need(not self.layers or not {*rates} & {*"ABXP"}, "A, B, X and P move as W does")
            self.rates = {name: self.rated(name, x) for name, x in rates.items()}
        self.objective = (
            self.read(self.motion["objective"], set()) if "objective" in self.motion else MX_ZERO
        )
        self.relations: dict[str, list[tuple]] = {}
        need(isinstance(s["definitions"], dict), "definitions are not an object")
        for name, x in s["definitions"].items():
            self.relate(name, x)
        self.definitions = [*self.relations]
        self.always, self.started, self.says = [*self.definitions], list[str](), list[str]()
        for h in mx_list(data["assuming"], "assuming"):
            fields(h, "hypothesis", "id word when equations")
            need(
                h["when"] in ("always", "at the start") and isinstance(h["word"], str),
                "a hypothesis holds always or at the start",
            )
            self.relate(h["id"], h["equations"])
            self.started += [h["id"]] if h["when"] == "at the start" and self.flows else []
            self.always += [h["id"]] if h["when"] == "always" else []
            self.says.append(f"{h['when']}: {self.equations(h['id'])}")
        self.settle()

    def name(self, x: Any, role: str) -> str:
        """A name that reads as nothing else: no index, no clock, no letter of the network, and one
        role for each name.
        """
        base = label(x).rstrip("0123456789")
        taken = [
            *SPOKEN,
            *"k p q t e E I Re Tr conj after of with over".split(),
            *"WABXPGHw" * self.layers,
        ]
        fits = (
            len(x) == 1 and "a" <= x <= "z" and x not in "kqt"
            if role == "index"
            else x.isalnum() and base not in taken
        )
        need(
            fits and self.roles.setdefault(x, role) == role,
            f"{x[:20]} reads as something else than the {role} that it names",
        )
        return x

    def declare(self, x: dict) -> None:
        name, shape = label(x["name"]), (x["rows"], x["cols"])
        self.name(name, "letter")
        need(
            name not in self.letters and name not in ("N", "E"), f"the letter {name} is there twice"
        )
        for d in {*shape} - {"k", "k-1", "0", "N"}:
            own = (
                label(d) not in ("d", *self.letters) and self.roles.setdefault(d, "size") == "size"
            )
            need(own, f"{d[:20]} reads as something else than the size that it names")
        need(
            x["index"] in ("", *MX_RUNS)
            and x["form"] in ("free", "hermitian", "positive", "invertible"),
            "an unknown run or form",
        )
        need(x["index"] or not {"k", "k-1"} & {*shape}, f"{name} has no index, its sizes have")
        need(x["form"] == "free" or shape[0] == shape[1], f"{name} is {x['form']} and not square")
        self.letters[name] = (*shape, x["index"], x["form"])

    def rated(self, name: str, x: Any) -> tuple:
        """The rate of a letter, of its size."""
        e = self.read(x, {"k"} if self.letters[name][2] else set())
        self.shape(("+", mx_at(name, (("k", 1),)), e))
        return e

    def vanishing(self, name: str) -> None:
        need(
            self.letters.get(name, ())[:3] == ("k", "k", "inner"),
            f"{name}: a family of d_k x d_k matrices with vanishing ends is needed",
        )

    def relate(self, name: str, data: Any) -> None:
        need(
            isinstance(name, str)
            and 0 < len(name) <= LIMITS["name"]
            and name not in {*self.relations, "fibre"},
            f"a relation's name, of its own, of {up_to('name', 'letters')}",
        )
        need(
            "'" not in name and mx_list(data, "equations"),
            f"{name[:20]}: a name with a prime, or no equation",
        )
        self.relations[name] = [self.equation(x) for x in data]

    def equation(self, x: Any) -> tuple:
        """(left, right, first, N - last, whether it has an index)."""
        fields(x, "equation", "left right first less")
        left, right = self.read(x["left"]), self.read(x["right"])
        self.shape(("+", left, right))
        indexed = "k" in mx_free(left) | mx_free(right)
        return (
            left,
            right,
            integer(x["first"], -1, "ends", "first"),
            integer(x["less"], -1, "ends", "less"),
            indexed,
        )

    def equations(self, name: str) -> str:
        shown = [
            (f"{mx_words(a)} = {mx_words(b)}", f" for k = {f}..N{-n:+d}" * i)
            for a, b, f, n, i in self.relations[name]
        ]
        return "; ".join("".join(x) for x in shown).replace("N+0", "N")

    def read(self, x: Any, free: set[str] | None = None, bound: str = "") -> tuple:
        """An expression over the declared letters whose sizes fit; ``free``: indices that may
        occur, beside the bound one and N.
        """
        found = self.parsed(x, {"k"} if free is None else free, bound)
        self.shape(found)
        return found

    def shape(self, e: tuple) -> tuple | None:
        """(rows, columns) for every depth at once, None for a number. A number stands beside square
        matrices, 0 beside all.
        """
        head, inner = e[0], [*map(self.shape, mx_children(e))]
        x, y = (*inner, None, None)[:2]
        if head in ("letter", "G", "H", "w"):
            rows, cols = self.sizes(e[1] if head == "letter" else "W", e[-1])
            return (rows, rows) if head in ("G", "H") else (rows, cols)
        if head == "*" and x and y:
            need(x[1] == y[0], "a product of matrices whose sizes do not fit")
            return (x[0], y[1])
        need(head != "+" or x == y or None in inner, "a sum of matrices of different sizes")
        need(head != "tr" or x, "the trace of a number")
        x = x or y
        alone = head in ("tr", "^") or (head == "+" and None in inner and MX_ZERO not in e)
        need(not (x and alone) or x[0] == x[1], f"{mx_words(e)[:60]}: a matrix that is not square")
        need(
            head != "sum" or not x or all(e[1] not in dict(*d[1:]) for d in x),
            "a sum of matrices of different sizes",
        )
        return None if head == "tr" else x[::-1] if x and head == "mark" and e[1] != "C" else x

    def sizes(self, name: str, i: tuple | None, end: tuple = MX_N) -> tuple:
        """Rows and columns of a letter at an index, the last one ``end``; all sizes are equal if
        the setting is square.
        """

        def size(text: str) -> tuple:
            if text in ("k", "k-1"):
                return ("d", i if text == "k" else mx_plus(i or (), MX_ONE, -1))
            return ("d", end if text == "N" else ()) if text in ("0", "N") else (text,)

        rows, cols = self.letters[name][:2]
        return (("d",), ("d",)) if self.square else (size(rows), size(cols))

    def parsed(self, x: Any, free: set[str], bound: str) -> tuple:
        mx_spend(1)
        need(
            isinstance(x, list) and x and isinstance(x[0], str),
            "an expression is a list with a head",
        )
        head, args = x[0], x[1:]

        def index(a: Any) -> tuple:
            i = mx_affine(a)
            need({n for n, _ in i} <= {"", "N", bound, *free}, "an index that nothing binds")
            return i

        def inner(a: Any) -> tuple:
            return self.parsed(a, free, bound)

        if head == "sum" and len(args) == 4:
            first, last = mx_affine(args[1]), mx_plus(MX_N, mx_affine(args[2]), -1)
            need(not bound and self.name(args[0], "index"), "a sum inside a sum")
            need(
                {n for n, _ in first + last} <= {""}, "a sum runs from a number to N minus a number"
            )
            return (
                "sum",
                args[0],
                sum(c for _, c in first),
                sum(c for _, c in last),
                self.parsed(args[3], free, args[0]),
            )
        sizes = {
            "num": 1,
            "const": 1,
            "seq": 2,
            "letter": 2,
            "+": 2,
            "*": 2,
            "^": 2,
            "mark": 2,
            "D": 1,
            "next": 1,
            "tr": 1,
        }
        need(
            len(args) == (sizes | {"loss": 0, "G": 1, "H": 2, "w": 2}).get(head, -1),
            f"{head[:20]!r}: not an expression",
        )
        if head in ("num", "loss"):
            need(head == "num" or self.layers, "E(X) without layers")
            return mx_num(rational(args[0])) if args else ("loss",)
        if head == "const":
            self.name(args[0], "constant")
            return ("const", args[0])
        if head in ("letter", "seq", "H", "w", "G"):
            return self.leaf(head, args, index)
        if head == "^":
            return ("^", inner(args[0]), index(args[1]))
        if head == "mark":
            need(args[0] in ("H", "T", "C"), "a mark is H, T or C")
            return ("mark", args[0], inner(args[1]))
        need(head != "D" or self.flows, "a derivative in time, and nothing flows")
        need(head != "next" or self.kind == "gradient-step", "a step, and there is none")
        return (head, *map(inner, args))

    def leaf(self, head: str, args: list, index: Callable) -> tuple:
        """A letter or a sequence at an index, or what is written with W."""
        if head == "letter":
            need(
                isinstance(args[0], str) and args[0] in self.letters,
                f"an unknown letter {str(args[0])[:20]}",
            )
            need(
                bool(self.letters[args[0]][2]) == (args[1] is not None),
                f"{args[0]}: an index too many or too few",
            )
            return mx_at(args[0], None if args[1] is None else index(args[1]))
        need(head == "seq" or self.layers, f"{head} without layers")
        need(head != "seq" or args[0] in self.sequences, "an unknown sequence")
        if head in ("H", "w") and args[0] != "G":
            self.vanishing(args[0])
        return (head, *args[:-1], index(args[-1]))

    def settle(self) -> None:
        """What each letter is along the motion, and the relations that the motion itself brings."""
        moving = {
            *self.rates,
            *(MX_LAYERS if self.layers else ()),
            *([self.motion["family"]] if self.kind == "fibre-flow" else []),
        }
        self.roles_of(moving, [(name, e) for name in self.always for e in self.relations[name]])
        if self.objective != MX_ZERO:
            unfit = {n[0] for n in mx_nodes(self.objective)} & {"D", "next", "H", "w"}
            known = mx_letters(self.objective) - (
                {"P"} if "loss" in {n[0] for n in mx_nodes(self.objective)} else set()
            )
            need(
                mx_scalar(self.objective) and not unfit and known <= self.constants | {"W", "X"},
                "an objective of W, X and constants",
            )
            need(mx_at("P", None) not in mx_nodes(self.objective), "P in an objective")
        self.variation: list[Callable] = []
        self.backwards(self.objective, mx_num(1), ())
        k = (("k", 1),)
        if self.kind == "fibre-flow":
            sides = (
                self.moment(lambda i: ("w", self.motion["family"], i), k),
                self.moment(self.gradient, k),
            )
            self.relations["fibre"] = [(*sides, 1, 1, True)]
            self.always.append("fibre")
        for name in self.definitions if self.rates else ():
            try:
                primed = [
                    (self.moved(a), self.moved(b), *rest)
                    for n, (a, b, *rest) in self.residual
                    if n == name
                ]
            except Refused:
                continue  # it speaks of letters that move in no known way
            if primed:
                self.relations[name + "'"] = primed

    def roles_of(self, moving: set, always: list) -> None:
        """``named``: what a letter stands for; ``residual``: relations that do more than name one,
        and speak of what moves; ``controls``: rates of all that those tie, each a letter of its
        own, free to be any path; ``constants``: what nothing moves.
        """
        everything, tied = {*self.letters, *self.sequences}, {*moving}
        for _ in always:  # what a relation ties to what moves moves as well, link by link
            tied |= {n for _, e in always if mx_tied(*e[:2]) & tied for n in mx_tied(*e[:2])}
        self.named: dict[str, tuple] = {}
        self.residual = [
            (n, e)
            for n, e in always
            if mx_tied(*e[:2]) & tied and not self.names(e, {*self.letters} & tied - moving)
        ]
        bound = {n for _, e in self.residual for n in mx_letters(*e[:2])} & {*self.rates}
        found = [self.rates[n][1] if self.rates[n][0] == "letter" else "" for n in bound]
        others = moving.union(
            *(mx_tied(*e[:2]) for _, e in always),
            *(mx_letters(x) for n, x in self.rates.items() if n not in bound),
        )
        own = len({*found}) == len(found) and not {*found} & others and "" not in found
        self.controls: set[str] = {*found} if own else set()
        self.constants = everything - tied - self.controls
        if self.kind == "still":
            self.residual, self.named = [], {}

    def names(self, e: tuple, free: set) -> bool:
        """Does the equation say what a free letter is, everywhere where it is, by other letters?
        Then it lasts: the letter follows.
        """
        for one, other in ((e[1], e[0]), (e[0], e[1])):
            if one[0] == "letter" and one[1] in free - {*self.named}:
                run, made, rest = self.letters[one[1]][2], set[str](), [*mx_letters(other)]
                while rest:
                    n = rest.pop()
                    rest += (
                        [] if n in made else mx_letters(self.named[n]) if n in self.named else []
                    )
                    made.add(n)
                whole = one[2] == (("k", 1),) and e[2:4] == MX_RUNS[run] if run else not e[4]
                if whole and one[1] not in made:
                    self.named[one[1]] = other
                    return True
        return False

    def stiff(self) -> list[tuple]:
        """Hermitian letters that move, or that a relation names: (name, rate or what it names, the
        run of its index).
        """
        several = {**self.named, **self.rates}.items() if self.flows else ()
        forms = ("hermitian", "positive")
        return [
            (n, e, MX_RUNS.get(self.letters[n][2], ()))
            for n, e in several
            if self.letters[n][3] in forms
        ]

    def role(self, name: str) -> str:
        """How a letter moves, where that is not said by a rate."""
        if (
            not self.flows
            or name in self.rates
            or (self.kind == "fibre-flow" and name == self.motion["family"])
        ):
            return ""
        if name in self.constants:
            return ", constant"
        if name in self.controls:
            return ", free: any path along which the relations hold"
        return (
            f", moves as what it names: {mx_words(self.named[name])}"
            if name in self.named
            else ", moves as the relations say"
        )

    def run(self, name: str) -> str:
        """For which k a family's rate is given."""
        if not self.letters[name][2]:
            return ""
        first, less = MX_RUNS[self.letters[name][2]]
        return f" for k = {first}..N{-less:+d}".replace("N+0", "N")

    def moment(self, u: Callable, k: tuple) -> tuple:
        """m_k in sum_k <u_k, a_k W_k - W_k a_(k-1)> = sum_k <m_k, a_k>, for every family a with a_0
        = a_N = 0.
        """
        after = mx_plus(k, MX_ONE)
        return mx_add(
            mx_mul(u(k), mx_star(mx_at("W", k))), mx_mul(mx_star(mx_at("W", after)), u(after)), -1
        )

    def backwards(self, e: tuple, co: tuple, scope: tuple) -> None:
        """Split the first variation <co, de> (co de for a scalar) into contributions <., dW_i>,
        each an expression in i.
        """
        mx_spend(1)
        head, args = e[0], e[1:]
        if not mx_letters(e) & {"W", "X"}:
            return
        if head in ("letter", "loss"):
            self.variation.append(self.contribution(e, co, scope))
        elif head == "+":
            for x in args:
                self.backwards(x, ("tr", co) if mx_scalar(x) and not mx_scalar(e) else co, scope)
        elif head == "*":
            for x, y, first in ((*args, True), (*args[::-1], False)):
                if mx_scalar(x) and not mx_scalar(y):
                    self.backwards(x, ("tr", mx_mul(mx_star(co), y)), scope)
                else:
                    other = y if mx_scalar(y) else mx_star(y)
                    self.backwards(x, mx_mul(co, other) if first else mx_mul(other, co), scope)
        elif head == "^":
            need(
                set(dict(args[1])) <= {""}
                and 0 < (n := dict(args[1]).get("", 0)) <= LIMITS["variation"],
                f"a power in an objective: {up_to('variation')}",
            )
            self.backwards(mx_mul(*[args[0]] * n) if n > 1 else args[0], co, scope)
        elif head == "mark":
            self.backwards(args[1], co if mx_scalar(e) else ("mark", args[0], co), scope)
        elif head == "sum":
            self.backwards(args[3], co, args[:3])
        elif head == "G":
            self.backwards(self.unfolded(e), co, scope)
        else:
            need(head in ("tr", "within"), f"'{head}' in an objective")
            self.backwards(args[-1], (*e[:-1], co) if head == "within" else co, scope)

    def contribution(self, e: tuple, co: tuple, scope: tuple) -> Callable:
        """The coefficient of dW_i that one leaf of the objective brings."""
        if e[0] == "loss" or e[1] == "X":
            need(not scope, "X inside a sum of an objective")
            middle = mx_mul(co, mx_at("P", None)) if e[0] == "loss" else co
            q = (("q", 1),)
            body = mx_mul(mx_star(mx_at("A", q)), middle, mx_star(mx_at("B", q)))
            return lambda i: ("let", "q", i, body)
        if not scope or (scope[0], 1) not in e[2]:
            need(not scope, "a fixed layer inside a sum of an objective")
            return lambda i: ("same", mx_plus(i, e[2], -1), co)
        var, first, less = scope
        offset = mx_plus(e[2], ((var, 1),), -1)
        need(set(dict(offset)) <= {""}, "an index that is not the sum's plus a number")
        return lambda i: (
            "let",
            var,
            mx_plus(i, offset, -1),
            ("within", ((var, 1),), first, less, co),
        )

    def gradient(self, i: tuple) -> tuple:
        found = MX_ZERO
        for part in self.variation:
            found = mx_add(found, part(i))
        return found

    def unfolded(self, e: tuple) -> tuple:
        """What G_i, H_i(c) and (w_c)_i stand for."""
        i, name = e[-1], e[1] if len(e) > 2 else ""

        def c(i: tuple) -> tuple:
            return ("G", i) if name == "G" else mx_at(name, i)

        before, after = mx_plus(i, MX_ONE, -1), mx_plus(i, MX_ONE)
        x, y = mx_at("W", i), mx_at("W", after)
        if e[0] == "w":
            return mx_add(mx_mul(c(i), x), mx_mul(x, c(before)), -1)
        if e[0] == "G":
            return ("within", i, 1, 1, mx_add(mx_mul(x, mx_star(x)), mx_mul(mx_star(y), y), -1))
        near = mx_add(mx_mul(c(i), x, mx_star(x)), mx_mul(x, c(before), mx_star(x)), -1)
        far = mx_add(mx_mul(mx_star(y), y, c(i)), mx_mul(mx_star(y), c(after), y), -1)
        return ("within", i, 1, 1, mx_add(near, far))

    def rate(self, name: str, i: tuple | None) -> tuple:
        """The derivative of a letter. Refused for one of which nothing says how it moves."""
        if name == "W" and self.kind == "gradient-flow":
            return mx_mul(mx_num(-1), self.gradient(i or ()))
        if name == "W" and self.kind in ("action-flow", "fibre-flow"):
            return mx_mul(
                mx_num(1 if self.kind == "action-flow" else -1), ("w", self.motion["family"], i)
            )
        if name in self.named:
            moved = self.moved(self.named[name])
            return moved if i is None else self.inside(name, i, ("let", "k", i, moved))
        if name in self.rates:
            return (
                self.rates[name]
                if i is None
                else self.inside(name, i, ("let", "k", i, self.rates[name]))
            )
        need(
            name in self.constants or (self.layers and name == "X"),
            f"nothing says how {name} moves",
        )
        if name in self.constants:
            return MX_ZERO
        q = (("q", 1),)
        return ("sum", "q", 1, 0, mx_mul(mx_at("A", q), self.rate("W", q), mx_at("B", q)))

    def inside(self, name: str, i: tuple, rate: tuple) -> tuple:
        """The rate where the letter moves: a family that is zero at its ends for all time does not
        move there.
        """
        return ("within", i, *MX_RUNS["inner"], rate) if self.letters[name][2] == "inner" else rate

    def moved(self, e: tuple) -> tuple:
        """The derivative along the flow, by the product rule."""
        mx_spend(1)
        head = e[0]
        if head in ("num", "const", "seq"):
            need(head != "seq" or e[1] in self.constants, f"nothing says how {e[1]} moves")
            return MX_ZERO
        if head == "letter":
            return self.rate(e[1], e[2])
        if head == "+":
            return mx_add(self.moved(e[1]), self.moved(e[2]))
        if head == "*":
            return mx_add(mx_mul(self.moved(e[1]), e[2]), mx_mul(e[1], self.moved(e[2])))
        if head == "^":
            inner, d = self.moved(e[1]) if e[2] else MX_ZERO, dict(e[2])
            if (
                inner == MX_ZERO
            ):  # what does not move need not be differentiated, but has to be there
                return ("*", MX_ZERO, e) if e[2] else MX_ZERO
            need(not {*d} - {"", "N"}, "the derivative of such a power")
            return ("powers", e[1], inner, e[2])
        if head == "loss":
            return ("tr", mx_mul(mx_star(mx_at("P", None)), self.moved(mx_at("X", None))))
        if head in ("G", "H", "w", "D"):
            return self.moved(self.moved(e[1]) if head == "D" else self.unfolded(e))
        need(head in ("mark", "tr", "sum", "within", "let", "same"), f"the derivative of '{head}'")
        inner = self.moved(e[-1])
        return MX_ZERO if inner == MX_ZERO else (*e[:-1], inner)

    def stepped(self, e: tuple) -> tuple:
        """The value after one step of gradient descent."""
        if e[0] == "letter":
            need(e[1] == "W" or e[1] in self.constants, f"nothing says what {e[1]} is after a step")
            return (
                mx_add(e, mx_mul(("const", "eta"), self.gradient(e[2])), -1) if e[1] == "W" else e
            )
        need(e[0] not in ("D", "next", "loss"), f"'{e[0]}' inside a step")
        e = self.unfolded(e) if e[0] in ("G", "H", "w") else e
        return tuple(
            self.stepped(x) if isinstance(x, tuple) and x and isinstance(x[0], str) else x
            for x in e
        )


class MxWorld:
    """One depth, or all large depths at once (``depth`` None): reads expressions into the algebra
    of a subclass.

    A value is (shape, data), the shape None for a scalar. The subclass knows number, atom, entry,
    plus, multiply, turn, trace, over.
    """

    number: Callable[..., Any]
    nothing: Callable[..., Any]
    identity: Callable[..., Any]
    atom: Callable[..., Any]
    entry: Callable[..., Any]
    plus: Callable[..., Any]
    multiply: Callable[..., Any]
    turn: Callable[..., Any]
    trace: Callable[..., Any]
    single: Callable[..., Any]
    raised: Callable[..., Any]
    over: Callable[..., Any]

    def __init__(self, frame: MxFrame, depth: int | None):
        self.frame, self.depth, self.inside = frame, depth, False
        self.end = MX_N if depth is None else mx_int(depth)
        self.names: dict[tuple, tuple] = {
            ("W", self.end): ("A", mx_plus(self.end, MX_ONE, -1)),
            ("W", MX_ONE): ("B", mx_int(2)),
        }
        self.names |= {("A", ()): ("X", None), ("B", mx_plus(self.end, MX_ONE)): ("X", None)}
        self.zero = self.number(Fraction(0))
        self.entries: dict[tuple, Any] = {}  # letters that were asked before
        self.short: dict[tuple, tuple] = {}  # and words

    def resolve(self, a: tuple, env: dict) -> tuple:
        found: tuple = ()
        for name, c in a:
            value: Any = self.end if name == "N" else MX_ONE if name == "" else env.get(name)
            need(value is not None, f"nothing says what the index {name} is")
            found = mx_plus(found, value, c)
        return found

    def sure(self, x: tuple) -> bool:
        """Is x >= 0? For large depths: for all of them and all k, # = MX_EDGE..N - MX_EDGE, or for
        none; refused otherwise.
        """
        if mx_always(x):
            return True
        need(
            mx_always(mx_plus(mx_int(-1), x, -1)),
            "an index or exponent that is not on one side for every depth",
        )
        return False

    def there(self, x: tuple, first: int, less: int) -> bool:
        end = self.resolve(mx_plus(MX_N, mx_int(less), -1), {})
        return self.sure(mx_plus(x, mx_int(first), -1)) and self.sure(mx_plus(end, x, -1))

    def places(self, first: int, less: int) -> list[tuple]:
        """Values of an index first..N - less: all of them, or the ends and then the variable
        between them.
        """
        if self.depth is not None:
            return [mx_int(j) for j in range(first, self.depth - less + 1)]
        need(max(first, less) <= MX_EDGE, f"a range that begins too late: {up_to('edge')}")
        ends = [mx_plus(MX_N, mx_int(j), -1) for j in range(less, MX_EDGE)]
        return [mx_int(j) for j in range(first, MX_EDGE)] + ends

    def letter(self, name: str, i: tuple | None) -> tuple:
        """A letter where it is there; a family with vanishing ends is zero at 0 and N."""
        run = self.frame.letters[name][2]
        need((i is not None) == bool(run), f"{name}: an index too many or too few")
        if i is not None and not self.there(i, *MX_RUNS[run]):
            need(
                run == "inner" and self.there(i, 0, 0),
                f"{name} is not there at every index where it is used",
            )
            return (self.shape(name, i), self.nothing(self.shape(name, i)))
        return (self.shape(name, i), self.entry(name, i))

    def shape(self, name: str, i: tuple | None) -> tuple:
        return self.frame.sizes(name, i, self.resolve(MX_N, {}))

    def scalar(self, name: str, i: tuple | None) -> tuple:
        if i is not None and not self.there(i, 1, 1):
            need(self.there(i, 0, 0), f"{name} is not there at every index where it is used")
            return self.zero
        return self.atom(name, i)

    def add(self, x: tuple, y: tuple, c: int = 1) -> tuple:
        """x + c y; a number beside a square matrix is that multiple of the identity."""
        if x[0] != y[0]:
            need(x[0] is None or y[0] is None, "a sum of matrices of different sizes")
            x, y = (self.beside(x, y[0]), y) if x[0] is None else (x, self.beside(y, x[0]))
        return (x[0], self.plus(x[1], y[1], Fraction(c)))

    def beside(self, x: tuple, shape: tuple) -> tuple:
        if x[1] == self.zero[1]:
            return (shape, self.nothing(shape))
        need(shape[0] == shape[1], "a number beside a matrix that is not square")
        return (shape, self.identity(x[1], shape))

    def times(self, *factors: tuple) -> tuple:
        """The product; a zero without a shape stays one, for it is also what a matrix outside its
        range is.
        """
        if any(x == self.zero for x in factors):
            return self.zero
        found = factors[0]
        for y in factors[1:]:
            need(
                found[0] is None or y[0] is None or found[0][1] == y[0][0],
                "a product of matrices whose sizes do not fit",
            )
            shape = (
                y[0] if found[0] is None else found[0] if y[0] is None else (found[0][0], y[0][1])
            )
            found = (shape, self.multiply(found, y))
        return found

    def mark(self, x: tuple, m: str) -> tuple:
        return (
            x if x[0] is None or not m else (x[0] if m == "C" else x[0][::-1], self.turn(x[1], m))
        )

    def whole(self, x: tuple, e: tuple, env: dict) -> tuple:
        """The value of an expression that is a matrix, where sums over no layers left nothing of it
        but a number.
        """
        return x

    def real_trace(self, x: tuple) -> tuple:
        if x[0] is None:
            need(x[1] == self.zero[1], "the trace of a number")
            return x
        need(x[0][0] == x[0][1], "the trace of a matrix that is not square")
        return (None, self.trace(x[1]))

    def power(self, x: tuple, e: tuple) -> tuple:
        """x^e: a whole number of factors, or what the algebra allows for a single letter."""
        if e == MX_ONE:
            return x
        need(x[0] is None or x[0][0] == x[0][1], "a power of a matrix that is not square")
        if not {n for n, _ in e} - {""} and 0 < (n := dict(e).get("", 0)) and not self.single(x):
            need(n <= LIMITS["factors"], f"a power that is too large: {up_to('factors')}")
            return self.times(*[x] * n)
        return (x[0], self.raised(x, e))

    def value(self, e: tuple, env: dict) -> tuple:
        mx_spend(1)
        head = e[0]
        if head == "num":
            return self.number(e[1])
        if head in ("const", "seq", "letter"):
            i = self.resolve(e[2], env) if len(e) == 3 and e[2] is not None else None
            return self.letter(e[1], i) if head == "letter" else self.scalar(e[1], i)
        if head == "+":
            return self.add(self.value(e[1], env), self.value(e[2], env))
        if head == "*":
            return self.times(self.value(e[1], env), self.value(e[2], env))
        if head == "^":
            return self.power(self.value(e[1], env), self.resolve(e[2], env))
        if head == "mark":
            return self.mark(self.value(e[2], env), e[1])
        if head == "tr":
            return self.real_trace(self.whole(self.value(e[1], env), e[1], env))
        if (
            head == "sum" and self.depth is None and e[1] not in mx_free(e[4])
        ):  # each time the same, which may be a sum itself
            count = self.add(self.value(("const", "N"), {}), self.number(Fraction(1 - e[2] - e[3])))
            return self.times(count, self.value(e[4], env))
        if head == "sum":
            return self.over(e[2], e[3], lambda v: self.value(e[4], {**env, e[1]: v}))
        if head == "within":
            return (
                self.value(e[4], env)
                if self.there(self.resolve(e[1], env), e[2], e[3])
                else self.zero
            )
        if head == "let":
            return self.value(e[3], {e[1]: self.resolve(e[2], env)})
        if head == "same":
            i = self.resolve(e[1], env)
            return (
                self.value(e[2], {})
                if self.sure(i) and self.sure(mx_plus((), i, -1))
                else self.zero
            )
        if head in ("D", "next"):
            self.exists(e[1], env)
            return self.value(
                self.frame.moved(e[1]) if head == "D" else self.frame.stepped(e[1]), env
            )
        if head == "powers":
            return self.of_power(
                self.value(e[1], env), self.value(e[2], env), self.resolve(e[3], env)
            )
        need(head in ("G", "H", "w"), f"'{head}' has no value")
        need(head == "w" or self.there(self.resolve(e[-1], env), 0, 0), f"{head} beyond 0..N")
        return self.value(self.frame.unfolded(e), env)

    def exists(self, e: tuple, env: dict) -> None:
        """What is asked how it moves must be there: its rate would be zero beyond its family."""
        if e[0] in ("letter", "seq", "G", "H", "w") and e[-1] is not None:
            self.value(e, env)
        large = [(("#", 1),)] if self.depth is None else []
        for v in [*self.places(e[2], e[3]), *large] if e[0] == "sum" else [None]:
            for x in mx_children(e):
                self.exists(x, env if v is None else {**env, e[1]: v})

    def of_power(self, x: tuple, moved: tuple, e: tuple) -> tuple:
        """sum_(q = 1..e) x^(q-1) x' x^(e-q) for e >= 0, and -sum_(q = 1..-e) x^(-q) x' x^(q-e-1)
        for e < 0.
        """

        def term(q: tuple) -> tuple:
            return self.times(
                self.power(x, mx_plus(q, MX_ONE, -1)), moved, self.power(x, mx_plus(e, q, -1))
            )

        d = dict(e)
        if self.depth is None and "N" in d:
            need({*d} <= {"", "N"} and d["N"] == 1, "the derivative of a power")
            return self.over(1, -d.get("", 0), term)
        n, found = d.get("", 0), self.zero
        need({*d} <= {""}, "the derivative of a power")
        need(abs(n) <= LIMITS["factors"], f"the derivative of a power: {up_to('factors')}")
        for q in range(1, abs(n) + 1):
            found = self.add(found, term(mx_int(q if n > 0 else 1 - q)), 1 if n > 0 else -1)
        return found


class MxFormal(MxWorld):
    """Linear combinations {(scalars, traced, word, bound): number}; a bound term is summed over # =
    MX_EDGE..N - MX_EDGE.

    Words shrink by A_k W_k = A_(k-1), W_k B_k = B_(k+1), A_k B_(k+1) = X and by joining powers, and
    equal matrices get one name. No entry is left only if the expression is zero at this depth, or
    at all large depths, for every size.
    """

    def number(self, c: Fraction) -> tuple:
        return (None, {((), False, (), False): c} if c else {})

    def nothing(self, shape: tuple) -> dict:
        return {}

    def identity(self, x: dict, shape: tuple) -> dict:
        return x

    def atom(self, name: str, i: tuple | None) -> tuple:
        if name == "N" and self.depth is not None:
            return self.number(Fraction(self.depth))
        return (None, {((((name, i), MX_ONE),), False, (), False): Fraction(1)})

    def entry(self, name: str, i: tuple | None) -> dict:
        if (name, i) not in self.entries:
            word = ((name, i, "", MX_ONE),)
            self.entries[name, i] = self.settled([(Fraction(1), (), False, word, False)])
        return self.entries[name, i]

    def plus(self, x: dict, y: dict, c: Fraction) -> dict:
        found = dict(x)
        mx_spend(len(y))
        for key, a in y.items():
            more = a if c == 1 else c * a
            found[key] = mx_small(found[key] + more if key in found else more)
        return {key: a for key, a in found.items() if a}

    def multiply(self, x: tuple, y: tuple) -> dict:
        raw: list[tuple] = []
        mx_spend(len(x[1]) * len(y[1]))
        for ((s, t, v, b), c), ((r, u, w, d), a) in product(x[1].items(), y[1].items()):
            need(not (b and d), "a product of two sums over layers")
            need(
                not (t and (u or w)) and not (u and v),
                "a product of a trace with a matrix or a trace",
            )
            raw.append((mx_small(c * a), mx_scalars(s, r), t or u, v + w, b or d))
        return self.settled(raw)

    def turn(self, x: dict, m: str) -> dict:
        return self.settled(
            [(c, s, t, w if t else self.turned(w, m), b) for (s, t, w, b), c in x.items()]
        )

    def turned(self, word: tuple, m: str) -> tuple:
        """The word of the conjugate transpose, the transpose or the conjugate."""
        found = []
        for name, i, mark, e in word if m == "C" else word[::-1]:
            new = (
                MX_CONJUGATE[mark]
                if m == "C"
                else {"": m, m: ""}.get(mark, "C" if mark != "C" else {"H": "T", "T": "H"}[m])
            )
            same = (
                {"H": "", "C": "T"}
                if self.frame.letters[name][3] in ("hermitian", "positive")
                else {}
            )
            found.append((name, i, same.get(new, new), e))
        return tuple(found)

    def trace(self, x: dict) -> dict:
        need(all(w and not t for _, t, w, _ in x), "the trace of a multiple of the identity")
        return self.settled([(c, s, True, w, b) for (s, _, w, b), c in x.items()])

    def single(self, x: tuple) -> bool:
        """Is it one constant, or one Hermitian or invertible letter, so that its powers have a
        name?
        """
        if len(x[1]) != 1:
            return False
        (((s, t, w, b), c),) = x[1].items()
        if t or b or c != 1 or len(s) + len(w) != 1:
            return False
        return (
            s[0][1] == MX_ONE
            if s
            else w[0][3] == MX_ONE and self.frame.letters[w[0][0]][3] != "free"
        )

    def raised(self, x: tuple, e: tuple) -> dict:
        if self.single(x):
            (((s, _, w, _), _),) = x[1].items()
            name = s[0][0][0] if s else w[0][0]
            inverse = (
                name in self.frame.positive | {"N"}
                if s
                else self.frame.letters[name][3] in ("positive", "invertible")
            )
            need(
                inverse or self.sure(e),
                f"a negative power of {name}, which may be zero or singular",
            )
            powers = ((s[0][0], e),) if s and e else ()
            return self.settled(
                [(Fraction(1), powers, False, tuple((*y[:3], e) for y in w), False)]
            )
        n = dict(e).get("", 0)
        if not e:
            return self.number(Fraction(1))[1]
        plainly = {*dict(e)} == {""} and {*x[1]} == {((), False, (), False)}
        need(plainly, "a power of a sum, or of what may be zero")
        need(n >= -LIMITS["factors"], f"a negative power: {up_to('factors')}")
        return self.number(mx_small(x[1][(), False, (), False] ** n))[1]

    def reduced(self, word: tuple) -> tuple:
        if word not in self.short:
            self.short[word] = self.shortened(word)
        return self.short[word]

    def shortened(self, word: tuple) -> tuple:
        rest, done = list(word[::-1]), list[tuple]()
        while rest:
            new = self.named(rest.pop())
            if new is None:
                continue
            joint = self.joint(done[-1], new) if done else None
            if joint is None:
                done.append(new)
            else:
                done.pop()
                rest.append(joint)
        return tuple(done)

    def named(self, x: tuple) -> tuple | None:
        """One name for each matrix: A_N = B_1 = I, A_0 = B_(N+1) = X, W_N = A_(N-1), W_1 = B_2."""
        name, i, mark, e = x
        if self.frame.layers and i is not None:
            name, i = self.names.get((name, i), (name, i))
            if (name, i) in (("A", self.end), ("B", MX_ONE)):
                return None
            name, i = self.names.get((name, i), (name, i))
        return (name, i, mark, e) if e else None

    def joint(self, x: tuple, y: tuple) -> tuple | None:
        """What two neighbours are together, if that is one letter."""
        if x[:3] == y[:3] and self.frame.letters[x[0]][3] != "free":
            return (*x[:3], mx_plus(x[3], y[3]))
        if not self.frame.layers or x[2] != y[2] or x[1] is None or y[1] is None:
            return None
        (left, i), (right, j) = (x[:2], y[:2]) if x[2] in ("", "C") else (y[:2], x[:2])
        if (left, right) == ("A", "W") and i == j:
            return ("A", mx_plus(i, MX_ONE, -1), x[2], MX_ONE)
        if (left, right) == ("W", "B") and i == j:
            return ("B", mx_plus(i, MX_ONE), x[2], MX_ONE)
        return (
            ("X", None, x[2], MX_ONE)
            if (left, right) == ("A", "B") and j == mx_plus(i, MX_ONE)
            else None
        )

    def turns(self, word: tuple) -> list[tuple]:
        """Words with the same real trace: Re Tr x = Re Tr x* = Re Tr x^T."""
        while len(word) > 1 and self.joint(word[-1], word[0]) is not None:
            word = self.reduced((word[-1], *word[:-1]))
        need(word, "the trace of a multiple of the identity")
        same = [word, *(self.turned(word, m) for m in "HTC")]
        return [w[j:] + w[:j] for w in same for j in range(len(w))]

    def settled(self, raw: list) -> dict:
        """Every term under its standard key; bound terms shifted to their standard place, the ends
        that this moves written out.
        """
        found: dict = {}
        while raw:
            c, s, traced, word, bound = raw.pop()
            mx_spend(2 + len(word) * (4 + len(word) if traced else 1))
            word = self.reduced(word)
            choices = [(s, w, 0) for w in (self.turns(word) if traced else [word])]
            if bound:
                choices = [mx_shifted(s, w) for _, w, _ in choices]
            s, word, shift = min(choices)
            if shift is None:  # it does not depend on #, which has N - 2 MX_EDGE + 1 values
                count = mx_scalars(s, ((("N", None), MX_ONE),))
                raw += [
                    (c, count, traced, word, False),
                    (c * (1 - 2 * MX_EDGE), s, traced, word, False),
                ]
                continue
            if shift:
                need(
                    abs(shift) <= MX_LARGE - 2 * MX_EDGE + 1,
                    f"indices that are too far apart: {up_to('deep')}",
                )
                for v, sign in mx_ends(shift):
                    found = self.plus(
                        found, self.put(mx_shift(s, word, -shift), traced, v), c * sign
                    )
            key = (s, traced, word, bound)
            found[key] = found[key] + c if key in found else c
        return {key: a for key, a in found.items() if a}

    def put(self, term: tuple, traced: bool, v: tuple) -> dict:
        """A bound term's value at # = v."""
        env = {"#": v, "k": (("k", 1),)}
        found = self.number(Fraction(1))
        for (name, i), n in term[0]:
            atom = self.scalar(name, None if i is None else self.resolve(i, env))
            found = self.times(found, self.power(atom, self.resolve(n, env)))
        matrix = self.number(Fraction(1))
        for name, i, m, e in term[1]:
            x = self.letter(name, None if i is None else self.resolve(i, env))
            matrix = self.times(matrix, self.mark(self.power(x, self.resolve(e, env)), m))
        return self.times(found, self.real_trace(matrix) if traced else matrix)[1]

    def over(self, first: int, less: int, f: Callable) -> tuple:
        found = self.zero
        for v in self.places(first, less):
            found = self.add(found, f(v))
        if self.depth is not None:
            return found
        need(not self.inside, "a sum over layers inside a sum over layers")
        self.inside = True
        shape, data = f((("#", 1),))
        self.inside = False
        return self.add(
            found, (shape, self.settled([(c, s, t, w, True) for (s, t, w, _), c in data.items()]))
        )


def mx_scalars(s: tuple, r: tuple) -> tuple:
    """Product of powers of constants and members of sequences."""
    found = dict(s)
    for atom, e in r:
        found[atom] = mx_plus(found.get(atom, ()), e)
    return tuple(sorted((atom, e) for atom, e in found.items() if e))


def mx_hash(i: tuple | None) -> int:
    return dict(i or ()).get("#", 0)


def mx_shift(s: tuple, word: tuple, d: int) -> tuple:
    """With # - d for #."""

    def at(i: tuple | None) -> tuple | None:
        return None if i is None else mx_plus(i, mx_int(-d * mx_hash(i)))

    return (
        tuple(((name, at(i)), at(n)) for (name, i), n in s),
        tuple((name, at(i), m, at(e)) for name, i, m, e in word),
    )


def mx_shifted(s: tuple, word: tuple) -> tuple:
    """Scalars and word where the first index or exponent with # has no number, and the shift; None
    where there is no #.
    """
    affine = [a for (_, i), n in s for a in (i, n)] + [a for _, i, _, e in word for a in (i, e)]
    first = next((a for a in affine if abs(mx_hash(a)) == 1), ())
    if not any(map(mx_hash, affine)):
        return (s, word, None)
    d = dict(first).get("", 0) * mx_hash(first)
    return (*mx_shift(s, word, d), d)


def mx_ends(d: int) -> list[tuple]:
    """(value of #, sign): what the sum over #, written with # + d for its index, lacks and has too
    much.
    """
    low, top = (
        (range(MX_EDGE - d, MX_EDGE), range(1 - d, 1))
        if d > 0
        else (range(MX_EDGE, MX_EDGE - d), range(1, 1 - d))
    )
    sign = -1 if d > 0 else 1
    return [(mx_int(j), sign) for j in low] + [
        (mx_plus(MX_N, mx_int(j - MX_EDGE)), -sign) for j in top
    ]


def mx_times(x: tuple, y: tuple) -> tuple:
    """Product of complex numbers (real, imaginary)."""
    return (x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0])


def mx_eliminated(rows: list) -> tuple[list, list]:
    """The inverse ([] for a singular matrix) by Gauss and Jordan, and the pivots; None for one
    where rows changed place.
    """
    n, pivots = len(rows), list[Any]()
    work = [
        [*row, *((Fraction(i == j), Fraction(0)) for j in range(n))] for i, row in enumerate(rows)
    ]
    for j in range(n):
        at = next((i for i in range(j, n) if any(work[i][j])), None)
        if at is None:
            return [], [*pivots, (Fraction(0), Fraction(0))]
        work[j], work[at] = work[at], work[j]
        a, b = work[j][j]
        pivots.append((a, b) if at == j else None)
        work[j] = [mx_times(x, (a / (a * a + b * b), -b / (a * a + b * b))) for x in work[j]]
        for i in range(n):
            if i != j and any(c := work[i][j]):
                mx_spend(2 * n)
                work[i] = [
                    (x[0] - y[0], x[1] - y[1])
                    for x, y in zip(work[i], [mx_times(c, z) for z in work[j]], strict=True)
                ]
    return [row[n:] for row in work], pivots


class MxNumbers(MxWorld):
    """One exact state: matrices over Q(i)."""

    def __init__(self, frame: MxFrame, data: dict):
        self.n = integer(data["depth"], frame.least, "least", "the depth")
        super().__init__(frame, self.n)
        self.sizes: dict[str, list[int]] = {"d": []}
        self.cache: dict[tuple, list] = {}
        need(isinstance(data["sizes"], dict), "sizes are not an object")
        for name, n in data["sizes"].items():
            every = mx_list(n, "sizes d") if name == "d" else [n]
            self.sizes[label(name)] = [integer(x, 1, "least", "a size") for x in every]
        d, named = (
            self.sizes["d"],
            {t for x in frame.letters.values() for t in x[:2]} - {"k", "k-1", "0", "N"},
        )
        need(
            len(d) in ({self.n + 1} if frame.layers or frame.square else {0, self.n + 1}),
            "sizes d_0, .., d_N",
        )
        need(
            not frame.square or len({n for every in self.sizes.values() for n in every}) == 1,
            "the sizes are not all equal",
        )
        need(
            {*self.sizes} - {"d"} <= named - {"d"} and "d" not in named, "a size that no letter has"
        )
        self.scalars = fields(data["scalars"], "scalars", "", " ".join(data["scalars"]))
        need(
            "N" not in self.scalars and not {*self.scalars} & {*frame.sequences},
            "N is the depth; sequences stand elsewhere",
        )
        for name in frame.positive & {*self.scalars}:
            need(rational(self.scalars[name]) > 0, f"{name} is not positive")
        self.sequences = fields(data["sequences"], "sequences", " ".join(frame.sequences))
        need(
            all(len(mx_list(x, "a sequence")) == self.n - 1 for x in self.sequences.values()),
            "a sequence is s_1, .., s_(N-1)",
        )
        own = {*frame.letters} - ({*"ABXP"} if frame.layers else set())
        given = fields(data["values"], "values", " ".join(own), "P" if frame.layers else "")
        self.values = {name: self.family(name, x) for name, x in given.items()}

    def family(self, name: str, x: Any) -> dict:
        run = self.frame.letters[name][2]
        if not run:
            return {None: self.matrix(name, None, x)}
        first, less = MX_RUNS[run]
        need(
            len(mx_list(x, name)) == max(0, self.n - less - first + 1),
            f"{name}: a matrix for each index",
        )
        return {mx_int(j): self.matrix(name, mx_int(j), y) for j, y in enumerate(x, first)}

    def matrix(self, name: str, i: tuple | None, x: Any) -> list:
        rows, cols = map(self.dimension, self.shape(name, i))
        need(
            len(mx_list(x, name)) == rows
            and all(isinstance(r, list) and len(r) == cols for r in x),
            f"{name} is not {rows} x {cols}",
        )
        found = [[self.entry_of(y) for y in row] for row in x]
        form = self.frame.letters[name][3]
        need(
            form not in ("hermitian", "positive") or self.turn(found, "H") == found,
            f"{name} is not Hermitian",
        )
        if form in ("positive", "invertible"):
            inverse, pivots = mx_eliminated(found)
            need(inverse, f"{name} is singular")
            need(
                form == "invertible" or all(p and p[0] > 0 and not p[1] for p in pivots),
                f"{name} is not positive definite",
            )
        return found

    def entry_of(self, x: Any) -> tuple:
        if isinstance(x, list):
            need(len(x) == 2, "a complex number is [real, imaginary]")
            return (rational(x[0]), rational(x[1]))
        return (rational(x), Fraction(0))

    def dimension(self, size: tuple) -> int:
        if size[0] != "d":
            need(size[0] in self.sizes, f"the size {size[0]} is not given")
            return self.sizes[size[0]][0]
        at = dict(size[1]).get("", 0) if len(size) > 1 else 0
        need(0 <= at < len(self.sizes["d"]), "a size beyond d_0, .., d_N")
        return self.sizes["d"][at]

    def number(self, c: Fraction) -> tuple:
        return (None, c)

    def nothing(self, shape: tuple) -> list:
        return [
            [(Fraction(0), Fraction(0))] * self.dimension(shape[1])
            for _ in range(self.dimension(shape[0]))
        ]

    def identity(self, x: Fraction, shape: tuple) -> list:
        n = range(self.dimension(shape[0]))
        return [[(x * (i == j), Fraction(0)) for j in n] for i in n]

    def atom(self, name: str, i: tuple | None) -> tuple:
        if name == "N":
            return (None, Fraction(self.n))
        if i is not None:
            return (None, rational(self.sequences[name][dict(i)[""] - 1]))
        need(name in self.scalars, f"the number {name} is not given")
        return (None, rational(self.scalars[name]))

    def entry(self, name: str, i: tuple | None) -> list:
        if name in self.values:
            return self.values[name][i]
        need(self.frame.layers and name in "ABX", f"{name} is not given")
        if (name, i) not in self.cache:
            j = dict(i or ()).get("", 0)
            first, last = {"A": (j + 1, self.n), "B": (1, j - 1), "X": (1, self.n)}[name]
            layers = [self.letter("W", mx_int(q)) for q in range(last, first - 1, -1)]
            shape = self.shape(name, i)
            self.cache[name, i] = (
                self.times(*layers)[1] if layers else self.identity(Fraction(1), shape)
            )
        return self.cache[name, i]

    def plus(self, x: Any, y: Any, c: Fraction) -> Any:
        if isinstance(x, Fraction):
            return x + c * y
        return [
            [(a[0] + c * b[0], a[1] + c * b[1]) for a, b in zip(r, s, strict=True)]
            for r, s in zip(x, y, strict=True)
        ]

    def multiply(self, x: tuple, y: tuple) -> Any:
        if x[0] is None and y[0] is None:
            return mx_small(x[1] * y[1])
        if x[0] is None or y[0] is None:
            c, m = (x[1], y[1]) if x[0] is None else (y[1], x[1])
            return [[(c * a, c * b) for a, b in row] for row in m]
        cols = [*zip(*y[1], strict=True)]
        mx_spend(len(x[1]) * len(y[1]) * len(cols))
        found = [
            [[mx_times(a, b) for a, b in zip(row, col, strict=True)] for col in cols]
            for row in x[1]
        ]
        return [
            [(mx_small(sum(a for a, _ in z)), mx_small(sum(b for _, b in z))) for z in row]
            for row in found
        ]

    def turn(self, x: list, m: str) -> list:
        rows = x if m == "C" else [list(col) for col in zip(*x, strict=True)]
        return rows if m == "T" else [[(a, -b) for a, b in row] for row in rows]

    def whole(self, x: tuple, e: tuple, env: dict) -> tuple:
        if x[0] is not None or x == self.zero or mx_scalar(e):
            return x
        size = self.side(e, env, 0)
        return self.beside(x, (size, size))

    def side(self, e: tuple, env: dict, last: int) -> tuple:
        """The size of the rows, or of the columns, of an expression that is a matrix."""
        head = e[0]
        if head in ("letter", "G", "H", "w"):
            i = None if e[-1] is None else self.resolve(e[-1], env)
            return self.shape(e[1] if head == "letter" else "W", i)[
                last if head in ("letter", "w") else 0
            ]
        if head in ("+", "*"):
            return self.side(
                [x for x in e[1:] if not mx_scalar(x)][-1 if last and head == "*" else 0], env, last
            )
        if head == "mark":
            return self.side(e[2], env, last if e[1] == "C" else 1 - last)
        if head in ("^", "D", "next", "powers"):
            return self.side(e[1], env, last)
        env = (
            {**env, e[1]: mx_int(e[2])}
            if head == "sum"
            else {e[1]: self.resolve(e[2], env)}
            if head == "let"
            else env
        )
        return self.side(e[-1], env, last)

    def trace(self, x: list) -> Fraction:
        return sum((x[i][i][0] for i in range(len(x))), Fraction(0))

    def single(self, x: tuple) -> bool:
        return False

    def raised(self, x: tuple, e: tuple) -> Any:
        n = dict(e).get("", 0)
        need(-LIMITS["factors"] <= n <= 0, f"a power that is too large: {up_to('factors')}")
        if x[0] is None:
            need(x[1] or not n, "a negative power of zero")
            return mx_small(x[1] ** n)
        inverse = mx_eliminated(x[1])[0] if n else self.identity(Fraction(1), x[0])
        need(inverse, "a negative power of a singular matrix")
        return self.times(*[(x[0], inverse)] * max(1, -n))[1]

    def over(self, first: int, less: int, f: Callable) -> tuple:
        found = self.zero
        for v in self.places(first, less):
            found = self.add(found, f(v))
        return found

    def vanishes(self, x: tuple) -> bool:
        return not x[1] if x[0] is None else not any(any(z) for row in x[1] for z in row)

    def gaps(self, gap: tuple, first: int, less: int, indexed: bool) -> list[tuple]:
        return (
            [self.value(gap, {"k": v}) for v in self.places(first, less)]
            if indexed
            else [self.value(gap, {})]
        )

    def follows(self) -> None:
        """Every relation holds here."""
        self.exists(self.frame.objective, {})
        for name, equations in self.frame.relations.items():
            for left, right, first, less, indexed in equations:
                here = self.gaps(mx_add(left, right, -1), first, less, indexed)
                need(
                    all(map(self.vanishes, here)),
                    f"the state does not satisfy the relation {name[:40]}",
                )

    def stays(self, shown: bool) -> None:
        """Relations and forms last at every state, or from this one: nothing moves, or the rates
        given are tangent to what holds.
        """
        doubt = ", ".join(
            dict.fromkeys(
                [n for n, _ in self.frame.residual]
                + [f"the form of {n}" for n, *_ in self.frame.stiff()]
            )
        )
        if self.frame.kind == "gradient-step":
            return self.kept_by_the_step()
        now = (
            shown
            and all(map(self.vanishes, self.slopes()))
            and all(map(self.skewless, self.frame.stiff()))
        )
        fine = (
            now
            or not self.moves()
            or (self.tangent() and all(map(self.upright, self.frame.stiff())))
        )
        unknown = (
            "the state satisfies the hypotheses for one instant; whether it can last is not known"
        )
        need(fine, f"{unknown} of: {doubt}"[:160])

    def kept_by_the_step(self) -> None:
        """What holds always holds after the step too, unless nothing moves by it."""
        gaps: list = [(mx_add(a, b, -1), *rest) for _, (a, b, *rest) in self.frame.residual]
        for name, e in self.frame.named.items() if self.moves() else ():
            run, form = self.frame.letters[name][2:]
            need(form in ("free", "hermitian"), f"after the step {name} need not be {form}")
            where = (*MX_RUNS[run], True) if run else (1, 1, False)
            gaps += [(mx_add(e, mx_star(e), -1), *where)] * (form == "hermitian")
        for gap, *place in gaps if self.moves() else ():
            need(
                all(map(self.vanishes, self.gaps(("next", gap), *place))),
                "the state does not satisfy the hypotheses after the step",
            )

    def skewless(self, stiff: tuple) -> bool:
        """The rate of a Hermitian letter is Hermitian here."""
        name, _, run = stiff
        (first, less), x = run or (1, 1), mx_at(name, (("k", 1),) if run else None)
        return all(
            map(self.vanishes, self.gaps(("D", mx_add(x, mx_star(x), -1)), first, less, bool(run)))
        )

    def upright(self, stiff: tuple) -> bool:
        """And made of what does not move or is free to follow; or it is so at every state of this
        depth.
        """
        name, rate, run = stiff
        if (
            name not in self.frame.named
            and mx_tied(rate) <= self.frame.constants | self.frame.controls
        ):
            return self.skewless(stiff)
        world, skew = MxFormal(self.frame, self.n), mx_add(rate, mx_star(rate), -1)
        return not any(
            world.value(skew, {"k": v} if run else {})[1]
            for v in (world.places(*run) if run else [()])
        )

    def slopes(self) -> list[tuple]:
        """The derivatives of the residual relations."""
        equations = [e for _, e in self.frame.residual]
        return [
            x
            for a, b, first, less, on in equations
            for x in self.gaps(("D", mx_add(a, b, -1)), first, less, on)
        ]

    def tangent(self) -> bool:
        """The relations have derivative zero, and with other rates it takes every value: so they
        cut out a manifold here.
        """
        if not self.frame.residual:
            return True
        if not self.frame.controls or not all(map(self.vanishes, self.slopes())):
            return False
        rows = [[y for x in other.slopes() for y in mx_flat(x)] for other in self.varied()]
        size, world = 0, MxFormal(self.frame, self.n)
        for _, (a, b, first, less, indexed) in self.frame.residual:
            gap = mx_add(a, b, -1)
            for v in self.places(first, less) if indexed else [()]:
                env = {"k": v} if indexed else {}
                shape = self.value(gap, env)[0]
                need(shape is not None or mx_scalar(gap), "a relation that is zero by itself here")
                own = not world.value(mx_add(gap, mx_star(gap), -1), env)[1]
                size += (
                    1
                    if shape is None
                    else self.dimension(shape[0]) * self.dimension(shape[1]) * (1 if own else 2)
                )
        return bool(rows) and len({len(row) for row in rows}) == 1 and mx_rank(rows) == size

    def varied(self) -> Iterator[MxNumbers]:
        """The state with one rate a unit, Hermitian for a Hermitian letter, and the other rates
        zero.
        """
        f = self.frame
        still = {
            n: {
                i: [[(Fraction(0), Fraction(0)) for _ in r] for r in m]
                for i, m in self.values[n].items()
            }
            for n in f.controls
        }
        for name, rate in f.rates.items():
            if rate[0] != "letter" or rate[1] not in f.controls:
                continue
            upright = {f.letters[name][3], f.letters[rate[1]][3]} & {"hermitian", "positive"}
            for i, m in still[rate[1]].items():
                for (a, row), b, z in product(enumerate(m), range(len(m[0])), (0, 1)):
                    unit = [[(Fraction(0), Fraction(0)) for _ in r] for r in m]
                    unit[a] = [
                        (Fraction(c == b and not z), Fraction(c == b and z))
                        for c in range(len(row))
                    ]
                    unit = self.plus(unit, self.turn(unit, "H"), Fraction(1)) if upright else unit
                    other = object.__new__(MxNumbers)
                    other.__dict__ = {
                        **self.__dict__,
                        "values": {**self.values, **still, rate[1]: {**still[rate[1]], i: unit}},
                    }
                    yield other

    def moves(self) -> bool:
        f = self.frame
        if f.kind == "gradient-step":
            f_gap = mx_mul(("const", "eta"), f.gradient((("k", 1),)))
            return not all(map(self.vanishes, self.gaps(f_gap, 1, 0, True)))
        for name in f.rates if f.rates else ["W"] * f.flows:
            run = f.letters[name][2]
            rate = f.rate(name, (("k", 1),) if run else None)
            if not all(map(self.vanishes, self.gaps(rate, *MX_RUNS.get(run, (1, 1)), bool(run)))):
                return True
        return False


def mx_flat(x: tuple) -> list[Fraction]:
    """Real and imaginary parts."""
    return [x[1]] if x[0] is None else [y for row in x[1] for z in row for y in z]


def mx_rank(rows: list) -> int:
    """Over the rationals, by elimination."""
    rank, work = 0, [list(row) for row in rows]
    for j in range(len(work[0])):
        at = next((i for i in range(rank, len(work)) if work[i][j]), None)
        if at is None:
            continue
        work[rank], work[at] = work[at], work[rank]
        for i in range(rank + 1, len(work)):
            c = work[i][j] / work[rank][j]
            mx_spend(len(work[0]) if c else 0)
            work[i] = (
                [x - c * y for x, y in zip(work[i], work[rank], strict=True)] if c else work[i]
            )
        rank += 1
    return rank


MX_W = mx_at("W", (("p", 1),))
MX_NORM = ("sum", "p", 1, 0, mx_norm(MX_W))
MX_FIELDS = {
    "identity": "left right first less",
    "unchanged": "quantity first less",
    "decay": "quantity factor first less",
}
MX_FIELDS |= {
    "nonnegative": "quantity",
    "root": "root of",
    "fibre-minimum": "root value",
    "settles": "quantity",
}


class MxSentence:
    """One conclusion, and what must vanish for it to hold: [(name, expression, first, N - last,
    relations that the sentence puts)].
    """

    def __init__(self, frame: MxFrame, data: Any):
        self.frame = frame
        kind: Any = data.get("kind") if isinstance(data, dict) else None
        need(
            isinstance(kind, str) and kind.startswith("matrix-") and kind[7:] in MX_FIELDS,
            "an unknown kind of conclusion",
        )
        self.kind = kind[7:]
        fields(data, "conclusion", "kind " + MX_FIELDS[self.kind])
        self.first, self.less = (integer(data.get(x, 1), -1, "ends", x) for x in ("first", "less"))
        self.parts = [
            frame.read(data[x]) for x in MX_FIELDS[self.kind].split() if x not in ("first", "less")
        ]
        if self.kind in ("identity", "root"):  # both sides have one size
            frame.shape(("+", self.parts[0], self.parts[1]))
        need(self.kind not in ("unchanged", "decay") or frame.flows, "nothing flows")
        closed = self.parts[1:] if self.kind in ("decay", "fibre-minimum") else []
        need(
            all({n[0] for n in mx_nodes(e)} <= {"num", "const", "+", "*", "^"} for e in closed),
            "a factor is made of constants",
        )
        need(
            self.kind != "nonnegative" or mx_scalar(self.parts[0]),
            "only a real number is non-negative",
        )
        if self.kind in ("fibre-minimum", "settles"):
            self.only_definitions()
            need(not any(map(mx_free, self.parts)), "an index that nothing binds")
        if self.kind == "settles":
            need(frame.kind == "gradient-flow", "only a gradient flow settles by this rule")
            unfit = {n[0] for n in mx_nodes(frame.objective)} & {"loss", "const", "seq"}
            need(
                not unfit
                and mx_letters(frame.objective) <= {"W", "X"}
                and mx_scalar(self.parts[0]),
                "a polynomial without parameters",
            )
        if self.kind == "fibre-minimum":
            need(
                frame.kind == "action-flow" and frame.letters[frame.motion["family"]][3] == "free",
                "an action of every direction a",
            )
            root = self.parts[0]
            need(
                root[0] == "letter" and frame.letters[root[1]] == ("0", "0", "", "hermitian"),
                "the root is a Hermitian letter",
            )

    def only_definitions(self) -> None:
        """No hypothesis, and definitions that only give names: they restrict nothing."""
        frame, names = self.frame, []
        need(
            all(name in frame.definitions for name in frame.relations),
            "the sentence is about every state: no hypothesis has a place",
        )
        for name in frame.definitions:
            need(
                len(frame.relations[name]) == 1 and not frame.relations[name][0][4],
                f"{name[:20]} is more than a name",
            )
            left, right = frame.relations[name][0][:2]
            fits = right[0] == "letter" and right[1] not in MX_LAYERS and right[1] not in names
            need(fits and mx_letters(left) <= {"W", "X"}, f"{name[:20]} is more than a name")
            names.append(right[1])
            form = frame.letters[right[1]][3]
            gram = (left[0] == "*" and left[2] == ("mark", "H", left[1])) or left[1] == (
                "mark",
                "H",
                left[2],
            )
            need(
                form == "free" or (form == "hermitian" and gram),
                f"{right[1]}: its form is not clear from its definition",
            )
        need(
            self.kind != "fibre-minimum" or names == [self.parts[0][1]],
            "one definition, of the root",
        )

    def demands(self, squares: list, factor: Fraction) -> list[tuple]:
        kind, parts, put = self.kind, self.parts, (self.first, self.less, dict[str, list]())
        if kind == "identity":
            return [("identity", mx_add(parts[0], parts[1], -1), *put)]
        if kind in ("unchanged", "decay"):
            gap = (
                ("D", parts[0])
                if kind == "unchanged"
                else mx_add(("D", parts[0]), mx_mul(parts[1], parts[0]), -1)
            )
            return [("derivative", gap, *put)]
        if kind == "root":
            need(
                len(squares) == 1 and squares[0][0] == 1 and squares[0][2] is None,
                "a root is one square x x*",
            )
            square = mx_add(parts[0], mx_mul(squares[0][1], mx_star(squares[0][1])), -1)
            return [
                ("square", square, *put),
                ("power", mx_add(("^", parts[0], MX_N), parts[1], -1), *put),
            ]
        total = MX_ZERO
        for c, x, over in squares:
            term = mx_mul(mx_num(c), mx_norm(x))
            total = mx_add(total, ("sum", "p", *over, term) if over else term)
        if kind == "nonnegative":
            return [("squares", mx_add(parts[0], total, -1), *put)]
        if kind == "settles":
            need(factor, "a factor that is zero")
            slope = ("sum", "p", 1, 0, ("tr", mx_mul(mx_star(MX_W), ("D", MX_W))))
            return [
                ("bounded", mx_add(("D", MX_NORM), total), *put),
                ("critical", mx_add(slope, parts[0], factor), *put),
            ]
        a, root = mx_at(self.frame.motion["family"], (("p", 1),)), parts[0]
        slope = ("sum", "p", 1, 1, ("tr", mx_mul(mx_star(("G", (("p", 1),))), a)))
        w, after = mx_at("W", (("k", 1),)), mx_at("W", (("", 1), ("k", 1)))
        need("balance" not in self.frame.relations, "the name balance is taken")
        balance = {"balance": [(mx_mul(w, mx_star(w)), mx_mul(mx_star(after), after), 1, 1, True)]}
        one, x = mx_at("W", MX_ONE), mx_at("X", None)
        return [
            ("variation", mx_add(("D", MX_NORM), slope, -2), *put),
            ("value", mx_add(MX_NORM, mx_mul(parts[1], ("tr", root)), -1), 1, 1, balance),
            ("square", mx_add(root, mx_mul(mx_star(one), one), -1), 1, 1, balance),
            ("power", mx_add(("^", root, MX_N), mx_mul(mx_star(x), x), -1), 1, 1, balance),
        ]


class MxProof:
    """Verifies written-down reductions: the gap minus every step is zero, at each small depth and
    at all large ones.
    """

    def __init__(self, frame: MxFrame):
        self.frame = frame
        self.worlds = [MxFormal(frame, n) for n in (*range(frame.least, MX_LARGE), None)]
        written = [
            e
            for name, es in frame.relations.items()
            if name != "fibre" and name[-1] != "'"
            for e in es
        ]
        for world, (left, right, first, less, on) in product(self.worlds, written):
            for k in (
                [*world.places(first, less), *[(("k", 1),)] * (world.depth is None)] if on else [()]
            ):
                world.exists(("+", left, right), {"k": k} if on else {})

    def vanishes(
        self,
        gap: tuple,
        place: tuple,
        steps: list,
        known: dict,
        what: str,
        own: tuple = (),
        still: bool = False,
    ) -> None:
        """``place``: (first, N - last) of k where it occurs, or () for no k, or a single index;
        ``own``: (lemma, its shift of k).

        ``still``: what is made of constants alone may be left over; it is zero for ever where it is
        zero.
        """
        for world in self.worlds:
            cases: list[Any] = [None]
            if len(place) == 2 and isinstance(place[0], int):
                cases = world.places(*place)
                cases += [(("k", 1),)] if world.depth is None else []
            elif place:
                cases = [v] if world.there(v := world.resolve(place[0], {}), *place[1:]) else []
            for k in cases:
                env = {} if k is None else {"k": k}
                left = world.value(gap, env)
                for s in steps:
                    left = world.add(left, self.step(world, s, env, known, own), -1)
                over = [t for t in left[1] if not still or not self.constant(t)]
                need(
                    not over,
                    f"{what}: {len(left[1])} terms are left over,"
                    f" {'depth ' + str(world.depth) if world.depth else 'large depths'}",
                )

    def constant(self, term: tuple) -> bool:
        """Is a term made of what does not move?"""
        sequences = {name for (name, _), _ in term[0]} & {*self.frame.sequences}
        return {x[0] for x in term[2]} | sequences <= self.frame.constants

    def step(self, world: MxFormal, s: dict, env: dict, known: dict, own: tuple) -> tuple:
        """The value that a step subtracts."""
        fields(s, "step", "c relation part at mark left right scalars trace ranges")
        need(
            s["relation"] in known
            and s["mark"] in ("", "H", "T", "C")
            and type(s["trace"]) is bool,
            "a step with an unknown relation",
        )
        equations = known[s["relation"]]
        equation = equations[integer(s["part"], 0, len(equations) - 1, "the part of a relation")]
        over = None
        for x in mx_list(s["ranges"], "ranges"):
            need(
                isinstance(x, list) and len(x) == 3 and x[0] in ("k", "#"),
                "a range is [variable, first, N - last]",
            )
            first, less = (integer(y, None, "range", "an end") for y in x[1:])
            if x[0] == "#":
                need(over is None and first >= -1 and less >= -1, "one range of #")
                over = (first, less)
            else:
                need("k" in env, "a step for k, and there is no k")
                if not world.there(env["k"], first, less):
                    return world.zero
        if over is None:
            return self.one(world, s, env, equation, own)
        return world.over(*over, lambda v: self.one(world, s, {**env, "#": v}, equation, own))

    def one(self, world: MxFormal, s: dict, env: dict, equation: tuple, own: tuple) -> tuple:
        left, right, first, less, indexed = equation
        need(indexed == (s["at"] is not None), "a relation with an index too many or too few")
        here: dict = {}
        if indexed:
            v = world.resolve(mx_affine(s["at"]), env)
            need(world.there(v, first, less), f"the relation {s['relation'][:40]} is not there")
            here = {"k": v}
        if own and s["relation"] == own[0]:
            need(
                indexed and v == mx_plus(env["k"], mx_int(own[1])),
                "a lemma rests on itself at the wrong index",
            )
        gap = world.mark(
            world.add(world.value(left, here), world.value(right, here), -1), s["mark"]
        )
        found = world.times(
            *self.word(world, s["left"], env), gap, *self.word(world, s["right"], env)
        )
        found = world.real_trace(found) if s["trace"] else found
        for x in mx_list(s["scalars"], "scalars"):
            need(isinstance(x, list) and len(x) == 3, "a scalar is [name, index, exponent]")
            e = ("seq", x[0], mx_affine(x[1])) if x[1] is not None else ("const", label(x[0]))
            need(x[1] is None or x[0] in self.frame.sequences, "an unknown sequence")
            found = world.times(world.value(("^", e, mx_affine(x[2])), env), found)
        return world.times(world.number(rational(s["c"])), found)

    def word(self, world: MxFormal, data: Any, env: dict) -> list[tuple]:
        found = []
        for x in mx_list(data, "a word"):
            need(
                isinstance(x, list) and len(x) == 4 and x[0] in self.frame.letters,
                "a word is made of [letter, index, mark, exponent]",
            )
            letter = world.letter(
                x[0], None if x[1] is None else world.resolve(mx_affine(x[1]), env)
            )
            need(x[2] in ("", "H", "T", "C"), "a mark is H, T or C")
            found.append(world.mark(world.power(letter, world.resolve(mx_affine(x[3]), env)), x[2]))
        return found

    def kept(self, data: Any, started: bool) -> None:
        """The relations of the start stay true: their derivatives vanish modulo the relations."""
        names = {n for n, _ in self.frame.residual if self.frame.flows}
        known = {*self.frame.started} if started else set()
        need(
            isinstance(data, dict) and known <= {*data} <= known | names,
            "a proof for each relation of the start that it stays",
        )
        for name in self.frame.started if started else ():
            self.derived(name, self.frame.relations[name], data[name], self.frame.relations)

    def derived(
        self, name: str, equations: list, data: Any, known: dict, still: bool = False
    ) -> None:
        """The derivative of each equation vanishes modulo the relations."""
        need(
            len(mx_list(data, "kept")) == len(equations),
            f"{name[:40]}: steps for each equation that has to stay",
        )
        for (left, right, first, less, indexed), steps in zip(equations, data, strict=True):
            place = (first, less) if indexed else ()
            self.vanishes(
                ("D", mx_add(left, right, -1)),
                place,
                mx_list(steps, "steps"),
                known,
                f"d/dt of {name[:40]}",
                (),
                still,
            )

    def lasts(self, kept: dict, forms: Any) -> bool:
        """Is it shown for every state at which derivatives vanish that what holds always, and every
        Hermitian form, lasts?

        If not, each state has to show it by itself.
        """
        f = self.frame
        names, stiff = dict.fromkeys(n for n, _ in f.residual), f.stiff()
        need(
            isinstance(forms, dict) and {*forms} <= {n for n, *_ in stiff},
            "a proof of a form that no moving letter has",
        )
        if not {*names} <= {*kept} or len(forms) < len(stiff):
            return False
        ideal = {n: f.relations[n] for n in f.always}
        for name in names:
            self.derived(name, [e for n, e in f.residual if n == name], kept[name], ideal, True)
        for (
            name,
            rate,
            run,
        ) in stiff:  # what a letter names is Hermitian by itself: its form must not prove itself
            steps, what = mx_list(forms[name], "steps"), f"the form of {name}"
            self.vanishes(
                mx_add(rate, mx_star(rate), -1),
                run,
                steps,
                {} if name in f.named else ideal,
                what,
                (),
                name not in f.named,
            )
        return True

    def conclusion(self, sentence: MxSentence, data: Any) -> list[tuple]:
        """The obligations, verified."""
        fields(data, "proof", "squares factor lemmas steps")
        squares = [self.square(x) for x in mx_list(data["squares"], "squares")]
        demands = sentence.demands(squares, rational(data["factor"]))
        given = {name: es for d in demands for name, es in d[4].items()}
        lemmas = self.lemmas(mx_list(data["lemmas"], "lemmas"), {**self.frame.relations, **given})
        steps = fields(data["steps"], "steps", " ".join(d[0] for d in demands))
        self.not_empty(sentence)
        for name, gap, first, less, put in demands:
            known = {**self.frame.relations, **put, **(lemmas if {*put} == {*given} else {})}
            place = (first, less) if "k" in mx_free(gap) else ()
            self.vanishes(gap, place, mx_list(steps[name], "steps"), known, name)
        return demands

    def not_empty(self, sentence: MxSentence) -> None:
        """Its sides differ as they stand, and what is said to be constant is made of something that
        can move.
        """
        f, part = self.frame, sentence.parts[0]
        if sentence.kind in ("root", "fibre-minimum", "settles"):
            return
        gap = part if sentence.kind == "nonnegative" else sentence.demands([], Fraction(1))[0][1]
        form = plain(gap, mx_scalar, lambda e: mx_tied(e) <= f.constants)
        need(
            {*form} - {()} if sentence.kind == "nonnegative" else form,
            "both sides are the same as they stand",
        )
        if sentence.kind == "unchanged":
            shown = [self.terms(world, part, sentence) for world in self.worlds]
            need(
                not all(map(self.constant, (t for terms in shown for t in terms))),
                "the quantity does not move, whatever the motion",
            )

    def terms(self, world: MxFormal, e: tuple, sentence: MxSentence) -> list:
        """Of an expression, at every place of its index."""
        cases: list[Any] = [
            *world.places(sentence.first, sentence.less),
            *([(("k", 1),)] if world.depth is None else []),
        ]
        return [
            t
            for v in (cases if "k" in mx_free(e) else [None])
            for t in world.value(e, {} if v is None else {"k": v})[1]
        ]

    def square(self, x: Any) -> tuple:
        fields(x, "square", "c x over")
        c, over = rational(x["c"]), x["over"]
        need(c > 0, "a square with a factor that is not positive")
        need(
            over is None or (isinstance(over, list) and len(over) == 2),
            "a square is summed over (first, N - last)",
        )
        ends = over and [integer(y, -1, "ends", "an end of a sum") for y in over]
        return (c, self.frame.read(x["x"], None, "p" if over else ""), ends)

    def lemmas(self, data: list, known: dict) -> dict:
        """In order; each may use those before it, and in an induction itself at the neighbouring
        index.
        """
        found: dict = {}
        for x in data:
            fields(x, "lemma", "name equation by base steps")
            name = x["name"]
            need(
                isinstance(name, str) and name not in known and name not in found,
                "a lemma named like a relation",
            )
            left, right, first, less, indexed = equation = self.frame.equation(x["equation"])
            gap, there, what = mx_add(left, right, -1), {**known, **found}, f"lemma {name[:40]}"
            base, steps = mx_list(x["base"], "base"), mx_list(x["steps"], "steps")
            need(
                x["by"] in ("", "down", "up") and (indexed or not x["by"]),
                "a lemma is proved directly, or down or up along its index",
            )
            if not x["by"]:
                need(not base, "a base, and no induction")
                self.vanishes(gap, (first, less) if indexed else (), steps, there, what)
            else:
                down = x["by"] == "down"
                end = mx_plus(MX_N, mx_int(less), -1) if down else mx_int(first)
                self.vanishes(gap, (end, first, less), base, there, f"{what}, base")
                place, own = (
                    (first, less + 1) if down else (first + 1, less),
                    (name, 1 if down else -1),
                )
                self.vanishes(gap, place, steps, {**there, name: [equation]}, f"{what}, step", own)
            found[name] = [equation]
        return found


def mx_scope(frame: MxFrame) -> str:
    sizes = "every square size" if frame.square else "every size of every matrix"
    return f"for every depth N >= {frame.least}, {sizes}, real and complex"


def mx_size(name: str) -> str:
    """A size with a name of its own, or d_0, .., d_N of the layers."""
    return {"k-1": "d_(k-1)"}.get(name, f"d_{name}" if name in ("k", "0", "N") else name)


MX_MEANS = {
    "w": "(w_c)_k = c_k W_k - W_k c_(k-1), c_0 = c_N = 0",
    "H": "H_k(c) = c_k W_k W_k* - W_k c_(k-1) W_k* + W_(k+1)* W_(k+1) c_k"
    " - W_(k+1)* c_(k+1) W_(k+1), H_0(c) = H_N(c) = 0",
}


def mx_setting(frame: MxFrame, sentences: Iterable[MxSentence]) -> str:
    """The setting in words, with the ends of what is made of the layers."""
    says: list[str] = []
    if frame.layers:
        says.append(
            "X = W_N ... W_1, A_k = W_N ... W_(k+1), B_k = W_(k-1) ... W_1, G_k = W_k W_k* -"
            " W_(k+1)* W_(k+1), G_0 = G_N = 0, P = E'(X)"
        )
    several = [x for s in sentences for x in s.parts]
    several += [x for es in frame.relations.values() for e in es for x in e[:2]]
    used = {n[0] for e in several for n in mx_nodes(e)}
    says += [MX_MEANS[head] for head in ("w", "H") if head in used]
    says += [
        f"{n} {mx_size(r)} x {mx_size(c)}{f' ({run})' if run else ''}"
        f"{f', {form}' if form != 'free' else ''}{frame.role(n)}"
        for n, (r, c, run, form) in frame.letters.items()
        if n not in MX_LAYERS or not frame.layers
    ]
    if frame.sequences:
        says.append(f"real numbers {', '.join(frame.sequences)} with ends 0")
    says += [f"{name} > 0" for name in sorted(frame.positive)]
    objective = mx_words(frame.objective)
    moves = {
        "still": "at rest",
        "gradient-flow": f"W' = -gradient of {objective}",
        "gradient-step": f"W -> W - eta gradient of {objective}",
    }
    moves["action-flow"] = f"W_k' = c_k W_k - W_k c_(k-1), c = {frame.motion.get('family')}"
    moves["fibre-flow"] = (
        f"W_k' = -(b_k W_k - W_k b_(k-1)), b = {frame.motion.get('family')}, the gradient flow of"
        f" {objective} on the orbit in the fibre"
    )
    moves["prescribed"] = (
        ", ".join(f"{n}' = {mx_words(e)}{frame.run(n)}" for n, e in frame.rates.items())
        or "nothing moves"
    )
    # the name of a definition is a text of its author: it stands in quotes
    given = [f"{name!r}: {frame.equations(name)}" for name in frame.definitions]
    return "; ".join([moves[frame.kind], *says, *given, *frame.says])


def mx_says(sentence: MxSentence) -> str:
    """The conclusion in words."""
    kind, parts = sentence.kind, [mx_words(e) for e in sentence.parts]
    if kind == "fibre-minimum":
        where = (
            "every X whose rank is at most each hidden width, attained exactly where every G_k = 0"
        )
        return (
            f"min of {mx_words(MX_NORM)} over W_N ... W_1 = X is {parts[1]} Re Tr({parts[0]}),"
            f" {parts[0]} = (X* X)^(1/N), for {where}"
        )
    if kind == "settles":
        return f"from every start W converges to one point, and {parts[0]} = 0 there"
    several = sentence.parts[0][0] == "*" or (
        sentence.parts[0][0] == "num" and parts[0].isdigit()
    )  # 2(t) is 2 t
    if kind == "decay" and several:  # "(t)" belongs to all of it
        parts[0] = f"({parts[0]})"
    text = {
        "identity": "{0} = {1}",
        "unchanged": "{0} is constant",
        "decay": "{0}(t) = {0}(0) e^({1} t)",
        "nonnegative": "{0} >= 0",
    }
    text["root"] = "{0} = ({1})^(1/N), positive semidefinite"
    run = (
        f" for k = {sentence.first}..N{-sentence.less:+d}".replace("N+0", "N")
        if any("k" in mx_free(e) for e in sentence.parts)
        else ""
    )
    return text[kind].format(*parts) + run


def mx_instance(
    frame: MxFrame, sentence: MxSentence, demands: list, data: Any, shown: bool
) -> None:
    """All hypotheses hold at an exact state which moves, or at which the sentence speaks of
    something that is not zero.
    """
    state = MxNumbers(frame, fields(data, "instance", "depth sizes values scalars sequences"))
    state.follows()
    state.stays(shown)
    for _, gap, first, less, put in demands:
        held = put or all(map(state.vanishes, state.gaps(gap, first, less, "k" in mx_free(gap))))
        need(held, "the instance contradicts the conclusion")
    if frame.kind == "still":
        part = sentence.parts[0]
        values = state.gaps(part, sentence.first, sentence.less, "k" in mx_free(part))
        need(not all(map(state.vanishes, values)), "both sides are zero at the instance")
    else:
        need(state.moves(), "nothing moves at the instance")


def mx_refuted(frame: MxFrame, sentence: MxSentence, data: dict) -> str:
    witness = fields(
        data["witness"],
        "witness",
        "conclusion obligation index depth sizes values scalars sequences",
    )
    need(witness["conclusion"] in data["conclusions"], "the witness is about another conclusion")
    state = MxNumbers(frame, witness)
    state.follows()
    kind, put = sentence.kind, (sentence.first, sentence.less, dict[str, list]())
    need(kind != "settles", "a limit is not refuted at one state")
    proof = MxProof(frame)
    proof.kept(data["kept"], False)
    state.stays(proof.lasts(data["kept"], data["forms"]))
    if kind == "nonnegative":
        demands = [("sign", sentence.parts[0], *put)]
    elif kind == "root":
        demands = [("power", mx_add(("^", sentence.parts[0], MX_N), sentence.parts[1], -1), *put)]
    else:
        demands = sentence.demands([], Fraction(1))
    if kind == "fibre-minimum":
        for _, gap, *_ in demands[2:]:
            need(state.vanishes(state.value(gap, {})), "the root is not the root at the witness")
        demands = demands[1:2]
    ((name, gap, first, less, given),) = demands
    need(witness["obligation"] == name, "an obligation that there is not")
    for left, right, a, b, _ in (e for es in given.values() for e in es):
        need(
            all(map(state.vanishes, state.gaps(mx_add(left, right, -1), a, b, True))),
            "the witness is not balanced",
        )
    need(("k" in mx_free(gap)) == (witness["index"] is not None), "an index too many or too few")
    env = {}
    if witness["index"] is not None:
        v = mx_int(integer(witness["index"], -1, LIMITS["least"] + 1, "the index"))
        need(state.there(v, first, less), "an index where the conclusion says nothing")
        env = {"k": v}
    value = state.value(gap, env)
    need(
        value[1] < 0 if name == "sign" else not state.vanishes(value),
        "the witness does not refute the conclusion",
    )
    return (
        f"depth {state.n}, {name}"
        + (f" at k = {witness['index']}" if env else "")
        + (f": {value[1]}" if value[0] is None else "")
    )


def mx_verified(data: dict) -> str:
    verdict = data.get("verdict")
    need(verdict in ("PROVED", "REFUTED"), "the verdict is PROVED or REFUTED")
    own = "kept forms proof instance" if verdict == "PROVED" else "kept forms witness"
    fields(
        data,
        "certificate",
        f"format version claim verdict statement setting assuming conclusions {own}",
    )
    need(
        isinstance(data["claim"], str) and isinstance(data["statement"], str),
        "claim and statement are text",
    )
    frame = MxFrame(data)
    need(isinstance(data["conclusions"], dict) and data["conclusions"], "conclusions are empty")
    sentences = {label(name): MxSentence(frame, x) for name, x in data["conclusions"].items()}
    unknown = {x for x in frame.positive if frame.roles.get(x) != "constant"}
    need(not unknown, f"{sorted(unknown)}: what is positive is a constant that occurs")
    says = f"{mx_setting(frame, sentences.values())}: "
    if verdict == "REFUTED":
        need(len(sentences) == 1, "a refutation carries the one conclusion that it refutes")
        (sentence,) = sentences.values()
        where = mx_refuted(frame, sentence, data)
        return f"REFUTED: {says}NOT {mx_says(sentence)}: {where}"
    fields(data["proof"], "proof", " ".join(sentences))
    fields(data["instance"], "instance", " ".join(sentences))
    proof = MxProof(frame)
    proof.kept(data["kept"], True)
    shown, cited = proof.lasts(data["kept"], data["forms"]), set[str]()
    for name, sentence in sentences.items():
        demands = proof.conclusion(sentence, data["proof"][name])
        mx_instance(frame, sentence, demands, data["instance"][name], shown)
        cited |= {MX_CITED.get(f"matrix-{sentence.kind}", "")} - {""}
    given = f" given {', '.join(sorted(cited))}" if cited else ""
    return f"PROVED{given} {mx_scope(frame)}: {says}{'; '.join(map(mx_says, sentences.values()))}"


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing
    else.
    """
    return guarded(data, "flowlaw-matrices", mx_verified, mx_work)
