"""Losses with symmetries: constant along motions y' = A y + b of the outputs at one input, so that
their gradients annihilate each of these, also times a number: no such loss sees it.
"""

from hashlib import sha256
from itertools import combinations
from math import comb

from verify.kernel.limits import need
from verify.kernel.load import Data, items, rational, whole
from verify.kernel.traced.effort import Effort, known
from verify.kernel.traced.laws import Terms, written
from verify.kernel.traced.modular import Rows, Source
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Poly, gather, plain


def restricted(program: Program, data: Data) -> None:
    """From here on the program is trained by losses with these symmetries; there are some near
    generic outputs, as the motions are closed under brackets and of a lower rank (Frobenius).
    """
    size = len(program.outputs)
    motions = [[_sum(row, size) for row in items(motion, size)] for motion in items(data)]
    names = {f"y{k}" for k in range(size)} & {*program.params, *program.inputs}
    known(not names, "a tensor or an input with the name of an output")
    _closed(motions, size)
    source, said, rows = Source(_seed(data)), [], Rows()
    y = [1 + source.below(2**44) for _ in range(size)]
    for motion in motions:
        parts = [f"y{k}' = {written(x, 'y{}'.format)}" for k, x in enumerate(motion) if x]
        said.append(f"({', '.join(parts)})")
        program.motions.append([_at_the_outputs(x, program) for x in motion])
        if rows.add([sum(c * (y[m[0][0]] if m else 1) for m, c in x.items()) for x in motion]):
            program.leading.append(program.motions[-1])
    need(0 < rows.rank < size, "no motion, or none of the outputs is seen")
    program.losses = (
        "every sum of losses, each of the outputs (y0, y1, .. entry by entry) at one input and"
        f" constant along {' and along '.join(said)}"
    )


def _seed(data: Data) -> int:
    """Who writes motions does not choose the point at which their rank is computed."""
    return int.from_bytes(sha256(repr(data).encode()).digest()[:8], "big")


def _closed(motions: list[list[Terms]], size: int) -> None:
    """Independent, and each bracket [X, Y] = DY X - DX Y is a sum of them."""
    Effort.spend("motions", comb(len(motions), 2) * size * (size + 1))
    span, every = Rows(), [(), *(((i, 1),) for i in range(size))]
    flat = lambda motion: [row.get(m, 0) for row in motion for m in every]
    need(all(span.add(flat(x)) for x in motions), "no motion, or one that depends on others")
    for x, y in combinations(motions, 2):
        made: list[Terms] = [{} for _ in x]
        for sign, one, by in ((1, y, x), (-1, x, y)):
            for row, into in zip(one, made, strict=True):
                for m, c in row.items():
                    for n, d in by[m[0][0]].items() if m else ():
                        into[n] = into.get(n, 0) + sign * c * d
        need(not span.add(flat(made)), "motions that are not closed under brackets")


def _sum(data: Data, size: int) -> Terms:
    """Of c times an output, or of c alone (-1)."""
    made: Terms = {}
    for number, at in (items(x, 2) for x in items(data)):
        i = whole(at, -1)
        m = ((i, 1),) * (i >= 0)
        need(i < size, "no such output")
        need(number != "0" and m not in made, "a number 0, or an output that stands there twice")
        made[m] = plain(rational(number))
    return made


def _at_the_outputs(terms: Terms, program: Program) -> Poly:
    made = Poly()
    for m, c in terms.items():
        scale, v = program.outputs[m[0][0]] if m else (1, ONE)
        gather(made, c * scale, {(): 1}, (v,), program.variables)
    return made
