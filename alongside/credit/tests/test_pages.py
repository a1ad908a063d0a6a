"""Pages by hand: names, words, references, certificates, and what somebody gave and got."""

import re
import secrets
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from alongside.calculations.papers.tests import reading
from alongside.claims import operations as claims
from alongside.contributions.tests import factories as work
from alongside.credit import operations, panels, permissions, policies, queries
from alongside.credit.models import ApprovedQuote, Credit, Quote, Reference, Thanks
from alongside.credit.states import CreditState, QuoteState, ReferenceState
from alongside.credit.tests import factories
from alongside.credit.tests.factories import AT, ON, cast
from alongside.initiatives import operations as initiatives
from alongside.people import operations as people
from alongside.people.models import Login
from alongside.refusals import Refused
from alongside.timebank.tests import factories as exchanges

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-one-showing"


@pytest.fixture
def them():
    return cast()


def client_of(person):
    """A browser in which the person has signed in."""
    login, _ = Login.objects.get_or_create(email=f"p{person.pk}@example.org", defaults={"person": person})
    client = Client()
    client.force_login(login)
    return client


def page(person, name, *args, data=None):
    response = client_of(person).get(reverse(f"credit:{name}", args=args), data)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(person, page, /, *args, **said):
    """Press a button; `once` is new each time unless it is said."""
    said = {"once": secrets.token_urlsafe(16)} | said
    return client_of(person).post(reverse(f"credit:{page}", args=args), said, follow=True)


# --- names ---


def test_from_output_to_a_named_line_by_hand(them):
    shown = post(
        them.lea, "add_output", them.initiative.pk, title="A leaflet", kind="LEAFLET", begun_on="2 November 2026"
    )
    made = shown.context["output"]
    post(them.lea, "ask", made.pk)
    mine = Credit.objects.get(output=made, person=them.asha)
    assert "Thinking of it" in page(them.asha, "answer", mine.pk)
    assert "From the records: A seat since 2 November 2026" in page(them.asha, "answer", mine.pk)
    said = {
        "form": "FIRST",
        "name": "Asha Khan",
        "standing": "AUTHOR",
        "roles": ["conceptualization"],
        "more": ["hosting"],
    }
    assert "You stand there as: <b>Asha</b>" in post(them.asha, "answer", mine.pk, **said).content.decode()
    text = page(them.bo, "output", made.pk)
    assert "By Asha." in text and "Thinking of it; Hosting" in text
    assert "Say how I am named" in text


def test_no_way_of_being_named_is_chosen_beforehand(them):
    made = factories.asked(them.initiative, them.lea)
    text = page(them.asha, "answer", factories.credit_of(made, them.asha).pk)
    ways = re.findall(r'<input type="radio" name="form"[^>]*>', text)
    assert len(ways) == 6 and not [way for way in ways if "checked" in way]


def test_a_role_that_tells_why_is_ticked_only_where_its_person_chose_it(them):
    factories.leave(them.initiative, them.asha)
    initiatives.give_seat(
        initiative=them.initiative, person=them.asha, role="Knows the night shift", on=ON, by=them.lea, at=AT
    )
    made = factories.asked(them.initiative, them.lea)
    mine = factories.credit_of(made, them.asha)

    def ticks():
        return set(re.findall(r'name="roles" value="([^"]*)"[^>]* checked', page(them.asha, "answer", mine.pk)))

    assert "stepping-back-and-returning" in page(them.asha, "answer", mine.pk)
    assert ticks() == {"conceptualization"}
    factories.named(made, them.asha, roles=["stepping-back-and-returning", "emotional-work"])
    assert ticks() == {"stepping-back-and-returning", "emotional-work"}


def test_another_name_is_never_the_name_that_people_know(them):
    """The box for a name is empty: whoever chooses another one and presses at once publishes nothing."""
    made = factories.asked(them.initiative, them.lea)
    mine, quote = factories.credit_of(made, them.asha), factories.shown(them.initiative, them.asha, them.bo)
    for text in (page(them.asha, "answer", mine.pk), page(them.asha, "approve", quote.pk)):
        (box,) = re.findall(r'<input type="text" name="name"[^>]*>', text)
        assert "value=" not in box
    other = {"form": "PSEUDONYM", "name": "ASHA "}
    said = post(them.asha, "answer", mine.pk, standing="AUTHOR", **other).content.decode()
    assert "This is the name that people here know you by." in said
    seen = policies.newest_draft(quote).pk
    yes = {"uses": ["REPORT"], "until": "2 November 2027", "seen": seen}
    assert "know you by" in post(them.asha, "approve", quote.pk, **yes, **other).content.decode()
    mine.refresh_from_db()
    assert mine.state == CreditState.ASKED and not ApprovedQuote.objects.exists()


def test_a_second_press_makes_one_output(them):
    for _ in range(2):
        post(
            them.lea,
            "add_output",
            them.initiative.pk,
            once=TOKEN,
            title="A leaflet",
            kind="LEAFLET",
            begun_on="2 November 2026",
        )
    assert queries.outputs_of(them.initiative).count() == 1


def test_somebody_on_a_break_or_gone_still_answers(them):
    made = factories.asked(them.initiative, them.lea)
    factories.leave(them.initiative, them.asha)
    factories.pause(them.asha)
    mine = factories.credit_of(made, them.asha)
    post(them.asha, "answer", mine.pk, form="FULL", name="Asha Khan", standing="AUTHOR")
    mine.refresh_from_db()
    assert (mine.state, mine.written) == (CreditState.YES, "Asha Khan")


def test_the_order_is_written_by_names_as_they_stand(them):
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, "Asha")
    factories.named(made, them.bo, "Bo")
    agreed = {"order": "AGREED", "agreed": "All of us, on Friday."}
    wrong = post(them.lea, "order", made.pk, places="Bo\nCy", **agreed).content.decode()
    assert "“Cy” does not stand in the line" in wrong
    for places in ("", "Bo"):
        less = post(them.lea, "order", made.pk, places=places, **agreed).content.decode()
        assert "does not name everybody who stands in the line" in less
    text = post(them.lea, "order", made.pk, places="Bo\nAsha", **agreed).content.decode()
    assert "By Bo and Asha." in text and "All of us, on Friday." in text


def test_no_page_about_names_shows_a_number_that_leads_to_their_person(them):
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, "Asha")
    factories.named(made, them.bo, "River", form="PSEUDONYM")
    said = {"order": "LOT", "agreed": "All of us, on Friday."}
    shown = post(them.lea, "order", made.pk, **said).content.decode()
    seed = queries.rule_of(made).seed
    assert seed in shown
    text = shown.replace(seed, "") + page(them.lea, "order", made.pk)
    options = re.findall(r'<option value="([^"]*)"', text)
    assert sorted(options) == sorted(["", "Asha", "River"] * 2)
    keys = "|".join(str(pk) for pk in Credit.objects.filter(output=made).values_list("pk", flat=True))
    assert not re.findall(rf"(?:Asha|River)\W{{0,9}}(?:{keys})\b", text)


def test_names_that_are_alike_each_keep_a_place_in_the_order(them):
    made = factories.asked(them.initiative, them.lea)
    for person, name in ((them.asha, "Asha"), (them.bo, "River"), (them.cy, "Asha"), (them.lea, "Lea")):
        factories.named(made, person, name)
    agreed = {"order": "AGREED", "agreed": "All of us, on Friday."}
    wrong = post(them.lea, "order", made.pk, places="River\nAsha\nLea\nAsha\nAsha", **agreed).content.decode()
    assert "“Asha” does not stand in the line, or not so often" in wrong
    text = post(them.lea, "order", made.pk, places="River\nAsha (2)\nLea\nAsha", **agreed).content.decode()
    assert "By River, Asha, Lea and Asha." in text
    places = queries.rule_of(made).places
    first, second = sorted(factories.credit_of(made, person).pk for person in (them.asha, them.cy))
    named = {person: factories.credit_of(made, person).pk for person in (them.bo, them.lea)}
    assert places == [named[them.bo], second, named[them.lea], first]


def test_who_stands_first_and_last_is_chosen_by_the_name_as_it_stands(them):
    made = factories.asked(them.initiative, them.lea)
    for person, name in ((them.asha, "Sam"), (them.bo, "Sam"), (them.cy, "Zed")):
        factories.named(made, person, name)
    text = page(them.lea, "order", made.pk)
    assert '<option value="Sam (2)"' in text
    said = {"order": "ENDS", "agreed": "All of us.", "first": "Zed", "last": "Sam"}
    assert "By Zed, Sam and Sam." in post(them.lea, "order", made.pk, **said).content.decode()


def test_the_conditions_say_what_would_help_and_offer_two_respected_ways(them):
    made = factories.asked(them.initiative, them.lea)
    mine = factories.credit_of(made, them.asha)
    said = {"contributed": "YES", "wrote": "NOT_YET", "approved": "YES", "answers-for-it": "YES"}
    text = post(them.asha, "author", mine.pk, **said).content.decode()
    assert "Ask for the text on paper, read aloud" in text
    assert "thanked by name" in text and "as part of the group" in text
    assert "Help that was asked for" not in page(them.lea, "output", made.pk)
    post(them.asha, "author", mine.pk, **said | {"wrote": "ASK"})
    assert "Help that was asked for" in page(them.lea, "output", made.pk)


def test_who_leads_reads_who_has_answered_and_not_how(them):
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, "River", form="PSEUDONYM")
    text = page(them.lea, "output", made.pk)
    assert "Asha: has answered" in text
    assert "Bo: waiting for their answer" in text
    assert not re.search(r"Asha[^<]*River", text)


def test_outside_only_what_is_out_is_shown_with_its_line(them):
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, "Asha Khan")
    assert panels.on_initiative(them.initiative, None) is None
    operations.change_output(
        output_id=made.pk, title="A leaflet", state="OUT", found_at="", group_name="", out_on=ON, by=them.lea, at=AT
    )
    panel = panels.on_initiative(them.initiative, them.eli)
    assert [line for _, line in panel.context["rows"]] == ["By Asha Khan."]
    assert panel.context["inside"] is False


def test_files_of_names_are_downloads(them):
    made = factories.asked(them.initiative, them.lea)
    for kind, content_type in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        response = client_of(them.bo).get(reverse("credit:names_file", args=[made.pk, kind]))
        assert response["Content-Type"] == content_type
    assert client_of(them.bo).get(reverse("credit:names_file", args=[made.pk, "exe"])).status_code == 404


# --- words ---


def test_words_by_hand_from_note_to_yes(them):
    said = {
        "speaker": them.asha.pk,
        "words": "um the night was long",
        "source": "GATHERING",
        "said_on": "2 November 2026",
    }
    shown = post(them.bo, "capture", them.initiative.pk, **said)
    quote = Quote.objects.get()
    assert "Only Asha and you can read this page" in shown.content.decode()
    post(them.bo, "move", quote.pk, "show")
    post(them.asha, "reword", quote.pk, words="The night was long.")
    text = page(them.asha, "quote", quote.pk)
    assert "[out: um the]" in text and "[in: The]" in text
    draft = policies.newest_draft(quote)
    yes = {
        "form": "FIRST",
        "name": "Asha Khan",
        "uses": ["REPORT"],
        "until": "2 November 2027",
        "seen": draft.pk,
    }
    assert "Kept. You can take it back at any time." in post(them.asha, "approve", quote.pk, **yes).content.decode()
    text = page(them.cy, "initiative", them.initiative.pk)
    assert "The night was long." in text and "um the night" not in text and "<footer>Asha</footer>" in text
    post(them.asha, "move", quote.pk, "back")
    assert "The night was long." not in page(them.cy, "initiative", them.initiative.pk)


def test_other_peoples_words_answer_like_nothing(them):
    quote = factories.shown(them.initiative, them.asha, them.bo)
    for person in (them.cy, them.lea, them.eli, them.dee):
        for name in ("quote", "reword", "approve"):
            assert client_of(person).get(reverse(f"credit:{name}", args=[quote.pk])).status_code == 404
        assert client_of(person).post(reverse("credit:move", args=[quote.pk, "show"])).status_code == 404


def test_a_press_for_a_yes_by_who_wrote_it_down_does_nothing(them):
    quote = factories.shown(them.initiative, them.asha, them.bo)
    yes = {"form": "NONE", "uses": ["REPORT"], "until": "2 November 2027", "seen": policies.newest_draft(quote).pk}
    text = post(them.bo, "approve", quote.pk, **yes).content.decode()
    assert "Only the person themselves can say this." in text
    assert not ApprovedQuote.objects.exists()


def test_where_words_were_used_stands_before_their_speaker_and_is_told_when_taken_back(them):
    approval = factories.approved(them.initiative, them.asha, them.bo)
    post(them.cy, "use", approval.pk, use="REPORT", place="Yearly report, page 4", used_on="2 November 2026")
    assert "Yearly report, page 4" in page(them.asha, "quote", approval.quote_id)
    post(them.asha, "move", approval.quote_id, "back")
    assert "Tell this place" in page(them.cy, "initiative", them.initiative.pk)
    used = queries.used_in(them.initiative).get()
    post(them.cy, "told", used.pk)
    assert "Told on" in page(them.asha, "quote", approval.quote_id)


def test_after_its_last_day_no_page_says_that_a_yes_holds(them):
    quote = factories.approved(them.initiative, them.asha, them.bo).quote
    for reader in (them.asha, them.bo):
        assert "The yes that holds" in page(reader, "quote", quote.pk)
        assert "May be used as they said" in page(reader, "mine")
    over = factories.shown(them.initiative, them.asha, them.bo)
    factories.yes(over, until=date(2025, 1, 10), today=date(2025, 1, 1))
    Quote.objects.filter(pk=quote.pk).update(state="SHOWN")
    for reader in (them.asha, them.bo):
        text = page(reader, "quote", over.pk)
        assert "The yes ran out on" in text and "ran out on 10 January 2025" in text
        assert "The yes that holds" not in text and "may be used until" not in text
        for other in (page(reader, "mine"), page(reader, "initiative", them.initiative.pk)):
            assert "The yes ran out on" in other and "May be used as they said" not in other


def test_the_file_of_words_holds_only_those_for_its_use(them):
    factories.approved(them.initiative, them.asha, them.bo, words="For the report.")
    factories.shown(them.initiative, them.asha, them.bo, words="Nobody said yes.")
    address = reverse("credit:quotes_file", args=[them.initiative.pk, "REPORT"])
    assert '"For the report.","Asha","2027-11-02"' in client_of(them.bo).get(address).content.decode()
    other = client_of(them.bo).get(reverse("credit:quotes_file", args=[them.initiative.pk, "PRESS"])).content.decode()
    assert "For the report." not in other
    assert (
        client_of(them.bo).get(reverse("credit:quotes_file", args=[them.initiative.pk, "EVERYTHING"])).status_code
        == 404
    )


# --- references and thanks ---


def reference(them, words="Asha reads closely and says what is missing."):
    return operations.refer(
        initiative=them.initiative, about=them.asha, words=words, signed="Lea, 01632 960001", by=them.lea, at=AT
    )


def test_a_reference_is_shown_first_to_whom_it_is_about(them):
    made = reference(them)
    assert "You decide what becomes of it" in page(them.asha, "reference", made.pk)
    assert client_of(them.bo).get(reverse("credit:reference", args=[made.pk])).status_code == 404
    post(them.asha, "reference", made.pk, keep="0", remark="Say that I chaired.")
    made.refresh_from_db()
    assert made.state == ReferenceState.RETURNED
    assert "Say that I chaired." in page(them.lea, "reference", made.pk)
    post(them.lea, "refer_again", made.pk, words="Asha chaired well.", signed="Lea")
    post(them.asha, "reference", made.pk, keep="1")
    made.refresh_from_db()
    assert (made.state, made.words, made.remark) == (ReferenceState.KEPT, "Asha chaired well.", "")


@pytest.mark.parametrize("words", [
    "She speaks from lived experience.", "A former  patient of the ward.", "He is diagnosed and cheerful.", "Being in recovery, he knows.",
])  # fmt: skip
def test_a_reference_never_says_why_somebody_is_involved(them, words):
    with pytest.raises(Refused, match="says-why"):
        reference(them, words)
    assert permissions.why_not_words("She is patient and careful, and recovered the lost notes.") is None
    assert not Reference.objects.exists()


@pytest.mark.parametrize(("who", "about", "code"), [
    ("lea", "asha", None), ("bo", "asha", None), ("asha", "asha", "oneself"), ("eli", "asha", "not-here"), ("lea", "eli", "no-seat"),
])  # fmt: skip
def test_who_may_write_a_reference(them, who, about, code):
    refusal = permissions.why_not_refer(them.initiative, getattr(them, about), "Good work.", by=getattr(them, who))
    assert (refusal and refusal.code) == code


def test_a_reference_is_a_paper_for_whom_it_is_about_alone(them):
    made = reference(them)
    response = client_of(them.asha).get(reverse("credit:reference_paper", args=[made.pk]))
    assert "Asha reads closely" in reading.words(response.content)
    assert client_of(them.lea).get(reverse("credit:reference_paper", args=[made.pk])).status_code == 404


def test_a_reference_carries_the_day_on_the_wall_of_its_organisation(them):
    made = reference(them)
    Reference.objects.update(written_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # 1 July in London
    assert "1 July 2026" in page(them.asha, "reference", made.pk)


def test_the_days_of_questions_are_those_on_the_wall_of_the_organisation(them, monkeypatch):
    quote, approval = (make(them.initiative, them.asha, them.bo) for make in (factories.shown, factories.approved))
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    them.organisation.zone = "Asia/Tokyo"  # 1 December there
    them.organisation.save(update_fields=["zone"])
    assert "1 December 2027" in page(them.asha, "approve", quote.pk)
    assert "1 December 2026" in page(them.cy, "use", approval.pk)
    assert "1 December 2026" in page(them.asha, "certificate", them.initiative.pk)


def test_thanks_are_read_by_the_one_who_is_thanked(them):
    post(them.bo, "thank", them.initiative.pk, to=them.asha.pk, words="You made us laugh at the right moment.")
    assert Thanks.objects.count() == 1
    assert "You made us laugh" in page(them.asha, "gave")
    for person in (them.bo, them.lea, them.cy):
        assert "You made us laugh" not in page(person, "gave") + page(person, "initiative", them.initiative.pk)


# --- certificate ---


def test_a_certificate_comes_from_the_records_and_hours_only_where_wanted(them):
    work.done(them)
    plain = page(them.asha, "certificate", them.initiative.pk)
    assert "Certificate for Asha" in plain and "2 November 2026" in plain
    assert "2 hours" not in plain and "Sleep well, a piece" not in plain
    said = {"name": "Asha Khan", "with_hours": "on", "with_initiative": "on"}
    shown = client_of(them.asha).post(reverse("credit:certificate", args=[them.initiative.pk]), said)
    full = shown.content.decode()
    assert 'method="post"' in full and "?name" not in full
    assert (
        "2 hours" in full
        and "Sleep well, a piece of work of Harbour Trust" in full
        and "Certificate for Asha Khan" in full
    )


def test_a_certificate_never_says_why(them):
    lens = people.add_lens(person_id=them.asha.pk, words="Been on the ward", by=them.asha, at=AT)
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, roles=["hosting", "emotional-work", "lived-experience-analysis"])
    address = reverse("credit:certificate_paper", args=[them.initiative.pk])
    text = reading.words(client_of(them.asha).get(address).content)
    assert "hosting" in text
    for why in (lens.words, "Knows it", "heavy", "know from life"):
        assert why not in text, why


@pytest.mark.parametrize(("form", "stands"), [
    ("FULL", True), ("FIRST", True), ("INITIALS", True), ("PSEUDONYM", False), ("GROUP", False), ("NONE", False),
])  # fmt: skip
def test_a_certificate_never_puts_the_real_name_beside_work_that_was_given_under_another(them, form, stands):
    made = factories.asked(them.initiative, them.lea, title="The night leaflet")
    factories.named(made, them.asha, "River", form=form, roles=["hosting"])
    text = page(them.asha, "certificate", them.initiative.pk)
    assert ("The night leaflet" in text, "hosting" in text) == (stands, stands)


def test_a_certificate_is_for_who_sits_or_sat_there(them):
    for person in (them.eli, them.dee):
        assert client_of(person).get(reverse("credit:certificate", args=[them.initiative.pk])).status_code == 404
    factories.leave(them.initiative, them.asha)
    assert "2 December 2026" in page(them.asha, "certificate", them.initiative.pk)


def test_a_certificate_that_cannot_be_set_offers_the_page(them):
    address = reverse("credit:certificate_paper", args=[them.initiative.pk])
    response = client_of(them.asha).post(address, {"name": "\U00013000"}, follow=True)
    assert "Print the page from your browser" in response.content.decode()


# --- gave and got ---


def test_what_i_gave_and_got_stands_on_one_page_for_me_alone(them):
    work.done(them, task="Read the leaflet aloud")
    claims.log(
        kind="READING", minutes=40, on=ON, today=ON, by=them.asha, at=AT, initiative=them.initiative, words="The draft"
    )
    made = factories.asked(them.initiative, them.lea)
    factories.named(made, them.asha, "Asha Khan")
    text = page(them.asha, "gave")
    for words in (
        "Sleep well: Knows it",
        "Read the leaflet aloud",
        "120 minutes",
        "Reading",
        "The draft",
        "as Asha Khan",
        "£55.00 is on its way",
    ):
        assert words in text, words
    other = page(them.bo, "gave")
    for words in ("Read the leaflet aloud", "The draft", "Asha Khan", "£55.00"):
        assert words not in other, words


def test_time_that_was_exchanged_stands_there_and_is_no_money(them):
    exchanges.agreed(them, exchanges.bank(them), minutes=90)
    assert "Harbour Trust: 90 minutes given, 0 minutes got" in page(them.asha, "gave")
    assert "Harbour Trust: 0 minutes given, 90 minutes got" in page(them.bo, "gave")
    assert "Time that I exchanged" not in page(them.cy, "gave")


def test_an_empty_page_says_what_would_be_here(them):
    text = page(them.eli, "gave")
    assert "Every seat that you take at a table stands here." in text
    assert "No money has arrived." in text
    assert "When somebody writes down what you said" in page(them.eli, "mine")


def test_my_name_and_my_words_come_in_pages_and_only_the_longest_goes_on(them):
    made = factories.asked(them.initiative, them.lea, title="The leaflet")
    factories.named(made, them.asha, "Asha")
    for number in range(queries.A_PAGE + 1):
        reference(them, f"Asha reads closely, {number} times over.")
    first, last = page(them.asha, "mine"), page(them.asha, "mine", data={"page": 2})
    assert (first.count("From "), last.count("From ")) == (queries.A_PAGE, 1)
    assert "The leaflet" in first and "My words" in first
    assert "The leaflet" not in last and "My words" not in last and "you say here whether" not in last
    assert "Earlier page" in last and "Page 1 of 2" in first


# --- how many queries ---


def test_pages_ask_the_same_however_much_there_is(them, queries_of):
    def build(count):
        for number in range(count):
            made = factories.asked(them.initiative, them.lea, title=f"Leaflet {number} of {count}")
            factories.named(made, them.asha, "Asha")
            factories.named(made, them.bo, "Bo")
            factories.used(factories.approved(them.initiative, them.asha, them.bo, words=f"Words {number}"), them.cy)
            factories.shown(them.initiative, them.asha, them.bo)
            operations.thank(initiative=them.initiative, to=them.asha, words="Thanks", by=them.bo, at=AT)
            reference(them)
            work.done(them)

    asha, lea = client_of(them.asha), client_of(them.lea)
    pages = [
        (asha, reverse("credit:mine")), (asha, reverse("credit:gave")),
        (asha, reverse("credit:initiative", args=[them.initiative.pk])),
    ]  # fmt: skip
    build(1)
    output = queries.outputs_of(them.initiative).first()
    pages.append((lea, reverse("credit:output", args=[output.pk])))
    before = [queries_of(partial(client.get, url)) for client, url in pages]
    today = queries_of(lambda: list(queries.today(them.asha, ON)))
    build(2)
    assert [queries_of(partial(client.get, url)) for client, url in pages] == before
    assert queries_of(lambda: list(queries.today(them.asha, ON))) == today == 5
    assert before == [9, 16, 11, 14]


def test_today_asks_what_waits_and_tells_what_became(them):
    made = factories.asked(them.initiative, them.lea)
    factories.used(factories.approved(them.initiative, them.asha, them.bo), them.cy, place="A poster")
    factories.shown(them.initiative, them.asha, them.bo)
    factories.captured(them.initiative, them.asha, them.bo)
    reference(them)
    lines = {line.words: line.kind for line in queries.today(them.asha, ON)}
    assert lines == {
        f"Say how you are named: {made.title}": "needs",
        "Your words: decide whether they may be used": "needs",
        "Read your reference": "needs",
        "Your words were used: A poster": "became",
    }
    assert "Show Asha their words" in [line.words for line in queries.today(them.bo, ON)]
    assert "Your words were used: A poster" not in [
        line.words for line in queries.today(them.asha, ON + timedelta(days=60))
    ]
    assert list(queries.today(None, ON)) == []


def test_no_line_of_today_carries_words(them):
    for state in QuoteState:
        quote = factories.shown(them.initiative, them.asha, them.bo, words=f"kanarienvogel {state}")
        Quote.objects.filter(pk=quote.pk).update(state=state)
    said = [line.words for person in (them.asha, them.bo, them.lea, them.cy) for line in queries.today(person, ON)]
    assert said and not [words for words in said if "kanarienvogel" in words]
