"""Journeys of money at the size of a phone, by keyboard alone, with JavaScript and without: from an offer to the bank."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import Method, OfferState
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payments import operations as payments
from alongside.people import operations as people
from alongside.people.models import Login
from alongside.rates import queries as rates
from tests.browser.pages import at, day
from tests.world import person

PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 640}
MANY = 60
MOST_CLICKS = 12
SLOW = 60_000  # milliseconds: sixty people are written down and told at one press, on whatever machine tests run on


@pytest.fixture
def scene(money_moves):
    """The world's own table, with a fund of its own that is open."""
    scene = money_moves
    fund = ledger.add_fund(
        organisation=scene.organisation, name="Journeys", lines=[("Pay", "J-1", 900_000)], by=scene.people["payer"],
        at=timezone.now(),
    )  # fmt: skip
    scene.line = next(line for line in funds.lines_of(scene.organisation) if line.fund_id == fund.pk)
    return scene


def offered(scene, to, task, **terms):
    """An offer of today from the scene's fund, made by who leads."""
    rate = rates.rates_on(scene.organisation, timezone.localdate()).first()
    terms = {"minutes": 120, "activity_on": timezone.localdate(), "fund_line": scene.line, "line": rate} | terms
    return contributions.make_offer(
        initiative=scene.initiative, to=to, by=scene.people["lead"], at=timezone.now(), task=task, **terms
    )


def approve_and_send(scene, offer):
    """What the office does meanwhile with the first part of an offer's money. Returns the part."""
    part = offers.parts_of(offer).first()
    payments.approve(part_id=part.pk, by=scene.people["approver"], at=timezone.now())
    payments.send(part_id=part.pk, on=timezone.localdate(), reference="J7", by=scene.people["payer"], at=timezone.now())
    return part


def test_somebody_on_benefits_sees_the_ceiling_shows_the_letter_splits_and_is_paid(site, scene, by_hand):
    offer = offered(scene, scene.people["author"], "Read two leaflets with us")
    asha = by_hand("author", **PHONE).go(at(site, "benefits:ceilings"))
    asha.write("How much at most?", "30.00").choose("A month of the calendar").press("Keep this").sees("£30.00")
    asha.go(at(site, "contributions:mine")).press("Read two leaflets with us").sees(
        "You set £30.00", "You can take less"
    )
    asha.press("A letter for your office").sees("Nothing is sent", "£55.00", "Read two leaflets with us")
    asha.go(at(site, "contributions:offer", offer.pk)).press("Yes").choose("Bank transfer")
    asha.choose("In parts of my own").press("Yes").sees("One more thing")
    asha.write("Which parts?", f"£25, {day()}\n£30, {day(40)}").press("Yes").sees("You said: Yes", "£25.00", "£30.00")
    asha.press("The work is done").write("Which day was", day()).press("It is done")
    part = approve_and_send(scene, offer)
    asha.go(at(site, "payments:mine")).sees("£25.00", "£30.00")
    asha.go(at(site, "payments:my_payment", part.pk)).press("It arrived").write("On which day", day())
    asha.press("It arrived").sees("£25.00 (number", "arrived. It came on", "Receipt")
    asha.go(at(site, "payments:mine")).sees("£25.00", "arrived", "£30.00")


def to_come(scene, title):
    """A gathering in two weeks, to which everybody at the table is invited."""
    start = timezone.now() + timedelta(days=14)
    return gatherings.call(
        initiative=scene.initiative, title=title, starts_at=start, ends_at=start + timedelta(hours=2), place="The Hall",
        by=scene.people["recorder"], at=timezone.now(),
    )  # fmt: skip


def approved_and_sent(site, by_hand, part, *words):
    """The approver and the payer at their own pages; the line of the fund that pays is said by the approver."""
    dee = by_hand("approver", **SMALL).go(at(site, "payments:claim", part.pk)).sees(*words).press("Approve")
    dee.choose("Journeys, Pay").press("Approve it").sees("Approved by ownapprover")
    niall = by_hand("payer", **SMALL).go(at(site, "payments:claim", part.pk)).press("Mark as sent")
    return niall.write("On which day did it", day())


def test_a_carers_cover_is_paid_to_who_gives_it_before_the_day(site, scene, by_hand):
    gathering = to_come(scene, "How we leave the ward")
    asha = by_hand("author", **SMALL).go(at(site, "gatherings:gathering", gathering.pk))
    asha.press("What it costs you to come").sees("Nobody should lay out money", "it is there by")
    asha.choose("Please pay it straight to who does it").press("Ask for it").sees("Say who we pay")
    asha.pick("What do you need?", "Care for somebody").write("What will it cost, about?", "45")
    asha.write("Who do we pay?", "Quayside Care").press("Ask for it")
    asha.sees(
        "£45.00", "Care for somebody while I am away", "Paid straight to: Quayside Care, so that nobody lays it out"
    )
    part = offers.parts_of(offers.offers_to(scene.people["author"]).first()).get()
    niall = approved_and_sent(site, by_hand, part, "Quayside Care")
    niall.press("It is sent").sees("Sent by ownpayer").sees_not("How we leave the ward")
    asha.go(at(site, "claims:mine")).press("£45.00").sees("Now: to arrive").sees_not("Say what it cost")
    asha.press("Your costs").sees("Quayside Care", "£45.00")


def test_somebody_without_money_for_the_bus_has_it_before_the_day(site, scene, by_hand):
    day_of = timezone.localdate() + timedelta(days=14)
    offered(
        scene, scene.people["author"], "Tell your story", activity_on=day_of, costs_pence=620, costs_words="the bus"
    )
    asha = by_hand("author", **SMALL).go(at(site, "contributions:mine")).press("Tell your story").press("Yes")
    asha.sees("£6.20 is for costs", "before the day").choose("Bank transfer").press("Yes").sees("You said: Yes")
    asha.press("I need my costs before the day").sees("the bus: £6.20").choose("I need it before the day, in cash")
    asha.press("Ask for it").sees("£6.20", "It does not come again")
    part = offers.parts_of(offers.offers_to(scene.people["author"]).first()).get()
    dee = by_hand("approver", **SMALL).go(at(site, "payments:claim", part.pk)).press("Approve").press("Approve it")
    dee.sees("Approved by ownapprover")
    niall = by_hand("payer", **SMALL).go(at(site, "payments:claim", part.pk)).press("Mark as")
    niall.write("On which day", day()).choose("The person signed").press("It is").sees(
        "Arrived. It came on", "By Before the day, in cash"
    )
    asha.go(at(site, "contributions:mine")).press("Tell your story").sees(
        "£6.20 for costs comes before the day", "£55.00"
    )


# --- sixty people, two who pay ---


@pytest.fixture
def sixty(scene):
    """Sixty people whose work is done and approved, and a second person who pays."""
    now = timezone.now()
    made = []
    for number in range(MANY):
        who = people.add_person(shown_name=f"Reader {number:02}", at=now)
        organisations.welcome(person=who, organisation=scene.organisation, on=timezone.localdate(), at=now)
        initiatives.give_seat(
            initiative=scene.initiative, person=who, role="Reads", on=timezone.localdate(), by=None, at=now
        )
        payees.set_payee(
            person=who, name=f"Reader {number:02}", sort_code="200415", account=f"3829{number:04}", by=who, at=now
        )
        offer = offered(scene, who, "Read a leaflet", minutes=60)
        contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method=Method.BANK, by=who, at=now)
        contributions.say_done(offer_id=offer.pk, on=timezone.localdate(), by=who, at=now)
        part = offers.parts_of(offer).first()
        made.append(payments.approve(part_id=part.pk, by=scene.people["approver"], at=now))
    return made


def second_who_pays(site, scene):
    """A page in the browser of a second person who pays, who came in with both their factors."""
    who = person("Second", scene.organisation)
    organisations.ask_to(
        person=who, kind="PAYER", organisation=scene.organisation, on=timezone.localdate(), at=timezone.now()
    )
    client = Client()
    client.force_login(Login.objects.get(person=who))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    context = site.context(**PHONE, has_touch=True)
    context.add_cookies(
        [{"name": name, "value": each.value, "url": site.home} for name, each in client.cookies.items()]
    )
    return context.new_page()


class Taps:
    """A thumb on a phone. Each tap on a link or button is counted in `counter`."""

    def __init__(self, page, counter):
        self.page, self.counter = page, counter

    def go(self, url):
        self.page.goto(url)
        return self

    def tap(self, words, *, file=False):
        self.counter.append(words)
        where = (
            self.page.locator("main a, main button, aside a")
            .filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))
            .first
        )
        where.scroll_into_view_if_needed()
        if file:
            with self.page.expect_download(timeout=SLOW) as download:
                where.tap()
            return download.value.path()
        with self.page.expect_navigation(timeout=SLOW):
            where.tap()
        return self

    def sees(self, *words):
        said = " ".join(self.page.inner_text("main").split())
        for each in words:
            assert each in said, f"{self.page.url} does not say “{each}” but: {said[:2000]}"
        return self


@pytest.mark.slow
def test_sixty_people_are_paid_in_at_most_twelve_clicks(site, scene, sixty):
    clicks = []
    niall = Taps(site.open("payer", **PHONE, has_touch=True), clicks).go("/")
    other = Taps(second_who_pays(site, scene), clicks)
    niall.tap("Payment runs").tap("Choose what to pay").sees(f"{MANY} payments", "All of them are ticked")
    niall.tap("Make the run").sees(f"{MANY} payments", "£1,650.00")
    run = niall.page.inner_text("h1").replace("Payment run", "Run")
    other.go("/").tap("Payment runs").tap(run).tap("Yes, confirm this run").sees("Confirmed")
    niall.go("/").tap("Payment runs").tap(run)
    file = niall.tap("Fetch the file", file=True)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert sum("Reader" in line for line in lines) == MANY
    niall.go(niall.page.url).tap("The bank has it").sees("The bank has it since")
    assert len(clicks) < MOST_CLICKS, clicks  # and one to load the page again after the file
    states = {offers.parts_of(payment.part.offer).first().money for payment in sixty}
    assert states == {"SENT"}
    assert [fault for context in site.contexts for fault in site.faults_of(context)] == []
