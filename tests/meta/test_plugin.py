"""The pytest plugin and the entry-point group, each in processes of their own: what a foreign
repository would see.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as tree

import pytest

from tests.clocked import clock
from tests.runner import OF_THE_CALLER, SECONDS

EXAMPLE = Path(__file__).parent / "example_package"
HEAVY = (
    "sympy",
    "numpy",
    "scipy",
    "flint",
    "mpmath",
    "hypothesis",
    "click",
    "rich",
    "verify",
    "verify.judge.decide",
)
TRUE_AND_FALSE = """
from verify.terms.expr import q, total
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow

Q = {"conserved": Conserved(total("i", q["i"]))}
HERE = Source("2603.02622v1")
TRUE = Claim("z-true", "holds", Flow(), (Homogeneous(), Balanced()), Q, HERE)
FALSE = Claim("a-false", "scale invariance left out", Flow(), (Balanced(),), Q, HERE)
CLAIMS = (TRUE, FALSE)
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """An empty foreign repository."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


@pytest.fixture
def site(tmp_path_factory) -> Path:
    """The example distribution, installed as a directory on the path: its package, and metadata
    made from its pyproject.
    """
    site = tmp_path_factory.mktemp("site")
    (site / "example_claims").symlink_to(EXAMPLE / "example_claims")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head)
    groups = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
        for group, points in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(groups)
    return site


def run(
    *words: str, cwd: Path, site: Path | None = None, **extra: str
) -> subprocess.CompletedProcess[str]:
    env = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PYTEST", "COV")) and k not in OF_THE_CALLER
    }
    env |= {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(site or ""),
        "FLOWLAW_CACHE": str(cwd / "cache"),
        **extra,
    }
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=cwd,
        env=env,
        text=True,
        capture_output=True,
        timeout=SECONDS,
    )


def run_pytest(
    *words: str, cwd: Path, site: Path | None = None, installed: bool = False, **extra: str
) -> subprocess.CompletedProcess[str]:
    """With our plugin alone, which saves the imports of all others; or with all that are
    installed, ours found by its entry point.
    """
    words = ("pytest", "-p", "no:cacheprovider", *words)
    if installed:
        return run(*words, cwd=cwd, site=site)
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return run(*words, "-p", "verify_pytest", cwd=cwd, site=site, **alone, **extra)


def outcomes(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Test name -> (passed, failure, error or skipped; properties) of a JUnit file, in order."""
    found = {}
    for case in tree.parse(path).iter("testcase"):
        state = next((x.tag for x in case if x.tag in ("failure", "error", "skipped")), "passed")
        properties = {p.attrib["name"]: p.attrib["value"] for p in case.iter("property")}
        found[f"{case.attrib['classname']}::{case.attrib['name']}"] = (state, properties)
    return found


def test_ids_and_order(suite):
    (suite / "claims_mine.py").write_text(TRUE_AND_FALSE)
    listed = run_pytest("--collect-only", "-q", cwd=suite).stdout.splitlines()
    assert listed[:2] == ["claims_mine.py::z-true", "claims_mine.py::a-false"]
    one = run_pytest("-q", "claims_mine.py::z-true", cwd=suite)
    assert one.returncode == 0 and "1 passed" in one.stdout, one.stdout


def test_a_false_claim_fails_with_its_witness(suite):
    (suite / "claims_mine.py").write_text(TRUE_AND_FALSE)
    done = run_pytest("-q", cwd=suite)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "REFUTED: a-false was expected to be PROVED" in done.stdout
    assert "sum_i |w_i|^(2/L) is constant for as long as the flow exists" in done.stdout
    # by hand, L = 3, u_l = (1, 2), J = |w|^2: w = (1, 8), g = (2, 16), Q' = -2 <w, g> = -2 (2 +
    # 128)
    assert (
        "witness: J = |w|^2; u_l = (1, 2) for every l: (sum_i |w_i|^(2/L))' = -260 (exact)"
        in done.stdout
    )
    assert "Traceback" not in done.stdout


def test_junit_properties_are_the_same_under_xdist(suite):
    (suite / "claims_mine.py").write_text(TRUE_AND_FALSE)
    flags = ("--verify-claims", "lda-euler*", "--verify-seed", "7", "--junitxml")
    one = run_pytest(*flags, "one.xml", cwd=suite)
    two = run_pytest(*flags, "two.xml", "-n", "2", cwd=suite, installed=True)
    assert one.returncode == two.returncode == 1, two.stdout + two.stderr
    found = outcomes(suite / "one.xml")
    assert found == outcomes(suite / "two.xml")
    state, properties = found["claims_mine::z-true"]
    assert state == "passed" and set(properties) == {
        "verdict",
        "expected",
        "seed",
        "scope",
        "statement",
        "source",
    }
    assert (properties["verdict"], properties["expected"], properties["seed"]) == (
        "PROVED",
        "PROVED",
        "7",
    )
    assert "every depth" in properties["scope"]
    assert found["claims_mine::a-false"][0] == "failure"
    assert found["claims_mine::a-false"][1]["verdict"] == "REFUTED"
    assert found["verify.claims::lda-euler"][0] == "passed"


def test_undecided_fails_and_says_so_first(suite):
    # at depth 3, where the search looks, there is no layer 9; and there is no proof, since the
    # sentence is false
    text = TRUE_AND_FALSE.replace('total("i", q["i"])', "u[9, 1] ** 2").replace(
        "import q, total", "import u"
    )
    (suite / "claims_mine.py").write_text(text)
    done = run_pytest("-q", "--junitxml", "x.xml", "claims_mine.py::z-true", cwd=suite)
    assert done.returncode == 1 and "1 failed" in done.stdout, done.stdout
    assert "\nUNDECIDED: z-true was expected to be PROVED" in done.stdout
    assert {state for state, _ in outcomes(suite / "x.xml").values()} == {"failure"}


SLIPS = {
    "claims_none.py": ("import verify\n", "claims_none.py: no claims"),
    "claims_dict.py": ("import verify\nCLAIMS = {}\n", "claims_dict.py:2: CLAIMS is of type dict"),
    "claims_text.py": (
        "import verify\nCLAIMS = ('quasi-norm',)\n",
        "claims_text.py:2: CLAIMS holds 'quasi-norm' of type str",
    ),
    "claims_twice.py": (
        TRUE_AND_FALSE + "CLAIMS = (TRUE, TRUE)\n",
        "claim z-true: this id is used twice",
    ),
    "claims_zero.py": ("import verify\nCLAIMS = (1 / 0,)\n", "claims_zero.py:2: ZeroDivisionError"),
    "claims_syntax.py": ("import verify\nCLAIMS = (\n", "claims_syntax.py:2: this is not Python"),
    "claims_exit.py": ("import verify, sys\nsys.exit(3)\n", "claims_exit.py:2: sys.exit()"),
}


def test_what_an_author_has_to_mend_is_a_failing_item_beside_the_others(suite):
    """None of these stops the run: the claim of another file is judged, and somebody's test
    runs.
    """
    for name, (text, _) in SLIPS.items():
        (suite / name).write_text(text)
    (suite / "claims_mine.py").write_text(
        TRUE_AND_FALSE.replace("Q, HERE)\nFALSE", "Q, HERE)\nBAD = Claim('bad')\nFALSE")
    )
    (suite / "test_theirs.py").write_text("def test_theirs(): pass\n")
    done = run_pytest("-v", cwd=suite)
    assert done.returncode == 1 and "Traceback" not in done.stdout, done.stdout
    for _, complaint in SLIPS.values():
        assert f"BAD CLAIM {complaint}" in done.stdout or complaint in done.stdout, complaint
    assert "claims_mine.py:11: " in done.stdout and "test_theirs PASSED" in done.stdout
    assert (
        "claims_mine.py::z-true PASSED (PROVED)" in done.stdout
        and "claims_mine.py::a-false FAILED (REFUTED)" in done.stdout
    )


def test_a_link_that_fails_fails_its_chain(suite):
    """Also a link of a link, which the file states beside them."""
    text = TRUE_AND_FALSE.replace('"a-false", "scale', '"z-link", "scale').replace(
        "CLAIMS = (TRUE, FALSE)",
        "from dataclasses import replace\n"
        "B = replace(TRUE, id='b-chain', links=('z-link',))\n"
        "A = replace(TRUE, id='a-chain', links=('b-chain',))\nCLAIMS = (TRUE, FALSE, A, B)",
    )
    (suite / "claims_mine.py").write_text(text)
    done = run_pytest("-v", cwd=suite)
    assert done.returncode == 1
    for name, state in {"z-true": "PASSED", "a-chain": "FAILED", "b-chain": "FAILED"}.items():
        assert f"claims_mine.py::{name} {state} (PROVED)" in done.stdout
    assert "a-chain was expected to be PROVED, and each link PROVED" in done.stdout
    assert done.stdout.count("link z-link: REFUTED, ") == 2


def test_the_verdicts_are_printed_with_what_is_stated(suite):
    text = TRUE_AND_FALSE.replace('Source("2603.02622v1")', 'Source.own("draft, Lemma 3")')
    (suite / "mine.py").write_text(text.replace("CLAIMS = (TRUE, FALSE)", "CLAIMS = (TRUE,)"))
    done = run_pytest("-q", "mine.py", cwd=suite)  # any name, where the file is named
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout
    assert "PROVED  mine.py::z-true  [own draft: draft, Lemma 3]" in done.stdout
    assert (
        "sum_i |w_i|^(2/L) is constant for as long as the flow exists" in done.stdout
        and "seed 0" in done.stdout
    )


def test_every_kind_of_witness_has_a_scope(suite):
    """One refuted claim of each setting: a witness that is no network has no depth and no width."""
    from verify.claims.verdict import Verdict
    from verify.judge.decide import judge
    from verify.library.registry import claims
    from verify.report.scope import scopes

    tried = {}
    for found in claims().values():
        kind = found.claim.setting.kind
        if found.claim.expected is Verdict.REFUTED and kind not in tried and kind != "samples":
            tried[kind] = scopes(judge(found.claim))
    assert len(tried) >= 4 and all("witness" in text for text in tried.values()), tried


FOREIGN = {
    "claims_bytes.py": b"\xff\xfe\0\0import verify",
    "claims_latin.py": b"# caf\xe9 verify\nimport json\nraise SystemExit('imported')\n",
    "claims_word.py": (
        b'"""\nimport verify\n"""\n# from verify import Claim\nraise SystemExit("imported")\nCLAIMS'
        b' = [{"id": 1}]\n'
    ),
    "claims_syntax.py": b"CLAIMS = (\nraise SystemExit\n",
    "claims_names.py": (
        b"from theirs import verify\nimport verify_things\nraise SystemExit('imported')\nCLAIMS"
        b" = 3\n"
    ),
    "claims_coding.py": b"# -*- coding: no-such-thing -*-\nimport verify\n",
    "claims_deep.py": b"verify = " + b"(" * 9000,
    "claims_large.py": b"verify = 1\n" * 2**20,
}


@pytest.fixture
def foreign(suite) -> Path:
    """A repository with everything that bears our names and is not ours."""
    for name, content in FOREIGN.items():
        (suite / name).write_bytes(content)
    os.mkfifo(suite / "claims_pipe.py")
    (suite / "claims_folder.py").mkdir()
    (suite / "claims_link.py").symlink_to("nowhere.py")
    (suite / "claims_loop.py").symlink_to("claims_loop.py")
    own = suite / "insurance"
    own.mkdir()
    (own / "verify.py").write_text("def check(): pass\n")
    (own / "claims_of_theirs.py").write_text(
        "from verify import check\nraise SystemExit('imported')\n"
    )
    (suite / "test_theirs.py").write_text("def test_theirs(): pass\n")
    return suite


def test_a_foreign_run_is_left_alone(foreign):
    """Nothing is imported, waited for or reported, and nothing of ours is loaded."""
    (foreign / "conftest.py").write_text(
        "import sys\ndef pytest_unconfigure():\n    print('MODULES', *sorted(sys.modules))\n"
    )
    only_ours = ("-p", "no:hypothesispytest", "-p", "no:benchmark", "-p", "no:xdist")
    done = run_pytest("-q", "-s", *only_ours, cwd=foreign, installed=True)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr
    loaded = next(x for x in done.stdout.splitlines() if x.startswith("MODULES")).split()
    assert sorted(set(HEAVY) & set(loaded)) == [] and "verdicts" not in done.stdout
    if os.geteuid():
        (foreign / "claims_secret.py").write_text("import verify\n")
        (foreign / "claims_secret.py").chmod(0)
        assert run_pytest("-q", cwd=foreign, installed=True).returncode == 0


def test_a_foreign_run_does_not_need_that_verify_works(foreign, tmp_path_factory):
    """A package of somebody else's, or a broken one, under our name."""
    broken = tmp_path_factory.mktemp("broken")
    (broken / "verify.py").write_text("raise RuntimeError('broken')\n")
    done = run_pytest("-q", "-n", "1", cwd=foreign, site=broken, installed=True)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_files_of_others_that_bear_the_name_are_left_alone(suite):
    (suite / "claims_insurance.py").write_text("raise SystemExit('imported')\n")
    (suite / "test_theirs.py").write_text("def test_theirs(): pass\n")
    done = run_pytest("-q", cwd=suite)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout


def test_the_files_are_an_ini_option(suite):
    (suite / "pytest.ini").write_text("[pytest]\nverify_claims_files = theorem_*.py\n")
    (suite / "theorem_one.py").write_text(TRUE_AND_FALSE)
    (suite / "claims_mine.py").write_text(TRUE_AND_FALSE)
    listed = run_pytest("--collect-only", "-q", cwd=suite).stdout
    assert "theorem_one.py::z-true" in listed and "claims_mine.py" not in listed


def test_a_pattern_without_a_match_is_not_green(suite):
    done = run_pytest("--verify-claims", "quasi-nrm", cwd=suite)
    assert done.returncode == 2 and "'quasi-nrm' matches no installed claim" in done.stdout, (
        done.stdout
    )


@pytest.mark.parametrize("seed", ["-1", "x", "1.5", "²"])
def test_a_bad_seed_is_a_usage_error(suite, seed):
    done = run_pytest(f"--verify-seed={seed}", cwd=suite)
    assert done.returncode == 4 and "--verify-seed" in done.stderr and "whole number" in done.stderr


def test_runs_without_claims_import_nothing_heavy(suite):
    (suite / "test_theirs.py").write_text("def test_theirs(): pass\n")
    (suite / "conftest.py").write_text(
        "import sys\ndef pytest_unconfigure():\n    print('MODULES', *sorted(sys.modules))\n"
    )
    only_ours = ("-p", "no:hypothesispytest", "-p", "no:benchmark", "-p", "no:xdist")
    done = run_pytest("-q", "-s", *only_ours, cwd=suite, installed=True)
    loaded = next(x for x in done.stdout.splitlines() if x.startswith("MODULES")).split()
    assert "verify_pytest" in loaded, "the plugin was not loaded at all"
    assert sorted(set(HEAVY) & set(loaded)) == []
    (suite / "claims_mine.py").write_text(TRUE_AND_FALSE)
    used = run_pytest("-q", "-s", *only_ours, cwd=suite).stdout
    assert {"verify", "verify.judge.decide", "flint"} <= set(used.split()), (
        "the list of modules would not have shown them"
    )


def test_another_distribution_ships_claims(suite, site):
    listed = run("verify", "list", "example-*", cwd=suite, site=site)
    assert listed.returncode == 0 and "example-layer-norm-gap" in listed.stdout, listed.stderr
    assert (
        "example-layer-norm-gap" not in run("verify", "list", "--format", "json", cwd=suite).stdout
    )


@pytest.mark.parametrize(("name", "verdict"), [("gap", "PROVED"), ("of-any-loss", "REFUTED")])
def test_the_command_judges_a_foreign_claim(suite, site, name, verdict):
    done = run("verify", "claim", f"example-layer-norm-{name}", cwd=suite, site=site)
    assert done.returncode == 0 and verdict in done.stdout, done.stdout + done.stderr


def test_the_plugin_judges_foreign_claims(suite, site):
    done = run_pytest(
        "-v", "--verify-claims", "example-*", "--junitxml", "x.xml", cwd=suite, site=site
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify.claims::example-layer-norm-gap" in done.stdout
    verdicts = {name: p["verdict"] for name, (_, p) in outcomes(suite / "x.xml").items()}
    assert verdicts == {
        "verify.claims::example-layer-norm-gap": "PROVED",
        "verify.claims::example-layer-norm-of-any-loss": "REFUTED",
    }


def test_a_distribution_that_does_not_load_is_a_collection_error(suite, site):
    info = next(site.glob("*.dist-info"))
    (info / "entry_points.txt").write_text("[verify.claims]\nexample = example_claims:NOWHERE\n")
    done = run_pytest("--verify-claims", "*", cwd=suite, site=site)
    assert done.returncode == 2 and "example = example_claims:NOWHERE" in done.stdout, done.stdout


#: what a claim's own code may do while it is judged, the limit, and what is said then
BEYOND = {
    "seconds": ("time.sleep(3600)", "3", "no verdict within 3 s: raise --verify-seconds"),
    "memory": ("bytearray(1000 * 2**20)", "900", "memory"),
}
LATE = """
import time
obligations = Conserved.obligations
def late(self, hints):
    {does}
    return obligations(self, hints)
Conserved.obligations = late
CLAIMS = (TRUE,)
"""


@pytest.mark.parametrize("by", ["option", "ini"])
@pytest.mark.parametrize("what", BEYOND)
def test_a_claim_beyond_its_limits_fails(suite, what: str, by: str) -> None:
    does, limit, said = BEYOND[what]
    (suite / "claims_a.py").write_text(TRUE_AND_FALSE + LATE.replace("{does}", does))
    (suite / "pytest.ini").write_text(
        "[pytest]\n" + (f"verify_{what} = {limit}\n" if by == "ini" else "")
    )
    option = [f"--verify-{what}", limit] if by == "option" else []
    done = run_pytest(*option, cwd=suite, **(clock(suite) if what == "seconds" else {}))
    assert done.returncode == 1 and "UNDECIDED" in done.stdout and said in done.stdout, done.stdout


def test_a_limit_that_is_none_is_told(suite) -> None:
    (suite / "claims_a.py").write_text(TRUE_AND_FALSE)
    (suite / "pytest.ini").write_text("[pytest]\nverify_seconds = soon\n")
    done = run_pytest(cwd=suite)
    assert (
        done.returncode == 1 and "verify_seconds" in done.stdout and "whole number" in done.stdout
    ), done.stdout
