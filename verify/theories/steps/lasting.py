"""What is said of whole solutions holds for as long as the scope says: a declared sign that the
scope does not print is kept by the flow, as the kernel finds.

x' = h x with an h that is continuous while the other signs hold, or x' >= 0 for x > 0. The kernel's
sentence ends where a sign that it states fails; none of these fails first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, const, dot, num
from verify.terms.words import words
from verify.theories.towers.domain import along, domain
from verify.theories.towers.keeping import made_of
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import Signs, quotient
from verify.theories.towers.tower import FLOW, Tower

#: whether the kernel accepts steps of a sentence in which these are supposed
Asked = Callable[[FormulaSentence, Sequence[Given]], bool]


@dataclass(frozen=True)
class Keeps(Conclusion):
    """quantity'^2 = (cofactor quantity)^2."""

    quantity: Expr
    cofactor: Expr
    kind = "keeps-sign-squared"

    def expressions(self) -> tuple[Expr, ...]:
        """All that it speaks of."""
        return (self.quantity, self.cofactor)


def printed(sentence: FormulaSentence) -> tuple[Given, ...]:
    """What the scope says, as hypotheses."""
    return tuple(c.given() for c in domain(sentence) if c.relation != ">=")


def check(sentence: FormulaSentence, used: set[str], asked: Asked) -> None:
    """Raises NotGeneric where a sign of a letter that is ``used`` need not last."""
    if not along(sentence):
        return
    said = printed(sentence)
    _given(sentence, said)
    shown = {h.expr for h in said}
    waiting = [x.name for x in sentence.setting.letters
               if x.sign and x.name in sentence.setting.rates and x.name in used
               and const(x.name) not in shown]  # fmt: skip
    while waiting:
        rest = [x for x in waiting if not _lasts(sentence, x, said, waiting, asked)]
        if rest == waiting:
            raise NotGeneric(f"it is not shown how long the sign of {rest[0]} lasts")
        waiting = rest


def _given(sentence: FormulaSentence, said: Sequence[Given]) -> None:
    """What is supposed of an expression that moves is in the scope."""
    tower = Tower(sentence.setting)
    known = Signs(tower, said)
    for h in sentence.assuming:
        q = tower.normal(h.expr)
        whole = known.of(tower.reduced(q.top * q.bottom)) if q.top else None
        said_so = whole == ">" or (whole and h.sign == "!=")
        if tower.derived(q, FLOW).top and not said_so and known.decide(q, h.sign) is None:
            raise NotGeneric(f"it is not said that {words(h.expr)} {h.sign} 0 need not last")


def _lasts(
    sentence: FormulaSentence,
    name: str,
    said: Sequence[Given],
    waiting: Sequence[str],
    asked: Asked,
) -> bool:
    """Of what is still ``waiting`` nothing is supposed, unless x grows while all signs hold."""
    x, given = const(name), sentence.setting
    tower = Tower(given)
    slope = tower.slope(name, FLOW)
    if not slope.top:
        return True
    bare = tuple(replace(y, sign="") if y.name in waiting else y for y in given.letters)
    kept = replace(sentence, setting=replace(given, letters=bare))
    wanted = [(kept, Keeps(x, h)) for h in _cofactors(tower, given.rates[name], x, slope)]
    if next(y.sign for y in given.letters if y.name == name) == ">":
        wanted.append((sentence, Sign(dot(x), ">=")))  # type: ignore[arg-type]
    return any(_asked(replace(own, conclusion=c), said, asked) for own, c in wanted)


def _asked(sentence: FormulaSentence, said: Sequence[Given], asked: Asked) -> bool:
    """Of the motion of what the conclusion speaks of, and of what this moves with."""
    given = sentence.setting
    names = made_of(given, sentence.conclusion.expressions())
    rates = {x: e for x, e in given.rates.items() if x in names}
    still = {x.name for x in given.letters} - names
    fixed = [h for h in sentence.assuming if not h.expr.constants() & given.rates.keys()]
    own = tuple(h for h in (*fixed, *said) if not h.expr.constants() & still)
    atoms = tuple(a for a in given.atoms if a.name in names)
    moving = replace(given, rates=rates, atoms=atoms)
    return asked(replace(sentence, setting=moving, assuming=()), own)


def _cofactors(tower: Tower, rate: Expr, x: Expr, slope: Quotient) -> list[Expr]:
    """As the rate is written, or as a normal form."""
    found = [e] if (e := _without(rate, x)) is not None else []
    top, rest = divmod(slope.top, tower.normal(x).top)
    return [*found, *([] if rest else [quotient(tower, Quotient(top, slope.bottom))])]


def _without(e: Expr, x: Expr) -> Expr | None:
    """e / x, where x is a factor of each of its terms."""
    match e:
        case Expr("+", parts):
            found = [_without(p, x) for p in parts]
            return None if None in found else Expr("+", tuple(found))
        case Expr("*", parts):
            for k, p in enumerate(parts):
                if (left := _without(p, x)) is not None:
                    return Expr("*", (*parts[:k], left, *parts[k + 1 :]))
    return num(1) if e == x else None
