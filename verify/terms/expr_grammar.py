"""What an expression may be made of, looked at before anything is done with it: heads, arguments,
exact numbers, moderate size.

The builders of ``terms.expr`` make nothing else. A tree that shares its branches (e = e + e, sixty
times) is as large as it would be written out.
"""

from __future__ import annotations

import re
from fractions import Fraction

from verify.exact.limits import LIMITS, digits, long, up_to
from verify.terms.expr import BINDERS, KINDS, Expr
from verify.terms.indices import Index
from verify.terms.own import Own

#: heads and their arguments: "m" an expression, "n" a name, "q" a number, "i" an index; a star:
#: one or more of it
_ARGUMENTS = {"num": "q", "const": "n", "at": "n i*", "form": "n n", "loss": "", "^": "m m"}
_ARGUMENTS |= {"is": "i i", "I": "n"}
_ARGUMENTS |= {"+": "m*", "*": "m*"} | dict.fromkeys(BINDERS, "n k m")
_ARGUMENTS |= dict.fromkeys(("D", "next", "start", "log", "exp", "abs", "euler", "H", "tr"), "m")
_PARTIAL = re.compile(r"d/d[A-Za-z][A-Za-z0-9_]*")


def fault(e: Expr) -> str:
    """What is wrong with the build of an expression; "" for nothing."""
    level, count, levels = [e], 0, 0
    while level:
        count, levels = count + len(level), levels + 1
        if count > LIMITS["nodes"] // 4:
            return f"too long an expression: a quarter of {up_to('nodes', 'parts')}; split it"
        if levels > LIMITS["nesting"]:
            return (
                f"an expression nested too deeply: {up_to('nesting', 'levels')}; write sums and"
                " products flat, or split it"
            )
        wrong = next((text for x in level if (text := _node(x))), "")
        if wrong:
            return wrong
        level = [y for x in level for y in x.args if isinstance(y, Expr)]
    return ""


def _node(x: Expr) -> str:
    head = x.head if isinstance(x.head, str) else ""
    kinds = "m" if _PARTIAL.fullmatch(head) else _ARGUMENTS.get(head)
    if type(x) is not Expr or kinds is None or type(x.args) is not tuple:
        return f"the head {x.head!r:.40}; expected what the builders of verify.terms.expr make"
    wanted = kinds.split()
    if kinds.endswith("*"):
        wanted = wanted[:-1] + [wanted[-1][0]] * max(1, len(x.args) - len(wanted) + 1)
    if len(wanted) != len(x.args) or not all(map(_fits, x.args, wanted)):
        types = ", ".join(type(y).__name__ for y in x.args)
        return f"{head!r} of ({types}); expected what the builders of verify.terms.expr make"
    if head in BINDERS and x.args[1] not in (*KINDS, getattr(x.args[0], "kind", "")):
        return f"{head!r} over {x.args[1]!r:.40}; expected the range of its index"
    if head == "num" and digits(x.args[0]) > LIMITS["digits"]:
        return f"{long(x.args[0])}; use shorter numbers: rescale"
    return ""


def _fits(x: object, kind: str) -> bool:
    match kind:
        case "m":
            return isinstance(x, Expr)
        case "q":
            return type(x) is Fraction
        case "k":
            return type(x) in (str, Own)
        case "i":
            return type(x) in (str, int, Index)
    return type(x) in (str, Index, Own)
