"""Moment maps from linear group actions, the symmetry algebra of a parametrisation, and counts of
its quadratic laws.
"""
