"""What ``verify candidates`` found, as data: each law with its status, counts from both sides, and
the installed claims that state it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from verify.claims.claim import Claim
from verify.claims.hypotheses import Homogeneous, Hypothesis
from verify.judge.at_balance import balanced_law, exponent
from verify.judge.every_size import Judged, judged, stating, stating_at
from verify.judge.model_entries import OWN, law_in_entries, powers_in_entries
from verify.judge.model_settings import setting_of, slope_of
from verify.models.derived import shown
from verify.models.losses.degree import degree_of
from verify.models.objectives import Objective
from verify.process.written import CANDIDATES
from verify.spelling.notation import name as spelt
from verify.spelling.tex import number as tex_number
from verify.terms.array_words import LATEX, words
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.candidates import Candidates
from verify.theories.symmetries.counts import gradients, spread_fields
from verify.theories.symmetries.families import Family
from verify.theories.symmetries.linear import rank
from verify.theories.symmetries.moment_map import moment, rate
from verify.theories.symmetries.solved import Powers, gradient_of_powers

Data = dict[str, Any]
NO_SETTING = "no setting of networks or of words has the model's equations"


def told(found: Candidates, claims: Sequence[Claim], loss: Objective | None) -> Data:
    """JSON; the screen is written from it."""
    setting = setting_of(found.model)
    one = len(found.case.phi) == 1  # a scale-invariant loss of one number is constant

    def law(family: Family, assuming: tuple[Hypothesis, ...] = ()) -> Data:
        slope = slope_of(found.model, _speed(found.case, family.laws[0])) if assuming else None
        said, why = None if setting is None else judged(setting, family, assuming, slope), ""
        if said is None:
            said, why = law_in_entries(found, family, bool(assuming))
        at = [] if assuming else stating_at(found.model.name, found.case, family.laws, claims)
        return {**_family(found, family), **_status(said, claims, at, why)}

    return {
        "schema": CANDIDATES,
        "model": found.model.name,
        "title": found.model.title,
        "sizes": shown(found.sizes),
        "coordinates": list(found.case.names),
        "symmetries": _symmetries(found),
        "laws": [law(f) for f in found.families] + [_other(found, s, claims) for s in found.others],
        "powers": [_power(found, law, claims) for law in found.powers],
        "scaled": [] if one else [law(f, (Homogeneous(),)) for f in found.scaled],
        "scaled_is_still": one and bool(found.scaled),
        "balanced": None if one or found.balanced is None else _balanced(found, claims),
        "counts": _counts(found),
        "loss": None if loss is None else _loss(found, loss),
    }


def _symmetries(found: Candidates) -> Data:
    return {
        "dimension": len(found.symmetries),
        "at_most": found.symmetries_at_most,
        "symmetric": found.symmetric,
    }


def _balanced(found: Candidates, claims: Sequence[Claim]) -> Data:
    setting = setting_of(found.model)
    law, said = balanced_law(found, setting, claims)
    return {**law, **_status(said, claims, [], NO_SETTING)}


def _family(found: Candidates, family: Family) -> Data:
    return {
        "law": words(family.array),
        "latex": words(family.array, {}, LATEX),
        "range": family.range(),
        "entries": len(family.laws),
        "identities": len(family.laws) * len(found.case.phi),
    }


def _status(said: Judged | None, claims: Sequence[Claim], at: list[str], why: str) -> Data:
    every = None
    if said is not None:
        every = {
            "statement": said.statement,
            "assumes": list(said.assumes),
            "verdict": said.verdict.name,
            "scope": said.scope,
            "so": said.so,
            "claims": stating(said, claims),
        }
    return {
        "every_size": every,
        "not_judged": why if every is None else "",
        "claims_at_these_sizes": at,
    }


def _other(found: Candidates, law: Matrix, claims: Sequence[Claim]) -> Data:
    """A law of the basis that no family gives, in its coordinates."""
    return {
        "law": quadratic(law, found.case),
        "latex": quadratic(law, found.case, latex=True),
        "range": "",
        "entries": 1,
        "identities": len(found.case.phi),
        "every_size": None,
        "not_judged": OWN,
        "claims_at_these_sizes": stating_at(found.model.name, found.case, [law], claims),
    }


def quadratic(law: Matrix, case: Case, latex: bool = False) -> str:
    """<theta, S theta> in the coordinates, its first coefficient 1."""
    terms: dict[tuple[int, int], Fraction] = {}
    for (i, j), x in sorted(law.items()):
        place = (min(i, j), max(i, j))
        terms[place] = terms.get(place, Fraction(0)) + x
    terms = {place: x for place, x in terms.items() if x}
    lead = next(iter(terms.values()))
    names = _spelt(case, latex)
    squared, between = ("^{2}", "\\,") if latex else ("^2", "*")
    parts = [
        (
            x / lead,
            f"{_held(names[i], latex)}{squared}" if i == j else names[i] + between + names[j],
        )
        for (i, j), x in terms.items()
    ]
    return _sum(parts, latex)


def _power(found: Candidates, law: Powers, claims: Sequence[Claim]) -> Data:
    case = found.case
    said, why = powers_in_entries(found, law)
    apart = dict.fromkeys(f"{case.names[i]} != 0" for i, e, _ in law if e <= 0)
    return {
        "law": _sum([(x, _one(case.names[i], e, False)) for i, e, x in law]),
        "latex": _sum([(x, _one(spelt(case.names[i]), e, True)) for i, e, x in law], True),
        "while": list(apart),
        "identities": len(case.phi),
        **_status(said, claims, [], why),
    }


def _one(name: str, e: int, latex: bool) -> str:
    if e == 0:
        return f"\\log \\lvert {name} \\rvert" if latex else f"log |{name}|"
    if e == 1:
        return name
    return f"{_held(name, True)}^{{{e}}}" if latex else f"{name}^({e})" if e < 0 else f"{name}^{e}"


def _spelt(case: Case, latex: bool) -> list[str]:
    return [spelt(n) if latex else n for n in case.names]


def _held(name: str, latex: bool) -> str:
    """What has an exponent of its own stays apart from another."""
    return f"\\left({name}\\right)" if latex and "^" in name else name


def _sum(parts: list[tuple[Fraction, str]], latex: bool = False) -> str:
    text = ""
    for x, name in parts:
        size = "" if abs(x) == 1 else f"{tex_number(abs(x))}\\," if latex else f"{abs(x)} "
        sign = "-" if x < 0 else "+"
        text += f" {sign} {size}{name}" if text else f"{'-' if x < 0 else ''}{size}{name}"
    return text


def _counts(found: Candidates) -> Data:
    """Both sides: quadratic laws, independent ones, and laws of any kind near a generic point."""
    counted, size = found.counted, found.case.size
    own, room = independent(found), len(counted.fields)
    if (
        own + room < size
    ):  # where squares are counted coordinates may be 0, and with them the fields
        room = max(room, spread_fields(found.case, _generic(found), own)[1])
    return {
        "quadratic": len(counted.laws),
        "quadratic_at_most": counted.upper,
        "points": len(counted.points),
        "outputs": len(found.case.phi),
        "independent": own,
        "any_at_most": size - room,
    }


def independent(found: Candidates) -> int:
    """Rank of the gradients of all laws found for every loss, at one exact point without zeros."""
    point = _generic(found)
    rows = gradients(found.counted.laws, point)
    rows += [gradient_of_powers(law, point) for law in found.powers]
    return rank(rows, found.case.size)


def _generic(found: Candidates) -> tuple[Fraction, ...]:
    draw = Random(1)
    return tuple(Fraction(draw.randint(1, 9), draw.randint(1, 5)) for _ in found.case.names)


def _speed(case: Case, law: Matrix) -> Fraction:
    """s with <theta, S theta>' = -s <phi, g>, for an S that a scale-invariant loss keeps: s phi_r
    is the coefficient of -g_r, for every r.
    """
    r, p = next((r, p) for r, p in enumerate(case.phi) if p)
    monomial, x = next(iter(p.items()))
    return rate(case, moment(law))[r].get(monomial, Fraction(0)) / x


def _loss(found: Candidates, loss: Objective) -> Data:
    degree = None if loss.expr is None else degree_of(loss.expr)
    if loss.name == "linear":
        degree = Fraction(1)
    z = loss.z.name
    if degree is None:
        text = f"no k with J(c {z}) = c^k J({z}) was found: what needs a degree is not said of it"
    elif degree == 0:
        text = f"J(c {z}) = J({z}) for c > 0, by Euler's identity: what it adds holds for this loss"
    else:
        by = f"c^{exponent(degree) if degree > 0 else f'({degree})'}" if degree != 1 else "c"
        text = f"J(c {z}) = {by} J({z}) for c > 0"
        if found.scaled:
            norm = found.scaled[0]
            speed = -degree * _speed(found.case, norm.laws[0])
            text += f": ({words(norm.array)})' = {speed} J instead of 0"
    return {
        "name": loss.name,
        "J": words(loss.value),
        "degree": None if degree is None else str(degree),
        "text": text,
    }
