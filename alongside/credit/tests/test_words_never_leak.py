"""Words in every state are planted, and every page and file is read as everybody: none without a yes stands anywhere.

Only who said them and who wrote them down may read them, on the pages of that quotation; the speaker also in their own
record. The same crawl must find the words with a yes, and the words of the speaker on the speaker's own page: a crawl
that finds nothing at all proves nothing.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from alongside.calculations.papers.tests import reading
from alongside.credit import operations, queries
from alongside.credit.models import QuoteDraft
from alongside.credit.states import Use
from alongside.credit.tests import factories
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from tests.test_access import ROWS, let_in, row_words
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
FOUND = re.compile(rf"{CANARY}-\w+-\w+")
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
OWN_PAGES = re.compile(r"/credit/words/\d+/(?:other/|yes/)?$")
MOST = 400  # pages of one role


def plant(scene, name):
    """One quotation in every state, said by the author and written down by who chairs. {state: Quote}."""
    speaker, writer, at = scene.people["author"], scene.people["facilitator"], scene.at
    here = {"at": at, "said_on": scene.on}

    def words(state):
        return f"{CANARY}-{name}-{state}"

    def shown(state):
        quote = factories.captured(scene.initiative, speaker, writer, words=words(state), **here)
        return operations.show(quote_id=quote.pk, by=writer, at=at)

    def approved(state, uses=tuple(Use.values), until=timedelta(days=365)):
        return factories.yes(shown(state), uses=uses, until=scene.on + until, at=at, today=scene.on).quote

    quotes = {state: approved(state) for state in ("YES", "BACK", "OLDER", "NEWER")}
    quotes |= {"SHOWN": shown("SHOWN"), "NO": shown("NO"), "OVER": approved("OVER", until=timedelta(days=1))}
    quotes["CAPTURED"] = factories.captured(scene.initiative, speaker, writer, words=words("CAPTURED"), **here)
    quotes["DROPPED"] = factories.captured(scene.initiative, speaker, writer, words=words("DROPPED"), **here)
    operations.withdraw(quote_id=quotes["BACK"].pk, by=speaker, at=at)
    operations.decline(quote_id=quotes["NO"].pk, by=speaker, at=at)
    operations.drop(quote_id=quotes["DROPPED"].pk, by=writer, at=at)
    operations.reword(quote_id=quotes["OLDER"].pk, words=words("WAITING"), by=speaker, at=at)
    operations.reword(quote_id=quotes["NEWER"].pk, words=words("CURRENT"), by=speaker, at=at)
    factories.yes(quotes["NEWER"], uses=Use.values, until=scene.on + timedelta(days=365), at=at, today=scene.on)
    return quotes


WITH_YES = {"YES", "OLDER", "CURRENT"}  # of OLDER the first wording has its yes, and WAITING has none


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.named = made.samples()
        made.planted = {name: plant(scene, name) for name, scene in made.scenes.items()}
        yield made
        transaction.set_rollback(True)


def addresses(world):
    """Every address of the access table that can be asked for, at every table."""
    found = []
    for name, row in ROWS.items():
        for relation in world.named:
            try:
                found.append(reverse(name, args=[world.named[relation][arg] for arg in row.get("args", [])]))
            except (KeyError, NoReverseMatch):
                continue
    for quotes in world.planted.values():
        found += [
            reverse(f"credit:{page}", args=[quote.pk])
            for quote in quotes.values()
            for page in ("quote", "approve", "reword")
        ]
    found += [
        reverse("credit:quotes_file", args=[scene.initiative.pk, use]) for scene in world.scenes.values() for use in Use
    ]
    found += [f"/find/?words={CANARY}", f"/?words={CANARY}"]
    return list(dict.fromkeys(found))


def text_of(response):
    """Everything that an answer holds, unpacked: pages, tables, zips, papers."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if "zip" in kind:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return " ".join(files.read(name).decode("utf-8", "replace") for name in files.namelist())
    if "pdf" in kind:
        return reading.words(data)
    return data.decode("utf-8", "replace") + " ".join(response.headers.values())


def crawl(client, start):
    """{address: canaries found there} of everything that can be read from these addresses on, and what they link to."""
    todo, seen = list(start), {}
    client.raise_request_exception = False  # what a fault shows is read as well
    while todo and len(seen) < MOST + len(start):
        url = todo.pop(0)
        if url in seen or "sign-out" in url or "/static/" in url or "leave" in url:
            continue
        point = transaction.savepoint_create()
        response = client.get(url)
        transaction.savepoint_rollback(point)
        text = text_of(response)
        seen[url] = set(FOUND.findall(text))
        assert CANARY not in url or "words=" in url
        todo += [link.replace("&amp;", "&") for link in LINK.findall(text) if link not in seen]
    return seen


def allowed(url, role, canary):
    """Whether this role may read this canary there."""
    name, state = canary.split("-")[1:]
    if name == "own" and role in {"author", "facilitator"} and OWN_PAGES.match(url):
        return True
    return state in WITH_YES and re.match(r"/credit/at/\d+/", url) is not None and _sits(role, name)


def _sits(role, name):
    return role in {"own": let_in("table", "own"), "other": let_in("table", "other"), "foreign": set()}[name]


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_no_page_or_file_shows_words_without_a_yes(world, role):
    seen = crawl(world.client(role), ["/", *addresses(world)])
    leaks = [(url, canary) for url, found in seen.items() for canary in sorted(found) if not allowed(url, role, canary)]
    assert leaks == []
    assert len(seen) > 100
    if role in let_in("table", "own"):
        table = reverse("credit:initiative", args=[world.scenes["own"].initiative.pk])
        assert {canary.split("-")[2] for canary in seen[table] if "-own-" in canary} == WITH_YES
    if role in {"author", "facilitator"}:
        page = reverse("credit:quote", args=[world.planted["own"]["SHOWN"].pk])
        assert seen[page] == {f"{CANARY}-own-SHOWN"}


@pytest.mark.parametrize("role", ROLES)
def test_a_record_taken_away_holds_ones_own_words_and_nobody_elses(world, role):
    point = transaction.savepoint_create()
    response = world.client(role).post(reverse("my_record"))
    transaction.savepoint_rollback(point)
    found = {canary.split("-")[1] for canary in FOUND.findall(text_of(response))}
    assert found == ({"own"} if role == "author" else set())


def test_no_message_and_no_line_of_the_journal_holds_words(world):
    assert not ToTell.objects.filter(words__contains=CANARY).exists()
    assert not [line for line in JournalLine.objects.all() if CANARY in f"{line.what}{line.subject}{line.facts}"]
    assert not [letter for letter in mail.outbox if CANARY in letter.body + letter.subject]


def test_what_is_handed_out_on_each_day_has_its_yes(world):
    scene = world.scenes["own"]

    def handed_out(use, days):
        rows = queries.approved_quotes(scene.initiative, use, scene.on + timedelta(days=days))
        return {each.words.split("-")[2] for each in rows if CANARY in each.words}

    for use in Use:
        assert handed_out(use, 0) == WITH_YES | {"OVER"}
        assert handed_out(use, 5) == WITH_YES
        assert handed_out(use, 366) == set()


def test_the_pages_that_may_show_words_are_behind_a_row_for_two_people():
    for page in ("quote", "reword", "approve"):
        assert row_words(ROWS[f"credit:{page}"])[0] == "self-or-writer"


def test_words_that_were_declined_or_dropped_are_gone_from_the_database(world):
    gone = QuoteDraft.objects.filter(words__contains=CANARY).values_list("words", flat=True)
    assert not [words for words in gone if words.endswith(("-NO", "-DROPPED"))]
