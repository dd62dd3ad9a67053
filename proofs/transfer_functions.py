"""Orbits of linear systems (A, B, C) under GL_n against transfer functions: section 1.3.1 of
arXiv:2511.01137v2 says that the triples with given H(z) = C (z I - A)^-1 B form one orbit.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.of_actions import (
    OneOrbit,
)
from verify.claims.verdict import Verdict
from verify.models.action import Action, LinearSystem

PRINTED = Source(LINDSEY_MENON.arxiv, "section 1.3.1")

ERR_MINIMAL = Claim(
    id="err-minimal",
    title="as printed: triples with one transfer function as one orbit",
    setting=Action((LinearSystem(2),)),
    assuming=(),
    concluding={"orbit": OneOrbit()},
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="ls-minimal-orbit",
)
