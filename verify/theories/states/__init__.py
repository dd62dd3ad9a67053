"""Exact states of networks: drawn so that they satisfy the hypotheses of a sentence, and tried
against it.
"""
