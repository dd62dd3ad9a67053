"""A sentence that was proved and says no more than one of its hypotheses, or than a declared sign:
the same relation, or a multiple of it by a number, at its indices; its derivative; that what it
calls 0 stays or decays. It says nothing, in every theory alike.

Forms are compared as they stand (``exact.alike``): products are not multiplied out, and two
hypotheses are not joined. That is mathematics, and worth a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.claims.hypotheses import Hypothesis
from verify.exact.alike import Form, always, never, plain
from verify.terms.affine import k
from verify.terms.expr import Expr, const, substitute
from verify.terms.matrices import Mat
from verify.terms.relation import free_indices
from verify.terms.shapes import shape
from verify.theories.words.derive import unfolded

NOTHING = "this sentence says nothing: it is "
Run = tuple[int, int]  # of k, where there is one: the first, and N less the last
Related = tuple[Any, str, Run]  # an expression and its relation to 0
#: the same; or that the expression stays, or grows by a factor
Stated = tuple[Any, str, Run, bool]
ANY = (1, 1)
#: what each relation implies
IMPLIES = {"=": ("=", ">="), ">": (">", ">=", "!="), ">=": (">=",), "!=": ("!=",)}
MANY = 64  # ways to put indices into a hypothesis


def restated(setting: Any, assuming: Iterable[Hypothesis], concluded: Conclusion) -> str | None:
    """Which hypothesis it is, or None."""
    known = [(f"its own hypothesis {h.id}", x) for h in assuming for x in _of(h)]
    known += [(f"what the setting says of {name}", x) for name, x in _signs(setting)]
    if not known:
        return None
    form, every = _formed(setting), [*_concluded(concluded)]
    return next((f"{NOTHING}{what}" for what, x in known if _is(every, x, form)), None)


def _of(h: Any) -> Iterator[Related]:
    """What a hypothesis says at all times. Of a loss it says more than an equation."""
    if hasattr(h, "equations"):
        held = (e for e in h.equations if h.when == "always")
        yield from ((e.left - e.right, "=", (e.first, e.less)) for e in held)
    elif h.kind == "given":
        yield h.expr, h.sign, ANY
    elif h.kind == "related" and not h.at_start:
        yield h.left - h.right, h.sign, ANY


def _signs(setting: Any) -> Iterator[tuple[str, Related]]:
    """Of letters that are declared with one."""
    for x in setting.letters if setting.kind in ("formulas", "declared") else ():
        if x.sign:
            yield x.name, (x.here if setting.kind == "declared" else const(x.name), x.sign, ANY)


def _is(concluded: Iterable[Stated], said: Related, form: Callable[[Any], Form]) -> bool:
    relation = said[1]
    for stated in concluded:
        e, wanted, _, lasts = stated
        own = form(e)
        for known in _placed(said, stated):
            forms = [form(known)]
            if relation == "=" and not lasts:
                forms.append(form(type(known)("D", (known,))))
            implied = relation == "=" if lasts else wanted in IMPLIES[relation]
            either = relation == "=" or wanted == "!="
            if implied and any(_multiple(own, x, either) for x in forms):
                return True
    return False


def _concluded(c: Any) -> Iterator[Stated]:
    """What is concluded of an expression."""
    run = c.place() if hasattr(c, "place") else ANY
    if c.kind in ("sign", "matrix-nonnegative"):
        yield c.quantity, getattr(c, "relation", ">="), run, False
    elif c.kind in ("inequality", "at-most"):
        yield c.right - c.left, ">=", run, False
    elif hasattr(c, "quantity") and c.kind != "matrix-settles":  # that a flow converges is more
        yield c.quantity, "=", run, True
        if "keeps-sign" in c.kind:
            yield c.quantity, "!=", run, False
    elif hasattr(c, "left"):
        yield c.left - c.right, "=", run, False


def _formed(setting: Any) -> Callable[[Any], Form]:
    """Forms in the language of a setting; what might be a matrix keeps its place."""
    if setting.kind != "matrices":
        matrices = setting.kind == "declared" and any(x.size for x in setting.letters)
        return lambda e: plain(e, never if matrices else always)

    def opened(e: Mat) -> Mat:
        e = Mat(e.head, tuple(opened(x) if isinstance(x, Mat) else x for x in e.args))
        e = unfolded(e) if e.head in ("G", "H", "w") else e
        return e.args[-1] if e.head == "within" else e

    theory = setting.theory()
    return lambda e: plain(opened(e), lambda x: shape(x, theory) is None)


def _placed(said: Related, stated: Stated) -> Iterator[Any]:
    """A hypothesis at indices of the conclusion, through all of which it is assumed."""
    (given, _, (low, less)), (e, _, (first, last), _) = said, stated
    if isinstance(given, Mat):
        if not free_indices(given):
            yield given
            return
        shifts = (j for j in (0, -1, 1) if first + j >= low and last - j >= less)
        yield from (given.put("k", k + j) for j in shifts)
        return
    own = sorted({x for x in _indices(given) if isinstance(x, str)})
    places = [*_indices(e)]
    for found in product(places, repeat=len(own)) if len(places) ** len(own) <= MANY else ():
        if all(_kind(x) == _kind(y) for x, y in zip(own, found, strict=True)):
            yield substitute(given, _put(dict(zip(own, found, strict=True))))


def _kind(x: Any) -> str | None:
    """What an index runs through, where it says so: a text that speaks of no index, one range."""
    return getattr(x, "kind", None)


def _put(values: dict[str, Any]) -> Callable[[Expr], Expr]:
    def rule(e: Expr) -> Expr:
        if e.head not in ("at", "is"):
            return e
        return Expr(e.head, tuple(values.get(x, x) for x in e.args))

    return rule


def _indices(e: Expr) -> dict[Any, None]:
    """Indices of letters that no sum binds, and numbers that stand for one."""
    bound = {x.args[0] for x in e.walk() if x.head == "sum"}
    every = (y for x in e.walk() if x.head in ("at", "is") for y in x.args[x.head == "at" :])
    return dict.fromkeys(y for y in every if y not in bound)


def _multiple(a: Form, b: Form, either: bool) -> bool:
    """a is b times a number, which is > 0 unless it may have ``either`` sign."""
    if not a or a.keys() != b.keys():
        return False
    ratios = {c / b[x] for x, c in a.items()}
    return len(ratios) == 1 and (either or min(ratios) > 0)
