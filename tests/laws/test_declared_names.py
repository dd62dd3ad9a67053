"""What an author calls a letter or a set is printed as it stands: a statement with another name is
the same text with that name in it. (A letter `q` was printed as the networks' |w|^(2/L), a set
`coordinates` as 1..n, and `R` with three indices as one of two layers that differ.) To the kind
belong all names that mean something elsewhere: letters of the networks and of matrices, heads of
expressions, Greek letters, and sets called as our ranges are.
"""

import re

import pytest

from verify.claims.conclusions import Conserved, Equation
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.indices import Index, Sum
from verify.terms.words import latex, words

OURS = (*"wgquPRVJLnkGWXABCDHIEtTUS", "tr", "SB", "num", "at", "abs", "sum", "w1", "q1", "alpha")
PLAIN = "zz"


def sentences(name, of=str):
    """Sentences in which a letter and a set are called so, alone, at an index and at a number."""
    i = Index("j", of(name))
    a, b = parameter(name, i, sign=">"), constant(name)
    c = constant(name, i, Index("k", "inputs"), Index("p", "data"))
    E = loss("Loss", Sum(i, a[i] ** 3), gradient="rr")
    body = Sum(i, a[1] ** 2) + a[i] ** 2 / 2 - a[2] ** -1
    return (
        Conserved(body).render(),
        Equation(Sum(i, b.here) ** 2, b.here**3).render(),
        words(Sum(i, b.here * 2)),
        Conserved(c.here * 2).render(),
        Declared((a, E), flow=E.here).title(),
    )


@pytest.mark.parametrize("name", OURS)
def test_a_letter_is_printed_by_its_name(name):
    told, plain = sentences(name, lambda _: "units"), sentences(PLAIN, lambda _: "units")
    assert told == tuple(re.sub(rf"\b{PLAIN}(?![a-z])", name, x) for x in plain)


@pytest.mark.parametrize("name", ("coordinates", "layers", "n", "L", "i", "q"))
def test_a_set_is_printed_by_its_name(name):
    i = Index("j", name)
    b, other = constant("b").here, Index("j", PLAIN)
    told, plain = words(Sum(i, b)), words(Sum(other, b))
    assert told == plain.replace(PLAIN, name)


def test_latex_of_a_letter_knows_no_power_of_another():
    i = Index("i", "units")
    found = [latex(parameter(x, i)[i] ** 2) for x in OURS]
    assert not [x for x in found if "2/L" in x or "|" in x]
    assert len(set(found)) == len(OURS)
