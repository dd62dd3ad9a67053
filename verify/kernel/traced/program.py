"""The traced program: tensors that are trained, inputs, operations one by one, outputs."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

from verify.kernel.limits import At, need
from verify.kernel.load import Data, fields, items, of_type, one_of, rational, text, whole
from verify.kernel.traced.effort import Effort, known
from verify.kernel.traced.operations import OPERATIONS, Array, Shape, shape
from verify.kernel.traced.variables import (
    GATES,
    Entry,
    Number,
    Poly,
    Rates,
    Variable,
    Variables,
    plain,
)

TENSOR = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
BALL = "heavy-ball"


@dataclass
class Program:
    """``lines`` say what was read; ``arrays``: of all nodes; ``metric``: (c, k) of each coordinate
    where x' = -c x^k dL/dx, none where x' = -dL/dx.
    """

    params: dict[str, Shape]
    inputs: dict[str, Shape]
    variables: Variables = field(default_factory=Variables)
    coordinates: dict[str, int] = field(default_factory=dict)
    arrays: list[Array] = field(default_factory=list)
    outputs: list[Entry] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    flow: str = "gradient flow"
    losses: str = "every loss of its outputs"
    motions: list[list[Poly]] = field(default_factory=list)  # of the outputs, which no loss sees
    leading: list[list[Poly]] = field(default_factory=list)  # of these, generically a basis
    metric: list[tuple[Number, int]] = field(default_factory=list)
    speeds: dict[int, int] = field(default_factory=dict)  # of a heavy ball: v to its x

    @property
    def size(self) -> int:
        """D, the coordinates of all tensors that are trained."""
        return len(self.coordinates) - len(self.speeds)

    @property
    def state(self) -> int:
        """The coordinates of all that moves: of a heavy ball tensors, velocities and time."""
        return len(self.coordinates) + bool(self.speeds)

    def leaf(self, name: str) -> int:
        """A new variable, of which nothing is known."""
        return self.variables.new(Variable("leaf", name=name))

    def name(self, v: int) -> str:
        """Of a coordinate."""
        return self.variables.all[v].name

    def of_kind(self, *kinds: str) -> list[int]:
        """The variables of these kinds."""
        return [v for v, one in enumerate(self.variables.all) if one.kind in kinds]

    def made_from(self, some: set[int]) -> set[int]:
        """The variables that depend on one of these, and these."""
        found = set(some)
        for v, one in enumerate(self.variables.all):
            if not found.isdisjoint(one.arguments()):
                found.add(v)
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        """Of all nodes, in their order."""
        return [x for a in self.arrays for x in a.entries]

    @cached_property
    def first(self) -> dict[int, int]:
        """By variable the first entry that shows it."""
        return {v: at for at, (_, v) in reversed([*enumerate(self.entries)])}

    @cached_property
    def rates(self) -> list[Rates]:
        """Of each variable."""
        return [x.rates(v) for v, x in enumerate(self.variables.all)]

    @cached_property
    def moving(self) -> set[int]:
        """What depends on an input."""
        return self.made_from(set(self.of_kind("leaf")[self.size :]))

    @cached_property
    def gated(self) -> set[int]:
        """What depends on a gate."""
        return self.made_from(set(self.of_kind(*GATES)))


def program(data: Data) -> Program:
    """Read and written out entry by entry."""
    given = fields(data, "params inputs nodes outputs", "flow")
    made = Program(_tensors(given["params"]), _tensors(given["inputs"]))
    need(made.params, "no tensor is trained")
    need(not made.params.keys() & made.inputs, "a name stands for a tensor and for an input")
    leaves = {n: _leaves(made, n, s) for n, s in (made.params | made.inputs).items()}
    if "flow" in given:
        with At("flow"):
            (_ball if given["flow"] == BALL else _flow)(given["flow"], made)
    used: set[int] = set()
    for k, node in enumerate(items(given["nodes"])):
        with At(f"node {k}"):
            _node(made, node, leaves, used)
    need(not leaves, f"{next(iter(leaves), '')} is used nowhere")
    places = _before(given["outputs"], made)
    need(places and len(set(places)) == len(places), "outputs: each once, and at least one")
    need(used.union(places) == set(range(len(made.arrays))), "a node is used nowhere")
    made.outputs = [x for i in places for x in made.arrays[i].entries]
    made.lines.append(f"outputs {_numbers(places)}")
    return made


def _ball(data: Data, made: Program) -> None:
    clash = {"t", "tau", *(f"d{n}" for n in made.params)} & {*made.params, *made.inputs}
    need(not clash, "a tensor or an input with the name of a velocity, of tau or of time")
    for name, x in list(made.coordinates.items()):
        v = made.coordinates[f"d{name}"] = made.leaf(f"d{name}")
        made.speeds[v] = x
    made.flow = "the heavy ball x'' = -tau x' - dL/dx (entry by entry, dx = x')"


def _flow(data: Data, made: Program) -> None:
    """Of each tensor c > 0 and k."""
    given, said = fields(data, " ".join(made.params)), []
    for name, of in made.params.items():
        number, power = items(given[name], 2)
        c, k = plain(rational(number)), whole(power, 0)
        need(c > 0 and k < 5, "a rate that is not above 0, or a power that is not read")
        made.metric += [(c, k)] * prod(of)
        said.append(f"{name}' = -{c} {f'{name}^{k} ' * (k > 0)}dL/d{name}")
    made.flow = f"the flow {', '.join(said)} (entry by entry)"


def _tensors(data: Data) -> dict[str, Shape]:
    given = of_type(data, dict, "tensors with their shapes")
    for name in given:
        known(TENSOR.fullmatch(name), f"{name[:40]!r} is no name that is read")
    found = {name: shape(of) for name, of in given.items()}
    Effort.spend("coordinates", sum(map(prod, found.values())))
    return found


def _leaves(made: Program, name: str, of: Shape) -> Array:
    indices = [",".join(map(str, x)) for x in product(*map(range, of))]
    found = {said: made.leaf(said) for said in (f"{name}[{x}]" if x else name for x in indices)}
    if name in made.params:
        made.coordinates |= found
    return Array(of, tuple((1, v) for v in found.values()))


def _node(made: Program, data: Data, leaves: dict[str, Array], used: set[int]) -> None:
    """One more of its arrays and of its lines."""
    op = one_of(of_type(data, dict, "a node").get("op"), "param", "input", *OPERATIONS)
    if op in ("param", "input"):
        name = text(fields(data, "op name")["name"])
        need(name in (made.params if op == "param" else made.inputs), f"no {op} {name[:40]!r}")
        need(name in leaves, f"{name} is read twice")
        found, said = leaves.pop(name), f"{name}, {op}"
    else:
        more, arity, rule = OPERATIONS[op]
        given = fields(data, f"op args {more}")
        args = _before(given["args"], made)
        need(arity in (len(args), -1), f"{op}: another number of arrays")
        used.update(args)
        found = rule(made.variables, given, *(made.arrays[i] for i in args))
        about = [_numbers(args)] * bool(args) + [f"{x} {_flat(given[x])}" for x in more.split()]
        said = f"{op}({'; '.join(about)})"
    made.lines.append(f"#{len(made.arrays)} = {said} {sized(found.shape)}")
    made.arrays.append(found)


def _before(data: Data, made: Program) -> list[int]:
    found = [whole(i, 0) for i in items(data)]
    need(all(i < len(made.arrays) for i in found), "no node before it, from which it is made")
    return found


def _numbers(nodes: list[int]) -> str:
    return ", ".join(f"#{i}" for i in nodes)


def sized(of: Shape) -> str:
    """A shape as it reads."""
    return "x".join(map(str, of)) or "scalar"


def _flat(data: Data) -> str:
    return " ".join(map(str, data)) if isinstance(data, list) else str(data)
