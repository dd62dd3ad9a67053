"""Results reach their file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from verify.errors import BadInput


def write_text(path: Path, text: str) -> None:
    """UTF-8, lines end with a line feed. Raises what ``write_bytes`` raises."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside the target, then rename. Raises BadInput naming the file and the reason (no space, no such folder, ...)."""
    handle = None
    named, path = path, path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        raise BadInput(f"cannot write {named}: it is not a regular file; name a file, or redirect the output of the command")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException as error:
        if handle is not None:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BadInput(f"cannot write {path}: {error.strerror or error}; choose another place") from error
        raise


def cache_folder() -> Path:
    """Where certificates that no package ships are kept; FLOWLAW_CACHE moves it."""
    named = os.environ.get("FLOWLAW_CACHE")
    if named:
        folder = Path(named)
    else:
        from platformdirs import user_cache_path

        folder = user_cache_path("flowlaw")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot use the cache folder {folder}: {error.strerror}; set FLOWLAW_CACHE to another one") from error
    return folder
