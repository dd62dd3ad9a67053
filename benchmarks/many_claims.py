"""A folder for PYTHONPATH with a handwritten distribution that ships generated claims, each in a
module of its own.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = "many_claims"
PREFIX = "many-"

_MODULE = '''"""Generated: layer norms under a loss of degree 0, with a coefficient of its own."""

from verify.terms.expr import L, num, q, total
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow

Q = num({number}) * total("i", q["i"])
CLAIM = Claim(
    id="{prefix}{number}",
    title="{number} times the quasi-norm is conserved",
    setting=Flow(),
    assuming=(Homogeneous(), Balanced()),
    concluding={{"conserved": Conserved(Q)}},
    experiments=(
        Drift(
            "conserved", Conserved(total("i", q["i"] ** (1 + L / 20))), named="exponent 2/L + 1/10"
        ),
    ),
    breaks=(Break("euler"), Break("balance")),
    source=Source("0000.00000v1", note="generated"),
)
'''


def ship(folder: Path, count: int) -> Path:
    """Write ``count`` claims below ``folder`` and return what goes on PYTHONPATH."""
    site = folder / f"site_{count}"
    package, dist = site / PACKAGE, site / f"{PACKAGE}-1.0.dist-info"
    package.mkdir(parents=True)
    dist.mkdir()
    for number in range(1, count + 1):
        text = _MODULE.format(number=number, prefix=PREFIX)
        (package / f"claim_{number}.py").write_text(text, encoding="utf-8")
    imports = [f"from {PACKAGE}.claim_{j} import CLAIM as C{j}" for j in range(1, count + 1)]
    names = ", ".join(f"C{j}" for j in range(1, count + 1))
    (package / "__init__.py").write_text(
        "\n".join([*imports, f"CLAIMS = ({names},)\n"]), encoding="utf-8"
    )
    (dist / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {PACKAGE.replace('_', '-')}\nVersion: 1.0\n",
        encoding="utf-8",
    )
    (dist / "entry_points.txt").write_text(
        f"[verify.claims]\nmany = {PACKAGE}:CLAIMS\n", encoding="utf-8"
    )
    return site
