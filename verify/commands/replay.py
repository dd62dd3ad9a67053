"""``verify replay FILE``, the child's side: by the reader that the certificate is for."""

from __future__ import annotations

import errno
import json
import os
import select
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from verify import check
from verify.kernel.certificate import verified
from verify.process.channel import emit, part, tell
from verify.process.files import MOST_BYTES
from verify.process.width import fitted

PATIENCE = 5  # seconds until somebody writes into a pipe


def reread(certificate: Path) -> int:
    """What the reader says: 0 accepted, 1 refused, 2 not a certificate."""
    if hasattr(sys, "set_int_max_str_digits"):  # as where the reader runs alone
        sys.set_int_max_str_digits(sys.int_info.default_max_str_digits)
    try:
        part(f"{certificate} is read")
        content = read_once(certificate)
        says = _reader(content)
        part(f"{certificate} is checked")
        emit(fitted(says(content) + "\n"))
        return 0
    except (OSError, ValueError) as reason:
        kind = getattr(reason, "strerror", None) or str(reason)
        return _say(certificate, f"not a certificate: {kind}", 2)
    except Exception as reason:  # each reader has its own class of refusal
        if type(reason).__name__ not in ("Refused", "NotACertificate"):
            raise
        refused = type(reason).__name__ == "Refused"
        return _say(
            certificate,
            f"{'refused' if refused else 'not a certificate'}: {reason}",
            1 if refused else 2,
        )


def _say(certificate: Path, what: str, code: int) -> int:
    tell(f"{certificate}: {what}")
    return code


def _reader(content: bytes) -> Callable[[bytes], str]:
    """By its format and version. Each reader refuses what is not for it, so a wrong choice accepts
    nothing.
    """
    try:
        data = json.loads(content[: MOST_BYTES + 1])
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and data.get("format") == "flowlaw-enclosure":
        from verify import check_enclosure

        return lambda content: check_enclosure.check(check_enclosure.load(content))
    if isinstance(data, dict) and "schema" in data:
        from verify import check_mirror

        return lambda content: check_mirror.check(check_mirror.load(content))
    if isinstance(data, dict) and data.get("version") == 2:
        return verified
    return lambda content: check.check(check.load(content))


def read_once(path: Path) -> bytes:
    """At most a byte more than a certificate may have, of a file or a pipe. Raises OSError; devices
    are not read.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb", buffering=0) as stream:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if stat.S_ISFIFO(mode):
            if not select.select([handle], [], [], PATIENCE)[0]:
                raise TimeoutError(
                    errno.ETIMEDOUT, f"a pipe into which nobody has written for {PATIENCE} s"
                )
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "neither a file nor a pipe")
        found = b""
        while len(found) <= MOST_BYTES and (more := stream.read(MOST_BYTES + 1 - len(found))):
            found += more
        return found
