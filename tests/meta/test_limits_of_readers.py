"""No reader has a limit of its own: whatever a certificate is measured with stands in LIMITS.

The kind (E1): a number in a reader that refuses what the prover took, and that nobody else can
read. Found by a scan of the readers' syntax: comparisons with whole numbers and bounds of integers,
lists, ranges and lengths of texts. What is left are shapes, such as the three parts of a factor.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
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
from verify.terms.affine import k
from verify.terms.expr import dot, num, total, u, w
from verify.terms.matrices import G, W, norm2
from verify.terms.matrices import total as over_layers

READERS = Path(__file__).parents[2] / "verify"
FILES = ("check", "check_actions", "check_enclosure", "check_formulas", "check_matrices")
BOUNDED = {"integer", "listed", "ac_list", "islice", "range", "line"}
SHAPES = re.compile(r"len\((args|x|e|right|data|pair|place)\) (==|<|in) ?\(?[34]")
TABLES = {"LIMITS", "MX_EDGE", "MX_LARGE"}


def literals(node: ast.AST) -> Iterator[int]:
    for x in ast.walk(node):
        if isinstance(x, ast.Constant) and type(x.value) is int and x.value > 2:
            yield x.value
        if isinstance(x, ast.Constant) and isinstance(x.value, str):
            yield from (int(n) for n in re.findall(r"\{[0-9]*,([0-9]+)\}", x.value))


def limits_of(path: Path) -> list[str]:
    found = []
    for x in ast.walk(ast.parse(path.read_text())):
        parts: list[ast.AST] = []
        if isinstance(x, ast.Compare):
            parts = [p for p in (x.left, *x.comparators) if not isinstance(p, ast.Call)]
            parts = [p for p in parts if isinstance(p, (ast.Constant, ast.UnaryOp, ast.BinOp))]
        elif isinstance(x, ast.Call) and getattr(x.func, "id", "") in BOUNDED:
            parts = list(x.args)
        elif isinstance(x, ast.Call) and getattr(x.func, "attr", "") == "fullmatch":
            parts = [x.args[0]]
        parts = [p for p in parts if "LIMITS" not in ast.unparse(p)]
        text = ast.unparse(x)
        if any(True for p in parts for _ in literals(p)) and not SHAPES.search(text):
            found.append(f"{path.name}:{x.lineno}: {text[:90]}")
    return found


@pytest.mark.parametrize("name", FILES)
def test_no_reader_has_a_limit_of_its_own(name: str) -> None:
    assert limits_of(READERS / f"{name}.py") == []


def test_the_scan_finds_limits(tmp_path: Path) -> None:
    lines = ["a <= 64", "x < 10**7", "need(-64 <= y)", "integer(z, 0, 9, 'z')", "e in range(-8, 9)"]
    lines += ["re.fullmatch(r'[0-9]{1,6}', s)", "islice(x, 64)", "len(s) <= 600"]
    for line in lines:
        (tmp_path / "one.py").write_text(line)
        assert limits_of(tmp_path / "one.py"), line
    (tmp_path / "one.py").write_text("a <= LIMITS['power'] and len(args) == 3 and b > 0")
    assert limits_of(tmp_path / "one.py") == []


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
    objective = over_layers(norm2(W[k])) ** n if n > 1 else over_layers(norm2(W[k]))
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
