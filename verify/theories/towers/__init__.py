"""The theory of scalar formulas: towers, places where they are rational, and what it supplies to
the judge.
"""
