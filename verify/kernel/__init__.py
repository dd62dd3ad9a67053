"""The kernel: one small reader of certificates, version 2 (``FORMAT.md`` beside this file).

``python -I -S verify/kernel FILE...``: 0 accepted, 1 refused, 2 not a certificate. Standard library
only; nothing of this project outside this folder is imported. Read in this order: ``limits``,
``load``, ``affine``, ``letters``, ``monomials``, ``ring``, ``terms``, ``motion``,
``vary``, ``names``, ``read``, ``facts``, ``made``, ``setting``, ``rules``, ``conclusions``,
``exact``, ``points``, ``sentence``, ``certificate``.
"""
