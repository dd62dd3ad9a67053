"""Results reach their file whole or not at all; what is read is bounded and is a regular file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS

MOST_BYTES = LIMITS["bytes"]  # of a certificate


def write_text(path: Path, text: str) -> None:
    """UTF-8, lines end with a line feed. Raises what ``write_bytes`` raises."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside the target, then rename. Raises BadInput naming the file and the reason (no
    space, no such folder, ...).
    """
    import tempfile

    handle, name, path = None, "", Path(os.path.realpath(path))  # a link stays a link
    check_place("", path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException as error:
        if handle is not None:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BadInput(
                f"cannot write {path}: {error.strerror or error}; choose another place"
            ) from error
        raise


def _mode(path: Path) -> int:
    """That of the file in whose place it comes, otherwise what the umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def check_place(option: str, path: Path) -> None:
    """Refuse at once what could not be written later. Raises BadInput."""
    said = f"{option} {path}".strip()
    if str(path).startswith("-"):  # standard output elsewhere, or an option that was swallowed
        raise BadInput(
            f"cannot write {said}: the name of a file begins with no -; name a file, or leave the"
            " option out: then the result goes to standard output"
        )
    folder = Path(os.path.realpath(path)).parent
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        found = _stat(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            f"cannot write {said}: folder {folder}: {why}; make it, or choose another place"
        ) from error
    if found is None:
        return
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(
            f"cannot write {said}: it is not a regular file; name a file, or redirect the output of"
            " the command"
        )
    if not os.access(path, os.W_OK):
        raise BadInput(f"cannot write {said}: {os.strerror(errno.EACCES)}; choose another place")


def _stat(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def check_places(outputs: Mapping[str, Path | None], inputs: Mapping[str, str | None]) -> None:
    """Before any work: each output can be written, and none is an input or another output. Raises
    BadInput.
    """
    taken = {
        option: Path(text)
        for option, text in inputs.items()
        if text and (option.startswith("--") or os.path.lexists(text))
    }
    for option, path in outputs.items():
        if path is None:
            continue
        for other, there in taken.items():
            if same_file(path, there) or (path.suffix == ".py" and same_file(path.parent, there)):
                raise BadInput(f"{option} {path}: {other} names the same file; choose another one")
        taken[option] = path
    for option, path in outputs.items():
        if path is not None:
            check_place(option, path)


def same_file(one: Path, two: Path) -> bool:
    """By name once links are followed, or by the file itself where both exist."""
    try:
        return os.path.realpath(one) == os.path.realpath(two) or os.path.samefile(one, two)
    except (OSError, ValueError):
        return False


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes:
    """At most ``most`` + 1 bytes of a regular file. Raises OSError, and never waits."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        return stream.read(most + 1)


def holds(path: Path, text: str) -> bool:
    """Whether a file says exactly this; one that cannot be read does not."""
    content = text.encode()
    try:
        return read_regular(path, len(content)) == content
    except (OSError, ValueError):
        return False


def cache_folder() -> Path | None:
    """Where certificates that no package ships are kept; FLOWLAW_CACHE moves it. None where there
    can be none.
    """
    return _folder("FLOWLAW_CACHE", "user_cache_path")


def state_folder() -> Path | None:
    """Where the key to kept results lies; FLOWLAW_STATE moves it. None where there can be none."""
    return _folder("FLOWLAW_STATE", "user_state_path")


def _folder(variable: str, usual: str) -> Path | None:
    try:
        named = os.environ.get(variable)
        if not named:
            import platformdirs

            named = str(getattr(platformdirs, usual)("flowlaw"))
            if not os.path.isabs(named):  # nobody knows a home
                return None
        folder = Path(named)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    except (OSError, RuntimeError, ValueError):
        return None


def keep(name: str, text: str) -> Path | None:
    """Put a file into the cache; None where that is not possible. A cache changes nothing: nothing
    is raised.
    """
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / name
    try:
        if not holds(path, text):
            write_text(path, text)
        return path
    except (BadInput, OSError):
        return None


@contextmanager
def in_one_folder() -> Iterator[None]:
    """Results go where the command was given, wherever a file has gone with os.chdir."""
    try:
        here = os.open(".", os.O_RDONLY)
    except OSError:  # a folder that is gone or closed: nothing is written there
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):
            os.fchdir(here)
        with suppress(OSError):
            os.close(here)
