"""Kinds of conclusion: a closed list, one file each."""

from verify.conclusions.agrees import Agrees
from verify.conclusions.base import Conclusion, Hints
from verify.conclusions.conserved import Conserved
from verify.conclusions.decays import Decays
from verify.conclusions.equation import Equation
from verify.conclusions.grows import Grows, Tends
from verify.conclusions.inequality import Inequality
from verify.conclusions.keeps_sign import KeepsSign
from verify.conclusions.limit_direction import LimitDirection
from verify.conclusions.linear_law import LinearLaw
from verify.conclusions.never_below import NeverBelow
from verify.conclusions.order import Order
from verify.conclusions.tends_at_order import TendsAtOrder
from verify.conclusions.throughout import Throughout

KINDS = (Equation, Conserved, LinearLaw, KeepsSign, Inequality, LimitDirection, Order)
ALONG = (Throughout, Grows, Tends, Decays)  # of concrete trajectories
SAMPLED = (Agrees, NeverBelow, TendsAtOrder)  # of samples
__all__ = [
    "ALONG",
    "KINDS",
    "SAMPLED",
    "Agrees",
    "Conclusion",
    "Conserved",
    "Decays",
    "Equation",
    "Grows",
    "Hints",
    "Inequality",
    "KeepsSign",
    "LimitDirection",
    "LinearLaw",
    "NeverBelow",
    "Order",
    "Tends",
    "TendsAtOrder",
    "Throughout",
]
