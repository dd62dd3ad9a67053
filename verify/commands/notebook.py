"""``decide``: a claim decided in a notebook, a script or a session, with a report that shows
itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.claims import evidence
from verify.claims.asked import request_of
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.process.files import write_text

if TYPE_CHECKING:
    from verify.library.registry import Found

MOST_LINES, MOST_SIGNS = 6, 500  # of conclusions in a short report, and of a line


@dataclass(frozen=True)
class Certificate(evidence.Certified):
    """What a stranger re-checks: ``body`` (JSON), ``text`` (the bytes that are read), ``statement``
    (what the reader accepted).
    """

    def save(self, path: str | Path) -> Path:
        """Write it, whole or not at all; ``verify replay FILE`` re-checks it. Raises BadInput where
        it cannot be written.
        """
        write_text(Path(path), self.text)
        return Path(path)

    def __repr__(self) -> str:
        return f"certificate, sha256 {self.sha256[:12]}: {self.statement[:MOST_SIGNS]}"


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG; a notebook shows it."""

    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> Path:
        """Write the SVG. Raises BadInput for another kind of file (use ``report.plot(path)``), or
        where it cannot be written.
        """
        if Path(path).suffix.lower() != ".svg":
            raise BadInput(
                f"{path}: this picture is SVG; write report.plot({str(path)!r}) for other kinds"
            )
        write_text(Path(path), self.svg)
        return Path(path)


@dataclass(frozen=True, repr=False)
class Report(evidence.Report):
    """What one run found: ``verdict``, ``statement``, ``certificate`` (or None), ``outcomes`` by
    conclusion, ``measured``, ``exit``.

    ``print(report)`` is the whole screen, ``report`` alone a few lines; a notebook shows them as
    HTML.
    """

    asked: Claim = field(kw_only=True)
    request: Request = field(kw_only=True)
    address: str | None = field(kw_only=True)  # what names the claim on the command line
    found: Found = field(kw_only=True)  # and the claims beside it
    certificate: Certificate | None

    def __str__(self) -> str:
        from verify.report.screen import plain_text, told

        drawn = told(self, self.found, self.request, None, self.address)
        return plain_text(drawn).rstrip("\n")

    def __repr__(self) -> str:
        return "\n".join(f"{'' if not n else '  '}{line}" for n, line in enumerate(self._lines()))

    def _repr_html_(self) -> str:
        head, *rest = self._lines()
        items = "".join(f"<div style='margin-left:2em'>{escape(line)}</div>" for line in rest)
        return f"<div><strong>{escape(head)}</strong>{items}</div>"

    def _lines(self) -> list[str]:
        from verify.report.screen import witness_text

        surprise = "" if self.verdict is self.expected else f" (expected {self.expected.name})"
        lines = [f"{self.verdict.name}{surprise}  {self.claim}  [{self.source}]", self._sentence()]
        lines += [f"without {name}: {why}" for name, why in self.dropped]
        for name, outcome in list(self.outcomes.items())[:MOST_LINES]:
            scope = f"; {outcome.scope}" if outcome.scope else ""
            lines.append(f"{name}: {outcome.verdict.name}, {outcome.reason}{scope}")
            lines += (
                [f"witness: {witness_text(outcome.witness)}"] if outcome.witness is not None else []
            )
        more = len(self.outcomes) - MOST_LINES
        lines += [f"and {more} more conclusions"] if more > 0 else []
        kept = "no certificate" if self.certificate is None else "certificate accepted"
        return [*(_short(x) for x in lines), f"exit {self.exit}, seed {self.seed}, {kept}"]

    def _sentence(self) -> str:
        """What was judged: without the hypotheses that were dropped."""
        left_out = {name for name, _ in self.dropped}
        given = [prose for name, prose, _ in self.hypotheses if name not in left_out]
        stated = "; ".join(o.sentence.conclusion.render() for o in self.outcomes.values())
        return f"{self.setting}: {'if ' + ' and '.join(given) + ': ' if given else ''}{stated}"

    def latex(self) -> str:
        """What was judged, as LaTeX for a paper: a theorem with its proof, a remark with its
        counterexample.
        """
        from verify.report.latex import theorem

        return theorem(self.asked, self)

    def plot(self, path: str | Path | None = None, time: str | None = None) -> Drawing | Path:
        """A picture: returned, or written to a .svg, .pdf or .png file. ``time`` is the time axis,
        "linear" or "log".

        Raises BadInput where matplotlib is missing, the claim has no picture, or the file cannot be
        written.
        """
        from verify.report.pictures.of_claims import check, picture
        from verify.report.pictures.plot import check_target, draw, needs_matplotlib, rendered

        if time not in (None, "linear", "log"):
            raise BadInput(f"plot(time={time!r}): expected 'linear' or 'log'")
        needs_matplotlib("report.plot()")
        if path is not None:
            check_target(Path(path))
        check(self.asked, self.request, time)
        drawn = picture(self.asked, self.request, self, time, lambda text: None)
        if path is None:
            return Drawing(rendered(drawn, "svg").decode())
        draw(drawn, Path(path))
        return Path(path)


def _short(line: str) -> str:
    return line if len(line) <= MOST_SIGNS else f"{line[:MOST_SIGNS]} ..."


def decide(claim: Claim | str, **options: Any) -> Report:
    """Decide a claim: an object, the id of an installed one, or ``"FILE.py::NAME"``. The verdict is
    that of ``verify claim``.

    Options: depth, width, sizes, loss, start, digits, seed, without, expect, at_least, cited,
    numeric, horizon. Raises BadInput for a claim or an option that is not as said here;
    EnginesDisagree for a defect of ours.
    """
    from verify.judge.chain import judge_chain
    from verify.library.addresses import at_its_line, the_claim

    found = the_claim(claim, "decide")
    request = request_of(options)
    with at_its_line(found):
        report = judge_chain(found.claim, found.linkable(), request)
    known = {f.name: getattr(report, f.name) for f in fields(evidence.Report)}
    c = report.certificate
    known["certificate"] = (
        None if c is None or c.refusal else Certificate(c.body, c.text, c.statement)
    )
    return Report(
        **known,
        asked=found.claim,
        request=request,
        address=None if found.package == "" else found.address,
        found=found,
    )
