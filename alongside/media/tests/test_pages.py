"""The pages: what they show to whom, in how many reads, and what is pressed."""

import re

import pytest
from django.urls import reverse

from alongside.media import operations
from alongside.media.models import Answer, Ask, Used
from alongside.media.states import AskState, Own, Want
from alongside.media.tests import factories
from alongside.media.tests.factories import AT
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
    return reverse(f"media:{name}", args=args)


def text(browser, url):
    return browser.get(url).content.decode()


def test_an_ask_goes_from_the_first_word_to_being_taken_down(acts):
    them = factories.cast()
    here = them.initiative.pk
    assert "Nobody has asked yet" in text(acts(them.asha), at("log", here))
    said = {
        "once": ONCE, "who": "Harbour Trust’s own press office", "wants": [Want.PHOTO, Want.STORY], "purpose": "A <b>banner</b>.",
        "until": "1 November 2030", "given_back": "", "asked_on": "2 November 2026",
    }  # fmt: skip
    for _ in range(2):
        acts(them.asha).post(at("write_down", here), said)
    ask = Ask.objects.get()
    page = text(acts(them.asha), at("ask", ask.pk))
    assert "A photograph, a person’s story. A &lt;b&gt;banner&lt;/b&gt;." in page
    assert reverse("credit:initiative", args=[here]) in page
    assert "Write down the answer of the table" not in page
    lead = acts(them.lea)
    table = {"once": f"{ONCE}1", "answered_on": "3 November 2026", "decided_how": "All of us"}
    assert (
        "Say on which conditions" in lead.post(at("answer_ask", ask.pk), table | {"to": "CONDITIONS"}).content.decode()
    )
    lead.post(at("answer_ask", ask.pk), table | {"to": "CONDITIONS", "conditions": "We see it first."})
    for _ in range(2):
        lead.post(at("ask_people", ask.pk), {"once": f"{ONCE}2", "people": [them.asha.pk, them.bo.pk]})
    assert Answer.objects.count() == 2
    own = Answer.objects.get(person=them.asha)
    acts(them.asha).post(at("answer", own.pk), {"once": f"{ONCE}3", "to": "YES"})
    lead = acts(them.lea)
    form = text(lead, at("use", ask.pk))
    assert "Asha" in form
    assert not re.search(r"\bBo\b", re.sub("<[^>]*>", " ", form))
    use = {"once": f"{ONCE}4", "place": "The front hall", "used_on": "4 November 2026", "named": [own.pk]}
    lead.post(at("use", ask.pk), use)
    assert "You are in it here: The front hall" in text(acts(them.asha), at("mine"))
    acts(them.asha).post(at("answer", own.pk), {"once": f"{ONCE}5", "to": "NO"})
    lead = acts(them.lea)
    assert "Tell them to take it down: The front hall" in text(lead, reverse("front:today"))
    assert "I told them to take it down" in text(lead, at("ask", ask.pk))
    assert "I told them to take it down" not in text(acts(them.bo), at("ask", ask.pk))
    acts(them.lea).post(at("told", Used.objects.get().pk))
    assert "They were told to take it down" in text(acts(them.asha), at("ask", ask.pk))


def test_a_use_without_a_yes_is_refused_on_the_page_too(acts):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    own = factories.own(them, ask, them.asha)
    said = {"once": ONCE, "place": "Page 4", "used_on": "2 November 2026"}
    page = acts(them.lea).post(at("use", ask.pk), said | {"named": [own.pk]}).content.decode()
    assert "Choose one of" in page
    assert "so nobody can be in it" in page
    no = factories.ask(them, state=AskState.NO)
    page = acts(them.lea).post(at("use", no.pk), said | {"once": f"{ONCE}2"}).content.decode()
    assert "The table has not said yes: no." in page
    assert Used.objects.count() == 0


def test_strangers_read_refusals_only_where_they_are_shown(acts):
    them = factories.cast()
    no = factories.ask(them, who="Jo of the Mail")
    factories.answered(them, no, AskState.NO, why="We are not a poster.")
    url = at("refused", them.initiative.pk)
    page = reverse("front:initiative", args=[them.initiative.pk])
    browser = acts(them.eli)
    assert url in text(browser, page)
    assert "It does not show it, and it need not" in text(browser, url)
    for closed in (at("log", them.initiative.pk), at("log_file", them.initiative.pk), at("ask", no.pk)):
        assert browser.get(closed).status_code == 404
    acts(them.lea).post(at("show", them.initiative.pk), {"shown": "1"})
    shown = text(acts(them.eli), url)
    assert "It said no 1 time." in shown
    assert "We are not a poster." in shown
    assert "Jo of the Mail" not in shown
    acts(them.lea).post(at("show", them.initiative.pk), {"shown": "0"})
    assert "We are not a poster." not in text(acts(them.eli), url)


def test_nobody_reads_on_a_page_who_said_no(acts):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    factories.own(them, ask, them.asha, Own.NO)
    factories.own(them, ask, them.bo, Own.YES)
    for person, words in ((them.lea, "1 of 2 said yes."), (them.bo, "Not everybody who was asked has said yes.")):
        for url in (at("log", them.initiative.pk), at("ask", ask.pk), at("log_file", them.initiative.pk)):
            page = text(acts(person), url)
            assert words in page
            assert "Asha" not in page
    assert "Asha" not in text(acts(them.lea), at("use", ask.pk))
    answer = Answer.objects.get(person=them.asha)
    assert acts(them.lea).get(at("answer", answer.pk)).status_code == 404


def test_my_own_page_is_empty_before_and_shows_my_answer_after(acts):
    them = factories.cast()
    assert "Nobody has asked yet" in text(acts(them.asha), at("mine"))
    ask = factories.ask(them)
    answer = factories.own(them, ask, them.asha)
    assert "Not answered, which counts as no" in text(acts(them.asha), at("mine"))
    page = text(acts(them.asha), at("answer", answer.pk))
    assert "They give nothing back" in page
    assert "checked" not in page
    factories.answered(them, ask, AskState.NO)
    page = acts(them.asha).post(at("answer", answer.pk), {"once": ONCE, "to": "YES"}).content.decode()
    assert "The table said no" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("who", "name", "queries"), [("asha", "log", 8), ("lea", "log", 8), ("eli", "refused", 6), ("asha", "mine", 4)]
)
def test_lists_read_as_often_for_three_as_for_one(acts, who, name, queries, count, django_assert_num_queries):
    them = factories.cast()
    operations.show_refusals(initiative=them.initiative, shown=True, by=them.lea, at=AT)
    for number in range(count):
        ask = factories.ask(them, who=f"Paper {number}")
        factories.own(them, ask, them.asha, Own.YES)
        factories.answered(them, ask, AskState.NO, why=f"Paper {number} is loud")
    browser = acts(getattr(them, who))
    url = at(name, *([] if name == "mine" else [them.initiative.pk]))
    browser.get(url)
    with django_assert_num_queries(queries):
        page = text(browser, url)
    assert [number for number in range(count) if f"Paper {number}" not in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_an_ask_reads_as_often_for_three_uses_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    ask = factories.ask(them, state=AskState.YES)
    for _ in range(count):
        factories.used(them, ask)
    browser, url = acts(them.lea), at("ask", ask.pk)
    browser.get(url)
    with django_assert_num_queries(7):
        assert text(browser, url).count("Page 4") == count


def test_the_log_of_asks_comes_in_pages(acts):
    them = factories.cast()
    for number in range(31):
        factories.ask(them, who=f"Paper {number}.")
    first, last = (text(acts(them.asha), at("log", them.initiative.pk) + f"?page={number}") for number in (1, 2))
    assert ("Paper 30." in first, "Paper 0." in first, "Paper 0." in last, "Paper 30." in last) == (
        True,
        False,
        True,
        False,
    )
    assert "Page 2 of 2" in last and "Earlier page" in last
