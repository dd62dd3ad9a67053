"""One certificate from its frame to its sentence, and what is checked at its exact point."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from verify.kernel.affine import Index, Symbol
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.exact import Value, added, times, true, vanishes
from verify.kernel.facts import Fact, Setting
from verify.kernel.limits import Refused, Work, limited, need
from verify.kernel.load import Data, fields, items, load, objects
from verify.kernel.points import Env, Point
from verify.kernel.ring import Poly
from verify.kernel.rules import step
from verify.kernel.sentence import fact, sentence
from verify.kernel.setting import setting as declared
from verify.kernel.terms import Term, letter_at, term_of


def verified(text: bytes) -> str:
    """The sentence that a certificate proves, or refutes; Refused or NotACertificate otherwise."""
    data = load(text)
    try:
        if "traced" in data:
            from verify.kernel.traced.read import traced

            return traced(data)
        return _verified(data)
    except Refused:
        raise
    except Exception as error:  # whatever is not understood is a refusal
        raise Refused(f"not understood ({type(error).__name__})") from None


def _verified(data: dict[str, Data]) -> str:
    Work.begin()
    Symbol.made = 0
    refuting = "witness" in data
    last = "witness" if refuting else "instance"
    fields(data, "format version setting assume steps conclude " + last)
    setting = declared(data["setting"])
    for x, given in objects(data["assume"]).items():
        setting.add(hypothesis(setting, x, given))
    steps = items(data["steps"])
    limited(len(steps), "declared")
    need(not (refuting and steps), "a witness needs no steps")
    for given in steps:
        step(setting, given)
    stated = objects(data["conclude"]).items()
    found = [conclusion(setting, x, given, not refuting) for x, given in stated]
    need(found, "nothing is concluded")
    for f in setting.derived():
        need(f.used, f"the step {f.name} is used nowhere")
    point = Point(data[last], setting)
    satisfied(point)
    for f in found:
        fails(point, f) if refuting else says_something(point, f)
    return sentence(point, found, refuting)


def holds(point: Point, fact: Fact) -> bool:
    """A fact at all its indices there; its sides are evaluated as they are written, too."""
    of = term_of(fact.poly)
    for env in point.places(fact.indices):
        found = point.value(of, env)
        if fact.sides:
            a, b = (point.value(x, env) for x in fact.sides)
            same = found == added(a, times(Fraction(-1), b))
            need(same, f"{fact.name}: its sides and its normal form differ at the point")
        if not true(found, fact.relation):
            return False
    return True


def inhabited(point: Point, fact: Fact) -> None:
    """Some value of its indices there."""
    some = any(True for _ in point.places(fact.indices))
    need(some, f"{fact.name}: its range is empty at the point")


def _somewhere(point: Point, p: Poly, indices: Sequence[Index]) -> bool:
    """Whether it is not 0 at all of these indices."""
    of = term_of(p)
    return any(not vanishes(point.value(of, env)) for env in point.places(indices))


def satisfied(point: Point) -> None:
    """Definitions, homogeneity, hypotheses and derived facts hold; something moves."""
    setting = point.setting
    for x in setting.letters("exp", "log", "gate"):
        for env in point.places(x.indices):
            point.value(term_of(letter_at(x)), env)
    for f in setting.facts.values():
        need(holds(point, f), f"{f.name} fails at the point")
    for f in setting.assumed() + setting.derived():
        inhabited(point, f)
    for loss in setting.letters("loss"):
        if loss.name + "@" in setting.facts:
            seen = _somewhere(point, loss.term.poly, loss.over)
            need(seen, "the argument of a loss is 0 at the point")
    rates = setting.rates
    moves = not rates or any(_somewhere(point, p, u.indices) for u, p in rates.items())
    need(moves, "no parameter moves at the point")


def says_something(point: Point, found: Fact) -> None:
    """It is no hypothesis; its range is inhabited, it holds there; a side of an equation or
    inequality is not 0 there, or a law's subject, and some monomial of its derivative by one
    factor.
    """
    given = found.sides and fact(found) in map(fact, point.setting.assumed())
    need(not given, f"{found.name} is a hypothesis as it stands")
    inhabited(point, found)
    need(holds(point, found), f"{found.name} fails at the point: a defect of the kernel")
    for terms in _seen(point.setting, found):
        places = ((t, env) for t in terms for env in point.places(found.indices))
        some = any(not vanishes(x) for t, env in places for x in _parts(point, t, env))
        need(some, f"{found.name}: everything in it is 0 at the point, so it says nothing there")


def _seen(setting: Setting, found: Fact) -> Iterator[Sequence[Term]]:
    """Of each something is not 0; the rate is worked out where the subject is not 0."""
    p, law = found.terms[0].poly, found.rule not in ("equation", "inequality", "least")
    if not law or not p.mentions(lambda x: x.role == "log"):  # all 0
        yield found.terms[: 1 if law else None]
    if law:
        parts = setting.moving().parts(p)
        yield [term_of(Poly(p.shape, {m: c})) for x in parts for m, c in x.terms.items()]


def _parts(point: Point, t: Term, env: Env) -> Iterable[Value]:
    """The summands of a sum, or the value."""
    if t.op == "sum":
        for inner in point.places([t.head], env):
            yield from _parts(point, t.parts[0], inner)
    else:
        yield point.value(t, env)


def fails(point: Point, found: Fact) -> None:
    """A witness: the obligation does not hold at some values of the indices there."""
    inhabited(point, found)
    lasts = found.rule in ("keeps-sign-squared", "not-exponential", "settles")
    need(not lasts, f"{found.name}: a point does not refute what is said of all times")
    need(not holds(point, found), f"{found.name} holds at the witness")
