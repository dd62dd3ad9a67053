"""What a data file may look like, and the message for everything that it may not."""

from __future__ import annotations

import os
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.exact.errors import BadInput
from verify.models.data import load_table, read_scatter
from verify.models.data.cells import parse_cell
from verify.models.data.table import MAX_COLUMNS

HAND = "a,b,kind\n1,0.5,x\n3,1.5,x\n2,4,y\n"

NUMBERS = {
    "1": F(1),
    "-1.50": F(-3, 2),
    "+.5": F(1, 2),
    "5.": F(5),
    "2e3": F(2000),
    "2.5E-3": F(1, 400),
    " 7 ": F(7),
    "0.000": F(0),
    "-0": F(0),
    "1/2": F(1, 2),
    "1e199": F(10**199),
    "1e-199": F(1, 10**199),
    "0" * 90 + "1": F(1),
}


@pytest.mark.parametrize("text", NUMBERS, ids=lambda t: t[:12])
def test_the_text_of_a_cell_is_exact(text):
    assert parse_cell(text, "here") == NUMBERS[text]


CELLS = {
    "": "missing value ''",
    "  ": "missing value ''",
    "NA": "missing value 'NA'",
    "?": "missing value '?'",
    "nan": "missing value 'nan'",
    "NaN": "missing value 'NaN'",
    "inf": "'inf' is not a finite rational number",
    "-Infinity": "'-Infinity' is not a finite rational number",
    "abc": "'abc' is not a rational number",
    "1.5.2": "'1.5.2' is not a rational number",
    "0x10": "'0x10' is not a rational number",
    "1/0": "'1/0' has the denominator 0",
    "1/2/3": "'1/2/3' is not a rational number",
    "1_000": "leave out the marks between thousands",
    "12%": "write per cent as a fraction",
    "\u0661": "is not a rational number",
    "1e": "'1e' is not a rational number",
    "\x1b[31m": "is not a rational number",
    "9" * 5000: "5000 digits; a rational number has at most 200",
    "0." + "3" * 5000: "5002 digits; a rational number has at most 200",
    "1e999999": "'1e999999' has an exponent out of range",
    "1e-999999": "exponent out of range",
    "1e" + "9" * 100_000: "exponent out of range",
    "0e9999": "exponent out of range",
    "1e200": "has 201 digits; a rational number has at most 200",
    "12e199": "'12e199' is out of range",
    "1e-200": "'1e-200' is out of range",
    "1.7976931348623157e308": "rescale the column",
}


@pytest.mark.parametrize("cell", CELLS, ids=lambda t: repr(t[:12]))
def test_bad_cell_names_row_line_column_and_cell(tmp_path, cell):
    path = tmp_path / "d.csv"
    path.write_text(f"a,b,l\n1,2,x\n\n3,{cell},y\n")
    with pytest.raises(BadInput) as error:
        read_scatter(str(path), "l")
    message = str(error.value)
    assert "d.csv, row 2 (line 4), column 'b': " in message and CELLS[cell] in message
    assert "\x1b" not in message and len(message) < 300


def test_decimal_comma_gets_a_hint(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text('a,l\n"1,5",x\n2,y\n')
    with pytest.raises(BadInput, match="decimal mark as a point"):
        read_scatter(str(path), "l")


FILES = {
    "empty": (b"", "l", "is empty"),
    "blank": (b"\n \n\r\n", "l", "is empty"),
    "header-only": (b"a,l\n", "l", "has a header and no rows"),
    "short-row": (b"a,b,l\n1,2,x\n1,y\n", "l", "row 2 (line 3): 2 cells; expected 3"),
    "long-row": (b"a,l\n1,x\n1,2,y\n", "l", "row 2 (line 3): 3 cells; expected 2"),
    "one-class": (b"a,l\n1,x\n2,x\n", "l", "all 2 rows have the label 'x'"),
    "no-label": (
        b"a,l\n1,x\n2,y\n",
        None,
        "no label column given; say which column holds the classes, --label",
    ),
    "unknown-label": (b"a,kind\n1,x\n2,y\n", "knid", "did you mean 'kind'?"),
    "far-label": (b"a,kind\n1,x\n2,y\n", "zzz", "the columns are 'a', 'kind'."),
    "missing-label": (b"a,l\n1,x\n2,\n", "l", "row 2 (line 3), label column 'l': missing value"),
    "twice": (b"a,a,l\n1,2,x\n2,3,y\n", "l", "columns 1 and 2 have the same name 'a'"),
    "nameless": (b",a,l\n0,1,x\n1,2,y\n", "l", "column 1 of the header has no name"),
    "unprintable-name": (b"a\x1b[31m,l\n1,x\n2,y\n", "l", "expected up to 200 printable"),
    "unprintable-label": (b"a,l\n1,x\x1b[31m\n2,y\n", "l", "is no class name"),
    "no-header": (b"1,2,0\n3,4,1\n", "0", "looks like data"),
    "semicolons": (b"a;b;l\n1;2;x\n", "l", "separated by ';'"),
    "label-only": (b"l\nx\ny\n", "l", "a label and a feature are needed"),
    "latin-1": ("a,l\n1,caf\u00e9\n".encode("latin-1"), "l", "line 2: byte 0xe9 is not UTF-8"),
    "utf-16": ("a,l\n1,x\n".encode("utf-16"), "l", "UTF-16"),
    "binary": (b"a,l\n1,\x00\n", "l", "not text (zero byte at position 6)"),
    "open-quote": (b'a,l\n"1,x\n2,y\n', "l", "quotes in pairs"),
    "too-wide": (
        b",".join(b"c%d" % i for i in range(MAX_COLUMNS + 2)) + b"\n",
        "c0",
        f"at most {MAX_COLUMNS} features",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_bad_file(tmp_path, case):
    content, label, expected = FILES[case]
    path = tmp_path / "d.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as error:
        read_scatter(str(path), label)
    assert (
        expected in str(error.value)
        and "d.csv" in str(error.value)
        and "\x1b" not in str(error.value)
    )


def test_bad_paths(tmp_path, monkeypatch):
    with pytest.raises(BadInput, match="is a directory"):
        load_table(str(tmp_path), "l")
    with pytest.raises(
        BadInput, match=r"no file .*no-such\.csv; .*shipped data sets are iris, wine"
    ):
        load_table(str(tmp_path / "no-such.csv"), "l")
    with pytest.raises(BadInput, match=r"did you mean iris\?"):
        load_table("irsi", "l")
    with pytest.raises(BadInput, match="cannot be read"):
        load_table("a\x00b", "l")
    with pytest.raises(BadInput, match="not a regular file"):
        load_table(os.devnull, "l")
    (tmp_path / "d.csv").write_text(HAND)
    monkeypatch.setattr("verify.models.data.cells.MAX_BYTES", 10)
    with pytest.raises(BadInput, match=f"has {len(HAND)} bytes; at most 10"):
        load_table(str(tmp_path / "d.csv"), "kind")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_unreadable_file(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text(HAND)
    path.chmod(0)
    with pytest.raises(BadInput, match="cannot be read: Permission denied"):
        load_table(str(path), "kind")


def test_unreadable_file_by_the_system(tmp_path, monkeypatch):
    path = tmp_path / "d.csv"
    path.write_text(HAND)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(BadInput, match="cannot be read: Permission denied"):
        load_table(str(path), "kind")


def test_too_many_cells(tmp_path, monkeypatch):
    path = tmp_path / "d.csv"
    path.write_text(HAND)
    monkeypatch.setattr("verify.models.data.table.MAX_CELLS", 6)
    assert len(load_table(str(path), "kind").cells) == 3
    monkeypatch.setattr("verify.models.data.table.MAX_CELLS", 5)
    with pytest.raises(BadInput, match="more than 5 cells"):
        load_table(str(path), "kind")


SAME = {
    "bom": "\ufeff" + HAND,
    "crlf": HAND.replace("\n", "\r\n"),
    "cr": HAND.replace("\n", "\r"),
    "no-final-newline": HAND.rstrip(),
    "blank-lines": HAND.replace("\n", "\n\n"),
    "quotes": '"a","b","kind"\n"1","0.5",x\n3,"1.5","x"\n"2",4,y\n',
    "spaces": HAND.replace(",", " , "),
    "label-first": "kind,a,b\nx,1,0.5\nx,3,1.5\ny,2,4\n",
    "other-decimals": "a,b,kind\n1.00,5e-1,x\n3,15E-1,x\n.2e1,4.,y\n",
}


@pytest.mark.parametrize("case", SAME)
def test_same_table_in_other_clothes(tmp_path, case):
    plain, other = tmp_path / "plain", tmp_path / "other"
    for path, text in ((plain, HAND), (other, SAME[case])):
        path.mkdir()
        (path / "d.csv").write_bytes(text.encode())
    assert read_scatter(str(other / "d.csv"), "kind") == read_scatter(str(plain / "d.csv"), "kind")


def test_names_with_commas_and_one_feature_and_one_row_per_class(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text('"length, cm",l\n1,x\n2,x\n4,y\n')
    s = read_scatter(str(path), "l")
    assert (s.columns, s.counts, s.S_W) == (("length, cm",), (2, 1), ((1 / s.scales[0] ** 2 / 2,),))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=40) | st.text(alphabet='a,l\n"1x.e-\r;', max_size=40).map(str.encode))
def test_any_bytes_are_a_table_or_bad_input(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "d.csv"
    path.write_bytes(content)
    try:
        assert len(load_table(str(path), "l").classes) >= 2
    except BadInput:
        pass
