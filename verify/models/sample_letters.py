"""The families of samples and their quantities as mathematics: a closed list, one spelling beside
each name.
"""

from __future__ import annotations

from collections.abc import Mapping

from verify.spelling.notation import name

_FRAMES = (
    r"\(X = R\,\Sigma\,S^{T}\) with \(R\) and \(S\) rational and orthogonal, \(\Sigma\) rational"
    r" with"
    r" distinct entries"
)
_ENTRY = (
    r"\(A_N = \sum_{p=1}^{N} \sigma_k^{2(N-p)/N} \sigma_l^{2(p-1)/N}\), an eigenvalue of"
    r" \(A_{N,X}\) in the frames of \(X\)"
)
#: what is drawn, by the family's name
DRAWN_FROM: Mapping[str, str] = {
    "integral": (
        r"the map \(A(P) = \sum_{p=1}^{N} (X X^{T})^{(N-p)/N} P (X^{T} X)^{(p-1)/N}\) for "
        + _FRAMES
        + r"; \(Y\) and \(Z\) rational of size \(d\)"
    ),
    "entropy": (
        r"the orbit of balanced tuples at \(C\), " + _FRAMES + r"; the basis \(E_{ij} - E_{ji}\),"
        r" \(i < j\), of \(\mathfrak{so}_d\) for each of the \(N - 1\) hidden layers"
    ),
    "depth": _ENTRY + r"; \(\sigma_k\) and \(\sigma_l\) rational, \(\sigma_k \sigma_l \ne 1\)",
    "equal": _ENTRY + r"; \(\sigma_k = \sigma_l\) rational, not 1",
    "reciprocal": _ENTRY + r"; \(\sigma_k\) rational, \(\sigma_l = 1/\sigma_k\)",
    "schatten": (
        r"the layers \(W_k = g_k C_k g_{k-1}^{-1}\) on the fibre of \(X\), \(g\) rational, \(C\)"
        r" balanced, " + _FRAMES
    ),
    "largest": (
        r"diagonal rational tuples of \(N\) layers of size 2 with the product \(X\) whose largest"
        r" singular values add up to \(N \sigma_{\max}(X)^{1/N}\)"
    ),
    "fibre": (
        r"the layers \(W_k = g_k U_k g_{k-1}^{-1}\) on the fibre of \(X\), \(g\) rational, \(U\) a"
        r" balanced lift of \(X\) with \(\sigma_i = \lambda_i^{N}\), \(i \le r\)"
    ),
}
_SPELT: Mapping[str, str] = {
    "(sin(pi/N)/pi) int_0^oo t^(1/N) <Y, (X X^T + t)^(-1) Z (X^T X + t)^(-1)> dt": (
        r"\frac{\sin(\pi/N)}{\pi} \int_0^{\infty} t^{1/N} \langle Y, (X X^{T} + t)^{-1} Z"
        r" (X^{T} X + t)^{-1}\rangle\,dt"
    ),
    "<Y, A^(-1)(Z)>": r"\langle Y, A^{-1}(Z)\rangle",
    "sqrt det <w_a, w_b>": r"\sqrt{\det \langle w_a, w_b\rangle}",
    "2^((N-1) d(d-1)/4) sqrt(van(Sigma^2)/van(Sigma^(2/N)))": (
        r"2^{(N-1) d (d-1)/4} \sqrt{\frac{\operatorname{van}(\Sigma^{2})}"
        r"{\operatorname{van}(\Sigma^{2/N})}}"
    ),
    "the formula with van(Sigma^(1/N)) in place of van(Sigma^(2/N))": (
        r"2^{(N-1) d (d-1)/4} \sqrt{\frac{\operatorname{van}(\Sigma^{2})}"
        r"{\operatorname{van}(\Sigma^{1/N})}}"
    ),
    "(sigma_k^2 - sigma_l^2)/(log sigma_k^2 - log sigma_l^2)": (
        r"\frac{\sigma_k^{2} - \sigma_l^{2}}{\log \sigma_k^{2} - \log \sigma_l^{2}}"
    ),
    "A_N/N": r"\frac{A_N}{N}",
    "N (A_N/N - limit)/limit": r"N\,\frac{A_N/N - \lim A_N/N}{\lim A_N/N}",
    "-log(sigma_k sigma_l)": r"-\log(\sigma_k \sigma_l)",
    "-log(sigma_k sigma_l)/2": r"-\tfrac{1}{2} \log(\sigma_k \sigma_l)",
    "sum_k ||W_k||_(S_p)": r"\sum_{k} \lVert W_k \rVert_{S_p}",
    "sum_k ||C_k||_(S_p)": r"\sum_{k} \lVert C_k \rVert_{S_p}",
    "N ||X||_(S_(p/N))^(1/N)": r"N\,\lVert X \rVert_{S_{p/N}}^{1/N}",
    "101/100 of N ||X||_(S_(p/N))^(1/N)": (r"\tfrac{101}{100}\,N\,\lVert X \rVert_{S_{p/N}}^{1/N}"),
    "sum_k sigma_max(W_k)": r"\sum_{k} \sigma_{\max}(W_k)",
    "N sigma_max(X)^(1/N)": r"N\,\sigma_{\max}(X)^{1/N}",
    "N sigma_min(X)^(1/N)": r"N\,\sigma_{\min}(X)^{1/N}",
    "N sum sigma^(2/N)": r"N \sum_{i} \sigma_i^{2/N}",
    "101/100 of N sum sigma^(2/N)": r"\tfrac{101}{100}\,N \sum_{i} \sigma_i^{2/N}",
}


def spelt(quantity: str) -> str:
    """A quantity of a family as mathematics."""
    return _SPELT.get(quantity) or name(quantity)
