"""What others than the table read: nothing before it is shown, and never who wrote or what was replaced before."""

import pytest
from django.urls import reverse

from alongside.candour import queries
from alongside.candour.tests import factories
from alongside.candour.tests.factories import AT, LAST, LATER, say, show
from alongside.candour.tests.test_pages import acts, at
from alongside.initiatives.states import InitiativeState

pytestmark = pytest.mark.django_db
__all__ = ["acts"]
PUBLIC = ["who-decides-money", "strings", "who-gains", "what-came-of-it"]


@pytest.mark.parametrize("who", ["bo", "eli"])
def test_a_stranger_reads_a_sheet_only_after_it_was_shown_and_not_after_it_was_taken_back(acts, who):
    them = factories.cast()
    say(them, "strings", "whose", words="The council, until March.")
    browser, here = acts(getattr(them, who)), them.initiative.pk
    pages = [at(name, here, "strings") for name in ("sheet", "file", "paper")]
    assert [browser.get(url).status_code for url in pages] == [404] * 3
    assert "It does not show any of it outside its table now" in browser.get(at("sheets", here)).content.decode()
    show(them, "strings", at=LATER)
    assert [browser.get(url).status_code for url in pages] == [200] * 3
    assert "The council, until March." in browser.get(pages[0]).content.decode()
    assert at("sheet", here, "strings") in browser.get(at("sheets", here)).content.decode()
    assert at("sheet", here, "who-gains") not in browser.get(at("sheets", here)).content.decode()
    show(them, "strings", outside=False, at=LAST)
    assert [browser.get(url).status_code for url in pages] == [404] * 3


def test_somebody_who_is_nobody_here_reads_what_is_shown(client):
    them = factories.cast()
    say(them, "what-came-of-it", "systems", words="The rule about keys changed.")
    url = at("sheet", them.initiative.pk, "what-came-of-it")
    assert client.get(url).status_code == 404
    show(them, "what-came-of-it")
    page = client.get(url).content.decode()
    assert "The rule about keys changed." in page
    assert page.count("Nothing yet.") == 2


@pytest.mark.parametrize("sheet", PUBLIC)
def test_nobody_outside_sees_who_wrote(acts, sheet):
    them = factories.cast()
    row = queries.page_of(them.initiative, sheet, inside=True).rows[0].row
    say(them, sheet, row.id, words="What we say.", by=them.cleo)
    show(them, sheet)
    here = at("sheet", them.initiative.pk, sheet)
    assert "Written down by Cleo" in acts(them.asha).get(here).content.decode()
    browser = acts(them.eli)
    page = browser.get(here).content.decode()
    assert "What we say." in page
    assert "Monday 2 November 2026" in page
    for url in (here, at("file", them.initiative.pk, sheet)):
        assert "Cleo" not in browser.get(url).content.decode()
    for link in ("Answer this", "Answer it again", "Who can read this"):
        assert link not in page


def test_what_was_replaced_before_the_day_stays_at_the_table_and_what_came_after_stays_outside(acts):
    them = factories.cast()
    first = say(them, "strings", "free", words="Said in confidence.")
    second = say(them, "strings", "free", words="Said for all.", seen=first.pk)
    show(them, "strings", at=LATER)
    say(them, "strings", "free", words="Said later.", seen=second.pk, at=LAST)
    url = at("sheet", them.initiative.pk, "strings")
    page = acts(them.eli).get(url).content.decode()
    assert page.index("Said later.") < page.index("What was said before") < page.index("Said for all.")
    assert "in confidence" not in page
    assert "in confidence" in acts(them.asha).get(url).content.decode()


def test_a_shown_sheet_of_a_draft_is_for_its_table_alone(acts):
    them = factories.cast(state=InitiativeState.DRAFT)
    show(them, "strings")
    here = them.initiative.pk
    assert acts(them.asha).get(at("sheet", here, "strings")).status_code == 200
    assert acts(them.eli).get(at("sheet", here, "strings")).status_code == 404
    assert acts(them.eli).get(at("sheets", here)).status_code == 404


def test_who_leads_shows_and_hides_by_a_press_and_is_told(acts):
    them = factories.cast()
    browser, here = acts(them.cleo), (them.initiative.pk, "strings")
    assert "Show it to everybody" in browser.get(at("sheet", *here)).content.decode()
    page = browser.post(at("show", *here), follow=True).content.decode()
    assert "can now read this sheet" in page
    assert "Keep it at the table again" in page
    assert "So is what you write here" in browser.get(at("say", *here, "whose")).content.decode()
    assert "shown outside already" in browser.post(at("show", *here), follow=True).content.decode()
    assert "Only the table reads" in browser.post(at("hide", *here), follow=True).content.decode()
    assert queries.shown(them.initiative) == {}


@pytest.mark.parametrize("who", ["asha", "bo", "eli"])
def test_others_can_neither_show_nor_answer(acts, who):
    them = factories.cast()
    browser, here = acts(getattr(them, who)), (them.initiative.pk, "strings")
    assert browser.post(at("show", *here)).status_code == 404
    assert browser.post(at("hide", *here)).status_code == 404
    assert browser.get(at("say", *here, "whose")).status_code == 404
    assert queries.shown(them.initiative) == {}


def test_the_sheet_for_the_table_alone_cannot_be_shown(acts):
    them = factories.cast()
    here = them.initiative.pk, "from-fee-to-post"
    page = acts(them.lea).post(at("show", *here), follow=True).content.decode()
    assert "for the table alone" in page
    assert acts(them.eli).get(at("sheet", *here)).status_code == 404


def test_the_page_of_the_initiative_leads_everybody_to_the_sheets(client):
    them = factories.cast()
    page = client.get(reverse("front:initiative", args=[them.initiative.pk])).content.decode()
    assert at("sheets", them.initiative.pk) in page
    assert AT < LATER < LAST
