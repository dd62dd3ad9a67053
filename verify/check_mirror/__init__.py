"""Reader of ``verify mirror --format json``.

    python -I -S verify/check_mirror FILE...

Standard library only, and nothing of what found the answer. From outputs, letters and start alone
it derives the slopes J, the fields X_i and K = J J^T, and checks

- of a potential: X_i h_j = c delta_ij, laws and dual as identities of rational functions, c > 0,
  rank J = d at the start, and why h is a function of the outputs on the leaf; formulas in beta, as
  roots of stated relations, where the start says which root; the integral of a monomial;
- of an exclusion: the stated value of a derivative along the fields at the start, which is not 0.

It prints the sentence that it has checked. Names are not read; nor is a start at which a letter is
not rational. Exit code 0 accepted, 1 refused, 2 not such a record.
"""

from verify.check_mirror.base import NotACertificate, Refused
from verify.check_mirror.command import check, load, main

__all__ = ["NotACertificate", "Refused", "check", "load", "main"]
