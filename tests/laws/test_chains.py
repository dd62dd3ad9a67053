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
from verify.judge.chain import chained
from verify.judge.resume import row_of
from verify.library.registry import Found

OWN = {c.id: c for c in CLAIMS}
CHAINS = [c for c in CLAIMS if c.links]
SHORT = OWN["sgd-effective-alpha"]


@cache
def report() -> Report:
    return judge(SHORT)


def with_links(*links: str) -> tuple[Claim, Report]:
    claim = replace(SHORT, links=links)
    return claim, chained(claim, report(), OWN, Request())


def test_limits_and_rates_are_chains() -> None:
    named = {c.id for c in CHAINS}
    assert named >= {"depth-limits", "depth-rich-rate", "depth-kernel-rate", "diag-d2-shape"}
    assert named >= {"soudry-main", "lyu-li-three-samples", "exp-crossover"}
    for c in CHAINS:
        assert c.expected in (Verdict.SUPPORTED, Verdict.ENCLOSED)
        assert all(OWN[x].expected is Verdict.PROVED for x in c.links)


@pytest.mark.parametrize("name", sorted({x for c in CHAINS for x in c.links}))
def test_every_link_is_proved(name: str) -> None:
    (link,) = with_links(name)[1].links
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


@pytest.mark.parametrize("links", [("Not An Id",), "mirror-identity", (SHORT.id,), (3,)])
def test_slips(links: object) -> None:
    with pytest.raises(BadInput, match="links"):
        replace(SHORT, links=links)


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
    assert set(Found(with_links("bregman-energy")[0], "proofs").linkable()) >= {"bregman-energy"}
    ran = cli(tmp_path, "claim", "claims_own.py::own-chain", "--format", "json")
    assert [x["verdict"] for x in ran.json["links"]] == ["REFUTED"] and ran.json["exit"] == 1
