"""JUnit XML: a contradicted claim is a failure, an unsettled one an error; nothing is ever ``skipped``, which looks green."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as tree


def as_junit(results: Sequence[dict[str, Any]]) -> str:
    """One test case for each claim; seed, verdict and certificate are properties."""
    suite = tree.Element("testsuite", name="verify", tests=str(len(results)))
    suite.set("failures", str(sum(r["exit"] == 1 for r in results)))
    suite.set("errors", str(sum(r["exit"] not in (0, 1) for r in results)))
    for result in results:
        suite.append(_case(result))
    root = tree.Element("testsuites")
    root.append(suite)
    tree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tree.tostring(root, encoding="unicode") + "\n"


def _case(result: dict[str, Any]) -> tree.Element:
    seconds = sum(result.get("timing", {}).values())
    case = tree.Element("testcase", classname="verify", name=result["claim"], time=f"{seconds:.3f}")
    properties = tree.SubElement(case, "properties")
    for name in ("verdict", "expected", "seed"):
        tree.SubElement(properties, "property", name=name, value=str(result.get(name, "")))
    if result["exit"]:
        tag = "failure" if result["exit"] == 1 else "error"
        message = f"{result.get('verdict', 'ERROR')}, expected {result.get('expected', '?')}"
        tree.SubElement(case, tag, message=message).text = result.get("statement") or result.get("error", "")
    return case
