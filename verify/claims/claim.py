"""A claim: setting, hypotheses, conclusions, and untrusted help. The judge forms every obligation
from these objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verify.claims.fields import check_fields
from verify.claims.hypotheses import Hypothesis
from verify.claims.source import Source
from verify.claims.verdict import Verdict
from verify.claims.wellformed import well_formed
from verify.exact.errors import BadInput, quoted, require, require_line
from verify.exact.limits import LIMITS, up_to
from verify.exact.names import VERDICTS
from verify.models.base import Setting
from verify.models.flow import Flow

if TYPE_CHECKING:
    from verify.claims.conclusions.base import Conclusion
    from verify.claims.experiments.base import Experiment

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


BREAKS = ("point", "trap", "solution", "enclosure", "contrast")


@dataclass(frozen=True, slots=True)
class Break:
    """How dropping a hypothesis breaks the claim. ``kind`` is point, trap, solution, enclosure or
    contrast.

    The search looks for the witness itself; ``loss`` only narrows where it looks. Whether a
    hypothesis is needed is judged: ``not_needed``, what the author says of one that is listed all
    the same, is printed only where that decides nothing, as the author's words.
    """

    hypothesis: str
    kind: str = "point"
    loss: str | None = None
    not_needed: str = ""

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        require(
            isinstance(self.hypothesis, str),
            "Break: hypothesis",
            self.hypothesis,
            "the id of a hypothesis, such as 'balance'",
        )
        what = f"Break({self.hypothesis})"
        require(self.kind in BREAKS, f"{what}: kind", self.kind, f"one of {', '.join(BREAKS)}")
        require(
            self.loss is None or isinstance(self.loss, str),
            f"{what}: loss",
            self.loss,
            "the name of a loss",
        )
        require_line(f"{what}: not_needed", self.not_needed)

    @property
    def said(self) -> str:
        return quoted(self.not_needed)


@dataclass(frozen=True, slots=True)
class Remark:
    """Another claim that belongs beside this one, by its id. A remark has no words of its own.

    What is printed is that claim's sentence and the verdict that it expects, written from its
    objects: prose could stand beside a finding that contradicts it. Raises BadInput for anything
    but an id.
    """

    claim: str

    def __post_init__(self) -> None:
        if not isinstance(self.claim, str) or not _ID.fullmatch(self.claim):
            raise BadInput(
                f"Remark({self.claim!r}): expected the id of a claim, for example"
                " Remark('quasi-norm'): a remark has no text of its own; state what is also true,"
                " or not true, as a claim and name it"
            )


@dataclass(frozen=True)
class Claim:
    """One file of ``proofs/``. Raises BadInput for an id, a break or a hint that names nothing."""

    id: str
    title: str
    setting: Setting
    assuming: tuple[Hypothesis, ...]
    concluding: Mapping[str, Conclusion]
    source: Source
    expected: Verdict = Verdict.PROVED
    hints: Mapping[str, Any] = field(
        default_factory=dict
    )  # Hints, or the help that the setting's theory takes
    experiments: tuple[Experiment, ...] = ()
    breaks: tuple[Break, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links: tuple[str, ...] = ()  # exact links of a chain: claims that are judged in the same run
    depth: int = 3
    width: int = 2
    loss: str = "ratio"  # what numeric experiments run with when the user names none
    also: tuple[str, ...] = ()  # other names: the catalogue's, or shorter ones
    as_printed: str = (
        ""  # the claim that states what the paper prints, where that is another sentence
    )
    corrects: str = ""  # the claim whose printed form this one corrects, or that corrects this one
    unstated: str = ""  # what its source has beside it and no claim states, and why

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _ID.fullmatch(self.id):
            raise BadInput(
                f"claim id {self.id!r:.60}: expected lower-case words joined by '-', for example"
                " 'quasi-norm'"
            )
        if len(self.id) > LIMITS["label"]:
            raise BadInput(
                f"claim id {self.id!r:.60} has {len(self.id)} letters; expected {up_to('label')}"
            )
        try:
            self._check()
        except BadInput as problem:
            raise type(problem)(f"claim {self.id}: {problem}") from None

    def _check(self) -> None:
        check_fields(self)
        self._check_other_names()
        if not self.concluding:
            raise BadInput("concluding is empty; a claim states at least one conclusion")
        well_formed(self)
        for text in (self.title, self.source.text()):
            require_line("its words", text)
        names = {h.id for h in self.assuming}
        if len(names) < len(self.assuming):
            raise BadInput(f"two hypotheses share an id: {[h.id for h in self.assuming]}")
        for b in self.breaks:
            if b.hypothesis not in names:
                raise BadInput(f"a break names {b.hypothesis!r}; hypotheses: {sorted(names)}")
        for name in self.hints:
            if name not in self.concluding:
                raise BadInput(f"hints name {name!r}; conclusions: {sorted(self.concluding)}")
        if self.expected in (Verdict.UNDECIDED,):
            raise BadInput("UNDECIDED may not be expected; leave the claim out until it is settled")

    def _check_other_names(self) -> None:
        """What names a claim is an id, in any case, and none names itself."""
        named = [("also", x) for x in self.also]
        named += [("links", x) for x in self.links]
        named += [(x, getattr(self, x)) for x in ("as_printed", "corrects") if getattr(self, x)]
        for where, name in named:
            word = _ID.fullmatch(name.lower()) and name.lower() not in VERDICTS
            if not word or name == self.id or len(name) > LIMITS["label"]:
                raise BadInput(
                    f"{where}: {name!r:.60}; expected the id of another claim, words joined by '-',"
                    f" {up_to('label')}"
                )

    @property
    def flow(self) -> Flow:
        """The setting of a claim about networks of every size. Raises BadInput where the claim
        follows its own trajectories.
        """
        if not isinstance(self.setting, Flow):
            raise BadInput(
                f"claim {self.id} follows its own trajectories; this is for claims about networks"
            )
        return self.setting

    def refers(self) -> dict[str, str]:
        """The claims that this one names, each with how it does."""
        named = {r.claim: f"Remark({r.claim!r})" for r in self.remarks}
        named |= {x: f"links=({x!r},)" for x in self.links}
        return named | {
            x: f"{field}={x!r}"
            for field in ("corrects", "as_printed")
            if (x := getattr(self, field))
        }

    def false_variant(
        self, id: str, title: str, concluding: Mapping[str, Conclusion], **more: Any
    ) -> Claim:
        """A false sentence beside this one, expected REFUTED: with its setting, hypotheses and
        source, and nothing else of it. Raises BadInput as a claim does.
        """
        same = {"setting": self.setting, "assuming": self.assuming, "source": self.source}
        own = {"expected": Verdict.REFUTED, "corrects": self.id, **same, **more}
        return Claim(id=id, title=title, concluding=concluding, **own)

    def hypothesis(self, name: str) -> Hypothesis:
        """Raises BadInput, listing the hypotheses that there are."""
        for h in self.assuming:
            if h.id == name:
                return h
        known = ", ".join(h.id for h in self.assuming) or "none"
        raise BadInput(f"claim {self.id} has no hypothesis {name!r}; it assumes: {known}")
