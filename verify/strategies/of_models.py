"""Models of the catalogue at exact weights, with a loss and what it takes as given."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from verify.exact.errors import BadInput
from verify.exact.rings import Inexact
from verify.models.catalogue import Model, model
from verify.models.catalogue.base import Size, indices, shape
from verify.models.entries import given_names
from verify.models.losses import FAMILIES
from verify.models.losses.data import draw_data
from verify.models.losses.matrices import dense
from verify.models.network import Network
from verify.models.objectives import Objective, known, objective
from verify.strategies.numbers import SMALL
from verify.terms.array_values import Sizes, extent
from verify.terms.arrays import Letter
from verify.terms.expr import Expr

_MOST, _DEEPEST = 2, 3  # of a size, and of a depth, that is drawn


def networks(
    of: Model | str,
    *,
    sizes: Sequence[int] | None = None,
    depth: int | None = None,
    width: int | None = None,
    loss: str | None = None,
) -> st.SearchStrategy[Network]:
    """A model, by name or as an object, with exact weights, each as a ``Network``: its output,
    gradient and slopes, exact, and its flow for every engine.

    ``sizes`` are those of ``verify ode``, in its order; ``depth`` or ``width`` narrow the model's
    own; small ones are drawn where none are given. ``loss`` is one that ``verify ode MODEL --loss``
    knows; where none is given, it is one of those whose gradient is rational. Weights are not 0,
    and J is differentiable at the output. Raises BadInput for a model or a loss that there is not,
    and for sizes that do not fit.
    """
    found = model(of) if isinstance(of, str) else of
    if not isinstance(found, Model):
        raise BadInput(f"networks({of!r:.60}): expected a model or its name, such as 'layers'")
    drawn = _sizes(found, sizes, depth, width)
    if loss is not None and not isinstance(loss, str):
        raise BadInput(f"networks: loss={loss!r:.60}; expected its name, such as 'squared'")
    chosen = None if loss is None else objective(found, loss)
    if chosen is not None and sizes is not None:
        chosen.refuse_beyond(found, found.at(tuple(sizes)))
    menu = [chosen] if chosen is not None else _rational(found)
    return _networks(found, drawn, menu).filter(_differentiable)


def _sizes(
    of: Model, sizes: Sequence[int] | None, depth: Any, width: Any
) -> st.SearchStrategy[Sizes]:
    """Checked now, where they are given."""
    if sizes is not None:
        if depth is not None or width is not None:
            raise BadInput("networks: sizes with depth or width; give one of them: sizes says all")
        if not isinstance(sizes, (tuple, list)):
            raise BadInput(f"networks: sizes={sizes!r:.60}; expected whole numbers, such as (2, 3)")
        return st.just(of.at(tuple(sizes)))
    for name, given, own in (("depth", depth, of.depth), ("width", width, of.width)):
        if given is not None and not own:
            raise BadInput(
                f"networks: {name}={given!r}; the model {of.name} has none: give sizes"
                f" ({','.join(s.text() for s in of.sizes)}: {of.meaning()})"
            )
    of.at(tuple(x for s in of.sizes for x in _asked(of, s, depth, width)))
    return st.tuples(*(_drawn(of, s, depth, width) for s in of.sizes)).map(
        lambda parts: of.at(tuple(x for part in parts for x in part))
    )


def _asked(of: Model, size: Size, depth: Any, width: Any) -> tuple[Any, ...]:
    """Of one size what was asked for, else the least: so that it is checked."""
    if size.run:
        if depth is not None and (type(depth) is not int or not 1 <= depth <= 11):
            raise BadInput(f"networks: depth={depth!r}; expected a whole number from 1 to 11")
        return (size.least if width is None else width,) * ((depth or 1) + 1)
    given = depth if size.name == of.depth else width if size.name == of.width else None
    return (size.least if given is None else given,)


def _drawn(of: Model, size: Size, depth: int | None, width: int | None) -> st.SearchStrategy:
    number = st.integers(size.least, max(size.least, _MOST))
    if size.run:
        each = number if width is None else st.just(width)
        count = st.integers(1, _DEEPEST) if depth is None else st.just(depth)
        return count.flatmap(lambda n: st.tuples(*[each] * (n + 1)))
    if size.name == of.depth:
        number = st.integers(size.least, max(size.least, _DEEPEST))
    given = depth if size.name == of.depth else width if size.name == of.width else None
    return st.tuples(number if given is None else st.just(given))


@st.composite
def _networks(draw: Any, of: Model, drawn: Any, menu: list[Objective]) -> Network:
    sizes = draw(drawn)
    if len(menu) == 1:  # that was asked for
        menu[0].refuse_beyond(of, sizes)
    fitting = menu if len(menu) == 1 else [x for x in menu if _fits(x, of, sizes)]
    loss = draw(st.sampled_from(fitting))
    count = sum(a * b for a, b in (shape(x, i, sizes) for x, i in of.members(sizes)))
    weights = tuple(draw(SMALL) for _ in range(count))
    values: dict[str, Fraction] = {}
    for letter in loss.data:
        for i in indices(letter, sizes):
            values |= _data(draw, loss, letter, i, sizes)
    names = given_names([(x, i) for x in loss.data for i in indices(x, sizes)], sizes)
    return Network(of, sizes, weights, loss, tuple(values[n] for n in names))


def _fits(loss: Objective, of: Model, sizes: Sizes) -> bool:
    """Is it defined at these sizes? A loss of degree 0 stands still where w has one entry."""
    try:
        loss.refuse_beyond(of, sizes)
    except BadInput:
        return False
    return loss.expr is None or extent(of.gradient.rows, sizes, {}) > 1


def _rational(of: Model) -> list[Objective]:
    """The losses with a rational gradient that moves something."""
    still = {f.name for f in FAMILIES if f.still}
    losses = [objective(of, name) for name in known(of) if name not in still]
    return [x for x in losses if x.expr is None or _has_no_roots(x.expr)]


def _has_no_roots(e: Expr) -> bool:
    powers = (x.args[1] for x in e.walk() if x.head == "^")
    return not e.has("log", "exp") and all(
        p.head == "num" and p.args[0].denominator == 1 for p in powers
    )


def _data(
    draw: Any, loss: Objective, letter: Letter, i: int | None, sizes: Sizes
) -> dict[str, Fraction]:
    """The entries of one letter of a loss by name: a matrix of a form as everywhere, 0 or 1 of a
    mask, else small rationals; the target differs from ones, where the weights shrink to ones.
    """
    names = given_names([(letter, i)], sizes)
    if loss.name == "observed" and letter.name == "M":
        bits = [draw(st.sampled_from((Fraction(1), Fraction(0)))) for _ in names]
        return dict(zip(names, [Fraction(1), *bits[1:]], strict=True))
    if letter.symmetric:
        width, _ = shape(letter, i, sizes)
        matrix = dense(draw_data("quad", letter.name, width, lambda: draw(SMALL)))  # type: ignore[arg-type]
        upper = [matrix[r][c] for r in range(width) for c in range(r, width)]
        return dict(zip(names, upper, strict=True))
    return {n: 1 + draw(SMALL) for n in names}


def _differentiable(network: Network) -> bool:
    try:
        network.gradient()
    except Inexact:  # not rational, and defined
        return True
    except ZeroDivisionError:
        return False
    return True
