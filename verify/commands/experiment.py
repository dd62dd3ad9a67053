"""``verify experiment``: experiments of papers, run again."""

from __future__ import annotations

import os
from pathlib import Path

from verify.commands.drawing import Drawing
from verify.exact.errors import NoValue
from verify.process.channel import emit, part, tell
from verify.process.deliver import say
from verify.process.executors import ONE_OF, opened, spread
from verify.process.exits import UNSETTLED
from verify.process.files import write_bytes, write_text
from verify.process.width import fitted
from verify.process.written import as_json
from verify.report.pictures.figures import as_table, rendered
from verify.report.pictures.plot import check_target
from verify.report.reproduced import as_csv, as_data, screen
from verify.reproduce import NAMES, run

#: read by libraries of linear algebra when they load: in one thread sums have one order, and the
# bytes do not depend on how many processors there are
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def list_experiments(form: str) -> int:
    """Name, what it shows, source."""
    if form == "json":
        keys = ("experiment", "title", "source")
        emit(as_json([dict(zip(keys, (n, t, s), strict=True)) for n, (t, s) in NAMES.items()]))
        return 0
    rows = [("experiment", "source", "what it shows")]
    rows += [(name, source, title) for name, (title, source) in NAMES.items()]
    wide = [max(len(r[c]) for r in rows) for c in (0, 1)]
    emit(fitted("".join(f"{a:{wide[0]}}  {b:{wide[1]}}  {c}\n" for a, b, c in rows)))
    return 0


def tell_experiment(
    name: str, seed: int, form: str, csv: Path | None, drawing: Drawing, executor: str = "local"
) -> int:
    """The exit code of its assertions; 4 where a number is not found. Raises BadInput for an
    unknown name, and where a figure cannot be drawn.
    """
    os.environ.update(dict.fromkeys(THREADS, "1"))
    plot = drawing.plot
    if plot is not None:
        check_target(plot)
    look = drawing.look()
    part(f"experiment {name}")
    try:
        with opened(executor) as team:
            found = run(name, seed, spread(team, seed))
            if team is not None:
                by = f"computed by workers at {executor}, one unit of {ONE_OF} here, too"
                say(f"verify: {name}: {by}")
    except NoValue as why:
        tell(f"verify: undecided: {why}")
        return UNSETTLED
    if csv is not None:
        write_text(csv, as_csv(found))
    if plot is not None:
        if csv is None:
            write_text(plot.with_suffix(".csv"), as_csv(found))
        write_bytes(plot, rendered(found, plot.suffix.lower()[1:], look))
    if drawing.plot_data is not None:
        write_text(drawing.plot_data, as_table(found))
    emit(as_data(found) if form == "json" else screen(found))
    return found.exit
