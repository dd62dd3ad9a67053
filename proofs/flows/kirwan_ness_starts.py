"""Starts of the Kirwan-Ness flow: balanced tuples of given singular values, turned by the group."""

from fractions import Fraction

from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.starts import turned_tuple
from verify.integrate.system import Moment, Scalar, System

FRAME = ((Fraction(1), Fraction(1, 2)), (Fraction(0), Fraction(3, 2)))
OTHER = ((Fraction(1), Fraction(1, 2)), (Fraction(-1, 3), Fraction(3, 2)))
THIRD = ((Fraction(1), Fraction(0)), (Fraction(1, 4), Fraction(2)))
FLOW = "gradient flow of ||G||^2/2 on tuples, G_k = W_k W_k^T - W_(k+1)^T W_(k+1)"


def two_layers() -> System:
    """sigma = (1, 1/4)."""
    roots = (Fraction(1), Fraction(1, 2))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME,)), roots)


def two_layers_wide() -> System:
    """sigma = (4, 1/4)."""
    roots = (Fraction(2), Fraction(1, 2))
    return kirwan_ness_flow(turned_tuple(roots, (OTHER,)), roots)


def three_layers() -> System:
    """sigma = (27/8, 1)."""
    roots = (Fraction(3, 2), Fraction(1))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER)), roots)


def three_layers_large() -> System:
    """sigma = (27, 8)."""
    roots = (Fraction(3), Fraction(2))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER)), roots)


def in_units_of_root_two(moment: Moment) -> Scalar:
    """(2 + sqrt 2)/2."""
    return (2 + moment.number(Fraction(2)).sqrt()) * Fraction(1, 2)


def four_layers() -> System:
    """sigma = (81/16, 1)."""
    roots = (Fraction(3, 2), Fraction(1))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER, THIRD)), roots, in_units_of_root_two)
