"""Whoever is written down as having been there is told, and says whether that is so; their answer stands."""

import pytest
from django.db import Error, IntegrityError, transaction

from alongside.ledger import operations, queries
from alongside.ledger.models import Presence, PresenceAnswer
from alongside.ledger.tests import factories
from alongside.ledger.tests.factories import AT, ON
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def counted(them):
    """(fund, Presence) of cash that Fay put in, with Asha there as she wrote."""
    fund = factories.fund(them)
    operations.move_float(fund_id=fund.pk, kind="IN", pence=10_000, second=them.asha, by=them.fay, at=AT)
    return fund, Presence.objects.get()


def said_of(fund):
    return [said for _, said in queries.float_rows(list(queries.float_moves_of(fund)))]


def test_the_second_person_is_told_and_until_they_answer_nothing_is_confirmed():
    them = factories.cast()
    fund, presence = counted(them)
    told = ToTell.objects.get(person=them.asha)
    assert told.url == "/funds/there/"
    assert told.words == (
        "Fay wrote down that you were there on Monday 2 November 2026: £100.00 put into the box of cash "
        "(the cash of Council). Say whether that is so."
    )
    assert said_of(fund) == ["Not yet confirmed by Asha."]
    (line,) = queries.today(them.asha, ON)
    assert (line.by, line.url, line.kind) == (ON, "/funds/there/", "needs")
    assert [queries.today(who, ON) for who in (them.fay, them.dee, None)] == [[], [], []]
    assert queries.named_in(them.asha).get().pk == presence.pk


def test_a_yes_confirms_it_and_tells_nobody():
    them = factories.cast()
    fund, presence = counted(them)
    before = (JournalLine.objects.count(), ToTell.objects.count())
    operations.say_whether_there(presence_id=presence.pk, yes=True, by=them.asha, at=AT)
    assert said_of(fund) == ["Asha confirmed it on 2 November 2026."]
    assert (JournalLine.objects.count(), ToTell.objects.count()) == (before[0] + 1, before[1])
    assert JournalLine.objects.order_by("pk").last().what == "ledger.presence.answered"
    assert queries.today(them.asha, ON) == []


def test_a_no_is_told_to_who_leads_and_who_pays():
    them = factories.cast()
    fund, presence = counted(them)
    operations.say_whether_there(presence_id=presence.pk, yes=False, by=them.asha, at=AT)
    assert said_of(fund) == ["Asha said on 2 November 2026: that is not so."]
    told = ToTell.objects.filter(about=f"presence:{presence.pk}:no").order_by("person__shown_name")
    assert [each.person.shown_name for each in told] == ["Fay", "Lea"]
    assert all(each.words.startswith("Asha says that this is not so: Fay wrote down") for each in told)


def test_an_answer_stands_and_is_given_by_the_person_alone():
    them = factories.cast()
    _, presence = counted(them)

    def refused(by):
        with pytest.raises(Refused) as stop:
            operations.say_whether_there(presence_id=presence.pk, yes=False, by=by, at=AT)
        return stop.value.refusal.code

    assert [refused(by) for by in (them.fay, them.dee, them.lea, them.eli)] == ["not-yours"] * 4
    them.asha.helped_by = them.fay
    assert refused(them.asha) == "own-word"
    assert PresenceAnswer.objects.count() == 0
    them.asha.helped_by = them.dee
    operations.say_whether_there(presence_id=presence.pk, yes=True, by=them.asha, at=AT)
    assert refused(them.asha) == "answered"
    assert PresenceAnswer.objects.get().yes


def test_the_database_keeps_what_was_written_and_said():
    them = factories.cast()
    _, presence = counted(them)
    operations.say_whether_there(presence_id=presence.pk, yes=False, by=them.asha, at=AT)
    for change in (
        lambda: PresenceAnswer.objects.update(yes=True), lambda: PresenceAnswer.objects.all().delete(),
        lambda: Presence.objects.update(pence=1),
    ):  # fmt: skip
        with pytest.raises(Error), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(
            organisation=them.organisation, about="cash:0", kind="IN", pence=1, of="x", on=ON, person=them.fay,
            by=them.fay, at=AT,
        )  # fmt: skip
    assert queries.invariants() == []


def test_it_stands_in_the_own_record():
    them = factories.cast()
    counted(them)
    assert list(queries.about_me(them.fay).values()) == [[]]
    ((row,),) = queries.about_me(them.asha).values()
    assert row["my answer"] == "none yet"
