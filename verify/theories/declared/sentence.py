"""A sentence in declared letters, and how the kernel reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions.base import Conclusion
from verify.claims.hypotheses.networks import Hypothesis
from verify.claims.hypotheses.related import Related, Scales
from verify.claims.wellformed_declared import every_index
from verify.models.declared import Declared
from verify.terms.indices import Index, exponent, free, runs, term
from verify.terms.words import words

FRAME = {"format": "flowlaw-certificate", "version": 2}


@dataclass(frozen=True)
class DeclaredSentence:
    """``more``: the indices of all that the claim says, so that its sentences share one setting."""

    setting: Declared
    assuming: tuple[Hypothesis, ...]
    name: str
    conclusion: Conclusion
    more: tuple[Index, ...] = ()

    def given(self) -> dict[str, Any]:
        """The setting, with the degree of the loss where one is assumed."""
        degrees = {h.loss: exponent(h.degree) for h in self.assuming if isinstance(h, Scales)}
        return self.setting.declared(degrees, self.more)

    def assume(self) -> dict[str, Any]:
        """Relations by their names."""
        return {h.id: h.stated() for h in self.assuming if isinstance(h, Related)}

    def stated(self) -> dict[str, Any]:
        """The conclusion without its uses."""
        c, over = self.conclusion, self.free()
        fields: dict[str, Any] = {"for": runs(over)} if over else {}
        terms = [term(e) for e in c.expressions()]
        match c.kind:
            case "conserved":
                return {"kind": "conserved", **fields, "what": terms[0]}
            case "equation":
                return {"kind": "equation", **fields, "eq": terms}
            case "linear-law":
                return {"kind": "decay", **fields, "what": terms[0], "rate": terms[1]}
        return {"kind": "inequality", **fields, "ge": [terms[1], terms[0]]}

    def free(self) -> tuple[Index, ...]:
        """The indices for all of whose values the conclusion is stated."""
        return free(*self.conclusion.expressions())

    def reach(self) -> str:
        """Of what a proof speaks."""
        own = self.given()
        gates = any(x.role == "gate" for x in self.setting.letters)
        found = [f"every {x} >= {n}" for x, n in own["integers"].items()]
        found += [f"all finite sets {', '.join(own['sets'])}"] if own["sets"] else []
        found += ["on each activation region"] if gates else []
        signs = [f"{words(x.here)} {x.sign} 0" for x in self.setting.signed()]
        found += [f"while {' and '.join(signs)}"] if signs else []
        return ", ".join(found) or "all values of the letters"


def sentence_of(claim: Claim, name: str, without: tuple[str, ...] = ()) -> DeclaredSentence:
    """One conclusion of a claim, less some hypotheses."""
    assert isinstance(claim.setting, Declared)
    assuming = tuple(h for h in claim.assuming if h.id not in without)
    more = every_index(claim)
    return DeclaredSentence(claim.setting, assuming, name, claim.concluding[name], more)
