"""Who says yes to being shown, what a no leaves behind, and that nothing is used without both kinds of yes."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.media import operations, permissions, queries
from alongside.media.models import Answer, Ask, InUse, Openness, Used
from alongside.media.states import NEXT, AskState, Own, Want
from alongside.media.tests import factories
from alongside.media.tests.factories import AT, ON, UNTIL
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def code(refusal):
    return refusal and refusal.code


def journal():
    return list(JournalLine.objects.filter(what__startswith="media").order_by("pk").values_list("what", flat=True))


def says(them, ask, who, to):
    """Somebody answers again."""
    person = getattr(them, who)
    return operations.say(answer_id=Answer.objects.get(ask=ask, person=person).pk, to=Own(to), by=person, at=AT)


# --- the table ---


@pytest.mark.parametrize("to", [AskState.YES, AskState.CONDITIONS, AskState.NO])
@pytest.mark.parametrize("state", AskState.values)
@pytest.mark.parametrize(("who", "why"), [("lea", None), ("asha", "not-asked"), ("eli", "not-asked")])
def test_who_leads_writes_the_answer_of_the_table_along_the_moves(state, who, why, to):
    them = factories.cast()
    ask = factories.ask(them, state=None if state == AskState.ASKED else state)
    expected = why or (None if to in NEXT[state] else "state")
    said = {"to": to, "conditions": "We read it first.", "answered_on": ON}
    assert code(permissions.why_not_answer_ask(ask, by=getattr(them, who), **said)) == expected
    if expected is None:
        return
    before = Ask.objects.values().get()
    with pytest.raises(Refused):
        operations.answer_ask(ask_id=ask.pk, by=getattr(them, who), at=AT, **said)
    assert Ask.objects.values().get() == before


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"to": AskState.CONDITIONS, "conditions": " "}, "conditions"),
        ({"to": AskState.NO, "answered_on": ON - timedelta(days=1)}, "day"),
        ({"to": AskState.ASKED}, "state"),
    ],
)
def test_an_answer_that_does_not_say_enough_is_refused(said, expected):
    them = factories.cast()
    assert code(permissions.why_not_answer_ask(factories.ask(them), by=them.lea, **said)) == expected


def test_anybody_at_the_table_writes_an_ask_down_and_nobody_else():
    them = factories.cast()
    assert permissions.why_not_write_down(them.initiative, by=them.bo) is None
    assert code(permissions.why_not_write_down(them.initiative, by=them.eli)) == "not-at-the-table"
    assert code(permissions.why_not_write_down(them.initiative, by=None)) == "nobody"
    for more, expected in (
        ({"wants": []}, "wants"),
        ({"wants": ["SOUL"]}, "wants"),
        ({"until": date(2026, 1, 1)}, "until"),
    ):
        with pytest.raises(Refused) as stop:
            factories.ask(them, **more)
        assert stop.value.refusal.code == expected
    assert (Ask.objects.count(), journal()) == (0, [])


def test_a_no_needs_no_reason_and_stays_in_the_log():
    them = factories.cast()
    factories.ask(them, who="A funder", state=AskState.NO)
    factories.ask(them, who="A funder", state=AskState.YES, asked_on=ON)
    log = queries.log_of(queries.asks_of(them.initiative), leads=False)
    assert [(row.ask.who, row.ask.state, row.ask.why) for row in log] == [
        ("A funder", "YES", ""),
        ("A funder", "NO", ""),
    ]
    first = Ask.objects.get(state=AskState.NO)
    with pytest.raises(Refused) as stop:
        factories.answered(them, first, AskState.YES)
    assert stop.value.refusal.code == "state"
    assert "A funder" in queries.log_file(log).decode()
    assert queries.log_file(log).decode().count('"No"') == 1


# --- for oneself ---


SAY = [("asha", None), ("bo", "not-yours"), ("lea", "not-yours"), ("eli", "not-yours")]


@pytest.mark.parametrize("to", [Own.YES, Own.NAMELESS, Own.NO])
@pytest.mark.parametrize(("who", "why"), SAY)
@pytest.mark.parametrize("state", [None, Own.YES, Own.NAMELESS, Own.NO])
def test_only_the_person_themself_answers_whatever_was_said_before(who, why, to, state):
    them = factories.cast()
    answer = factories.own(them, factories.ask(them), them.asha, state)
    by = getattr(them, who)
    assert code(permissions.why_not_say(answer, to, by=by)) == why
    if why:
        with pytest.raises(Refused):
            operations.say(answer_id=answer.pk, to=to, by=by, at=AT)
        assert Answer.objects.get().state == (state or Own.ASKED)
    else:
        assert operations.say(answer_id=answer.pk, to=to, by=by, at=AT).state == to


@pytest.mark.parametrize(
    ("helper", "to", "expected"),
    [
        ("bo", Own.YES, "helped"), ("bo", Own.NAMELESS, "helped"), ("bo", Own.NO, None), ("lea", Own.YES, "helped"),
        ("lea", Own.NO, "helper-decides"),
    ],
)  # fmt: skip
def test_no_helper_says_yes_for_somebody_and_who_leads_does_not_help_at_all(helper, to, expected):
    them = factories.cast()
    answer = factories.own(them, factories.ask(them), them.asha)
    them.asha.helped_by = getattr(them, helper)
    assert code(permissions.why_not_say(answer, to, by=them.asha)) == expected
    assert code(permissions.why_not_read_own(them.asha, by=them.asha)) == "helped"
    if expected:
        with pytest.raises(Refused):
            operations.say(answer_id=answer.pk, to=to, by=them.asha, at=AT)
        assert Answer.objects.get().state == Own.ASKED


def test_a_yes_after_the_no_of_the_table_is_refused_and_a_no_is_not():
    them = factories.cast()
    ask = factories.ask(them)
    answer = factories.own(them, ask, them.asha)
    answer.ask = factories.answered(them, ask, AskState.NO)
    assert code(permissions.why_not_say(answer, Own.YES, by=them.asha)) == "table-no"
    assert permissions.why_not_say(answer, Own.NO, by=them.asha) is None
    assert code(permissions.why_not_say(answer, Own.ASKED, by=them.asha)) == "answer"


def test_who_leads_asks_people_of_the_table_once_and_they_are_told():
    them = factories.cast()
    ask = factories.ask(them)
    assert code(permissions.why_not_ask(ask, them.asha, by=them.bo)) == "not-asked"
    assert code(permissions.why_not_ask(ask, them.eli, by=them.lea)) == "no-seat"
    with pytest.raises(Refused):
        operations.ask_people(ask_id=ask.pk, people_asked=[them.asha, them.eli], by=them.lea, at=AT)
    assert Answer.objects.count() == 0
    for expected in (2, 0):
        assert operations.ask_people(ask_id=ask.pk, people_asked=[them.asha, them.bo], by=them.lea, at=AT) == expected
    assert Answer.objects.count() == 2
    assert list(queries.may_be_asked(ask)) == [them.lea]
    refused = factories.ask(them, state=AskState.NO)
    assert code(permissions.why_not_ask(refused, them.asha, by=them.lea)) == "state"


def test_the_record_says_that_somebody_answered_and_never_what():
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    factories.own(them, ask, them.asha, Own.YES)
    says(them, ask, "asha", Own.NO)
    assert journal() == [
        "media.ask.written_down", "media.ask.answered", "media.people.asked", "media.answer.said", "media.answer.said",
    ]  # fmt: skip
    lines = JournalLine.objects.filter(what="media.answer.said")
    assert '"NO"' not in json.dumps(list(lines.values()), default=str)


# --- what others read of it ---


def test_the_table_reads_whether_everybody_said_yes_who_leads_how_many_and_nobody_who():
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    seen = [queries.row_of(ask, leads=leads).people for leads in (True, False)]
    assert seen == ["", ""]
    factories.own(them, ask, them.asha, Own.YES)
    factories.own(them, ask, them.bo)
    for to, leads, table in (
        (None, "1 of 2 said yes.", "Not everybody who was asked has said yes."),
        (Own.NO, "1 of 2 said yes.", "Not everybody who was asked has said yes."),
        (Own.NAMELESS, "2 of 2 said yes.", "Everybody who was asked said yes."),
    ):
        if to:
            says(them, ask, "bo", to)
        assert queries.row_of(ask, leads=True).people == leads
        assert queries.row_of(ask, leads=False).people == table
        for rows in (
            queries.log_of(queries.asks_of(them.initiative), leads=True),
            queries.log_of(queries.asks_of(them.initiative), leads=False),
        ):
            assert "Bo" not in queries.log_file(rows).decode()


def test_refusals_are_shown_to_anybody_only_where_who_leads_says_so():
    them = factories.cast()
    factories.answered(them, factories.ask(them, who="Jo of the Mail"), AskState.NO, why="We are not a poster.")
    factories.ask(them, state=AskState.YES)
    assert queries.refused(them.initiative) is None
    with pytest.raises(Refused):
        operations.show_refusals(initiative=them.initiative, shown=True, by=them.asha, at=AT)
    for shown in (True, False, True):
        operations.show_refusals(initiative=them.initiative, shown=shown, by=them.lea, at=AT)
        assert queries.is_shown(them.initiative) is shown
    assert queries.refused(them.initiative) == [(ON, "A photograph, a person’s name", "We are not a poster.")]
    assert Openness.objects.count() == 1


# --- using it ---


@pytest.mark.parametrize("state", AskState.values)
@pytest.mark.parametrize(("who", "why"), [("lea", None), ("asha", "not-asked"), ("eli", "not-asked")])
def test_a_use_needs_the_yes_of_the_table_and_somebody_who_leads(state, who, why):
    them = factories.cast()
    ask = factories.ask(them, state=None if state == AskState.ASKED else state)
    expected = why or (None if state in (AskState.YES, AskState.CONDITIONS) else "no-yes")
    assert code(permissions.why_not_use(ask, by=getattr(them, who), used_on=ON)) == expected
    if expected:
        with pytest.raises(Refused):
            operations.use(ask_id=ask.pk, place="Page 4", used_on=ON, by=getattr(them, who), at=AT)
        assert Used.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "named", "expected"),
    [
        (None, True, "no-own-yes"), (Own.NO, True, "no-own-yes"), (Own.NAMELESS, True, "no-own-yes"), (Own.YES, True, None),
        (None, False, "no-own-yes"), (Own.NO, False, "no-own-yes"), (Own.NAMELESS, False, None), (Own.YES, False, None),
    ],
)  # fmt: skip
def test_everybody_who_is_in_it_says_yes_to_being_in_it_so(said, named, expected):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    both = [factories.own(them, ask, them.bo, Own.YES), factories.own(them, ask, them.asha, said)]
    keys = {"named": both if named else both[:1], "unnamed": [] if named else both[1:]}
    if expected is None:
        used = factories.used(them, ask, **keys)
        assert list(InUse.objects.order_by("pk").values_list("used", "named")) == [(used.pk, True), (used.pk, named)]
        return
    with pytest.raises(Refused) as stop:
        factories.used(them, ask, **keys)
    assert stop.value.refusal.code == expected
    assert "Asha" not in stop.value.refusal.words
    assert (Used.objects.count(), InUse.objects.count()) == (0, 0)


@pytest.mark.parametrize("used_on", [ON - timedelta(days=1), UNTIL + timedelta(days=1)])
def test_a_use_lies_in_the_days_that_were_asked_for(used_on):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    assert code(permissions.why_not_use(ask, by=them.lea, used_on=used_on)) == "days"


def test_a_yes_to_one_ask_is_no_yes_to_another():
    them = factories.cast()
    one, other = factories.ask(them, state=AskState.YES), factories.ask(them, state=AskState.YES)
    yes = factories.own(them, one, them.asha, Own.YES)
    with pytest.raises(Refused):
        factories.used(them, other, named=[yes])
    assert Used.objects.count() == 0


# --- taking back ---


def lines(person, on=ON):
    return [line.words for line in queries.today(person, on)]


@pytest.mark.parametrize("how", ["no", "nameless", "table", "erased"])
def test_taken_back_who_leads_is_asked_to_have_it_taken_down_until_they_say_so(how):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    used = factories.used(them, ask, named=[factories.own(them, ask, them.asha, Own.YES)])
    assert code(permissions.why_not_say_told(used, by=them.lea, due=False)) == "still-good"
    assert lines(them.lea) == []
    if how in ("no", "nameless"):
        says(them, ask, "asha", how.upper())
    elif how == "table":
        factories.answered(them, ask, AskState.NO)
    else:
        operations.erase_words(person=them.asha, at=AT)
    assert lines(them.lea) == ["A yes was taken back. Tell them to take it down: Page 4"]
    assert lines(them.asha) == lines(them.bo) == []
    with pytest.raises(Refused):
        operations.say_told(used_id=used.pk, by=them.bo, at=AT)
    operations.say_told(used_id=used.pk, by=them.lea, at=AT)
    assert lines(them.lea) == []
    with pytest.raises(Refused) as stop:
        operations.say_told(used_id=used.pk, by=them.lea, at=AT)
    assert stop.value.refusal.code == "state"


def test_somebody_without_their_name_in_it_who_takes_only_their_name_back_stays_in_it():
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    factories.used(them, ask, unnamed=[factories.own(them, ask, them.asha, Own.YES)])
    says(them, ask, "asha", Own.NAMELESS)
    assert lines(them.lea) == []
    says(them, ask, "asha", Own.NO)
    assert len(lines(them.lea)) == 1


def test_today_asks_the_person_and_the_table_until_they_answered_in_one_read(django_assert_num_queries):
    them = factories.cast()
    ask = factories.ask(them)
    factories.own(them, ask, them.asha)
    assert lines(them.lea) == ["Answer together what The Evening Paper asks for"]
    assert lines(them.asha) == ["Say for yourself whether you may be in it: The Evening Paper"]
    assert lines(them.asha, UNTIL + timedelta(days=1)) == lines(None) == lines(them.eli) == []
    them.lea.only_shows = True  # as on a page: what she may do is read once
    queries.today(them.lea, ON)
    with django_assert_num_queries(1):
        assert len(queries.today(them.lea, ON)) == 1
    factories.answered(them, ask, AskState.NO)
    assert lines(them.asha) == lines(them.lea) == []


# --- erasing, the own record, the database ---


def test_erasing_takes_every_yes_back_and_the_record_of_oneself_has_it_before():
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    factories.used(them, ask, named=[factories.own(them, ask, them.asha, Own.YES)])
    factories.own(them, ask, them.bo, Own.YES)
    assert queries.about_me(them.asha) == {
        "where I may be shown": [
            {
                "who asks": "The Evening Paper", "what": "A photograph, a person’s name", "initiative": "Leaving well",
                "my answer": "Yes", "places": "Page 4",
            }
        ]
    }  # fmt: skip
    operations.erase_words(person=them.asha, at=AT)
    assert dict(Answer.objects.values_list("person__shown_name", "state")) == {"Asha": Own.NO, "Bo": Own.YES}
    assert queries.about_me(them.eli) == {"where I may be shown": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": ON - timedelta(days=1)},
        {"state": AskState.YES},
        {"answered_on": ON},
        {"conditions": "Early"},
        {"why": "Early"},
    ],
)
def test_the_database_refuses_an_ask_that_cannot_be(wrong):
    them = factories.cast()
    said = {"initiative": them.initiative, "who": "A", "purpose": "B", "until": UNTIL, "asked_on": ON} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.create(made_at=AT, made_by=them.asha, **said)


def test_the_database_refuses_a_yes_that_somebody_else_said_and_one_without_its_day():
    them = factories.cast()
    answer = factories.own(them, factories.ask(them), them.asha)
    for wrong in ({"answered_by": them.lea, "answered_at": AT}, {"answered_by": them.asha}, {"answered_at": AT}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=answer.pk).update(state=Own.YES, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(ask=answer.ask, person=them.asha, asked_at=AT, asked_by=them.lea)


def test_the_database_refuses_half_a_telling_and_somebody_twice_in_a_use():
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    yes = factories.own(them, ask, them.asha, Own.YES)
    used = factories.used(them, ask, named=[yes])
    with pytest.raises(IntegrityError), transaction.atomic():
        Used.objects.filter(pk=used.pk).update(told_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        InUse.objects.create(used=used, answer=yes, named=False)


def test_what_was_wanted_is_kept_in_one_order_and_says_whether_words_need_a_yes_of_their_own():
    them = factories.cast()
    ask = factories.ask(them, wants=[Want.STORY, Want.PHOTO, Want.PHOTO])
    assert (ask.wants, queries.needs_quotes(ask)) == (["PHOTO", "STORY"], True)
    assert not queries.needs_quotes(factories.ask(them))
