"""Whether the gradient flow of a parametrisation theta -> beta is a mirror flow in beta, and of
which potential; or the exact point that excludes one.

What is decided, and why it may be: ``verify.mirror.geometry``.
"""
