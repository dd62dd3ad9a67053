"""Matrix completion of 2 x 2 entries from multiples of the identity, and from a swapped one."""

from fractions import Fraction

from proofs.flows.completion_flow import OBSERVED
from proofs.flows.matrix_flow import matrix_flow
from verify.integrate.system import System

TENTH = ((Fraction(1, 10), Fraction(0)), (Fraction(0), Fraction(1, 10)))
SWAPPED = (TENTH[0][::-1], TENTH[1][::-1])


def completion(first: tuple, second: tuple) -> System:
    """W = second first, entries W_i,j and det W as quantities."""
    return matrix_flow([first, second], OBSERVED)


def from_identity() -> System:
    return completion(TENTH, TENTH)


def from_swapped() -> System:
    """det W(0) = -1/10000, W symmetric with w11 = 0: it stays 0."""
    return completion(SWAPPED, TENTH)
