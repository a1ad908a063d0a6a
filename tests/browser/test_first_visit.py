"""What a first visit weighs, where it comes from, and that focus never hides."""

import gzip

import pytest

from tests.browser.hands import Hands
from tests.browser.pages import at

MOST, MOST_SCRIPT, MOST_RAW = 60_000, 20_000, 250_000
FIRST = [
    ("outsider", "front:today", ()),
    ("outsider", "front:directory", ()),
    ("outsider", "front:initiative", ("initiative",)),
    ("outsider", "initiatives:advert", ("advert",)),
    ("outsider", "account_login", ()),
    ("author", "front:today", ()),
    ("author", "people:me", ()),
    ("author", "conversations:conversation", ("conversation",)),
    ("author", "contributions:offer", ("offer",)),
    ("author", "gatherings:gathering", ("gathering",)),
    ("author", "decisions:decision", ("decision",)),
    ("approver", "payments:due", ()),
]


def weigh(page, url):
    """[(kind, path, bytes as they come with gzip, bytes unpacked)] of all that a page brings with an empty cache."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(url, wait_until="networkidle")
    weights = []
    for answer in answers:
        body, packed = answer.body(), answer.headers.get("content-encoding")
        came = answer.request.sizes()["responseBodySize"] if packed else len(gzip.compress(body, 6))
        weights.append((answer.request.resource_type, answer.url, came, len(body), packed))
    return weights


@pytest.mark.parametrize(("role", "name", "args"), FIRST, ids=[f"{role}-{name}" for role, name, _ in FIRST])
def test_a_first_visit_is_light_and_comes_from_here_alone(shared_site, role, name, args):
    page = shared_site.open(role)
    weights = weigh(page, at(shared_site, name, *args))
    script = sum(came for kind, _, came, _, _ in weights if kind == "script")
    assert script <= MOST_SCRIPT, weights
    assert sum(came for _, _, came, _, _ in weights) <= MOST, weights
    assert sum(raw for _, _, _, raw, _ in weights) <= MOST_RAW, weights
    assert {url for _, url, _, _, _ in weights if not url.startswith(shared_site.home)} == set()
    bare = [
        url for kind, url, _, raw, packed in weights if kind in {"script", "stylesheet"} and raw > 1000 and not packed
    ]
    assert bare == [], "files that do not travel compressed"
    assert shared_site.faults_of(page.context) == []


@pytest.mark.parametrize(("role", "name", "args"), FIRST, ids=[f"{role}-{name}" for role, name, _ in FIRST])
@pytest.mark.parametrize("width", [320, 1280])
def test_focus_goes_through_the_page_and_never_hides(shared_site, role, name, args, width):
    """At 320 px, which is 1280 px at 400 %: each stop shows its ring, is in the window, and nothing lies over it."""
    hands = Hands(shared_site.open(role, width=width, height=256 if width == 320 else 800))
    hands.go(at(shared_site, name, *args))
    stops = []
    while (here := hands.step()) is not None and len(stops) < 200:
        stops.append(here["html"])
        assert not hands.page.evaluate("document.activeElement.getBoundingClientRect().bottom < 0")
    assert 5 < len(stops) < 200
