"""What the kernel says of a certificate, without a process of its own."""

from __future__ import annotations

import json

from verify.kernel.certificate import verified
from verify.kernel.limits import NotACertificate, Refused


def answer(data: object) -> tuple[int, str]:
    """(0, sentence), (1, reason) or (2, reason); whatever else is raised is a failure."""
    try:
        return 0, verified(json.dumps(data).encode())
    except Refused as error:
        return 1, str(error)
    except NotACertificate as error:
        return 2, str(error)
