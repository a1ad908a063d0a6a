"""One line on the screen that says how far long work is. Silent when nobody watches (a file, a pipe, a timer)."""

import sys
from contextlib import contextmanager

WIDTH = 30


@contextmanager
def bar(words, total, stream=None):
    """Give a `step()` to call once for each of `total` pieces; clear the line at the end."""
    stream = stream or sys.stderr
    done = 0

    def show():
        filled = WIDTH * done // max(total, 1)
        stream.write(f"\r{words} [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {total}")
        stream.flush()

    def step():
        nonlocal done
        done += 1
        if stream.isatty():
            show()

    if stream.isatty():
        show()
    try:
        yield step
    finally:
        if stream.isatty():
            stream.write("\r\033[K")
            stream.flush()
