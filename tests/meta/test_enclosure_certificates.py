"""Certificates of enclosures: true ones are accepted, false ones and forged ones are refused; the
reader stands alone.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest

from tests.meta.enclosures import (
    COMPLETION,
    LOGISTIC,
    TRUE,
    Json,
    by_hand,
    fact,
    first,
    restated,
    written,
)
from verify import check_enclosure as reader
from verify.check_enclosure import NotACertificate, Refused, check, load
from verify.claims.certified import text_of
from verify.exact.errors import BadInput
from verify.integrate.system import Clock, System, retimed
from verify.integrate.validated import Validated
from verify.theories.enclosures.certificate import body_of
from verify.theories.enclosures.facts import Fact

CHECK = Path(reader.__file__)


@pytest.mark.parametrize("name", sorted(TRUE))
def test_true_certificates_are_accepted(name: str) -> None:
    body = written(name)
    text = text_of(body)
    said = check(load(text.encode()))
    assert said.startswith(f"ENCLOSED ('{name}')") and said.count(" for all ") == len(TRUE[name][2])
    assert text == text_of(written(name)) and len(text) < 200_000


def test_what_is_said() -> None:
    """The reader's own words: formulas, not labels."""
    said = check(written("logistic"))
    assert "from x = 1/4 at t = 0 the solution of d/dt x = x*(1 + (-1)*x) (2 nodes" in said
    assert (
        "x < 1 for all 0 <= t <= 5 (called 'x'" in said and "x > 7/20 for all 1 <= t <= 5" in said
    )
    said = check(written("loss, log clock"))
    assert (
        "dx/ds = -exp(s) grad J, J = (log((1 + exp((-1)*a*b))) + log((1 + exp((-1/2)*a*b))))"
        in said
        and "s = log(1 + t)" in said
    )


def logistic_at(t: int) -> Fraction:
    """1/(1 + 3 e^-t), to 45 digits."""
    with mpmath.workdps(60):
        return Fraction(int(mpmath.nint(mpmath.mpf(10) ** 45 / (1 + 3 * mpmath.exp(-t)))), 10**45)


@pytest.mark.parametrize("off", [24, 22, 20, 12])
@pytest.mark.parametrize("t", [1, 2, 4])
def test_bounds_are_sharp_against_the_closed_form(t: int, off: int) -> None:
    """x grows, so x > x(t) - d holds from t on and x > x(t) + d does not, however small d is."""
    enclosure = Validated().run(LOGISTIC, Fraction(5), 24, samples=2)
    for sign in (-1, 1):
        facts = [Fact("x", first, ">", logistic_at(t) + Fraction(sign, 10**off), Fraction(t))]
        body = body_of("sharp", [("", LOGISTIC, enclosure, facts)])
        if sign < 0:
            assert f"for all {t} <= t <= 5" in check(body)
        else:
            with pytest.raises(Refused, match="not shown near clock"):
                check(body)


def link(body: Json, k: int) -> Json:
    return body["parts"][0]["links"][k]


def alter_coefficient(body: Json) -> None:
    """The constant term, by one part in 10^10."""
    row = link(body, 1)["x"][0].split(" ")
    row[0] = f"{int(row[0], 16) * (10**10 + 1) // 10**10:x}"
    link(body, 1)["x"][0] = " ".join(row)


def lower_mu(body: Json) -> None:
    mu = [Fraction(m) for m in link(body, 2)["mu"].split(" ")]
    link(body, 2)["mu"] = " ".join(str(m - 1) for m in mu)


def shorten(body: Json) -> None:
    body["parts"][0]["links"].pop()
    body["parts"][0]["horizon"] = link(body, -1)["end"]


def set_part(**values: Json) -> Callable[[Json], None]:
    return lambda body: body["parts"][0].update(values)


def set_fact(**values: Json) -> Callable[[Json], None]:
    return lambda body: body["parts"][0]["facts"][0].update(values)


def set_flow(**values: Json) -> Callable[[Json], None]:
    return lambda body: body["parts"][0]["flow"].update(values)


def set_link(k: int, **values: Json) -> Callable[[Json], None]:
    return lambda body: link(body, k).update(values)


BELOW, ABOVE = str(logistic_at(1) - Fraction(1, 10**14)), str(logistic_at(1) + Fraction(1, 10**20))
# the derived distance is large: which is noticed first does not matter
LOST = "logarithmic norm|not shown"
#: forgeries of x > x(1) - 10^-14 from 1 on for the logistic flow to 5, and why they are refused
FORGED: dict[str, tuple[Callable[[Json], object], str]] = {
    "coefficient": (alter_coefficient, "not shown"),
    "mu": (lower_mu, "logarithmic norm"),
    "start": (set_part(start=[str(Fraction(1, 4) - Fraction(1, 10**12))]), "not shown"),
    "names": (set_part(names=["x", "y"]), "start: not a list of 2 entries"),
    "first link": (lambda b: b["parts"][0]["links"].pop(0), LOST),
    "middle link": (lambda b: b["parts"][0]["links"].pop(4), LOST),
    "last link": (lambda b: b["parts"][0]["links"].pop(), "not at the horizon"),
    "no link": (set_part(links=[]), "links: not a list"),
    "horizon": (set_part(horizon="6"), "not at the horizon"),
    "bound beyond the truth": (set_fact(bound=ABOVE), "not shown"),
    "relation": (set_fact(relation="<"), "not shown"),
    "relation unknown": (set_fact(relation=">="), "a fact is < or >"),
    "earlier": (set_fact(after="1/2"), "not shown"),
    "later than the horizon": (set_fact(after="51/10"), "a fact is < or >"),
    "quantity": (set_fact(nodes=["mul 0 0"], value="1 1"), "not shown"),
    "factor": (set_fact(value="999999/1000000 0"), "not shown"),
    "sign of the flow": (set_flow(outputs=["-1 2"]), LOST),
    "node": (set_flow(nodes=["sum 1; -1000001/1000000 0", "mul 0 1"]), "not shown"),
    "log clock": (set_part(clock="log"), "not the one of these parts"),  # true in the clock s
    "kind": (set_flow(kind="gradient"), LOST),
    "end": (set_link(0, end="1/2"), LOST),
    "h": (set_link(0, h="1/3"), LOST),
    "bits": (set_link(0, bits=90), LOST),
}


@pytest.mark.parametrize("name", sorted(FORGED))
def test_forgeries_are_refused(name: str) -> None:
    """With the statement adapted, so that it is the content that is refused; except where the
    content is still true.
    """
    body = written("logistic")
    body["parts"][0]["facts"] = [fact([], "1 0", ">", BELOW, "1")]
    check(restated(body))
    change, reason = FORGED[name]
    change(body)
    if name not in ("log clock", "names"):
        body = restated(body)
    with pytest.raises(Refused, match=reason):
        check(body)


def test_a_shortened_horizon_needs_another_statement() -> None:
    body = written("completion")
    shorten(body)
    with pytest.raises(Refused, match="the statement is not the one of these parts"):
        check(body)
    assert "0 <= t <= 10" not in check(restated(body))


def test_a_loss_of_the_wrong_sign_is_refused() -> None:
    for name in ("loss", "loss, log clock", "roots"):
        body = written(name)
        flow = body["parts"][0]["flow"]
        factor, node = flow["outputs"][0].split(" ")
        flow["outputs"] = [f"{-Fraction(factor)} {node}"]
        with pytest.raises(Refused):
            check(restated(body))


def test_as_a_plain_script(tmp_path: Path) -> None:
    """Isolated from the environment and the current directory: nothing of ours can be imported."""
    good, bad, other = (tmp_path / x for x in ("good.json", "bad.json", "other.json"))
    good.write_text(text_of(written("logistic")))
    bad.write_text(text_of({**written("logistic"), "statement": "P = NP"}))
    other.write_text(json.dumps({"format": "flowlaw-certificate", "version": 1}))
    for files, code in (
        ([good], 0),
        ([good, bad], 1),
        ([bad, other, good], 2),
        ([tmp_path / "none"], 2),
        ([], 2),
    ):
        run = subprocess.run(
            [sys.executable, "-I", str(CHECK), *map(str, files)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == code and "Traceback" not in run.stderr
        assert run.stdout.count("ENCLOSED") == files.count(good) and run.stderr.count("\n") == len(
            files or [0]
        ) - files.count(good)


def test_it_imports_flint_the_standard_library_and_the_tables_only() -> None:
    found = set()
    for node in ast.walk(ast.parse(CHECK.read_text())):
        if isinstance(node, ast.Import):
            names = {a.name for a in node.names}
            found |= {x if x.startswith("verify") else x.split(".")[0] for x in names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").removesuffix(".abc"))
    own = {"flint", "verify.check", "verify.check_chebyshev", "verify.check_distances"}
    assert own <= found and found - own <= set(sys.stdlib_module_names)
    text = CHECK.read_text()
    assert not {"runpy", "subprocess", "pickle"} & found
    once = (
        "import verify.check as tables\n",
        "importlib.util.spec_from_file_location",
        'beside("check", ',
        'beside("check_chebyshev", ',
        'beside("check_distances", ',
        "LIMITS, SPOKEN, Refused = tables.LIMITS, tables.SPOKEN, tables.Refused\n",
    )
    assert [text.count(x) for x in once] == [1] * len(once), "the tables, and nothing else"


def test_the_other_reader_names_this_one() -> None:
    from verify.check import NotACertificate as Other
    from verify.check import check as other

    with pytest.raises(Other, match=r"verify/check_enclosure\.py"):
        other(written("logistic"))
    with pytest.raises(NotACertificate):
        check({"format": "flowlaw-certificate", "version": 1})


def test_the_writer_refuses_what_it_cannot_say() -> None:
    enclosure = Validated().run(LOGISTIC, Fraction(1), 10, samples=2)
    bad = [
        Fact("x", "no such", ">", Fraction(0)),
        Fact("x", first, ">=", Fraction(0)),
        Fact("x", first, ">", 0.5),
    ]  # type: ignore[arg-type]
    for one in bad:
        with pytest.raises(BadInput):
            body_of("bad", [("", LOGISTIC, enclosure, [one])])
    slow = retimed(
        System("slow", ("x",), (Fraction(1),), field=lambda x, m: [x[0]]),
        Clock("slow", "s", lambda x, s: 1 / x[0]),
    )
    with pytest.raises(BadInput, match="clock"):
        body_of("bad", [("", slow, enclosure, [])])
    with pytest.raises(BadInput):
        body_of("bad", [])


def test_two_starts_in_one_certificate() -> None:
    parts = []
    for start in (Fraction(1, 4), Fraction(1, 5)):
        system = System("logistic", ("x",), (start,), field=LOGISTIC.field)
        parts.append(
            (
                f"from {start}",
                system,
                Validated().run(system, Fraction(2), 12, samples=2),
                [Fact("x", first, ">", start / 2)],
            )
        )
    said = check(body_of("two", parts))
    assert said.count("exists for 0 <= t <= 2") == 2
    assert COMPLETION.names[0] not in said
    assert check(by_hand(["0 0"], [], ["0"], "1"))  # x' = 0 from 0
