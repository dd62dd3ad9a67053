"""Old paths of modules go on working: importing one gives the module itself, from where it lies
now.

The longest beginning counts, so that a folder stands for all that moved with it. See CHANGELOG.
"""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

TYPE_CHECKING = False  # as in verify/__init__
if TYPE_CHECKING:
    from typing import Any

MOVED = {
    "addresses": "library.addresses",
    "algebra.expr": "terms.expr",
    "algebra.jets": "exact.jets",
    "algebra.rings": "exact.rings",
    "algebra.wire": "terms.wire",
    "applies": "claims.applies",
    "certificate": "theories.sums.certificate",
    "claim": "claims.claim",
    "claims_file": "library.claims_file",
    "cli": "commands.cli",
    "comparing": "theories.samples.comparing",
    "conclusions": "claims.conclusions",
    "contrary": "theories.enclosures.contrary",
    "data": "models.data",
    "deciding": "commands.notebook",
    "direction": "models.direction",
    "enclosing": "theories.enclosures.enclosing",
    "enclosure": "theories.enclosures.certificate",
    "errors": "exact.errors",
    "evidence": "claims.evidence",
    "exhibit": "exact.exhibit",
    "experiments": "claims.experiments",
    "experiments.along": "theories.measure.along",
    "experiments.conservation": "theories.measure.conservation",
    "experiments.extrapolation": "theories.measure.extrapolation",
    "experiments.flow_values": "theories.measure.flow_values",
    "experiments.independent": "theories.measure.independent",
    "experiments.late_slope": "theories.measure.late_slope",
    "experiments.limit_value": "theories.measure.limit_value",
    "experiments.orders": "theories.measure.orders",
    "experiments.rates": "theories.measure.rates",
    "fields": "claims.fields",
    "follow": "theories.enclosures.follow",
    "formulas": "theories.towers",
    "formulas.given": "claims.hypotheses.formulas",
    "formulas.solution": "models.formulas",
    "hypotheses": "claims.hypotheses",
    "hypotheses_direction": "claims.hypotheses.direction",
    "hypotheses_matrix": "claims.hypotheses.matrices",
    "hypotheses_start": "claims.hypotheses.start",
    "invariants": "theories.symmetries",
    "limits": "process.limits",
    "losses": "models.losses",
    "matrices": "theories.words",
    "necessity": "theories.sums.necessity",
    "options": "commands.options",
    "precision": "exact.precision",
    "prove": "theories.sums.prove",
    "registry": "library.registry",
    "report.files": "process.files",
    "report.picture": "report.pictures.picture",
    "report.picture_decay": "report.pictures.decay",
    "report.picture_lines": "report.pictures.lines",
    "report.picture_matrices": "report.pictures.matrices",
    "report.picture_network": "report.pictures.network",
    "report.picture_of": "report.pictures.of_claims",
    "report.picture_plane": "report.pictures.plane",
    "report.picture_scalar": "report.pictures.scalar",
    "report.picture_track": "report.pictures.track",
    "report.picture_trajectories": "report.pictures.trajectories",
    "report.plot": "report.pictures.plot",
    "report.plot_plane": "report.pictures.plot_plane",
    "report.words": "terms.words",
    "report.written": "process.written",
    "request": "claims.request",
    "resume": "judge.resume",
    "rules": "claims.rules",
    "sampler": "theories.states.sampler",
    "samples": "theories.samples",
    "sampling": "theories.samples.sampling",
    "search": "theories.states.search",
    "settings": "models",
    "settings.enclosable": "integrate.enclosable",
    "settings.order": "terms.order",
    "settings.system": "integrate.system",
    "slips": "library.slips",
    "source": "claims.source",
    "star": "theories.words",
    "star.affine": "terms.affine",
    "star.expr": "terms.matrices",
    "star.grammar": "terms.matrix_grammar",
    "star.relation": "terms.relation",
    "star.shapes": "terms.shapes",
    "star.theory": "terms.letters",
    "star.wire": "terms.matrix_wire",
    "star.words": "terms.matrix_words",
    "streams": "process",
    "theories.symmetries.polynomials": "terms.polynomials",
    "verdict": "claims.verdict",
}


class Moved:
    """A finder of modules, and their loader: nothing is loaded twice, so that a class is one class
    by either path.
    """

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not name.startswith("verify."):
            return None
        parts = name.split(".")[1:]
        for k in range(len(parts), 0, -1):
            if known := MOVED.get(".".join(parts[:k])):
                return ModuleSpec(name, _Alias(".".join(["verify", known, *parts[k:]])))  # type: ignore[arg-type]
        return None


class _Alias:
    def __init__(self, now: str) -> None:
        self.now = now

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.module = import_module(self.now)
        self.spec = self.module.__spec__
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        """It has run; what the import wrote over is put back."""
        module.__spec__ = self.spec
