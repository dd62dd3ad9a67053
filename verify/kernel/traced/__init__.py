"""Certificates of ``verify discover``: the laws of a traced model, and that they are all.

Their own rules of the kernel: from the kernel beside it come only the reading of JSON and what a
refusal is. Read in this order: ``effort``, ``variables``, ``operations``, ``program``, ``moves``,
``laws``, ``modular``, ``machine``, ``enclose``, ``gates``, ``hypotheses``, ``count``,
``symmetries``, ``read``.
"""
