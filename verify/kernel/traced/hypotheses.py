"""What the values that are chosen have to respect, tested at points modulo the prime.

exp, by Ax: values of exp at arguments that are independent over Q modulo constants are
algebraically independent over the functions of tensors and inputs, also where an argument holds
such values. Draws share the tensors: arguments with inputs have to be independent modulo functions
of the tensors, the others modulo constants. Full rank modulo a prime proves both.
"""

from __future__ import annotations

from verify.kernel.traced.draws import Draw, Parts, Source
from verify.kernel.traced.effort import Beyond
from verify.kernel.traced.jets import Jet, Machine, NoValue
from verify.kernel.traced.program import Program
from verify.kernel.traced.ranks import Rows

MORE = 6  #: points beyond the number of arguments
TRIES = 2_000
FUNCTIONS = ("exp", "sqrt")


def leaves(program: Program, source: Source, p: int) -> dict[int, Jet]:
    """Tensors and inputs at random, none of them 0."""
    every = program.variables.all
    return {v: (1 + source.below(p - 1),) for v, x in enumerate(every) if x.kind == "leaf"}


def only(program: Program, of: dict[int, Jet], parts: Parts) -> dict[int, Jet]:
    """The inputs among the leaves."""
    return {v: x for v, x in of.items() if v >= program.size}


def tested(program: Program, machine: Machine, source: Source, parts: Parts) -> list[str]:
    """What was checked, in words; Beyond where the values are related."""
    every = program.variables.all
    found = [v for v, one in enumerate(every) if one.kind in FUNCTIONS]
    if any(v in parts.gated for v in found):
        raise Beyond("a function of what depends on a gate")
    said = []
    exps = [v for v in found if every[v].kind == "exp"]
    if exps:
        _exponentials(program, machine, source, parts, exps)
        said.append(
            f"AX (Ax 1971, On Schanuel's conjectures): {len(exps)} arguments of exp are"
            " checked to be independent over Q modulo constants, those that hold inputs modulo"
            " functions of the tensors, so that the values of exp are algebraically independent"
        )
    return said


def _exponentials(
    program: Program, machine: Machine, source: Source, parts: Parts, exps: list[int]
) -> None:
    p = machine.p
    moving = [v for v in exps if v in parts.inputs]
    held = [v for v in exps if v not in parts.inputs]
    one, two = Rows(p), Rows(p)
    done = 0
    for _ in range(TRIES):
        try:
            pair = _pair(program, machine, source, parts)
        except NoValue:
            continue
        z, other = ([_argument(machine, values, v) for v in (*moving, *held)] for values in pair)
        cut = len(moving)
        one.add([x - y for x, y in zip(z[:cut], other[:cut], strict=True)])
        two.add([*z[cut:], 1])
        done += 1
        if one.rank == len(moving) and two.rank == len(held) + 1:
            return
        if done > len(exps) + MORE:
            break
    raise Beyond(
        "arguments of exp that are not independent (equal up to a factor, a sum of others, or up to"
        " a constant), or points that are too rare"
    )


def _argument(machine: Machine, values: list[Jet], v: int) -> int:
    one = machine.program.variables.all[v]
    return values[one.of][0] * machine.scale[v] % machine.p


def _pair(
    program: Program, machine: Machine, source: Source, parts: Parts
) -> tuple[list[Jet], list[Jet]]:
    """Values at the same tensors and two inputs."""
    shared: dict[int, int] = {}
    at = leaves(program, source, machine.p)
    made = []
    for _ in range(2):
        at |= only(program, leaves(program, source, machine.p), parts)
        draw = Draw(machine, shared, {}, [], _shut(program), source, parts.inputs)
        made.append(machine.values(at, draw.chosen))
    return made[0], made[1]


def _shut(program: Program) -> dict[int, int]:
    """Gates stand anyhow where no argument depends on one."""
    return {v: 1 for v, x in enumerate(program.variables.all) if x.kind in ("step", "top")}
