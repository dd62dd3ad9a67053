"""Names that a reader of a printed sentence could mistake for each other, or for a part of it."""

from __future__ import annotations

from collections.abc import Iterable

from verify.exact.errors import BadInput
from verify.exact.limits import is_word, up_to

WORD = "[A-Za-z][A-Za-z0-9_-]*"
LETTER = "[A-Za-z][A-Za-z0-9_]*"
#: no name is one of these, in any case: verdicts, and words with which a row of a screen begins
ROWS = frozenset(
    "setting statement source assumes starts dropped witness instance needed see note checked"
    " certificate shortened".split()
)
VERDICTS = frozenset("proved enclosed supported undecided vacuous refuted".split())


def refuse_no_name(
    what: str, name: object, example: str, pattern: str = WORD, limit: str = "name"
) -> None:
    """Raises BadInput for what is not one word of letters and digits, and for a word that a verdict
    or a row of a screen has.
    """
    fits = isinstance(name, str) and is_word(pattern, name, limit)
    if not fits or str(name).lower() in VERDICTS | ROWS:
        signs = "- and _" if pattern == WORD else "_"
        raise BadInput(
            f"{what}: the name {name!r:.60}; expected letters, digits, {signs}, a letter first,"
            f" {up_to(limit)}, no verdict and no word that begins a row of the screen: {example}"
        )


def refuse_alike(names: Iterable[str], place: str) -> None:
    """Raises BadInput for two names that differ by _ only, such as x1 and x_1."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.replace("_", ""), name)
        if other != name:
            raise BadInput(
                f"{place}: the names {other!r} and {name!r}; expected names that differ by more"
                " than _: rename one"
            )
