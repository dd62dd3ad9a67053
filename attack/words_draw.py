"""Statements about matrices: true by product rule, telescoping, adjoints and derived flows; others
by one edit, decided at places.
"""

from __future__ import annotations

from random import Random
from typing import Any

from attack.claims import FALSE, HEAD, TRUE, UNKNOWN, Draw, SlipOfOurs, claim
from attack.matrices import Gauss, Mat, Misfit
from attack.words import Place, Relation, source
from attack.words_edits import edited
from attack.words_motions import action, gradient, lasting
from attack.words_statement import Statement, failures
from attack.words_true import (
    algebra,
    balanced,
    defined,
    layers,
    prescribed,
    sums,
)

_FAMILIES = (
    algebra,
    layers,
    sums,
    sums,
    prescribed,
    prescribed,
    prescribed,
    gradient,
    gradient,
    action,
    lasting,
    lasting,
    defined,
    balanced,
)


def draw(rng: Random) -> Draw:
    s = rng.choice(_FAMILIES)(rng)
    if rng.random() < (
        0.45 if s.places else 0.85
    ):  # where nothing can be shown false, an edit says little
        bad = failures(s, rng, 4)
        if bad:
            raise SlipOfOurs(f"{s.family}: {written(s)}\nfails at {told(bad[0])}")
        return _draw(s, TRUE, [], False)
    for _ in range(5):
        e = edited(s, rng)
        try:
            bad = failures(e, rng)
        except Misfit:
            continue
        if bad:
            return _draw(e, FALSE, bad, True)
    return _draw(e, UNKNOWN, [], True)


def _draw(s: Statement, truth: str, bad: list, near: bool) -> Draw:
    return Draw(
        written(s), truth, s.family, near, told(bad[0]) if bad else "", {"statement": s, "bad": bad}
    )


def told(bad: tuple[Place, int | None]) -> str:
    at, index = bad
    values = ", ".join(
        f"{x}{'' if i is None else f'_{i}'} = {_shown(v)}" for (x, i), v in at.start.items()
    )
    return f"N = {at.depth}, d = {at.dims}, k = {index}; {values}"[:600]


def _shown(v: Any) -> str:
    return (
        str([[f"{a.re}+{a.im}i" if isinstance(a, Gauss) else str(a) for a in r] for r in v.entries])
        if isinstance(v, Mat)
        else str(v)
    )


def written(s: Statement) -> str:
    own = s.setting
    lines = [
        HEAD + "from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged",
        "from verify.claims.hypotheses.matrices import Holds",
        "from verify.models.matrices import Matrices",
        (
            "from verify.models.motions import ActionFlow, GradientFlow, GradientStep, Prescribed,"
            " Still"
        ),
        "from verify.terms.affine import N, k, p",
        (
            "from verify.terms.matrices import LOSS, Family, G, H, Sequence, after, const, dot,"
            " letter, num, total, tr, w"
        ),
        "from verify.terms.relation import Equal",
        "from verify.terms.letters import Letter",
    ]
    letters = "".join(
        f"Letter({x!r}, {r!r}, {c!r}, {run!r}, {form!r}), " for x, r, c, run, form in own.letters
    )
    definitions = ", ".join(
        f"{x!r}: ({''.join(_equal(e) + ', ' for e in es)})" for x, es in own.definitions.items()
    )
    lines.append(
        f"SETTING = Matrices({own.motion}, ({letters}), {{{definitions}}}, {own.sequences!r},"
        f" square={own.square}, layers={own.layers}, least_depth={own.least})"
    )
    when = {"start": "at the start", "always": "always"}
    given = "".join(
        f"Holds({i!r}, 'assumed', ({''.join(_equal(e) + ', ' for e in es)}), when={when[t]!r}), "
        for i, es, t in s.given
    )
    name = {"identity": "Identity", "unchanged": "Unchanged", "decays": "Decays"}[s.kind]
    made = f"{name}({', '.join(map(source, s.parts))}, {s.first}, {s.less})"
    return "\n".join(lines) + "\n" + claim("SETTING", f"({given})", made)


def _equal(e: Relation) -> str:
    return f"Equal({source(e[0])}, {source(e[1])}, {e[2]}, {e[3]})"
