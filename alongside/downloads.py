"""A file that a browser saves. What may be kept of it on the way is the middleware's to say, as for every answer."""

from django.http import HttpResponse


def download(data, name, kind):
    """The answer that hands over a file.

    data: bytes or text. name: what it is saved as; of our making, never typed by anybody, and saying nothing that its
    finder should not read. kind: its media type.
    """
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
