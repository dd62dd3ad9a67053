"""The traced program: tensors that are trained, inputs, operations one by one, outputs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from math import prod

from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, fields, items, rational, text, whole
from verify.kernel.traced.effort import TRACED, Beyond, Effort
from verify.kernel.traced.operations import OPERATIONS, Array, Shape, shape
from verify.kernel.traced.variables import Entry, Number, Variable, Variables, plain

TENSOR = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LEAVES = ("param", "input")


@dataclass
class Program:
    """``lines`` say what was read; ``first``: of each variable the first entry that shows it,
    by number of entries in the order of the nodes.
    """

    params: dict[str, Shape]
    inputs: dict[str, Shape]
    variables: Variables = field(default_factory=Variables)
    coordinates: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    outputs: list[Entry] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    operations: set[str] = field(default_factory=set)
    flow: str = "gradient flow"
    metric: list[tuple[Number, int]] = field(
        default_factory=list
    )  # x' = -c x^k dL/dx; none: -dL/dx

    @property
    def size(self) -> int:
        """D, the coordinates of all tensors that are trained."""
        return sum(map(prod, self.params.values()))


def program(data: Data) -> Program:
    """Read and written out entry by entry."""
    given = fields(data, "params inputs nodes outputs", "flow")
    params, inputs = _tensors(given["params"], "params"), _tensors(given["inputs"], "inputs")
    need(params, "no tensor is trained")
    need(not params.keys() & inputs.keys(), "a name stands for a tensor and for an input")
    made = Program(params, inputs)
    if "flow" in given:
        with At("flow"):
            _flow(given["flow"], made)
    leaves = {n: _leaves(made, n, s) for n, s in (params | inputs).items()}
    arrays: list[Array] = []
    used: set[int] = set()
    nodes = items(given["nodes"])
    if len(nodes) > TRACED["nodes"]:
        raise Beyond(f"more than {TRACED['nodes']} operations")
    for number, node in enumerate(nodes):
        with At(f"node {number}"):
            arrays.append(_node(made, number, node, arrays, leaves, used))
        made.entries += arrays[-1].entries
    need(not leaves, f"{next(iter(leaves), '')} is used nowhere")
    places = [whole(i, 0) for i in items(given["outputs"])]
    need(places and len(set(places)) == len(places), "outputs: each once, and at least one")
    need(all(i < len(arrays) for i in places), "outputs: no such node")
    need(used | set(places) == set(range(len(arrays))), "a node is used nowhere")
    made.outputs = [x for i in places for x in arrays[i].entries]
    made.lines.append("outputs " + ", ".join(f"#{i}" for i in places))
    return made


def _flow(data: Data, made: Program) -> None:
    """Of each tensor c > 0 and k."""
    given, said = fields(data, " ".join(made.params)), []
    for name, of in made.params.items():
        number, power = items(given[name], 2)
        c, k = plain(rational(number)), whole(power, 0)
        need(c > 0 and k < 5, "flow: a rate that is not above 0, or a power that is not read")
        made.metric += [(c, k)] * prod(of)
        said.append(f"{name}' = -{c} {f'{name}^{k} ' * (k > 0)}dL/d{name}")
    made.flow = f"the flow {', '.join(said)} (entry by entry)"


def _tensors(data: Data, what: str) -> dict[str, Shape]:
    if not isinstance(data, dict):
        raise Refused(f"{what}: expected an object")
    found = {}
    for name, given in data.items():
        if not TENSOR.fullmatch(name) or len(name) > 40:
            raise Beyond(f"{what}: {name[:40]!r} is no name that is read")
        found[name] = shape(given, name)
    Effort.spend("coordinates", sum(map(prod, found.values())))
    return found


def _leaves(made: Program, name: str, of: Shape) -> Array:
    entries = []
    for index in product(*map(range, of)):
        said = name + (f"[{','.join(map(str, index))}]" if index else "")
        v = made.variables.new(Variable("leaf", data=(said,)))
        if name in made.params:
            made.coordinates[said] = v
        entries.append((1, v))
    return Array(of, tuple(entries))


def _node(
    made: Program, number: int, data: Data, before: list[Array], leaves: dict[str, Array],
    used: set[int],
) -> Array:  # fmt: skip
    if not isinstance(data, dict) or "op" not in data:
        raise Refused("a node has an op")
    op = text(data["op"])
    made.operations.add(op)
    if op in LEAVES:
        given = fields(data, "op name")
        name = text(given["name"])
        need(name in (made.params if op == "param" else made.inputs), f"no {op} {name[:40]!r}")
        need(name in leaves, f"{name} is read twice")
        found = leaves.pop(name)
        made.lines.append(f"#{number} = {name}, {op} {_said(found.shape)}")
        return found
    if op not in OPERATIONS:
        raise Beyond(f"the operation {op[:40]!r} is not known")
    more, arity, rule = OPERATIONS[op]
    given = fields(data, f"op args {more}")
    args = [whole(i, 0) for i in items(given["args"])]
    need(all(i < number for i in args), "a node is made from nodes before it")
    need(arity in (len(args), -1), f"{op}: another number of arrays")
    used.update(args)
    found = rule(made.variables, given, [before[i] for i in args])
    said = "".join(f"; {x} {_flat(given[x])}" for x in more.split())
    about = ", ".join(f"#{i}" for i in args) + said
    made.lines.append(f"#{number} = {op}({about.lstrip('; ')}) {_said(found.shape)}")
    return found


def _said(of: Shape) -> str:
    return "x".join(map(str, of)) or "scalar"


def _flat(data: Data) -> str:
    return " ".join(map(str, data)) if isinstance(data, list) else str(data)
