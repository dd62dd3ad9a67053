"""The kernel A(Z) = sum_p M^(N-p) Z S^(p-1) of Hermitian M and S."""

from verify.terms.affine import N, p
from verify.terms.letters import Letter
from verify.terms.matrices import const, letter, total

M, S = letter("M"), letter("S")
Z = letter("Z")
ANY = (
    Letter("M", "m", "m", form="hermitian"),
    Letter("S", "n", "n", form="hermitian"),
    Letter("Z", "m", "n"),
)
AZ = total(M ** (N - p) * Z * S ** (p - 1))
mu, nu = const("mu"), const("nu")
