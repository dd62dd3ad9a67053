"""``decide``: a claim decided in a notebook, a script or a session, with a report that shows
itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from verify.claims import evidence
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput

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
        from verify.process.files import write_text

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
        from verify.process.files import write_text

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
    certificate: Certificate | None

    def __str__(self) -> str:
        from verify.report.screen import plain_text, screen

        return plain_text(screen(self, [], None, self.address, said=self.asked.source.note)).rstrip(
            "\n"
        )

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
    from verify.judge.decide import judge
    from verify.library.addresses import at_its_line

    found = _found(claim)
    request = request_of(options)
    with at_its_line(found):
        report = judge(found.claim, request)
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
    )


def _found(claim: Claim | str):
    from verify.library.addresses import choose
    from verify.library.registry import Found

    if isinstance(claim, Claim):
        return Found(claim, "")
    if not isinstance(claim, str):
        kind = "class " + claim.__name__ if isinstance(claim, type) else f"{type(claim).__name__}"
        raise BadInput(
            f"decide({kind}): expected a Claim, the id of an installed claim, or 'FILE.py::NAME'"
        )
    chosen = choose(claim)
    if chosen.slips and not chosen.found:
        raise BadInput(chosen.slips[0].text())
    if len(chosen.found) != 1:
        listed = ", ".join(f.claim.id for f in chosen.found) or "none"
        raise BadInput(f"decide({claim!r}): expected one claim, it names: {listed}")
    return chosen.found[0]


def request_of(options: dict[str, Any]) -> Request:
    """The options of a run. Raises BadInput naming the option, its value and what was expected."""
    given = dict(options)
    if "sizes" in given:
        given["dims"] = given.pop("sizes")
    names = sorted({f.name for f in fields(Request)} - {"dims"} | {"sizes"})
    for name in given:
        if name not in names and name != "dims":
            near = get_close_matches(name, names, 1)
            raise BadInput(
                f"option {name!r}:"
                f" {f'did you mean {near[0]}?' if near else 'the options are: ' + ', '.join(names)}"
            )
    given = {name: value for name, value in given.items() if value is not None}
    for name, value in given.items():
        given[name] = _read(name, value)
    return Request(**given)


def _read(name: str, value: Any) -> Any:
    if name in ("depth", "width", "digits", "seed"):
        if type(value) is not int or value < (name != "seed"):
            raise BadInput(
                f"{name}={value!r}: expected a whole number from {int(name != 'seed')} on"
            )
    if name == "without":
        return (value,) if isinstance(value, str) else tuple(value)
    if name in ("expect", "at_least"):
        return _verdict(name, value)
    if name == "horizon":
        if isinstance(value, (bool, float)) or not isinstance(value, (int, Fraction)) or value <= 0:
            raise BadInput(f"horizon={value!r}: expected an exact time > 0, an int or a Fraction")
        return Fraction(value)
    if name == "dims" and (
        not isinstance(value, (tuple, list))
        or any(type(d) is not int or d < 1 for d in value)
        or len(value) < 2
    ):
        raise BadInput(
            f"sizes={value!r}: expected (d_0, d_1, ..., d_N), two or more whole numbers from 1 on"
        )
    if name == "start":
        return _start(value)
    return tuple(value) if name == "dims" else value


def _verdict(name: str, value: Any) -> Verdict:
    known = {v.name: v for v in Verdict if v is not Verdict.UNDECIDED}
    wanted = value.name if isinstance(value, Verdict) else str(value).upper()
    if wanted not in known:
        raise BadInput(f"{name}={value!r}: expected one of {', '.join(known)}")
    return known[wanted]


def _start(value: Any) -> tuple[tuple[Fraction, ...], ...]:
    exact = isinstance(value, (tuple, list)) and all(
        isinstance(row, (tuple, list)) for row in value
    )
    if (
        not exact
        or not value
        or any(
            isinstance(x, (bool, float)) or not isinstance(x, (int, Fraction))
            for row in value
            for x in row
        )
    ):
        raise BadInput(
            f"start={value!r:.60}: expected a row of ints or Fractions for each layer, such as [[1,"
            " 2], [3, 4]]"
        )
    if len({len(row) for row in value}) > 1 or not value[0]:
        raise BadInput(f"start={value!r:.60}: each layer needs the same width")
    return tuple(tuple(map(Fraction, row)) for row in value)
