"""What the conclusions about trajectories share: they name quantities of a system, and enclosures
or measurements decide them.
"""

from __future__ import annotations

import re
from fractions import Fraction

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.spelling.called import called
from verify.spelling.notation import name


def latex_of(text: str) -> str:
    """A quantity's name as mathematics; in brackets where it is a chain, so that all of it is
    meant.
    """
    written = name(text)
    return (
        f"\\bigl[{written}\\bigr]" if re.search("[=<>,]", text) or called(text) != text else written
    )


class Along(Conclusion):
    """``quantity`` is the name of a quantity of the systems in the setting, written as people read
    it.
    """

    quantity: str
    exact = False
    in_latex = staticmethod(latex_of)

    def part(self, name: str, moment: str, tex: bool) -> str:
        if name == "quantity" and not tex:
            return called(self.quantity)
        return super().part(name, moment, tex)


def exact_number(whose: str, field: str, x: object) -> None:
    """Raises BadInput unless it is an int or a Fraction."""
    if not isinstance(x, (int, Fraction)) or isinstance(x, bool):
        raise BadInput(
            f"{whose}: {field} {x!r} is not exact; expected an int or Fraction: write Fraction(1,"
            " 10) for 0.1"
        )
