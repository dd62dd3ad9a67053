"""A standing campaign against the toolkit: statements drawn at random, true by construction or
false at an exact state.

It shares no code with the judge. Claims are written as Python source with the public constructors,
so that each one is its own reproduction; whether they are true is decided here, by fractions,
series and matrices of its own.
"""
