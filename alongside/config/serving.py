"""The web server, started from our own process: one gunicorn worker process with threads, or waitress on Windows.

Django is set up before the worker is forked, so that it is set up once. Nothing but this machine can reach the
demo; in production a web server that speaks https stands in front (docs/install.md).
"""

import os
import socket
import sys

from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
WINDOWS = sys.platform == "win32"


def wanted_port():
    """The port in PORT, else 8000. PORT=0 means any free one. Refuses what is no port or is taken."""
    words = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not words.isdecimal() or int(words) > 65535:
        raise CommandError(f"PORT is set to {words}, which is not a port number between 1 and 65535.")
    port = int(words)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0 if WINDOWS else 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError as stop:
            raise CommandError(f"This person may not use port {port}. Choose one above 1023, like PORT=8001.") from stop
        except OSError as stop:
            raise CommandError(
                f"Port {port} is in use by another program. Stop that one, or choose another port, like PORT={port + 1}."
            ) from stop
        return probe.getsockname()[1]


def serve(*, port, threads, workers=1, opened):
    """Serve until stopped. `opened` is called once, when the first page can be asked for."""
    application = get_wsgi_application()
    connections.close_all()  # a database connection must not be shared by two processes
    if WINDOWS:
        _serve_with_waitress(application, port, threads, opened)
    else:
        _serve_with_gunicorn(application, port, threads, workers, opened)


def _serve_with_waitress(application, port, threads, opened):
    import waitress  # noqa: PLC0415  only installed there

    server = waitress.create_server(application, host=LOOPBACK, port=port, threads=threads)
    opened()
    server.run()


def _serve_with_gunicorn(application, port, threads, workers, opened):
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415  not installed on Windows

    class Server(BaseApplication):
        def load_config(self):
            settings = {
                "bind": f"{LOOPBACK}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": threads,
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "control_socket_disable": True,
                "umask": 0o077,
                "proc_name": "alongside",
                "when_ready": lambda arbiter: opened(),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self):
            return application

    Server().run()
