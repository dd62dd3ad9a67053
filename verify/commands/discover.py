"""``verify discover``, and ``discover_laws`` in a notebook: all laws of a model of the house or
function of a user's file, and whether they are all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from verify.commands.options import seed_of
from verify.commands.sizes import texts
from verify.discover.certificate import asked
from verify.discover.conditional import conditional
from verify.discover.discovery import discover
from verify.discover.flows import GRADIENT, Flow
from verify.discover.flows import flow as flow_of
from verify.discover.given import judged
from verify.discover.house import HOUSE
from verify.discover.losses import seen_by
from verify.discover.records import Discovery, Kernel
from verify.discover.symmetry import with_symmetry
from verify.exact.errors import BadInput, NoValue
from verify.exact.kinds import flag, words
from verify.judge.discovered_laws import every_size
from verify.judge.first_stage import first_stage
from verify.library.functions import function_in, names_a_function
from verify.process.channel import emit, part, tell
from verify.process.exits import REFUTED_EXIT, UNSETTLED
from verify.process.files import write_text
from verify.process.limits import Limits
from verify.process.width import fitted
from verify.process.written import as_json
from verify.report.discovered import screen
from verify.report.discovered_code import FORMS, Discovered, written
from verify.report.discovered_data import json
from verify.report.given_law import law_data, law_screen
from verify.trace.graph import Graph
from verify.trace.trace import traced

MOST = 64  # a size of a model of the house


def list_models(form: str) -> int:
    """The models of the house, and the sizes that each takes. Exit code 0."""
    if form == "json":
        emit(as_json([{"name": n, "sizes": m.sizes, "default": m.default, "title": m.title}
                      for n, m in HOUSE.items()]))  # fmt: skip
        return 0
    wide = max(map(len, HOUSE))
    emit(fitted("".join(f"{n:{wide}}  {m.sizes:18}  {m.title}\n" for n, m in HOUSE.items())))
    return 0


def tell_discover(
    name: str, form: str, limits: Limits, verbose: bool, sizes: str | None, bias: bool,
    heads: str | None, seed: str, flow: str | None, loss: str, symmetry: str | None,
    law: str | None, certificate: Path | None,
) -> int:  # fmt: skip
    """Exit code 0 where all laws are written and proved, else 4; of a given law 0 where it is
    proved, 1 where it is refuted, else 4. Raises BadInput.
    """
    number = seed_of(seed)
    part(f"{name:.60} is traced")
    graph = _restricted(graph_of(name, sizes, bias, heads, loss), loss, symmetry)
    part(f"the laws of {graph.name:.60}")
    seconds = max(limits.left() - 1, 1)
    moves = flow_of(flow, graph)
    if certificate is not None and law is not None:
        raise BadInput(
            "--certificate is for the laws that are found, without --law: what is found holds the"
            " laws of which a law that you state is a combination"
        )
    if law is not None:
        return _tell_law(graph, law, moves, number, form, loss)
    plain = graph if loss == "any" else graph_of(name, sizes, bias, heads)
    limit = (limits.memory, seconds, certificate is not None)
    found = all_laws(graph, plain, number, moves, loss, *limit, form == "claims")
    if certificate is not None and found.kernel is not None:
        _keep(found.kernel, certificate)
    if form in FORMS:
        try:
            emit(written(found, form))
        except NoValue as why:
            tell(f"verify: undecided: {why}")
            return UNSETTLED
    else:
        emit(json(found) if form == "json" else fitted(screen(found, verbose) + "\n"))
    return 0 if found.complete else UNSETTLED


def all_laws(
    graph: Graph, plain: Graph, seed: int = 0, flow: Flow = GRADIENT, loss: str = "any",
    memory: float = 4096, seconds: float = 300, however_large: bool = False,
    claims: bool = False,
) -> Discovery:  # fmt: skip
    """Laws, bounds, and what the kernel says of its certificate; ``plain``: with its own outputs,
    whatever the losses see of them; ``claims``: every law is judged for every size, however long
    that takes. Raises BadInput.
    """
    first = first_stage(graph, seed, flow)
    found = discover(graph, seed, memory, seconds, flow, loss, first, cell=True)
    part("the kernel reads the certificate")
    found.kernel = asked(found, however_large)
    part("the laws for every size")
    found.every_size = every_size(found, claims)
    part("laws on invariant sets")
    found.conditional = conditional(found, plain)
    return found


def discover_laws(
    model: str | Callable[..., Any],
    *,
    sizes: Sequence[int] | None = None,
    bias: bool = False,
    heads: int | None = None,
    flow: str | None = None,
    loss: str = "any",
    symmetry: str | None = None,
    seed: int = 0,
) -> Discovered:
    """All laws that are found of a model, and whether they are all: what ``verify discover`` shows,
    with its own options; ``model`` is a name, FILE.py:NAME, or a function over NumPy arrays.

    The result shows itself; it has ``json()``, ``latex()`` and ``code()``. Raises BadInput for what
    is not traced, an unknown name, option or size.
    """
    number = seed_of(str(seed))
    given = texts(model if isinstance(model, str) else "", None, None, sizes, loss)["sizes"]
    flag("bias", bias)
    for name, text in (("flow", flow), ("symmetry", symmetry)):
        if text is not None:
            words(name, text, "text, as the command takes it")
    if callable(model):
        if given or bias or heads is not None:
            raise BadInput("sizes, bias and heads are for models of the house")
        made = lambda loss: traced(seen_by(loss, model))
    else:
        words("model", model, "a name, FILE.py:NAME or a function")
        many = None if heads is None else str(heads)
        made = lambda loss: graph_of(model, given, bias, many, loss)
    graph = _restricted(made(loss), loss, symmetry)
    plain = graph if loss == "any" else made("any")
    return Discovered(all_laws(graph, plain, number, flow_of(flow, graph), loss))


def _restricted(graph: Graph, loss: str, symmetry: str | None) -> Graph:
    if symmetry is None:
        return graph
    if loss != "any":
        raise BadInput("--symmetry says what the losses share: give it without --loss")
    return with_symmetry(graph, symmetry)


def _keep(kernel: Kernel, path: Path) -> None:
    if kernel.sentence:
        write_text(path, kernel.text)
    else:
        tell(f"verify: no certificate is written to {path}: {kernel.reason}")


def _tell_law(graph: Graph, law: str, flow: Flow, seed: int, form: str, loss: str) -> int:
    if form in FORMS:
        raise BadInput(f"--format {form} is for laws that are found; with --law: text, json")
    found = judged(graph, law, flow, seed)
    data = (graph, found, flow, loss)
    emit(as_json(law_data(*data)) if form == "json" else fitted(law_screen(*data) + "\n"))
    return {"PROVED": 0, "REFUTED": REFUTED_EXIT}.get(found.verdict, UNSETTLED)


def graph_of(
    name: str, sizes: str | None = None, bias: bool = False, heads: str | None = None,
    loss: str = "any",
) -> Graph:  # fmt: skip
    """Of a model of the house at sizes, or of FILE.py:NAME. Raises BadInput."""
    if names_a_function(name):
        for option, given in (("--sizes", sizes), ("--bias", bias), ("--heads", heads)):
            if given:
                raise BadInput(f"{option} is for models of the house; {name:.80} has its own sizes")
        own = function_in(name)
        return own.used(lambda f: traced(seen_by(loss, f), own.name))
    if name not in HOUSE:
        near = get_close_matches(name, HOUSE, 1, 0.4)
        hint = f"did you mean {near[0]}? " if near else ""
        raise BadInput(
            f"unknown model {name!r:.60}: {hint}models: {', '.join(HOUSE)}; or FILE.py:NAME"
        )
    found = HOUSE[name]
    numbers = _numbers(name, sizes or found.default, found.sizes)
    options: dict[str, int | bool] = {}
    if bias:
        options["bias"] = True
    if heads is not None:
        (options["heads"],) = _numbers(name, heads, "H")
    unknown = set(options) - set(found.options)
    if unknown:
        raise BadInput(f"--{unknown.pop()} is not for {name}")
    shown = f"{name} at {','.join(map(str, numbers))}"
    return traced(seen_by(loss, found.at(numbers, **options)), shown)


def _numbers(name: str, text: str, expected: str) -> list[int]:
    parts = [x.strip() for x in text.split(",")]
    few, most = (2, 32) if ".." in expected else (expected.count(",") + 1,) * 2
    whole = all(x.isascii() and x.isdigit() and 1 <= len(x) <= 4 for x in parts)
    if not whole or not few <= len(parts) <= most or not all(1 <= int(x) <= MOST for x in parts):
        raise BadInput(
            f"{name}: sizes {text!r:.40}; expected {expected}, whole numbers from 1 to {MOST}"
        )
    return [int(x) for x in parts]
