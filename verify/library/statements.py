"""What a statement of a claims file says before it is run: the names that it binds, the ids that it
writes, keys that it loses.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from copy import copy
from typing import Any


def binds(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement binds at module level, also within its blocks."""
    queue: list[ast.AST] = [statement]
    while queue:
        node = queue.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            continue
        if isinstance(
            node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (a.asname or a.name.split(".")[0] for a in node.names if a.name != "*")
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        queue += ast.iter_child_nodes(node)


def ids_in(statement: ast.stmt) -> Iterator[str]:
    """Ids of the claims that a statement would have made, as far as they are written out."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            made = re.search("Claim|false_variant", ast.unparse(node.func))
            given = [k.value for k in node.keywords if k.arg == "id"] or (
                node.args[:1] if made else []
            )
            yield from (
                x.value for x in given if isinstance(x, ast.Constant) and isinstance(x.value, str)
            )


def said_twice(statement: ast.stmt) -> tuple[str, int] | None:
    """A key that stands twice in one dictionary, and its line: Python keeps the last of them
    without a word.
    """
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            keys = [k for k in node.keys if isinstance(k, ast.Constant)]
            for n, key in enumerate(keys):
                if any(repr(key.value) == repr(k.value) for k in keys[:n]):
                    return repr(key.value), key.lineno
    return None


def by_item(statement: ast.stmt) -> list[ast.stmt]:
    """``CLAIMS = (A, *MORE, B)`` as statements, one for each item: what fails in one takes no other
    along. Anything else as it is.
    """
    listed = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
    if not isinstance(listed, (ast.Tuple, ast.List)) or len(listed.elts) > MOST_ITEMS:
        return [statement]
    if list(binds(statement)) != ["CLAIMS"] or any(  # it may read what it stood for
        isinstance(x, ast.Name) and x.id == "CLAIMS" for x in ast.walk(listed)
    ):
        return [statement]
    load, target = ast.Load(), ast.Name("CLAIMS", ast.Store())
    begun: Any = copy(statement)
    begun.value = ast.List([], load)
    parts: list[tuple[ast.stmt, ast.AST]] = [(begun, statement)]
    for item in listed.elts:
        extend = ast.Attribute(ast.Name("CLAIMS", load), "extend", load)
        parts.append((ast.Expr(ast.Call(extend, [ast.List([item], load)], [])), item))
    if isinstance(listed, ast.Tuple):
        kept = ast.Tuple([ast.Starred(ast.Name("CLAIMS", load), load)], load)
        parts.append((ast.Assign([target], kept), statement))
    return [ast.fix_missing_locations(ast.copy_location(x, at)) for x, at in parts]


MOST_ITEMS = 1000  # of CLAIMS that are run one by one
BUILTINS, _LACKING = vars(builtins), object()


def mended(kept: dict[str, Any]) -> str:
    """Python's own names as they were before a statement of a file; what it had done to them, or
    nothing.
    """
    broken = [name for name, x in kept.items() if BUILTINS.get(name, _LACKING) is not x]
    if not broken:
        return ""
    BUILTINS.update(kept)
    return (
        f"this statement changes {', '.join(broken[:5])} of Python's builtins, which all else uses;"
        " expected a name of its own"
    )
