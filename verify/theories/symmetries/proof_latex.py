"""Proofs of sentences about actions in LaTeX: the argument of each kind of conclusion, with the
ranks and numbers that were computed, one for each model in the order of the setting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from verify.spelling.tex import inline
from verify.theories.symmetries.dimensions import leaf, moments_of
from verify.theories.symmetries.fields import latex, rates
from verify.theories.symmetries.finding import Finding, Subject
from verify.theories.symmetries.linear import dimension, with_sign
from verify.theories.symmetries.spaces import algebra_points

_ALONG = (
    r"\[ \frac{d}{dt}\langle\theta, \xi\theta\rangle"
    r" = \langle(\xi + \xi^{T})\theta, \dot\theta\rangle"
    r" = -g^{T} d\varphi(\theta)\,(\xi + \xi^{T})\theta, \]"
)
#: the argument, in which names in braces are rows of numbers
_ARGUMENTS = {
    "preserves": (
        r"For each \(\xi\) of a basis of \(\mathfrak g\) and each component of \(\varphi\),"
        r" \(d\varphi_r(\theta)\,\xi\theta = \sum_{i,j} \xi_{ij}\,\theta_j\,"
        r"\partial_i\varphi_r(\theta)\) is a polynomial in \(\theta\) of which every coefficient"
        r" is 0 (\(\dim\mathfrak g = {elements}\); number of components {components}).{swaps}"
    ),
    "lie-algebra": (
        r"The brackets of the elements of a basis of \(\mathfrak g\), and their transposes, lie in"
        r" its span: with them the rank is still \(\dim\mathfrak g = {elements}\)."
    ),
    "moment-is": (
        r"Both sides are linear in \(a\), so it is enough that \(\langle\theta,"
        r" \xi_{E_{ij}}\theta\rangle = (\mu_k)_{ji}\) for each elementary matrix \(E_{ij}\) of each"
        r" group; the two polynomials have the same coefficients (number of places {places})."
    ),
    "first-variation": (
        r"\(\lVert\exp(t\,\xi_a)\theta\rVert^{2} = \lVert\theta + t\,\xi_a\theta\rVert^{2} +"
        r" O(t^{2})\) has the derivative \(2\langle\theta, \xi_a\theta\rangle\) at \(t = 0\), which"
        r" is linear in \(a\); for each elementary matrix \(E_{ij}\) it is \(2(\mu_k)_{ji}\) as a"
        r" polynomial (number of places {places}). So the norm is critical on the orbit exactly"
        r" where \(\operatorname{Tr}(\mu_k a) = 0\) for every \(k\) and \(a\)."
    ),
    "moment-conserved": (
        "Along the flow\n" + _ALONG + "\n"
        r"which is \(-2\,g^{T} d\varphi(\theta)\,\xi\theta\) where \(\xi\) is symmetric. For each"
        r" element of a basis of the symmetric ones (dimension {symmetric}) the coefficient of each"
        r" \(g_r\) is the zero polynomial."
    ),
    "every-element": (
        "Along the flow\n" + _ALONG + "\n"
        r"and for each element of a basis of \(\mathfrak g\) (dimension {elements}) the coefficient"
        r" of each \(g_r\) is the zero polynomial."
    ),
    "orthogonal": (
        r"\(\langle\xi\theta, \dot\theta\rangle = -g^{T} d\varphi(\theta)\,\xi\theta\), and"
        r" \(d\varphi(\theta)\,\xi\theta\) is the zero polynomial for each element of a basis of"
        r" \(\mathfrak g\) (dimension {elements})."
    ),
    "skew-empty": (
        r"For \(\xi^{T} = -\xi\), \(\langle\theta, \xi\theta\rangle = \langle\xi^{T}\theta,"
        r" \theta\rangle = -\langle\theta, \xi\theta\rangle\); the skew elements of \(\mathfrak g\)"
        r" are a space of dimension {skew}."
    ),
    "law-count": (
        r"\(\theta^{T} S\,\theta\) is conserved for every \(g\) exactly where \(d\varphi(\theta)"
        r"\,S\theta = 0\) for every \(\theta\): linear equations over \(\mathbb Q\) for the entries"
        r" of the symmetric matrix \(S\). Independent solutions, each of them checked as an"
        r" identity, number {laws}; at finitely many \(\theta\) with integer coordinates (number"
        r" {points}) the equations have no more. At one more point the gradients \(2 S\theta\) have"
        r" rank {independent}. No larger number of laws is independent: they are constant along"
        r" each \(\nabla\varphi_r\) and along the brackets of these fields, which at that point"
        r" span a space of dimension {fields}; of the coordinates (number {coordinates}) {room}"
        r" remain."
    ),
    "algebra-count": (
        r"The matrices of a basis of \(\mathfrak g\) have rank {elements}; the equations"
        r" \(\xi^{T} = \xi\) leave dimension {symmetric}."
    ),
    "stabiliser": (
        r"\(d\varphi(\theta)\,\xi\theta = 0\) for every \(\theta\) is a system of linear equations"
        r" over \(\mathbb Q\) for the \(m^{2}\) entries of \(\xi\), \(m = {coordinates}\). The"
        r" given matrices solve it and have rank \(r = {elements}\); at finitely many \(\theta\)"
        r" with integer coordinates (number {points}) the equations have rank \(m^{2} - r\), so"
        r" there are no other solutions."
    ),
    "balanced-dimension": (
        r"\(M\) is given by the polynomials \(\langle\theta, \xi\theta\rangle\), \(\xi\) in a basis"
        r" of the symmetric elements: the entries of the \(G_k\), in number {symmetric}. At \(W ="
        r" (D, \dots, D)\) all of them are 0, and their gradients \(2\,\xi\theta\) have rank"
        r" {symmetric}, which leaves, of the coordinates (number {coordinates}), dimension {left}."
    ),
    "leaf-dimension": (
        r"The set is the image of \((Q_0, \dots, Q_N, D) \mapsto (Q_k D\,Q_{k-1}^{*})_k\), of"
        r" \(p = {parameters}\) parameters. Moving all \(Q_k\) is an isometry that carries the"
        r" differential at \(Q_k = I\) to the one at \(Q\), so \(Q_k = I\) is enough, where it is"
        r" \((A, \dot D) \mapsto (A_k D - D A_{k-1} + \dot D)_k\) with \(A_k\) skew. The \(A\) that"
        r" give 0 for each \(D = E_{ii}\), \(i \le r\), and so for every \(D\), are a space of"
        r" dimension \(q = {idle}\), so the rank is nowhere more than \(p - q = {rank}\); at \(D ="
        r" \operatorname{diag}(1, \dots, r, 0, \dots, 0)\) it is {rank}. The moments, which are"
        r" quadratic, are 0 at \(E_{ii}\) and at \(E_{ii} + E_{jj}\) in all layers, hence at every"
        r" \(D\), and the \(Q_k\) only conjugate the \(G_k\)."
    ),
    "normals-in-fibre": (
        r"For symmetric \(\xi\) the gradient of \(\langle\theta, \xi\theta\rangle\) is \((\xi +"
        r" \xi^{T})\theta = 2\,\xi\theta\), and \(d\varphi(\theta)\,\xi\theta\) is the zero"
        r" polynomial for each element of a basis of the symmetric ones (dimension {symmetric})."
        r" These gradients span what is normal to the level set."
    ),
    "common-tangents": (
        r"The vectors that both differentials send to 0 are the kernel of the rows"
        r" \(d\varphi_r(\theta)\), in number {components}, and \(\xi\theta\), \(\xi\) in a basis of"
        r" the symmetric elements, in number {symmetric}; at every \(\theta\) these leave, of the"
        r" coordinates, in number {coordinates}, the dimension {left} or more. At one point with"
        r" rational coordinates all the rows are independent: a minor of theirs is not 0 there, and"
        r" outside its zeros they leave exactly {left}."
    ),
    "rotations-leave": (
        r"\(\eta\theta\), \(\eta\) skew, is tangent to the level set of the moments where"
        r" \(\langle\xi\theta, \eta\theta\rangle = 0\) for every symmetric \(\xi\). For bases of"
        r" the symmetric and of the skew elements, of dimensions {symmetric} and {skew}, this"
        r" matrix has rank {skew} at one point with rational coordinates, and outside the zeros of"
        r" a minor that is not 0 there: no combination \(\eta \ne 0\) is tangent."
    ),
}


@dataclass(frozen=True)
class ActionProof:
    """What was found for one conclusion, model by model."""

    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]


def argument(conclusion: Any, proof: ActionProof) -> list[str]:
    """What the algebra is, and the argument with its numbers."""
    text = _ARGUMENTS[conclusion.kind]
    for name, numbers in _numbers(conclusion, proof).items():
        text = text.replace(f"{{{name}}}", numbers)
    return [_algebra(proof.subjects), text]


def _algebra(subjects: Sequence[Subject]) -> str:
    several = " Numbers stand in the order of the models." if len(subjects) > 1 else ""
    if subjects[0].found:
        points = _row(len(algebra_points(s)[0]) for s in subjects)
        found = (
            r"\(\mathfrak g\), the algebra of the \(\xi\), is what solves the linear equations"
            r" \(d\varphi(\theta)\,\xi\theta = 0\) for the entries of \(\xi\), coefficient by"
            rf" coefficient; at finitely many \(\theta\) (number {points}) they have no more."
        )
        return found + several
    form = rates([s.case for s in subjects])
    acts = (
        rf"An element \(a\) of a group's algebra acts by \(\xi_a\theta\): {inline(latex(form))},"
        r" other coordinates at rest; \(\mathfrak g\) is the span of these \(\xi_a\)."
    )
    return (acts if form else r"\(\mathfrak g\) is the span of the printed matrices.") + several


def _numbers(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    counted = {
        "elements": lambda s: dimension(s.algebra),
        "symmetric": lambda s: len(with_sign(s.algebra, 1)),
        "skew": lambda s: len(with_sign(s.algebra, -1)),
        "components": lambda s: len(s.case.phi),
        "coordinates": lambda s: s.case.size,
        "places": lambda s: len(s.case.generators),
    }
    found = {name: _row(map(count, proof.subjects)) for name, count in counted.items()}
    swaps = _row(len(s.case.permutations) for s in proof.subjects)
    found["swaps"] = (
        rf" So is \(\varphi(s\theta) - \varphi(\theta)\) for the exchanges \(s\) of neighbouring"
        f" units (number {swaps}), which generate the permutations."
        if any(s.case.permutations for s in proof.subjects)
        else ""
    )
    more: Callable | None = _MORE.get(conclusion.kind)
    return found | (more(conclusion, proof) if more else {})


def _of_laws(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    hints = [f.proof for f in proof.findings]
    found = {name: _row(len(h[name]) for h in hints) for name in ("laws", "points", "fields")}
    room = _row(s.case.size - len(h["fields"]) for s, h in zip(proof.subjects, hints, strict=True))
    return {**found, "independent": _row(conclusion.independent), "room": room}


def _of_points(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    return {"points": _row(len(f.proof["points"]) for f in proof.findings)}


def _of_balance(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    return {"left": _row(s.case.size - len(moments_of(s)) for s in proof.subjects)}


def _of_leaves(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    leaves = [leaf(s.case, r) for s, r in zip(proof.subjects, conclusion.ranks, strict=True)]
    return {
        "parameters": _row(x.parameters for x in leaves),
        "idle": _row(x.idle for x in leaves),
        "rank": _row(x.lower for x in leaves),
    }


def _of_both(conclusion: Any, proof: ActionProof) -> dict[str, str]:
    return {
        "left": _row(s.case.size - len(s.case.phi) - len(moments_of(s)) for s in proof.subjects)
    }


def _row(numbers: Any) -> str:
    """One number where all are the same."""
    found = list(numbers)
    return ", ".join(map(str, found[:1] if len(set(found)) == 1 else found))


_MORE: dict[str, Callable[[Any, ActionProof], dict[str, str]]] = {
    "law-count": _of_laws,
    "stabiliser": _of_points,
    "balanced-dimension": _of_balance,
    "leaf-dimension": _of_leaves,
    "common-tangents": _of_both,
}
