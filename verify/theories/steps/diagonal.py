"""Certificates with steps for sentences about diagonal networks (shadow mode: no verdict rests on
them).

What balance gives, for every depth: u_l^2 = u_1^2 stays, w^2 = u_1^(2 L), hence |w|^(2/L) = u_1^2
and P_l^2 = |w|^(2 - 2/L). The rest is closed by rewriting, which nobody has to believe.
"""

from __future__ import annotations

import json
from itertools import islice

from verify.claims.claim import Claim
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Inexact
from verify.kernel.affine import Index
from verify.kernel.certificate import step, verified
from verify.kernel.conclusions import hypothesis
from verify.kernel.flows import add
from verify.kernel.limits import Refused, Work
from verify.kernel.ring import Poly
from verify.kernel.setting import setting as read
from verify.kernel.sums import Proof
from verify.models.flow import Flow
from verify.theories.states.sampler import points
from verify.theories.steps import networks, rewriting, written
from verify.theories.steps.closing import Rewrite, close

Data = object
PAIR = {"l": networks.LAYERS, "m": networks.LAYERS, "i": "coord"}
EACH = {"l": networks.LAYERS, "i": "coord"}


def _square(*at: Data) -> Data:
    return ["^", ["at", "u", *at], "2"]


BALANCE = {"time": "start", "for": PAIR, "eq": [_square("l", "i"), _square("m", "i")]}
ROOT = {"i": "coord"}
MOST_POINTS = 24


def certificate(sentence: Sentence) -> tuple[dict[str, Data], str]:
    """A certificate of one sentence that the kernel accepts, and what the kernel says it proves;
    its instance is the first of a few exact states at which the sentence says something. Raises
    NotGeneric where no steps are found.
    """
    Work.begin()
    reason = "no exact state"
    try:
        body = _Writer(sentence).written()
    except Refused as refused:
        raise NotGeneric(f"the kernel refuses: {refused}") from None
    for here in islice(points(sentence, max(3, sentence.least_depth), 2), MOST_POINTS):
        try:
            found = {**body, "instance": networks.instance(sentence, here)}
            return found, verified(json.dumps(found).encode())
        except Inexact:
            continue
        except Refused as refused:
            reason = str(refused)
    raise NotGeneric(f"the kernel refuses: {reason}")


def sentences(claim: Claim) -> dict[str, Sentence]:
    """The exact sentences of a claim about a diagonal network, by the names of its conclusions."""
    setting = claim.setting
    if not isinstance(setting, Flow):
        return {}
    return {
        name: Sentence(setting, claim.assuming, name, conclusion)
        for name, conclusion in claim.concluding.items()
        if conclusion.exact
    }


class _Writer:
    """One certificate as it grows; `proof` is what the kernel has accepted of it so far."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.steps = sentence, list[dict[str, Data]]()
        self.setting = networks.setting(sentence)
        self.proof = Proof(read(self.setting))  # type: ignore[arg-type]
        self.proof.facts.update(self.proof.setting.facts)
        self.rules = [Rewrite("w@", rewriting.product)]

    def written(self) -> dict[str, Data]:
        """Everything but the instance."""
        assume: dict[str, Data] = {}
        if self.sentence.balanced:
            assume["balance"] = BALANCE
            add(self.proof, hypothesis(self.proof, "balance", BALANCE))  # type: ignore[arg-type]
            self._balanced()
        if self.sentence.homogeneous:
            self.rules.append(Rewrite("J@", rewriting.euler))
        conclusion = self._concluded()
        return {
            "format": "flowlaw-certificate",
            "version": 2,
            "setting": self.setting,
            "assume": assume,
            "steps": written.needed(
                self.steps,
                conclusion["by"],  # type: ignore[arg-type]
                _differentiates(self.sentence),
            ),
            "conclude": {written.label(self.sentence.name): conclusion},
        }

    def _step(self, **fields: Data) -> None:
        data = {x.rstrip("_"): y for x, y in fields.items()}
        step(self.proof, data)  # type: ignore[arg-type]
        self.steps.append(data)

    def _balanced(self) -> None:
        fact = self.proof.facts["balance"]
        kept = [
            Rewrite("w@", rewriting.product),
            Rewrite("balance", rewriting.first_two(fact.indices)),
        ]
        by = self._closed(self._rate(fact.poly), fact.indices, kept, start=("balance",))
        row = {"use": "balance", "name": "balanced", "by": by}
        self._step(rule="keep", of=[row])
        first = [_square("l", "i"), _square(1, "i")]
        use = {"use": "balanced", "at": ["l", 1, "i"]}
        self._step(rule="lin", name="first", for_=EACH, eq=first, by=[use])
        if not networks.uses_root(self.sentence):
            self.rules.append(Rewrite("first", rewriting.square_of_other_layers))
            return
        self._root()

    def _root(self) -> None:
        power = {"rule": "product-power", "layer": "l", "power": "2", "const": _square(1, "i")}
        each = [{"use": "first", "at": ["l", "i"]}]
        self._step(**power, name="w2", for_=ROOT, of="w", by=each)
        equal = [["at", "q", "i"], _square(1, "i")]
        by = [{"use": "q@", "at": ["i"]}, {"use": "w2", "at": ["i"]}]
        self._step(rule="root", name="qu", for_=ROOT, eq=equal, power="L", by=by)
        self._step(rule="rate", of="q", use="qu")
        by = [{"use": "first", "at": ["l", "i"]}, {"use": "qu", "at": ["i"], "left": "-1"}]
        self._step(
            rule="lin", name="uq", for_=EACH, eq=[_square("l", "i"), ["at", "q", "i"]], by=by
        )
        self.rules.append(Rewrite("uq", rewriting.square_of_layer))
        by = [{"use": "uq", "at": ["l", "i"]}]
        power["const"] = ["at", "q", "i"]
        self._step(**power, name="Pq", for_=ROOT, of="w", others=True, by=by)
        self.rules += [
            Rewrite("Pq", rewriting.square_of_others),
            Rewrite("q@", rewriting.power_of_root),
        ]

    def _rate(self, p: Poly) -> Poly:
        assert self.proof.setting.flow is not None
        return self.proof.setting.flow.of(p)

    def _closed(
        self, p: Poly, indices: tuple[Index, ...], rules: list[Rewrite], start: tuple[str, ...] = ()
    ) -> list[dict[str, object]]:
        by, rest = close(p, self.proof, indices, rules, start)
        if rest.terms:
            raise NotGeneric(f"{len(rest.terms)} terms are left over")
        return by

    def _concluded(self) -> dict[str, Data]:
        conclusion, e = self.sentence.conclusion, self.sentence.conclusion.expressions()
        if conclusion.kind not in KINDS:
            raise NotGeneric(f"a conclusion of kind {conclusion.kind}: not written yet")
        found: dict[str, Data] = {"kind": KINDS[conclusion.kind]}
        free = self.sentence.free_indices()
        if free:
            found["for"] = networks.ranges(free)
        over: dict[str, object] = {"for": networks.ranges(free)} if free else {}
        indices, scope = self.proof.scope().bound(over, "for", "statement")
        terms = [networks.term(x) for x in e[: 1 if conclusion.kind == "conserved" else 2]]
        polys = [scope.term(x, "statement").poly for x in terms]  # type: ignore[arg-type]
        if conclusion.kind == "equation":
            found["eq"], p = terms, polys[0] - polys[1]
        else:
            found["what"], p = terms[0], self._rate(polys[0])
        if conclusion.kind == "linear-law":
            found["rate"], p = terms[1], p - polys[1] * polys[0]
        found["by"] = self._closed(p, tuple(indices), self.rules)
        return found


KINDS = {"equation": "equation", "conserved": "conserved", "linear-law": "decay"}


def _differentiates(sentence: Sentence) -> bool:
    """Whether the rate of q is asked for."""
    if not networks.uses_root(sentence):
        return False
    e = sentence.conclusion.expressions()
    inside = [x for y in e for x in y.walk() if x.head == "D"]
    return sentence.conclusion.kind != "equation" or any("q" in x.atoms() for x in inside)
