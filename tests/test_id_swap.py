"""Requests that were really made, sent again with other people's ids in the path, the query, the fields and the headers.

Every role opens every page that it may open at its own table and keeps the forms and links of it. Those requests are sent
again, with ids of another organisation or of another table put in. Nothing there may change, and none of the words that
only they may read may come back: each private text over there is a canary of its own.

ALONGSIDE_SWAPS says how many requests; ALONGSIDE_SEED repeats a run.
"""

import copy
import logging
import os
import random
import re
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.urls import Resolver404, resolve, reverse

from alongside.record.models import JournalLine
from tests import shown
from tests.test_access import ROWS, address, let_in, row_words
from tests.world import ROLES, World

pytestmark = pytest.mark.slow

SWAPS = int(os.environ.get("ALONGSIDE_SWAPS", "5000"))
SEED = int(os.environ.get("ALONGSIDE_SEED") or secrets.randbits(32))
SHARE = {"foreign": 0.7, "other": 0.3}
# Those who serve the whole organisation may look at its other table too.
STRANGERS = {"foreign": set(ROLES), "other": set(ROLES) - {"payer", "approver", "lead", "commissioner", "operator"}}
NOBODYS = {"journal_line", "journal_head", "press", "cache_row"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
TABLES = [model for model in OURS if model._meta.db_table not in NOBODYS]


@dataclass(frozen=True)
class Request:
    """One request as it was made. sent: ((name, value), ...) of a form; headers likewise."""

    role: str
    method: str
    path: str
    query: tuple = ()
    sent: tuple = ()
    headers: tuple = ()


# --- what belongs to whom ---


def links_of(model):
    """[(column, model it points to)] of a table."""
    return [(field.attname, field.related_model) for field in model._meta.concrete_fields if field.is_relation]


LINKS = {model: links_of(model) for model in TABLES}


def belongings(seeds):
    """{(model, pk): its values} of everything that hangs on the seeds, however far down."""
    rows = {
        (model, row[model._meta.pk.attname]): row for model in TABLES for row in model.objects.order_by("pk").values()
    }
    belongs, grew = set(seeds), True
    while grew:
        new = {
            key
            for key, row in rows.items()
            if key not in belongs and any((there, row[column]) in belongs for column, there in LINKS[key[0]])
        }
        belongs |= new
        grew = bool(new)
    return {key: rows[key] for key in belongs if key in rows}


def seeds_of(relation, scene):
    """What is theirs: an organisation with its people, or one table."""
    if relation == "other":
        return {(type(scene.initiative), scene.initiative.pk)}
    people = {(type(person), person.pk) for person in scene.people.values()}
    return people | {(type(scene.organisation), scene.organisation.pk)}


# --- canaries ---


def private_texts(model, relation):
    """Fields of a table that hold words which outsiders of this kind may not read."""
    open_to = {"public"} if relation == "foreign" else {"public", "organisation"}
    for field in model._meta.concrete_fields:
        said = getattr(model, "DECLARED", {}).get(field.name)
        free = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
        if said and free and said.audience not in open_to and (field.max_length or 99) >= len(canary("foreign", 0)):
            yield field


def shown_on_purpose(model, row, name):
    """What an empty seat is for is an open invitation; so is a seat whose person wants to be seen."""
    return model.DECLARED[name].audience == "seats" and (row["person_id"] is None or row["shown_public"])


def canary(relation, number):
    return f"z{relation[0]}{number:05}q"


def plant(relation, theirs):
    """Put a canary into each private text of theirs; how many found a place."""
    count = 0
    places = [(table, pk, field) for table, pk in sorted(theirs, key=str) for field in private_texts(table, relation)]
    places = [place for place in places if not shown_on_purpose(place[0], theirs[place[:2]], place[2].name)]
    for number, (model, pk, field) in enumerate(places):
        try:
            with transaction.atomic():
                model.objects.filter(pk=pk).update(**{field.attname: canary(relation, number)})
            count += 1
        except DatabaseError:
            continue  # a rule of the table wants other words there
    return count


def unguard():
    """Let the canaries into tables that only grow. All of it is undone with the world."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


# --- the world, and what was asked in it ---


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Thousands of pages are not found here; that is nothing to be told of."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.named = made.samples()
        made.clients = {role: made.client(role) for role in ROLES}
        unguard()
        made.seeds = {relation: seeds_of(relation, made.scenes[relation]) for relation in ("foreign", "other")}
        made.planted = {relation: plant(relation, belongings(seeds)) for relation, seeds in made.seeds.items()}
        made.theirs = {relation: belongings(seeds) for relation, seeds in made.seeds.items()}
        made.recorded = record(made)
        yield made
        transaction.set_rollback(True)


@contextmanager
def undone(client):
    """What happens inside is undone, in the database and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies


def send(world, request):
    """(answer, tables that were written to) of one request."""
    written = set()

    def watch(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    client = world.clients[request.role]
    client.raise_request_exception = False
    path = request.path + (f"?{urlencode(request.query)}" if request.query else "")
    with connection.execute_wrapper(watch):
        if request.method == "get":
            answer = client.get(path, headers=dict(request.headers))
        else:
            sent = urlencode(request.sent)
            answer = client.post(
                path, sent, content_type="application/x-www-form-urlencoded", headers=dict(request.headers)
            )
    return answer, written - {"django_session", *NOBODYS}


def record(world):
    """Every page that each role may open at its own table, with the forms and links of it."""
    found = {}
    for name, row in sorted(ROWS.items()):
        get_word, _ = row_words(row)
        path = address(name, row, world.named["own"])
        for role in [role for role in ROLES if get_word and role in let_in(get_word, "own")]:
            seen = Request(role, "get", path)
            found.setdefault((role, "get", path), seen)
            with undone(world.clients[role]):
                answer, _ = send(world, seen)
            if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
                for request in asked_on(answer.content.decode(), role, path):
                    key = (role, request.method, request.path, tuple(name for name, _ in request.sent + request.query))
                    found.setdefault(key, request)
    return list(found.values())


def asked_on(page, role, path):
    """The requests that a page offers: its forms filled in, with each of their buttons, and its links."""
    forms, links = shown.read(page)
    for form in forms:
        where = urlsplit(form.action or path)
        if where.scheme or not known(where.path):
            continue
        for button in form.buttons or [None]:
            sent = tuple(form.filled()) + ((button,) if button else ())
            if form.method == "post":
                yield Request(role, "post", where.path, tuple(parse_qsl(where.query)), sent)
            else:
                yield Request(role, "get", where.path, sent)
    for link in links:
        where = urlsplit(link)
        if not where.scheme and known(where.path or path):
            yield Request(role, "get", where.path or path, tuple(parse_qsl(where.query)))


def known(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


# --- swapping ---


class Swapper:
    """Puts their ids into our requests."""

    def __init__(self, world, relation, seed):
        self.world, self.relation, self.random = world, relation, random.Random(seed)
        self.own, self.their = world.named["own"], world.named[relation]
        self.keys = sorted({str(pk) for _, pk in world.theirs[relation]})
        self.by_table = {}
        for model, pk in sorted(world.theirs[relation], key=str):
            self.by_table.setdefault(model._meta.model_name, []).append(str(pk))

    def swapped(self):
        """One request with at least one of their ids in it; None when it has no place for any."""
        request = self.random.choice(self.world.recorded)
        if request.role not in STRANGERS[self.relation]:
            return None
        spots = self.spots(request)
        if not spots:
            return self.with_query(request)
        for spot in self.random.sample(spots, self.random.choice((1, 1, 1, min(2, len(spots)), len(spots)))):
            request = getattr(self, f"in_{spot[0]}")(request, *spot[1:])
        return self.with_headers(request) if self.random.random() < 0.3 else request

    def spots(self, request):
        found = [("path", name) for name, value in known(request.path).kwargs.items() if is_id(value)]
        found += [("query", number) for number, (_, value) in enumerate(request.query) if is_id(value)]
        found += [("sent", number) for number, (_, value) in enumerate(request.sent) if is_id(value)]
        return found

    def key_for(self, name, value):
        """One of their ids: of the same thing where we can tell, else any."""
        same = [word for word, pk in self.own.items() if str(pk) == str(value) and word in self.their]
        table = re.sub(r"_(id|ids|pk)$", "", name).replace("_", "").replace("-", "")
        choices = [str(self.their[word]) for word in same] + self.by_table.get(table, [])
        return self.random.choice(choices if choices and self.random.random() < 0.8 else self.keys)

    def in_path(self, request, name):
        found = known(request.path)
        swapped = self.key_for(name, found.kwargs[name])
        if not swapped.isdecimal():
            return request
        return replace(request, path=reverse(found.view_name, kwargs=found.kwargs | {name: swapped}))

    def in_query(self, request, number):
        return replace(request, query=self.exchanged(request.query, number))

    def in_sent(self, request, number):
        return replace(request, sent=self.exchanged(request.sent, number))

    def exchanged(self, pairs, number):
        name, value = pairs[number]
        return (*pairs[:number], (name, self.key_for(name, value)), *pairs[number + 1 :])

    def with_query(self, request):
        name = self.random.choice(("id", "pk", "person", "initiative", "organisation", "page", "next", "of"))
        value = self.their_page() if name == "next" else self.key_for(name, "")
        return replace(request, query=(*request.query, (name, value)))

    def with_headers(self, request):
        there = self.their_page()
        return replace(
            request,
            headers=(
                ("HX-Request", "true"), ("HX-Current-URL", f"http://testserver{there}"), ("HX-Target", self.keys[0]),
                ("HX-Prompt", self.random.choice(self.keys)), ("Referer", f"http://testserver{there}"),
                ("X-Organisation", str(self.their["organisation"])), ("X-Person", str(self.their["person"])),
            ),
        )  # fmt: skip

    def their_page(self):
        name = self.random.choice([name for name, row in sorted(ROWS.items()) if row.get("args")])
        return address(name, ROWS[name], self.their)


def is_id(value):
    return str(value).isdecimal() and len(str(value)) < 12


def may_change(request, relation):
    """Whether what lies at the path is open to this role by its row: a public page, an advert."""
    found = known(request.path)
    _, word = row_words(ROWS.get(found.view_name, {"who": "anyone"}))
    return bool(word) and request.role in let_in(word, relation)


def faults_of(world, request, relation):
    """What one swapped request did that it must not do: (in short, the whole)."""
    view, ours = known(request.path).view_name, world.named[relation]["organisation"]
    before = JournalLine.objects.filter(organisation=ours).count()
    with undone(world.clients[request.role]):
        answer, written = send(world, request)
        words = b"".join(answer).decode(errors="ignore") + str(answer.headers) + str(answer.cookies)
        if answer.status_code >= 500:
            yield f"{view} answers {answer.status_code}", request
        for word in sorted(set(re.findall(rf"z{relation[0]}\d{{5}}q", words))):
            yield f"{view} shows {whose(world, relation, word)}", request
        if not written or may_change(request, relation):
            return
        if belongings(world.seeds[relation]) != world.theirs[relation]:
            yield f"{view} changes theirs", request
        after = JournalLine.objects.filter(organisation=ours).count()
        if relation == "foreign" and after != before:
            yield f"{view} writes into their journal", request


def whose(world, relation, word):
    """Where a canary sits, for the message of a failure."""
    for (model, _), row in world.theirs[relation].items():
        for name, value in row.items():
            if value == word:
                return f"{model._meta.db_table}.{name}"
    return "nowhere"


# --- the tests ---


@pytest.mark.parametrize("relation", SHARE)
def test_no_swapped_id_reads_or_changes_what_is_theirs(world, relation, django_db_blocker):
    swapper, faults = Swapper(world, relation, SEED), {}
    sent = 0
    with django_db_blocker.unblock():
        while sent < SWAPS * SHARE[relation]:
            if request := swapper.swapped():
                sent += 1
                for short, example in faults_of(world, request, relation):
                    faults.setdefault(short, example)
    assert faults == {}, f"ALONGSIDE_SEED={SEED}"


def test_what_was_recorded_is_real(world, django_db_blocker):
    """Sent as they were recorded, many of the requests do something: a swap of nothing would prove nothing."""
    posts = [request for request in world.recorded if request.method == "post"]
    done = set()
    with django_db_blocker.unblock():
        for request in posts:
            view = known(request.path).view_name
            if view in done:
                continue
            with undone(world.clients[request.role]):
                _, written = send(world, request)
            if written:
                done.add(view)
    views = {known(request.path).view_name for request in posts}
    assert len(world.recorded) >= 800 and len(views) >= 40
    assert len(done) >= len(views) / 2, sorted(views - done)


def test_canaries_sing(world, django_db_blocker):
    """Their own people read them; and each stands in many tables."""
    assert world.planted["foreign"] >= 60 and world.planted["other"] >= 25
    with django_db_blocker.unblock():
        for relation in SHARE:
            client = world.clients["lead"]
            there = world.scenes[relation].people["facilitator"]
            from alongside.people.models import Login

            with undone(client):
                client.force_login(Login.objects.get(person=there))
                page = client.get(reverse("gatherings:gathering", args=[world.named[relation]["gathering"]]))
            assert re.search(rf"z{relation[0]}\d{{5}}q", page.content.decode())


@pytest.mark.parametrize("relation", SHARE)
def test_a_change_of_theirs_would_be_seen(world, relation, django_db_blocker):
    with django_db_blocker.unblock():
        gathering = world.named[relation]["gathering"]
        for sentence in (
            f"UPDATE gathering SET title = 'Changed' WHERE id = {gathering}",
            f"INSERT INTO agenda_item (gathering_id, place, words) VALUES ({gathering}, 9, 'Added')",
            f"DELETE FROM action WHERE gathering_id = {gathering}",
        ):
            with undone(world.clients["lead"]), connection.cursor() as cursor:
                cursor.execute(sentence)
                assert belongings(world.seeds[relation]) != world.theirs[relation], sentence


def test_nothing_is_left_behind(world, db):
    """`db` is asked for once, by the last test, so that a run of this file alone makes a database for tests."""
    for relation, seeds in world.seeds.items():
        assert belongings(seeds) == world.theirs[relation]
