"""Answers follow each other, each row on its own, and nothing is written over."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.calculations import content
from alongside.candour import operations, permissions, policies, queries
from alongside.candour.models import Answer, Shown
from alongside.candour.tests import factories
from alongside.candour.tests.factories import AT, LATER, say
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
MONEY = "who-decides-money"


def code(refusal):
    return refusal and refusal.code


def journal():
    return list(JournalLine.objects.filter(what__startswith="candour").order_by("pk").values_list("what", flat=True))


def said(them, sheet):
    """{row id: (words of the choice, own words)} of what is said now."""
    page = queries.page_of(them.initiative, sheet, inside=True)
    return {each.row.id: (each.answer.says, each.answer.words) for each in page.rows if each.is_said}


def test_each_stage_has_its_own_answer_and_changing_one_leaves_the_others():
    them = factories.cast()
    choices = ["people", "together", "staff", "office", "unknown", "people", "together", "staff"]
    made = {
        stage.id: say(them, MONEY, stage.id, choice=choice)
        for stage, choice in zip(content.stages(), choices, strict=True)
    }
    before = said(them, MONEY)
    assert list(before) == [stage.id for stage in content.stages()]
    assert before["initiate"] == ("People who use the service", "")
    assert before["design"] == ("Staff of the organisation", "")
    say(them, MONEY, "design", choice="people", words="Since April.", seen=made["design"].pk, at=LATER)
    assert said(them, MONEY) == before | {"design": ("People who use the service", "Since April.")}
    (changed,) = [each for each in queries.page_of(them.initiative, MONEY, inside=True).rows if each.earlier]
    assert [(each.says, each.at) for each in changed.earlier] == [("Staff of the organisation", AT)]
    assert journal() == ["candour.row.answered"] * 9


def test_earlier_answers_stand_newest_first():
    them = factories.cast()
    seen = None
    for words in ("One", "Two", "Three"):
        seen = say(them, "strings", "whose", words=words, seen=seen).pk
    first = queries.page_of(them.initiative, "strings", inside=True).rows[0]
    assert first.answer.words == "Three"
    assert [each.words for each in first.earlier] == ["Two", "One"]


def test_an_empty_answer_takes_back_what_was_said_and_keeps_it():
    them = factories.cast()
    first = say(them, "strings", "whose", words="The council.")
    say(them, "strings", "whose", seen=first.pk)
    assert said(them, "strings") == {}
    row = queries.page_of(them.initiative, "strings", inside=True).rows[0]
    assert [each.words for each in row.earlier] == ["The council."]
    assert [each.said for each in queries.sheets_of(them.initiative, inside=True)] == [0] * 5


def test_three_places_for_what_came_of_it_are_always_there():
    them = factories.cast()
    page = queries.page_of(them.initiative, "what-came-of-it", inside=True)
    assert [(each.row.id, queries.words_of(each, page.sheet)) for each in page.rows] == [
        ("learners", "Nothing yet."), ("teachers", "Nothing yet."), ("systems", "Nothing yet."),
    ]  # fmt: skip
    say(them, "what-came-of-it", "teachers", words="Two have a post.")
    page = queries.page_of(them.initiative, "what-came-of-it", inside=True)
    assert [queries.words_of(each, page.sheet) for each in page.rows] == [
        "Nothing yet.", "Two have a post.", "Nothing yet.",
    ]  # fmt: skip


def test_who_did_not_see_the_newest_is_told_and_nothing_is_lost():
    them = factories.cast()
    first = say(them, "strings", "asks", words="A report.")
    for seen in (None, first.pk + 99):
        with pytest.raises(Refused) as stop:
            say(them, "strings", "asks", words="Nothing.", by=them.cleo, seen=seen)
        assert stop.value.refusal.code == "changed"
    assert Answer.objects.get() == first
    assert journal() == ["candour.row.answered"]


@pytest.mark.parametrize(
    ("choice", "words", "expected"),
    [
        ("people", "", None), ("", "Us.", None), ("people", "Us.", None), ("", "", "nothing"),
        ("me", "", "no-such-choice"),
    ],
)  # fmt: skip
def test_what_is_an_answer(choice, words, expected):
    row = policies.row(policies.sheet(MONEY), "design")
    assert code(permissions.why_not_answer(row, None, choice=choice, words=words, seen=None)) == expected


def test_a_row_without_choices_takes_words_alone():
    row = policies.row(policies.sheet("strings"), "whose")
    assert code(permissions.why_not_answer(row, None, choice="people", words="", seen=None)) == "no-such-choice"


@pytest.mark.parametrize(
    ("who", "expected"),
    [("lea", None), ("cleo", None), ("asha", "not-asked"), ("bo", "not-asked"), ("eli", "not-asked")],
)
def test_who_leads_or_chairs_answers_for_the_table(who, expected):
    them = factories.cast()
    assert code(permissions.why_not_say(them.initiative, by=getattr(them, who))) == expected
    if expected:
        with pytest.raises(Refused):
            say(them, "strings", "whose", words="A", by=getattr(them, who))
        assert (Answer.objects.count(), journal()) == (0, [])


def test_what_is_no_longer_asked_stays_with_the_words_of_its_day():
    them = factories.cast()
    Answer.objects.create(initiative=them.initiative, sheet="strings", row="gone", asks="Who?", words="Us.", at=AT)
    page = queries.page_of(them.initiative, "strings", inside=True)
    assert (page.said, page.asked, page.rows[-1].asked, page.rows[-1].row.words) == (0, 6, False, "Who?")
    assert queries.words_of(page.rows[-1], page.sheet) == "Us."


def test_own_record_says_which_answers_one_wrote_down():
    them = factories.cast()
    say(them, "strings", "whose", words="The council.", by=them.cleo)
    (row,) = queries.about_me(them.cleo)["Answers that you wrote down for a table"]
    assert (row["initiative"], row["question"]) == ("Leaving well", "Whose money is it?")
    assert queries.about_me(them.lea)["Answers that you wrote down for a table"] == []


# --- the database ---


@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
@pytest.mark.parametrize("table", ["open_answer", "open_sheet_shown"])
def test_the_database_refuses_to_change_what_was_said_or_shown(table, change):
    them = factories.cast()
    say(them, "strings", "whose", words="The council.")
    factories.show(them, "strings")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))
    assert (Answer.objects.count(), Shown.objects.count()) == (1, 1)


def test_the_database_lets_one_answer_be_first_and_each_be_followed_once():
    them = factories.cast()
    first = say(them, "strings", "whose", words="A")
    say(them, "strings", "whose", words="B", seen=first.pk)
    where = {"initiative": them.initiative, "sheet": "strings", "row": "whose", "asks": "?", "at": AT}
    for follows in (None, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(follows=follows, words="C", **where)
    assert Answer.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_the_same_moment_one_is_told():
    them, answered, together = factories.cast(), [], threading.Barrier(2)

    def answer(words):
        try:
            with transaction.atomic():
                together.wait(10)
                say(them, "strings", "whose", words=words)
            answered.append("kept")
        except Refused as stop:
            answered.append(stop.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[words]) for words in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answered) == ["changed", "kept"]
    assert Answer.objects.count() == 1


# --- an organisation ---


def test_the_overview_counts_initiatives_and_never_people():
    them = factories.cast()
    other = factories.table(them.organisation, "Sleep", them.lea)
    first = say(them, MONEY, "design", choice="staff")
    say(them, MONEY, "design", choice="people", seen=first.pk)
    say(them, MONEY, "design", choice="people", initiative=other)
    say(them, MONEY, "deliver", words="It moves about.")
    say(them, "strings", "whose", words="The council.")
    found = queries.overview_of(them.organisation, them.lea)
    assert [(one.name, [(cell.said, cell.rows) for cell in cells]) for one, cells in found.rows] == [
        ("Leaving well", [(2, 8), (1, 6), (0, 7), (0, 3), (0, 6)]),
        ("Sleep", [(1, 8), (0, 6), (0, 7), (0, 3), (0, 6)]),
    ]
    counts = {stage.words: [number for _, number in stage.counts] for stage in found.stages}
    assert counts["Design"] == [2, 0, 0, 0, 0, 0, 0]
    assert counts["Do it"] == [0, 0, 0, 0, 0, 1, 1]
    assert counts["Start"] == [0, 0, 0, 0, 0, 0, 2]
    assert [words for words, _ in found.stages[0].counts] == found.choices
    assert found.choices[0] == "People who use the service"


def test_only_who_leads_the_organisation_reads_its_overview():
    them = factories.cast()
    assert list(queries.organisations_read_by(them.lea)) == [them.organisation]
    for other in (them.cleo, them.asha, them.bo, them.eli):
        assert list(queries.organisations_read_by(other)) == []


def test_showing_twice_is_refused_and_the_last_word_counts():
    them = factories.cast()
    factories.show(them, "strings")
    with pytest.raises(Refused) as stop:
        factories.show(them, "strings")
    assert stop.value.refusal.code == "state"
    factories.show(them, "strings", outside=False, at=LATER)
    assert queries.shown(them.initiative) == {}
    assert journal() == ["candour.sheet.shown"] * 2


@pytest.mark.parametrize(
    ("who", "sheet", "expected"),
    [
        ("lea", "strings", None), ("cleo", "strings", None), ("asha", "strings", "not-asked"),
        ("eli", "strings", "not-asked"), ("lea", "from-fee-to-post", "table-only"),
    ],
)  # fmt: skip
def test_who_may_show_what(who, sheet, expected):
    them = factories.cast()
    acts = {"by": getattr(them, who), "outside": True, "is_shown": False}
    assert code(permissions.why_not_show(them.initiative, policies.sheet(sheet), **acts)) == expected
    if expected:
        with pytest.raises(Refused):
            operations.show(initiative=them.initiative, sheet=policies.sheet(sheet), outside=True, by=acts["by"], at=AT)
        assert Shown.objects.count() == 0
