"""Which model, and at which sizes: the options of ``verify ode`` and ``verify candidates``."""

from __future__ import annotations

from typing import Any

from verify.commands.options import positive
from verify.exact.errors import BadInput
from verify.exact.kinds import FORMULA, words
from verify.models.catalogue import Model
from verify.models.catalogue.base import LARGEST, Size

Sizes = dict[str, int | tuple[int, ...]]


def sizes_of(
    model: Model, depth: str | None, width: str | None, sizes: str | None, dash: str = "--"
) -> Sizes | None:
    """None where no size was asked for; ``dash`` stands before the names of options in what is
    told. Raises BadInput for sizes that do not fit the model.
    """
    if sizes is not None:
        if depth is not None or width is not None:
            other = f"{dash}depth" if depth is not None else f"{dash}width"
            raise BadInput(
                f"{dash}sizes {sizes} and {other}: give one of them, {dash}sizes says all"
            )
        return model.at(tuple(_whole(model, part, dash) for part in sizes.split(",")))
    if depth is None and width is None:
        return None
    given = {f"{dash}depth": (depth, model.depth), f"{dash}width": (width, model.width)}
    for option, (text, name) in given.items():
        if text is not None and not name:
            raise BadInput(
                f"{option} {text}: the model {model.name} has none; give {dash}sizes"
                f" {','.join(s.text() for s in model.sizes)} ({model.meaning()})"
            )
    return model.at(tuple(x for s in model.sizes for x in _values(model, s, depth, width, dash)))


def _values(
    model: Model, size: Size, depth: str | None, width: str | None, dash: str
) -> tuple[int, ...]:
    """Of one size: as asked, or its default; of a run one more than the depth, all equal."""
    if size.run:
        default = size.default if isinstance(size.default, tuple) else (size.default,)
        count = len(default) if depth is None else positive(f"{dash}depth", depth, LARGEST) + 1
        return (default[0] if width is None else positive(f"{dash}width", width, LARGEST),) * count
    text = depth if size.name == model.depth else width if size.name == model.width else None
    option = f"{dash}depth" if size.name == model.depth else f"{dash}width"
    assert isinstance(size.default, int)
    return (size.default if text is None else positive(option, text, LARGEST),)


def _whole(model: Model, part: str, dash: str) -> int:
    text = part.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadInput(
            f"{dash}sizes: {part!r:.40} is no whole number of 1 to 4 digits; the model"
            f" {model.name} has {','.join(s.text() for s in model.sizes)} ({model.meaning()})"
        )
    return int(text)


def texts(model: Any, depth: Any, width: Any, sizes: Any, loss: Any) -> dict[str, str | None]:
    """Options of a function as the command has them. Raises BadInput for one of another type."""
    if not isinstance(model, str):
        raise BadInput(f"model {model!r:.60}: expected the name of a model, such as 'layers'")
    if loss is not None:
        words("loss", loss, FORMULA)
    for name, x in (("depth", depth), ("width", width)):
        if x is not None and (type(x) is not int or x < 1):
            raise BadInput(f"{name}={x!r:.60}: expected a whole number from 1 on")
    if sizes is not None and (
        not isinstance(sizes, (tuple, list)) or any(type(x) is not int or x < 0 for x in sizes)
    ):
        raise BadInput(f"sizes={sizes!r:.60}: expected whole numbers, such as (2, 3, 1)")
    text = lambda x: None if x is None else str(x)
    row = None if sizes is None else ",".join(map(str, sizes))
    return {"depth": text(depth), "width": text(width), "sizes": row, "loss": loss}
