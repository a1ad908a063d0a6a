"""Every URL, as every role, at the own table, at another one and in another organisation; GET, HEAD and POST.

The verdicts stand in `alongside/ROOM/tests/access.toml`, one row a URL; the words in `tests/access/words.toml`.
A URL without a row fails. What somebody may not know of answers exactly like what does not exist.
"""

import copy
import re
import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from alongside.record.models import JournalLine
from tests.world import ROLES, World

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "alongside"
WORDS = tomllib.loads((HERE / "access" / "words.toml").read_text())
TABLES = [HERE / "access" / "config.toml", *sorted(PACKAGE.glob("*/tests/access.toml"))]
ROWS = {name: row for path in TABLES if path.exists() for name, row in tomllib.loads(path.read_text())["urls"].items()}
pytestmark = pytest.mark.django_db
MISSING = 987_654_321
RELATIONS = ("own", "other", "foreign")
GROUPS = {
    "all": set(ROLES),
    "all-but-outsider": set(ROLES) - {"outsider"},
    "all-but-outsider-and-guest": set(ROLES) - {"outsider", "guest"},
}


def url_names(patterns=None, space=""):
    """Every named URL of the resolver, with its namespace."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from url_names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)


def let_in(word, relation):
    """The roles that a word lets in."""
    return set().union(*(GROUPS.get(role, {role}) for role in WORDS[word][relation]))


def row_words(row):
    """(word for GET or None, word for POST or None)."""
    post = row.get("post", False)
    return (
        row["who"] if row.get("get", True) else None,
        row["who"] if post is True else (post or None),
    )


def sent_away(response):
    """Whether the answer is a way to a door: sign in, claim, or set up a second factor."""
    return response.status_code == 302 and any(
        door in response["Location"] for door in ("/door/sign-in", "/door/second", "/me/second")
    )


def without_tokens(response):
    """The page without its form tokens, which differ each time it is drawn."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def refused(response):
    return response.status_code in {403, 404} or sent_away(response)


def test_every_url_has_a_row():
    assert sorted(set(url_names()) - set(ROWS)) == []


def test_every_row_is_a_url_and_uses_known_words():
    assert sorted(set(ROWS) - set(url_names())) == []
    assert {word for row in ROWS.values() for word in row_words(row) if word} <= set(WORDS)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.named = made.samples()
        made.clients = {role: made.client(role) for role in ROLES}
        yield made
        transaction.set_rollback(True)


def address(name, row, named):
    return reverse(name, args=[named[arg] for arg in row.get("args", [])])


def ask(client, method, url):
    """One request whose effects are undone; (response, lines it wrote into the journal)."""
    before = JournalLine.objects.count()
    point, cookies = transaction.savepoint_create(), copy.deepcopy(client.cookies)
    response = getattr(client, method)(url)
    client.cookies = cookies  # a sign-out takes them away
    written = JournalLine.objects.count() - before
    transaction.savepoint_rollback(point)
    return response, written


def wrong_verdicts(world, name, row, relation):
    """What one URL answers wrongly, over all roles; [] when all is right."""
    get_word, post_word = row_words(row)
    url = address(name, row, world.named[relation])
    for role in ROLES:
        client = world.clients[role]
        may_get = get_word and role in let_in(get_word, relation)
        response, written = ask(client, "get", url)
        if get_word is None and response.status_code != 405 and not refused(response):
            yield f"{role} GET {url}: {response.status_code}, expected 405"
        if get_word and may_get != (not refused(response)):
            yield f"{role} GET {url}: {response.status_code} {response.headers.get('Location', '')}, may: {may_get}"
        if response.status_code >= 500 or written:
            yield f"{role} GET {url}: {response.status_code}, wrote {written} lines"
        if get_word and not may_get and relation == "foreign" and row.get("args") and response.status_code == 404:
            gone = client.get(reverse(name, args=[MISSING for _ in row["args"]]))
            if without_tokens(gone) != without_tokens(response):
                yield f"{role} GET {url}: differs from what does not exist"
        may_post = post_word and role in let_in(post_word, relation)
        response, written = ask(client, "post", url)
        if post_word is None and response.status_code != 405 and not refused(response):
            yield f"{role} POST {url}: {response.status_code}, expected 405"
        if post_word and not may_post and (written or (relation == "foreign" and not refused(response))):
            yield f"{role} POST {url}: {response.status_code}, wrote {written} lines, may not"
        if post_word and may_post and refused(response):
            yield f"{role} POST {url}: {response.status_code} {response.headers.get('Location', '')}, may"
        if response.status_code >= 500:
            yield f"{role} POST {url}: {response.status_code}"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_url_lets_in_whom_its_row_says(world, name):
    row = ROWS[name]
    relations = RELATIONS if row.get("args") else ("own",)
    assert [line for relation in relations for line in wrong_verdicts(world, name, row, relation)] == []
