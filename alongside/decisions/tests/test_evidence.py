"""What is known stands side by side, whatever kind it is: nothing in the tables or on the page ranks it."""

import re

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.decisions import operations, permissions, queries
from alongside.decisions.models import Evidence
from alongside.decisions.states import DecisionState
from alongside.decisions.tests import factories
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as tables
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT, ON, World

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"
KINDS = ["lived-experience", "families", "staff", "counted", "research", "law", "place"]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


@pytest.fixture
def chair(scene):
    return scene.people["facilitator"]


@pytest.fixture
def author(scene):
    return scene.people["author"]


@pytest.fixture
def asked(scene, author):
    return factories.question(scene.initiative, by=author, at=AT)


def at(name, *args):
    return reverse(f"decisions:{name}", args=args)


def code(refusal):
    return refusal and refusal.code


def test_the_table_of_evidence_has_no_field_that_weighs():
    """Words, days and who it was; no number, no choice of strength, nothing to sort by."""
    told = {name: field for name, field in ((f.name, f) for f in Evidence._meta.concrete_fields) if name != "id"}
    plain = (models.CharField, models.TextField, models.DateTimeField, models.ForeignKey)
    assert [name for name, field in told.items() if not isinstance(field, plain)] == []
    assert [name for name, field in told.items() if isinstance(field, models.CharField) and field.choices] == [
        "channel"
    ]
    weighs = re.compile("weigh|rank|score|star|level|strength|grade|order|place|quality|points", re.IGNORECASE)
    assert [name for name in told if weighs.search(name)] == []


def test_the_content_of_kinds_weighs_nothing_either():
    assert [kind.id for kind in content.evidence_kinds()] == KINDS
    fields = set(vars(content.evidence_kinds()[0]))
    assert fields & {"weight", "rank", "score", "level", "strength", "grade"} == set()
    for kind in content.evidence_kinds():
        said = f"{kind.words} {kind.asks}".lower()
        assert not re.search("only|just|anecdot|stor(y|ies)|hard |soft |strong|weak|best|gold", said), kind.id


def _shape(section):
    """The tags and classes of a part of the page, without its words."""
    return re.findall(r"<(/?\w+)(?: class=\"([^\"]*)\")?", section)


def _sections(page):
    return re.findall(r'<section class="sheet">.*?</section>', page, re.DOTALL)


def test_every_kind_stands_in_one_shape_with_something_and_with_nothing(world, chair, asked):
    client = world.client("author")
    empty = _sections(client.get(at("known", asked.pk)).content.decode())
    assert len(empty) == len(KINDS)
    assert all("Nobody has brought any yet." in section for section in empty)
    assert len({str(_shape(section)) for section in empty}) == 1
    for kind in KINDS:
        factories.evidence(asked, by=chair, at=AT, kind=kind, says=f"About {kind}", source="a book", why_here="It fits")
    page = client.get(at("known", asked.pk)).content.decode()
    full = _sections(page)
    assert len({str(_shape(section)) for section in full}) == 1
    assert [re.search(r"About ([\w-]+)", section)[1] for section in full] == KINDS
    assert "<ol" not in "".join(full)
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", "".join(full)))


def test_who_may_speak_may_bring_any_kind_and_nobody_else(world, scene, asked, author, chair):
    said = {"kind": "research", "says": "A study found it."}
    for person in (author, chair, scene.people["recorder"]):
        assert permissions.why_not_add(asked, **said, by=person) is None
    for person in (scene.people["member"], world.scenes["foreign"].people["author"], None):
        assert permissions.why_not_add(asked, **said, by=person) is not None
        with pytest.raises(Refused):
            operations.add_evidence(decision_id=asked.pk, **said, by=person, at=AT)
    assert Evidence.objects.count() == 0
    assert code(permissions.why_not_add(asked, kind="gut", says="A", by=author)) == "kind"
    assert code(permissions.why_not_add(asked, kind="law", says=" ", by=author)) == "empty"


@pytest.mark.parametrize("state", DecisionState.values)
def test_it_is_brought_until_it_is_decided_and_taken_back_at_any_time(state, asked, author, chair):
    evidence = factories.evidence(asked, by=author, at=AT)
    asked.state = state
    expected = None if state == DecisionState.OPEN else "state"
    assert code(permissions.why_not_add(asked, kind="law", says="A", by=author)) == expected
    evidence.decision = asked
    assert permissions.why_not_take_back(evidence, by=author) is None
    assert code(permissions.why_not_take_back(evidence, by=chair)) == "not-yours"


def test_taken_back_the_words_are_gone_and_only_who_brought_it_takes_it_back(asked, author, chair):
    evidence = factories.evidence(asked, by=author, at=AT, source="My own stay", why_here="It is what happens")
    with pytest.raises(Refused):
        operations.take_back(evidence_id=evidence.pk, by=chair, at=AT)
    assert Evidence.objects.get().says == "I sat by the phone for nine days."
    operations.take_back(evidence_id=evidence.pk, by=author, at=AT)
    assert Evidence.objects.values_list("says", "source", "why_here").get() == ("", "", "")
    assert queries.nobody_brought(asked) == [kind.words for kind in content.evidence_kinds()]
    with pytest.raises(Refused) as stop:
        operations.take_back(evidence_id=evidence.pk, by=author, at=AT)
    assert stop.value.refusal.code == "state"
    lines = JournalLine.objects.filter(what__startswith="decisions.evidence").order_by("pk")
    assert [line.what for line in lines] == ["decisions.evidence.added", "decisions.evidence.taken_back"]
    assert "phone" not in str(list(lines.values()))


def test_the_form_of_the_outcome_says_which_kinds_nobody_brought(world, asked, author, chair):
    client, url = world.client("facilitator"), at("decide", asked.pk)
    assert (
        "Nobody has brought: What somebody lived through; What families and friends saw"
        in client.get(url).content.decode()
    )
    for kind in KINDS[:-1]:
        factories.evidence(asked, by=author, at=AT, kind=kind)
    page = client.get(url).content.decode()
    assert "Nobody has brought: What people know of this place. You can still ask for it." in page
    factories.evidence(asked, by=author, at=AT, kind="place")
    assert "Nobody has brought" not in client.get(url).content.decode()


def test_it_is_brought_once_and_taken_back_by_presses(world, asked):
    client = world.client("author")
    assert at("known", asked.pk) in client.get(at("decision", asked.pk)).content.decode()
    page = client.get(f"{at('add_evidence', asked.pk)}?kind=law").content.decode()
    assert re.search(r'value="law"[^>]*checked', page)
    said = {"once": ONCE, "kind": "law", "says": "<b>The contract", "source": "", "why_here": ""}
    assert "needs an answer" in client.post(at("add_evidence", asked.pk), said | {"says": " "}).content.decode()
    for _ in range(2):
        client.post(at("add_evidence", asked.pk), said)
    evidence = Evidence.objects.get()
    page = client.get(at("known", asked.pk)).content.decode()
    assert "&lt;b&gt;The contract" in page
    assert "From where: not said" in page
    assert at("take_back", evidence.pk) not in world.client("facilitator").get(at("known", asked.pk)).content.decode()
    client.post(at("take_back", evidence.pk))
    assert "The contract" not in client.get(at("known", asked.pk)).content.decode()


def test_nobody_outside_the_table_reads_what_was_brought(world, asked, author):
    factories.evidence(asked, by=author, at=AT)
    for role in ("outsider", "member", "commissioner"):
        answer = world.client(role).get(at("known", asked.pk))
        assert answer.status_code in (302, 404)
        assert "nine days" not in answer.content.decode()


def test_the_page_reads_as_often_for_three_as_for_one(world, asked, author, queries_of):
    client, url = world.client("author"), at("known", asked.pk)
    counts = []
    for _ in range(3):
        factories.evidence(asked, by=author, at=AT)
        client.get(url)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 5


def test_erased_the_words_are_gone_and_the_own_record_has_them_before(asked, author, chair):
    factories.evidence(asked, by=author, at=AT, source="My own stay")
    factories.evidence(asked, by=chair, at=AT, kind="staff", says="On nights nobody picks up.")
    (row,) = queries.about_me(author)["what I brought to decisions"]
    assert (row["says"], row["from where"]) == ("I sat by the phone for nine days.", "My own stay")
    operations.erase_words(person=author, at=AT)
    assert list(Evidence.objects.order_by("pk").values_list("says", "source")) == [
        ("", ""), ("On nights nobody picks up.", ""),
    ]  # fmt: skip
    assert {kind.id: len(rows) for kind, rows in queries.known(asked)}["lived-experience"] == 0


def test_who_left_the_table_still_takes_back_what_they_brought(world, scene, asked, author):
    evidence = factories.evidence(asked, by=author, at=AT)
    (seat,) = tables.seats_of(author)
    initiatives.leave(seat_id=seat.pk, on=ON, by=author, at=AT)
    operations.take_back(evidence_id=evidence.pk, by=author, at=AT)
    assert Evidence.objects.get().back_at == AT


def test_the_database_refuses_words_of_what_was_taken_back(asked, author):
    evidence = factories.evidence(asked, by=author, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(back_at=AT)
