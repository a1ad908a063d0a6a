"""The audit pack: whole, to the penny, the same each time, and without a word of why a person is involved."""

import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.audits import operations, permissions
from alongside.audits.policies import quarter_of
from alongside.audits.states import FILES, Quarter
from alongside.audits.tests import factories
from alongside.audits.tests.factories import AT, ON, Q4, manifest, opened, pack, table, total
from alongside.calculations import papers
from alongside.calculations.papers.tests.reading import words as text_of
from alongside.claims.tests import factories as claims
from alongside.contributions import operations as offers
from alongside.contributions.tests import factories as work
from alongside.initiatives.models import Initiative
from alongside.ledger import queries as ledger
from alongside.ledger.models import LedgerEntry
from alongside.payments import operations as payments
from alongside.payments.models import Payment
from alongside.payments.tests.test_pages import browser
from alongside.people.models import Lens
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default argument for algorithm")]


@pytest.fixture
def them():
    return factories.cast()


@pytest.fixture(autouse=True)
def a_day_of_our_own(monkeypatch):
    monkeypatch.setattr("alongside.audits.views._on", lambda organisation: ON)


def with_runs(them):
    """Gus pays too, and there is an account to pay from."""
    them.gus = factories.add("Gus", them.organisation)
    factories.runs.organisations.ask_to(person=them.gus, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    factories.runs.with_account(them)


def full(them):
    """A run of three with its statement, cash, a sum that came back, one that waits, one that nobody looked at."""
    with_runs(them)
    run = factories.runs.sent(them)
    factories.runs.bring_in(them, factories.runs.statement_of(run))
    factories.money.arrived(them, them.bo)
    again = factories.money.approved(them, them.cy, method="BANK")
    back = payments.send(part_id=again.part_id, on=ON, by=them.fay, at=AT)
    payments.came_back(payment=back, words="CANARY account closed", by=them.fay, at=AT)
    factories.money.approved(them, them.asha)
    factories.money.done(them, them.bo, method="BANK")
    return run


def book(kind):
    return sum(LedgerEntry.objects.filter(transaction__kind=kind, pence__gt=0).values_list("pence", flat=True))


# --- whole, and to the penny ---


def test_totals_equal_the_ledger_to_the_penny(them):
    full(them)
    made, data = pack(them)
    files = opened(data)
    paid, back = book("PAID"), book("RETURNED")
    assert made.sums == {"Paid, by the book": paid, "Came back from the bank": back, "Paid in all": paid - back}
    assert (total(files, "payments.csv", "Paid by the book"), total(files, "payments.csv", "Came back by the book")) == (
        paid, back,
    )  # fmt: skip
    assert total(files, "ledger.csv", "Onto") == total(files, "ledger.csv", "Out of")
    assert total(files, "ledger-sums.csv", "Onto") == total(files, "ledger-sums.csv", "Out of")
    held = {row["words"]: row["pence"] for row in ledger.sums(them.organisation)}
    assert {
        row["Account"]: factories.pence(row["After: onto"]) - factories.pence(row["After: out of"])
        for row in table(files, "ledger-sums.csv")
    } == held
    assert (made.differs, manifest(files)["payments_and_book_agree"]) == ("", True)


def test_every_payment_stands_there_once_with_its_offer_yes_and_approval(them):
    full(them)
    files = opened(pack(them)[1])
    listed = table(files, "payments.csv")
    assert len(listed) == Payment.objects.count() + 1  # and the one that nobody has looked at
    assert {row["Stands at"] for row in listed} == {"Due", "Approved", "Arrived", "Came back from the bank"}
    offered = {row["Offer"] for row in table(files, "offers.csv")}
    assert {row["Offer"] for row in listed} == offered == {row["Offer"] for row in table(files, "yeses.csv")}
    approved = {row["Payment"] for row in table(files, "approvals.csv")}
    assert approved == {row["Payment"] for row in listed if row["In the book"]}
    assert {row["Approved by"] for row in table(files, "approvals.csv")} == {"Dee"}
    assert {row["Payment"] for row in table(files, "days-to-pay.csv")} == {row["Payment"] for row in listed}


def test_a_run_that_was_cancelled_after_its_file_was_fetched_says_how_that_was_safe(them):
    with_runs(them)
    run = factories.runs.fetched(them)
    words = "It is not in the bank’s list."
    factories.runs.operations.cancel(run_id=run.pk, words=words, by=them.gus, at=AT)
    [row] = table(opened(pack(them)[1]), "runs.csv")
    assert (row["Stands at"], row["Cancelled, since the bank did not have it"]) == ("Cancelled", words)


def test_runs_and_what_the_bank_said_are_there(them):
    run = full(them)
    files = opened(pack(them)[1])
    [row] = table(files, "runs.csv")
    assert (row["SHA-256 of the file"], row["Chosen by"], row["Confirmed by"]) == (run.sha256, "Fay", "Gus")
    assert [row["Reference"] for row in table(files, "run-payments.csv")] == factories.runs.codes(run)
    assert total(files, "statements.csv", "Out of the account") == run.pence
    assert {row["References"] for row in table(files, "statements.csv")} == set(factories.runs.codes(run))


def test_lines_of_the_journal_are_there_with_their_digest(them):
    payment = factories.paid(them, days=3)
    files = opened(pack(them)[1])
    lines = table(files, "journal.csv")
    kept = JournalLine.objects.filter(subject=f"payment:{payment.pk}").order_by("pk")
    assert [row["Digest"] for row in lines if row["About"] == f"payment:{payment.pk}"] == [k.digest for k in kept]
    assert "payments.payment.approved" in {row["What"] for row in lines}
    assert "pence=5500" in {row["Figures"] for row in lines}


def test_each_hash_is_that_of_its_file_and_stands_on_the_cover(them):
    full(them)
    made, data = pack(them)
    files = opened(data)
    said = {each["name"]: each for each in manifest(files)["files"]}
    assert set(said) == set(files) - {"manifest.json"} == {*FILES, "cover.pdf"}
    for name, each in said.items():
        assert (each["sha256"], each["bytes"]) == (hashlib.sha256(files[name]).hexdigest(), len(files[name]))
    cover = "".join(text_of(files["cover.pdf"]).split())
    assert [name for name in FILES if said[name]["sha256"] not in cover] == []
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert {name: said[name]["rows"] for name in FILES} == {name: len(table(files, name)) for name in FILES}


def test_the_same_records_on_the_same_day_give_the_same_bytes(them):
    full(them)
    first, second = pack(them)[1], pack(them)[1]
    assert first == second
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_quarter_gives_an_honest_empty_pack(them):
    factories.paid(them, days=3)
    made, data = pack(them, quarter=Quarter(2026, 1))
    files = opened(data)
    assert {name: table(files, name) for name in FILES if name != "days-to-pay-sums.csv"} == {
        name: [] for name in FILES if name != "days-to-pay-sums.csv"
    }
    assert [row["How many"] for row in table(files, "days-to-pay-sums.csv")] == ["0", "0", "0"]
    assert [row["Median days"] for row in table(files, "days-to-pay-sums.csv")] == ["", "", ""]
    assert (made.differs, set(made.sums.values())) == ("", {0})
    assert "Nothing was written in the book." in text_of(files["cover.pdf"])


# --- what a scope holds ---


def test_a_fund_has_its_own_and_nothing_of_another(them):
    one, two = factories.fund(them, "Council"), factories.fund(them, "Trust")
    in_one = factories.paid(them, fund_line=factories.line_of(one), days=1)
    in_two = factories.paid(them, them.bo, fund_line=factories.line_of(two), days=2)
    for fund, own, pence in ((one, in_one, 5_500), (two, in_two, 5_500)):
        made, data = pack(them, fund=fund, quarter=None)
        files = opened(data)
        assert [row["Payment"] for row in table(files, "payments.csv")] == [str(own.part_id)]
        assert {row["Fund"] for row in table(files, "ledger.csv")} == {fund.name}
        assert (made.sums["Paid in all"], made.differs) == (pence, "")
    assert pack(them)[0].sums["Paid in all"] == 11_000


def test_money_that_leaves_in_the_next_quarter_is_in_both_and_paid_once(them):
    them.gus = factories.add("Gus", them.organisation)
    payment = factories.money.approved(them, method="BANK")
    factories.money.with_payee(them.asha)
    day = date(2027, 1, 4)
    at = factories.later((day - ON).days)
    payments.send(part_id=payment.part_id, on=day, by=them.fay, at=at)
    first = pack(them, on=day)[0]
    made, data = pack(them, quarter=Quarter(2027, 1), on=day)
    files = opened(data)
    assert (first.sums["Paid in all"], made.sums["Paid in all"]) == (0, 5_500)
    assert [row["Payment"] for row in table(files, "payments.csv")] == [str(payment.part_id)]
    owed = next(row for row in table(files, "ledger-sums.csv") if row["Account"] == "Owed")
    assert (owed["Before: out of"], owed["Onto"], owed["After: out of"]) == ("55.00", "55.00", "0.00")
    assert table(files, "days-to-pay.csv") == []  # the work was done in the quarter before
    assert made.differs == first.differs == ""


def test_a_quarter_ends_at_midnight_where_the_organisation_is(them):
    them.organisation.zone = "Pacific/Auckland"
    them.organisation.save(update_fields=["zone"])
    payment = factories.money.done(them)
    late = AT.replace(month=12, day=31, hour=12)  # already the new year there
    payments.approve(part_id=factories.money.part(payment).pk, by=them.dee, at=late)
    day = date(2027, 1, 4)
    assert pack(them, on=day)[1] and table(opened(pack(them, on=day)[1]), "ledger.csv") == []
    assert len(table(opened(pack(them, quarter=Quarter(2027, 1), on=day)[1]), "ledger.csv")) > 0


def test_other_organisations_are_never_in_it(them):
    others = work.cast("Far Valley")
    factories.money.arrived(others)
    made, data = pack(them)
    assert made.sums["Paid in all"] == 0
    assert table(opened(data), "payments.csv") == []


def test_offers_without_a_yes_to_money_move_none_and_are_not_there(them):
    made = work.offer(them)
    offers.answer(offer_id=made.pk, state="DECLINED", reason="CANARY", by=them.asha, at=AT)
    work.offer(them, them.bo)
    assert table(opened(pack(them)[1]), "offers.csv") == []


# --- who, and what is noted ---


def test_taking_it_is_one_line_in_the_record(them):
    before = JournalLine.objects.count()
    made, _ = pack(them)
    line = JournalLine.objects.order_by("pk").last()
    assert JournalLine.objects.count() == before + 1
    assert (line.what, line.by_person, line.facts["sha256"]) == ("audits.pack.taken", them.fay.pk, made.sha256)


@pytest.mark.parametrize(("who", "code"), [("dee", None), ("fay", None), ("lea", "not-asked"), ("asha", "not-asked"), ("eli", "not-asked")])  # fmt: skip
def test_only_who_approves_or_pays_takes_it(them, who, code):
    found = permissions.why_not_take(them.organisation, by=getattr(them, who))
    assert (found and found.code) == code


def test_nobody_takes_it_for_somebody_else(them):
    them.fay.helped_by = them.bo
    assert permissions.why_not_take(them.organisation, by=them.fay).code == "helped"


@pytest.mark.parametrize(
    ("what", "code"),
    [({"quarter": None}, "no-scope"), ({"quarter": Quarter(2027, 1)}, "not-yet"), ({"fund": "other"}, "other-fund")],
)
def test_a_scope_that_cannot_be_is_refused_and_changes_nothing(them, what, code):
    if what.get("fund"):
        what = {"fund": factories.fund(work.cast("Far Valley"))}
    before = JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        pack(them, **what)
    assert (stop.value.refusal.code, JournalLine.objects.count()) == (code, before)


def test_the_page_gives_a_file_that_no_browser_keeps(them):
    factories.paid(them, days=3)
    url = reverse("audits:pack", args=[them.organisation.pk])
    answer = browser(them.fay).post(url, {"quarter": "2026-Q4"})
    data = b"".join(answer.streaming_content)
    assert set(opened(data)) == {*FILES, "cover.pdf", "manifest.json"}
    assert answer["Content-Disposition"] == 'attachment; filename="audit-2026-Q4.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert "Choose a fund, a quarter, or both." in browser(them.fay).post(url, {}).content.decode()


def test_the_page_asks_for_the_second_factor(them):
    answer = browser(them.fay, second=False).post(reverse("audits:pack", args=[them.organisation.pk]), {})
    assert (answer.status_code, answer.url) == (302, reverse("people:second"))


def test_the_payments_say_to_whom_the_money_went():
    them, gathering = claims.scene(work=False)
    claims.receipt(them, gathering)
    sent = claims.sent(them, gathering, method="PREPAID", provider="Quayside Care")
    payments.approve(part_id=factories.money.part(sent.offer).pk, by=them.dee, at=AT)
    given = work.offer(them, them.bo)
    offers.answer(offer_id=given.pk, state="GIVEN", given_to="The hospice", by=them.bo, at=AT)
    offers.say_done(offer_id=given.pk, on=ON, by=them.bo, at=AT)
    rows = table(opened(pack(them)[1]), "payments.csv")
    assert [(row["To"], row["Paid to"]) for row in rows] == [("Asha", "Quayside Care"), ("Bo", "whom they named")]


def test_the_form_begins_with_the_present_quarter():
    them = factories.cast()
    shown = browser(them.dee).get(reverse("audits:pack", args=[them.organisation.pk])).context["form"]["quarter"]
    assert shown.value() == quarter_of(timezone.localdate()).name


# --- what it never says ---


def test_no_file_and_no_page_says_why_a_person_is_involved():
    """Planted words in every place where somebody could have written why: none is in any page or file of the pack."""
    them, gathering = claims.scene(work=False)
    Initiative.objects.filter(pk=them.initiative.pk).update(name="CANARY psychosis group", about="CANARY about")
    Lens.objects.create(person=them.asha, words="CANARY lens", side="lived")
    receipt = claims.receipt(them, gathering, words="CANARY pharmacy")
    sent = claims.sent(them, gathering, method="CASH")
    made = work.offer(them, task="CANARY talk about the ward", costs_pence=500, costs_words="CANARY carer",
                      ask_words="CANARY ask")  # fmt: skip
    offers.answer(offer_id=made.pk, state="ACCEPTED", method="VOUCHER", shop="CANARY shop", reason="CANARY reason",
                  by=them.asha, at=AT)  # fmt: skip
    offers.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    given = work.offer(them, them.bo, task="CANARY walk")
    offers.answer(offer_id=given.pk, state="GIVEN", given_to="CANARY hospice", by=them.bo, at=AT)
    offers.say_done(offer_id=given.pk, on=ON, by=them.bo, at=AT)
    for offer in (made, given, sent.offer):
        part = factories.money.part(offer)
        payments.hold(part_id=part.pk, words="CANARY hold", by=them.dee, at=AT)
        payments.release(part_id=part.pk, by=them.dee, at=AT)
        payments.approve(part_id=part.pk, by=them.dee, at=AT)
    payments.send(part_id=factories.money.part(made).pk, on=ON, by=them.fay, at=AT)
    back = factories.money.sent(them, them.cy, task="CANARY visit")
    payments.came_back(payment=back, words="CANARY closed", by=them.fay, at=AT)
    files = opened(pack(them, pictures=True)[1])
    for name, data in files.items():
        said = text_of(data) if name.endswith(".pdf") else data.decode("latin-1")
        assert "CANARY" not in said.upper(), name
        assert "CANARY" not in name.upper()
    assert [name for name in files if name.startswith("receipts/")] == [f"receipts/receipt-{receipt.pk}.jpg"]
    for name in ("late", "days", "days_list", "pack"):
        for person in (them.dee, them.lea):
            args = [] if name == "late" else [them.organisation.pk]
            assert "CANARY" not in browser(person).get(reverse(f"audits:{name}", args=args)).content.decode().upper()
    assert len(table(files, "payments.csv")) == 4


def test_pictures_are_there_only_when_asked_for_and_named_by_number():
    them, gathering = claims.scene(work=False)
    receipt = claims.receipt(them, gathering)
    claims.sent(them, gathering)
    without, files = opened(pack(them)[1]), opened(pack(them, pictures=True)[1])
    name = f"receipts/receipt-{receipt.pk}.jpg"
    assert name not in without and name in files
    [row] = [row for row in table(files, "receipts.csv") if row["Picture"]]
    assert (row["Picture"], row["SHA-256 of the picture"]) == (name, hashlib.sha256(files[name]).hexdigest())
    [row] = [row for row in table(without, "receipts.csv") if row["Picture"]]
    assert row["Picture"] == "kept, not in this pack"
    out = io.BytesIO()
    operations.take(scope=factories.scope(them), out=out, by=None, at=AT, pictures=True)
    assert name not in opened(out.getvalue())  # the installation itself is nobody who may see them


def test_no_cell_becomes_a_formula(them):
    them.asha.shown_name = "=HYPERLINK(1)"
    them.asha.save(update_fields=["shown_name"])
    factories.money.with_payee(them.asha)
    payment = factories.money.approved(them, method="BANK")
    payments.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT, reference="@SUM(A1)")
    fund = factories.fund(them, "+Fund")
    factories.paid(them, them.bo, fund_line=factories.line_of(fund))
    files = opened(pack(them)[1])
    cells = [cell for name in FILES for row in table(files, name) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert {"'=HYPERLINK(1)", "'@SUM(A1)", "'+Fund"} <= set(cells)
    assert all(files[name].startswith(b"\xef\xbb\xbf") for name in FILES)


def test_a_cover_that_cannot_be_set_is_given_in_words(them, monkeypatch):
    def cannot(name, data):
        raise papers.CannotSet("no letters")

    monkeypatch.setattr(papers, "pdf", cannot)
    files = opened(pack(them)[1])
    assert "cover.pdf" not in files
    assert "Payments and book agree to the penny." in files["cover.txt"].decode()


def test_a_payment_that_the_book_has_and_the_list_has_not_is_said(them, monkeypatch):
    factories.paid(them, days=1)
    monkeypatch.setattr(operations, "_in_book", lambda payment: "payment:0")
    made, data = pack(them)
    assert made.differs.startswith("The payments here and the book differ by £55.00.")
    assert manifest(opened(data))["payments_and_book_agree"] is False


def test_the_number_of_queries_does_not_grow_with_payments(them, queries_of):
    counts = []
    for rows in (1, 3):
        for _ in range(rows):
            factories.money.arrived(them)
        counts.append(queries_of(lambda: pack(them, quarter=Q4)))
    assert counts[0] == counts[1]
