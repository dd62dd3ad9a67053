"""Engines for stiff flows: implicit collocation, polynomials in Chebyshev form."""
