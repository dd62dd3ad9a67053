"""The sentence: the model as it was read, what is conserved, and whether there is more."""

from __future__ import annotations

from verify.kernel.traced.count import Count
from verify.kernel.traced.laws import Law, excluded, spoken
from verify.kernel.traced.operations import Shape
from verify.kernel.traced.program import Program, sized
from verify.kernel.traced.variables import GATES


def sentence(program: Program, laws: list[Law], count: Count | None) -> str:
    """All of it on lines of their own."""
    names = list(program.coordinates)
    lines = [_model(program), *_conserved(program, laws)]
    for number, law in enumerate(laws, 1):
        divisors = excluded(law, names)
        more = f"   (while {', '.join(f'{x} != 0' for x in divisors)})" if divisors else ""
        lines.append(f"  ({number}) {spoken(law, names)}{more}")
    if count is None:
        return "\n".join(
            [*lines, "Nothing is said of other laws: the kernel has not counted them."]
        )
    return "\n".join(lines + _counted(program, laws, count))


def _model(program: Program) -> str:
    inputs = f" and the inputs {_shapes(program.inputs)}" if program.inputs else ""
    return (
        f"Of the model with the tensors {_shapes(program.params)} ({program.size} coordinates)"
        f"{inputs}: {'; '.join(program.lines)}."
    )


def _shapes(of: dict[str, Shape]) -> str:
    return ", ".join(f"{n} {sized(s)}" for n, s in of.items())


def _conserved(program: Program, laws: list[Law]) -> list[str]:
    if not laws:
        return []
    where = ["wherever it has a value and is differentiable"]
    if program.of_kind(*GATES):
        where.append("on each activation region, until an argument of a gate is 0 or two tie")
    are = f"these {len(laws)} are" if len(laws) > 1 else "this is"
    return [f"Under {program.flow} of every loss of its outputs, on all data, {', '.join(where)},"
            f" {are} conserved:"]  # fmt: skip


def _counted(program: Program, laws: list[Law], count: Count) -> list[str]:
    fields = "gradients times the rates" if program.metric else "gradients"
    if count.brackets:
        fields += f" and their brackets of up to {count.brackets + 1} fields"
    what = (
        "every quantity that is analytic on the whole space of the tensors and"
        if count.gated
        else "near generic tensors every smooth quantity that"
    )
    what += f" is conserved under {program.flow} for every loss and all data"
    end = "is a function of these, which are independent" if laws else "is constant"
    made = [
        f"There are no {'others' if laws else 'laws'}: {what} {end}. Counted by the kernel: the"
        f" {fields} have rank {count.rank} = {program.size} - {len(laws)} at a point modulo the"
        f" prime {count.p}."
    ]
    if count.gated:
        made.append(
            "Gates were taken as they stand at points at which the model has a value; on one"
            " activation region there can be more laws."
        )
    return made + [f"Cited: {x}." for x in count.cited]
