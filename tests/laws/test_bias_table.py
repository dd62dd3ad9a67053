"""Every id of the catalogue of implicit bias, sections 1 to 4 (diagonal part), 6 and 8, with what
says it here: claims, commands, or the reason why there is none. What is printed or loosely said
stands as a pair, REFUTED beside what is right; each claim is listed by the source that it cites,
and those of the lectures by the lectures.

To the kind belong: an id that is nobody's, a command that does not exist, an entry whose pair has
lost one half, and a claim that ``verify list --source`` does not show.
"""

from __future__ import annotations

import json

import pytest

from proofs import CLAIMS
from tests.runner import cli
from verify.claims.verdict import HOLDS, Verdict
from verify.commands.mirror import answered
from verify.reproduce import NAMES

OWNERS = {name: c for c in CLAIMS for name in (c.id, *c.also)}
LECTURES = "2311.15404"
PAPER = "2002.09277"

#: ids of sections 2, 3 and 4 that are claims by that name, with their neighbours and experiments
IDS = {
    "mirror-identity": "mirror-identity-logarithms",
    "diag-d2-invariant": "diag-d2-decay diag-d2-step",
    "diag-d2-qalpha": "diag-d2-metric zero-start biased-init",
    "diag-depthD-invariant": "",
    "lemma8-box": "",
    "diag-depthD-qD": "depth-to-two",
    "bregman-energy": "bregman-rate bregman-any-loss bregman-convex bregman-equality",
    "untied-layers": "untied-layers-product",
    "deep-diag-mirror": "lda-two-layers",
    "sgd-effective-alpha": "sgd-drift sgd-keeps-alpha sgd-mean-step sgd-uncorrelated",
    "q-asymptotics": "",
    "diag-d2-shape": "",
    "thm2-rich": "thm2-proof",
    "thm2-kernel": "",
    "lemma5": "",
    "lemma6": "",
    "lemma7": "potential-below-kernel",
    "implicit-vs-explicit-d2": "explicit-potential explicit-scale implicit-is-explicit",
    "depth-limits": "depth-limits-quasi-norm l1-not-alone l1-corner",
    "depth-rich-rate": "",
    "depth-kernel-rate": "depth-kernel-coefficient",
    "depth-sharpness": "",
    "depth-infinity-potential": "",
    "escape-time": "escape-time-depth-two escape-time-deeper",
    "lazy-rates": "",
    "cond-jacobian": "ill-conditioned-breaks cond-jacobian-two",
    "biased-init": "biased-init-l2",
    "lasso-path": "lasso-path-limit lasso-path-now",
    "function-space-flow": "function-space-flat jacobian-order",
    "hessian-metric": "homogeneous-is-mirror warped-time-change",
    "commuting-parametrisation": "gram-entries-commute",
    "warped-shared-factor": "warped-balanced warped-least-squares",
}
#: experiments and checks of section 6: the command
COMMANDS = {
    "E1": "e1", "E1c": "e1c", "E3, diagonal part": "e3", "next check 1": "e1",
    "next check 2": "cond-jacobian", "open question 1": "oq1", "control": "control",
    "lasso path, the limit": "lasso-path", "SDE of sgd-effective-alpha": "sgd",
}  # fmt: skip
#: slips of print: (REFUTED, right), or why there is no pair
PRINTED = {
    "1 large-z expansion": "q-asymptotics-printed q-asymptotics",
    "2 one real root": "explicit-root-printed implicit-vs-explicit-d2",
    "3 factor alpha^2": "explicit-scale-printed explicit-scale",
    "4 constants, D = 2": "flow-constant-printed flow-constant",
    "4 constants, D > 2": "flow-constant-deep-printed flow-constant-deep",
    "6 residual and sign": "flow-branches-printed flow-branches",
    "6 sign at depth D": "diag-depthd-rate-printed diag-depthd-invariant",
    "7 constants of theorem 2": "thm2-proof-printed thm2-proof",
    "8 arcsin": "qalpha-arcsin-printed diag-d2-qalpha",
}
NO_PAIR = {
    "5 lemma 8": "true as printed and loose by 2; lemma8-box has the right constant",
    "8B, generalisation improves": "verify experiment e1 asserts it at D = 5",
    "8B, margins": "sentences about margins belong to section 5, classification",
}
#: loose sentences about the lectures: (REFUTED, right)
LOOSE = {
    "deeper is faster": "deeper-faster-in-time escape-time-deeper",
    "J^T J": "jacobian-order-loose jacobian-order",
    "function space": "function-space-flat function-space-flow",
    "ill-conditioned": "ill-conditioned-breaks cond-jacobian",
    "homogeneous suffices": "homogeneous-is-mirror hessian-metric",
    "any start": "zero-start-falls zero-start",
    "biased start": "biased-init-l2 biased-init",
    "one minimiser": "l1-corner l1-not-alone",
    "l_(2/D)": "depth-limits-quasi-norm depth-limits",
    "the output is the lasso": "lasso-path-now lasso-path-limit",
}


@pytest.mark.parametrize("name", IDS)
def test_an_id_is_a_claim_that_holds(name: str) -> None:
    assert OWNERS[name].expected in HOLDS
    for other in IDS[name].split():
        assert other in OWNERS, other


@pytest.mark.parametrize("pair", [*PRINTED.values(), *LOOSE.values()])
def test_pairs(pair: str) -> None:
    false, right = (OWNERS[x] for x in pair.split())
    assert false.expected is Verdict.REFUTED and right.expected in HOLDS
    assert false.corrects == right.id
    printed = pair in PRINTED.values()
    assert false.title.startswith("as printed") == printed
    assert (right.as_printed == false.id) == printed


def test_every_misreading_of_the_folder_is_in_the_table() -> None:
    from proofs.bias import CLAIMS as OWN

    known = {x.split()[0] for x in (*PRINTED.values(), *LOOSE.values())}
    known |= {x for names in IDS.values() for x in names.split()}
    assert {c.id for c in OWN if c.expected is Verdict.REFUTED} <= known


def test_sources_list_them(tmp_path) -> None:
    """By the lectures where they treat it; by the paper that it cites; by either with a version."""
    listed = lambda source: {
        name
        for row in cli(tmp_path, "list", "--source", source, "--format", "json").json
        for name in (row["id"], *row["also"])
    }
    found = {source: listed(source) for source in (LECTURES, PAPER)}
    elsewhere = {
        x for x in IDS if OWNERS[x].source.arxiv.rsplit("v", 1)[0] not in (LECTURES, PAPER)
    }
    assert elsewhere == {
        "deep-diag-mirror", "sgd-effective-alpha", "depth-rich-rate", "lazy-rates", "lasso-path",
    }  # fmt: skip
    assert set(IDS) - elsewhere - {"untied-layers"} <= found[LECTURES]
    assert "untied-layers" in found[PAPER]
    for name in elsewhere:
        assert OWNERS[name].source.names(OWNERS[name].source.arxiv.rsplit("v", 1)[0])
    refuted = {x.split()[0] for x in (*PRINTED.values(), *LOOSE.values())}
    assert refuted - found[LECTURES] - found[PAPER] == {"lasso-path-now"}


@pytest.mark.parametrize("name", sorted({x.removesuffix(" --help") for x in COMMANDS.values()}))
def test_commands_exist(name: str) -> None:
    assert name in NAMES


@pytest.mark.parametrize(
    ("model", "verdict"),
    [("signed-power", "mirror"), ("warped", "time change"), ("completion", "excluded")],
)
def test_what_verify_mirror_says_of_them(model: str, verdict: str) -> None:
    """Section 4 as a command: separable, a shared factor, U V^T."""
    asked = dict.fromkeys(("depth", "width", "sizes"))
    assert json.loads(answered(model, None, **asked).json())["verdict"] == verdict
