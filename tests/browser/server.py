"""The server that browser tests talk to, and the file it stands on."""

import contextlib
import threading

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

from alongside.config import settings


@contextlib.contextmanager
def on_file(path):
    """Let every thread use the SQLite file at `path` as the database: a site's, but for not waiting on the disk."""
    held, before = connections["default"], connections.settings["default"]
    ours = settings._sqlite(path) | {"CONN_MAX_AGE": 0}
    ours["OPTIONS"] |= {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"}
    ours = connections.configure_settings({"default": ours})
    connections.settings["default"] = ours["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = held


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """What was asked for is in the browser's own list."""


class Site:
    """A running site: `page = site.open("author", width=320)`, then `page.goto(site.url("front:today"))`."""

    def __init__(self, chromium, world):
        self.chromium, self.world = chromium, world
        self.server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        self.server.set_app(get_wsgi_application())
        self.server.daemon_threads = True
        self.home = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        self.contexts = []

    def stop(self):
        for context in self.contexts:
            context.close()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def context(self, role="outsider", width=1280, height=800, **wishes):
        """A browser window's memory, in which `role` is signed in already. context.faults lists what went wrong."""
        context = self.chromium.new_context(
            base_url=self.home, viewport={"width": width, "height": height}, **({"locale": "en-GB"} | wishes)
        )
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies(self.cookies(role))
        context.faults = []
        context.on("request", lambda request: self._note_stranger(context, request))
        context.on("console", lambda line: self._note_complaint(context, line))
        context.on("response", lambda answer: self._note_failure(context, answer))
        context.on("weberror", lambda error: context.faults.append(f"script: {error.error}"))
        return context

    def open(self, role="outsider", **wishes):
        """A page in a new context."""
        return self.context(role, **wishes).new_page()

    def faults_of(self, context):
        """What went wrong in a context since it was last asked: script errors, CSP messages, requests to elsewhere."""
        said, context.faults[:] = list(context.faults), []
        return said

    def cookies(self, role):
        jar = self.world.client(role).cookies
        return [{"name": name, "value": morsel.value, "url": self.home} for name, morsel in jar.items()]

    def _note_stranger(self, context, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            context.faults.append(f"asked elsewhere: {request.url}")

    def _note_complaint(self, context, line):
        if line.type == "error" and "Failed to load resource" not in line.text:
            context.faults.append(f"console: {line.text}")

    def _note_failure(self, context, answer):
        if answer.status >= 500 or (answer.status >= 400 and answer.request.resource_type != "document"):
            context.faults.append(f"{answer.status}: {answer.url}")
