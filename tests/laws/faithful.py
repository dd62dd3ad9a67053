"""What the two catalogues expect of each name, and each thing that a claim once said less, or more,
than its catalogue, with the claims that say it today. ``test_claims`` looks at what is judged.

A row of ROWS is a claim and texts that stand in what was judged of it: its verdict, its setting and
sentence, its scopes and witnesses. OPEN names the rows of which no claim states all.
"""

from __future__ import annotations

EVERY = "every depth, every width"
SIZES = "every depth, every size"
VALUES = "every value of "

#: name: verdict, what it is given, and how every scope begins
EXPECTED: dict[str, tuple[str, tuple[str, ...], str]] = {
    "lda-euler": ("PROVED", (), EVERY),
    "diag-balance": ("PROVED", (), EVERY),
    "lda-layer-norm": ("PROVED", (), EVERY),
    "lda-mult": ("PROVED", (), EVERY),
    "quasi-norm": ("PROVED", (), EVERY),
    "quasi-norm-near-balance": ("PROVED", (), EVERY),
    "quasi-norm-bound": ("PROVED", ("HOLDER",), EVERY),
    "quasi-norm-degree-k": ("PROVED", (), EVERY),
    "lda-gd-identity": ("PROVED", (), EVERY),
    "lda-mirror": ("PROVED", (), f"{EVERY}, while w_i != 0"),
    "lda-zero-invariance": ("PROVED", (), "every depth >= 2, every width"),
    "lda-direction": ("SUPPORTED", (), "3 sampled starts"),
    "dln-moments-conserved": ("PROVED", (), SIZES),
    "dln-weight-decay": ("PROVED", (), SIZES),
    "dhl-layer-norm": ("PROVED", (), SIZES),
    "dln-first-variation": ("PROVED", (), SIZES),
    "dln-fiber-metric": ("PROVED", (), SIZES),
    "dln-moment-pushforward": ("PROVED", (), SIZES),
    "dln-regflow": ("PROVED", (), SIZES),
    "dln-kirwan-ness": ("PROVED", (), SIZES),
    "dln-kn-dissipation": ("PROVED", (), SIZES),
    "err-kn-constant": ("PROVED", (), SIZES),
    "dln-kn-norm": ("PROVED", (), SIZES),
    "dln-learning-flow": ("PROVED", (), SIZES),
    "dln-reg-learning": ("PROVED", (), SIZES),
    "err-normal": ("PROVED", (), SIZES),
    "ach-end-to-end": ("PROVED", (), "every size"),
    "dln-H-spectrum": ("PROVED", (), SIZES),
    "dln-gN-kernel": ("PROVED", (), "every size"),
    "dln-volume": ("PROVED", (), VALUES),
    "hm-gramian": ("PROVED", (), "every size"),
    "dln-regflow-d1": ("PROVED", (), VALUES),
    "err-ou-density": ("PROVED", (), VALUES),
    "err-ou-dt": ("PROVED", (), VALUES),
    "ach-no-potential": ("PROVED", (), VALUES),
    "dln-kempf-ness": ("PROVED", ("PROPER_MINIMUM", "PSD_ROOT_UNIQUE"), SIZES),
    "dln-kn-value": ("PROVED", ("PROPER_MINIMUM", "PSD_ROOT_UNIQUE"), SIZES),
    "dln-hidden-convexity": ("PROVED", (), SIZES),
    "dln-kn-limit": ("PROVED", ("LOJASIEWICZ",), SIZES),
    "dln-fiber-orbit": ("PROVED", (), "every depth >= 2, every square size"),
    "err-orbit-entry": ("PROVED", (), "every depth >= 2, every square size"),
    "err-alignment": ("PROVED", (), "every depth >= 2, every square size"),
    "ls-norm-balance": ("PROVED", (), "every size"),
    "dln-dim": ("PROVED", (), "near the printed W; 6 models"),
    "err-orthogonal": ("PROVED", (), ""),  # every theta, and almost every theta
    "amb-solvable": ("PROVED", (), "almost every theta; 4 models"),
    "amb-norm": ("PROVED", (), VALUES),
    "err-coarea": ("PROVED", (), VALUES),
    "dln-ou-bayes": ("PROVED", (), VALUES),
    "open-p1": ("PROVED", (), "every size"),
    "err-minimal": ("REFUTED", (), ""),
    "dln-fast-slow": ("ENCLOSED", (), "from 'W_1, W_2 unbalanced"),
    "dln-kn-rate": ("SUPPORTED", (), "'N = 2, sigma = (1, 1/4)'"),
    "dln-regflow-energy": ("SUPPORTED", (), "'N = 2, sigma = (1, 1/4)'"),
    "hm-riccati": ("SUPPORTED", (), "'W_c = W_o = [[2, 1], [1, 2]], h = (1, 3)'"),
    "dln-infinite-depth": ("SUPPORTED", (), "5 instances"),
    "dln-entropy": ("SUPPORTED", (), "20 instances"),
    "bah-integral": ("SUPPORTED", (), "15 instances"),
    "bah-convergence": ("SUPPORTED", (), "'a generic start'"),
    "lm-schatten": ("SUPPORTED", (), "180 instances"),
}

Said = tuple[str, ...]  # a claim and texts of what was judged of it
ROWS: dict[str, tuple[Said, ...]] = {
    "dln-weight-decay": (
        ("dln-weight-decay-uneven", "REFUTED", "1/2 kappa sum_(p=1..N-1) ||W_p||^2", "kappa = 1/3"),
        ("dln-weight-decay-each", "PROVED", "sum_(p=1..N-1) rate_p ||W_p||^2", "rate_k W_k W_k*"),
    ),
    "dln-gN-kernel": (
        ("dln-gn-kernel", "PROVED", "(mu - nu) sum_(p=1..N)"),
        ("dln-gn-kernel-equal", "PROVED", "Z S = mu Z", "= N mu^(N-1) Z"),
    ),
    "amb-norm": (
        ("amb-norm", "PROVED", "(w1 + w2)^2 = (w1 - w2)^2 + 4 w1 w2", "(G)' = -2 (w1 - w2)"),
        ("amb-norm-rate", "REFUTED", "e^(-2 t)"),
    ),
    "dln-ou-bayes": (("ou-bayes", "PROVED", "(q)' = -kappa (w1 - w2)^2 q/2", "w1 - w2 != 0"),),
    "ach-end-to-end": (  # of a row of any length; the flow and the roots are its links
        ("ach-end-to-end", "PROVED", "= r^(N-1) (g + (N - 1) r^(-N) g w* w)", "w w* = r^N"),
        ("dln-learning-flow", "PROVED", "balanced", "d/dt X = -sum_(p=1..N) M^(N-p) P S^(p-1)"),
        ("ach-motion", "PROVED", "(w1)' = -p^2 (g1 + (N - 1) (w1 g1 + w2 g2) w1/(p a)^2)"),
        ("ach-motion-unbalanced", "REFUTED", "(w1)' ="),
        # of any number of inputs: |w|^2 w' = -p^2 (|w|^2 g + M w <w, g>), N = M + 1
        ("ach-motion-row", "PROVED", "(sum_j w_j^2) (w_i)' = -p^2", "all finite sets inputs"),
    ),
    "dln-kempf-ness": (
        ("dln-kempf-ness", "PROVED", "attained exactly where G_k = 0 for every k"),
        ("dln-one-orbit", "PROVED", "U_k* U_k = 1", "U_k W_k = V_k U_(k-1)", "balanced"),
    ),
    "dln-fiber-orbit": (
        ("dln-fiber-orbit", "PROVED", "W_1 = g_1 L R*"),
        (
            "dln-fiber-free",
            "PROVED",
            "each A_k has an inverse",
            "h_k = 1 for k = 0..N",
            "h_0 = [2]",
        ),
        ("dln-fiber-orbit-singular", "REFUTED", "X = 0"),
    ),
    "dln-fiber-metric": (
        ("dln-fiber-metric", "PROVED", "sum_(p=1..N-1) <H_p(b), b_p> >= 0"),
        ("dln-fiber-metric-definite", "PROVED", "each A_k has an inverse", "a_k = b_k for k"),
        # the state that needs it is balanced with a singular X: there H is singular
        ("dln-fiber-metric-definite", "W_1 = [1 0; 0 0], W_2 = [1 0; 0 0]", "a_1 = [0 0; 0 1]"),
    ),
    "dln-H-spectrum": (
        ("dln-h-spectrum-step", "PROVED", "s0 + s2 = 2 c s1", "d2 = 2 b c d1 - b^2 d0"),
        ("dln-h-spectrum-all", "PROVED", "d5 = 2 b^5 c (4 c^2 - 1) (4 c^2 - 3)"),
        ("dln-h-spectrum-unbalanced", "REFUTED", "w1^2 + w2^2 = 2 w1 w2"),
        ("dln-h-spectrum-misread", "REFUTED", "lam^2 + mu^2 - lam mu gamma"),
    ),
    "dln-learning-flow": (
        ("dln-learning-gradient", "PROVED", "<d/dt X, V> = -<P, sum_(p=1..N) M^(N-p) V S^(p-1)>"),
        ("dln-learning-gradient", "= <V, sum_(p=1..N) M^(N-p) P S^(p-1)>", "||A_p* P B_p*||^2"),
    ),
    "dln-regflow": (
        ("dln-regflow", "PROVED", "G_k(t) = G_k(0) e^(-2 t)", "-sum_(p=1..N) ||(w_b)_p||^2"),
        ("dln-regflow-unhalved", "PROVED", "e^(-4 t)"),
        ("amb-norm-rate", "REFUTED", "gradient flow of w1 + w2 on the fibre"),
    ),
    "dln-regflow-d1": (
        ("dln-regflow-d1-unique", "PROVED", "(s1 s2 s3 s4)' > 0"),
        ("dln-regflow-d1-step", "PROVED", "(p s)' > 0"),
        ("dln-regflow-d1", "PROVED", "w1 w2 = x"),
    ),
    "dln-kn-rate": (
        ("kn-rate", "SUPPORTED", "at the rate 2", "N = 2, sigma = (1, 1/4)"),
        ("kn-rate-large", "SUPPORTED", "at the rate 16", "N = 3, sigma = (27, 8)"),
        ("kn-rate-four", "SUPPORTED", "at the rate 4", "N = 4, sigma = (81/16, 1)"),
        ("kn-scalar", "PROVED"),
        ("kn-exponential", "REFUTED", "there G = -(1/4)/(t + 1/4)"),
    ),
    "hm-gramian": (
        ("hm-gramian-bound", "PROVED", "- 2 Re Tr(R) >= 0"),
        ("hm-gramian-unique", "PROVED", "P = S^(-1) R S^(-1)"),
        ("hm-gramian-values", "PROVED", "Re Tr(S R S^(-1)) = Re Tr(R)"),
        ("hm-gramian-link", "PROVED", "||g A||^2 + ||B g^(-1)||^2"),
    ),
    "ls-norm-balance": (
        ("ls-norm-balance", "PROVED", "every size"),
        ("ls-norm-open-orbit", "PROVED", "(f)' > 0", "f - A^2 > 0"),
    ),
    "dln-dim": (
        ("dln-dim", "PROVED", "dimension 1, 1, 5, 6, 12, 15"),
        ("dln-dim-leaf", "PROVED", "of dimension 14, 9, 10, 4"),
        ("dln-dim-low-rank", "REFUTED", "= 17; the set has dimension 14"),
        ("dln-volume-any-depth", "PROVED", "N > 0", "/N^3 = 1"),
    ),
    "dln-moments-conserved": (
        ("dln-descent-balance", "REFUTED", "after a step G_k = 0", "d = (2, 2, 2)"),
    ),
    "dln-infinite-depth": (("dln-infinite-depth-equal", "SUPPORTED", "'sigma_k^2'"),),
    "dln-fast-slow": (("fast-slow-large", "ENCLOSED", "kappa = 8", "E > 1"),),
    "lm-schatten": (
        ("lm-schatten", "SUPPORTED", "every difference decided; the closest lies 4.92e-6"),
        ("lm-schatten-infinity", "REFUTED", "'||G||^2' = 289/625"),
        ("lm-schatten-value-infinity", "SUPPORTED", "'sum_k sigma_max(W_k)'"),
    ),
    "bah-convergence": (
        ("bah-convergence", "SUPPORTED", "J -> 49/32", "near the saddle's direction", "unbalanced"),
        ("bah-convergence-square", "SUPPORTED", "J -> 0"),
        ("bah-every-start", "REFUTED", "J lies in [2, 2.01]"),
    ),
    "err-ou-density, err-alignment": (
        ("ou-density", "PROVED", "p = exp(-beta kappa x^2/2)"),
        ("dln-alignment", "PROVED", "V_(k+1)* U_k L^2 = L^2 V_(k+1)* U_k"),
    ),
    "err-ou-dt": (
        ("ou-mean", "PROVED", "(m)' = -kappa m"),
        ("ou-mean-printed", "REFUTED", "c = -kappa m0", "h = 0"),
    ),
    "open-p1": (
        ("open-p1", "PROVED", "X invertible", "= 1/2 (||S^(-2) V S||^2 + ||S^(-1) V||^2)"),
        ("lm-nuclear-bend", "PROVED", "<d/dt (X R^(-1)), Y> = Re Tr(R^(-1) (Y* Y - Q Q))"),
    ),
    "err-minimal, err-coarea": (
        ("ls-minimal-orbit", "PROVED", "L2 O1 A1 = A2 L2 O1", "C2 L2 O1 = C1"),
        ("coarea-weight", "PROVED", "J^2 = (w1)'^2 + (w2)'^2", "q = p (w1)'/(d/dw2(w1 w2))"),
        ("coarea-printed", "REFUTED", "r = p J", "r/q is constant"),
    ),
    "lda-direction": (
        ("lda-direction", "SUPPORTED", "where m'w > 0 at the start, and to the opposite one where"),
        ("lda-signs-alone", "REFUTED", "m'w keeps its sign for ever"),
        ("lda-fisher-optimum", "PROVED", "= ||T (w - v)||^2"),
        ("lda-fisher-unique", "PROVED", "w = v"),
        ("lda-fisher-singular", "REFUTED", "T = [1 0; 0 0]"),
    ),
    "lda-mirror": (
        ("lda-mirror-potential", "PROVED", "phi = L q/(2 (2 - L))", "(d/da(phi))' = -g"),
        ("lda-mirror-potential", "d/da(d/da(phi)) > 0", "q = 2 (2 - L) phi/L"),
        ("lda-mirror-entropy", "PROVED", "phi = (a y - a)/2", "(m)' = -g"),
        ("lda-mirror-entropy-multiple", "REFUTED", "(phi)' a = phi (a)'"),
    ),
    "quasi-norm-bound": (
        ("quasi-norm-bound-equality", "PROVED", "= (a1 b2 - a2 b1)^2 + (a1 b3 - a3 b1)^2 +"),
        ("quasi-norm-bound-met", "REFUTED"),
        ("quasi-norm-bound", "PROVED", "given HOLDER"),  # its slack: test_slack
    ),
    "lda-gd-identity": (
        ("lda-gd-conserves", "REFUTED"),
        ("quasi-norm-descent", "REFUTED", "next(sum_i |w_i|^(2/L)) - sum_i |w_i|^(2/L) = 4/32805"),
        ("diag-balance-descent", "PROVED", "next(u_(l,i)^2 - u_(m,i)^2) = "),
    ),
    "lda-zero-invariance": (
        ("lda-two-layers", "PROVED", "u_(l,i) + u_(m,i) = 0 at the start implies"),
        ("lda-blocked", "PROVED", "y = (a)^(2/L - 1)", "(y)' = (L - 2) g"),
        ("lda-blocked-depth-two", "PROVED", "e^(-2 g t)"),
    ),
    "diag-balance": (
        ("diag-balance-one-layer", "PROVED", "(u1^2 - u2^2)' = -2 kappa u1^2"),
        ("diag-balance-one-layer-kept", "REFUTED", "u1 = 1, u2 = 1"),  # balanced, and broken
        ("diag-balance-decay", "PROVED", "e^(-2 kappa t)"),
    ),
    "sections 3, 4 of deep_lda.md": (
        ("lda-eigenvalues", "PROVED", "Re Tr(Y D* B D) = Re Tr(S^(-1) B)"),
        ("lda-eigenvalues-output-space", "PROVED", "(v)' > 0", "lam > 0"),
        ("quasi-norm-ray", "PROVED", "(q)' > 0"),  # reading 5: each ray meets a level once
        ("lda-fisher-unique", "PROVED", "w = v"),  # reading 6: one optimal direction
        ("lda-depth-sparser", "REFUTED", "w2/w1 < 27/200"),  # reading 7
        ("lda-direction-depths", "SUPPORTED", "depth 3", "depth 1"),
    ),
    "from the documents": (
        ("quasi-norm-decay", "PROVED", "e^(-2 kappa t)"),
        ("quasi-norm-decay-kept", "REFUTED"),
        ("dln-learning-gradient", "PROVED"),
        ("dln-reg-learning", "PROVED", "- N kappa X"),  # training: this beside dln-weight-decay
        ("dln-kn-limit", "PROVED", "the flow converges to one point"),
        ("hm-gramian-link", "PROVED"),  # at N = 2 the Gramian value is that of dln-kn-value
    ),
}

#: rows of which no claim states all; the claim of that name says what, and why, where it is read
OPEN = (
    "dln-kempf-ness",
    "dln-H-spectrum",
    "dln-regflow",
    "dln-regflow-d1",
    "dln-kn-rate",
    "dln-dim",
    "lm-schatten",
    "lda-direction",
    "quasi-norm-bound",
)
