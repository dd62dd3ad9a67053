"""The values that exp, log, erf and roots take at a draw, settled for one choice of activation
patterns: each test reads arguments in which all earlier values are right, so that it is repeated
until nothing changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from verify.discover.choices import Alike, Powers, Rules
from verify.discover.draws import Sampler
from verify.discover.lattices import UNRELATED, in_basis
from verify.discover.one_root import primes_of
from verify.discover.probes import Probe, probed
from verify.discover.roots import same_roots
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot
from verify.trace.linear import rank
from verify.trace.prime import Field

Said = list[tuple[str, str]]
PASSES = 8


def independent_values(graph: Graph, rules: Rules, p: int, seed: int) -> tuple[Rules, Said]:
    """``rules`` with all relations between values, and the hypotheses that were checked. Raises
    NoValue, by name, where one is not met.

    A root that is three times another makes arguments of exp equal, and a value of exp that is the
    square of another makes radicands equal: where a pass changes neither, the first value of the
    graph that is wrong would have been seen from arguments that are right.
    """
    ops = {x.op for x in graph.nodes}
    functions, roots = bool(ops & {"exp", "log", "erf"}), "sqrt" in ops
    for _ in range(PASSES):
        before, said = rules, Said()
        if roots:
            same, text = same_roots(Sampler(graph, rules, p, seed + 1))
            rules = replace(rules, same_roots=same)  # and these have not to exist
            said.append(("COVER", text))
        if functions:
            rules, more = _functions(graph, rules, p, seed)
            said = more + said
        if _equal(before, rules) and before.same_roots == rules.same_roots:
            _constants_allowed(graph, rules)
            return rules, said
    raise NoValue("the relations between roots and arguments of exp did not settle")


def _constants_allowed(graph: Graph, rules: Rules) -> None:
    """Raises NoValue where powers of e and 2/sqrt(pi) both count: nobody knows whether these two
    are algebraically independent.
    """
    powers = rules.powers
    if powers is not None and any(x.op == "free" for x in graph.nodes):
        if any(row[-1] for rows in powers.at.values() for row in rows):
            raise NoValue(
                "arguments of exp that differ by a constant, beside erf: it is not known whether e"
                " and pi are algebraically independent"
            )


def _functions(graph: Graph, rules: Rules, p: int, seed: int) -> tuple[Rules, Said]:
    exps, logs, erfs = ([n for n, x in enumerate(graph.nodes) if x.op == op]
                        for op in ("exp", "log", "erf"))  # fmt: skip
    total = sum(graph.nodes[n].size for n in exps)
    if not logs and not erfs and _independent(graph, rules, exps, p, seed):
        free = replace(rules, powers=None, alike=None)
        return free, [("AX", f"{total} arguments of exp are independent modulo functions of the"
                              " tensors")]  # fmt: skip
    for _ in range(len(exps) + len(logs) + len(erfs) + 2):
        probe = probed(graph, rules, p, seed)
        found = replace(rules, powers=_powers(probe, exps, p), alike=_alike(probe, logs, erfs, p))
        if _equal(found, rules):
            break
        rules = found
    else:
        raise NoValue("the relations between arguments of exp did not settle")
    _confirmed(graph, rules, exps, p, seed)
    _erf_allowed(graph, rules, erfs)
    _log_allowed(rules, probe, exps, logs, p)
    return rules, _said(rules, total, logs, erfs)


def _confirmed(graph: Graph, rules: Rules, exps: list[int], p: int, seed: int) -> None:
    """Raises NoValue unless another prime finds the same relations: a coefficient with a long
    denominator can look like a small fraction modulo one.
    """
    other = next(q for q in primes_of(graph) if q != p)
    found = _powers(probed(graph, rules, other, seed), exps, other)
    if not _same_powers(found, rules.powers):
        raise NoValue(UNRELATED)


def _said(rules: Rules, total: int, logs: list[int], erfs: list[int]) -> Said:
    assert rules.powers is not None
    basis = rules.powers.drawn + rules.powers.held
    said = [("AX", f"{total} arguments of exp are written in {basis} that are independent modulo"
                   " constants")] if total else []  # fmt: skip
    if erfs:
        said.append(("ERF", "arguments of erf are neither equal nor opposite"))
    if logs:
        said.append(("LOG", "arguments of log are multiplicatively independent"))
    return said


def _independent(graph: Graph, rules: Rules, exps: list[int], p: int, seed: int) -> bool:
    """The common case: derivatives by the inputs have full rank."""
    if any(n not in graph.of_inputs for n in exps):
        return False
    try:
        probe = probed(graph, rules, p, seed, few=True)
    except NoRoot:
        return False
    slopes = np.concatenate([probe.by_input[n] for n in exps], axis=1)
    return rank(slopes, p) == slopes.shape[1]


def _powers(probe: Probe, exps: list[int], p: int) -> Powers:
    joined = lambda found: np.concatenate(
        [found[n] for n in exps] or [np.zeros((1, 0), np.uint64)], axis=1
    )
    exponents, drawn, held = in_basis(
        joined(probe.value), joined(probe.by_input), joined(probe.by_tensor), Field(p)
    )
    cuts = np.cumsum([probe.value[n].shape[1] for n in exps])[:-1]
    parts = np.split(exponents, cuts) if exps else []
    return Powers(dict(zip(exps, parts, strict=True)), drawn, held)


def _alike(probe: Probe, logs: list[int], erfs: list[int], p: int) -> Alike | None:
    """Classes of equal, and for erf of opposite, arguments."""
    if not logs and not erfs:
        return None
    at: dict[int, Any] = {}
    drawn: list[bool] = []
    known: dict[tuple[str, bytes], int] = {}
    for n in [*logs, *erfs]:
        kind = "log" if n in logs else "erf"
        classes, signs = [], []
        for j, column in enumerate(probe.value[n].T):
            c = known.get((kind, column.tobytes()))
            sign = 1
            if c is None and kind == "erf":
                c = known.get((kind, _opposite(column, p).tobytes()))
                sign = 1 if c is None else -1
            if c is None:
                c = known[kind, column.tobytes()] = len(drawn)
                drawn.append(bool(probe.by_input[n][:, j].any()))
            classes.append(c)
            signs.append(0 if _neutral(kind, column) else sign)
        at[n] = (np.array(classes, dtype=int), np.array(signs, dtype=int))
    return Alike(at, tuple(drawn))


def _opposite(column: Any, p: int) -> Any:
    return np.where(column == 0, np.uint64(0), np.uint64(p) - column)


def _neutral(kind: str, column: Any) -> bool:
    return bool((column == (1 if kind == "log" else 0)).all())


def _same_powers(a: Powers | None, b: Powers | None) -> bool:
    if a is None or b is None:
        return a is b
    alike = all(np.array_equal(x, b.at[n]) for n, x in a.at.items())
    return alike and (a.drawn, a.held) == (b.drawn, b.held)


def _equal(a: Rules, b: Rules) -> bool:
    same = _same_powers(a.powers, b.powers)
    if a.alike is None or b.alike is None:
        return same and a.alike is b.alike
    both = [(x, b.alike.at[n]) for n, x in a.alike.at.items()]
    return bool(same and all(np.array_equal(x[i], y[i]) for x, y in both for i in (0, 1)))


def _erf_allowed(graph: Graph, rules: Rules, erfs: list[int]) -> None:
    """Raises NoValue where e^(-z^2) of two classes, or of one class and 1, differ by a constant
    factor: then the theorem does not speak of them.
    """
    if not erfs:
        return
    assert rules.powers is not None and rules.alike is not None
    seen: dict[bytes, int] = {}
    for n in erfs:
        density = _exp_below(graph, graph.nodes[n].args[1])
        classes, signs = rules.alike.at[n]
        for j, row in enumerate(rules.powers.at[density]):
            key = str(list(row[:-1])).encode()
            if signs[j] == 0:
                continue
            if not any(row[:-1]) or seen.setdefault(key, int(classes[j])) != int(classes[j]):
                raise NoValue(
                    "erf of a constant, or of arguments whose squares differ by a constant: the"
                    " theorem on independent values of erf does not speak of them"
                )


def _exp_below(graph: Graph, place: int) -> int:
    while graph.nodes[place].op != "exp":
        place = graph.nodes[place].args[-1]
    return place


def _log_allowed(rules: Rules, probe: Probe, exps: list[int], logs: list[int], p: int) -> None:
    """Raises NoValue unless the derivatives of all arguments and logarithms are independent: those
    that depend on inputs modulo functions of the tensors, which all draws at a point share.
    """
    if not logs:
        return
    assert rules.powers is not None and rules.alike is not None
    first: dict[int, Any] = {}
    for n in logs:
        for j, (c, s) in enumerate(zip(*rules.alike.at[n], strict=True)):
            if s:
                first.setdefault(int(c), (probe.by_input[n][:, j], probe.by_tensor[n][:, j]))
    columns = [np.concatenate(x) for x in first.values()]
    columns += [np.concatenate([probe.by_input[n][:, j], probe.by_tensor[n][:, j]])
                for n in exps for j in range(probe.value[n].shape[1])]  # fmt: skip
    if not columns:  # of this pattern all are logarithms of 1
        return
    whole = np.stack(columns, axis=1)
    powers, half = rules.powers, whole.shape[0] // 2
    drawn = sum(rules.alike.drawn[c] for c in first)
    if (
        rank(whole, p) < len(first) + powers.drawn + powers.held
        or rank(whole[:half], p) < drawn + powers.drawn
    ):
        raise NoValue(
            "arguments of log are multiplicatively dependent, or one is an exponential: write the"
            " logarithm of a product as a sum"
        )
