"""A user's own file of claims, as she meets it: what an argument names, and her slips at the lines
where she wrote them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.runner import cli
from verify.exact.errors import BadInput
from verify.library.addresses import choose, is_path

HEAD = """from verify import Claim, Source
from verify.terms.expr import total, u
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow

NORM = total("i", u["l", "i"] ** 2)
"""
MAKE = (
    'Claim("{id}", "norms", Flow(), (Homogeneous(),), {{"layer": Conserved(NORM)}},'
    ' Source("2603.02622v1"))\n'
)
FIRST = len(HEAD.splitlines()) + 1  # the line after the head


def claim(name: str, id: str) -> str:
    return f"{name} = " + MAKE.format(id=id)


def write(folder: Path, text: str, name: str = "claims_mine.py") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def ids(argument: str) -> list[str]:
    return [f.claim.id for f in choose(argument).found]


def slips(argument: str) -> list[str]:
    """Without the folder's name."""
    return [s.text().split(os.sep)[-1] for s in choose(argument).slips]


@pytest.mark.parametrize(
    "text", ["./x", "a/b", "x.py", "a/x.py::id", "x.py::id", ".", "..", "a::b/x.py"]
)
def test_what_is_a_path(text):
    assert is_path(text) and not is_path("quasi-norm") and not is_path("quasi-*")


def test_claims_or_else_module_level_claims(tmp_path):
    both = HEAD + claim("A", "first") + claim("B", "second")
    assert ids(write(tmp_path, both)) == ["first", "second"]
    assert ids(write(tmp_path, both + "CLAIMS = [B]\n")) == ["second"]
    imported = HEAD + "from proofs.quasi_norm import QUASI_NORM\n" + claim("A", "first")
    assert ids(write(tmp_path, imported)) == ["first"], (
        "a claim that is merely imported is not the file's"
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [("B", ["second"]), ("second", ["second"]), ("*", ["first", "second"]), ("s*", ["second"])],
)
def test_one_claim_of_a_file(tmp_path, name, found):
    path = write(tmp_path, HEAD + claim("A", "first") + claim("B", "second"))
    assert ids(f"{path}::{name}") == found
    with pytest.raises(BadInput, match="did you mean second"):
        choose(f"{path}::secnd")
    with pytest.raises(BadInput, match="no name after"):
        choose(f"{path}::")


@pytest.mark.parametrize("folder", ["plain", "with blank", "Grüße_日本", "a::b", "x.py", "deep/er"])
def test_folders_of_any_name(tmp_path, folder, monkeypatch):
    """Also a folder that is called x.py, one that holds ``::``, a link, and the current folder."""
    home = tmp_path / folder
    home.mkdir(parents=True)
    write(home, HEAD + claim("A", "first"), "claims_b.py")
    path = write(home, HEAD + claim("B", "second"), "claims_a.py")
    write(home, "raise SystemExit\n", "claims_of_others.py")
    write(home, "raise SystemExit\n", "other.py")
    os.mkfifo(home / "claims_pipe.py")
    (home / "claims_folder.py").mkdir()
    (tmp_path / "link").symlink_to(home)
    assert ids(str(home)) == ids(f"{home}/") == ids(f"{tmp_path}/link") == [
        "second",
        "first",
    ] and not slips(str(home))
    assert ids(f"{path}::B") == ids(f"{home}::second") == ["second"]
    monkeypatch.chdir(home)
    assert ids(".") == ids("./") == ["second", "first"] and ids("claims_a.py::second") == ["second"]


def test_helpers_beside_the_file_and_relative_imports(tmp_path):
    package = tmp_path / "paper"
    package.mkdir()
    write(package, "", "__init__.py")
    write(package, "ID = 'from-a-helper'\n", "helper.py")
    made = MAKE.replace('"{id}"', "ID").format()
    assert ids(write(package, HEAD + "from helper import ID\nA = " + made)) == ["from-a-helper"]
    assert ids(write(package, HEAD + "from .helper import ID\nA = " + made)) == ["from-a-helper"]
    other = tmp_path / "other"
    other.mkdir()
    write(other, "ID = 'from-another'\n", "helper.py")
    assert ids(write(other, HEAD + "from helper import ID\nA = " + made)) == ["from-another"], (
        "each file has its own helper"
    )


@pytest.mark.parametrize("name", ["flint.py", "mpmath.py", "numpy.py", "verify.py", "fractions.py"])
def test_a_file_shadows_no_package_that_decides(tmp_path, name):
    text = HEAD + claim("A", "first")
    path = write(tmp_path, text + "assert __name__ not in ('flint', 'verify', '__main__')\n", name)
    elsewhere = tmp_path / "elsewhere"  # python -m puts the current folder on the path
    elsewhere.mkdir()
    done = cli(elsewhere, "claim", path, "--format", "json")
    assert done.code == 0 and done.json["verdict"] == "PROVED", done.err


REFUSED = {
    "missing": (None, ": no such file"),
    "empty": ("", ": no claims; expected"),
    "no claims": ("import verify\n", ": no claims; expected"),
    "of another type": ("CLAIMS = {}\n", ":1: CLAIMS is of type dict; expected"),
    "of ids": ("CLAIMS = ('quasi-norm',)\n", ":1: CLAIMS holds 'quasi-norm' of type str; expected"),
    "syntax": ("a = 1\nb = (\n", ":2: this is not Python: SyntaxError: '(' was never closed"),
    "a statement's syntax": ("a = 1\nreturn 3\n", ":2: SyntaxError: 'return' outside function"),
    "binary": ("\0\1\2", "this is not Python"),
    "deep": ("x = " + "(" * 5000 + ")" * 5000 + "\n", "this is not Python"),
    "an error": ("a = 1\ndef f():\n    return 1 / 0\nf()\n", ":3: ZeroDivisionError"),
    "recursion": ("def f(): return f()\nf()\n", ":1: RecursionError"),
    "sys.exit()": (
        "import sys\nsys.exit(0)\n",
        ":2: sys.exit() while the file is read; put it under",
    ),
    "an interrupt of its own": (
        "class Stop(BaseException): ...\nraise Stop('me')\n",
        ":2: Stop: me",
    ),
    "misspelt": ("from verify.claims.conclusions import Conservd\n", "did you mean Conserved?"),
    "missing module": ("import nowhere_to_be_found\n", ":1: ModuleNotFoundError"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_used(tmp_path, kind):
    text, said = REFUSED[kind]
    path = str(tmp_path / "claims_mine.py") if text is None else write(tmp_path, text)
    try:
        chosen = choose(path)
    except BadInput as error:
        assert said in str(error)
        return
    assert not chosen.found and len(chosen.slips) == 1
    assert said in chosen.slips[0].text()


def test_exit_codes_without_a_traceback(tmp_path):
    """2 for what the user has to mend, 5 for a folder without claims files; a wrong name offers the
    right one.
    """
    path = write(tmp_path, "a = 1\nb = (\n")
    (tmp_path / "empty").mkdir()
    for arguments, code, said in (
        (["claim", "claims_mine.py"], 2, "claims_mine.py:2: this is not Python"),
        (["claim", "claims_mien.py"], 2, "did you mean claims_mine.py?"),
        (["show", "claims_mine"], 2, "write ./claims_mine.py"),
        (["all", "./empty"], 5, "no claim matches './empty'"),
        (["list", path], 2, "claims_mine.py:2: this is not Python"),
    ):
        done = cli(tmp_path, *arguments)
        assert done.code == code and said in done.err and "Traceback" not in done.err, (
            arguments,
            done,
        )


SLIPS = {
    "an error of Python": "BAD = Claim('bad', 1 / 0)\n",
    "a name that is not there": claim("BAD", "bad").replace("NORM", "NROM"),
    "our own complaint": claim("BAD", "Not an id"),
    "through a helper": "def make(): return " + MAKE.format(id="Bad") + "BAD = make()\n",
    "a false variant": 'BAD = A.false_variant("bad", "t", {"x": 3})\n',
    "a loop": "for _ in [1]:\n    raise ValueError\n    BAD = 1\n",
}


LISTED = (
    "",
    "CLAIMS = (A, BAD, B)\n",
    "CLAIMS = (A, B)\n",
    "CLAIMS = tuple(c for c in (A, BAD, B) if c.id)\n",
)


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("listed", LISTED)
def test_a_slip_is_told_at_its_line_and_takes_no_other_along(tmp_path, kind, listed):
    """One slip, whatever uses what it did not make; the claims before and after it are decided."""
    path = write(tmp_path, HEAD + claim("A", "first") + SLIPS[kind] + claim("B", "second") + listed)
    chosen = choose(path)
    assert [f.claim.id for f in chosen.found] == ["first", "second"] and chosen.found[
        0
    ].line == FIRST
    assert [s.line for s in chosen.slips] == [FIRST + (2 if kind == "a loop" else 1)], slips(path)


ITEMS = {
    "an id": ('replace(A, id="A b")', "claim id 'A b'"),
    "a name that is not there": ("NONE", "NameError: name 'NONE'"),
    "an error of Python": ("1 / 0", "ZeroDivisionError"),
    "several": ("*nothing()", "NameError: name 'nothing'"),
    "no claim": ("'quasi-norm'", "CLAIMS holds 'quasi-norm' of type str"),
}


@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("form", ["({})", "[{}]", "tuple"])
def test_an_item_of_the_list_takes_no_other_along(tmp_path, kind, form):
    """Claims that are made where they are listed; also beside a broken one, which is told too."""
    item, said = ITEMS[kind]
    head = HEAD + claim("A", "first") + claim("BAD", "bad").replace("NORM", "NROM")
    head += "from dataclasses import replace\ndef renamed(id): return replace(A, id=id)\n"
    items = f'A, *[renamed(f"more-{{n}}") for n in (1, 2)],\n{item}, BAD,\nrenamed("last")'
    listed = f"CLAIMS: tuple = ({items})" if form == "tuple" else "CLAIMS = " + form.format(items)
    chosen = choose(write(tmp_path, head + listed + "\n"))
    assert [f.claim.id for f in chosen.found] == ["first", "more-1", "more-2", "last"]
    bad, slip = sorted(chosen.slips, key=lambda s: s.line)
    assert bad.ids == ["bad"] and bad.line == FIRST + 1
    assert said in slip.why and slip.line in (FIRST + 5, FIRST + 4 if kind == "no claim" else 0)


def test_a_false_variant_says_what_differs(tmp_path):
    """Setting, hypotheses and source are those of the claim, or given; nothing else is."""
    text = HEAD + claim("A", "first")[:-2] + ', loss="squared", also=("other",))\n'
    text += 'B = A.false_variant("second", "t", {"cubes": Conserved(NORM**2 + NORM)})\n'
    text += 'C = A.false_variant("third", "t", B.concluding, assuming=(), depth=2)\n'
    first, b, c = (f.claim for f in choose(write(tmp_path, text)).found)
    assert b.setting == c.setting == first.setting and b.source == c.source == first.source
    assert b.assuming == first.assuming and c.assuming == () and (b.depth, c.depth) == (3, 2)
    for made in (b, c):
        assert made.expected.name == "REFUTED" and made.corrects == "first"
        assert made.loss == "ratio" and made.also == ()


def test_what_rests_on_a_slip_is_named_with_it(tmp_path):
    text = (
        HEAD.replace('total("i"', 'totle("i"')
        + claim("A", "first")
        + claim("B", "second")
        + "SIZES = (1, 2)\n"
    )
    assert slips(write(tmp_path, text)) == [
        "claims_mine.py:7: NameError: name 'totle' is not defined; did you mean total? (so not"
        " decided: first, second)"
    ]


def test_a_broken_claim_beside_a_good_one(tmp_path):
    """The whole way: exit 2, and the full result of the other one, in each form."""
    write(tmp_path, HEAD + claim("A", "first") + claim("BAD", "bad").replace("NORM", "NROM"))
    done = cli(tmp_path, "claim", "claims_mine.py", "--no-numeric")
    said = (
        f"claims_mine.py:{FIRST + 1}: NameError: name 'NROM' is not defined; did you mean NORM? (so"
        " not decided: bad)"
    )
    assert done.code == 2 and said in done.err and "PROVED    exit 0" in done.out
    assert "verify show claims_mine.py::first --latex" in done.flat
    rows = cli(tmp_path, "claim", "claims_mine.py", "--no-numeric", "--format", "json").json
    assert [(r["claim"], r["verdict"], r["exit"]) for r in rows] == [
        ("first", "PROVED", 0),
        ("bad", None, 2),
    ]
    everything = cli(tmp_path, "all", "./", "--format", "json")
    assert everything.code == 2 and [r["exit"] for r in json.loads(everything.out)] == [0, 2]
    assert cli(tmp_path, "claim", "claims_mine.py::A", "--no-numeric").code == 0, (
        "the other one was not asked for"
    )


def test_the_same_id_twice_is_refused_with_both_places(tmp_path):
    write(tmp_path, HEAD + claim("A", "first") + claim("B", "twice"), "claims_a.py")
    path = write(tmp_path, HEAD + claim("C", "twice"), "claims_b.py")
    chosen = choose(str(tmp_path))
    assert [f.claim.id for f in chosen.found] == ["first"] and ids(path) == ["twice"]
    said = chosen.slips[0].text()
    assert (
        f"claims_a.py:{FIRST + 1}" in said
        and f"claims_b.py:{FIRST}" in said
        and "rename one" in said
    )


def test_what_the_judge_refuses_is_told_at_the_claim(tmp_path):
    """A field that fails while it is traced is the author's, at her line; an option that does not
    fit is the user's.
    """
    text = """from fractions import Fraction
from verify import Claim, Source
from verify.claims.conclusions import Throughout
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

def field(x, moment):
    return [x[0] * [][0]]

def start():
    quantities = {"x": lambda x, moment: x[0]}
    return System("mine", ("x",), (Fraction(1),), field=field, quantities=quantities)

"""
    text += 'FALLS = Claim("falls", "x falls", Trajectories("x", {"one": start}, Fraction(1)), (), '
    text += '{"low": Throughout("x", "<", 2)}, Source("2603.02622v1"))\n'
    write(tmp_path, text)
    done = cli(tmp_path, "claim", "claims_mine.py")
    assert done.code == 2 and "claims_mine.py:8: " in done.err and "IndexError" in done.err, done
    write(tmp_path, text.replace("[x[0] * [][0]]", "[-x[0]]"))
    assert "verify: --sizes" in cli(tmp_path, "claim", "claims_mine.py", "--sizes", "1,2").err


def test_a_file_that_changes_the_folder_loses_nothing(tmp_path):
    """Results go where the command was given, and the file is found again."""
    moves = "import os\nos.chdir('/')\n"
    (tmp_path / "mine").mkdir()
    write(tmp_path / "mine", HEAD + moves + claim("MINE", "mine"))
    results = ("--certificate", "c.json", "--output", "o.txt")
    ran = cli(tmp_path, "claim", "./mine/claims_mine.py", *results)
    assert ran.code == 0, ran.err
    assert "PROVED" in (tmp_path / "o.txt").read_text() and (tmp_path / "c.json").is_file()
    for command in (("show", "mine/claims_mine.py::MINE"), ("list", "./mine")):
        assert "mine" in cli(tmp_path, *command).out
