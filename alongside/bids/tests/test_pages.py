"""The pages: what they show, to whom, in how many queries; and the way of one bid from beginning to end."""

import re
from html import unescape

import pytest
from django.urls import reverse

from alongside.bids import operations
from alongside.bids.models import Bid, BidHelper, BidText
from alongside.bids.tests import factories
from alongside.bids.tests.factories import AT
from alongside.people.models import ToTell
from alongside.people.queries import GUEST_KEY

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
    return reverse(f"bids:{name}", args=args)


def typed(**more):
    return {
        "once": ONCE, "funder": "Sea Fund", "what_for": "A kitchen that we run together.", "pence": "5,000", "odds": "known",
        "due_on": "4 December 2026", "chance": "12", "chance_from": "their report", "pay": "none", "confirmed_unpaid": "on",
    } | more  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_reads_as_often_for_three_bids_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        factories.bid(them, funder=f"Fund {number}")
    browser, url = acts(them.asha), at("all", them.initiative.pk)
    browser.get(url)
    with django_assert_num_queries(5):
        assert browser.get(url).content.decode().count("Chance of a yes") == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_bid_reads_as_often_for_three_helpers_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    bid = factories.answered(them, helpers=[them.asha, them.bo, them.lea][:count])
    for number in range(count):
        operations.used_again(bid_id=bid.pk, words=f"Place {number}", by=them.lea, at=AT)
    browser, url = acts(them.lea), at("bid", bid.pk)
    browser.get(url)
    with django_assert_num_queries(7):
        assert browser.get(url).content.decode().count("Place ") == count


def test_an_empty_list_says_what_would_be_here_and_who_leads_gets_the_first_step(acts):
    them = factories.cast()
    url = at("all", them.initiative.pk)
    assert "Nothing has been asked for yet" in acts(them.asha).get(url).content.decode()
    assert at("add", them.initiative.pk) not in acts(them.asha).get(url).content.decode()
    assert at("add", them.initiative.pk) in acts(them.lea).get(url).content.decode()
    assert acts(them.cy).get(url).status_code == 404
    assert url in acts(them.asha).get(reverse("front:initiative", args=[them.initiative.pk])).content.decode()


def test_that_it_is_not_paid_must_be_meant_and_is_said_to_everybody(acts):
    them = factories.cast()
    browser, url = acts(them.lea), at("add", them.initiative.pk)
    page = browser.post(url, typed(confirmed_unpaid="")).content.decode()
    assert "Tick this if you ask for work without money" in page
    assert Bid.objects.count() == 0
    for _ in range(2):
        browser.post(url, typed())
    assert (Bid.objects.count(), BidText.objects.get().pence) == (1, 500_000)
    page = acts(them.asha).get(at("bid", Bid.objects.get().pk)).content.decode()
    assert "Writing this is not paid." in page
    assert "Make an offer" not in acts(them.lea).get(at("bid", Bid.objects.get().pk)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"chance": ""}, "Write a number from 0 to 100"), ({"chance_from": ""}, "Say from where the figure is"),
        ({"chance": "101"}, "Write 100 or less"), ({"pay": ""}, "This needs an answer"), ({"odds": ""}, "This needs an answer"),
        ({"pence": "0"}, "0.01 or more"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_what_was_typed_stays(acts, wrong, words):
    them = factories.cast()
    page = acts(them.lea).post(at("add", them.initiative.pk), typed(**wrong)).content.decode()
    assert words in page
    assert "A kitchen that we run together." in page
    assert Bid.objects.count() == 0


def test_nobody_knows_is_an_answer_and_takes_the_figure_away(acts):
    them = factories.cast()
    acts(them.lea).post(at("add", them.initiative.pk), typed(odds="unknown"))
    assert BidText.objects.get().chance is None
    assert "Nobody knows." in acts(them.asha).get(at("bid", Bid.objects.get().pk)).content.decode()


def test_a_stale_page_keeps_what_was_typed_and_says_why(acts):
    them = factories.cast()
    bid = factories.bid(them)
    browser, url = acts(them.lea), at("change", bid.pk)
    assert 'name="seen" value="1"' in browser.get(url).content.decode()
    line = {"pay": them.line.pk, "confirmed_unpaid": ""}
    browser.post(url, typed(seen="1", what_for="Theirs", **line))
    page = browser.post(url, typed(seen="1", once=f"{ONCE}2", what_for="Mine", **line)).content.decode()
    assert "Somebody else wrote on this bid meanwhile" in page
    assert ">Mine</textarea>" in page.replace("\n", "")
    assert BidText.objects.order_by("-version").first().what_for == "Theirs"
    assert "A kitchen that we run together." in browser.get(at("bid", bid.pk)).content.decode()


def test_which_fund_pays_and_how_people_want_thanks_is_for_who_leads(acts):
    them = factories.cast()
    bid = factories.bid(them)
    operations.say_help(bid_id=bid.pk, state="YES", thanks="A word to my boss", by=them.bo, at=AT)
    operations.propose(bid_id=bid.pk, person=them.asha, by=them.lea, at=AT)
    operations.send(bid_id=bid.pk, understood=True, by=them.lea, at=AT)
    operations.answer(bid_id=bid.pk, state="NO", by=them.lea, at=AT)
    theirs = acts(them.lea)
    assert "Grant: People" in theirs.get(at("bid", bid.pk)).content.decode()
    assert "A word to my boss" in theirs.get(at("thank", bid.pk)).content.decode()
    page = acts(them.bo).get(at("bid", bid.pk)).content.decode()
    assert "Grant: People" not in page
    assert "has not answered yet" not in page
    assert "A word to my boss" not in page
    assert "gave no words" in page


def test_hard_words_are_explained_where_they_stand(acts):
    them = factories.cast()
    bid = factories.bid(them, what_for="The ICB wants co-production.")
    page = acts(them.asha).get(at("bid", bid.pk)).content.decode()
    assert "Letters that stand for words: ICB." in page
    assert "share the decisions" in page
    quiet = factories.bid(them, what_for="A kitchen.")
    assert "Hard words in it" not in acts(them.asha).get(at("bid", quiet.pk)).content.decode()


def test_a_page_to_thank_says_why_it_cannot_be_now(acts):
    them = factories.cast()
    assert "There is no answer yet" in acts(them.lea).get(at("thank", factories.sent(them).pk)).content.decode()


def test_the_way_of_a_bid_that_is_refused(acts):
    """Asha reads the chance and that it is paid, helps, is told of the no with thanks, and sees where it went on."""
    them = factories.cast()
    browser = acts(them.lea)
    browser.post(at("add", them.initiative.pk), typed(pay=them.line.pk, confirmed_unpaid=""))
    bid = Bid.objects.get()
    page = browser.get(at("bid", bid.pk)).content.decode()
    (offer,) = re.findall(rf'href="({reverse("contributions:make", args=[them.initiative.pk])}[^"]*)"', page)
    form = browser.get(unescape(offer)).context["form"]
    assert form["task"].value() == "Help to write the bid to Sea Fund"
    assert form["fund_line"].value() == str(them.line.pk)
    browser.post(at("propose", bid.pk), {"once": f"{ONCE}1", "person": them.asha.pk})

    browser = acts(them.asha)
    assert "Do you help to ask Sea Fund for money?" in browser.get("/").content.decode()
    page = browser.get(at("bid", bid.pk)).content.decode()
    assert "About 12 in 100 (their report)." in page
    assert "Writing this is paid" in page
    assert "Who leads finishes it with those who help, and sends it. By Friday 4 December 2026." in page
    browser.post(at("help", bid.pk), {"once": f"{ONCE}2", "state": "YES", "thanks": "Just tell me"})
    assert BidHelper.objects.get().state == "YES"

    browser = acts(them.lea)
    page = browser.post(at("send", bid.pk), {"once": f"{ONCE}3", "understood": "on"}).content.decode()
    assert "Say first what becomes of the text if the answer is no." in page
    more = {
        "once": f"{ONCE}4",
        "seen": "1",
        "reuse_plan": "The council reads it.",
        "pay": them.line.pk,
        "confirmed_unpaid": "",
    }
    browser.post(at("change", bid.pk), typed(**more))
    browser.post(at("send", bid.pk), {"once": f"{ONCE}5", "understood": "on", "answer_by": "8 January 2027"})
    page = browser.get(at("bid", bid.pk)).content.decode()
    assert "Sea Fund answers. By Friday 8 January 2027." in page
    assert "Make an offer for this work" not in page
    browser.post(at("answer", bid.pk), {"once": f"{ONCE}6", "state": "NO", "learned": "Ask for less."})
    assert "Thank who helped with the bid to Sea Fund" in browser.get("/").content.decode()
    for _ in range(2):
        browser.post(at("thank", bid.pk), {"once": f"{ONCE}7", "words": "You made it clear."})
    assert "Thank who helped" not in browser.get("/").content.decode()
    browser.post(at("reuse", bid.pk), {"once": f"{ONCE}8", "words": "Page 2 of the plan of the council"})

    browser = acts(them.asha)
    told = ToTell.objects.get(about=f"bid:{bid.pk}")
    assert told.words == "Sea Fund said no to the bid that you helped with. You made it clear. Lea"
    page = browser.get(told.url).content.decode()
    assert "Ask for less." in page
    assert "thanked and told the answer" in page
    assert "Page 2 of the plan of the council" in page
