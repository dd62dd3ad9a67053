"""What a claim in declared letters may be made of: closed lists, names that mean one thing, and a
setting and terms that the kernel reads.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.conserved import Conserved
from verify.claims.conclusions.equation import Equation
from verify.claims.conclusions.inequality import Inequality
from verify.claims.conclusions.linear_law import LinearLaw
from verify.claims.experiments import Nearby
from verify.claims.fields import check_measured, closed
from verify.claims.hypotheses.related import Related, Scales
from verify.exact.errors import BadInput
from verify.exact.limits import SPOKEN, is_word
from verify.exact.names import ROWS, VERDICTS
from verify.kernel.conclusions import hypothesis
from verify.kernel.limits import LIMITS, Refused, Work
from verify.kernel.load import WORDS
from verify.kernel.read import Scope
from verify.kernel.setting import setting as read
from verify.models.declared import Declared, bound
from verify.terms.expr import Expr
from verify.terms.indices import Index, exponent, free, runs, term

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.conclusions.base import Conclusion

CONCLUSIONS = (Conserved, Equation, LinearLaw, Inequality, AtMost)
_NAME = "[A-Za-z][A-Za-z0-9]*"
#: read as the time, as the number e, or as an operation
RESERVED = frozenset("e d t exp log start next sum tr Re I".split())


def declared(claim: Claim, setting: Declared) -> None:
    """Raises BadInput naming what is wrong, and what was expected."""
    closed("setting", setting, (Declared,))
    for h in claim.assuming:
        closed("hypothesis", h, (Related, Scales))
        _word(f"hypothesis {h.id}", h.id)
    for name, c in claim.concluding.items():
        closed("conclusion", c, CONCLUSIONS)
        _word(f"conclusion {name}", name)
    for e in claim.experiments:
        closed("experiment", e, (Nearby,))
        check_measured(claim, e)
        closed("near miss", e.near_miss, CONCLUSIONS)  # type: ignore[attr-defined]
    if claim.hints:
        raise BadInput("hints for a claim in declared letters; expected none: uses are searched")
    _ranges(claim, setting)
    names = [x.name for x in setting.letters]
    twice = next((x for x in names if names.count(x) > 1), None)
    if twice is not None:
        raise BadInput(f"two letters are called {twice!r}; expected one declaration of each name")
    names += [x.beside for x in setting.letters]
    ranges = (*setting.sets(every_index(claim)), *setting.integers(every_index(claim)))
    for name, spoken in (*((x, SPOKEN) for x in names), *((x, ROWS) for x in ranges)):
        if taken(name, spoken):
            raise BadInput(f"the name {name!r}: a word of what is printed; expected another name")


def taken(name: str, spoken: Collection[str] = SPOKEN) -> bool:
    """Whether no letter can be called so."""
    return name in RESERVED or name.lower() in {*spoken, *VERDICTS, *ROWS}


def understood(claim: Claim, setting: Declared) -> None:
    """The kernel reads it. Raises BadInput for what it refuses."""
    try:
        _read(claim, setting)
    except Refused as problem:
        raise BadInput(f"the kernel does not read it: {problem}") from None


def _word(what: str, name: str) -> None:
    if not is_word(_NAME, name) or len(name) > LIMITS["name"] or name in WORDS:
        raise BadInput(
            f"{what}: expected letters and digits, a letter first, at most {LIMITS['name']}, and"
            " no word of the sentence"
        )


def _ranges(claim: Claim, setting: Declared) -> None:
    """An index is an Index, and has one range."""
    seen: dict[str, str] = {}
    expressions = [e for c in stated(claim).values() for e in c.expressions()]
    for h in claim.assuming:
        expressions += [h.left, h.right] if isinstance(h, Related) else []
    for e in expressions:
        for node in e.walk():
            for x in node.args[1:] if node.head == "at" else node.args[:1]:
                if type(x) is str and node.head in ("at", "sum"):
                    raise BadInput(
                        f"the index {x!r} has no range; expected an Index: Index({x!r}, 'inputs')"
                    )
    for i in (*setting.indices(), *(i for e in expressions for i in bound(e))):
        if seen.setdefault(str(i), i.kind) != i.kind:
            raise BadInput(
                f"the index {i} runs through {seen[str(i)]} and through {i.kind}; expected one"
                " range for each name"
            )


def stated(claim: Claim) -> dict[str, Conclusion]:
    """Conclusions, and what stands near them."""
    near = {f"near miss of {e.conclusion}": e.near_miss for e in claim.experiments}  # type: ignore[attr-defined]
    return {**claim.concluding, **near}


def every_index(claim: Claim) -> tuple[Index, ...]:
    """Of hypotheses, conclusions and near misses."""
    found = [i for c in stated(claim).values() for e in c.expressions() for i in bound(e)]
    for h in claim.assuming:
        if isinstance(h, Related):
            found += [*bound(h.left), *bound(h.right)]
    return tuple(found)


def _read(claim: Claim, setting: Declared) -> None:
    """The kernel reads setting, hypotheses and every term of a conclusion."""
    Work.begin()
    degrees = {h.loss: exponent(h.degree) for h in claim.assuming if isinstance(h, Scales)}
    losses = [x.name for x in setting.letters if x.role == "loss"]
    for name in degrees:
        if name not in losses:
            known = ", ".join(losses) or "none"
            raise BadInput(f"a degree of {name!r}: no loss; the losses of the setting: {known}")
    given = setting.declared(degrees, every_index(claim))
    proof = read(given)
    for h in claim.assuming:
        if isinstance(h, Related):
            hypothesis(proof, h.id, h.stated())
    for name, c in stated(claim).items():
        own = free(*c.expressions())
        scope = proof.scope().bound({"for": runs(own)} if own else {}, "for")[1]
        numbers = [_number(scope, e) for e in c.expressions()]
        if c.kind in ("inequality", "at-most") and not all(numbers):
            raise BadInput(
                f"conclusion {name}: an order between matrices; expected one between numbers, such"
                " as their traces"
            )
        flows = setting.flow is not None
        if c.kind in ("conserved", "linear-law", "inequality") and not flows:
            raise BadInput(f"conclusion {name}: {c.kind} speaks of a flow; expected flow=...")


def _number(scope: Scope, e: Expr) -> bool:
    """Is the term, which the kernel reads, a number, and no matrix?"""
    return scope.term(term(e)).poly.shape is None
