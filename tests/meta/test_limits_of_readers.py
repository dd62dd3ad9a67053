"""No reader has a limit of its own: whatever a certificate is measured with stands in LIMITS.

The kind (E1): a number in a reader that refuses what the prover took, and that nobody else can
read. Found by a census of the readers' syntax: every number above 2, under whatever name and
however it is used, stands in the table, or is a shape (three parts of a factor), a place in a
tuple, or steps of work.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from pathlib import Path

import pytest

from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.equation import Equation
from verify.claims.conclusions.of_matrices import Unchanged
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import k, p
from verify.terms.expr import dot, num, total, u, w
from verify.terms.matrices import G, W, norm2
from verify.terms.matrices import total as over_layers

VERIFY = Path(__file__).parents[2] / "verify"
FILES = ("check", "check_actions", "check_chebyshev", "check_distances", "check_enclosure")
FILES += ("check_matrices",)
#: calls whose numbers are no limits: steps of work, how a number is written, a multiple of a limit
CALLS = {"spend", "ac_spend", "mx_spend", "str", "int", "line"}


def is_number(x: ast.AST) -> bool:
    return isinstance(x, ast.Constant) and type(x.value) in (int, float) and abs(x.value) > 2


def counts(x: ast.AST) -> bool:
    """A pattern that says how often, or a number."""
    if isinstance(x, ast.Constant) and isinstance(x.value, str):
        return any(int(n) > 2 for n in re.findall(r"\{[0-9]*,([0-9]+)\}", x.value))
    return is_number(x)


def excused(x: ast.AST, above: list[ast.AST]) -> bool:
    """A place in a tuple, how many parts there are, steps of work, a multiple of a limit."""
    for y in above:
        if isinstance(y, ast.Subscript) or getattr(y, "name", "") == "effort":
            return True
        if isinstance(y, ast.Compare) and all(isinstance(o, (ast.Eq, ast.In)) for o in y.ops):
            if ast.unparse(y.left).startswith("len("):
                return True
        if isinstance(y, ast.Call) and ast.unparse(y.func).rpartition(".")[2] in CALLS:
            return True
        if isinstance(y, ast.BinOp) and "LIMITS[" in ast.unparse(y):
            return True
        if isinstance(y, ast.Assign) and ast.unparse(y.targets[0]) == "LIMITS":
            return True
    return False


def limits_of(path: Path) -> list[str]:
    """Every number above 2 that stands in a file, under whatever name, outside the table."""
    found = []

    def visit(x: ast.AST, above: list[ast.AST]) -> None:
        if counts(x) and not excused(x, above):
            place = next((y for y in above if isinstance(y, ast.stmt)), x)
            found.append(f"{path.name}:{x.lineno}: {ast.unparse(place)[:90]}")  # type: ignore[attr-defined]
        for child in ast.iter_child_nodes(x):
            visit(child, [x, *above])

    visit(ast.parse(path.read_text()), [])
    return found


@pytest.mark.parametrize("name", FILES)
def test_no_reader_has_a_limit_of_its_own(name: str) -> None:
    assert limits_of(VERIFY / f"{name}.py") == []


HIDDEN = """
a <= 64 | x < 10**7 | need(-64 <= y) | integer(z, 0, 9, 'z') | e in range(-8, 9) | len(s) <= 600
re.fullmatch(r'[0-9]{1,6}', s) | islice(x, 64) | SPLITS = 8 | SPLITS, PIECES = (8, 64) | room = [60]
LARGE = 1 << 12 | SHOWN: int = 600 | A = {'x': 12} | lambda x, n=9: x[:n] | len(x) < 3
ctx.prec = 96 | x > 1e300 | lru_cache(99) | PATTERN = rf'[a-z]{{1,9}}' | class C: most = 7
MX = TABLE['a'] + 4 | def f(x, splits=8): return x | def f(x, *, splits: int = 8): return x
while n < 12: n = n * 2 | if not (x and y > 12): raise E | need(n <= (most or 40), 'x')
"""


@pytest.mark.parametrize("line", [x.strip() for x in re.split(r"[|\n]", HIDDEN) if x.strip()])
def test_the_scan_finds_limits_under_every_name(line: str, tmp_path: Path) -> None:
    """SPLITS, LARGE and their like were not found: names to which a number is given."""
    (tmp_path / "one.py").write_text(line)
    assert limits_of(tmp_path / "one.py"), line


def test_the_scan_lets_pass_what_is_no_limit(tmp_path: Path) -> None:
    lines = ["a <= LIMITS['power'] and len(args) == 3 and b > 0", "spend(8 * len(x))", "x[3:7]"]
    for line in [*lines, "4 * LIMITS['bits'] > n", "a.str(6, radius=False)", "len(t) in (3, 4)"]:
        (tmp_path / "one.py").write_text(line)
        assert limits_of(tmp_path / "one.py") == [], line


#: refusals of the prover that compare with a number of its own, and why no reader has it
ITS_OWN = {
    "0 <= page < 10 ** 6": "a page of a paper, which no reader reads",
    "len(content) > MOST": "bytes of a list of statements, which no reader reads",
    "1 <= self.digits <= 14": "digits of doubles",
    "self.starts < _FEWEST": "fewer starts show nothing",
    "1 <= len(x) <= 4": "memory of a trajectory; numbers of a command line",
    "depth * width > MOST_NUMERIC": "memory of a trajectory; numbers of a command line",
    "len(power[1].lstrip('+-0')) > 4": "before a number is converted, looser than the limit",
    "len(text) > 6 * most": "before a number is converted, looser than the limit",
    "abs(a / b - 2) > Fraction(1, 10 ** 9)": "equal steps",
    "largest > ENTRIES": "a first stage of discover that is left out, as the screen says",
    "len(names) > MOST": "what is written out, without a certificate",
    "len(p) * len(q) > MOST_TERMS * 10": "a product on the way",
    "len(found) < LARGE": "so many terms are beyond the reader's work",
    "len(unknown) > _MOST": "what is searched",
    "self.work > PRODUCTS": "what is searched",
    "max(degrees, default=0) > POWERS": "what is searched",
    "bits(inside) * abs(exponent.numerator) > RADICAND": "what is searched",
    "sum((bits(x) * k for x, k in known if x is not None)) > TERM": "what is searched",
    "len(steps) > _MOST_STEPS": "what is searched",
    "len(x) > _MOST_TERMS": "what is searched",
    "1 <= d <= LARGEST": "sizes of a model, whose coordinates are limited",
    "s.least <= x <= LARGEST": "sizes of a model, without a certificate",
    "status.st_size > MAX_BYTES": "a file of data",
    "number * (len(header) - 1) > MAX_CELLS": "a file of data",
    "len(names) > MAX_COLUMNS + 1": "a file of data",
    "len(text) > MAX_NAME": "a file of data",
    "len(column) > MAX_NAME": "a file of data",
    "len(a) * len(b) > MAX_TERMS": "what is searched",
    "len(result) * len(group) > MOST_TERMS": "a product on the way",
}


def refusals(path: Path) -> list[str]:
    """Where something is raised because a number is too large for a number of the file itself."""
    tree = ast.parse(path.read_text())
    own = {
        n.id
        for x in tree.body
        if isinstance(x, (ast.Assign, ast.AnnAssign)) and x.value is not None
        if any(map(is_number, ast.walk(x.value)))
        for y in (x.targets if isinstance(x, ast.Assign) else [x.target])
        for n in ast.walk(y)
        if isinstance(n, ast.Name)
    }
    order = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
    return [
        f"{path}:{x.lineno}: {ast.unparse(c)}"
        for x in ast.walk(tree)
        if isinstance(x, ast.If)
        if any(isinstance(y, ast.Raise) for b in x.body for y in ast.walk(b))
        for c in ast.walk(x.test)
        if isinstance(c, ast.Compare) and isinstance(c.ops[-1], order)
        if "LIMITS[" not in ast.unparse(c)
        if any(is_number(z) or getattr(z, "id", "") in own for z in ast.walk(c))
    ]


PROVER = [
    p for d in ("claims", "terms", "exact", "theories", "models", "algebra", "judge", "library")
    for p in sorted((VERIFY / d).rglob("*.py"))
]  # fmt: skip


def test_the_prover_refuses_by_the_table_or_says_why_not() -> None:
    """1500 bits in a place of a tower and degrees to 12 were numbers that no reader had."""
    found = [r for p in PROVER if p.name != "claims_file.py" for r in refusals(p)]
    assert [r for r in found if r.split(": ", 1)[1] not in ITS_OWN] == []


def claim(setting, conclusion) -> Claim:
    return Claim("mine", "t", setting, (), {"c": conclusion}, Source.own("draft"))


def squares(n: int) -> Claim:
    """A product of n sums of one kind is conserved with none of them."""
    many = num(1)
    for name in "abcfhjrs"[:n]:
        many = many * total(name, u["l", name] ** 2)
    return claim(Flow(), Equation(many * w["i"] * num(2), many * (w["i"] + w["i"])))


def nested(n: int) -> Claim:
    """A derivative of order n that is not zero."""
    e = w["i"] ** 2
    for _ in range(n):
        e = dot(e)
    return claim(Flow(), Equation(e, num(0)))


def powered(n: int) -> Claim:
    objective = over_layers(norm2(W[p])) ** n if n > 1 else over_layers(norm2(W[p]))
    return claim(Matrices(GradientFlow(objective)), Unchanged(G(k)))


BORDERS = {
    "sums": (squares, LIMITS["sums"]),
    "derivatives": (nested, LIMITS["derivatives"]),
    "variation": (powered, LIMITS["variation"]),
}


@pytest.mark.parametrize("what", BORDERS)
@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_at_the_border_nothing_is_proved_and_then_refused(what: str, beyond: int) -> None:
    make, most = BORDERS[what]
    try:
        outcome = judge(make(most + beyond), Request(numeric=False)).outcomes["c"]
    except BadInput as refusal:
        assert beyond == 1 and str(most) in str(refusal)
        return
    assert "does not accept" not in outcome.reason, outcome.reason


def test_exponents_of_a_formula_are_those_of_the_table() -> None:
    from verify.exact.limits import is_power

    most = LIMITS["power"]
    assert is_power(Fraction(most)) and is_power(Fraction(-most))
    assert not is_power(Fraction(most + 1)) and not is_power(Fraction(1, 2))


def test_a_conserved_norm_is_still_proved() -> None:
    assert judge(claim(Flow(), Conserved(u["l", "i"] ** 2 - u["m", "i"] ** 2)), Request()).exit == 0
