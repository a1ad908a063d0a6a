"""Two things that hold for every request: who acts, and that no browser keeps a copy of a person's page."""

from alongside.people import queries as people


def acting_person(get_response):
    """Set `request.person`: the Person who acts (by login, as a guest, or helped by somebody), or None."""

    def middleware(request):
        request.person = people.acting_person(request)
        return get_response(request)

    return middleware


def not_kept_by_browsers(get_response):
    """Pages made for a person are not kept: Back on a shared phone shows nothing."""

    def middleware(request):
        response = get_response(request)
        if request.person or not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private" if request.person else "no-cache"
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        return response

    return middleware
