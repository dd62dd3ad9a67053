"""Sweeps on other executors: the same bytes as here, nothing lost with a worker, what is missing
named. A real Dask cluster of two workers runs on this machine where Dask is installed.
"""

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.runner import SECONDS, cli, command, environment
from verify.exact.errors import BadInput, EnginesDisagree, NoValue
from verify.process import executors
from verify.process.executors import alike, check_executor, opened, spread, unit

ROOT = Path(__file__).parents[2]
CLAIMS, MORE = "quasi-norm-b*", "quasi-norm-[bdo]*"


@pytest.fixture(scope="module")
def cluster():
    """The address of a scheduler with two workers in processes of their own."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{before}"  # workers find the campaign, too
    here = {"host": "127.0.0.1", "dashboard_address": None}
    try:
        with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **here) as found:
            yield found.scheduler_address.replace("tcp://", "dask://")
    finally:
        os.environ["PYTHONPATH"] = before


def swept(cache, executor, *more, pattern=CLAIMS):
    return cli(cache, "all", pattern, "--executor", executor, *more)


@pytest.mark.parametrize(
    "text", ("", "dask", "dask://", "dask://h", "dask://h:0", "dask://h:99999", "dask://:1",
             "dask://h:1x", "processes", "processes:", "processes:0", "processes:65",
             "processes:-1", "processes:2.0", "processes:\u0662", "tcp://h:1", "LOCAL"),
)  # fmt: skip
def test_text_of_another_form_is_refused(text):
    with pytest.raises(BadInput, match=r"--executor.*expected"):
        check_executor(text)


def test_a_cluster_that_is_not_there(monkeypatch):
    monkeypatch.setattr(executors, "_client", lambda: None)
    with pytest.raises(BadInput, match=r"nothing answers there.*dask scheduler"):
        check_executor("dask://127.0.0.1:9")


def test_dask_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"not installed.*flowlaw\[dask\]"):
        check_executor("dask://127.0.0.1:9")


def test_refused_before_anything_runs(tmp_path):
    for words in (("all", CLAIMS), ("experiment", "control")):
        ran = cli(tmp_path, *words, "--executor", "dask://127.0.0.1:x")
        assert (ran.code, ran.out) == (2, "")
        assert "expected local, processes:N or dask://HOST:PORT" in ran.err
    ran = cli(tmp_path, "experiment", "--executor", "processes:2")
    assert ran.code == 2 and "--executor without an experiment" in ran.err
    ran = cli(tmp_path, "all", CLAIMS, "--executor", "processes:2", "--html", "pages")
    assert ran.code == 2 and "--html beside --executor" in ran.err


def half(x):
    if x == 3:
        raise NoValue("three has no half here")
    if x == 5:
        raise ValueError("five")
    return x / 2


def test_any_executor_will_do_and_order_is_that_of_the_arguments():
    with ThreadPoolExecutor(3) as pool:
        assert spread(pool)(half, [(x,) for x in (8, 6, 4, 2)]) == [4, 3, 2, 1]
        with pytest.raises(NoValue, match="no half"):
            spread(pool)(half, [(2,), (3,)])
        with pytest.raises(NoValue, match="a worker did not finish: ValueError: five"):
            spread(pool)(half, [(2,), (5,)])
    with opened("local") as none:
        assert none is None and spread(none)(half, [(4,)]) == [2]


def test_a_worker_of_another_version_is_refused_by_name(monkeypatch):
    assert unit("0123", half, (4,))[0] == "other"
    mine = executors.fingerprint()
    asked = iter((mine, "another"))
    monkeypatch.setattr(executors, "fingerprint", lambda: next(asked))
    with ThreadPoolExecutor(1) as pool, pytest.raises(BadInput, match=r"other sources.*install"):
        spread(pool)(half, [(4,)])


def numbers(n):
    return {"rows": [(n, 1.0 / n, None)], "text": "as is", "array": np.array([n, 2.0 * n])}


def test_a_drawn_unit_is_done_here_as_well():
    """A worker whose last digits are others is as good; one whose numbers are others is named."""
    with ThreadPoolExecutor(1) as pool:
        assert spread(pool, 0)(half, [(8,), (6,)]) == [4, 3]
        seen: list[int] = []
        assert spread(pool, 0)(lambda n: seen.append(n), [(n,) for n in range(30)]) == [None] * 30
        assert len(seen) == 33, "one of ten again"
        wrong = iter((4.0, 4.1))
        with pytest.raises(EnginesDisagree, match="result of <lambda>, unit 1 of 1"):
            spread(pool, 0)(lambda x: next(wrong), [(8,)])
    assert alike(numbers(3), numbers(3)) and not alike(numbers(3), numbers(4))
    for there, same in (
        ((1.0, "a"), False), ([1.0], False), ([1.0 + 1e-12, "a"], True), ([1.001, "a"], False),
        ([1, "a"], False), ([1.0, "b"], False), ([1.0, "a", 0], False),
        ([float("nan"), "a"], False),
    ):  # fmt: skip
        assert alike(there, [1.0, "a"]) is same, there
    assert alike(float("nan"), float("nan")) and not alike(True, 1) and not alike({}, [])
    assert not alike({"array": [3.0, 6.0]}, {"array": np.array([3.0, 6.0])})


@pytest.mark.parametrize("sent", [None, 7, "done", ("done",), ("so", 2), ("done", 2, 3), [], {}])
def test_what_is_no_result_of_a_unit_is_none(monkeypatch, sent):
    monkeypatch.setattr(executors, "unit", lambda *_: sent)
    with ThreadPoolExecutor(1) as pool, pytest.raises(NoValue, match="a worker did not finish"):
        spread(pool)(half, [(4,)])


def test_processes_give_the_same_bytes(tmp_path):
    here = cli(tmp_path, "experiment", "control")
    there = cli(tmp_path, "experiment", "control", "--executor", "processes:2")
    assert (there.code, there.out) == (0, here.out)
    assert "control: computed by workers at processes:2, one unit of 10 here, too" in there.err
    assert "computed by" not in here.err


def test_claims_on_processes_and_resumed_here(tmp_path):
    def folder(name):
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name

    here = cli(folder("a"), "all", CLAIMS, "--format", "json")
    there = swept(folder("b"), "processes:2", "--format", "json")
    assert (there.code, there.out) == (0, here.out)
    again = swept(folder("b"), "local", "--format", "json")
    assert again.out == here.out and f"{len(json.loads(here.out))} resumed" in again.err


def test_a_cluster_gives_the_same_bytes(cluster, tmp_path):
    here = cli(tmp_path, "experiment", "oq1")
    assert cli(tmp_path, "experiment", "oq1", "--executor", cluster).out == here.out
    rows = cli(tmp_path, "all", CLAIMS, "--fresh").out
    assert swept(tmp_path, cluster, "--fresh").out == rows
    campaign = [sys.executable, "-m", "attack", "--draws", "30", "--seed", "4", "--executor"]
    told = [
        subprocess.run(
            [*campaign, x], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True
        )
        for x in ("local", cluster)
    ]
    first, second = (re.sub(r"[\d.]+ s$", "", x.stdout.strip()) for x in told)
    assert first == second and told[0].returncode == told[1].returncode


@contextmanager
def running(cache, cluster):
    """A sweep of which three claims are decided; what it says so far."""
    words = command("all", MORE, "--executor", cluster)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment(cache), cwd=cache, **pipes) as ran:
        yield ran, [ran.stderr.readline() for _ in range(3)]


def test_a_killed_worker_loses_nothing(cluster, tmp_path):
    from distributed import Client

    with Client(cluster.replace("dask://", "tcp://"), set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
        with running(tmp_path, cluster) as (ran, _):
            os.kill(victim, signal.SIGKILL)
            told, said = ran.communicate(timeout=SECONDS)
        client.wait_for_workers(2)
        assert victim not in client.run(os.getpid).values()
    assert ran.returncode == 0, told + said
    assert told == cli(tmp_path, "all", MORE, "--fresh").out


def test_an_interrupted_sweep_resumes(cluster, tmp_path):
    with running(tmp_path, cluster) as (ran, seen):
        ran.send_signal(signal.SIGINT)
        _, rest = ran.communicate(timeout=SECONDS)
    assert ran.returncode == 130 and "the next run resumes" in rest, (seen, rest)
    again = swept(tmp_path, cluster, pattern=MORE)
    resumed = int(re.search(r"(\d+) resumed", again.err)[1])
    assert resumed >= 3 and again.out == cli(tmp_path, "all", MORE).out


def test_a_cluster_without_workers(tmp_path):
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    alone = {"n_workers": 0, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(**alone) as found:
        ran = swept(tmp_path, found.scheduler_address.replace("tcp://", "dask://"))
    assert ran.code == 2 and "the cluster has no worker" in ran.err


def test_a_cluster_that_goes_away_is_named(tmp_path):
    """What had come back is kept, the rest is undecided, and nothing of Dask's is printed."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    alone = {"n_workers": 1, "threads_per_worker": 1, "host": "127.0.0.1"}
    with distributed.LocalCluster(**alone, dashboard_address=None) as found:
        address = found.scheduler_address.replace("tcp://", "dask://")
        with running(tmp_path, address) as (ran, seen):
            found.close()
            told, said = ran.communicate(timeout=240)
    assert ran.returncode == 4 and "Traceback" not in said and len(seen) == 3
    assert "the cluster is gone, or has let the work go" in told and "PROVED" in told
