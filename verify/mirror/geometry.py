r"""The geometry of a parametrisation theta -> beta = G(theta) in the space of functions, derived.

X_i = grad G_i, J the Jacobian with rows X_i, K = J J^T the tangent kernel. The gradient flow of a
loss L(beta) is theta' = -sum_i g_i X_i, beta' = -K g, with g = grad L. The leaf is the orbit of
the start under X_1..X_d. Below the metric of theta is 1; any constant one does as well (on a
subspace it is diagonal), with gradients raised by it. T^k_mi = X_m^T Hess(G_k) X_i is symmetric in
m and i.

**Criterion.** Let rank J = d at the start. Near it the flows of all losses are one mirror flow,
(d/dt) grad Q(beta) = -g, if and only if on the leaf

    (B)  T is totally symmetric; as T^k_mi - T^i_mk = (J [X_i, X_k])_m this is J [X_i, X_k] = 0,
    (A)  v(K) = 0 for every v tangent to the leaf with J v = 0: there K is a function of beta.

*The identity.* [X_i, X_k](G_m) = X_i(K_km) - X_k(K_im), and X_i(X_k . X_m) = T^k_mi + T^m_ki; the
second parts cancel.

*Necessary.* Along an embedded curve any g is the gradient of some loss; so h = grad Q satisfies
X_i(h_j o G) = delta_ij on what the flows reach, which has inner points in the leaf. Hence Dh K = I
there and K = (Dh)^-1 is a function of beta, which is (A); and 0 = [X_i, X_k](h_j o G) =
sum_m (Dh)_jm (J [X_i, X_k])_m with Dh invertible, which is (B). G is analytic, so that both hold
on the leaf. Therefore one word X_a .. X_b applied to (J [X_i, X_k])_m, or to v(K), that is not 0
at the start excludes a mirror flow: the function is not 0 on the leaf, arbitrarily near.

*Sufficient.* By (A) the X_i push forward to V_i = sum_j K_ij d/dbeta_j, and by (B) these commute.
The dual coframe w_j = sum_i (K^-1)_ij dbeta_i has dw_j(V_i, V_k) = -w_j([V_i, V_k]) = 0, so it is
closed, w_j = dh_j; as K^-1 is symmetric, h = grad Q, and Hess Q = K^-1 is positive definite.

**With a change of time** h' = -c g, c > 0 on the leaf: X_i h_j = c delta_ij gives J [X_i, X_k] =
mu_i K e_k - mu_k K e_i with mu_i = X_i log c. With S_ik = K^-1 J [X_i, X_k] this says

    (S_ik)_m = 0 for m other than i and k,  and (S_ik)_k = mu_i is the same for every k,

which says nothing for d = 2. For v = [X_i, X_k] - J^T S_ik, where J v = 0, it follows that v(K) =
v(log c) K, and from [X_i, X_k] log c that X_i mu_k - X_k mu_i = v(log c) (the other terms cancel).
If the outputs fall into two blocks without common parameters then J [X_i, X_k] = 0 between them,
and all mu_i are 0: c is constant, and a change of time gives nothing new.

**Where nothing has to be found.** One output: the leaf is a curve on which beta strictly grows, so
a mirror flow. Brackets that vanish identically: the leaf has dimension d and (A), (B) hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from verify.mirror.field import Element, Field

Rows = list[list[Element]]


@dataclass(frozen=True)
class Geometry:
    """Of some outputs; their parameters and letters are those that occur in them."""

    field: Field
    outputs: tuple[Element, ...]

    @property
    def count(self) -> int:
        return len(self.outputs)

    @cached_property
    def slopes(self) -> list[dict[int, Element]]:
        """The rows of J, what is not 0."""
        return [self.field.derived(f) for f in self.outputs]

    @cached_property
    def fields(self) -> list[dict[int, Element]]:
        """X_i by parameter: the slopes raised by the metric, which is 1 but on a subspace."""
        weights = self.field.weights
        return [
            {k: f if weights[k] == 1 else self.field.number(weights[k]) * f for k, f in row.items()}
            for row in self.slopes
        ]

    @cached_property
    def parameters(self) -> list[int]:
        return sorted({k for row in self.slopes for k in row})

    @cached_property
    def letters(self) -> list[int]:
        """Those that occur, or depend on parameters that move, in their order."""
        own = set(self.parameters)
        found = own | {g for f in self.outputs for g in f.letters()}
        return sorted(found)

    @cached_property
    def moves(self) -> list[dict[int, Element]]:
        """X_i of each letter, what is not 0."""
        return [self._moved(row) for row in self.fields]

    def _moved(self, row: dict[int, Element]) -> dict[int, Element]:
        found: dict[int, Element] = {}
        for g in self.letters:
            for k, rate in self.field.rates[g].items():
                if k in row:
                    part = row[k] * rate
                    found[g] = found[g] + part if g in found else part
        return found

    def along(self, i: int, f: Element) -> Element:
        """X_i f."""
        found = self.field.number(0)
        for g in f.letters():
            if g in self.moves[i]:
                found = found + f.partial(g) * self.moves[i][g]
        return found

    @cached_property
    def kernel(self) -> Rows:
        """K = J J^T."""
        return [[self._product(a, b) for b in self.fields] for a in self.slopes]

    def _product(self, a: dict[int, Element], b: dict[int, Element]) -> Element:
        found = self.field.number(0)
        for k in sorted(a.keys() & b.keys()):
            found = found + a[k] * b[k]
        return found

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        return list(combinations(range(self.count), 2))

    @cached_property
    def defects(self) -> dict[tuple[int, int, int], Element]:
        """(J [X_i, X_k])_m for i < k and each m."""
        found = {}
        for i, k in self.pairs:
            for m in range(self.count):
                first = self.along(i, self.kernel[k][m])
                found[i, k, m] = first - self.along(k, self.kernel[i][m])
        return found

    @cached_property
    def brackets(self) -> dict[tuple[int, int], dict[int, Element]]:
        """[X_i, X_k] for i < k, by parameter; what is not 0."""
        return {(i, k): self.bracket(i, k) for i, k in self.pairs}

    def bracket(self, i: int, k: int) -> dict[int, Element]:
        """[X_i, X_k] by parameter."""
        left, right = self.fields[i], self.fields[k]
        found = {}
        for a in self.parameters:
            x = self.field.number(0)
            if a in right:
                x = self.along(i, right[a])
            if a in left:
                x = x - self.along(k, left[a])
            if not x.nothing:
                found[a] = x
        return found

    def apply(self, v: dict[int, Element], f: Element) -> Element:
        """v(f) for a field v, by parameter."""
        found = self.field.number(0)
        for k, slope in self.field.derived(f).items():
            if k in v:
                found = found + v[k] * slope
        return found


def blocks(field: Field, outputs: Sequence[Element]) -> list[list[int]]:
    """Outputs that are connected by common parameters, in order."""
    found: list[tuple[set[int], list[int]]] = []
    for n, f in enumerate(outputs):
        own, members = set(field.derived(f)), [n]
        for other in [x for x in found if x[0] & own]:
            found.remove(other)
            own, members = own | other[0], other[1] + members
        found.append((own, sorted(members)))
    return sorted(members for _, members in found)
