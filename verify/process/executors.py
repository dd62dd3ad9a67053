"""Where work runs that is spread: processes of this machine or workers elsewhere, behind one
protocol, ``concurrent.futures.Executor``.

A unit of work is a function of a module, by name, and its arguments; every unit carries the
fingerprint of our sources, and a worker that has others refuses it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager, suppress
from dataclasses import is_dataclass
from math import isclose, isnan
from random import Random
from typing import Any

from verify.exact.errors import BadInput, EnginesDisagree, NoValue
from verify.process.versions import fingerprint

EXPECTED = "expected local, processes:N or dask://HOST:PORT"
MOST, PATIENCE = 64, 5.0  # processes; seconds until a cluster has to answer
#: a worker that dies is replaced, and its unit is done again by another one, this many times
AGAIN = 3
ONE_OF = 10  # units whose result is compared with that of this process


class OtherVersion(Exception):
    """A worker has other sources than ours."""


def check_executor(text: str) -> None:
    """Raises BadInput for text of another form, and where what it names is not there."""
    if text == "local":
        return
    if text.startswith("processes:"):
        _count(text)
        return
    host, port = _place(text)
    _client()
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError as why:
        reason = why.strerror or str(why)
        raise BadInput(
            f"--executor {text}: nothing answers there ({reason}); start a cluster with"
            " dask scheduler and dask worker, and give the address that the scheduler prints"
        ) from None


@contextmanager
def opened(text: str) -> Iterator[Executor | None]:
    """None for ``local``: the caller's own way. Raises BadInput as ``check_executor``."""
    check_executor(text)
    if text == "local":
        yield None
    elif text.startswith("processes:"):
        yield from _processes(_count(text))
    else:
        host, port = _place(text)
        try:
            client = _client()(f"tcp://{host}:{port}", timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as why:
            raise BadInput(f"--executor {text}: no Dask scheduler answers there: {why}") from None
        with client:
            if not client.scheduler_info()["workers"]:
                raise BadInput(f"--executor {text}: the cluster has no worker; start dask worker")
            yield client.get_executor(retries=AGAIN)


def _processes(count: int) -> Iterator[Executor]:
    """Each in a group of its own, so that it ends with what it has started where a limit or a
    signal ends the command.
    """
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=afresh, initializer=_alone) as pool:
        try:
            yield pool
        except BaseException:
            started = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in started:
                process.terminate()
                with suppress(ProcessLookupError, PermissionError, TypeError):
                    os.killpg(process.pid, signal.SIGTERM)  # type: ignore[arg-type]
            raise


def _alone() -> None:
    if hasattr(os, "setpgrp"):
        os.setpgrp()


def unit(expected: str, function: Callable[..., Any], arguments: tuple) -> tuple[str, Any]:
    """On the worker: what the function gives, or the fingerprint that it has instead."""
    own = fingerprint()
    return ("other", own) if own != expected else ("done", function(*arguments))


def completed(
    executor: Executor,
    function: Callable[..., Any],
    arguments: Sequence[tuple],
    heed: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, Any]]:
    """Place and result of each unit, as they come; ``heed`` is called at least twice a second, and
    may raise. A unit that raises, or whose worker is lost for good, gives its exception. Raises
    OtherVersion.
    """
    expected = fingerprint()
    places = {executor.submit(unit, expected, function, a): n for n, a in enumerate(arguments)}
    try:
        while places:
            done, _ = wait(list(places), timeout=0.5, return_when=FIRST_COMPLETED)
            heed()
            for future in sorted(done, key=places.__getitem__):
                place = places.pop(future)
                yield place, _result(future)
    finally:
        for future in places:
            future.cancel()


def _result(future: Any) -> Any:
    """Raises OtherVersion; other exceptions are results."""
    try:
        kind, value = future.result()
        if kind not in ("done", "other"):
            raise TypeError(f"what it sent is no result of a unit: {kind!r:.40}")
    except ImportError as why:
        raise OtherVersion(f"a worker cannot load our modules: {why}") from None
    except CancelledError:  # not by us
        return ConnectionError("the cluster is gone, or has let the work go")
    except Exception as why:  # of the unit or of the executor: the caller names it
        return why
    if kind == "other":
        raise OtherVersion("a worker has other sources than this command")
    return value


def spread(
    executor: Executor | None, seed: int | None = None
) -> Callable[[Callable[..., Any], Sequence[tuple]], list[Any]]:
    """A map over units in the order of their arguments. With a seed one unit of ONE_OF, and at
    least one, is drawn by it and done here as well. Raises BadInput for a worker of another
    version, NoValue where a worker does not finish, EnginesDisagree where what a worker sends is
    not what it is here, and the former two as a unit raises them.
    """
    if executor is not None and not hasattr(executor, "submit"):
        raise BadInput(f"executor {executor!r:.60}: expected an Executor of concurrent.futures")

    def over(function: Callable[..., Any], arguments: Sequence[tuple]) -> list[Any]:
        if executor is None:
            return [function(*a) for a in arguments]
        try:
            found = dict(completed(executor, function, arguments))
        except OtherVersion as why:
            raise BadInput(f"--executor: {why}; install the same version on every worker") from None
        for value in found.values():
            if isinstance(value, (BadInput, NoValue)):
                raise value
            if isinstance(value, Exception):
                raise NoValue(f"a worker did not finish: {type(value).__name__}: {value}")
        drawn = range(len(arguments)) if seed is not None else ()
        for n in Random(seed).sample(drawn, -(-len(drawn) // ONE_OF)):
            if not alike(found[n], function(*arguments[n])):
                raise EnginesDisagree(
                    f"a worker's result of {function.__name__}, unit {n + 1} of {len(arguments)},"
                    " is not the one that is found here"
                )
        return [found[n] for n in range(len(arguments))]

    return over


def alike(there: Any, here: Any) -> bool:
    """The same, numbers to the digits that are printed: the last ones are those of a machine."""
    if hasattr(here, "tolist"):
        return type(there) is type(here) and alike(there.tolist(), here.tolist())
    if isinstance(here, (list, tuple)):
        return (
            type(there) is type(here) and len(there) == len(here) and all(map(alike, there, here))
        )
    if isinstance(here, dict):
        return (
            isinstance(there, dict)
            and there.keys() == here.keys()
            and all(alike(there[k], x) for k, x in here.items())
        )
    if is_dataclass(here):
        return type(there) is type(here) and alike(vars(there), vars(here))
    if isinstance(here, float) and isinstance(there, float):
        return isclose(there, here, rel_tol=1e-6, abs_tol=1e-12) or (isnan(there) and isnan(here))
    return type(there) is type(here) and bool(there == here)


def _count(text: str) -> int:
    number = text.partition(":")[2]
    if not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= MOST):
        raise BadInput(f"--executor {text!r}: expected processes:N, N from 1 to {MOST}")
    return int(number)


def _place(text: str) -> tuple[str, int]:
    scheme, _, rest = text.partition("://")
    host, _, port = rest.rpartition(":")
    fits = scheme == "dask" and host and port.isascii() and port.isdigit() and len(port) < 6
    if not fits or not 1 <= int(port) <= 65535:
        raise BadInput(f"--executor {text!r:.80}: {EXPECTED}")
    return host.strip("[]"), int(port)


def _client() -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise BadInput(
            "--executor dask://...: the package distributed is not installed; expected the extra"
            " dask: pip install 'flowlaw[dask]'"
        ) from None
    for name in ("distributed", "distributed.client"):  # what is lost is said by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return Client
