"""``python -m tests.browser FOLDER``: all pages of a folder in a browser; exit 1 where one has a
fault.
"""

import sys
from pathlib import Path

from tests.browser.seen import missing, seen
from tests.browser.test_browser import faults


def main(folder: Path) -> int:
    if missing():
        print(missing())
        return 2
    found = seen(folder, sorted(p.name for p in folder.glob("*.html")), 3600)
    bad = {f["page"]: faults(f) for f in found if faults(f)}
    for name, what in bad.items():
        print(name, what)
    print(
        f"{len(found)} pages, {sum(f['formulas'] for f in found)} formulas, {len(bad)} with faults"
    )
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
