"""What an earlier run found, kept in the cache under a seal: only what this user's program has
written, and nobody has touched, is used again.

The key lies apart from the cache, in the folder of the user's state (FLOWLAW_STATE moves it), and
is readable to the user alone: a cache that was restored, shared or edited opens nothing. Where
there is no place for a key nothing is kept, and all is judged again. JSON, and nothing else, is
read.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify.process.files import cache_folder, keep, read_regular, state_folder

MOST_BYTES = 16 * 2**20
_KEY = re.compile(rb"[0-9a-f]{64}")


def keep_sealed(name: str, value: Any) -> None:
    """Put a value under a name into the cache, where there is a place for it and for a key."""
    key = _key()
    if key is not None:
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        keep(f"{name}.json", f"{_seal(key, name, text)}\n{text}\n")


def opened(name: str) -> Any:
    """The value that was kept under this name; None if there is none, or its seal is broken."""
    folder, key = cache_folder(), _key()
    if folder is None or key is None:
        return None
    try:
        content = read_regular(folder / f"{name}.json", MOST_BYTES)
        seal, text, rest = content.decode("ascii").split("\n")
    except (OSError, ValueError):
        return None
    if rest or not hmac.compare_digest(seal.encode(), _seal(key, name, text).encode()):
        return None
    return json.loads(text)


def _seal(key: bytes, name: str, text: str) -> str:
    """Of the name, too: a file that was moved to the place of another one says nothing."""
    return hmac.new(key, f"{name}\n{text}".encode(), sha256).hexdigest()


def _key() -> bytes | None:
    """The user's own, made where there is none; None where it cannot be kept from others."""
    folder = state_folder()
    if folder is None:
        return None
    path = folder / "seal"
    return _read_key(path) or (_read_key(path) if _made(path) else None)


def _read_key(path: Path) -> bytes | None:
    try:
        if os.stat(path).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return None
        content = read_regular(path, 64)
    except (OSError, ValueError):
        return None
    return content if _KEY.fullmatch(content) else None


def _made(path: Path) -> bool:
    """Whole or not at all; of several processes the first one's stays."""
    own = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(own, path)
        return True
    except OSError:
        return False
    finally:
        with suppress(OSError):
            own.unlink()
