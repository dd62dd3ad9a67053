"""Kinds of conclusion: a closed list, one file each."""

from verify.claims.conclusions.agrees import Agrees
from verify.claims.conclusions.base import Conclusion, Hints
from verify.claims.conclusions.conserved import Conserved
from verify.claims.conclusions.decays import Decays
from verify.claims.conclusions.equation import Equation
from verify.claims.conclusions.grows import Grows, Tends
from verify.claims.conclusions.inequality import Inequality
from verify.claims.conclusions.keeps_sign import KeepsSign
from verify.claims.conclusions.limit_direction import LimitDirection
from verify.claims.conclusions.linear_law import LinearLaw
from verify.claims.conclusions.never_below import NeverBelow
from verify.claims.conclusions.order import Order
from verify.claims.conclusions.reaches import Reaches
from verify.claims.conclusions.tends_at_order import TendsAtOrder
from verify.claims.conclusions.throughout import Throughout

KINDS = (Equation, Conserved, LinearLaw, KeepsSign, Inequality, LimitDirection, Order)
ALONG = (Throughout, Reaches, Grows, Tends, Decays)  # of concrete trajectories
ENCLOSED = (Throughout, Reaches)  # what enclosures decide of these; the others are measured
SAMPLED = (Agrees, NeverBelow, TendsAtOrder)  # of samples
__all__ = [
    "ALONG",
    "ENCLOSED",
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
    "Reaches",
    "Tends",
    "TendsAtOrder",
    "Throughout",
]
