"""The life of a quotation: written down, shown, changed, yes, used, taken back. Nobody says yes for somebody else."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alongside.credit import operations, permissions, policies, queries
from alongside.credit.models import ApprovedQuote, Quote, QuoteDraft, QuoteUsed
from alongside.credit.states import NEXT_QUOTE, NameForm, QuoteState, Use
from alongside.credit.tests import factories
from alongside.credit.tests.factories import AT, ON, UNTIL, cast, words_for
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.people.queries import person as same
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
ROOM = Path(__file__).parent.parent


@pytest.fixture
def them():
    return cast()


@pytest.fixture
def quote(them):
    """Bo wrote down what Asha said, and showed it to her."""
    return factories.shown(them.initiative, them.asha, them.bo)


def journal(what):
    return JournalLine.objects.filter(what=what).count()


# --- the way ---


def test_words_go_their_way_with_one_line_in_the_journal_each(them):
    made = factories.captured(them.initiative, them.asha, them.bo)
    operations.show(quote_id=made.pk, by=them.bo, at=AT)
    operations.reword(quote_id=made.pk, words="The night was very long.", by=them.asha, at=AT)
    approval = factories.yes(made)
    assert words_for(them.initiative) == ["The night was very long."]
    used = factories.used(approval, them.cy)
    operations.withdraw(quote_id=made.pk, by=them.asha, at=AT)
    assert words_for(them.initiative) == []
    operations.say_told(used_id=used.pk, by=them.cy, at=AT)
    for verb in ("captured", "shown", "reworded", "approved", "used", "withdrawn", "place_told"):
        assert journal(f"credit.quote.{verb}") == 1, verb


def test_only_words_with_a_yes_for_this_use_until_this_day_are_handed_out(them, quote):
    assert words_for(them.initiative) == []
    factories.yes(quote, uses=[Use.REPORT, Use.TEACHING], until=date(2026, 12, 31))
    assert words_for(them.initiative) == words_for(them.initiative, Use.TEACHING) == ["The night was long."]
    assert words_for(them.initiative, Use.PRESS) == []
    assert words_for(them.initiative, on=date(2026, 12, 31)) == ["The night was long."]
    assert words_for(them.initiative, on=date(2027, 1, 1)) == []


def test_the_name_under_words_is_the_one_that_was_chosen(them, quote):
    factories.yes(quote, form=NameForm.NONE)
    assert queries.approved_quotes(them.initiative, Use.REPORT, ON)[0].name == ""
    factories.yes(quote, form=NameForm.GROUP)
    assert queries.approved_quotes(them.initiative, Use.REPORT, ON)[0].name == "Somebody of Sleep well"
    factories.yes(quote, form=NameForm.INITIALS)
    assert [each.name for each in queries.approved_quotes(them.initiative, Use.REPORT, ON)] == ["A. K."]


def test_a_changed_wording_needs_a_yes_of_its_own(them, quote):
    factories.yes(quote)
    operations.reword(quote_id=quote.pk, words="Changed.", by=them.asha, at=AT)
    assert words_for(them.initiative) == ["The night was long."]
    factories.yes(quote)
    assert words_for(them.initiative) == ["Changed."]


def test_a_yes_is_for_the_wording_that_was_read(them, quote):
    read = policies.newest_draft(quote).pk
    operations.reword(quote_id=quote.pk, words="Something quite different.", by=them.bo, at=AT)
    with pytest.raises(Refused, match="changed"):
        operations.approve(
            quote_id=quote.pk, seen=read, form="FIRST", name="Asha", uses=["REPORT"], until=UNTIL, by=them.asha, at=AT,
            today=ON,
        )  # fmt: skip
    assert words_for(them.initiative) == []


def test_saying_no_throws_the_words_away(them, quote):
    operations.decline(quote_id=quote.pk, by=them.asha, at=AT)
    assert list(QuoteDraft.objects.values_list("words", flat=True)) == [""]
    assert queries.wordings(quote) == (None, None, [])


def test_dropping_throws_the_words_away_before_anybody_was_shown(them):
    made = factories.captured(them.initiative, them.asha, them.bo)
    operations.drop(quote_id=made.pk, by=them.bo, at=AT)
    assert list(QuoteDraft.objects.values_list("words", flat=True)) == [""]


def test_words_taken_back_can_be_given_again(them, quote):
    factories.yes(quote)
    operations.withdraw(quote_id=quote.pk, by=them.asha, at=AT)
    factories.yes(quote)
    assert words_for(them.initiative) == ["The night was long."]
    assert ApprovedQuote.objects.count() == 2


def test_ones_own_words_are_shown_to_oneself_at_once(them):
    made = factories.captured(them.initiative, them.asha, them.asha)
    assert made.state == QuoteState.SHOWN
    factories.yes(made)
    assert words_for(them.initiative) == ["The night was long."]


def test_the_speaker_is_told_by_their_channel_and_no_message_carries_words(them, django_capture_on_commit_callbacks):
    people.keep_contact(person_id=them.asha.pk, kind="MAIL", value="asha@example.org", safe="", by=them.asha, at=AT)
    people.choose_telling(person_id=them.asha.pk, tell_by="MAIL", quiet=False, by=them.asha, at=AT)
    asha = same(them.asha.pk)
    with django_capture_on_commit_callbacks(execute=True):
        factories.shown(them.initiative, asha, them.bo)
        people.choose_telling(person_id=them.cy.pk, tell_by="PHONE", quiet=False, by=them.cy, at=AT)
        factories.shown(them.initiative, same(them.cy.pk), them.bo)
    assert len(mail.outbox) == 1
    told = [each.words for each in ToTell.objects.filter(about__startswith="quote:")]
    assert len(told) == 2
    assert not [text for text in [*told, mail.outbox[0].body] if "night" in text]


def test_who_used_words_is_told_when_they_are_taken_back(them, quote):
    approval = factories.yes(quote)
    factories.used(approval, them.cy)
    factories.used(approval, them.cy, place="A poster")
    operations.withdraw(quote_id=quote.pk, by=them.asha, at=AT)
    assert list(ToTell.objects.filter(about__startswith="quote_back").values_list("person", flat=True)) == [them.cy.pk]
    lines = [line.words for line in queries.today(them.cy, ON)]
    assert sum("Tell this place" in words for words in lines) == 2


# --- who may ---

SPEAKER_ONLY = {"asha": None, "bo": "not-yours", "cy": "not-yours", "lea": "not-yours", "eli": "not-yours"}


@pytest.mark.parametrize(("who", "code"), SPEAKER_ONLY.items())
def test_only_the_speaker_decides(them, quote, who, code):
    for to in (QuoteState.APPROVED, QuoteState.DECLINED):
        refusal = permissions.why_not_decide(quote, to, by=getattr(them, who))
        assert (refusal and refusal.code) == code
    factories.yes(quote)
    quote.refresh_from_db()
    refusal = permissions.why_not_decide(quote, QuoteState.WITHDRAWN, by=getattr(them, who))
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("helper", "code"), [("bo", "helper-decides"), ("lea", "helper-decides"), ("cy", None), ("eli", None)]
)
def test_a_helper_of_the_yes_neither_wrote_it_down_nor_leads(them, quote, helper, code):
    acting = factories.helped(them.asha, getattr(them, helper))
    refusal = permissions.why_not_decide(quote, QuoteState.APPROVED, by=acting)
    assert (refusal and refusal.code) == code


def test_a_yes_with_a_helper_keeps_the_channel(them, quote):
    approval = operations.approve(
        quote_id=quote.pk, seen=policies.newest_draft(quote).pk, form="FIRST", name="Asha", uses=["REPORT"], until=UNTIL,
        by=factories.helped(them.asha, them.cy), at=AT, today=ON,
    )  # fmt: skip
    assert (approval.channel, approval.approved_by_id) == ("ASSISTED", them.asha.pk)
    assert JournalLine.objects.get(what="credit.quote.approved").helped_by_person == them.cy.pk


@pytest.mark.parametrize("state", QuoteState.values)
def test_every_state_allows_only_its_own_moves(them, quote, state):
    Quote.objects.filter(pk=quote.pk).update(state=state)
    quote.refresh_from_db()
    for to in (QuoteState.APPROVED, QuoteState.DECLINED, QuoteState.WITHDRAWN):
        refusal = permissions.why_not_decide(quote, to, by=them.asha)
        assert (refusal is None) == (to in NEXT_QUOTE[state]), to
    assert (permissions.why_not_show(quote, by=them.bo) is None) == (state == QuoteState.CAPTURED)
    assert (permissions.why_not_drop(quote, by=them.bo) is None) == (state == QuoteState.CAPTURED)


REWORD = {
    "CAPTURED": {"bo"}, "SHOWN": {"bo", "asha"}, "APPROVED": {"asha"}, "WITHDRAWN": {"asha"}, "DECLINED": set(), "DROPPED": set(),
}  # fmt: skip


@pytest.mark.parametrize("state", REWORD)
def test_who_may_change_the_words(them, quote, state):
    Quote.objects.filter(pk=quote.pk).update(state=state)
    quote.refresh_from_db()
    may = {
        who for who in ("asha", "bo", "cy", "lea", "eli")
        if permissions.why_not_reword(quote, "Some words", by=getattr(them, who)) is None
    }  # fmt: skip
    assert may == REWORD[state]


@pytest.mark.parametrize(("more", "code"), [
    ({"uses": []}, "no-use"), ({"until": ON - timedelta(days=1)}, "until"), ({"until": date(2046, 1, 1)}, "until"),
    ({"newest": 99}, "changed"), ({"newest": None}, "changed"), ({}, None),
])  # fmt: skip
def test_a_yes_says_for_what_and_until_when(them, quote, more, code):
    terms = {"seen": 1, "newest": 1, "uses": ["REPORT"], "until": UNTIL, "today": ON} | more
    refusal = permissions.why_not_approve(quote, by=them.asha, **terms)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(("who", "speaker", "words", "code"), [
    ("bo", "asha", "x", None), ("lea", "asha", "x", None), ("eli", "asha", "x", "not-at-the-table"), ("bo", "eli", "x", "no-seat"),
    ("bo", "asha", " ", "words"), ("bo", "asha", "x" * 2001, "words"), ("dee", "asha", "x", "not-at-the-table"),
])  # fmt: skip
def test_who_may_write_down_whose_words(them, who, speaker, words, code):
    refusal = permissions.why_not_capture(them.initiative, getattr(them, speaker), words, by=getattr(them, who))
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(("who", "use", "day", "code"), [
    ("cy", "REPORT", ON, None), ("eli", "REPORT", ON, "not-at-the-table"), ("cy", "PRESS", ON, "not-for-this"),
    ("cy", "REPORT", UNTIL + timedelta(days=1), "expired"), ("cy", "REPORT", UNTIL + timedelta(days=9), "to-come"),
    ("cy", "REPORT", date(2020, 1, 1), "before-the-yes"),
])  # fmt: skip
def test_words_are_used_by_the_table_as_their_speaker_said(them, quote, who, use, day, code):
    approval = factories.yes(quote)
    refusal = permissions.why_not_use(
        approval, by=getattr(them, who), use=use, used_on=day, uses={"REPORT"}, today=UNTIL + timedelta(days=2)
    )
    assert (refusal and refusal.code) == code


def test_words_that_were_taken_back_cannot_be_used(them, quote):
    approval = factories.yes(quote)
    operations.withdraw(quote_id=quote.pk, by=them.asha, at=AT)
    before = JournalLine.objects.count()
    with pytest.raises(Refused, match="ended"):
        factories.used(approval, them.cy)
    assert (QuoteUsed.objects.count(), JournalLine.objects.count()) == (0, before)


def test_a_refusal_changes_nothing(them, quote):
    before = JournalLine.objects.count()
    for do in (operations.decline, operations.withdraw, operations.show, operations.drop):
        with pytest.raises(Refused):
            do(quote_id=quote.pk, by=them.cy, at=AT)
    with pytest.raises(Refused):
        operations.reword(quote_id=quote.pk, words="Mine now", by=them.cy, at=AT)
    quote.refresh_from_db()
    assert (quote.state, JournalLine.objects.count()) == (QuoteState.SHOWN, before)
    assert QuoteDraft.objects.count() == 1


def test_only_the_speaker_and_who_wrote_it_down_find_it(them, quote):
    found = {who for who in ("asha", "bo", "cy", "lea", "dee", "eli") if queries.quotes_of(getattr(them, who)).exists()}
    assert found == {"asha", "bo"}
    assert not queries.quotes_of(None).exists()


# --- by construction ---


def test_the_database_refuses_a_yes_by_somebody_else(them, quote):
    approval = factories.yes(quote)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovedQuote.objects.create(
            quote=quote, initiative=them.initiative, speaker=them.asha, approved_by=them.bo, words="x", form="NONE",
            until=UNTIL, approved_at=AT, channel="SCREEN", ended_at=AT,
        )  # fmt: skip
    for changed in ({"words": "Other words"}, {"name": "Another"}, {"form": "FULL"}, {"approved_by": them.bo}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovedQuote.objects.filter(pk=approval.pk).update(**changed)
    ApprovedQuote.objects.filter(pk=approval.pk).update(words="", name="")


def test_what_is_handed_out_never_reads_the_table_of_words_without_a_yes(them, quote):
    factories.yes(quote)
    with CaptureQueriesContext(connection) as seen:
        queries.approved_quotes(them.initiative, Use.REPORT, ON)
        queries.approved_for_table(them.initiative, ON)
        queries.quotes_file(them.initiative, Use.REPORT, ON)
        list(queries.used_in(them.initiative))
        queries.today(them.asha, ON)
        queries.lines_for(queries.outputs_of(them.initiative))
    assert len(seen) > 5
    assert not [each["sql"] for each in seen if QuoteDraft._meta.db_table in each["sql"]]


READ_DRAFTS = {
    "policies.py": {"drafts_of", "newest_draft"},
    "queries.py": {"wordings", "_quote_row"},
    "operations.py": {"capture", "reword", "approve", "_throw_away", "erase_words"},
}


def test_words_without_a_yes_are_read_in_these_few_places_only():
    wanted = {"QuoteDraft", "drafts_of", "newest_draft"}
    for path in ROOM.glob("*.py"):
        tree = ast.parse(path.read_text())
        users = {
            function.name
            for function in ast.walk(tree) if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if (isinstance(node, ast.Name) and node.id in wanted) or (isinstance(node, ast.Attribute) and node.attr in wanted)
        }  # fmt: skip
        assert users <= READ_DRAFTS.get(path.name, set()) | {"drafts_of", "newest_draft"}, path.name
    others = [
        path for path in ROOM.parent.rglob("*.py")
        if ROOM not in path.parents and "tests" not in path.parts and ("QuoteDraft" in path.read_text() or "quote_draft" in path.read_text())
    ]  # fmt: skip
    assert others == []


def test_a_fault_in_the_records_is_named(them, quote):
    factories.yes(quote)
    assert queries.invariants() == []
    Quote.objects.update(state=QuoteState.WITHDRAWN)
    (fault,) = queries.invariants()
    assert fault.endswith("still hold, though their yes was taken back.")


# --- erasing, and one's own record ---


def test_erasing_empties_every_wording_and_ends_every_yes(them, quote):
    factories.used(factories.yes(quote), them.cy)
    factories.shown(them.initiative, them.asha, them.bo, words="Still waiting.")
    operations.erase_words(person=them.asha, at=AT)
    assert set(QuoteDraft.objects.values_list("words", flat=True)) == {""}
    assert list(ApprovedQuote.objects.values_list("words", "name")) == [("", "")]
    assert words_for(them.initiative) == []
    assert ToTell.objects.filter(about__startswith="quote_back", person=them.cy).exists()


def test_words_of_somebody_who_was_erased_are_not_written_again(them, quote):
    waiting = factories.captured(them.initiative, them.asha, them.bo)
    operations.erase_words(person=them.asha, at=AT)
    assert [Quote.objects.get(pk=each.pk).state for each in (quote, waiting)] == ["DECLINED", "DROPPED"]
    Quote.objects.update(state=QuoteState.CAPTURED)  # as it stood before states were closed with the person
    them.asha.state = "ERASED"
    them.asha.save(update_fields=["state"])
    with pytest.raises(Refused, match="erased"):
        operations.reword(quote_id=waiting.pk, words="The night was long.", by=them.bo, at=AT)
    with pytest.raises(Refused, match="erased"):
        operations.show(quote_id=waiting.pk, by=them.bo, at=AT)
    assert set(QuoteDraft.objects.values_list("words", flat=True)) == {""}


def test_my_record_holds_my_words_and_not_those_that_i_wrote_down(them, quote):
    assert "The night was long." in str(queries.about_me(them.asha))
    assert "The night was long." not in str(queries.about_me(them.bo))
    assert len(queries.about_me(them.bo)["words of others that I wrote down"]) == 1


# --- the difference ---


def shown_as(before, after):
    return [(piece.change, piece.words) for piece in policies.difference(before, after)]


def test_a_difference_says_in_words_what_came_in_and_what_went():
    assert shown_as("The night was long.", "The night was very long.") == [
        ("same", "The night was"), ("added", "very"), ("same", "long."),
    ]  # fmt: skip
    assert shown_as("um the night", "the night") == [("removed", "um"), ("same", "the night")]
    assert shown_as("a b", "a b") == [("same", "a b")]
    assert shown_as("cold", "dark") == [("removed", "cold"), ("added", "dark")]


@given(st.lists(st.sampled_from("abcd ")), st.lists(st.sampled_from("abcd ")))
def test_a_difference_loses_no_word(before, after):
    before, after = "".join(before), "".join(after)
    pieces = policies.difference(before, after)
    assert " ".join(p.words for p in pieces if p.change != "added").split() == before.split()
    assert " ".join(p.words for p in pieces if p.change != "removed").split() == after.split()
