"""Processes of the command that share what it imports: one process imports, and for each run forks
one that has not run before.

For runs that depend on nothing that Python reads at its start (variables PYTHON..., but for
PYTHONPATH, put in front as Python does; sitecustomize) and on no limit of memory or time. What is
imported is what ``verify`` imports to decide a claim. Hash seeds, signals, limits and start-up have
tests that start Python anew.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import invalidate_caches
from pathlib import Path


@cache
def _template() -> tuple[subprocess.Popen, socket.socket]:
    ours, theirs = socket.socketpair()
    run = [sys.executable, __file__, str(theirs.fileno())]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    process = subprocess.Popen(run, env=env, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    theirs.close()
    return process, ours


class Forked:
    """One run; its streams are files of the caller."""

    def __init__(
        self, arguments: tuple[str, ...], env: Mapping[str, str], cwd: Path, streams: list[int]
    ) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            order = json.dumps([arguments, dict(env), str(cwd)]).encode()
            socket.send_fds(
                _template()[1], [len(order).to_bytes(8, "big")], [*streams, theirs.fileno()]
            )
            _template()[1].sendall(order)

    def wait(self, seconds: float) -> int:
        """Its exit code. Raises TimeoutExpired after killing it."""
        pid = 0
        with self._channel:
            self._channel.settimeout(seconds)
            try:
                pid = int(self._channel.recv(20))
                return int(self._channel.recv(20))
            except TimeoutError:
                if pid:
                    os.kill(pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired("verify", seconds) from None


def _serve(orders: socket.socket) -> None:
    import proofs  # noqa: F401
    import verify.commands.claim
    import verify.commands.cli
    import verify.commands.decide
    import verify.judge.decide  # noqa: F401

    gc.freeze()  # no child looks for garbage in what is imported, nor copies it to count
    signal.signal(signal.SIGINT, signal.default_int_handler)
    while True:
        head, streams, _, _ = socket.recv_fds(orders, 8, 4)
        if not head:
            return
        order = b""
        while len(order) < int.from_bytes(head, "big"):
            order += orders.recv(65536)
        if (
            os.fork() == 0
        ):  # its child runs the command; it alone waits for it, so that the template goes on
            orders.close()
            _watch(*json.loads(order), streams)
        for number in streams:
            os.close(number)
        _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _watch(arguments: list[str], env: dict[str, str], cwd: str, streams: list[int]) -> None:
    *standard, channel = streams
    pid = os.fork()
    if pid == 0:
        _command(arguments, env, cwd, standard, channel)
    os.write(channel, str(pid).encode().ljust(20))
    _, status = os.waitpid(pid, 0)
    os.write(channel, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _command(
    arguments: list[str], env: dict[str, str], cwd: str, standard: list[int], channel: int
) -> None:
    code = 1
    try:
        for to, number in enumerate(standard):  # all above 2, which the template has open
            os.dup2(number, to)
            os.close(number)
        os.close(channel)
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        paths = [p for p in env.get("PYTHONPATH", "").split(os.pathsep) if p]
        sys.path[:] = [cwd, *paths, *(p for p in sys.path[1:] if p not in paths)]
        invalidate_caches()
        sys.argv = ["verify", *arguments]
        from verify.__main__ import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        _serve(orders)
