"""How a picture looks: for a screen, with all that is said of it in words; or for a paper, where
mathematics is typeset, nothing names the claim, and the caption is the author's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.limits import shorten
from verify.exact.numbers import number

SCREEN, PAPER = "screen", "paper"
LEAST, MOST = 20, 1000  # mm
NARROW = 4  # inches, in which axes beside one another have no room
MM = 25.4  # to the inch
#: mathematics as TeX sets it
TYPESET: dict[str, Any] = {
    "text.parse_math": True,
    "mathtext.fontset": "cm",
    "font.family": ["DejaVu Serif"],
    "axes.formatter.use_mathtext": True,
}
_SPELLED: tuple[tuple[str, str], ...] = (
    (r"\\lVert|\\rVert", r"\\Vert"),
    (r"\\lvert|\\rvert", r"\\vert"),
    (r"\\[dt]frac", r"\\frac"),
)
_SPELLED += ((r"\\[bB]ig+[lr]?(?![a-z])", ""),)
_ATOM = r"[A-Za-z](?:_[A-Za-z0-9]+(?:,[0-9]+)*)?"
_VALUE = rf"{_ATOM} = -?[0-9/.]+"
_PLAIN = re.compile(rf"{_ATOM}|{_VALUE}(?:, {_VALUE})*")


@dataclass(frozen=True)
class Look:
    """``panel`` counts from 1; None: all of them. ``width`` of the whole picture in millimetres;
    None: what suits the style. ``style`` None: what suits the picture.
    """

    style: str | None = None
    panel: int | None = None
    width: float | None = None

    def inches(self, usual: float) -> float:
        return usual if self.width is None else self.width / MM


def look_of(style: str | None, panel: str | None, width: str | None) -> Look:
    """As options say it. Raises BadInput naming the option and its value."""
    return Look(style, None if panel is None else _panel(panel), _width(width))


def _panel(text: str) -> int:
    """Its letter, or its number from 1 on."""
    if len(text) == 1 and "a" <= text <= "z":
        return ord(text) - ord("a") + 1
    if text.isascii() and text.isdigit() and len(text) <= 3 and int(text):
        return int(text)
    raise BadInput(
        f"--panel {shorten(text)}: expected the letter of a panel, a, b, ..., or its number from 1"
    )


def _width(text: str | None) -> float | None:
    if text is None:
        return None
    found = number(text, f"--width-mm {shorten(text)}", "write it in millimetres")
    if not LEAST <= found <= MOST:
        raise BadInput(
            f"--width-mm {shorten(text)}: expected a width from {LEAST} to {MOST} millimetres;"
            " a column is about 85, a page of text about 170"
        )
    return float(found)


def chosen(panels: tuple[Any, ...], look: Look) -> tuple[Any, ...]:
    """The panels that are drawn. Raises BadInput where there is none of this number."""
    if look.panel is None:
        return panels
    if look.panel > len(panels):
        told = "; ".join(f"{letter(k)} {shorten(p.title)}" for k, p in enumerate(panels))
        raise BadInput(f"--panel {letter(look.panel - 1)}: the picture has {len(panels)}: {told}")
    return (panels[look.panel - 1],)


def columns(wide: float) -> int:
    """Panels beside one another in so many inches."""
    return 2 if wide >= NARROW else 1


def letter(k: int) -> str:
    """Of the panel of index k."""
    return chr(97 + k) if k < 26 else str(k + 1)


def typeset(words: str, tex: str = "") -> str:
    """For matplotlib's mathtext: the LaTeX where it is understood, else the words, in which no sign
    is mathematics except what is plainly a letter or its value.
    """
    for old, new in _SPELLED:
        tex = re.sub(old, new, tex)
    if tex and _understood(f"${tex}$"):
        return f"${tex}$"
    if _PLAIN.fullmatch(words):
        made = re.sub(r"_([A-Za-z0-9,]+)", r"_{\1}", words)
        if _understood(f"${made}$"):
            return f"${made}$"
    return words.replace("\\", r"\\").replace("$", r"\$") if "$" in words else words


def _understood(text: str) -> bool:
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(text)  # type: ignore[no-untyped-call]
    except ValueError:
        return False
    return True
