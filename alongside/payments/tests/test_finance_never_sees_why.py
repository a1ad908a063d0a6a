"""Finance sees who, how much, how and by when. Why a person is involved stays away from every page it can reach.

Words are planted wherever a story could stand: the initiative, its about, the task, the rate, the lens, the need, the
private reason, the costs, a gathering, a receipt. Then everything that a payer and an approver can open in the rooms of
money is opened, by its address and by following every link, with money on every step of its way, and with its files.
Three things finance has to know, on the pages of that one payment and on no other: in which shop to buy, who gets a gift,
and what the person wrote for who pays when they asked for their money to wait.
"""

import re

import pytest
from django.urls import get_resolver, reverse

from alongside.calculations.papers.tests import reading
from alongside.claims.tests import factories as claims
from alongside.contributions import operations as contributions
from alongside.initiatives.models import Initiative
from alongside.ledger import operations as ledger
from alongside.payees import operations as payees
from alongside.payments import operations, queries
from alongside.payments.models import Freeze
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.payments.tests.test_pages import browser, guest
from alongside.people.models import AccessNeed, Lens, ToTell
from alongside.runs import operations as runs
from alongside.runs.models import Run, StatementIn
from alongside.runs.tests import factories as banking

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default argument for algorithm"),
]
CANARY = "CANARY"
NEEDED = "NEEDED"  # of one payment: the shop of its voucher, who gets the gift, what the person wrote beside it
ROOMS = {"payments": "/payments/", "ledger": "/funds/", "payees": "/payees/", "runs": "/runs/"}
BESIDE = ("/claims/checks/", "/bids/")


def planted():
    """The cast, with a story in every place that could hold one."""
    them = factories.cast()
    Initiative.objects.filter(pk=them.initiative.pk).update(name="CANARY psychosis group", about="CANARY story")
    Lens.objects.create(person=them.asha, words="CANARY lens", side="lived")
    AccessNeed.objects.create(person=them.asha, words="CANARY panic", shared=True)
    factories.fund(them)
    return them


def work(them, method="BANK", to=None, **said):
    made = factories.offer(
        them, to, task="CANARY talk about the ward", costs_pence=500, costs_words="CANARY taxi from clinic"
    )
    answer = {"state": "ACCEPTED", "method": method, "reason": "CANARY reason"} | said
    contributions.answer(offer_id=made.pk, by=to or them.asha, at=AT, **answer)
    contributions.say_done(offer_id=made.pk, on=ON, by=to or them.asha, at=AT)
    return factories.part(made)


def money_on_every_step(them):
    """The keys of parts that are due, held, approved, sent, arrived, sent back, and by voucher, provider and gift."""
    factories.with_payee(them.asha)
    parts = {name: work(them) for name in ("due", "held", "approved", "sent", "arrived", "back")}
    parts |= {"cash": work(them, "CASH"), "voucher": work(them, "VOUCHER", shop="NEEDED corner shop")}
    parts["gift"] = work(them, state="GIVEN", method="", given_to="NEEDED food bank")
    parts["waits"] = work(them)
    operations.hold(part_id=parts["waits"].pk, words="NEEDED until the fund has a new year", by=them.asha, at=AT)
    operations.hold(part_id=parts["held"].pk, words="We count.", by=them.dee, at=AT)
    for name in ("approved", "sent", "arrived", "back", "cash", "voucher", "gift"):
        operations.approve(part_id=parts[name].pk, by=them.dee, at=AT)
    for name in ("sent", "arrived", "back", "cash", "voucher"):
        operations.send(part_id=parts[name].pk, on=ON, by=them.fay, at=AT)
    operations.arrive(part_id=parts["arrived"].pk, on=ON, by=them.asha, at=AT)
    operations.came_back(payment=queries.payment_of(parts["back"]), words="Closed.", by=them.fay, at=AT)
    leave_with_the_bank(them)
    payees.set_payee(person=them.asha, name="A", sort_code="200415", account="38290009", by=them.asha, at=AT)
    return {name: part.pk for name, part in parts.items()}


def leave_with_the_bank(them):
    """A run that left and a statement about it, with a line to look at; a run that is confirmed; costs with a receipt."""
    them.gus = claims.add("Gus", them.organisation)
    banking.organisations.ask_to(person=them.gus, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    banking.with_account(them)
    factories.with_payee(them.bo)
    for send in (True, False):
        payment = operations.approve(part_id=work(them, to=them.bo).pk, by=them.dee, at=AT)
        run = banking.confirmed(them, [payment])
        if send:
            runs.fetch(run_id=run.pk, by=them.fay, at=AT).close()
            runs.send(run_id=run.pk, on=ON, by=them.fay, at=AT)
            banking.bring_in(them, banking.statement((ON, f"FPS {banking.codes(run)[0]}", -6_000), (ON, "Rent", -900)))
    claims.cost_list(them)
    met = claims.met(them, them.cy, title="CANARY how we left the ward")
    claims.receipt(them, met, by=them.cy, words="CANARY taxi from clinic")
    claims.sent(them, met, to=them.cy)


def addresses(them, parts):
    """Every address of the rooms of money, with every thing that it can be about."""
    fund = ledger.queries.funds_of(them.organisation)[0]
    things = {
        "part_id": parts.values(), "organisation_id": [them.organisation.pk], "fund_id": [fund.pk],
        "freeze_id": Freeze.objects.values_list("pk", flat=True), "run_id": Run.objects.values_list("pk", flat=True),
        "statement_id": StatementIn.objects.values_list("pk", flat=True),
    }  # fmt: skip
    yield from ("/claims/checks/", reverse("bids:all", args=[them.initiative.pk]))
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        if space not in ROOMS:
            continue
        for name in {key for key in resolver.reverse_dict if isinstance(key, str)}:
            wanted = _args(resolver, name)
            if not wanted:
                yield reverse(f"{space}:{name}")
            elif len(wanted) == 1 and wanted[0] in things:
                yield from (reverse(f"{space}:{name}", args=[pk]) for pk in things[wanted[0]])


def _args(resolver, name):
    return resolver.reverse_dict.getlist(name)[0][0][0][1]


def crawl(client, start):
    """{address: what it says} of everything that can be opened from these addresses inside the rooms of money."""
    seen, todo = {}, list(start)
    while todo:
        address = todo.pop()
        if address in seen or not address.startswith((*ROOMS.values(), *BESIDE)):
            continue
        answer = client.get(address)
        seen[address] = words_of(answer)
        if answer.status_code == 302:
            todo.append(answer.headers["Location"])
        todo += re.findall(r'href="([^"#]+)', seen[address])
    return seen


def files_of_runs():
    return [reverse("runs:file", args=[run.pk]) for run in Run.objects.all()]


def words_of(answer):
    """Everything that an answer holds; a paper is unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers["Content-Type"] == "application/pdf":
        return f"{answer.headers} {reading.words(body)}"
    return f"{answer.headers} {body.decode(errors='replace')}"


@pytest.mark.parametrize("name", ["fay", "dee"])
def test_no_page_of_the_money_rooms_says_why_a_person_is_involved(name, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)  # a file is made until the day on which it leaves
    them = planted()
    parts = money_on_every_step(them)
    client = browser(getattr(them, name))
    files = {address: words_of(client.post(address)) for address in files_of_runs()}
    operations.freeze(organisation=them.organisation, words="Audit.", until=ON, by=them.fay, at=AT)
    pages = crawl(client, addresses(them, parts)) | files
    assert [address for address, page in pages.items() if CANARY in page] == []
    own = tuple(reverse("payments:claim", args=[parts[part]]) for part in ("voucher", "gift", "waits"))
    assert [each for each, page in pages.items() if NEEDED in page and not each.startswith(own)] == []
    sent, confirmed = Run.objects.order_by("pk")
    for kind in ("cover", "cover_pdf"):
        assert f"{sent.code}" in pages[reverse(f"runs:{kind}", args=[sent.pk])]
    if name == "fay":
        assert "60.00" in pages[reverse("runs:file", args=[confirmed.pk])]
    assert "£60.00" in pages[reverse("runs:statement", args=[StatementIn.objects.get().pk])]
    assert "Cy: £18.50" in pages["/claims/checks/"]
    # The crawl went far, and saw the person and the money.
    for part in parts.values():
        page = pages[reverse("payments:claim", args=[part])]
        assert "Asha" in page
        assert "£60.00" in page
    assert len(pages) > 60


@pytest.mark.parametrize(
    ("name", "address", "who"),
    [("approved", "account", "fay"), ("due", "approve", "dee"), ("cash", "send", "fay"), ("due", "hold", "dee")],
)  # fmt: skip
def test_no_answer_to_a_press_says_it_either(name, address, who):
    them = planted()
    parts = money_on_every_step(them)
    said = {"once": "0123456789abcdef0123", "on": "2 November 2026", "receipt": "SIGNED", "words": "Wait."}
    payees.drop_waiting(person=them.asha, by=them.asha, at=AT)
    answer = browser(getattr(them, who)).post(reverse(f"payments:{address}", args=[parts[name]]), said, follow=True)
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()


def test_what_is_said_on_the_phone_never_says_why():
    them = planted()
    them.asha.tell_by = "PHONE"
    them.asha.save(update_fields=["tell_by"])
    parts = money_on_every_step(them)
    operations.tell_where(part_id=parts["due"], by=them.fay, at=AT)
    about_money = ToTell.objects.exclude(about__startswith="offer:").values_list("words", flat=True)
    assert about_money
    assert [words for words in about_money if CANARY in words] == []


def test_the_person_themselves_reads_what_it_is_for():
    them = planted()
    pk = money_on_every_step(them)["approved"]
    page = guest(them.asha).get(reverse("payments:my_payment", args=[pk])).content.decode()
    assert "CANARY talk about the ward" in page
