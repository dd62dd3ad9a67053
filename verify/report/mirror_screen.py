"""What was found about a parametrisation, on a page."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from verify.mirror.answer import MIRROR, OPEN, RETIMED, Answer, Block
from verify.mirror.field import Element
from verify.mirror.formula_written import TEXT, terms
from verify.mirror.signs import sign
from verify.mirror.solve import summed
from verify.mirror.written import combination, element, exact, text
from verify.report.mirror_words import function, sentence, worded

PAGE, WIDE = 40, 118  # lines of a screen, and signs of a line


def screen(a: Answer, verbose: bool) -> str:
    """A page, or with ``verbose`` all of it."""
    g = a.given
    names = g.field.names
    head = f"{g.name} at {g.sizes}    {g.title}" if g.sizes else f"{g.name}    {g.title}"
    lines = [head, "", *(f"  {x}" for x in _broken(sentence(a), WIDE - 2)), ""]
    lines += _row("Outputs", _few([
        f"{n} = {element(f, text(names))}" for n, f in zip(g.output_names, g.outputs, strict=True)
    ], verbose))  # fmt: skip
    lines += _row("", [f"{x} is the same function as {y}: kept once" for x, y in g.alike[:4]])
    lines += _row("Start", _few([
        f"{n} = {x}" for n, x in zip(names, g.start, strict=False)
    ], verbose, ", "))  # fmt: skip
    if g.within is not None:
        lines += _row("Subspace", ["the start stays where " + ", ".join(g.within.lines(names))])
    for b in a.blocks:
        lines += ["", *_block(a, b)]
    if len(lines) > PAGE and not verbose:
        lines = [*lines[: PAGE - 1], f"  ... {len(lines) - PAGE + 1} lines more: --verbose"]
    return "\n".join(x.rstrip() for x in lines)


def _few(parts: list[str], verbose: bool, join: str = "") -> list[str]:
    if join:
        more = f", .. ({len(parts)} numbers)" if len(parts) > 12 and not verbose else ""
        return [join.join(parts if not more else parts[:12]) + more]
    if len(parts) <= 6 or verbose:
        return parts
    return [*parts[:5], f"... {len(parts) - 5} more"]


def _row(label: str, lines: list[str]) -> list[str]:
    lines = [part for x in lines for part in _broken(x, WIDE - 14)]
    return [f"  {label if not i else '':10}  {x}" for i, x in enumerate(lines)]


def _broken(line: str, wide: int) -> list[str]:
    """Between words; what goes on stands further to the right."""
    return wrap(line, wide, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _block(a: Answer, b: Block) -> list[str]:
    g, names = a.given, text(a.given.field.names)
    outs = [g.output_names[i] for i in b.outputs]
    label = ", ".join(outs[:4]) + (f", .. ({len(outs)} outputs)" if len(outs) > 4 else "")
    lines = [f"  {label}: {_verdict(b)}"]
    if b.verdict in (MIRROR, RETIMED):
        lines += _row("grad Q", _map(a, b, outs))
        lines += _row("Q", _potential(a, b, outs))
        lines += _row("in beta", _formula(b, outs))
        lines += _row("Named", list(b.named.lines) if b.named else [])
        lines += _row("Laws", [f"{combination(f, names)} is constant" for f in b.laws])
        lines += _row("while", _while(a, b))
        lines += _row("Proof", [_PROOFS[b.why]])
        if b.word is not None:
            lines += _row("", [f"none in t: {function(b.word)} = {exact(b.word.value)} at the"
                               " start"])  # fmt: skip
        if b.bracket:
            lines += _row("", ["brackets do not commute: the sufficient condition is lost, and not"
                               " needed here"])  # fmt: skip
        return lines
    if b.word is not None:
        lines += _row("Excluded", [f"{function(b.word)} = {exact(b.word.value)} at the start, and"
                                   " along a mirror flow it is 0"])  # fmt: skip
    if b.conserved and b.mirror:
        lines += _row("h", [f"{worded(a, h)}" for h in b.mirror])
        lines += _row(
            "",
            [
                "B^T h(theta) is conserved, but h is no function of beta: no potential"
                if b.word
                else "B^T h(theta) is conserved; that h is a function of beta is not known"
            ],
        )
    if b.verdict == OPEN and b.bracket:
        lines += _row("", ["brackets do not commute: the sufficient condition is lost, which"
                           " excludes nothing"])  # fmt: skip
    return lines


def _verdict(b: Block) -> str:
    if b.verdict == OPEN:
        return f"undecided because {b.why}"
    return {MIRROR: "a mirror flow", RETIMED: "a mirror flow after the change of time"}.get(
        b.verdict, "no mirror flow"
    )


_PROOFS = {
    "one output": "one output: the leaf is a curve along which it grows",
    "commuting": "all [X_i, X_k] = 0 as identities: the leaf has dimension d",
    "laws": "X_i h_j as stated, as identities; J and the laws have rank p at the start, so that h"
    " is a function of beta on the leaf",
    "involutive": "X_i h_j as stated, and each [X_i, X_k] is a combination of the X_j, as"
    " identities, so that h is a function of beta on the leaf",
}


def _map(a: Answer, b: Block, outs: list[str]) -> list[str]:
    if b.mirror:
        return [f"dQ/d{n} = {worded(a, h)}" for n, h in zip(outs, b.mirror, strict=True)]
    if b.integral is not None:
        return _integral(a, b, outs[0])
    if len(outs) == 1:
        return [f"dQ/d{outs[0]} is the time of the flow theta' = grad {outs[0]} through the start"]
    return [
        "grad Q = h where beta = G(theta) and theta is reached from the start by the flow of sum_i"
        " h_i X_i in time 1"
    ]


def _formula(b: Block, outs: list[str]) -> list[str]:
    """What they are on this leaf, in beta alone."""
    f = b.formula
    if f is None:
        known = "no formula of degree 1 or 2 was found: the curve of the above over the leaf"
        return [known] if b.mirror and len(outs) == 1 else []
    s = text(outs)
    lines = [f"dQ/d{n} = {terms(r, s, TEXT)}" for n, r in zip(outs, f.gradient, strict=True)]
    if f.dual is not None:
        h = " + ".join(f"{n} dQ/d{n}" for n in outs)
        lines.append(f"Q = {h} - ({terms(f.dual, s, TEXT)})")
    return lines


def _integral(a: Answer, b: Block, out: str) -> list[str]:
    m, names = b.integral, a.given.field.names
    factors = []
    for i, k in zip(m.letters, m.exponents, strict=True):
        inside = f"({names[i]}^2 + {'' if k == 1 else f'{k} '}s)"
        factors.append(f"{inside}^(-{k}/2)" if k % 2 else f"{inside}^(-{k // 2})")
    head = "-1/2" if m.coefficient == 1 else f"-1/(2*{m.coefficient})"
    found = [f"dQ/d{out} = {head} int_0^oo {' '.join(factors)} ds"]
    if m.exponents == (1, 1, 1) and m.coefficient == 1:
        carlson = ", ".join(f"{names[i]}^2" for i in m.letters)
        found.append(f"         = -R_F({carlson}), Carlson's integral")
    found.append(f"at the start: {m.text()}")
    different = len({a.given.values[i] for i in m.letters}) == len(m.letters) >= 3
    first_kind = different and set(m.exponents) == {
        1
    }  # a pair of equal ones may make it elementary
    return found + ["not elementary (Liouville, cited)"] * first_kind


def _potential(a: Answer, b: Block, outs: list[str]) -> list[str]:
    if b.dual is None:
        return ["the integral of grad Q d beta: closed, as Hess Q = K^-1 is symmetric"]
    h = " + ".join(f"{n} dQ/d{n}" for n in outs)
    return [f"{h} - ({worded(a, b.dual)})"]


def _positive(f: Element) -> bool:
    """As it is written: even powers with positive coefficients, and a positive number."""
    terms = list(f.top.terms())
    even = all(c > 0 and not any(e % 2 for e in es) for es, c in terms)
    return even and any(not any(es) for es, _ in terms)


def _while(a: Answer, b: Block) -> list[str]:
    """What must not become 0: letters in denominators and logarithms, c."""
    s, g = text(a.given.field.names), b.geometry
    found: dict[str, Any] = {}
    for f in (*b.mirror, *b.laws, *filter(None, (b.dual,))):
        for _, x in f.terms:
            for y in x.divisors(g):
                found[element(y, s)] = y
    if b.speed is not None:
        found[combination(b.speed, s)] = summed(b.speed, g)
    for i in b.integral.letters if b.integral else ():
        found[a.given.field.names[i]] = g.field.letter(i)
    for row in b.formula.gradient if b.formula else ():
        for t in row:
            inside = t.surd.inside if t.surd else None
            if inside is not None and not _positive(inside):
                found[element(inside, text([a.given.output_names[i] for i in b.outputs]))] = None
    signs = []
    for name, y in found.items():
        at = 1 if y is None else sign(y.at(a.given.values))
        signs.append(f"{name} {'>' if at == 1 else '<' if at == -1 else '!='} 0")
    return [", ".join([*signs, "rank J = d"])]
