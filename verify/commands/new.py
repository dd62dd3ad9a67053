"""``verify new FILE.py``: a file of claims to begin with, one that is true and one that is false.
It never overwrites.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from shlex import quote

from verify.exact.errors import BadInput
from verify.process.deliver import deliver, one_line

TEMPLATE = '''"""Claims of my own.

    verify claim {file}                 decide them: proof or witness, measurement, certificate
    verify claim {file}::TRUE           one of them, by its Python name or its id
    verify claim {file}::TRUE --plot drift.svg    a picture (needs matplotlib)
    verify show {file} --latex          as LaTeX, with the proof
    verify explain {file}               the proof step by step
    pytest {file}                       as tests
"""

from verify import Claim, Source, Verdict
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.terms.expr import total, u

# The model: w = u_1 * ... * u_L entrywise, any depth L and any width; u["l", "i"] is coordinate i
# of layer l. A letter in quotes is any layer, or any coordinate; total("i", ...) sums over
# all coordinates, total("l", ..., "layers") over all layers.
NORM = total("i", u["l", "i"] ** 2)  # |u_l|^2

# A near miss: a quantity that is not conserved. The measurement has to reject it, else it could
# not have noticed anything.
NEAR_MISS = NORM + u["l", 1] ** 2 / 10

TRUE = Claim(
    id="{stem}-layer-norm",
    title="each layer's norm is conserved",
    # gradient flow u_l' = -(product of the other layers) * grad J(w), for any loss J that the
    # hypotheses admit
    setting=Flow(),
    assuming=(Homogeneous(),),  # J(c w) = J(w) for c > 0; Homogeneous.of(2) for J(c w) = c^2 J(w)
    concluding={{"layer": Conserved(NORM)}},
    experiments=(Drift("layer", Conserved(NEAR_MISS), named="weight 11/10 on coordinate 1"),),
    # or Source("2603.02622v1", "Theorem 2"): an arXiv id and the place in it
    source=Source.own("draft, Lemma 1"),
)

# The same sentence without its hypothesis is false. Where that is expected, say so: then being
# refuted is what exits 0.
FALSE = Claim(
    id="{stem}-layer-norm-any-loss",
    title="each layer's norm is conserved, whatever the loss",
    setting=Flow(),
    assuming=(),
    concluding={{"layer": Conserved(NORM)}},
    expected=Verdict.REFUTED,
    source=Source.own("draft, Lemma 1, without its hypothesis"),
)

CLAIMS = (TRUE, FALSE)
'''


def write_new(path: Path) -> int:
    """Raises BadInput where the file exists, also as a link, or cannot be made."""
    if path.suffix != ".py":
        raise BadInput(f"{path}: expected a name that ends in .py, such as claims_mine.py")
    text = template(path)
    try:
        number = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666
        )  # a link is not followed; the umask decides
    except FileExistsError:
        raise BadInput(f"{path} exists and is not overwritten; choose another name") from None
    except (OSError, ValueError) as error:
        raise BadInput(
            f"cannot write {path}: {getattr(error, 'strerror', None) or error}; choose another"
            " place"
        ) from None
    try:
        with open(number, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise BadInput(
            f"cannot write {path}: {error.strerror or error}; choose another place"
        ) from None
    named = quote(_argument(path))
    said = f"{path} states something true and something false: verify claim {named}"
    deliver(one_line(said) + "\n")
    return 0


def template(path: Path) -> str:
    """With ids that begin with the file's own name, so that two such files can lie in one
    folder.
    """
    words = "-".join(re.findall(r"[a-z0-9]+", path.stem.lower().removeprefix("claims_")))
    stem = words if re.match(r"[a-z]", words) else f"my-{words}".rstrip("-")
    shown = quote(path.name) if path.name.isprintable() and '"""' not in path.name else "FILE.py"
    return TEMPLATE.format(file=shown.replace("\\", "\\\\"), stem=stem)


def _argument(path: Path) -> str:
    """What names it on the command line."""
    return f"./{path}" if str(path).startswith("-") else str(path)
