import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from alongside.people import operations as people
from alongside.record import operations, queries
from alongside.record.models import JournalLine, Press
from alongside.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    return people.add_person(shown_name="Asha", at=timezone.now())


def test_note_writes_who_what_when_and_small_facts(asha):
    at = timezone.now()
    operations.note(what="tests.cup.filled", subject=asha, by=asha, at=at, cups=2)
    line = queries.lines_by(asha).last()
    assert (line.what, line.subject, line.by_person, line.at, line.facts) == (
        "tests.cup.filled",
        f"person:{asha.pk}",
        asha.pk,
        at,
        {"cups": 2},
    )


def test_note_says_who_helped(asha):
    bo = people.add_person(shown_name="Bo", at=timezone.now())
    asha.helped_by = bo
    operations.note(what="tests.cup.filled", by=asha, at=timezone.now())
    assert queries.lines_by(asha).last().helped_by_person == bo.pk


@pytest.mark.parametrize("change", ["UPDATE journal_line SET what = 'x'", "DELETE FROM journal_line"])
def test_journal_cannot_be_changed_even_by_raw_sql(asha, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert JournalLine.objects.filter(what="people.person.added").count() == 1


def test_chain_is_whole_and_a_slipped_in_line_shows(asha):
    assert queries.first_broken_line() is None
    forged = JournalLine.objects.create(what="tests.forged", at=timezone.now(), digest="0" * 64)
    operations.note(what="tests.after", at=timezone.now())
    assert queries.first_broken_line() == forged.pk


def test_many_lines_are_the_lines_that_come_one_by_one(asha):
    at, bo = timezone.now(), people.add_person(shown_name="Bo", at=timezone.now())
    asha.helped_by = bo
    about = [(asha, None, {"cups": 2}), (None, 7, {}), (bo, 7, {"cups": 1})]
    lines = operations.note_many(what="tests.cup.filled", by=asha, at=at, about=about)
    for subject, organisation_id, facts in about:
        operations.note(
            what="tests.cup.filled", subject=subject, by=asha, at=at, organisation_id=organisation_id, **facts
        )
    fields = ("what", "subject", "by_person", "helped_by_person", "organisation", "at", "facts")
    kept = list(JournalLine.objects.filter(what="tests.cup.filled").order_by("pk").values_list(*fields))
    assert kept[:3] == kept[3:] and [line.pk for line in lines] == sorted(line.pk for line in lines)
    assert queries.first_broken_line() is None


def test_many_lines_cost_no_more_queries_than_one(asha, queries_of):
    def write(count):
        return lambda: operations.note_many(
            what="tests.cup.filled", at=timezone.now(), about=[(asha, None, {})] * count
        )

    assert queries_of(write(1)) == queries_of(write(300)) == 5


def test_no_lines_leave_the_journal_as_it_was(asha):
    before = list(JournalLine.objects.values_list("pk", "digest"))
    assert operations.note_many(what="tests.cup.filled", at=timezone.now(), about=[]) == []
    assert list(JournalLine.objects.values_list("pk", "digest")) == before


def test_second_press_gets_the_first_answer_and_does_nothing():
    calls = []
    answers = [operations.once(token="t1", do=lambda: calls.append(1) or len(calls)) for _ in range(3)]
    assert (answers, calls) == (["1", "1", "1"], [1])


def test_refused_press_leaves_the_token_free():
    def refuse():
        raise Refused(Refusal("no", "Not now."))

    with pytest.raises(Refused):
        operations.once(token="t2", do=refuse)
    assert not Press.objects.exists()
    assert operations.once(token="t2", do=lambda: "yes") == "yes"


def test_fault_inside_is_not_taken_for_a_second_press(asha):
    def clash():
        Press.objects.create(token="other")
        Press.objects.create(token="other")

    with pytest.raises(IntegrityError):
        operations.once(token="t3", do=clash)
    assert not Press.objects.exists()
