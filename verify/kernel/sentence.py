"""The sentence that a certificate proves: everything that was read is in it, and different terms
are said differently.
"""

import re
from collections.abc import Sequence

from verify.kernel.affine import Affine, Family, Index, Integer, Interval, Kind, Set, Size
from verify.kernel.conclusions import KINDS
from verify.kernel.facts import Fact, Setting
from verify.kernel.letters import Letter
from verify.kernel.limits import Any
from verify.kernel.points import Point
from verify.kernel.terms import Term, term_of


def affine(a: Affine) -> str:
    """k - 1, 2 N + 1, 1/2."""
    inorder = sorted(a.terms, key=lambda x: (x[1] < 0, x[0].name))
    parts = [(x.name if c == 1 else f"{c} {x.name}") for x, c in inorder]
    if a.const or not parts:
        parts.append(str(a.const))
    found = " + ".join(parts).replace(" + -1 ", " - ").replace(" + -", " - ")
    return "-" + found[3:] if found.startswith("-1 ") else found


def size(s: Size) -> str:
    """A set or a member of a family."""
    inner = affine(s.member)
    return f"{s.of.name}_({inner})" if isinstance(s.of, Family) else s.of.name


def kind(k: Kind) -> str:
    """in 1..L, or in coord."""
    return f"{affine(k.low)}..{affine(k.high)}" if isinstance(k, Interval) else size(k)


def ranges(indices: Sequence[Index]) -> str:
    """k in 1..N, i in coord."""
    return ", ".join(f"{x.name} in {kind(x.kind)}" for x in indices)


def forall(indices: Sequence[Index]) -> str:
    """What stands before a statement with indices."""
    return f"for all {ranges(indices)}: " if indices else ""


def letter(x: Any, at: Sequence[Affine] | None = None) -> str:
    """u_(l,i), at its own indices if none are given."""
    at = x.own() if at is None else at
    where = f"_({','.join(map(affine, at))})" if at else ""
    if x.role == "start":
        return f"start({x.twin.name}{where})"
    return x.name + where


#: how tightly an operation binds
BINDS = {"+": 1, "sum": 1, "*": 2} | dict.fromkeys(("^", "H", "tr", "D", "dd"), 3)
#: a number before another one, which would be read as its digits
BESIDE = re.compile(r"(?<![^\s-])([\d/]+) (?=\d)")


def said(t: Term, within: int = 0) -> str:
    """A term."""
    found = _plain(t) if t.op != "*" else BESIDE.sub(r"\1 * ", _plain(t))
    level = BINDS.get(t.op, 4)
    if t.op == "number" and ("/" in found or found.startswith("-")):
        level = 2
    return f"({found})" if level <= within else found


def _plain(t: Term) -> str:
    if t.op == "number":
        return str(t.head)
    if t.op == "at":
        return letter(t.head, t.at)
    if t.op == "+":
        return " + ".join(said(x, 1) for x in t.parts).replace("+ -", "- ")
    if t.op == "*" and t.parts[0].op == "number" and t.parts[0].head == -1:
        return "-" + " ".join(said(x, 2 if len(t.parts) > 2 else 1) for x in t.parts[1:])
    if t.op == "*":
        return " ".join(said(x, 2 if k else 1) for k, x in enumerate(t.parts))
    if t.op == "^":
        e = affine(t.at[0])
        return f"{said(t.parts[0], 3)}^{e if e.isalnum() else f'({e})'}"
    if t.op == "sum":
        return f"Sum_({ranges([t.head])}) {said(t.parts[0], 1)}"
    if t.op == "H":
        return f"{said(t.parts[0], 3)}^*"
    if t.op in ("I", "size"):
        return f"I[{size(t.head)}]" if t.op == "I" else f"|{size(t.head)}|"
    if t.op == "is":
        return f"[{affine(t.at[0])} = {affine(t.at[1])}]"
    head = {"tr": "Re tr", "C": "conj", "D": "d/dt", "start": "start", "next": "next"}.get(t.op)
    if head is None:
        head = f"d/d{letter(t.head, t.at)}"
    return f"{head}({said(t.parts[0])})"


def fact(f: Fact) -> str:
    """A fact for all its indices, with its time."""
    if f.sides is None:
        body = f"{said(term_of(f.poly))} {f.relation} 0"
    else:
        body = f"{said(f.sides[0])} {f.relation} {said(f.sides[1])}"
    return forall(f.indices) + body + (" at the start" if f.time == "start" else "")


def sentence(point: Point, found: Sequence[Fact], refuting: bool) -> str:
    """Setting, motion, hypotheses, conclusions, the facts on the way, the point."""
    s = point.setting
    lines = ["refuted" if refuting else "accepted", *_setting(s)]
    lines += [f"suppose [{f.name}] {fact(f)}" for f in s.assumed()]
    begin = "false is" if refuting else "then"
    lines += [f"{begin} [{x.name}] {_concluded(x)}" for x in found]
    lines += [f"by {f.rule} [{f.name}] {fact(f)}" for f in s.derived()]
    lines.append(
        ("at the point: " if refuting else "all of it holds, for example, at: ")
        + "; ".join(point.shown)
    )
    return "\n  ".join(lines)


#: what is said of integers, sets, families
SIZES = {
    Integer: "all integers {0.name} >= {0.least}",
    Set: "all finite sets {0.name}, not empty",
    Family: "all finite sets {0.name}_(k), not empty, k any integer",
}


def _setting(s: Setting) -> list[str]:
    names = s.names.values()
    scope = [says.format(x) for of, says in SIZES.items() for x in names if isinstance(x, of)]
    lines = ["for " + "; ".join(scope) + " for which the hypotheses hold"] if scope else []
    letters = s.letters()
    if any(x.size for x in letters):
        signed = "; M > 0: positive definite" if any(x.size and x.sign for x in letters) else ""
        lines.append("matrices are real or complex; M^* is the conjugate transpose" + signed)
    lines += [text for x in letters if (text := _declared(s, x))]
    if s.letters("gate"):
        lines.append("on each activation region: until a term of a gate is 0")
    if not s.rates:
        lines.append("nothing moves")
        return lines
    of = said(s.objective) if s.objective else ""
    if s.gain is not None:
        lines.append(f"one step of gradient descent on {of}, from any state as supposed:")
        for u, p in s.rates.items():
            own = letter(u)
            lines.append(f"  next({own}) = {own} + {said(term_of(p))}")
        return lines
    times = ", gradients times speeds" if s.speeds else ""
    motion = f"gradient flow of {of}{times}" if of else "a motion with given rates"
    motion = "along any path with given rates" if s.paths else motion
    motion += " on the fibre of the product" if s.fibre else ""
    lines.append(f"{motion}, as long as the solution exists:")
    for u, p in s.rates.items():
        lines.append(f"  d/dt {letter(u)} = {said(term_of(p))}")
    if s.fibre:
        lines.append(f"  where [{s.fibre.name}] {fact(s.fibre)}")
    given = [x for x in letters if x.role in ("parameter", "free", "root", "name")]
    if any(x.sign and not x.fixed and (x.role, x.sign) != ("root", ">=") for x in given):
        lines.append("up to the first time at which a sign that is stated fails")
    return lines


#: what is said of a letter that stands for a term: itself, the term, a root's degree
MADE = {
    "let": "{0} := {1}",
    "name": "{0} = {1}",
    "root": "{0} >= 0 with {0}^({2}) = {1}",
    "exp": "{0} = exp({1})",
    "log": "{0} = log({1})",
    "gate": "{0} = 1 where {1} > 0, 0 where it is < 0",
}


def _declared(s: Setting, x: Letter) -> str:
    """A letter with its role, ranges, type, sign and form."""
    own, sign = letter(x), x.sign
    if x.role in ("parameter", "constant", "free"):
        kind = " x ".join(map(size, x.size)) + " matrix" if x.size else "real number"
        moves = " function of time" if s.flow is not None else ""
        what = "arbitrary" + moves if x.role == "free" else x.role
        text, before = f"{what} {own}: {kind}", ","
    elif x.role in MADE:
        text = MADE[x.role].format(own, said(x.term), affine(x.degree))
        before = f", and {own}" if x.role == "root" else f", {own}"
        sign = sign if x.role == "name" or (x.role == "root" and sign == ">") else ""
    elif x.role == "loss":
        return _loss(s, x)
    else:
        return _many(x, *x.layers) if x.parts else ""
    form = ", Hermitian" if x.hermitian else ""
    return text + form + (f"{before} {sign} 0" if sign else "") + _where(x)


def _where(x: Letter) -> str:
    if x.ends:
        inner = Index(x.indices[0].name, x.inner())
        return f", {ranges([inner])}, and 0 at {' and '.join(map(affine, x.ends))}"
    return f", {ranges(x.indices)}" if x.indices else ""


def _many(x: Letter, w: Letter, run: Interval) -> str:
    if x.role == "product":
        whole, here, (p, *pairs) = letter(x), letter(w), x.parts
        over, others = ranges(w.indices[:1]), letter(p)
        both = f"{whole} = the product of {here} over {over}"
        both += f"; {others} = that product without {here}"
        for r in pairs:
            two = f"{here} and {letter(w, r.own()[1:])}, {ranges(r.indices[1:2])}"
            both += f"; {letter(r)} = that product without {two}"
        return both + _where(x)
    (a, b), n, depth = x.parts, w.indices[0].name, affine(run.high)
    return (
        f"{x.name} = {w.name}_({depth}) ... {w.name}_(1); {a.name}_({n}) = {w.name}_({depth}) ..."
        f" {w.name}_({n} + 1); {b.name}_({n}) = {w.name}_({n} - 1) ... {w.name}_(1)"
    )


def _loss(s: Setting, x: Letter) -> str:
    over = f", {ranges(x.over)}" if x.over else ""
    gradient = letter(x.parts[0])
    where = "state" if s.flow is None else "trajectory"
    text = (
        f"{x.name}: any C^1 function of ({said(x.term)}{over}) on an open set that contains"
        f" the {where}; {gradient} its gradient there"
    )
    if x.name + "@" in s.facts:
        text += (
            f"; homogeneous of degree {affine(x.degree)} in all of that jointly, on a"
            " set closed under multiplication by positive numbers"
        )
    return text


def _concluded(x: Fact) -> str:
    words = KINDS[x.rule][2].format(*map(said, x.terms), relation=x.relation)
    return forall(x.indices) + words
