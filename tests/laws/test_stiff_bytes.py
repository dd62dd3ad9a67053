"""What is written of a stiff flow is the same to the last byte wherever it is made: no library of
linear algebra and no vector unit of a processor has a word in it.

What belongs to the kind: the kernels that a linear algebra chooses by the processor, how many
threads it has, functions of NumPy that have one code for each vector unit; flows of two states and
of many, with equal eigenvalues (any basis of their space is as good), with roots, exponentials and
logarithms.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy
import pytest

from tests.flows_that_are_stiff import approach, completion, drawn, two_features
from tests.runner import environment
from verify.integrate.stiff.rotations import spectrum
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import System
from verify.theories.enclosures.certificate import body_of

ROOT = Path(__file__).resolve().parents[2]
#: as its name would have it on other processors
OTHERS = {
    "old vector units": {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1"},
    "other kernels": {"OPENBLAS_CORETYPE": "Sandybridge", "OPENBLAS_NUM_THREADS": "2"},
    "plain functions": {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"},
}


def alike() -> System:
    """Five states, three directions of which settle at one rate."""
    loss = lambda x, m: x[0] ** 4 / 4 + sum((y - x[0]) ** 2 for y in x[1:]) * 5000
    return System("alike", tuple("uvwxy"), (F(1), F(0), F(1), F(2), F(1, 3)), loss=loss)


def digest() -> str:
    """Of certificates, and of the numbers that they round: seldom does a last place reach them."""
    flows = [
        (approach(), F(100)), (two_features(F(1, 10)), F(50)), (completion(F(1, 10)), F(20)),
        (alike(), F(2)), (drawn(2)[0], F(1, 10)), (drawn(3)[0], F(1, 10)),
    ]  # fmt: skip
    found = hashlib.sha256()
    for system, end in flows:
        run = StiffValidated().run(system, end, 8, samples=1)
        numbers = [(link.chebyshev, link.mu, link.within) for link in run.links]
        found.update(repr((body_of("f", [("s", system, run, [])]), numbers)).encode())
    return found.hexdigest()


@cache
def here() -> str:
    return digest()


@pytest.mark.parametrize("name", OTHERS)
def test_certificates_are_the_same_to_the_last_byte(name: str, tmp_path: Path) -> None:
    env = environment(tmp_path, OTHERS[name])
    code = "from tests.laws.test_stiff_bytes import digest; print(digest())"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=env, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == here()


def drawn_matrix(draw: Random, n: int, decades: int) -> Any:
    """Symmetric, with eigenvalues of so many decades, some of them equal."""
    q, _ = numpy.linalg.qr(numpy.array([[draw.gauss(0, 1) for _ in range(n)] for _ in range(n)]))
    rates = [-(10.0 ** (decades * draw.randint(0, 3) / 3)) for _ in range(n)]
    return (q * rates) @ q.T


@pytest.mark.parametrize("decades", (0, 4, 9))
@pytest.mark.parametrize("n", (1, 2, 3, 5, 8, 18))
def test_rotations_find_eigenvalues_and_a_basis(n: int, decades: int) -> None:
    draw = Random(f"rotations {n} {decades}")
    stack = numpy.array([drawn_matrix(draw, n, decades) for _ in range(4)])
    stack = (stack + stack.transpose(0, 2, 1)) / 2
    values, vectors = spectrum(stack)
    for a, found, v in zip(stack, values, vectors, strict=True):
        size = abs(a).max()
        assert (numpy.diff(found) >= 0).all()
        assert abs(found - numpy.linalg.eigvalsh(a)).max() <= 1e-13 * n * size
        assert abs(v.T @ v - numpy.eye(n)).max() <= 1e-13 * n
        assert abs(a @ v - v * found).max() <= 1e-13 * n * size


@pytest.mark.parametrize("size", (1e-300, 1.0, 1e300))
def test_rotations_at_the_ends_of_doubles(size: float) -> None:
    values, vectors = spectrum(numpy.array([[[0.0, size], [size, 0.0]]]))
    assert abs(values[0] - [-size, size]).max() <= 1e-15 * size
    assert abs(abs(vectors[0]) - 0.5**0.5).max() < 1e-15
