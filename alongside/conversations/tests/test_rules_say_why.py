"""Every rule against state and person; a refusal changes nothing."""

import pytest
from django.db import IntegrityError, transaction

from alongside.conversations import operations, permissions, policies, queries
from alongside.conversations.models import Ballot, Conversation, Issued, Statement
from alongside.conversations.tests import factories as make
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
PUBLIC = {"opens_for": "PUBLIC"}


@pytest.fixture
def cast():
    return make.table()


def code_of(refusal):
    return refusal.code if refusal else None


TAKE_PART = [
    ("asha", {}, None),
    ("dee", {}, None),
    ("eli", {}, "no-seat"),
    ("eli", PUBLIC, None),
    ("asha", PUBLIC, None),
]


@pytest.mark.parametrize(("who", "choices", "expected"), TAKE_PART)
def test_who_may_take_part(cast, who, choices, expected):
    found = make.conversation(cast, **choices)
    assert code_of(permissions.why_not_take_part(found, by=getattr(cast, who), at=make.AT)) == expected


@pytest.mark.parametrize("choices", [{}, PUBLIC])
def test_nobody_takes_part_when_away_closed_over_or_paused(cast, choices):
    found = make.conversation(cast, closes_on=make.ON, **choices)
    ask = permissions.why_not_take_part
    assert code_of(ask(found, by=None, at=make.AT)) == "nobody"
    assert code_of(ask(found, by=cast.asha, at=make.LATER)) == "over"
    cast.asha.state = "PAUSED"
    assert code_of(ask(found, by=cast.asha, at=make.AT)) == "away"
    found.initiative.state = "PAUSED"
    assert code_of(ask(found, by=cast.bo, at=make.AT)) == "state"
    make.closed(found, cast.dee)
    assert code_of(ask(make.fresh(found), by=cast.bo, at=make.AT)) == "closed"


def test_last_day_ends_at_midnight_where_the_organisation_is(cast):
    cast.organisation.zone = "Pacific/Auckland"
    cast.organisation.save(update_fields=["zone"])
    cast.initiative.refresh_from_db()
    found = make.conversation(cast, closes_on=make.ON)
    assert found.closes_at.isoformat() == "2026-11-03T00:00:00+13:00"
    assert code_of(permissions.why_closed(found, at=found.closes_at)) == "over"


LEADS = [("dee", None), ("asha", "not-asked"), ("bo", "not-asked"), ("eli", "not-asked")]


@pytest.mark.parametrize(("who", "expected"), LEADS)
def test_who_may_open_decide_and_close(cast, who, expected):
    by = getattr(cast, who)
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha)
    assert code_of(permissions.why_not_open_new(cast.initiative, by=by)) == expected
    assert code_of(permissions.why_not_decide(statement, "SHOWN", by=by)) == expected
    assert code_of(permissions.why_not_close(found, by=by)) == expected


@pytest.mark.parametrize(
    ("who", "expected"), [("dee", None), ("bo", None), ("asha", "not-asked"), ("eli", "not-asked")]
)
def test_who_may_enter_paper(cast, who, expected):
    found = make.conversation(cast)
    assert code_of(permissions.why_not_enter_paper(found, by=getattr(cast, who))) == expected


def test_nothing_opens_in_an_initiative_that_is_paused(cast):
    cast.initiative.state = "PAUSED"
    assert code_of(permissions.why_not_open_new(cast.initiative, by=cast.dee)) == "state"


def test_one_paper_for_each_person_and_the_same_press_gives_the_same(cast):
    found = make.conversation(cast)
    first = make.paper(found, cast.asha)
    assert make.paper(found, cast.asha) == first
    with pytest.raises(Refused) as stop:
        make.paper(found, cast.asha, press=2)
    assert stop.value.refusal.code == "has-paper"
    assert Issued.objects.count() == 1
    assert make.paper(found, cast.bo) != first


def test_a_refused_answer_changes_nothing(cast):
    found = make.conversation(cast)
    other = make.conversation(cast, question="Another?")
    waiting = make.waiting(found, cast.asha)
    code, strange = make.paper(found, cast.asha), make.paper(other, cast.asha)
    first = make.up(found)[0]
    for told, statement, expected in (
        ("", first, "no-paper"),
        (strange, first, "no-paper"),
        (code[:-1] + ("0" if code[-1] != "0" else "1"), first, "no-paper"),
        (code, waiting, "not-up"),
        (code, make.up(other)[0], "not-up"),
    ):
        with pytest.raises(Refused) as stop:
            make.answer(found, told, statement, 1, cast.asha)
        assert stop.value.refusal.code == expected
    assert not Ballot.objects.exists()


def test_an_answer_counts_once_and_can_be_changed(cast):
    found = make.conversation(cast)
    code, first = make.paper(found, cast.asha), make.up(found)[0]
    make.answer(found, code, first, 1, cast.asha)
    cast.asha.channel = "PHONE"
    make.answer(found, code, first, -1, cast.asha)
    ballot = Ballot.objects.get()
    assert (ballot.choice, ballot.channel, ballot.voter_key) == (-1, "PHONE", make.key(found, code))


def test_the_database_itself_keeps_one_answer_and_known_choices(cast):
    found = make.conversation(cast)
    one = {"conversation": found, "statement": make.up(found)[0], "voter_key": "k", "channel": "SCREEN"}
    Ballot.objects.create(**one, choice=1)
    for wrong in ({**one, "choice": -1}, {**one, "voter_key": "other", "choice": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.create(**wrong)


def test_the_database_itself_keeps_the_floor_the_steps_and_the_reason(cast):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha)
    for rows, wrong in (
        (Conversation.objects.filter(pk=found.pk), {"needed": 4}),
        (Conversation.objects.filter(pk=found.pk), {"results": "IN_STEPS"}),
        (Conversation.objects.filter(pk=found.pk), {"state": "CLOSED"}),
        (Conversation.objects.filter(pk=found.pk), {"closes_on": make.ON}),
        (Statement.objects.filter(pk=statement.pk), {"state": "DECLINED"}),
        (Statement.objects.filter(pk=statement.pk), {"number": make.up(found)[0].number}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_opening_writes_one_line_and_starting_statements_without_author(cast):
    before = JournalLine.objects.count()
    found = make.conversation(cast)
    assert JournalLine.objects.count() - before == 1
    assert {(each.author, each.state) for each in make.up(found)} == {(None, "SHOWN")}
    assert len(found.seal) == 64


def test_steps_are_dropped_where_only_the_table_answers(cast):
    assert make.conversation(cast, results="IN_STEPS").results == "AT_CLOSE"


def test_a_statement_waits_then_is_put_up_and_its_author_told(cast):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha, show_name=True)
    assert statement not in make.up(found)
    before = JournalLine.objects.count()
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    assert statement in make.up(found)
    assert JournalLine.objects.count() - before == 1
    told = ToTell.objects.get(person=cast.asha)
    assert "How should nights be?" in told.words
    assert statement.words not in told.words


def test_a_declined_statement_tells_its_author_why(cast):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha)
    operations.decline(statement_id=statement.pk, reason="It names somebody.", by=cast.dee, at=make.AT)
    assert "It names somebody." in ToTell.objects.get(person=cast.asha).words
    assert make.fresh(statement).state == "DECLINED"
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    assert ToTell.objects.filter(person=cast.asha).count() == 2


def test_what_is_decided_twice_or_after_the_close_is_refused(cast):
    found = make.conversation(cast)
    statement = make.waiting(found, cast.asha)
    operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    with pytest.raises(Refused, match="state"):
        operations.put_up(statement_id=statement.pk, by=cast.dee, at=make.AT)
    make.closed(found, cast.dee)
    with pytest.raises(Refused, match="closed"):
        operations.decline(statement_id=statement.pk, reason="Late", by=cast.dee, at=make.AT)
    assert make.fresh(statement).state == "SHOWN"


def test_ten_statements_of_one_person_may_wait(cast):
    found = make.conversation(cast)
    for number in range(10):
        make.waiting(found, cast.asha, words=f"Thought {number}")
    with pytest.raises(Refused, match="many"):
        make.waiting(found, cast.asha)
    make.waiting(found, cast.bo)
    assert Statement.objects.filter(author=cast.asha).count() == 10


def test_statements_stand_in_an_order_of_chance(cast):
    words = [f"Statement {number:02}" for number in range(20)]
    found = make.conversation(cast, words)
    shown = [each.words for each in make.up(found)]
    assert sorted(shown) == words
    assert shown != words


def test_a_paper_sheet_is_a_voter_of_its_own(cast):
    found = make.conversation(cast)
    first, second, _ = make.up(found)
    for answers in ({first.pk: 1, second.pk: 0}, {first.pk: 1}):
        operations.enter_sheet(conversation_id=found.pk, answers=answers, by=cast.bo, at=make.AT)
    assert set(Ballot.objects.values_list("channel", flat=True)) == {"PAPER"}
    assert Ballot.objects.values("voter_key").distinct().count() == 2


def test_an_empty_or_strange_sheet_is_refused(cast):
    found, other = make.conversation(cast), make.conversation(cast, question="Another?")
    for answers in ({}, {make.up(other)[0].pk: 1}):
        with pytest.raises(Refused, match="empty"):
            operations.enter_sheet(conversation_id=found.pk, answers=answers, by=cast.bo, at=make.AT)
    assert not Ballot.objects.exists()


def test_who_handed_in_paper_gets_no_second_paper(cast):
    found = make.conversation(cast)
    operations.note_handed_in(conversation_id=found.pk, people_pks=[cast.cy.pk, cast.eli.pk], by=cast.bo, at=make.AT)
    assert [each.person for each in Issued.objects.all()] == [cast.cy]
    with pytest.raises(Refused, match="has-paper"):
        make.paper(found, cast.cy)


def test_all_ways_count_in_the_totals(cast):
    found = make.conversation(cast, WORD := ["Nights are too loud."])
    make.voters(found, [[1]] * 6, cast.asha)
    cast.cy.channel = "ASSISTED"
    make.answer(found, make.paper(found, cast.cy), make.up(found)[0], -1, cast.cy)
    operations.enter_sheet(conversation_id=found.pk, answers={make.up(found)[0].pk: -1}, by=cast.bo, at=make.AT)
    closed = make.closed(found, cast.dee)
    assert (closed.voters, closed.votes) == (8, 8)
    assert closed.came_by == {"SCREEN": 6, "ASSISTED": 1, "PAPER": 1}
    tally = queries.tallies(found).get()
    assert (tally.agree, tally.disagree, tally.passed, len(WORD)) == (6, 2, 0, 1)


def test_closing_writes_one_line_and_cannot_be_undone(cast):
    found = make.conversation(cast)
    before = JournalLine.objects.count()
    make.closed(found, cast.dee)
    assert JournalLine.objects.count() - before == 1
    with pytest.raises(Refused):
        make.answer(found, "X" * 20, make.up(found)[0], 1, cast.asha)
    assert make.fresh(found).seal == ""


def test_what_is_due_is_closed_by_the_daily_round(cast):
    due = make.conversation(cast, closes_on=make.ON)
    later = make.conversation(cast, question="Later?", closes_on=make.LATER.date())
    never = make.conversation(cast, question="Never?")
    assert operations.close_what_is_due(at=due.closes_at) == 1
    assert [make.fresh(each).state for each in (due, later, never)] == ["CLOSED", "OPEN", "OPEN"]


def test_erasing_blanks_words_and_keeps_rows_and_ballots(cast):
    found = make.conversation(cast)
    kept = make.waiting(found, cast.asha, words="CANARY words", show_name=True)
    declined = make.waiting(found, cast.asha, words="CANARY more")
    operations.put_up(statement_id=kept.pk, by=cast.dee, at=make.AT)
    operations.decline(statement_id=declined.pk, reason="CANARY reason", by=cast.dee, at=make.AT)
    others = make.waiting(found, cast.bo, words="Bo stays")
    make.answer(found, make.paper(found, cast.asha), kept, 1, cast.asha)
    assert operations.erase_words(cast.asha, make.AT) == 2
    assert not [each for each in Statement.objects.all() if "CANARY" in f"{each.words}{each.reason}"]
    assert (Statement.objects.filter(author=cast.asha).count(), Ballot.objects.count()) == (2, 1)
    assert make.fresh(others).words == "Bo stays"
    assert not make.fresh(kept).show_name


# --- codes ---


def test_codes_have_65_bits_nobody_knows_and_prove_themselves():
    seal = policies.new_seal()
    codes = {policies.paper_code(seal, f"token{number}", 1) for number in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {20}
    assert all(policies.is_genuine(seal, code) for code in codes)
    assert not any(policies.is_genuine(policies.new_seal(), code) for code in codes)


def test_ten_thousand_random_codes_open_nothing():
    seal = policies.new_seal()
    guesses = ("".join(policies.secrets.choice(policies.CODE_LETTERS) for _ in range(20)) for _ in range(10_000))
    assert not any(policies.is_genuine(seal, guess) for guess in guesses)


def test_a_code_can_be_typed_as_people_type():
    code = policies.paper_code(policies.new_seal(), "token", 1)
    spaced = policies.spaced_code(code)
    assert len(spaced) == 24
    for typed in (spaced, spaced.lower(), f" {spaced.replace('-', ' ')} ", spaced.replace("0", "O").replace("1", "l")):
        assert policies.typed_code(typed) == code


@pytest.mark.parametrize("code", ["", "short", "é" * 20, "0" * 20, "A" * 5000])
def test_what_is_no_code_is_not_genuine(code):
    assert not policies.is_genuine(policies.new_seal(), code)
    assert not policies.is_genuine("", code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lights \u202eout", "Lights out"),
        ("a\u2066b\u2069c", "abc"),
        ("Bell \x07 and\x00 null", "Bell  and null"),
        ("夜が 長い 🌙", "夜が 長い 🌙"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("ليل", "ليل"),
        ("  two\nlines ", "two\nlines"),
    ],
)
def test_words_are_kept_without_what_turns_or_hides_them(typed, kept):
    assert policies.plain_words(typed) == kept


def test_a_number_is_drawn_that_nobody_has():
    taken = set(range(100, 999))
    assert policies.draw_number(taken) not in taken
    assert policies.draw_number(set(range(100, 1000)) | {1000}) not in taken
