"""Losses with symmetries: constant along motions y' = A y + b of the outputs at one input, so that
their gradients annihilate each of these, also times a number: no such loss sees it.
"""

from __future__ import annotations

from verify.kernel.limits import need
from verify.kernel.load import Data, items, rational, whole
from verify.kernel.traced.laws import Terms, written
from verify.kernel.traced.modular import Prime, Rows, Source
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Poly, gather, plain


def restricted(program: Program, data: Data) -> None:
    """From here on the program is trained by losses with these symmetries."""
    size, said = len(program.outputs), []
    ring, source = Prime(2**31 - 1), Source(size)
    rows, y = Rows(ring.p), [source.below(ring.p) for _ in range(size)]
    for motion in items(data):
        sums = [_sum(row, size) for row in items(motion, size)]
        rows.add([sum(ring.number(c)[0] * (y[m[0][0]] if m else 1) for m, c in x.items())
                  for x in sums])  # fmt: skip
        parts = [f"y{k}' = {written(x, 'y{}'.format)}" for k, x in enumerate(sums) if x]
        said.append(f"({', '.join(parts)})")
        program.motions.append([_at_the_outputs(x, program) for x in sums])
    need(0 < rows.rank < size, "no motion, or none of the outputs is seen")
    program.losses = (
        "every sum of losses, each of the outputs (y0, y1, .. entry by entry) at one input and"
        f" constant along {' and along '.join(said)}"
    )


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
