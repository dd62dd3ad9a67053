"""A folder of pages, the parent's side: written beside its place and renamed, so that it is there
whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verify.exact.errors import BadInput


def check_folder(option: str, folder: Path) -> None:
    """Before any work. Raises BadInput where there is something already, or nothing can be made."""
    said = f"{option} {folder}"
    parent = Path(os.path.realpath(folder)).parent
    try:
        if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(
                f"{said}: there is something already; name a folder that is empty or not there yet"
            )
        if not parent.is_dir():
            raise BadInput(f"{said}: there is no folder {parent}; make it, or choose another place")
        if not os.access(parent, os.W_OK | os.X_OK):
            raise BadInput(f"{said}: folder {parent}: Permission denied; choose another place")
    except (OSError, ValueError) as error:
        raise BadInput(f"{said}: {error}; choose another place") from error


def write_pages(option: str, folder: Path, rows: Sequence[dict[str, Any]]) -> int:
    """Index, papers, claims and certificates; how many pages. Raises BadInput where the folder
    cannot be written.
    """
    files = _files(rows)
    place = Path(os.path.realpath(folder))
    made = ""
    try:
        made = tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name[:100]}.")
        for name, text in files.items():
            path = Path(made) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(made, 0o777 & ~mask)
        os.rename(made, place)  # onto an empty folder, or none
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True) if made else None
        if isinstance(error, OSError):
            raise BadInput(
                f"cannot write {option} {folder}: {error.strerror or error}; choose another place"
            ) from error
        raise
    return sum(name.endswith(".html") for name in files)


def _files(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    from verify.report.pages.index import by_paper, card_of, index_page, paper_file, paper_page
    from verify.report.pages.recheck import recheck_files

    cards = {r["claim"]: card_of(r["card"]) for r in rows if "card" in r}
    files = {cards[r["claim"]].file: r["page"] for r in rows if "card" in r}
    for r in rows:
        files |= r.get("files", {})
    for paper, found in by_paper(cards.values()).items():
        files[paper_file(paper)] = paper_page(paper, found, cards)
    files |= recheck_files(rows)
    files["index.html"] = index_page(list(cards.values()), [r for r in rows if "card" not in r])
    return files
