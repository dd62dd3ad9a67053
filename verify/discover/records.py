"""What was found of one model: laws as they read, both bounds, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.discover.closure import Closed
from verify.discover.degrees import chance
from verify.discover.flows import GRADIENT, Flow
from verify.discover.laws.atoms import Law, Log, Power
from verify.discover.laws.families import Family
from verify.discover.laws.layout import Layout
from verify.discover.laws.skew import Isometry
from verify.discover.losses import LOSSES
from verify.discover.relations import Settled
from verify.trace.graph import Graph
from verify.trace.prime import PRIMES


@dataclass(frozen=True)
class Written:
    """A family of laws: how it reads, how many laws it holds, and which of them are proved;
    ``symmetry`` where one is due to a declared symmetry of the loss. ``tex`` is given where they
    are more than the sums of the family: with a factor exp(tau t), or a coefficient tau.
    """

    text: str
    laws: tuple[Law, ...]
    proved: int
    reason: str  # of the first that is not proved
    family: Family
    symmetry: bool = False
    tex: str = ""

    @property
    def polynomial(self) -> bool:
        return not self.tex and not any(
            isinstance(a, Log) or (isinstance(a, Power) and any(e < 0 for _, e in a.factors))
            for law in self.laws
            for _, a in law.sum
        )


@dataclass(frozen=True)
class FirstStage:
    """What linear symmetries give, as ``verify candidates`` solves for it over Q; ``note`` says why
    it was not asked. ``beyond``: how many of its laws depend on none that are written below.
    """

    dimension: int = 0
    at_most: int = 0
    symmetric: int = 0
    powers: int = 0  # sums of negative powers
    laws: tuple[Law, ...] = ()
    note: str = ""
    beyond: int = 0


@dataclass(frozen=True)
class Kernel:
    """What the kernel says of the certificate ``text``: its ``sentence``, or why there is none.
    ``counts`` where it has counted the laws itself; ``reason`` why it has not; ``refused`` where
    the certificate is one that it should have accepted. ``anew``: it is about the model with
    related values written through independent ones. ``laws``: how many it has read; ``left_out``:
    others, each with the reason.
    """

    text: str = ""
    sentence: str = ""
    counts: bool = False
    reason: str = ""
    refused: bool = False
    anew: bool = False
    laws: int = 0
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Near:
    """At most so many laws near one state of the tensors, by so many patterns that occur there."""

    upper: int
    patterns: int
    exact: bool


@dataclass(frozen=True)
class Conditional:
    """A law that is proved while the condition holds, which every trajectory keeps, and a state
    against it where it does not. It is the engine's, held against ``states`` exact ones of the set;
    the kernel does not read it.
    """

    condition: str
    text: str
    against: str
    states: int = 0


@dataclass(frozen=True)
class EverySize:
    """What the judge says of the guess that laws hold for every size: (law, verdict, reason); the
    laws that are none for every size as they are written; ``note`` says why it was not asked.
    ``layers``: the same of the guess that a law holds of any number of layers. ``text``: a file of
    claims that is read, without what was asked and not proved.
    """

    laws: tuple[tuple[str, str, str], ...] = ()
    others: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    layers: tuple[str, str, str] | tuple[()] = ()


@dataclass
class Discovery:
    """``upper`` is None where it was not computed, with the reason in ``notes``."""

    graph: Graph
    seed: int
    flow: Flow = GRADIENT
    loss: str = "any"
    primes: tuple[int, int] = PRIMES  # modulo which laws are counted
    searched: bool = True  # whether laws are looked for
    closed: list[Closed] = field(default_factory=list)
    settled: Settled | None = None
    written: tuple[Written, ...] = ()
    lower: int = 0  # rank of the proved laws' gradients
    polynomial: int = 0
    found: int = 0  # the same with what only held at random points
    one_field: bool = False
    cell: Near | None = None
    first: FirstStage = field(default_factory=FirstStage)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    kernel: Kernel | None = None  # None: not asked
    every_size: EverySize | None = None
    conditional: tuple[Conditional, ...] = ()
    #: of a heavy ball: proved, independent; with True for the law without exp(tau t)
    isometries: tuple[tuple[Isometry, bool], ...] = ()

    @property
    def losses(self) -> str:
        """By which it is trained."""
        return self.graph.losses.text if self.graph.losses else LOSSES[self.loss]

    @property
    def every_loss(self) -> bool:
        return self.loss == "any" and self.graph.losses is None

    @property
    def layout(self) -> Layout:
        """Of all that moves."""
        return Layout.of(self.flow.shapes(self.graph))

    @property
    def upper(self) -> int | None:
        return min((c.upper for c in self.closed), default=None)

    @property
    def size(self) -> int:
        return self.flow.size(self.graph)

    @property
    def dimension(self) -> int | None:
        return None if self.upper is None else self.size - self.upper

    @property
    def count_exact(self) -> bool:
        """Both bounds meet, or nothing is left, or the fields are known to be parallel, which those
        of patterns that were not drawn need not be.
        """
        if self.upper is None or not self._patterns_exact:
            return False
        one = self.one_field and not (self.settled and self.settled.patterns)
        return self.lower == self.upper or (one and self.dimension == 1)

    @property
    def open(self) -> bool:
        """Whether there may be fewer laws than the bound, or more than are proved."""
        return self.upper is not None and self.lower < self.upper and not self.count_exact

    @property
    def met(self) -> bool:
        """As the engine counts."""
        return self.count_exact and self.lower == self.upper

    @property
    def complete(self) -> bool:
        """The kernel's word stands above the engine's, wherever it was asked."""
        return self.met and not (self.kernel is not None and self.kernel.refused)

    @property
    def _patterns_exact(self) -> bool:
        patterns = self.settled.patterns if self.settled else None
        return patterns is None or patterns.exact

    @property
    def error_probability(self) -> float | None:
        """That the count is smaller than ``upper``; None where no bound is known."""
        if self.count_exact:
            return 0.0
        made = 1.0
        for c in self.closed:
            one = chance(self.graph, c.dimension + 1, len(c.levels) + 1, c.p)
            if one is None or not c.closed:
                return None
            made *= one
        return made if self.closed else None
