"""The four shipped data sets where scikit-learn is absent, or its files are not as expected."""

from __future__ import annotations

import gzip

import pytest

from verify.exact.errors import BadInput
from verify.models.data import read_scatter


def test_without_scikit_learn_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("verify.models.data.shipped.find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"pip install flowlaw\[data\]"):
        read_scatter("iris")


def test_shipped_data_bring_their_own_label():
    with pytest.raises(BadInput, match=r"leave --label out, or write \./iris"):
        read_scatter("iris", "species")


BROKEN = {
    "absent": None,
    "title": b"150,4,setosa,versicolor\n",
    "rows": b"150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n",
    "columns": b"150,4,setosa,versicolor,virginica\n" + b"5.1,3.5,1.4,0\n" * 150,
    "class": b"150,4,setosa,versicolor,virginica\n" + b"5.1,3.5,1.4,1,7\n" * 150,
    "cell": b"150,4,setosa,versicolor,virginica\n" + b"5.1,3.5,1.4,a,1\n" * 150,
    "empty": b"",
}


class _Spec:
    def __init__(self, path):
        self.submodule_search_locations = [str(path)]


@pytest.mark.parametrize("case", BROKEN)
def test_changed_shipped_file_is_refused(tmp_path, monkeypatch, case):
    folder = tmp_path / "datasets" / "data"
    folder.mkdir(parents=True)
    if BROKEN[case] is not None:
        (folder / "iris.csv").write_bytes(BROKEN[case])
    monkeypatch.setattr("verify.models.data.shipped.find_spec", lambda name: _Spec(tmp_path))
    with pytest.raises(BadInput, match=r"iris\.csv"):
        read_scatter("iris")


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"1,2", mtime=0)[:-6], gzip.compress(b"1,2,0\n", mtime=0)],
)
def test_changed_compressed_file_is_refused(tmp_path, monkeypatch, content):
    (tmp_path / "datasets" / "data").mkdir(parents=True)
    (tmp_path / "datasets" / "data" / "digits.csv.gz").write_bytes(content)
    monkeypatch.setattr("verify.models.data.shipped.find_spec", lambda name: _Spec(tmp_path))
    with pytest.raises(BadInput, match=r"digits\.csv\.gz is not as expected"):
        read_scatter("digits")
