"""What was discovered of a model, as a page."""

from __future__ import annotations

from itertools import groupby

from verify.discover.flows import GRADIENT
from verify.discover.records import Conditional, Discovery, Kernel
from verify.report.discovered_data import CITED, hypotheses, symmetries_of
from verify.report.laws import symmetries
from verify.spelling.many import many

PAGE = 40  # lines of a screen


def screen(d: Discovery, verbose: bool) -> str:
    """A page, or with ``verbose`` all of it."""
    tensors = ", ".join(f"{n} {'x'.join(map(str, s)) or '1'}" for n, s in d.graph.params.items())
    head = f"{d.graph.name}    {d.graph.parameters} parameters: {tensors}"
    setting = [d.flow.text] if d.flow.text != GRADIENT.text else []
    setting += [] if d.every_loss else [d.losses]
    laws = _laws(d)
    rest = (
        _rows("Symmetries", [_first(d)])
        + _rows("How many", [_count(d), *_near(d)])
        + _rows("All?", [_all(d)])
    )
    rest += _rows("While", list(map(_while, d.conditional)))
    rest += _rows("Kernel", _asked(d))
    rest += _rows("Every size", _sizes(d))
    rest += _rows("Rests on", [f"{n}: {text}{_source(n)}" for n, text in hypotheses(d)])
    rest += _rows("Notes", [*d.graph.notes, *d.notes])
    room = PAGE - len(rest) - len(setting) - 4
    if len(laws) > room and not verbose:
        laws = [*laws[: room - 1], f"... {len(laws) - room + 1} lines more: --verbose"]
    return "\n".join(
        [head, "", *_rows("For", setting), *_rows("Conserved", laws), *rest, "", _verdict(d)]
    )


def _while(x: Conditional) -> str:
    held = f"; held at {many(x.states, 'exact state')}" if x.states else ""
    said = f"proved by the engine, not re-checked by the kernel{held}"
    return f"{x.condition}: {x.text}    {said}; otherwise REFUTED {x.against}"


def _source(name: str) -> str:
    return f" [{CITED[name]}]" if name in CITED else ""


def _laws(d: Discovery) -> list[str]:
    rows = []
    for w in d.written:
        count = len(w.laws)
        said = "proved" if w.proved == count else f"held at random points, not proved: {w.reason}"
        if 0 < w.proved < count:
            said = f"{w.proved} proved; the others held at random points: {w.reason}"
        said += " under the loss's symmetry" if w.symmetry else ""
        rows.append(f"{w.text}    {f'{count} laws, ' if count > 1 else ''}{said}")
    return rows or ["no law was found" if d.upper != 0 else "nothing"]


def _first(d: Discovery) -> str:
    """The first stage, in the words of ``verify candidates``."""
    f = d.first
    if f.note:
        return f"linear ones are not solved for: {f.note}"
    found = [f"verify candidates: {symmetries(symmetries_of(d))}"]
    found += [f"{many(f.powers, 'sum')} of powers"] if f.powers else []
    where = f"{f.beyond} of the laws beyond those above" if f.beyond else "all among those above"
    return "; ".join([*found, where] if f.laws else found)


def _count(d: Discovery) -> str:
    if not d.closed:
        return f"at least {d.lower}"
    found = []
    for c in d.closed:
        steps = ", ".join(map(str, c.levels))
        found.append(f"{steps} modulo {c.p}")
    ranks = "; ".join(found)
    return f"at most {d.upper}: the fields and their brackets have rank {ranks}"


def _near(d: Discovery) -> list[str]:
    """Where one pattern of each unit holds there may be more laws than on the whole space."""
    if d.cell is None or d.upper is None:
        return []
    how = "" if d.cell.exact else ", read off in doubles, not exactly"
    same = "as many" if d.cell.upper == d.upper else f"{d.cell.upper}"
    seen = many(d.cell.patterns, "pattern occurs", "patterns occur")
    return [f"these are laws on the whole space; near one state, drawn with seed {d.seed}, at most"
            f" {same}: {seen} there{how}"]  # fmt: skip


def _all(d: Discovery) -> str:
    if d.met and not d.complete:
        return "not settled: the engine counts them as all, and the kernel refuses its certificate"
    if d.complete:
        what = f"{d.lower} laws are" if d.lower != 1 else "1 law is"
        return f"yes: {what} written and proved, and there are no more" if d.lower else "yes: none"
    if d.upper is None:
        return f"not known: {d.lower} are proved"
    if d.count_exact:
        return f"no: there are exactly {d.upper}, {d.lower} of them are written; {_missing(d)}"
    more = f", {d.found - d.lower} more held at random points" if d.found > d.lower else ""
    chance = d.error_probability
    sure = "" if chance is None else f" (fewer with probability at most {chance:.1e})"
    why = "" if d.lower < d.upper else "; patterns were not read off exactly"
    return f"found {d.lower} of {d.upper}{sure}{more}{why or '; ' + _missing(d)}"


def _asked(d: Discovery) -> list[str]:
    """Who has counted: the reader of certificates, or the engine alone, and why."""
    k = d.kernel
    if k is None:
        return []
    return [_certified(d, k), *_left_out(k)]


def _certified(d: Discovery, k: Kernel) -> str:
    part = f"{k.laws} of {d.lower} laws are" if k.laws < d.lower else "the laws are"
    laws = f"{part} checked again" if k.sentence and d.lower else ""
    if k.refused:
        return f"the certificate is REFUSED: {k.reason}"
    if k.counts:
        anew = ", with related values written through independent ones" if k.anew else ""
        return "; ".join([*[laws] * bool(laws), f"counted by the kernel{anew}"])
    engine = "counted by the engine" if d.upper is not None else "not counted"
    return "; ".join([*[laws] * bool(laws), engine + (f": {k.reason}" if k.reason else "")])


def _left_out(k: Kernel) -> list[str]:
    """Laws that no certificate holds, those with one reason together."""
    found = []
    for why, some in groupby(k.left_out, lambda x: x[1]):
        first, *more = (x for x, _ in some)
        said = f"{first} and {many(len(more), 'law')} after it" if more else first
        found.append(f"not in the certificate: {said}, because: {why}")
    return found


def _sizes(d: Discovery) -> list[str]:
    """What the judge says of the same laws without sizes."""
    e = d.every_size
    if e is None or (e.note and not d.lower):
        return []
    said = lambda x, v, why: f"{x}    {v}{f': {why}' if why else ''}, whatever the sizes"
    rows = [f"not decided: {e.note}"] if e.note else [said(*x) for x in e.laws]
    rows += [f"{x}    stated for these sizes alone" for x in e.others]
    return [*rows, *([f"{said(*e.layers)} and the number of layers"] if e.layers else [])]


def _missing(d: Discovery) -> str:
    assert d.upper is not None
    return f"{'at most ' * (d.error_probability is None)}{d.upper - d.lower} missing"


def _verdict(d: Discovery) -> str:
    word = "COMPLETE" if d.complete else "INCOMPLETE"
    return (
        f"{word}    exit {0 if d.complete else 4}, seed {d.seed}, {sum(d.seconds.values()):.2f} s"
    )


def _rows(label: str, lines: list[str]) -> list[str]:
    return [f"  {label if not i else '':10}  {line}" for i, line in enumerate(lines)]
