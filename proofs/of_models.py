"""True claims about networks, matrices and actions: what ``verify candidates`` compares with, which
need not wait for all the others.
"""

from importlib import import_module

from verify.claims.claim import Claim
from verify.claims.verdict import Verdict

KINDS = ("flow", "matrices", "action")  # of settings
FILES = """
    actions balance balanced_roots balancing critical degree_k dimensions euler
    factorisation.drift factorisation.several factorisation.singular_values
    factorisation.turning_frames fibre fisher_optimum fisher_unique gramian kempf_ness_everywhere
    kernel layer_norm learning linear_systems minimal_systems mirror moments multiplicative
    near_balance norm_balance nuclear_norm objectives one_orbit one_output_flow orbits quasi_norm
    quasi_norm_variants scatter_eigenvalues spectrum weight_decay zero_invariance
""".split()
_FOUND = [x for f in FILES for x in vars(import_module(f"proofs.{f}")).values()]
_CLAIMS = [c for c in _FOUND if isinstance(c, Claim) and c.setting.kind in KINDS]
OF_MODELS = tuple({c.id: c for c in _CLAIMS if c.expected is Verdict.PROVED}.values())
