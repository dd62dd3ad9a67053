"""What a model conserves, as it is shown: a page, LaTeX, data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from verify.process.written import as_json
from verify.spelling.many import many

Data = dict[str, Any]
PAGE = 40  # lines of a screen
_NOT_JUDGED = "not judged for every size:"  # and then why


@dataclass(frozen=True, repr=False)
class Laws:
    """The laws of a model at given sizes, each with its status, and whether they are all.

    ``print(x)`` shows everything, ``x`` alone a few lines; ``x.latex()`` and ``x.json()`` are
    texts, ``x.data`` is what the JSON says.
    """

    data: Data = field(repr=False)

    def __str__(self) -> str:
        return screen(self.data, True)

    def __repr__(self) -> str:
        d = self.data
        known = [x["law"] + (f"    {x['range']}" if x["range"] else "") for x in d["laws"]]
        known += [p["law"] for p in d["powers"]]
        known += [f"{x['law']}    where J(c z) = J(z)" for x in d["scaled"]]
        known += [f"{d['balanced']['law']}    at balance"] if d["balanced"] else []
        return "\n".join(
            [f"{d['model']} at {d['sizes']} conserves:", *(known or ["nothing found"])]
        )

    def _repr_latex_(self) -> str:
        return self.latex().replace("align*", "aligned").join(("$$\n", "$$"))

    def latex(self) -> str:
        """An ``align*`` of the laws, each with the condition under which it is constant."""
        d = self.data
        rows = [(x["latex"], "") for x in [*d["laws"], *d["powers"]]]
        rows += [(x["latex"], "where \\(J(c z) = J(z)\\)") for x in d["scaled"]]
        rows += [(d["balanced"]["latex"], "at balance")] if d["balanced"] else []
        lines = [_constant(law, when) for law, when in rows] or ["  \\text{no law was found}"]
        body = " \\\\\n".join(lines)
        return f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"

    def json(self) -> str:
        return as_json(self.data)


def _constant(law: str, when: str) -> str:
    where = f" && \\text{{{when}}}" if when else ""
    return f"  {law} &= \\text{{const}}{where}"


def screen(data: Data, verbose: bool) -> str:
    """A page, or with ``verbose`` all of it."""
    lines = [f"{data['model']} at {data['sizes']}    {data['title']}", ""]
    s = data["symmetries"]
    lines += _rows("Symmetries", [symmetries(s)])
    lines += _rows("Conserved", _laws(data["laws"]) or ["no quadratic law"], "for every C^1 loss")
    lines += _rows("Powers", [x for p in data["powers"] for x in _power(p)])
    lines += _rows("Scale", _laws(data["scaled"], True), "where J(c z) = J(z) for c > 0, besides")
    if data["scaled_is_still"]:
        still = "one output: a loss with J(c z) = J(z) does not depend on it, nothing moves"
        lines += _rows("Scale", [still])
    if data["balanced"]:
        at = f"where besides {data['balanced']['where']} at the start"
        lines += _rows("Balance", _balanced(data["balanced"]), at)
    lines += _rows("All?", _all(data), "for every C^1 loss")
    if data["loss"]:
        lines += _rows("Loss", [f"{data['loss']['name']}: {data['loss']['text']}"])
    if len(lines) > PAGE and not verbose:
        cut = len(lines) - PAGE + 2
        last = lines[-(1 + len(_all(data)) + bool(data["loss"])) :]
        kept = lines[: PAGE - 1 - len(last)]
        lines = [*kept, f"  ... {cut - 1} lines more: --verbose", *last]
    return "\n".join(line.rstrip() for line in lines)


def _rows(label: str, lines: list[str], head: str = "") -> list[str]:
    lines = [head, *(f"  {x}" for x in lines)] if head and lines else lines
    return [f"  {label if not i else '':10}  {line}" for i, line in enumerate(lines)]


def symmetries(s: Data) -> str:
    """``s``: their dimension, a bound of it, and how many of them are symmetric."""
    skew = s["dimension"] - s["symmetric"]
    if not s["dimension"]:
        return f"no linear one, {_most(s)}"
    found = f"linear ones of dimension {s['dimension']}, {_most(s)}: {s['symmetric']} symmetric"
    return f"{found} (each a law), {skew} skew (none)" if skew else f"{found} (each a law)"


def _most(s: Data) -> str:
    return "and no more" if s["dimension"] == s["at_most"] else f"at most {s['at_most']}"


def _laws(laws: list[Data], one_new: bool = False) -> list[str]:
    """Each law, how far it was checked, and who states it; all squares that a scale-invariant loss
    keeps differ by laws for every loss.
    """
    lines = []
    for x in laws:
        count = f"    {x['entries']} laws" if x["entries"] > 1 else ""
        count += ", one of them new beside those above" if count and one_new else ""
        lines.append("    ".join(filter(None, (x["law"], x["range"]))) + count)
        every, ids = x["every_size"], x["claims_at_these_sizes"]
        judged = _NOT_JUDGED
        if every is not None:
            judged = f"{every['verdict']}: {every['scope']}"
            if every["so"]:
                judged = (
                    f"{every['statement']}: {every['verdict']}, {every['scope']}; {every['so']}"
                )
            ids = list(dict.fromkeys([*every["claims"], *ids]))
        stated = f"stated by {', '.join(ids)}" if ids else "no installed claim states it"
        if every is not None and every["so"]:
            slope = f"{every['statement']}: {every['verdict']}, {every['scope']}"
            lines += [f"  identity at these sizes; for every size {every['so']} from", f"  {slope}"]
        else:
            lines.append(f"  identity at these sizes; {judged}")
            lines += [f"    {x['not_judged']}"] if every is None else []
        lines.append(f"  {stated}")
    return lines


def _power(p: Data) -> list[str]:
    where = f"    while {', '.join(p['while'])}" if p["while"] else ""
    head, every = f"{p['law']}{where}", p["every_size"]
    if every is None:
        return [head, f"  identity at these sizes; {_NOT_JUDGED}", f"    {p['not_judged']}"]
    said = every["statement"].partition(" is constant")[0]
    return [
        head,
        f"  identity at these sizes; {said}:",
        f"    {every['verdict']}: {every['scope']}",
    ]


def _balanced(b: Data) -> list[str]:
    lines = [f"{b['law']}    equal to {b['from']} there, as {b['as']}"]
    every = b["every_size"]
    if every is None:
        why = b["not_judged"]
        return [
            *lines,
            f"  follows from the above at these sizes; not judged for every size: {why}",
        ]
    ids = f"; stated by {', '.join(every['claims'])}" if every["claims"] else ""
    said = every["statement"].partition(" is constant")[0]
    return [*lines, f"  {said}: {every['verdict']}, {every['scope']}{ids}"]


def _all(data: Data) -> list[str]:
    """An honest answer: yes only where both sides meet."""
    c, powers = data["counts"], ", those of powers included" if data["powers"] else ""
    quadratic, most = c["quadratic"], c["quadratic_at_most"]
    by = f"{c['points']} exact points" if c["points"] != 1 else "an exact point"
    lines = [
        f"{many(quadratic, 'quadratic law')}, at most {most} (by {by})"
        + ("" if quadratic == most else ": open")
    ]
    own, any_ = c["independent"], c["any_at_most"]
    if own == any_:
        lines.append(
            f"{own} independent{powers}, and no more of any kind near a generic point (gradients of"
            " phi and brackets)"
        )
    elif c["outputs"] == 1:  # constant along one field: one less than the coordinates, flow box
        lines.append(
            f"{own} independent{powers} of the {any_} that one output leaves near a point that"
            " moves (the others are open)"
        )
    else:
        lines.append(
            f"{own} independent{powers}, of any kind at most {any_} near a generic point: open"
        )
    return lines
