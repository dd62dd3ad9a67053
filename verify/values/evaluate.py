"""``value(expression, at=state)``: one question for all languages; the state says which one is
spoken.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.exact.kinds import FORMULA, flag, words
from verify.integrate.system import System
from verify.models.flow import Flow
from verify.models.losses.base import Loss
from verify.models.matrices import Matrices
from verify.models.point import Point
from verify.terms import matrices as star
from verify.theories.towers.place import Spot
from verify.theories.words.instance import Instance
from verify.values.of_formulas import of_formulas
from verify.values.of_matrices import of_matrices
from verify.values.of_networks import of_network
from verify.values.question import Question
from verify.values.record import Value
from verify.values.state import State, given, is_matrix, time_of
from verify.values.systems import of_system

MOST_DIGITS = 1000


def value(
    expression: Any,
    at: Any = None,
    *,
    setting: Any = None,
    loss: str | Loss | None = None,
    derivative: bool = False,
    time: int | Fraction | str | None = None,
    digits: int | None = None,
) -> Value:
    """The value of an expression at an exact state: exact where it is (fractions, roots), else
    enclosed to ``digits`` (20).

    ``expression``  an expression of any language, its text as the toolkit prints it, a conclusion
    (its quantity), or the name
                    of a quantity of a System (or a function like those)
    ``at``          rows of exact numbers (a network's layers), a mapping of names to numbers or
    matrices, a Point, an Instance, a
                    System, the name of a file, or text such as "x=1/2, y=3"
    ``setting``     how the state moves, where the expression or ``derivative`` needs it: Flow,
    Formulas with rates, Matrices, System
    ``loss``        of a network: a name, an expression such as "-B/W", or a Loss
    ``derivative``  its derivative along the flow instead
    ``time``        of the trajectory from the state: the value there, enclosed

    >>> from verify.terms.expr import q, total
    >>> value(total("i", q["i"]), at=[[1, 2], [1, 1], [2, 1]]).text[:9]  # w = (2, 2), L = 3
    '2 4^(1/3)'

    Raises BadInput for an expression or state that is not well formed; NoValue where there is no
    value, or none that
    could be enclosed: a division by zero, a derivative that does not exist, a flow that ends before
    the time.
    """
    try:
        return _asked(expression, at, setting, loss, derivative, time, digits)
    except RecursionError:
        raise BadInput(
            "the expression is nested too deeply; write sums flat, or split it"
        ) from None


def _check_kinds(loss: Any, derivative: Any, asked: Any) -> None:
    if asked is not None and (type(asked) is not int or not 1 <= asked <= MOST_DIGITS):
        raise BadInput(f"digits {asked!r}: expected a whole number from 1 to {MOST_DIGITS}")
    flag("derivative", derivative)
    if not isinstance(loss, Loss | None):
        words("loss", loss, FORMULA)


def _asked(
    expression: Any,
    at: Any,
    setting: Any,
    loss: str | Loss | None,
    derivative: bool,
    time: Any,
    asked: int | None,
) -> Value:
    """The language is that of the state."""
    _check_kinds(loss, derivative, asked)
    moment = (None if time is None else time_of(time)) or None  # at time 0 it is the state itself
    place = getattr(expression, "place", lambda: (1, 0))()
    wanted = quantity_of(expression) if isinstance(expression, Conclusion) else expression
    if isinstance(at, Spot):
        setting, at = setting or at.setting, dict(at.letters)
    q = Question(wanted, at, setting, loss, derivative, moment, asked, place)
    if isinstance(at, System):
        return of_system(replace(q, state=None), at)
    if isinstance(setting, System):
        return of_system(q, setting)
    if isinstance(at, Point):
        return of_network(q)
    state = at if isinstance(at, Instance) else State() if at is None else given(at)
    q, values = replace(q, state=state), getattr(state, "values", {})
    if getattr(state, "rows", ()) or (isinstance(setting, Flow) and not isinstance(at, Instance)):
        return of_network(q)
    if loss is not None:
        raise BadInput(
            f"loss {loss!r:.60}: only a network has a loss; the state has no rows of weights"
        )
    of_words = isinstance(at, Instance) or isinstance(setting, Matrices)
    if of_words or isinstance(wanted, star.Mat) or any(map(is_matrix, values.values())):
        if asked is not None:
            raise BadInput(
                f"digits {asked}: the value of an expression in matrices is exact, nothing is"
                " enclosed; leave it out"
            )
        return of_matrices(q)
    return of_formulas(q)


def quantity_of(conclusion: Conclusion) -> Any:
    """What a conclusion speaks of: its quantity, or the difference of its sides. Raises BadInput
    where it has neither.
    """
    names = [n for n in ("quantity", "root", "term") if hasattr(conclusion, n)]
    if names:
        return getattr(conclusion, names[0])
    if hasattr(conclusion, "left") and hasattr(conclusion, "right"):
        return conclusion.left - conclusion.right
    raise BadInput(
        f"a conclusion of kind {conclusion.kind!r} speaks of no quantity that has a value at a"
        " state: give an expression"
    )
