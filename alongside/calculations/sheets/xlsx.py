"""XLSX, read by a child process that may fail, hang or swell without harm to the site."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from alongside.calculations.sheets.caps import refused
from alongside.calculations.sheets.layout import known_headings

_CHILD = Path(__file__).with_name("xlsx_child.py")
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL")  # no secret of the site goes along


def read_xlsx(data, caps):
    """Return (lines, notes) of the sheet that looks most like a register. Raises Refused."""
    answer = _ask_child(data, caps)
    if "refused" in answer:
        raise refused(answer["refused"])
    sheets = [sheet for sheet in answer["sheets"] if any(any(texts) for _, texts in sheet["rows"])]
    if not sheets:
        raise refused("no-table")
    chosen = max(sheets, key=lambda sheet: (_headings(sheet), -sheets.index(sheet)))
    return chosen["rows"], _notes(answer, sheets, chosen)


def _ask_child(data, caps):
    # -I: the child takes no settings from the environment and no modules from the working folder.
    command = [sys.executable, "-I", str(_CHILD), json.dumps(asdict(caps))]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=caps.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refused("too-slow") from None
    if done.returncode:
        raise refused("unreadable")
    return json.loads(done.stdout)


def _headings(sheet):
    return max((known_headings(texts) for _, texts in sheet["rows"][:40]), default=0)


def _notes(answer, sheets, chosen):
    notes = []
    if len(sheets) > 1:
        others = ", ".join(f"“{sheet['name']}”" for sheet in sheets if sheet is not chosen)
        notes.append(f"We read the sheet “{chosen['name']}”, and not {others}.")
    if answer["hidden"]:
        notes.append("There are hidden sheets in the file. We did not look at them.")
    if answer["formulas"]:
        notes.append("Some cells hold formulas. We took the results as your spreadsheet program last saved them.")
    return notes
