"""Expressions as one line of text and as LaTeX. One walk, two alphabets; nothing is simplified."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.spelling.alphabet import LATEX, SCALARS, WORDS, Alphabet
from verify.terms.exponents import exponent_of
from verify.terms.expr import BINDERS, Expr
from verify.terms.own import ours

_PHRASE, _SUM, _BINDER, _PRODUCT, _POWER, _ATOM = range(
    -1, 5
)  # a phrase stands alone: "x y at t=0" could be about x as well


def words(node: Expr) -> str:
    """One line of plain text.

    >>> from verify.terms.expr import q, total
    >>> words(total("i", q["i"]))
    'sum_i |w_i|^(2/L)'
    """
    return _render(node, WORDS)[0]


def latex(node: Expr) -> str:
    """The expression in LaTeX, without signs that open mathematics."""
    return _render(node, LATEX)[0]


def scalars(node: Expr) -> str:
    """LaTeX of a formula in named numbers: w1 is w_1."""
    return _render(node, SCALARS)[0]


def at_time(node: Expr, moment: str, written: Callable[[Expr], str] = latex) -> str:
    """q(t) in LaTeX; what is not one letter gets brackets, so that all of it is taken at that
    time.
    """
    body = written(node)
    return (
        f"{body}({moment})"
        if node.head in ("const", "at") and not ours(node, "q")
        else f"\\left({body}\\right)({moment})"
    )


def bracketed(node: Expr) -> str:
    """One line of plain text, in brackets unless it is one term: something follows that concerns
    all of it.
    """
    return _wrap(_render(node, WORDS), _POWER if node.head != "num" else _ATOM)


def _wrap(part: tuple[str, int], level: int) -> str:
    return part[0] if part[1] >= level else f"({part[0]})"


def _render(node: Expr, a: Alphabet) -> tuple[str, int]:
    match node:
        case Expr("num", (value,)):
            return (str(value), _ATOM if value >= 0 and value.denominator == 1 else _PRODUCT)
        case Expr("const", (name,)):
            return (a.constant(name), _ATOM)
        case Expr("loss"):
            return ("J(w)" if a.name == "latex" else "J", _ATOM)
        case Expr("at", (name, *indices)) if not ours(node, "q"):
            return (f"{a.indexed.get(name) or a.constant(name)}{a.index(tuple(indices))}", _ATOM)
        case Expr("at", (_, *indices)):
            return (a.power(a.heads["abs"].format(f"w{a.index(tuple(indices))}"), "2/L"), _POWER)
        case Expr("form", (kind, name)):
            return (a.form(kind, name), _PRODUCT)
        case Expr("+", args):
            return (_join(args, a), _SUM)
        case Expr("*", args):
            return (_factors(args, a), _PRODUCT)
        case Expr("^", (base, exponent)):
            return _raised(base, exponent, a)
        case Expr(head, (index, kind, body)) if head in BINDERS:
            text = _wrap(_render(body, a), _PRODUCT)
            text = f"({text})" if text.startswith("-") else text
            return (a.bound(head, index, kind, text, index in body.free_indices()), _BINDER)
        case Expr("D", (Expr("D", (body,)),)) if a.name == "words":
            return (f"({_render(body, a)[0]})''", _ATOM)
        case Expr("D" | "next" | "abs" | "exp" | "log" | "H" | "tr" | "euler" as head, (body,)):
            return _applied(head, body, a)
        case Expr(head, (body,)) if head.startswith("d/d"):
            return (a.partial(head[3:], _render(body, a)[0]), _BINDER)
        case Expr("start", (body,)):
            return (a.heads["start"].format(_wrap(_render(body, a), _ATOM)), _PHRASE)
        case Expr("I", (size,)):
            return (f"I_{{{a.constant(size)}}}" if a.name == "latex" else f"I_{size}", _ATOM)
        case Expr("is", (i, j)):
            return (f"[{a.counted(i)} = {a.counted(j)}]", _ATOM)
    return (f"{node.head}({', '.join(_render(x, a)[0] for x in node.args)})", _ATOM)


def _applied(head: str, body: Expr, a: Alphabet) -> tuple[str, int]:
    """An operator of one argument."""
    inner = _render(body, a)[0]
    tex = a.name == "latex"
    if head == "euler":
        mark = "\\langle w, \\nabla\\rangle\\left[{}\\right]" if tex else "sum_i w_i d/dw_i [{}]"
        return (mark.format(inner), _PRODUCT)
    if head == "H":
        return (_wrap(_render(body, a), _ATOM) + ("^{*}" if tex else "^*"), _POWER)
    if head == "tr":
        return (("\\operatorname{Re tr}" if tex else "Re tr") + f"({inner})", _ATOM)
    if head == "abs" and a.name == "words" and "|" in inner:
        return (f"abs({inner})", _ATOM)  # bars inside bars cannot be told apart
    if head == "D" and a.name == "latex":
        return (a.heads["D"].format(inner), _BINDER)
    if head not in a.heads:
        return (f"{head}({inner})", _ATOM)
    level = (
        _POWER
        if head == "next" and a.name == "latex"
        else _PRODUCT
        if head in ("exp", "log")
        else _ATOM
    )
    return (a.heads[head].format(inner), level)


def _side(factors: list[Expr], a: Alphabet) -> str:
    """Above or below a bar."""
    least = (lambda k: _SUM) if len(factors) == 1 else (lambda k: _level(factors, k, False))
    return a.times.join(_wrap(_render(x, a), least(k)) for k, x in enumerate(factors))


def _raised(base: Expr, exponent: Expr, a: Alphabet) -> tuple[str, int]:
    if ours(base, "q"):
        try:
            inner = a.heads["abs"].format(f"w{a.index(base.args[1:])}")
            return (a.power(inner, _times_two_over_depth(exponent, a)), _POWER)
        except NotGeneric:
            pass  # an exponent of another shape is shown as it stands
    return (a.power(_wrap(_render(base, a), _ATOM), _render(exponent, a)[0]), _POWER)


def _times_two_over_depth(exponent: Expr, a: Alphabet) -> str:
    """The exponent of |w| that belongs to a power of q = |w|^(2/L)."""
    constant, slope = exponent_of(exponent)
    text = "" if not slope else _rational(2 * slope)
    if not constant:
        return text or "0"
    size = f"{_rational(abs(2 * constant))}/L"
    return (
        f"{text} {'+' if constant > 0 else '-'} {size}" if text else f"{'-' * (constant < 0)}{size}"
    )


def _rational(x: Fraction) -> str:
    return str(x) if x.denominator == 1 else f"({x})"


def _join(args: tuple[Expr, ...], a: Alphabet) -> str:
    text = _wrap(_render(args[0], a), _SUM)
    for arg in args[1:]:
        sign, rest = _signed(arg)
        part = _wrap(_render(rest, a), _BINDER)
        text += f" {sign} ({part})" if part.startswith("-") else f" {sign} {part}"
    return text


def _signed(node: Expr) -> tuple[str, Expr]:
    match node:
        case Expr("num", (value,)) if value < 0:
            return "-", Expr("num", (-value,))
        case Expr("*", (Expr("num", (value,)), *rest)) if value < 0 and rest:
            if value == -1:
                return "-", rest[0] if len(rest) == 1 else Expr("*", tuple(rest))
            return "-", Expr("*", (Expr("num", (-value,)), *rest))
    return "+", node


def _flatten(args: tuple[Expr, ...]) -> list[Expr]:
    """Factors, products of products opened."""
    return [x for arg in args for x in (_flatten(arg.args) if arg.head == "*" else [arg])]


def _base(factor: Expr) -> Expr:
    return factor.args[0] if factor.head == "^" else factor


def _level(factors: list[Expr], k: int, last: bool) -> int:
    """What a factor must be to go without parentheses; x (-3) is no difference, and 2 (3) is not
    23, nor 2^2 (3) what 2^23 is.
    """
    own, before = factors[k], factors[k - 1] if k else None
    beside = before is not None and _base(before).head == "num"
    if before is not None and own.head == "num" and (own.args[0] < 0 or beside):
        return _ATOM + 1
    if beside and _base(own).head == "num":
        return _ATOM
    return _PRODUCT if last else _POWER


def _factors(args: tuple[Expr, ...], a: Alphabet) -> str:
    above, below = [], []
    for arg in _flatten(args):
        match arg:
            case Expr("^", (base, Expr("num", (e,)))) if e < 0 and e.denominator == 1:
                below.append(base if e == -1 else base ** Fraction(-e))
            case _:
                above.append(arg)
    sign = ""
    if above and above[0].head == "num" and above[0].args[0] < 0 and len(above) + len(below) > 1:
        size = -above[0].args[0]
        sign, above = "-", above[1:] if size == 1 else [Expr("num", (size,)), *above[1:]]
    last = len(above) - 1
    if below and a.name == "latex":  # the bar holds together what stands alone above or below it
        return f"{sign}\\frac{{{_side(above, a) or '1'}}}{{{_side(below, a)}}}"
    top = a.times.join(
        _wrap(_render(x, a), _level(above, k, k == last and not below)) for k, x in enumerate(above)
    )
    top = f"({top})" if sign and top.startswith("-") else top
    if not below:
        return sign + top
    bottom = "/".join(_wrap(_render(x, a), _POWER) for x in below)
    return f"{sign}{top or '1'}/{bottom}"
