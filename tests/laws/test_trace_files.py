"""A model in a user's file: found by name, run as a program, its errors told at its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.exact.errors import BadInput
from verify.library.functions import function_in
from verify.trace.trace import traced

TEXT = """\
from __future__ import annotations
import numpy as np
from verify.trace.functions import relu

def model(x: (2,), *, W1: (3, 2), W2: (2, 3)):
    return W2 @ relu(W1 @ x)

def other(x: (2,), *, W: (2, 2)):
    z = W @ x
    return z if z[0] > 0 else -z

def raises(x: (2,), *, W: (2, 2)):
    return {}["missing"]

number = 3
broken = 1 / 0
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(TEXT)
    return tmp_path / "mine.py"


@pytest.mark.parametrize("colons", [":", "::"])
def test_a_function_of_a_file(file: Path, colons: str) -> None:
    found = function_in(f"{file}{colons}model")
    assert found.used(traced).params == {"W1": (3, 2), "W2": (2, 3)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("other", "mine.py:other:10: other: a branch"), ("raises", "mine.py:raises:13: KeyError"),
        ("number", "number is of type int"), ("modle", "did you mean model"),
        ("broken", "mine.py:16: ZeroDivisionError"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_at_its_line(file: Path, name: str, said: str) -> None:
    with pytest.raises(BadInput) as error:
        function_in(f"{file}:{name}").used(traced)
    assert said in str(error.value)


def test_the_only_function_needs_no_name(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(TEXT.split("def other")[0])
    assert function_in(str(tmp_path / "one.py")).name == "model"
    with pytest.raises(BadInput, match="no such file"):
        function_in(str(tmp_path / "none.py:model"))
