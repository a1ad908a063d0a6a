"""The pages: what they show, to whom, in how many queries and taps, and what they answer to odd input."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.claims import queries
from alongside.claims.models import Claim, CostList, LogEntry, Receipt
from alongside.claims.states import ClaimState
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT, ON
from alongside.contributions import queries as contributions
from alongside.contributions.models import Offer
from alongside.contributions.tests import factories as offers
from alongside.front import queries as front
from alongside.people.queries import GUEST_KEY
from tests.finger import Finger

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.RECEIPTS = tmp_path / "receipts"


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


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_today_to_sent_takes_at_most_four_taps(acts, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    them, gathering = factories.scene()
    bus, finger = factories.item(them), Finger()
    finger.sit_down(acts(them.asha))
    finger.follow("You were there: How we leave the ward. Claim £82.50")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", finger.page))
    for words in (
        "You were there on Monday 2 November 2026",
        "2 hours + 30 minutes getting ready = £82.50",
        "Add costs?",
    ):
        assert words in said
    assert re.search(r'value="BANK"[^>]*checked', finger.page)  # as they chose for the work itself
    finger.tick("items", str(bus.pk))
    finger.press("Send")
    assert "Claim: £88.50" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", finger.page))
    assert finger.path == reverse("claims:claim", args=[Claim.objects.get().pk])
    assert finger.taps <= 4


def test_a_claim_that_is_sent_twice_is_one_and_is_asked_for_no_more(acts):
    them, gathering = factories.scene()
    browser, bus = acts(them.asha), factories.item(them)
    (line,) = [each for each in queries.today(them.asha, ON) if "Claim" in each.words]
    sent = [browser.post(line.url, {"once": ONCE, "items": [bus.pk], "method": "BANK"}).url for _ in range(2)]
    assert sent == [reverse("claims:claim", args=[Claim.objects.get().pk])] * 2
    assert [each for each in queries.today(them.asha, ON) if "Claim" in each.words] == []


@pytest.mark.parametrize("name", ["mine", "at_table", "checks", "log"])
def test_a_list_takes_the_same_queries_for_one_and_three(acts, queries_of, name):
    them = factories.cast()
    factories.cost_list(them)
    browser = acts({"mine": them.asha, "at_table": them.lea, "checks": them.dee, "log": them.asha}[name])
    url = reverse(f"claims:{name}", args=[them.initiative.pk] if name == "at_table" else [])
    counts, day = [], 1
    for rows in (1, 2):
        for _ in range(rows):
            day += 1
            gathering = factories.met(them, them.asha, title=f"Day {day}")
            offers.accepted(them, from_gathering=gathering)
            factories.receipt(them, gathering)
            factories.sent(them, gathering, words=(), method="CASH")
            factories.receipt(them, gathering)
            offers.accepted(them, from_gathering=gathering)
            factories.logged(them, offer=offers.accepted(them))
        counts.append(queries_of(lambda: browser.get(url)))
    assert (counts[0], counts[1]) == (counts[0], counts[0])
    assert counts[0] == {"mine": 9, "at_table": 6, "checks": 9, "log": 3}[name]


@pytest.mark.parametrize("name", ["mine", "at_table", "log"])
def test_a_long_list_comes_in_pages(acts, monkeypatch, name):
    monkeypatch.setattr("alongside.claims.views.A_PAGE", 2)
    them, gathering = factories.scene(work=False)
    for minutes, words in ((5, "Bus there and back"), (10, "Lunch"), (20, "Childcare")):
        factories.sent(them, gathering, words=[words])
        factories.logged(them, minutes=minutes)
    browser = acts(them.lea if name == "at_table" else them.asha)
    url = reverse(f"claims:{name}", args=[them.initiative.pk] if name == "at_table" else [])
    first, last = (browser.get(url, {"page": page}) for page in (1, 2))
    assert [len(page.context["page_obj"].object_list) for page in (first, last)] == [2, 1]
    assert "Next page" in text(first) and "Earlier page" in text(last)
    assert name != "log" or [minutes for _, minutes in last.context["totals"] if minutes] == [35]


def test_the_first_page_asks_once_where_nothing_waits(queries_of):
    them = factories.cast()
    assert queries_of(lambda: queries.today(them.bo, ON)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": ""}, "Choose how your costs come back."),
        ({"method": "GIFT"}, "Choose one of the answers"),
        ({"method": "PREPAID"}, "Say who we pay"),
        ({"items": ["999999"]}, "Choose one of the answers"),
        ({"miles-car": "ten"}, "Write a number, like 12 or 12.5."),
        ({"miles-car": "1.25"}, "Write it like 12.5."),
        ({"miles-car": "-4"}, "Write 0 or more."),
        ({"miles-car": "5000"}, "Write 1000 or less."),
        ({"once": "x"}, "open for a long time"),
    ],
    ids=str,
)
def test_odd_input_is_answered_in_words_and_kept(acts, wrong, words):
    them, gathering = factories.scene()
    said = {"once": ONCE, "items": [factories.item(them).pk], "method": "BANK", "miles-car": "7.5"} | wrong
    page = acts(them.asha).post(reverse("claims:send", args=[gathering.pk]), said)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "Nothing is sent yet. What you wrote is still here." in page.content.decode()
    assert (Claim.objects.count(), Offer.objects.filter(costs_only=True).count()) == (0, 0)


def test_somebody_who_was_not_there_reads_why_and_what_helps(acts):
    them, gathering = factories.scene(work=False)
    page = acts(them.bo).get(reverse("claims:send", args=[gathering.pk]))
    assert page.status_code == 200
    for words in ("The record does not say that you were there.", "Ask who keeps the notes to put it right."):
        assert words in text(page)
    assert '<button class="press">Send' not in page.content.decode()


def test_the_first_page_says_once_what_may_be_claimed():
    them, gathering = factories.scene()
    offer = Offer.objects.get()
    own = reverse("contributions:offer", args=[offer.pk])
    assert own in [line.url for line in contributions.today(them.asha, ON)]
    lines = front.today(them.asha, ON)
    urls = [line.url for line in lines["needs"] + lines["more"]]
    assert reverse("claims:send", args=[gathering.pk]) in urls
    assert own not in urls


def test_who_approves_opens_the_receipts_of_one_sum(acts):
    them, gathering = factories.scene(work=False)
    claim = factories.sent(them, gathering)
    url = reverse("claims:proof", args=[claim.offer_id])
    assert "Asha: £6.00" in text(acts(them.dee).get(url))
    assert acts(them.lea).get(url).status_code == 404


def test_who_approves_reads_that_a_picture_was_sent_before(acts):
    them, gathering = factories.scene(work=False)
    factories.receipt(them, gathering)
    first = factories.sent(them, gathering)
    factories.receipt(them, gathering)
    factories.sent(them, gathering, words=(), method="CASH")
    page = text(acts(them.dee).get(reverse("claims:checks")))
    assert f"Claim {first.pk} ·" in page and f"The same picture stands in claim {first.pk} too." in page


def test_costs_that_the_work_brought_already_are_said_to_who_claims_and_who_approves(acts):
    them, gathering = factories.scene(work=False)
    offers.done(them, costs_pence=620, costs_words="Bus, and data for the phone")
    page = text(acts(them.asha).get(reverse("claims:send", args=[gathering.pk])))
    assert "brings £6.20 for costs already" in page
    factories.sent(them, gathering)
    checks = text(acts(them.dee).get(reverse("claims:checks")))
    assert "An offer for work of that day brings £6.20 of costs too" in checks and "data for the phone" not in checks


def test_a_stranger_finds_nothing(acts):
    them, gathering = factories.scene()
    claim, browser = factories.sent(them, gathering), acts(them.eli)
    for name, args in (
        ("send", [gathering.pk]), ("claim", [claim.pk]), ("at_table", [them.initiative.pk]), ("checks", []),
        ("other_day", [them.initiative.pk]), ("log_at", [them.initiative.pk]), ("costs", [them.organisation.pk]),
    ):  # fmt: skip
        assert browser.get(reverse(f"claims:{name}", args=args)).status_code == 404, name


def upload(name="IMG_1.jpg", data=None, kind="image/jpeg"):
    return SimpleUploadedFile(name, factories.photo() if data is None else data, kind)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: upload("receipt.pdf", b"%PDF-1.7 x", "application/pdf"), "This is a PDF paper, not a picture."),
        (
            lambda: upload("IMG.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
            "This is a HEIC picture, which we cannot open.",
        ),
        (lambda: upload("a.exe"), "ends in .exe, which is not a picture"),
        (lambda: upload("a.jpg", b"\xff\xd8\xff" + bytes(12_000_000)), "bigger than 12 megabytes"),
        (lambda: upload("a.jpg", b""), "The file is empty"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words_and_what_was_typed_is_kept(acts, file, words):
    them, gathering = factories.scene(work=False)
    said = {"once": ONCE, "pence": "£12.50", "words": "Taxi home", "file": file()}
    page = acts(them.asha).post(reverse("claims:receipt_add", args=[gathering.pk]), said)
    assert page.status_code == 200
    for kept in (words, "12.50", "Taxi home"):
        assert kept in page.content.decode()
    assert Receipt.objects.count() == 0


def test_a_receipt_is_added_once_and_shown_to_its_owner_and_who_pays(acts):
    them, gathering = factories.scene(work=False)
    url = reverse("claims:receipt_add", args=[gathering.pk])
    for _ in range(2):
        said = {"once": ONCE, "pence": "12.50", "words": "Taxi from the clinic", "file": upload()}
        assert acts(them.asha).post(url, said).url == reverse("claims:send", args=[gathering.pk])
    receipt = Receipt.objects.get()
    shown = reverse("claims:receipt", args=[receipt.pk])
    answer = acts(them.asha).get(shown)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store, private")
    assert b"51.5007N" not in answer.content
    assert acts(them.dee).get(shown).status_code == 404
    assert "Receipt: Taxi from the clinic , £12.50" in text(
        acts(them.asha).get(reverse("claims:send", args=[gathering.pk]))
    )
    factories.sent(them, gathering, words=())
    assert acts(them.fay).get(shown).status_code == 200
    assert acts(them.lea).get(shown).status_code == 404
    checks = text(acts(them.dee).get(reverse("claims:checks")))
    assert "Asha: £12.50" in checks
    for why in ("clinic", them.initiative.name, gathering.title):
        assert why not in checks


def test_who_leads_reads_a_claim_without_what_a_receipt_is_for(acts):
    them, gathering = factories.scene(work=False)
    factories.receipt(them, gathering, words="Taxi from the clinic")
    claim = factories.sent(them, gathering)
    page = text(acts(them.lea).get(reverse("claims:claim", args=[claim.pk])))
    assert "Bus there and back" in page
    assert "clinic" not in page


def test_costs_written_down_by_phone_are_confirmed_on_a_page_or_by_another_hand(acts):
    them, gathering = factories.scene(work=False)
    who = acts(them.lea).post(
        reverse("claims:write_who", args=[them.initiative.pk]), {"to": them.asha.pk, "on": "2 November 2026"}
    )
    said = {
        "once": ONCE, "items": [factories.item(them).pk], "method": "CASH", "channel": "PHONE",
        "asked_words": "Asha, on Monday", "paper_words": "Taxi", "paper_pence": "9",
    }  # fmt: skip
    made = acts(them.lea).post(who.url, said)
    claim = Claim.objects.get()
    assert (claim.pence, claim.gathering, claim.state) == (1500, gathering, ClaimState.ASKED)
    page = text(acts(them.lea).get(made.url))
    assert "Nothing is owed until Asha says that it is right" in page
    assert "somebody else asks whether it is right" in page
    assert "Is this right?" in text(acts(them.asha).get(made.url))
    acts(them.asha).post(reverse("claims:confirm", args=[claim.pk]))
    claim.refresh_from_db()
    assert (claim.state, claim.offer.pence) == (ClaimState.SENT, 1500)


def test_half_a_receipt_on_paper_is_asked_again(acts):
    them, _ = factories.scene(work=False)
    url = reverse("claims:write_down", args=[them.initiative.pk, them.asha.pk, ON.isoformat()])
    said = {"once": ONCE, "method": "CASH", "channel": "PHONE", "asked_words": "Asha", "paper_words": "Taxi"}
    assert "Say both" in acts(them.lea).post(url, said).content.decode()


def test_costs_of_another_day_and_a_day_that_is_none(acts):
    them = factories.cast()
    factories.cost_list(them)
    browser = acts(them.asha)
    answer = browser.post(reverse("claims:other_day", args=[them.initiative.pk]), {"on": "1 November 2026"})
    assert answer.url == reverse("claims:send_other", args=[them.initiative.pk, "2026-11-01"])
    assert "This is for costs only." in text(browser.get(answer.url))
    assert browser.get(reverse("claims:send_other", args=[them.initiative.pk, "2026-02-31"])).status_code == 404


def test_a_year_without_figures_says_so_on_the_page(acts):
    them = factories.cast()
    page = acts(them.asha).get(reverse("claims:send_other", args=[them.initiative.pk, "2010-01-01"]))
    assert "We do not have this year’s figure of HMRC approved mileage payments." in text(page)
    assert "There is no list of costs without a receipt for that day." in text(page)


def test_the_first_list_begins_with_what_others_pay(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("claims:costs_new", args=[them.organisation.pk])
    assert "Bus there and back | each time | £6.00" in browser.get(url).content.decode()
    assert "Nobody has set them yet" in text(acts(them.asha).get(reverse("claims:costs", args=[them.organisation.pk])))
    said = {
        "once": ONCE,
        "from_on": "1 January 2026",
        "source": "Us",
        "lines": "Tram | each time | £3\nCar | mile | 45p",
    }
    acts(them.lea).post(url, said)
    assert CostList.objects.get().version == 1
    assert "Car: 45p a mile" in text(acts(them.asha).get(reverse("claims:costs", args=[them.organisation.pk])))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("Tram £3", "Line 1 needs three parts"),
        ("Tram | each time | free", "Line 1: Write an amount"),
        ("Tram | each time | 0", "Line 1: Write £0.01 or more."),
        ("Car | mile | 45p\nBike | kilometre | 20p", "Use either miles or kilometres"),
        ("Tram | each time | £3\nTram | each time | £4", "each with words of its own"),
        ("", "Write at least one line."),
    ],
)
def test_a_list_that_cannot_be_read_is_asked_again(acts, lines, words):
    them = factories.cast()
    said = {"once": ONCE, "from_on": "1 January 2026", "source": "Us", "lines": lines}
    page = acts(them.lea).post(reverse("claims:costs_new", args=[them.organisation.pk]), said)
    assert words in page.content.decode()
    assert CostList.objects.count() == 0


def test_an_entry_of_the_log_takes_one_page_and_is_taken_as_a_file(acts):
    them = factories.cast()
    browser, url = acts(them.asha), reverse("claims:log_new")
    shown = browser.get(url).content.decode()
    assert re.search(r'value="unpaid"[^>]*checked', shown)
    said = {
        "once": ONCE, "kind": "WALK", "minutes": "40", "on": "2 November 2026", "pay": "unpaid", "words": "=HYPERLINK(1)",
        "initiative": them.initiative.pk, "private": "on",
    }  # fmt: skip
    for _ in range(2):
        assert browser.post(url, said).url == reverse("claims:log")
    entry = LogEntry.objects.get()
    assert (entry.minutes, entry.private, entry.by_choice) == (40, True, False)
    page = text(browser.get(reverse("claims:log")))
    assert "Unpaid: nobody offered money 40 minutes" in page
    assert "Only you see this" in page
    file = browser.get(reverse("claims:log_file")).content.decode("utf-8-sig")
    assert file.splitlines()[0] == '"day","what","words","minutes","table","paid_or_not","only_for_you"'
    assert "'=HYPERLINK(1)" in file
    browser.post(reverse("claims:log_away", args=[entry.pk]))
    assert "A walk, a call" in text(browser.get(reverse("claims:log")))


def test_the_page_for_who_leads_hides_few_people(acts):
    them = factories.cast()
    factories.logged(them, minutes=77)
    page = text(acts(them.lea).get(reverse("claims:log_at", args=[them.initiative.pk])))
    assert page.count("too few to show") == 4
    assert "77" not in page
    assert "1 hour 17" not in page


def test_a_claim_is_taken_back_by_its_button(acts):
    them, gathering = factories.scene()
    claim, browser = factories.sent(them, gathering), acts(them.asha)
    assert "Take it back" in text(browser.get(reverse("claims:claim", args=[claim.pk])))
    page = text(browser.post(reverse("claims:take_back", args=[claim.pk]), follow=True))
    assert "You took it back." in page
    assert AT
