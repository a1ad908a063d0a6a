"""The pages: what they show, to whom, in how many queries, and what they answer to odd input."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.initiatives import operations as initiatives
from alongside.initiatives.tests.factories import ADVERT
from alongside.people.queries import GUEST_KEY
from alongside.terms import operations
from alongside.terms.models import BudgetLine, Policy, PolicyWriter, Wording
from alongside.terms.tests import factories
from alongside.terms.tests.factories import AT

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


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
    return reverse(f"terms:{name}", args=args)


def policy(them, **more):
    """A policy that holds today."""
    today = timezone.localdate()
    return factories.policy(them, from_on=today - timedelta(days=9), review_on=today + timedelta(days=99), **more)


def test_members_read_every_point_and_strangers_read_it_once_there_is_an_advert(acts):
    them = factories.cast()
    policy(them, together=3)
    url = at("policy", them.organisation.pk)
    page = acts(them.asha).get(url).content.decode()
    assert "Everybody we ask." in page
    assert page.count("Not settled yet.") == 23
    assert "fewer than five people" in page
    assert "sixteen feet" in page
    assert "Write the next version" not in page
    assert acts(them.eli).get(url).status_code == 404
    advert = initiatives.write_advert(initiative_id=them.initiative.pk, **ADVERT, by=them.lea, at=AT)
    assert acts(them.eli).get(url).status_code == 404
    initiatives.publish(advert_id=advert.pk, by=them.lea, at=AT)
    assert "Everybody we ask." in acts(them.eli).get(url).content.decode()
    assert url in acts(them.eli).get(reverse("initiatives:advert", args=[advert.pk])).content.decode()


def test_an_empty_policy_says_what_would_be_here_and_offers_the_first_step(acts):
    them = factories.cast()
    url = at("policy", them.organisation.pk)
    assert "has not written it yet" in acts(them.asha).get(url).content.decode()
    assert "Begin with what your records know" in acts(them.lea).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_policy_reads_as_often_for_three_versions_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        policy(them, words=f"Words {number}")
    browser, url = acts(them.asha), at("policy", them.organisation.pk)
    browser.get(url)
    with django_assert_num_queries(7):
        page = browser.get(url).content.decode()
    assert f"Words {count - 1}" in page
    assert page.count("/terms/version/") == count + 1  # two papers of the one that holds, and the others


@pytest.mark.parametrize("count", [1, 3])
def test_the_draft_reads_as_often_for_three_points_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for point in ("covers", "tax", "status")[:count]:
        operations.write_point(organisation=them.organisation, point=point, words=f"About {point}", by=them.lea, at=AT)
    browser, url = acts(them.lea), at("draft", them.organisation.pk)
    browser.get(url)
    with django_assert_num_queries(7):
        assert browser.get(url).content.decode().count("About ") == count


def test_a_policy_is_written_point_by_point_and_set_once(acts):
    them = factories.cast()
    browser, here = acts(them.lea), them.organisation.pk
    point = browser.get(at("point", here, "when"))
    assert "10 working days" in point.content.decode()
    browser.post(at("point", here, "when"), {"once": ONCE, "words": "On Fridays.", "seen": ""})
    assert browser.post(at("take_known", here), follow=True).content.decode().count("Lea") >= 1
    assert browser.get(at("point", here, "nothing-such")).status_code == 404
    said = {"once": f"{ONCE}2", "from_on": "1 November 2026", "review_on": "1 November 2027", "together": "6"}
    for _ in range(2):
        browser.post(at("set", here), said | {"people": [them.asha.pk]})
    assert Policy.objects.count() == 1
    page = browser.get(at("policy", here)).content.decode()
    assert "On Fridays." in page
    assert "Written together by 6 people." in page
    assert "Asha" not in page
    browser = acts(them.asha)
    browser.post(at("answer", PolicyWriter.objects.get().pk), {"once": f"{ONCE}3", "state": "YES"})
    assert "Asha and others" in browser.get(at("policy", here)).content.decode()


def test_a_stale_point_keeps_what_was_typed_and_says_why(acts):
    them = factories.cast()
    browser, url = acts(them.lea), at("point", them.organisation.pk, "tax")
    operations.write_point(organisation=them.organisation, point="tax", words="Mine", by=them.lea, at=AT)
    page = browser.post(url, {"once": ONCE, "words": "Yours", "seen": ""}).content.decode()
    assert "Somebody else wrote at this point" in page
    assert "Yours" in page
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"from_on": "1 November 2026", "review_on": "1 October 2026"}, "comes after the day"),
        ({"from_on": "soon", "review_on": "1 October 2027"}, "Write the day"),
        ({"from_on": "1 November 2026", "review_on": "1 October 2027", "people": ["99999"]}, "Choose one of"),
    ],
)
def test_a_policy_that_cannot_be_set_says_why(acts, said, words):
    them = factories.cast()
    operations.write_point(organisation=them.organisation, point="tax", words="A", by=them.lea, at=AT)
    page = acts(them.lea).post(at("set", them.organisation.pk), {"once": ONCE} | said).content.decode()
    assert words in page
    assert Policy.objects.count() == 0


def test_the_policy_can_be_taken_along_as_pdf_and_as_plain_text(acts):
    them = factories.cast()
    made = policy(them)
    browser = acts(them.asha)
    assert browser.get(at("paper", made.pk)).content.startswith(b"%PDF")
    text = browser.get(at("text", made.pk)).content.decode()
    assert text.startswith("How we pay: Harbour Trust\n")
    assert "A notice about tax\nNot settled yet.\n" in text
    assert acts(them.eli).get(at("text", made.pk)).status_code == 404


def test_what_cannot_be_set_as_a_paper_leads_back_to_the_page_that_prints(acts):
    them = factories.cast()
    made = policy(them, words="\U0001f9ff\ue000")
    page = acts(them.asha).get(at("paper", made.pk), follow=True)
    assert page.redirect_chain[-1][0] == at("version", made.pk)
    assert "Print the page from your browser" in page.content.decode()


# --- the plan ---


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_reads_as_often_for_three_lines_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    rate, money = factories.rate(them), factories.fund_line(them)
    for _ in range(count):
        operations.plan(
            initiative=them.initiative,
            words="Table",
            people=6,
            minutes=60,
            rate=rate,
            fund_line=money,
            by=them.lea,
            at=AT,
        )
    browser, url = acts(them.lea), at("plan", them.initiative.pk)
    browser.get(url)
    with django_assert_num_queries(9):
        assert browser.get(url).content.decode().count("1 started hour at £27.50") == count


def test_a_line_is_added_once_and_the_table_reads_it_without_the_fund(acts):
    them = factories.cast()
    rate, money = factories.rate(them), factories.fund_line(them, pence=100)
    browser = acts(them.lea)
    assert "Taking part: £27.50, started hour" in browser.get(at("add_line", them.initiative.pk)).content.decode()
    said = {
        "once": ONCE, "words": "Monthly table", "people": "6", "times": "10", "rate": rate.pk, "minutes": "90",
        "costs_pence": "£5", "fund_line": money.pk,
    }  # fmt: skip
    for _ in range(2):
        browser.post(at("add_line", them.initiative.pk), said)
    line = BudgetLine.objects.get()
    page = browser.get(at("plan", them.initiative.pk)).content.decode()
    assert "£3,600.00" in page
    assert "£1.00 is left" in page
    page = acts(them.asha).get(at("plan", them.initiative.pk)).content.decode()
    assert "£3,600.00" in page
    assert "Grant" not in page
    assert "is left" not in page
    acts(them.lea).post(at("take_off", line.pk))
    assert "adds up" in browser.get(at("plan", them.initiative.pk)).content.decode()
    assert "ask who leads it" in acts(them.asha).get(at("plan", them.initiative.pk)).content.decode()


def test_the_page_of_an_initiative_leads_to_its_plan_for_the_table_alone(acts):
    them = factories.cast()
    url = reverse("front:initiative", args=[them.initiative.pk])
    assert at("plan", them.initiative.pk) in acts(them.asha).get(url).content.decode()
    assert at("plan", them.initiative.pk) not in acts(them.eli).get(url).content.decode()


def test_costs_alone_need_no_time_and_pay_needs_it(acts):
    them = factories.cast()
    rate = factories.rate(them)
    browser, url = acts(them.lea), at("add_line", them.initiative.pk)
    said = {"once": ONCE, "words": "A", "people": "2", "times": "1", "minutes": "", "costs_pence": "", "fund_line": ""}
    assert "Say how long" in browser.post(url, said | {"rate": rate.pk}).content.decode()
    assert "Choose a rate, or write what it costs" in browser.post(url, said | {"rate": "0"}).content.decode()
    browser.post(url, said | {"rate": "0", "costs_pence": "£4"})
    assert BudgetLine.objects.get().costs_pence == 400
