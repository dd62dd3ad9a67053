"""The options of a picture, and all that would spoil one, said before any long work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.commands.help import HELP
from verify.commands.options import NewFile
from verify.exact.errors import BadInput

if TYPE_CHECKING:
    from verify.claims.request import Request
    from verify.library.registry import Found
    from verify.report.pictures.look import Look


def picture_options(command: Any) -> Any:
    """How a picture looks, and the file of its numbers; ``Drawing`` takes them together."""
    for name, more in (
        ("--plot-data", {"metavar": "FILE.csv", "type": NewFile()}),
        ("--width-mm", {"metavar": "WIDTH"}),
        ("--panel", {"metavar": "LETTER"}),
        ("--style", {"type": click.Choice(["paper", "screen"])}),
    ):
        command = click.option(name, help=HELP[name], **more)(command)
    return command


@dataclass(frozen=True)
class Drawing:
    """A picture that is asked for: the file, how it looks, and where its numbers go."""

    plot: Path | None = None
    style: str | None = None
    panel: str | None = None
    width_mm: str | None = None
    plot_data: Path | None = None

    def __post_init__(self) -> None:
        """Raises BadInput for what says more of a picture that is not asked for."""
        asked = {
            "--style": self.style,
            "--panel": self.panel,
            "--width-mm": self.width_mm,
            "--plot-data": self.plot_data,
        }
        for option, value in asked.items():
            if self.plot is None and value is not None:
                raise BadInput(f"{option} {value} needs --plot FILE")

    def look(self) -> Look:
        """How it looks. Raises BadInput naming the option."""
        from verify.report.pictures.look import look_of

        return look_of(self.style, self.panel, self.width_mm)

    def places(self) -> dict[str, Path | None]:
        """Files that are written, by their options."""
        return {"--plot": self.plot, "--plot-data": self.plot_data}


def check_drawing(
    name: str, found: Sequence[Found], request: Request, drawing: Drawing, axis: str | None
) -> None:
    """Everything that would spoil a picture is said before any long work. Raises BadInput."""
    plot = drawing.plot
    if plot is None:
        if axis is not None:
            raise BadInput(f"--plot-time {axis} needs --plot FILE")
        return
    if len(found) > 1:
        raise BadInput(f"--plot {plot}: {len(found)} claims match {name!r}; name one claim")
    from verify.report.pictures.plot import check_target

    check_target(plot)
    drawing.look()
    from verify.report.pictures.of_claims import check

    check(found[0].claim, request, axis)
