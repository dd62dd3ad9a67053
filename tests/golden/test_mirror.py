"""``verify mirror`` as a user meets it: one sentence that says what was decided, how far it holds,
a program that computes it, and the exit codes 0, 2 and 4.
"""

from __future__ import annotations

import importlib.util
import math
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.mirror_check import check
from tests.runner import ROOT, cli
from verify import mirror_flow
from verify.models.catalogue import MODELS

FILE = ROOT / "tests" / "laws" / "mirror_models.py"


@pytest.mark.parametrize("name", [m.name for m in MODELS])
def test_a_page_for_every_model(name: str, tmp_path: Path) -> None:
    ran = cli(tmp_path, "mirror", name)
    assert ran.code == 0 and ran.err == "" and len(ran.out.splitlines()) <= 40
    assert max(map(len, ran.out.splitlines())) <= 118
    assert ran.out.splitlines()[2].startswith(
        ("  Mirror flow", "  Not a mirror flow from this start: (J [X_1, X_2])_1 = ")
    )


def test_sentences(tmp_path: Path) -> None:
    said = cli(tmp_path, "mirror", "relu", "--sizes", "1,2,1", "--start", "5,3,4").flat
    assert (
        "Mirror flow after a change of time dtau = a_1,1 dt: PROVED, (d/dtau) grad Q(beta) ="
        " -grad L(beta) for every loss L of beta" in said
    )
    assert "while a_1,1 > 0, Z_1[1,1]^2 + Z_1[1,2]^2 > 0, rank J = d" in said
    assert "brackets do not commute: the sufficient condition is lost, and not needed" in said
    said = cli(tmp_path, "mirror", "completion", "--start", "1,0,0,1,1,0,0,2").flat
    assert "Not a mirror flow from this start: (J [X_" in said and "excluded too" in said


def test_no_model_lists_them(tmp_path: Path) -> None:
    assert "signed-power" in cli(tmp_path, "mirror").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("signed-power --start 0", "has rank 0 there; u_1, u_2, v_1, v_2 = 0 there; expected"),
        ("signed-power --start 1,2", "2 numbers; signed-power has 4 parameters, in this order"),
        ("signed-power --start nan", "not a finite rational number"),
        ("signed-power --start ,", "expected numbers such as 1,2,1/2"),
        ("signed-power --sizes 2", "expected 2 numbers"),
        ("signed-power --depth 0", "--depth '0'"),
        ("nowhere", "unknown model"),
    ],
)
def test_bad_input(words: str, said: str, tmp_path: Path) -> None:
    ran = cli(tmp_path, "mirror", *words.split())
    assert ran.code == 2 and said in " ".join(ran.err.split()) and not ran.out


def test_too_many_parameters_are_undecided(tmp_path: Path) -> None:
    ran = cli(tmp_path, "mirror", "layers", "--sizes", "6,6,6")
    assert ran.code == 4 and "72 parameters; up to 40 are decided" in ran.err


def test_a_file_of_numbers(tmp_path: Path) -> None:
    (tmp_path / "start.txt").write_text("1 2\n3, 1/2\n")
    ran = cli(tmp_path, "mirror", "signed-power", "--start", "start.txt")
    assert "u_1 = 1, u_2 = 2, v_1 = 3, v_2 = 1/2" in ran.out


def test_data(tmp_path: Path) -> None:
    data = cli(tmp_path, "mirror", "signed-power", "--format", "json").json
    check(data)
    assert data["schema"] == "flowlaw-mirror/1" and data["verdict"] == "mirror"
    assert data == mirror_flow("signed-power").data


def test_latex(tmp_path: Path) -> None:
    text = cli(tmp_path, "mirror", "signed-power", "--sizes", "3,1", "--format", "latex").out
    assert text.startswith("\\begin{align*}") and text.count("{") == text.count("}")
    assert "\\frac{\\partial Q}{\\partial {\\beta_{1}}} &= -\\tfrac{1}{3}" in text


def program(folder: Path, *words: str) -> ModuleType:
    ran = cli(folder, "mirror", *words, "--format", "python")
    assert ran.code == 0, ran.err
    (folder / "potential.py").write_text(ran.out)
    spec = importlib.util.spec_from_file_location("potential", folder / "potential.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_a_program_with_the_hyperbolic_entropy(tmp_path: Path) -> None:
    """u = v = a: grad Q = (1/4) arcsinh(beta/(2 a^2)), Q = Q_alpha/4 (arXiv:2002.09277)."""
    made = program(tmp_path, "signed-power", "--sizes", "2,1", "--start", "1/2")
    q = lambda z: 2 - math.sqrt(4 + z * z) + z * math.asinh(z / 2)
    for b in (-2.0, 0.3, 1.5):
        assert math.isclose(made.gradient([b])[0], math.asinh(b / 0.5) / 4, abs_tol=1e-7)
        assert math.isclose(made.potential([b]), 0.25 * q(b / 0.25) / 4, abs_tol=1e-7)


def test_a_program_after_a_change_of_time(tmp_path: Path) -> None:
    """a^2 = |w|^2: Q = (2/3) |beta|^(3/2), less its tangent at the start."""
    made = program(tmp_path, "relu", "--sizes", "1,2,1", "--start", "5,3,4")
    q = lambda b: 2 / 3 * math.hypot(*b) ** 1.5
    for b in ([15.0, 21.0], [10.0, 10.0]):
        tangent = 3 * (b[0] - 15) + 4 * (b[1] - 20)
        assert math.isclose(made.potential(b), q(b) - q([15, 20]) - tangent, abs_tol=1e-6)


def test_no_program_without_a_potential(tmp_path: Path) -> None:
    ran = cli(tmp_path, "mirror", "layers", "--format", "python")
    assert ran.code == 4 and "no potential to write: excluded" in ran.err


def test_the_screen_of_the_readme(tmp_path: Path) -> None:
    command = "mirror warped --start 5,3,4"
    shown = (ROOT / "README.md").read_text().split(f"$ verify {command}\n")[1]
    lines = [x.removeprefix("    ") for x in shown.split("Where it is none")[0].splitlines()]
    ran = cli(tmp_path, *command.split())
    assert "\n".join(lines).strip() == ran.out.strip()


@pytest.mark.parametrize(
    ("words", "beta"),
    [
        ("signed-power --sizes 2,2", [1.0, -3.0]),
        ("diagonal --sizes 2,1", [5.0]),
        ("relu --sizes 1,2,1", [1.0, 2.0]),
        ("relu --sizes 1,2,1 --start=-1,2,2", [-1.0, -3.0]),
        ("FILE:mixed_cubes", [20.0, -6.0]),
        ("FILE:diagonal_of_gram", [6.0, 30.0, 100.0]),
        ("FILE:difference_of_exponentials", [1.0, -0.5]),
        ("FILE:exponential", [2.0, 0.5]),
    ],
)
def test_formulas_agree_with_the_leaf(words: str, beta: list[float], tmp_path: Path) -> None:
    """The program follows the leaf and knows no formula; what is said in beta has to agree with it
    up to a linear function.
    """
    made = program(tmp_path, *words.replace("FILE", str(FILE)).split())
    (g, q), (g0, q0) = made.formula(beta), made.formula(made.outputs(made.START))
    _, h, value = made.follow(beta)
    assert np.allclose(g - g0, h, atol=1e-6)
    at = np.array(beta) - made.outputs(made.START)
    assert np.isclose(q - q0 - g0 @ at, value, atol=1e-6)


def test_named_potentials(tmp_path: Path) -> None:
    said = cli(tmp_path, "mirror", "signed-power", "--start", "1/2").flat
    assert "Named Q_alpha(beta_1)/4 with alpha^2 = 1/4" in said
    said = cli(tmp_path, "mirror", "relu", "--sizes", "1,2,1", "--start", "5,3,4").flat
    assert "Named (2/3) |beta|^(3/2)" in said
    assert "Named" not in cli(tmp_path, "mirror", "relu", "--sizes", "1,2,1").out


@pytest.mark.parametrize("degree", [3, 4, 5, 7])
def test_the_potential_of_depth_d(degree: int, tmp_path: Path) -> None:
    """q_D as it is named on the screen, against the program that follows the leaf; from another
    start of each pair, so that kappa differs.
    """
    words = ["signed-power", "--sizes", f"{degree},1", "--start", "1/2,2/3"]
    data = cli(tmp_path, "mirror", *words, "--format", "json").json
    named = data["blocks"][0]["named"]
    p = float(Fraction(named["p"]))
    power = "alpha" if degree == 3 else f"alpha^{degree - 2}"
    scale = float(Fraction(named[power]))
    kappa = scale ** (degree / (degree - 2))

    def q(z: float) -> tuple[float, float]:
        x = (1 - z) ** (-p) - (1 + z) ** (-p)
        less = (1 - z) ** (1 - p) + (1 + z) ** (1 - p) - 2
        return kappa * x, kappa * (x * z - less / (p - 1)) / (degree * (degree - 2) * scale)

    made = program(tmp_path, *words)
    points = [q(z) for z in (-0.5, 0.2, 0.6)]
    values = [made.potential([b]) - value for b, value in points]
    line = np.polyfit([b for b, _ in points[:2]], values[:2], 1)
    assert np.isclose(np.polyval(line, points[2][0]), values[2], atol=1e-6)


def test_untied_pairs_by_name(tmp_path: Path) -> None:
    """The scale is u^2 + v^2 from equal pairs (u, v), and not u v; pairs turned round keep it."""
    for start, scale in (("1,2,1,2", 5.0), ("1,2,2,1", 5.0), ("3,1,2,3/2", None)):
        words = ["signed-product", "--sizes", "2,1", "--start", start]
        named = cli(tmp_path, "mirror", *words, "--format", "json").json["blocks"][0]["named"]
        if scale is None:
            assert named is None
            continue
        assert float(named["s"]) == scale
        made = program(tmp_path, *words)
        begin, end = (math.asinh(b / scale) / 2 for b in (made.outputs(made.START)[0], 4.0))
        assert math.isclose(made.gradient([4.0])[0], end - begin, abs_tol=1e-7)


def test_a_degree_that_stays_a_letter(tmp_path: Path) -> None:
    """One answer for every D > 2; at D = 7/2, a number that no search has seen, its mirror map has
    the derivative 1 along the flow, and its law stands still.
    """
    data = cli(tmp_path, "mirror", "signed-power", "--sizes", "D,1", "--format", "json").json
    assert data["verdict"] == "mirror" and data["sizes"].startswith("D > 2 a letter")
    d, theta = 3.5, np.array([1.3, 0.8])
    names = [*data["parameters"], *(x["name"] for x in data["adjoined"])]

    def at(terms: list, x: np.ndarray) -> float:
        values = [*x, *(d if n == "D" else x[data["parameters"].index(n[:-2])] ** d
                        for n in names[len(x):])]  # fmt: skip
        of = lambda f: sum(
            float(Fraction(c)) * math.prod(v**e for v, e in zip(values, es, strict=True))
            for c, es in f
        )
        return sum(
            float(Fraction(t["coefficient"]))
            * (of(t["factor"]["top"]) / of(t["factor"]["bottom"]) if "factor" in t else 1.0)
            * math.prod(values[i] ** e for i, e in zip(t["letters"], t["numbers"], strict=True))
            for t in terms
        )

    slope = d * theta ** (d - 1) * np.array([1, -1])
    along = lambda f: (at(f, theta + 1e-6 * slope) - at(f, theta - 1e-6 * slope)) / 2e-6
    (block,) = data["blocks"]
    assert abs(along(block["mirror_map"][0]) - 1) < 1e-6
    assert abs(along(block["dual"]) - (theta[0] ** d - theta[1] ** d)) < 1e-6
    assert block["laws"] and all(abs(along(f)) < 1e-6 for f in block["laws"])


def test_letters_that_may_not_stay(tmp_path: Path) -> None:
    for words, said in (
        ("diagonal --sizes L,2", "only an exponent may stay a letter"),
        ("signed-power --sizes 2,n", "only an exponent may stay a letter"),
        ("signed-power --sizes D,1 --start 2", "every parameter begins at 1"),
        ("signed-power --sizes E,1", "is no whole number"),
    ):
        ran = cli(tmp_path, "mirror", *words.split())
        assert ran.code == 2 and said in ran.err
    ran = cli(tmp_path, "mirror", "signed-power", "--sizes", "D,1", "--format", "python")
    assert ran.code == 4 and "a program needs numbers" in ran.err
    said = cli(tmp_path, "mirror", "warped", "--sizes", "D,3").flat
    assert "after a change of time dtau = a^D dt: PROVED" in said and "D > 2 a letter" in said


@pytest.mark.parametrize("z", [0.1, 0.7, -0.4])
def test_the_limit_of_infinite_depth(z: float) -> None:
    """What the screen calls the limit of q_D, with its derivative z."""
    q = lambda x: math.sqrt(1 + x * x) - 1 - math.log((1 + math.sqrt(1 + x * x)) / 2)
    x = 2 * z / (1 - z * z)
    p = 1 + 1e-7
    less = (1 - z) ** (1 - p) + (1 + z) ** (1 - p) - 2
    near = (1 - z) ** (-p) - (1 + z) ** (-p)
    assert abs(near * z - less / (p - 1) - q(x)) < 1e-6
    assert abs((q(x + 1e-5) - q(x - 1e-5)) / 2e-5 - z) < 1e-8
