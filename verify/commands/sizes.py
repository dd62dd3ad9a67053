"""Which model, and at which sizes: the options of ``verify ode`` and ``verify candidates``."""

from __future__ import annotations

from verify.commands.options import positive
from verify.exact.errors import BadInput
from verify.models.catalogue import Model
from verify.models.catalogue.base import LARGEST, Size

Sizes = dict[str, int | tuple[int, ...]]


def sizes_of(model: Model, depth: str | None, width: str | None, sizes: str | None) -> Sizes | None:
    """None where no size was asked for. Raises BadInput for sizes that do not fit the model."""
    if sizes is not None:
        if depth is not None or width is not None:
            other = "--depth" if depth is not None else "--width"
            raise BadInput(f"--sizes {sizes} and {other}: give one of them, --sizes says all")
        return model.at(tuple(_whole(model, part) for part in sizes.split(",")))
    if depth is None and width is None:
        return None
    given = {"--depth": (depth, model.depth), "--width": (width, model.width)}
    for option, (text, name) in given.items():
        if text is not None and not name:
            raise BadInput(
                f"{option} {text}: the model {model.name} has none; give --sizes"
                f" {','.join(s.text() for s in model.sizes)} ({model.meaning()})"
            )
    return model.at(tuple(x for s in model.sizes for x in _values(model, s, depth, width)))


def _values(model: Model, size: Size, depth: str | None, width: str | None) -> tuple[int, ...]:
    """Of one size: as asked, or its default; of a run one more than the depth, all equal."""
    if size.run:
        default = size.default if isinstance(size.default, tuple) else (size.default,)
        count = len(default) if depth is None else positive("--depth", depth, LARGEST) + 1
        return (default[0] if width is None else positive("--width", width, LARGEST),) * count
    text = depth if size.name == model.depth else width if size.name == model.width else None
    option = "--depth" if size.name == model.depth else "--width"
    assert isinstance(size.default, int)
    return (size.default if text is None else positive(option, text, LARGEST),)


def _whole(model: Model, part: str) -> int:
    text = part.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadInput(
            f"--sizes: {part!r:.40} is no whole number; the model {model.name} has"
            f" {','.join(s.text() for s in model.sizes)} ({model.meaning()})"
        )
    return int(text)
