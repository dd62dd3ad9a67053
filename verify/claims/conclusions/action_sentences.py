"""The sentences about actions with their mathematics in LaTeX, by the kind of conclusion; fields
stand in braces by their names.
"""

from __future__ import annotations

_LEAF_TEX = (
    r"the \(W_k = Q_k D\,Q_{k-1}^{*}\), \(k = 1, \dots, N\), with \(Q_k\) orthogonal and"
    r" \(D = \operatorname{diag}(l_1, \dots, l_r, 0, \dots, 0)\), \(l_i > 0\)"
)
IN_LATEX = {
    "preserves": (
        r"the group leaves \(\varphi\) unchanged: \(d\varphi(\theta)\,\xi\theta = 0\) for every"
        r" \(\xi\) of its algebra,"
        r" and \(\varphi(s\theta) = \varphi(\theta)\) for the permutations \(s\) in it"
    ),
    "lie-algebra": r"the \(\xi\) form a Lie algebra that is closed under transposition",
    "moment-conserved": (
        r"for every symmetric \(\xi\) of the algebra, \(\langle\theta, \xi\theta\rangle\) is"
        r" conserved"
    ),
    "every-element": (
        r"for every \(\xi\) of the algebra, \(\langle\theta, \xi\theta\rangle\) is conserved"
    ),
    "orthogonal": r"\(\langle\xi\theta, \dot\theta\rangle = 0\) for every \(\xi\) of the algebra",
    "skew-empty": (
        r"\(\langle\theta, \xi\theta\rangle = 0\) for every \(\theta\) and every skew \(\xi\) of"
        r" the algebra"
    ),
    "integrates": (
        r"for every skew \(\xi\) of the algebra there is a function \(h\) with"
        r" \(dh = \langle\xi\theta, d\theta\rangle\), so \(h\) is conserved"
    ),
    "finite-moment": (
        r"\(\langle\theta, s\theta\rangle\) is conserved for every permutation \(s\) of the model"
    ),
    "one-orbit": r"all \(\theta\) with the same \(\varphi(\theta)\) lie on one orbit of the group",
    "law-count": (
        r"the quadratic forms \(\theta^{T} S\,\theta\) that are conserved for every \(g\) are a"
        r" space of dimension {forms},"
        r" of which {independent} are functionally independent"
    ),
    "algebra-count": r"the algebra has dimension {algebra}, its symmetric elements {symmetric}",
    "stabiliser": (
        r"the matrices \(\xi\) with \(d\varphi(\theta)\,\xi\theta = 0\) for every \(\theta\) are"
        r" exactly the span of the"
        r" given ones"
    ),
    "moment-is": (
        r"\(\langle\theta, \xi_a\theta\rangle = \operatorname{Tr}(\mu_k a)\), \(\mu_k = {words}\),"
        r" for each group \(k\) of"
        r" the action and each \(a\) in its algebra"
    ),
    "first-variation": (
        r"the derivative of \(\lVert\exp(t\,\xi_a)\,\theta\rVert^{2}\) at \(t = 0\) is \(2"
        r" \operatorname{Tr}(\mu_k a)\),"
        r" \(\mu_k = {words}\), for each \(a\): the norm is critical on the orbit of \(\theta\)"
        r" exactly where every"
        r" \(\mu_k = 0\)"
    ),
    "balanced-dimension": (
        r"near \(W = (D, \dots, D)\), \(D = \operatorname{diag}(1, \dots, d)\), the set \(M\) of"
        r" all \(W\) with"
        r" \(G_k = W_k W_k^{*} - W_{k+1}^{*} W_{k+1} = 0\) for every \(k\) and \(X = W_N \cdots"
        r" W_1\) invertible is a"
        r" manifold of dimension {dimensions}"
    ),
    "leaf-dimension": (
        _LEAF_TEX
        + r", are balanced of rank \(r\) and form a set of dimension {dimensions} (\(r = {ranks}\))"
    ),
    "leaf-by-rank": (
        _LEAF_TEX
        + r", \(r = {ranks}\), form a set of dimension \(N d^{2} - \operatorname{rank} dG(W)\), the"
        r" rank taken at"
        r" \(W = (D, \dots, D)\), \(D = \operatorname{diag}(1, \dots, r, 0, \dots, 0)\)"
    ),
    "normals-in-fibre": (
        r"for every symmetric \(\xi\) of the algebra and every \(\theta\), \(\xi\theta\) is half"
        r" the gradient of"
        r" \(\langle\theta, \xi\theta\rangle\), and \(d\varphi(\theta)\,\xi\theta = 0\): what is"
        r" normal to the level set"
        r" of the moments is tangent to the fibre of \(\varphi\)"
    ),
    "common-tangents": (
        r"outside the zeros of a polynomial that is not 0, the fibre of \(\varphi\) and the level"
        r" set of the moments are"
        r" manifolds, and their tangent spaces meet in dimension {dimensions}; nowhere do the"
        r" kernels of the"
        r" differentials meet in less"
    ),
    "orthogonal-foliations": (
        r"at every \(\theta\) where the differentials of \(\varphi\) and of the moments are onto,"
        r" the fibre of"
        r" \(\varphi\) is orthogonal to the level set of the moments: \(\langle u, v\rangle = 0\)"
        r" for all tangent vectors"
        r" \(u\) of the one and \(v\) of the other"
    ),
    "rotations-leave": (
        r"outside the zeros of a polynomial that is not 0, \(\xi\theta\) for skew \(\xi\) other"
        r" than 0 is never tangent"
        r" to the level set of the moments"
    ),
    "one-rotation": (
        r"the \(\theta\) with one \(\varphi\) and the same moments lie on one orbit of the"
        r" orthogonal part of the group,"
        r" whose algebra is the skew \(\xi\)"
    ),
}
