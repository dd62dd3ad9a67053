"""Chains: the exact links of a limit are judged in the run that measures it, each with its own
verdict; a link that is not PROVED is shown and fails the chain.

The kind: a verdict that stands on a screen without having been found there. To it belong a link
that its author expects REFUTED, one that is only measured, one that is not installed, and a kept
result of an earlier run.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from proofs import CLAIMS
from tests.runner import cli
from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge import judge
from verify.judge.chain import chained, judge_chain
from verify.judge.decide import settle
from verify.judge.resume import row_of
from verify.library.registry import Found

OWN = {c.id: c for c in CLAIMS}
CHAINS = [c for c in CLAIMS if c.links]
SHORT = OWN["sgd-effective-alpha"]
#: chains that state something exact
EXACT = {"ach-end-to-end", "soudry-all-data-direction"}


@cache
def report() -> Report:
    return judge(SHORT)


def with_links(*links: str) -> tuple[Claim, Report]:
    claim = replace(SHORT, links=links)
    return claim, chained(claim, report(), OWN, Request())


def test_limits_and_rates_are_chains() -> None:
    named = {c.id for c in CHAINS}
    assert named >= {"depth-limits", "depth-rich-rate", "depth-kernel-rate", "diag-d2-shape"}
    assert named >= {
        "soudry-main", "lyu-li-three-samples", "exp-crossover", "moroshko-scale-vs-accuracy",
        "mf-kernel-start", "mf-commuting-limit", "wide-parallel-rate",
    }  # fmt: skip
    for c in CHAINS:
        assert c.expected in (Verdict.SUPPORTED, Verdict.ENCLOSED) or c.id in EXACT
        assert all(OWN[x].expected is Verdict.PROVED for x in c.links)


@pytest.mark.parametrize("name", sorted({x for c in CHAINS for x in c.links}))
def test_every_link_is_proved(name: str) -> None:
    (link,) = [x for x in with_links(name)[1].links if x.claim == name]
    assert (link.verdict, link.exit, link.reason) == (Verdict.PROVED, 0, "")
    assert all(c.render() in link.statement for c in OWN[name].concluding.values())


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("sgd-keeps-alpha", Verdict.REFUTED, 1),  # as its author expects: no link of a chain
        ("depth-sharpness", Verdict.SUPPORTED, 4),  # measured, not exact
        ("no-such-claim", Verdict.UNDECIDED, 4),
    ],
)
def test_a_link_that_fails(name: str, verdict: Verdict, code: int) -> None:
    claim, found = with_links("sgd-mean-step", name)
    assert [x.exit for x in found.links] == [0, code] and found.exit == code
    assert found.links[1].verdict is verdict and found.links[1].reason
    row = row_of(claim, found)
    assert row["exit"] == code and f"link {name} is {verdict.name}" in row["error"]


def linked(**links: str) -> dict[str, Claim]:
    """Claims by id, each with the links that are written after it."""
    return {n: replace(SHORT, id=n, links=tuple(x.split())) for n, x in links.items()}


def test_the_links_of_links_are_judged_too() -> None:
    """Each once, after the one that names it, under whichever of its names; a false one at the end
    of a chain fails all of it.
    """
    own = OWN | linked(a="b c", b="sgd-mean-step c", c="d sgd-mean-step e", d="sgd-keeps-alpha")
    own["e"] = own["sgd-mean-step"]  # another name of it
    said: list[str] = []
    found = chained(own["a"], report(), own, Request(), said.append)
    assert [(x.claim, x.by) for x in found.links] == [
        ("b", "a"), ("sgd-mean-step", "b"), ("c", "b"), ("d", "c"), ("sgd-keeps-alpha", "d")
    ]  # fmt: skip
    assert [x.exit for x in found.links] == [0, 0, 0, 0, 1] and found.exit == 1
    begun = [x.partition(":")[0] for x in said]
    assert list(dict.fromkeys(begun)) == [f"link {n} of 5" for n in (1, 2, 3, 4, 5)]


def test_a_link_is_judged_once_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several chains: not again for the next one, but where it is another claim."""
    judged: list[str] = []

    def counting(claim: Claim, *more: object) -> Report:
        judged.append(claim.id)
        return settle(claim, *more)

    monkeypatch.setattr("verify.judge.chain.settle", counting)
    own, kept = OWN | linked(a="b", b="sgd-mean-step", c="sgd-mean-step b"), {}
    first = chained(own["a"], report(), own, Request(), kept=kept)
    later = chained(own["c"], report(), own, Request(), kept=kept)
    assert judged == ["b", "sgd-mean-step"] and [x.by for x in later.links] == ["c", "c"]
    assert {x.statement for x in first.links} == {x.statement for x in later.links}
    other = own | {"b": replace(own["b"], concluding=OWN["sgd-keeps-alpha"].concluding, links=())}
    again = chained(own["a"], report(), other, Request(), kept=kept)
    assert judged[2:] == ["b"] and again.exit == 1


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ({"a": "b", "b": "a"}, "a, b, a"),
        ({"a": "b", "b": "c", "c": "b"}, "b, c, b"),
        ({"a": "sgd-mean-step b", "b": "c d", "c": "d", "d": "a"}, "a, b, c, d, a"),
    ],
)
def test_a_circle_is_refused(links: dict[str, str], said: str) -> None:
    """Also one that is entered later; what two links share is none."""
    own = OWN | linked(**links)
    with pytest.raises(BadInput, match=f"claim a: its links go round in a circle: {said};"):
        judge_chain(own["a"], own, Request())
    own = OWN | linked(a="b c", b="d", c="d", d="sgd-mean-step")
    assert len(chained(own["a"], report(), own, Request()).links) == 4


def test_a_long_chain_is_no_trouble() -> None:
    own = OWN | linked(**{f"x-{n}": f"x-{n + 1}" for n in range(3000)})
    own |= linked(**{"x-3000": "x-7"})
    with pytest.raises(BadInput, match=r"in a circle: x-7, x-8, .* x-3000, x-7;"):
        chained(own["x-0"], report(), own, Request())


@pytest.mark.parametrize("links", [("Not An Id",), "mirror-identity", (SHORT.id,), (3,)])
def test_slips(links: object) -> None:
    with pytest.raises(BadInput, match="links"):
        replace(SHORT, links=links)


def test_circles_and_links_of_links_in_a_file(tmp_path: Path) -> None:
    """A circle is told at the line of the claim, exit 2, and the others are decided; what a link
    rests on stands on the screen and in JSON.
    """
    head = (
        "from dataclasses import replace\n"
        "from proofs.bias.stochastic_step import SGD_EFFECTIVE_ALPHA as OF\n"
        "def own(id, *links): return replace(OF, id=id, also=(), remarks=(), links=links)\n"
    )
    (tmp_path / "claims_own.py").write_text(
        head + "A = own('own-a', 'own-b')\nB = own('own-b', 'own-c')\nC = own('own-c', 'own-b')\n"
        "D = own('own-d', 'own-e')\nE = own('own-e', 'sgd-mean-step')\n"
    )
    ran = cli(tmp_path, "all", "claims_own.py", "--format", "json")
    rows = {r["claim"]: r for r in ran.json}
    assert ran.code == 2 and [rows[f"own-{x}"]["exit"] for x in "abcde"] == [2, 2, 2, 0, 0]
    for line, name in enumerate("abc", 4):
        told = f"claims_own.py:{line}: claim own-{name}: its links go round in a circle: own-"
        assert told in rows[f"own-{name}"]["error"]
    ran = cli(tmp_path, "claim", "claims_own.py::own-d")
    assert ran.code == 0 and "own-e: " in ran.flat and "sgd-mean-step, link of own-e: " in ran.flat
    ran = cli(tmp_path, "claim", "claims_own.py::own-d", "--format", "json")
    assert [x["by"] for x in ran.json["links"]] == ["own-d", "own-e"]


def test_on_the_screen(tmp_path: Path) -> None:
    """And in JSON; from a file whose link is false, with its exit code."""
    ran = cli(tmp_path, "claim", "lasso-path-limit")
    assert ran.code == 0 and "link" in ran.out and "PROVED" in ran.out.split("link", 1)[1][:30]
    (tmp_path / "claims_own.py").write_text(
        "from dataclasses import replace\n"
        "from proofs.bias.stochastic_step import SGD_EFFECTIVE_ALPHA, SGD_KEEPS_ALPHA\n"
        "FALSE = replace(SGD_KEEPS_ALPHA, id='false-link', corrects='')\n"
        "CLAIMS = (replace(SGD_EFFECTIVE_ALPHA, id='own-chain', also=(), remarks=(),"
        " links=('false-link',)), FALSE)\n"
    )
    ran = cli(tmp_path, "claim", "claims_own.py::own-chain")
    assert ran.code == 1 and "false-link: (p - gamma r x p)" in ran.flat
    assert ran.out.splitlines()[-1].startswith("PROVED  link false-link: REFUTED    exit 1, seed 0")
    assert set(Found(with_links("bregman-energy")[0], "proofs").linkable()) >= {"bregman-energy"}
    ran = cli(tmp_path, "claim", "claims_own.py::own-chain", "--format", "json")
    assert [x["verdict"] for x in ran.json["links"]] == ["REFUTED"] and ran.json["exit"] == 1
