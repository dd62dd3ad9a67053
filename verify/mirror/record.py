"""An answer as data: all that is needed to compute it again, and nothing that was only found on the
way. A polynomial is a list of [coefficient, exponents]; numbers are text.
"""

from __future__ import annotations

from typing import Any

from verify.mirror.answer import Answer, Block
from verify.mirror.exclude import Word
from verify.mirror.field import Element, Poly
from verify.mirror.formula import Formula, Term
from verify.mirror.solve import Combination
from verify.mirror.written import exact

Data = dict[str, Any]


def data(answer: Answer) -> Data:
    """Outputs, start, verdict, and for each block what proves or excludes."""
    given, field = answer.given, answer.given.field
    count = field.parameters
    return {
        "model": given.name,
        "title": given.title,
        "sizes": given.sizes,
        "parameters": field.names[:count],
        "adjoined": [
            {
                "name": field.names[i],
                "kind": field.made[i][0] if i in field.made else "constant",
                "of": _element(field.made[i][1]) if i in field.made else None,
                "slopes": {str(k): _element(f) for k, f in field.rates[i].items()},
            }
            for i in range(count, len(field.names))
        ],
        "start": [str(x) for x in given.start],
        "weights": [str(x) for x in field.weights],
        "within": None if given.within is None else given.within.data(),
        "outputs": [
            {"name": n, **_element(f)}
            for n, f in zip(given.output_names, given.outputs, strict=True)
        ],
        "verdict": answer.verdict,
        "blocks": [_block(b) for b in answer.blocks],
    }


def _block(b: Block) -> Data:
    return {
        "outputs": list(b.outputs),
        "verdict": b.verdict,
        "why": b.why,
        "laws": [_combination(f) for f in b.laws],
        "mirror_map": [_combination(f) for f in b.mirror] or None,
        "dual": None if b.dual is None else _combination(b.dual),
        "speed": None if b.speed is None else _combination(b.speed),
        "integral": None if b.integral is None else b.integral.data(),
        "formula": None if b.formula is None else _formula(b.formula),
        "named": None if b.named is None else {"name": b.named.name, **b.named.numbers},
        "excluded_by": _word(b.word),
        "change_of_time_excluded_by": _word(b.further),
        "brackets_vanish": not b.bracket,
    }


def _word(w: Word | None) -> Data | None:
    if w is None:
        return None
    return {
        "what": w.what,
        "indices": list(w.indices),
        "fields": list(w.fields),
        "value": exact(w.value),
    }


def _formula(f: Formula) -> Data:
    """The letters of its elements are the outputs of the block."""
    return {
        "gradient": [[_term(t) for t in row] for row in f.gradient],
        "dual": None if f.dual is None else [_term(t) for t in f.dual],
    }


def _term(t: Term) -> Data:
    x = t.surd
    return {
        "coefficient": str(t.coefficient),
        "exponent": "log" if t.exponent is None else str(t.exponent),
        "times_output": t.beta,
        "rational": None if x is None else _element(x.rational),
        "factor": None if x is None or x.inside is None else _element(x.factor),
        "root_of": None if x is None or x.inside is None else _element(x.inside),
        "power": t.power,
        "relation": [] if x is None else [[str(c), list(own), n] for c, own, n in x.relation],
    }


def _element(f: Element) -> Data:
    count = len(f.field.names)
    return {"top": _polynomial(f.top, count), "bottom": _polynomial(f.bottom, count)}


def _polynomial(f: Poly, count: int) -> list[Any]:
    return [[str(c), [int(e) for e in exponents[:count]]] for exponents, c in f.terms()]


def _combination(f: Combination) -> list[Data]:
    return [
        {
            "coefficient": str(c),
            "kind": a.kind,
            "letters": list(a.letters),
            "numbers": list(a.numbers),
            **({} if a.factor is None else {"factor": _element(a.factor)}),
        }
        for c, a in f.terms
    ]
