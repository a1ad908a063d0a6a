"""The pages of runs: few presses, nothing of what the work was, and a second press shows the first result."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from alongside.payments.models import Payment
from alongside.payments.tests.test_pages import browser
from alongside.people.models import Lens
from alongside.runs import operations, policies, queries
from alongside.runs.models import Run, StatementLine
from alongside.runs.states import RunState
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT, ON
from tests.finger import Finger

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default argument for algorithm")]
STORY = "Zebracanary: what happened on the ward"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The pages ask the clock; here it stands still."""
    monkeypatch.setattr("alongside.runs.views.timezone.now", lambda: AT)


@pytest.fixture
def them():
    return factories.cast()


def text(client, name, *args):
    answer = client.get(reverse(f"runs:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_sixty_people_are_paid_in_at_most_twelve_taps(them):
    factories.crowd(them, 60)
    fay, gus, finger = browser(them.fay), browser(them.gus), Finger()

    finger.sit_down(fay)
    finger.follow("Payment runs")
    finger.follow("Choose what to pay")
    finger.press("Make the run")
    run = Run.objects.get()
    assert (run.count, run.state) == (60, RunState.CHOSEN)

    finger.sit_down(gus)
    finger.follow(f"Run {run.number} waits for your second look")
    finger.press("Yes, confirm this run")

    finger.sit_down(fay)
    finger.follow(f"Run {run.number} is ready for the bank")
    file = finger.press("Fetch the file").content
    assert file.count(b"\r\n") == 61
    finger.press("The bank has it")
    finger.follow("Bring in a statement")
    finger.press("Read it", **finger.choose_file(factories.statement_of(run)))

    assert Payment.objects.filter(state="PAID").count() == 60
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert finger.taps <= 12, finger.taps


def test_pages_and_files_never_say_what_the_work_was(them):
    Lens.objects.create(person=them.asha, words=STORY)
    them.initiative.about = them.initiative.name = STORY
    them.initiative.save(update_fields=["about", "name"])
    payment = factories.payments.approved(them, _ready(them), method="BANK", line=None, fixed_pence=900, task=STORY)
    client, run = browser(them.fay), factories.chosen(them, [payment])
    seen = [text(client, "all"), text(client, "choose", them.organisation.pk), text(client, "run", run.pk)]
    operations.confirm(run_id=run.pk, by=them.gus, at=AT)
    made = client.post(reverse("runs:file", args=[run.pk]))
    assert "no-store" in made["Cache-Control"] and run.code in made["Content-Disposition"]
    seen.append(made.content.decode())
    client.post(reverse("runs:sent", args=[run.pk]), {"on": "2 November 2026"})
    brought = factories.bring_in(them, factories.statement((ON, "FPS A BELL", -900)))
    run.refresh_from_db()
    seen += [text(client, "run", run.pk), text(client, "cover", run.pk), text(client, "statement", brought.pk)]
    seen.append(str(queries.cover_paper(run)))
    assert all("Asha Bell" in page for page in (seen[1], seen[2], seen[3], seen[4]))
    assert not [page for page in seen if "Zebracanary" in page or "ward" in page]
    assert not [page for page in seen if "38290" in page and page != seen[3]]  # whole accounts stand in the file only


def _ready(them):
    factories.due(them, them.asha, "Asha Bell")
    return them.asha


def test_a_second_press_shows_the_first_run(them):
    made = factories.three_due(them)
    client, url = browser(them.fay), reverse("runs:choose", args=[them.organisation.pk])
    sent = {"once": "0123456789abcdef0123", "chosen": [row.pk for row in made], "pay_on": "2 November 2026"}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first["Location"] == second["Location"] and Run.objects.count() == 1


def test_a_wrong_day_keeps_what_was_ticked(them):
    made = factories.three_due(them)
    client, url = browser(them.fay), reverse("runs:choose", args=[them.organisation.pk])
    page = client.post(
        url, {"once": "0123456789abcdef0123", "chosen": [made[1].pk], "pay_on": "some day"}
    ).content.decode()
    assert page.count(" checked") == 1 and re.search(rf'value="{made[1].pk}"[^>]* checked', page)
    assert not Run.objects.exists()
    page = client.post(url, {"once": "0123456789abcdef0123", "pay_on": "2 November 2026"}).content.decode()
    assert "Choose at least one payment." in page


@pytest.mark.parametrize("name", ["choose", "confirm", "file", "sent", "cancel", "statement_in", "account"])
def test_without_the_second_factor_nothing_moves(them, name):
    run = factories.chosen(them)
    client = browser(them.gus, second=False)
    pk = them.organisation.pk if name in ("choose", "statement_in", "account") else run.pk
    assert "/second" in client.post(reverse(f"runs:{name}", args=[pk]), {"on": "2 November 2026"})["Location"]
    run.refresh_from_db()
    assert run.state == RunState.CHOSEN


def test_the_check_page_points_at_what_is_unusual(them):
    usual = factories.crowd(them, 5)
    odd = [factories.due(them, them.cy, "Cy Moon", 90_000), factories.due(them, them.cy, pence=90_000)]
    page = text(browser(them.gus), "run", factories.chosen(them, usual + odd).pk)
    assert "More than usual" in page and "stands here twice" in page and "A new account" in page
    assert "Yes, confirm this run" in page and "Take out" in page


def test_who_checks_reads_whose_money_it_is_and_that_the_account_is_in_another_name(them):
    payment = factories.due(them, them.cy, "A Thief")
    run = factories.chosen(them, [payment])
    page = text(browser(them.gus), "run", run.pk)
    assert f"{them.cy.shown_name}, {payment.part_id}" in page and "A Thief" in page
    assert f"in another name than {them.cy.shown_name}" in page
    factories.confirmed(them, [factories.due(them, them.bo, "A Stranger")])
    cover = text(browser(them.fay), "cover", Run.objects.order_by("pk").last().pk)
    assert f"{them.bo.shown_name}, " in cover and "A Stranger" in cover


SAME = [
    ("Asha Rowe", "Asha", True), ("A ROWE", "Asha Rowe", True), ("José Núñez", "Jose", True), ("陳詠", "陳詠", True),
    ("Cy Moon", "Cy", True), ("A Thief", "A Rowe", False), ("Al", "Al", True), ("", "Asha", False),
]  # fmt: skip


@pytest.mark.parametrize(("on_account", "shown", "same"), SAME)
def test_two_names_are_the_same_by_a_whole_word(on_account, shown, same):
    assert policies.same_name(on_account, shown) is same


def test_whoever_fetched_the_file_reads_who_cancels_it_and_somebody_else_says_how_they_know(them):
    run = factories.fetched(them)  # by Fay
    page = text(browser(them.fay), "run", run.pk)
    assert "somebody else makes sure and cancels" in page and reverse("runs:cancel", args=[run.pk]) not in page
    finger = Finger()
    finger.sit_down(browser(them.gus))
    finger.follow(f"Run {run.number} is ready for the bank")
    finger.follow("Cancel this run")
    assert "The file was fetched by Fay" in finger.page
    finger.press("Cancel this run", words="")
    assert "This needs an answer" in finger.page and Run.objects.get().state == RunState.CONFIRMED
    finger.press("Cancel this run", words="I looked at the bank’s list. It is not there.")
    assert "can be paid by another run" in finger.page and "I looked at the bank’s list" in finger.page
    assert Run.objects.get().state == RunState.CANCELLED


def test_who_gets_the_money_is_not_asked_whether_it_came_back(them):
    mine = factories.due(them, them.gus, "Gus Hill")
    factories.organisations.ask_to(person=them.eli, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    run = factories.chosen(them, [mine])
    operations.confirm(run_id=run.pk, by=them.eli, at=AT)
    operations.fetch(run_id=run.pk, by=them.fay, at=AT).close()
    run = operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT)
    url = reverse("runs:back", args=[run.pk, queries.items_of(run)[0].pk])
    assert url in text(browser(them.fay), "run", run.pk) and url not in text(browser(them.gus), "run", run.pk)
    page = browser(them.gus).get(url).content.decode()
    assert "Nobody says this of their own money." in page and "What did the bank say?" not in page


def test_a_run_that_nobody_fetched_is_cancelled_without_a_word(them):
    run, finger = factories.confirmed(them), Finger()
    finger.sit_down(browser(them.fay))
    finger.follow(f"Run {run.number} is ready for the bank")
    finger.follow("Cancel this run")
    finger.press("Cancel this run")
    assert Run.objects.get().state == RunState.CANCELLED


def test_the_page_of_a_payment_leads_to_its_run_and_there_one_word_says_that_it_came_back(them):
    run = factories.sent(them)
    item, client = queries.items_of(run)[0], browser(them.gus)
    page = client.get(reverse("payments:claim", args=[item.payment.part_id])).content.decode()
    assert reverse("runs:run", args=[run.pk]) in page and "The bank sent it back" not in page
    url = reverse("runs:back", args=[run.pk, item.pk])
    assert url in text(client, "run", run.pk) and url not in text(browser(them.dee), "run", run.pk)
    kept = client.post(url, {"once": "0123456789abcdef0123", "words": ""}).content.decode()
    assert "The bank sent it back" in kept and Payment.objects.get(pk=item.payment_id).state == "SENT"
    for _ in range(2):  # pressed twice
        client.post(url, {"once": "0123456789abcdef0123", "words": "The account is closed."})
    assert Payment.objects.get(pk=item.payment_id).state == "BACK"
    page = text(client, "run", run.pk)
    assert "Sent back by the bank" in page and url not in page
    assert client.get(url).status_code == 200 and "not with the bank by this run" in client.get(url).content.decode()


def test_the_page_says_of_a_day_that_is_no_working_day_when_banks_pay(them):
    run = operations.choose(
        organisation=them.organisation, currency="GBP", payment_ids=[row.pk for row in factories.three_due(them)],
        pay_on=date(2026, 11, 7), by=them.fay, at=AT,
    )  # fmt: skip
    words = "Saturday 7 November 2026 is no working day. Many banks pay it on Monday 9 November 2026 then."
    assert words in text(browser(them.gus), "run", run.pk)


def test_the_page_says_how_long_bacs_takes(them):
    factories.with_account(them, bank_file="paygate")
    run = factories.chosen(them)
    words = "This bank’s file needs 2 working days: paid on Wednesday 4 November 2026 at the soonest"
    assert words in text(browser(them.gus), "run", run.pk)


@pytest.mark.parametrize(("who", "says"), [("fay", "somebody else confirms them"), ("dee", "This is for somebody who")])
def test_who_cannot_confirm_reads_why(them, who, says):
    page = text(browser(getattr(them, who)), "run", factories.chosen(them).pk)
    assert says in page and "Yes, confirm this run" not in page


def test_nobody_else_finds_the_pages(them):
    run = factories.sent(them)
    for person in (them.asha, them.lea, them.eli):
        client = browser(person)
        for name, pk in (("all", []), ("run", [run.pk]), ("cover", [run.pk]), ("cover_pdf", [run.pk])):
            assert client.get(reverse(f"runs:{name}", args=pk)).status_code == 404
    assert Client().get(reverse("runs:all")).status_code == 302


def test_the_cover_says_what_the_bank_must_show(them):
    run = factories.confirmed(them)
    page = text(browser(them.dee), "cover", run.pk)
    for said in (run.code, "£107.50", " ".join(re.findall("." * 8, run.sha256)), "Fay", "Gus"):
        assert said in page
    made = browser(them.dee).get(reverse("runs:cover_pdf", args=[run.pk]))
    assert made.content.startswith(b"%PDF") and "no-store" in made["Cache-Control"]


def test_a_run_that_nobody_confirmed_has_no_cover(them):
    run = factories.chosen(them)
    assert browser(them.fay).get(reverse("runs:cover", args=[run.pk])).status_code == 404


def test_a_bad_statement_is_answered_in_words_and_the_form_stays(them):
    client, url = browser(them.fay), reverse("runs:statement_in", args=[them.organisation.pk])
    page = client.post(url, {"file": BytesIO(b"just words")}).content.decode()
    assert "We did not find the columns" in page and "Choose the statement" in page


def test_a_question_of_the_statement_is_answered_on_its_page(them):
    run = factories.sent(them)
    brought = factories.bring_in(them, factories.statement((ON, "FPS A BELL", -5_500)))
    client = browser(them.gus)
    page = text(client, "statement", brought.pk)
    assert "The sum, the day and the name fit" in page and "Asha Bell, £55.00" in page
    line = StatementLine.objects.get()
    client.post(reverse("runs:line", args=[line.pk]), {"code": factories.codes(run)[0]})
    assert Payment.objects.get(to=them.asha).state == "PAID"
    assert "Asha Bell, £55.00" not in text(client, "statement", brought.pk)


def test_our_own_account_is_kept_locked_and_checked(them):
    client, url = browser(them.fay), reverse("runs:account", args=[them.organisation.pk])
    sent = {
        "once": "0123456789abcdef0123",
        "name": "Harbour",
        "sort_code": "60-16-13",
        "account": "3192",
        "bank_file": "bankline",
    }
    assert "eight figures" in client.post(url, sent).content.decode()
    assert client.post(url, sent | {"account": "31926819"}).status_code == 302
    kept = queries.account_of(them.organisation, "GBP")
    assert (kept.bank_file, kept.last_figures) == ("bankline", "6819")
    assert client.get(f"{url}?currency=GBP").status_code == 200
    assert client.get(f"{url}?currency=EUR").status_code == 404


@pytest.mark.parametrize("name", ["all", "choose", "run", "cover", "statement"])
def test_a_page_takes_the_same_queries_for_one_and_three(queries_of, them, name):
    def measure(count):
        made = factories.crowd(them, count)
        if name == "choose":
            url = reverse("runs:choose", args=[them.organisation.pk])
        elif name == "all":
            factories.chosen(them, made)
            url = reverse("runs:all")
        elif name == "statement":
            run = factories.sent(them, made)
            rows = [(ON, f"FPS REED {row.pk}", -row.pence) for row in made]
            url = reverse("runs:statement", args=[factories.bring_in(them, factories.statement(*rows)).pk])
            assert run.count == count
        else:
            url = reverse(f"runs:{name}", args=[factories.confirmed(them, made).pk])
        return queries_of(lambda: client.get(url))

    client = browser(them.fay)
    client.get(reverse("runs:all"))
    assert measure(1) == measure(3)


@pytest.mark.parametrize("step", ["chosen", "confirmed", "sent"])
def test_the_today_page_says_whose_turn_it_is(them, step):
    getattr(factories, step)(them)
    words = {
        "chosen": {"fay": [], "gus": ["waits for your second look"], "dee": []},
        "confirmed": {"fay": ["ready for the bank"], "gus": ["ready for the bank"], "dee": []},
        "sent": {"fay": ["with the bank"], "gus": ["with the bank"], "dee": []},
    }[step]
    for name, wanted in words.items():
        lines = queries.today(getattr(them, name), ON)
        assert [any(said in line.words for line in lines) for said in wanted] == [True] * len(wanted)
        assert len(lines) == len(wanted)


def test_who_approves_reads_statements_and_is_offered_nothing_that_only_who_pays_may_do(them):
    run = factories.sent(them)
    code = factories.codes(run)[0]
    kept = factories.bring_in(them, factories.statement((ON, f"FPS {code}", -1)))
    dee, fay = browser(them.dee), browser(them.fay)
    pages = [("all",), ("run", run.pk), ("statement", kept.pk)]
    offered = ("Bring in a statement", "Choose what to pay", "Change it", "That is it")
    shown = ["".join(text(client, *page) for page in pages) for client in (dee, fay)]
    assert [[words in page for words in offered] for page in shown] == [[False] * 4, [True] * 4]
    assert "Somebody who pays says what it is." in shown[0] and "1 line<" in shown[0]
    lines = [[line.words for line in queries.today(who, ON)] for who in (them.dee, them.fay)]
    assert lines[0] == [] and "1 line of the bank’s statement to look at" in lines[1]
