"""Expressions: what an author writes, what is printed and what a certificate carries; of networks
and formulas, and of matrices.
"""
