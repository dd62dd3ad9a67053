"""What is drawn for claims about samples, one file for each kind of instance: how it is drawn, and
how each quantity is computed.
"""

from proofs.samples.depth import DEPTH, EQUAL, RECIPROCAL
from proofs.samples.entropy import ENTROPY
from proofs.samples.fibre import FIBRE
from proofs.samples.integral import RESOLVENTS
from proofs.samples.schatten import LARGEST, SCHATTEN

FAMILIES = {
    f.name: f for f in (RESOLVENTS, ENTROPY, DEPTH, RECIPROCAL, EQUAL, SCHATTEN, LARGEST, FIBRE)
}
