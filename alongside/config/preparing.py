"""What has to stand before a page can be served: tables, the files of the pages, the demo organisation."""

import hashlib
import importlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import Resolver404, resolve

from alongside.config import plain
from alongside.config.progress import bar

CALLED = os.environ.get("ALONGSIDE_CALLED", "alongside")


def choose_demo(port=None):
    """Point this process at the demo's own data: SQLite in a folder of its own, whatever else is configured."""
    os.environ["ALONGSIDE_DEMO"] = "1"
    os.environ.pop("DATABASE_URL", None)
    if port:
        # Links in the demo's mail lead to where the demo is.
        os.environ.setdefault("ALONGSIDE_ADDRESS", f"http://127.0.0.1:{port}")


def unapplied():
    """The migrations that this database still lacks, in the order they will run."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


class _QuietMigrate(Migrate):
    """Django's migrate with our one line of progress instead of its lines."""

    def migration_progress_callback(self, action, migration=None, fake=False):
        if action == "apply_success":
            self.step()


def migrate_at_need():
    """Apply what is unapplied; True when there was something."""
    todo = unapplied()
    if todo:
        command = _QuietMigrate()
        with bar("Setting up the database", len(todo)) as command.step:
            call_command(command, verbosity=0, interactive=False)
    return bool(todo)


def collect_at_need():
    """Copy and compress the files of the pages once for each version of them."""
    mark = Path(settings.STATIC_ROOT) / "collected.sha256"
    found = _static_fingerprint()
    if mark.exists() and mark.read_text() == found:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(found)
    return True


def find_in_place():
    """The demo serves the files of the pages from where they are; the server still looks for the collected folder."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def _static_fingerprint():
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = os.stat(storage.path(path))
            lines.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def demo_room(part):
    """`queries` or `operations` of the demo room, which import models and so need Django set up."""
    try:
        return importlib.import_module(f"alongside.demo.{part}")
    except ModuleNotFoundError as stop:
        raise CommandError("This version has no demo organisation.") from stop


def demo_is_empty():
    """True when a demo organisation can be loaded and nobody is there yet."""
    return "load_demo" in get_commands() and not demo_room("queries").people()


def need_demo_folder():
    """Refuse, before anything is written, where no demo was ever started."""
    folder = Path(os.environ.get("ALONGSIDE_HOME", "var")).resolve() / "demo"
    if not (folder / "alongside.sqlite3").exists():
        raise CommandError(f"There is no demo in {folder}. Start one there first with: {CALLED} demo")


def need_demo():
    """Refuse unless this process looks at the data of a demo of this version: real people are never touched."""
    if not settings.DEMO:
        raise CommandError("This is done with the people of the demo only.")
    if unapplied():
        raise CommandError(f"The demo in {settings.DATA} is from another version. Start it once with: {CALLED} demo")


def welcome(port):
    """What to open and how to sign in, as lines."""
    pages = [
        ("/", "the front page"),
        ("/find/", "what anybody may see"),
        ("/demo/", "the people of the demo"),
        ("/demo/post/", "the demo's mail, sign-in codes too"),
        ("/design/gallery", "the parts that pages are made of"),
    ]
    lines = ["", "Alongside is open. No real person is in it, and only this machine can reach it.", ""]
    lines += [f"  http://127.0.0.1:{port}{path:<16} {words}" for path, words in pages if _is_a_page(path)]
    people = demo_room("queries").people() if "load_demo" in get_commands() else []
    if people:
        lines += [
            "",
            "Sign in as one of these. The code comes to the mail page, or from: " + f"{CALLED} demo code ADDRESS",
            "",
        ]
        lines += plain.table(people)
    return [*lines, "", "Stop it with Ctrl+C."]


def _is_a_page(path):
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
