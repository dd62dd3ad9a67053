"""Implicit bias of signed powers w_+^D - w_-^D: where gradient flow from an unbiased start ends,
without following it; the interpolators that the limits are compared with, exactly.
"""
