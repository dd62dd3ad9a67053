"""Expressions as one line of text and as LaTeX. One walk, two alphabets; nothing is simplified."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.algebra.expr import BINDERS, Expr
from verify.algebra.monomials import NotGeneric, exponent_of

_SUM, _BINDER, _PRODUCT, _POWER, _ATOM = range(5)


@dataclass(frozen=True)
class Alphabet:
    """How the letters and the layout of one output language look."""

    name: str
    times: str
    indexed: dict[str, str]
    constants: dict[str, str]
    heads: dict[str, str]

    def index(self, indices: tuple) -> str:
        text = ",".join(str(x) for x in indices)
        if self.name == "latex":
            return f"_{{{text}}}"
        return f"_{text}" if len(indices) == 1 else f"_({text})"

    def power(self, base: str, exponent: str) -> str:
        if self.name == "latex":
            return f"{base}^{{{exponent}}}"
        return f"{base}^{exponent}" if exponent.isalnum() else f"{base}^({exponent})"

    def bound(self, head: str, index: str, kind: str, body: str) -> str:
        if self.name == "latex":
            return f"{self.heads[head]}_{{{index}}} {body}"
        return f"{head}_{index} {body}"


WORDS = Alphabet("words", " ", {}, {}, {"D": "({})'", "next": "next({})", "start": "{} at t=0", "abs": "|{}|"})
LATEX = Alphabet(
    "latex",
    "\\,",
    {"S_B": "(S_B)", "S_W": "(S_W)"},
    {"eta": "\\eta", "kappa": "\\kappa", "lambda": "\\lambda"},
    {
        "D": "\\frac{{d}}{{dt}}\\left({}\\right)",
        "next": "\\left({}\\right)^{{+}}",
        "start": "{}\\big|_{{t=0}}",
        "abs": "\\left|{}\\right|",
        "sum": "\\sum",
        "prod": "\\prod",
        "max": "\\max",
        "min": "\\min",
    },
)


def words(node: Expr) -> str:
    """One line of plain text.

    >>> from verify.algebra.expr import q, total
    >>> words(total("i", q["i"]))
    'sum_i |w_i|^(2/L)'
    """
    return _render(node, WORDS)[0]


def latex(node: Expr) -> str:
    return _render(node, LATEX)[0]


def _wrap(part: tuple[str, int], level: int) -> str:
    return part[0] if part[1] >= level else f"({part[0]})"


def _render(node: Expr, a: Alphabet) -> tuple[str, int]:
    match node:
        case Expr("num", (value,)):
            return (str(value), _ATOM if value >= 0 and value.denominator == 1 else _PRODUCT)
        case Expr("const", (name,)):
            return (a.constants.get(name, name), _ATOM)
        case Expr("loss"):
            return ("J(w)" if a.name == "latex" else "J", _ATOM)
        case Expr("at", (name, *indices)):
            return _atom(name, tuple(indices), a)
        case Expr("form", (kind, name)):
            return (f"w'{name} w" if kind == "quad" else f"{name}'w", _PRODUCT)
        case Expr("+", args):
            return (_join(args, a), _SUM)
        case Expr("*", args):
            return (_factors(args, a), _PRODUCT)
        case Expr("^", (base, exponent)):
            return _raised(base, exponent, a)
        case Expr(head, (index, kind, body)) if head in BINDERS:
            return (a.bound(head, index, kind, _wrap(_render(body, a), _PRODUCT)), _BINDER)
        case Expr("D", (Expr("D", (body,)),)) if a.name == "words":
            return (f"({_render(body, a)[0]})''", _ATOM)
        case Expr("D" | "next" | "abs" as head, (body,)):
            return (a.heads[head].format(_render(body, a)[0]), _ATOM)
        case Expr("start", (body,)):
            return (a.heads["start"].format(_wrap(_render(body, a), _ATOM)), _PRODUCT)
        case Expr("euler", (body,)):
            return (
                f"sum_i w_i d/dw_i [{_render(body, a)[0]}]"
                if a.name == "words"
                else f"\\langle w, \\nabla\\rangle\\left[{_render(body, a)[0]}\\right]",
                _PRODUCT,
            )
    return (f"{node.head}({', '.join(_render(x, a)[0] for x in node.args)})", _ATOM)


def _atom(name: str, indices: tuple, a: Alphabet) -> tuple[str, int]:
    if name == "q":
        inner = f"|w{a.index(indices)}|"
        return (a.power(inner, "2/L"), _POWER)
    return (f"{a.indexed.get(name, name)}{a.index(indices)}", _ATOM)


def _raised(base: Expr, exponent: Expr, a: Alphabet) -> tuple[str, int]:
    if base.head == "at" and base.args[0] == "q":
        try:
            return (a.power(f"|w{a.index(base.args[1:])}|", _times_two_over_depth(exponent, a)), _POWER)
        except NotGeneric:
            pass  # an exponent of another shape is shown as it stands
    return (a.power(_wrap(_render(base, a), _ATOM), _render(exponent, a)[0]), _POWER)


def _times_two_over_depth(exponent: Expr, a: Alphabet) -> str:
    """The exponent of |w| that belongs to a power of q = |w|^(2/L)."""
    constant, slope = exponent_of(exponent)
    parts = [str(2 * slope)] if slope else []
    if constant:
        head = f"{2 * constant}/L" if (2 * constant).denominator == 1 else f"({2 * constant})/L"
        parts.append(f"+ {head}" if parts and constant > 0 else f"- {head[1:]}" if parts and head[0] == "-" else head)
    return " ".join(parts) or "0"


def _join(args: tuple[Expr, ...], a: Alphabet) -> str:
    text = _wrap(_render(args[0], a), _SUM)
    for arg in args[1:]:
        sign, rest = _signed(arg)
        text += f" {sign} {_wrap(_render(rest, a), _BINDER)}"
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


def _level(factors: list[Expr], k: int, last: bool) -> int:
    """What a factor must be to go without parentheses; x (-3) is no difference, and 2 (3) is not 23."""
    own, before = factors[k], factors[k - 1] if k else None
    if before is not None and own.head == "num" and (own.args[0] < 0 or before.head == "num"):
        return _ATOM + 1
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
    top = a.times.join(_wrap(_render(x, a), _level(above, k, k == last and not below)) for k, x in enumerate(above))
    if not below:
        return sign + top
    if a.name == "latex":
        return f"{sign}\\frac{{{top or '1'}}}{{{a.times.join(_wrap(_render(x, a), _POWER) for x in below)}}}"
    bottom = "/".join(_wrap(_render(x, a), _POWER) for x in below)
    return f"{sign}{top or '1'}/{bottom}"
