"""The command line as a person uses it: another process, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
OURS = ("ALONGSIDE_", "DATABASE_URL", "DJANGO_", "PORT")


def environment(**more):
    """This process's environment without what could point at somebody's data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def alongside(folder, *words, **more):
    """Run `alongside WORDS` in `folder`; gives the finished process with its output as text."""
    return subprocess.run(
        [sys.executable, "-m", "alongside.config.cli", *words],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
