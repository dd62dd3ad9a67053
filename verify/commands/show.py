"""``verify list``, ``verify show`` and ``verify explain``."""

from __future__ import annotations

from fnmatch import fnmatchcase
from textwrap import wrap

from click import echo

from verify.claim import Claim
from verify.registry import claims, named
from verify.report.stated import listed, remarks, sentence, setting
from verify.verdict import Verdict

_WIDTH = 118


def list_claims(pattern: str, source: str | None, form: str) -> int:
    """Exit code 5 where nothing matches."""
    wanted = (source or "").removeprefix("arXiv:")
    found = [f.claim for name, f in claims().items() if fnmatchcase(name, pattern) and (not wanted or _from(f.claim, wanted))]
    if not found:
        from verify.cli import no_match

        return no_match(pattern if source is None else f"{pattern} from {source}")
    if form == "json":
        from verify.report.plain import as_json

        echo(as_json([_row(c) for c in found]), nl=False)
        return 0
    _table(found)
    return 0


def _from(claim: Claim, source: str) -> bool:
    """With or without the version."""
    return claim.source.arxiv == source or claim.source.arxiv.rsplit("v", 1)[0] == source


def _row(claim: Claim) -> dict:
    return {
        "id": claim.id,
        "title": claim.title,
        "statement": "; ".join(c.render() for c in claim.concluding.values()),
        "sentence": sentence(claim),
        "setting": setting(claim),
        "kinds": sorted({c.kind for c in claim.concluding.values()}),
        "assumes": [h.id for h in claim.assuming],
        "source": claim.source.text(),
        "derived": claim.source.note,
        "expected": claim.expected.name,
    }


def _table(found: list[Claim]) -> None:
    """Columns; a rich table costs more than everything else that this command does."""
    rows = [("claim", "expected", "source", "sentence, and its name")]
    rows += [(c.id, c.expected.name, c.source.arxiv, listed(c)) for c in found]
    widths = [max(len(row[k]) for row in rows) + 2 for k in range(3)]
    indent = " " * sum(widths)
    for row in rows:
        head = "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        echo("\n".join(wrap(row[3], max(len(indent) + 40, _WIDTH), initial_indent=head, subsequent_indent=indent) or [head]))


def show_claim(name: str, latex: bool) -> int:
    """Statement, hypotheses and source, for people or as a theorem environment."""
    claim = named(name).claim
    if latex:
        from verify.report.latex import theorem

        echo(theorem(claim), nl=False)
        return 0
    lines = [f'{claim.id}    called "{claim.title}"', f"  Setting     {claim.setting.title()}; {claim.setting.detail()}"]
    lines += [f"  Assumes     {h.id:<10} {h.prose()}    [{h.when}]" for h in claim.assuming]
    lines += [f"  Concludes   {n:<10} {c.render()}" for n, c in claim.concluding.items()]
    lines += [f"  Source      {claim.source.text()}" + (f"; {claim.source.note}" if claim.source.note else "")]
    lines += [f"  Expected    {claim.expected.name}"]
    if claim.corrects:
        lines += [f"  {'Corrected by' if claim.expected is Verdict.REFUTED else 'Corrects'}  {claim.corrects}"]
    if claim.as_printed:
        lines += [f"  As printed  {claim.as_printed}    verify claim {claim.id} --as-printed"]
    lines += [f"  {head:<11} {text}    {command}" for head, text, command in remarks(claim, claims())]
    echo("\n".join(lines))
    return 0


def explain_claim(name: str) -> int:
    """The proof step by step, as it was found now."""
    from verify.report.steps import steps

    echo("\n".join(steps(named(name).claim)))
    return 0
