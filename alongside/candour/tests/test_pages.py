"""The pages: what they show, in how many queries, and what they answer to odd input."""

import csv
import io

import pytest
from django.urls import reverse

from alongside.candour import panels, policies
from alongside.candour.models import Answer
from alongside.candour.policies import sheets
from alongside.candour.states import DISSENT_ROWS, DISSENT_SHEET
from alongside.candour.tests import factories
from alongside.candour.tests.factories import LATER, say
from alongside.initiatives import permissions as initiatives
from alongside.people.queries import GUEST_KEY

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"
NASTY = "<script>alert(1)</script>\n=1+1 “𝒳” \u202e"


@pytest.fixture
def acts(client):
    """Let a person act in this browser, as a guest."""

    def act(person):
        session = client.session
        session[GUEST_KEY] = person.pk
        session.save()
        client.cookies["session"] = session.session_key
        return client

    return act


def at(name, *args):
    return reverse(f"candour:{name}", args=args)


def test_somebody_at_the_table_finds_in_one_tap_whom_to_tell_that_they_disagree(acts):
    them = factories.cast()
    browser, way = acts(them.asha), at("disagree", them.initiative.pk)
    page = browser.get(reverse("front:initiative", args=[them.initiative.pk])).content.decode()
    assert f'href="{way}">Whom to tell when you disagree' in page
    page = browser.get(way).content.decode()
    assert page.count("Ask at the table that it is written down") == 2
    say(them, "strings", "outside-line", words="Ring the advocate in the library: 020 7946 0002.")
    say(them, "strings", "then", words="An answer within four weeks, without your name.")
    say(them, "strings", "whose", words="The council.")
    page = browser.get(way).content.decode()
    assert page.index("outside the line of management") < page.index("Ring the advocate") < page.index("four weeks")
    assert "The council" not in page
    assert acts(them.eli).get(way).status_code == 404
    assert at("say", them.initiative.pk, "strings", "then") in acts(them.cleo).get(way).content.decode()


def test_whom_to_tell_stands_in_rows_that_are_asked():
    of = policies.sheet(DISSENT_SHEET)
    assert [policies.row(of, row).id for row in DISSENT_ROWS] == ["outside-line", "then"]


def test_the_panel_asks_nothing_of_the_database(django_assert_num_queries):
    them = factories.cast()
    them.asha.only_shows = True
    initiatives.why_not_read(them.initiative, by=them.asha)  # who sits where is known on every page
    with django_assert_num_queries(0):
        assert panels.on_initiative(them.initiative, them.asha).context["inside"]
        assert not panels.on_initiative(them.initiative, None).context["inside"]


def test_the_panel_offers_others_the_sheets_alone(acts):
    them = factories.cast()
    page = acts(them.eli).get(reverse("front:initiative", args=[them.initiative.pk])).content.decode()
    assert at("sheets", them.initiative.pk) in page
    assert "Whom to tell" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sheets_reads_as_often_for_three_answers_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for row in ("whose", "asks", "free")[:count]:
        say(them, "strings", row, words="A")
    browser, url = acts(them.asha), at("sheets", them.initiative.pk)
    browser.get(url)
    with django_assert_num_queries(6):
        page = browser.get(url).content.decode()
    assert f"{count} of 6 said" in page
    assert page.count(" of ") >= len(sheets())


@pytest.mark.parametrize("count", [1, 3])
def test_a_sheet_reads_as_often_for_three_answers_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    seen = None
    for number in range(count):
        seen = say(them, "strings", "whose", words=f"Words {number}", seen=seen).pk
    browser, url = acts(them.asha), at("sheet", them.initiative.pk, "strings")
    browser.get(url)
    with django_assert_num_queries(6):
        page = browser.get(url).content.decode()
    assert page.count("Words ") == count
    assert page.count("Written down by Lea") == count
    assert page.count("What was said before") == (count > 1)
    assert page.count("Not said yet.") == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_reads_as_often_for_three_initiatives_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count - 1):
        more = factories.table(them.organisation, f"Table {number}", them.lea)
        say(them, "who-decides-money", "design", choice="people", initiative=more)
    browser, url = acts(them.lea), at("organisation", them.organisation.pk)
    browser.get(url)
    with django_assert_num_queries(7):
        page = browser.get(url).content.decode()
    assert page.count("0 of 3") == count


def test_the_page_of_the_organisation_leads_who_leads_it_to_the_overview(acts):
    them = factories.cast()
    url = reverse("organisations:organisation", args=[them.organisation.pk])
    assert at("organisation", them.organisation.pk) in acts(them.lea).get(url).content.decode()
    assert at("organisation", them.organisation.pk) not in acts(them.bo).get(url).content.decode()


def test_an_empty_organisation_says_what_would_be_here(acts):
    them = factories.cast()
    them.initiative.organisation_id = factories.cast_elsewhere().pk
    them.initiative.save(update_fields=["organisation"])
    page = acts(them.lea).get(at("organisation", them.organisation.pk)).content.decode()
    assert "There is no initiative yet" in page


def test_a_question_is_answered_once_and_its_page_shows_it(acts):
    them = factories.cast()
    browser, url = acts(them.cleo), at("say", them.initiative.pk, "who-decides-money", "design")
    page = browser.get(url).content.decode()
    assert "An office outside the table" in page
    for _ in range(2):
        sent = browser.post(url, {"once": ONCE, "choice": "office", "words": "The council.", "seen": ""})
    assert sent["Location"] == at("sheet", them.initiative.pk, "who-decides-money")
    made = Answer.objects.get()
    page = browser.get(at("sheet", them.initiative.pk, "who-decides-money")).content.decode()
    assert "An office outside the table" in page
    assert "1 of 8 said" in page
    page = browser.get(url).content.decode()
    assert f'name="seen" value="{made.pk}"' in page


def test_a_stale_answer_keeps_what_was_typed_and_says_why(acts):
    them = factories.cast()
    say(them, "strings", "whose", words="Mine")
    url = at("say", them.initiative.pk, "strings", "whose")
    page = acts(them.lea).post(url, {"once": ONCE, "words": "Yours", "seen": ""}).content.decode()
    assert "Somebody else answered this meanwhile" in page
    assert "Yours" in page
    assert Answer.objects.get().words == "Mine"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"choice": "nobody-such"}, "Choose one"), ({}, "Choose an answer, or write"),
        ({"choice": "staff", "seen": "x"}, ""), ({"words": "a" * 2001}, "2000"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_kept_says_why(acts, said, words):
    them = factories.cast()
    url = at("say", them.initiative.pk, "who-decides-money", "design")
    sent = acts(them.lea).post(url, {"once": ONCE} | said)
    assert sent.status_code == 200
    assert words in sent.content.decode()
    assert Answer.objects.count() == 0


def test_what_looks_like_code_is_shown_as_text_and_starts_nothing_in_a_spreadsheet(acts):
    them = factories.cast()
    say(them, "strings", "whose", words=NASTY)
    say(them, "strings", "asks", words="=HYPERLINK(1)")
    browser = acts(them.asha)
    page = browser.get(at("sheet", them.initiative.pk, "strings")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    rows = list(
        csv.reader(io.StringIO(browser.get(at("file", them.initiative.pk, "strings")).content.decode("utf-8-sig")))
    )
    assert rows[0] == ["Question", "Answer", "In our own words", "Said on"]
    assert rows[2] == ["What does it ask of us in return?", "", "'=HYPERLINK(1)", "2 November 2026"]
    assert rows[3][1] == "Not said yet."


def test_a_sheet_can_be_taken_along_as_pdf_and_names_nobody(acts):
    them = factories.cast()
    say(them, "who-gains", "staff", words="Evenings.")
    browser = acts(them.asha)
    assert browser.get(at("paper", them.initiative.pk, "who-gains")).content.startswith(b"%PDF")
    assert "Lea" not in browser.get(at("file", them.initiative.pk, "who-gains")).content.decode()


def test_what_cannot_be_set_as_a_paper_leads_back_to_the_page_that_prints(acts):
    them = factories.cast()
    say(them, "strings", "whose", words="\U0001f9ff\ue000")
    page = acts(them.asha).get(at("paper", them.initiative.pk, "strings"), follow=True)
    assert page.redirect_chain[-1][0] == at("sheet", them.initiative.pk, "strings")
    assert "Print the page from your browser" in page.content.decode()


def test_unknown_sheets_and_rows_are_not_found(acts):
    them = factories.cast()
    browser, here = acts(them.lea), them.initiative.pk
    gone = [at("sheet", here, "no-such"), at("file", here, "no-such"), at("say", here, "strings", "no-such")]
    gone += [at("say", here, "no-such", "whose"), at("sheet", 0, "strings"), at("say", 0, "strings", "whose")]
    assert {browser.get(url).status_code for url in gone} == {404}
    assert browser.post(at("show", here, "no-such")).status_code == 404


def test_the_way_to_a_post_says_what_each_step_brings_and_that_law_differs(acts):
    them = factories.cast()
    page = acts(them.asha).get(at("sheet", them.initiative.pk, "from-fee-to-post")).content.decode()
    assert "no paid holiday and no pension" in page
    assert "differs from country to country" in page
    assert "As it was on Sunday 22 November 2026" in page
    assert "This sheet is never shown outside" in page
    page = acts(them.lea).get(at("say", them.initiative.pk, "from-fee-to-post", "post")).content.decode()
    assert "not in a grant that runs out" in page


def test_an_answer_is_said_anew_and_the_earlier_one_stands_below(acts):
    them = factories.cast()
    first = say(them, "who-gains", "funder", words="A story.")
    url = at("say", them.initiative.pk, "who-gains", "funder")
    acts(them.cleo).post(url, {"once": ONCE, "words": "", "seen": first.pk})
    page = acts(them.asha).get(at("sheet", them.initiative.pk, "who-gains")).content.decode()
    assert page.index("What was said before") < page.index("A story.")
    assert "0 of 7 said" in page
    say(them, "who-gains", "funder", words="A number.", seen=Answer.objects.latest("pk").pk, at=LATER)
    page = acts(them.asha).get(at("sheet", them.initiative.pk, "who-gains")).content.decode()
    assert page.index("A number.") < page.index("Taken back.") < page.index("A story.")
