"""JUnit XML: a contradicted claim is a failure, an unsettled one an error; nothing is ever
``skipped``, which looks green.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as tree

_NOT_XML = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def printable(text: str) -> str:
    """What XML 1.0 has no character for is written as Python would escape it."""
    return _NOT_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


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
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + tree.tostring(root, encoding="unicode") + "\n"
    )


def _case(result: dict[str, Any]) -> tree.Element:
    seconds = sum(result.get("timing", {}).values())
    case = tree.Element(
        "testcase", classname="verify", name=printable(result["claim"]), time=f"{seconds:.3f}"
    )
    properties = tree.SubElement(case, "properties")
    for name in ("verdict", "expected", "seed"):
        tree.SubElement(
            properties, "property", name=name, value=printable(str(result.get(name, "")))
        )
    if result["exit"]:
        tag = "failure" if result["exit"] == 1 else "error"
        message = f"{result.get('verdict', 'ERROR')}, expected {result.get('expected', '?')}"
        said = [result[key] for key in ("statement", "error") if result.get(key)]
        tree.SubElement(case, tag, message=printable(message)).text = printable("\n".join(said))
    return case
