"""Rules that are not algebra: two closed lists, printed with every verdict that uses them.

Kernel rules are elementary and their proof is sketched here; cited theorems are published
statements, refused by ``--no-cited``.
"""

from __future__ import annotations

from verify.spelling.spoken import spoken

KERNEL = {
    "ZERO_DERIVATIVE_IS_CONSTANT": r"\(\dot x = 0\) on an interval implies \(x\) is constant there",
    "LINEAR_DECAY": (
        r"\(\dot x = c\,x\) with a \(c\) that is constant as long as \(x\) is not 0 implies \(x(t)"
        r" = x(0) e^{c t}\)"
    ),
    "ROOT_OF_NONNEGATIVE": (
        r"\(u^{2} = r\) for every factor of \(w\) and \(q^{L} = w^{2}\) with \(q \ge 0\) imply \(q"
        r" = r\)"
    ),
    "EULER_HOMOGENEOUS": (
        r"\(J(c w) = c^{k} J(w)\) for \(c > 0\) implies \(\langle w, \nabla J\rangle = k J\)"
        r" (differentiate at \(c = 1\))"
    ),
    "IDEAL_IS_INVARIANT": (
        "relations that hold at the start and whose derivatives lie in their own ideal hold for"
        " ever"
    ),
    "GRONWALL": (
        r"\(\dot x^{2} = C x^{2}\) with \(C\) continuous implies \(|x(t)| \ge |x(0)| \exp(-\int"
        r" \sqrt C)\): \(x\) stays zero or keeps its sign"
    ),
    "GEOMETRIC_MEAN_BETWEEN": (
        "a geometric mean of numbers lies between the smallest and the largest of them"
    ),
    "FACTORS_OF_ONE_SIGN": (
        "a product of factors that are positive or not zero is so; a sum of positive terms is"
        " positive"
    ),
    "RATIONAL_IS_NOT_EXPONENTIAL": (
        r"a rational function of \(t\) that is not zero exceeds \(C e^{-c t}\) at late \(t\), for"
        r" every \(C\) and \(c > 0\)"
    ),
    "TRACE_PAIRING": r"\(\operatorname{Tr}(\mu a) = 0\) for every matrix \(a\) implies \(\mu = 0\)",
    "INVARIANT_ON_ORBITS": (
        r"a polynomial with derivative 0 along every \(\xi\) is constant on orbits of the connected"
        r" group, and of \(\mathrm{GL}_n\)"
    ),
    "INDUCTION_OVER_LAYERS": (
        r"a statement about layer \(k\) that holds at one end and follows from its neighbour holds"
        r" for every \(k\)"
    ),
    "ONTO_DIFFERENTIAL": (
        "where the differential of a smooth map is onto, its level set is a manifold tangent to the"
        " kernel"
    ),
    "MINOR_NOT_ZERO": (
        "a minor that is not 0 at one point is a polynomial that is not 0: the rank is as large"
        " almost everywhere"
    ),
    "RANK_OF_AN_IMAGE": (
        "a polynomial image of a real algebraic set has the dimension of the largest rank of its"
        " differential"
    ),
    "SUM_OF_SQUARES": r"a sum of squares with positive coefficients is \(\ge 0\)",
    "SQUARE_IS_NONNEGATIVE": r"\(x x^{*}\) is positive semidefinite",
    "CRITICAL_ALONG_THE_GROUP": (
        r"\(\sum_{k} \langle G_k, a_k\rangle = 0\) for every \(a\) implies \(G = 0\); a value that"
        r" depends on \(X\) alone is one on a fibre"
    ),
    "BOUNDED_BY_A_DECREASING_NORM": (
        r"\(\tfrac{d}{dt} \lVert W \rVert^{2} \le 0\) keeps a trajectory in a ball, so it exists"
        " for ever"
    ),
    "TRAP_BY_SIGNS": (
        r"balanced and \(L \ge 2\): each \(w_i\) keeps its sign, so a direction with other signs is"
        " never reached"
    ),
    "TRAP_BY_DESCENT": (
        r"\(J\) never increases: a start with \(J < 0\) cannot cross a set where \(J = 0\)"
    ),
}
CITED = {
    "HOLDER": (
        r"\((\sum_{i} \prod_{\ell} a_{\ell,i}^{1/L})^{L} \le \prod_{\ell} \sum_{i} a_{\ell,i}\) for"
        r" \(a \ge 0\); H\"older with \(L\) equal exponents"
    ),
    "PSD_ROOT_UNIQUE": (
        r"a positive semidefinite matrix has exactly one positive semidefinite \(N\)-th root"
    ),
    "PROPER_MINIMUM": (
        "a continuous function with bounded sublevel sets attains its minimum on a non-empty closed"
        " set"
    ),
    "LOJASIEWICZ": (
        "a bounded trajectory of the gradient flow of an analytic function converges to a critical"
        " point"
    ),
    "PICARD_LINDELOF": "a locally Lipschitz field has unique solutions",
}


def statement_of(rule: str, tex: bool = False) -> str:
    """What a rule says, in words or in LaTeX. Raises KeyError for a rule outside both lists."""
    said = KERNEL[rule] if rule in KERNEL else CITED[rule]
    return said if tex else spoken(said)
