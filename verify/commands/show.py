"""``verify list``, ``verify show`` and ``verify explain``."""

from __future__ import annotations

from collections.abc import Callable
from shlex import quote
from textwrap import wrap

from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.commands.outcome import no_match
from verify.library.addresses import Chosen, at_its_line, choose, is_path
from verify.library.registry import Found, leave_out, matching
from verify.library.slips import Misstated
from verify.models.trajectories import Trajectories
from verify.process.channel import emit, part, tell
from verify.process.exits import USAGE
from verify.process.width import fitted, width
from verify.process.written import as_json
from verify.report.stated import left_open, listed, remarks, sentence, setting, titled


def list_claims(left_out: dict[str, str], pattern: str, source: str | None, form: str) -> int:
    """Exit code 5 where nothing matches."""
    leave_out(left_out)
    chosen = choose(pattern) if is_path(pattern) else Chosen(tuple(matching(pattern)))
    found = [f.claim for f in chosen.found if source is None or f.claim.source.names(source)]
    if not found and not chosen.slips:
        return no_match(pattern if source is None else f"{pattern} from {source}")
    code = _complain(chosen)
    if form == "json":
        emit(as_json([*map(_row, found), *(s.data() for s in chosen.slips)]))
        return code
    if found:
        _table(found)
    return code


def _complain(chosen: Chosen) -> int:
    """Exit code 2 where something of a file cannot be used."""
    for slip in chosen.slips:
        tell(f"verify: {slip.text()}")
    return USAGE if chosen.slips else 0


def _each(name: str, told: Callable[[Found], list[str]]) -> int:
    """Lines about each claim that an argument names."""
    chosen = choose(name)
    if not chosen.found and not chosen.slips:
        return no_match(name)
    parts, slips = [], list(chosen.slips)
    for found in chosen.found:
        try:
            part(found.claim.id)
            parts.append("\n".join(told(found)))
        except Misstated as error:  # the other claims of the file go on
            slips.append(error.slip)
    if parts:
        emit("\n\n".join(parts) + "\n")
    return _complain(Chosen((), tuple(slips)))


def _row(claim: Claim) -> dict:
    return {
        "id": claim.id,
        "also": list(claim.also),
        "title": claim.title,
        "statement": "; ".join(c.render() for c in claim.concluding.values()),
        "sentence": sentence(claim),
        "setting": setting(claim),
        "kinds": sorted({c.kind for c in claim.concluding.values()}),
        "assumes": [h.id for h in claim.assuming],
        "source": claim.source.text(),
        "derived": claim.source.note,
        "unstated": claim.unstated,
        "expected": claim.expected.name,
    }


LEAST_TEXT = 40  # columns of a sentence beside its id


def _table(found: list[Claim]) -> None:
    """Columns; a rich table costs more than everything else that this command does."""
    rows = [("claim", "expected", "source", "sentence, and its name")]
    rows += [(c.id, c.expected.name, c.source.short(), listed(c)) for c in found]
    widths = [max(len(row[k]) for row in rows) + 2 for k in range(3)]
    indent = " " * sum(widths)
    for row in rows:
        head = "".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=False))
        if width() < len(indent) + LEAST_TEXT:  # no room beside them: below
            lines = [head.rstrip(), *_wrapped(row[3], "    ", "    ")]
        else:
            lines = _wrapped(row[3], head, indent) or [head]
        emit("\n".join(lines) + "\n")


def _wrapped(text: str, first: str, then: str) -> list[str]:
    return wrap(text, width(), initial_indent=first, subsequent_indent=then)


def show_claim(left_out: dict[str, str], name: str, latex: bool) -> int:
    """Statement, hypotheses and source, for people or as a theorem environment; of each claim where
    a file or a glob is named.
    """
    leave_out(left_out)
    return _each(
        name, _theorem if latex else lambda found: [fitted(line) for line in _shown(found)]
    )


def _theorem(found: Found) -> list[str]:
    from verify.judge.decide import settle
    from verify.report.latex import theorem

    with at_its_line(found):
        return theorem(found.claim, settle(found.claim, Request())).splitlines()


def _shown(found: Found) -> list[str]:
    claim = found.claim
    lines = [
        f'{claim.id}    called "{claim.title}"',
        f"  Setting     {titled(claim)}; {claim.setting.detail()}",
    ]
    if isinstance(claim.setting, Trajectories):
        lines += [f"    {line}" for line in claim.setting.complete()]
    lines += [f"  Assumes     {h.id:<10} {h.prose()}    [{h.when}]" for h in claim.assuming]
    lines += [f"  Concludes   {n:<10} {c.render()}" for n, c in claim.concluding.items()]
    said = (claim.source.text(), claim.source.said, left_open(claim))
    lines += [f"  Source      {'; '.join(filter(None, said))}"]
    lines += [f"  Expected    {claim.expected.name}"]
    if claim.corrects:
        lines += [
            f"  {'Corrected by' if claim.expected is Verdict.REFUTED else 'Corrects'} "
            f" {claim.corrects}"
        ]
    if claim.as_printed:
        lines += [
            f"  As printed  {claim.as_printed}    verify claim {quote(found.address)} --as-printed"
        ]
    lines += [f"  Written     {found.file}:{found.line}"] if found.file else []
    return lines + [
        f"  {head:<11} {text}    {command}" for head, text, command in remarks(claim, found.known())
    ]


def explain_claim(left_out: dict[str, str], name: str) -> int:
    """The proof step by step, as it was found now."""
    leave_out(left_out)
    return _each(name, lambda found: [fitted(line) for line in _explained(found)])


def _explained(found: Found) -> list[str]:
    from verify.commands.steps import steps

    with at_its_line(found):
        return steps(found.claim)
