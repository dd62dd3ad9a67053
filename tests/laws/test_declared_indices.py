"""Every index that a sentence in declared letters has is explained by its setting, on the screen
and in LaTeX, also one that occurs in a conclusion or hypothesis alone (a_j - a_k was printed with
"j in units" and nothing about k); and an inequality between numbers is not called an equality.
"""

import pytest

from proofs import CLAIMS
from tests.reports import settled_theorem
from verify import decide
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.at_most import AtMost
from verify.claims.hypotheses.related import Related, spoken_of
from verify.claims.source import Source
from verify.models.declared import Declared, bound, constant, loss, parameter
from verify.report.stated import setting
from verify.spelling.tex import inline
from verify.terms.expr import num
from verify.terms.indices import Index, Sum

DECLARED = [c for c in CLAIMS if isinstance(c.setting, Declared)]
J, K, N = Index("j", "units"), Index("k", "units"), Index("n", "data")
A, X, C = parameter("a", J), constant("x", N), constant("c")
E = loss("E", Sum(J, A[J]) * C.here, gradient="r")
FLOW = Declared((A, C, X, E), flow=E.here)


def claim(conclusion, *assuming):
    return Claim(
        id="two-indices",
        title="two of them",
        setting=FLOW,
        assuming=assuming,
        concluding={"u": conclusion},
        source=Source.own("a draft"),
    )


OWN = [
    claim(Conserved(A[J] - A[K])),
    claim(Conserved(A[J]), Related.of("same", X[N], X[Index("m", "data")])),
]


def explained(c):
    both = [e for x in c.concluding.values() for e in x.expressions()]
    both += [e for h in c.assuming if isinstance(h, Related) for e in (h.left, h.right)]
    return {(str(i), i.kind) for e in both for i in bound(e)}


@pytest.mark.parametrize("c", [*DECLARED, *OWN], ids=lambda c: c.id)
def test_every_index_is_explained(c):
    said, tex = setting(c), c.setting.latex(*spoken_of(c))
    for name, kind in explained(c):
        if ".." not in kind:
            runs = said.rpartition(f" in {kind}")[0].rpartition("; ")[2]
            assert name in runs.replace(",", " ").split(), (name, kind)
            assert inline(name) in tex.partition(f" in {kind}")[0], (name, kind)


def test_the_theorem_says_it():
    assert inline("k") + " in units" in settled_theorem(OWN[0]).partition("Then")[0]


@pytest.mark.parametrize("left, right", [(1, 0), (0, 1)])
def test_numbers_are_not_called_equal(left, right):
    found = decide(claim(AtMost(num(left), num(right))))
    (outcome,) = found.outcomes.values()
    assert outcome.verdict.name == "VACUOUS"
    assert "by a number alone" in outcome.reason and "equal" not in outcome.reason
