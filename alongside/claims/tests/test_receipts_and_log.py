"""Receipts: cleaned, kept apart, seen by few, thrown away. The log: four states, never mixed, few people no number."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.calculations.small_numbers import TOO_FEW
from alongside.claims import operations, permissions, policies, queries
from alongside.claims.models import Claim, ClaimLine, LogEntry, Receipt
from alongside.claims.states import MOST_RECEIPTS, Pay
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT, ON
from alongside.claims.tests.test_claims import refused
from alongside.config import backup, own_record
from alongside.contributions import operations as money_of_offers
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState, OfferState
from alongside.contributions.tests import factories as offers
from alongside.initiatives import operations as initiatives
from alongside.people.operations import erase
from alongside.record.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    """An empty shelf for each test."""
    settings.RECEIPTS = tmp_path / "receipts"
    return settings.RECEIPTS


# --- receipts ---


def test_the_picture_that_is_kept_says_nothing_of_where_it_was_taken(shelf):
    them, gathering = factories.scene(work=False)
    assert b"51.5007N" in factories.photo()
    receipt = factories.receipt(them, gathering)
    kept = policies.read_file(receipt.file)
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"51.5007N" not in kept
    assert "phone" not in receipt.file
    path = shelf / receipt.file
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o077) == (0o600, 0)
    assert policies.digest_of(kept) == receipt.digest


def test_the_shelf_lies_where_no_address_leads():
    from alongside.config import settings as site

    assert site.RECEIPTS == site.DATA / "files" / "receipts"
    assert not str(site.RECEIPTS).startswith(str(site.STATIC_ROOT))
    assert not getattr(settings, "MEDIA_URL", "").strip("/")


def test_a_receipt_waits_and_goes_with_the_claim():
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    claim = factories.sent(them, gathering, words=())
    receipt.refresh_from_db()
    assert (claim.pence, receipt.sent_at) == (1250, AT)
    assert [(line.kind, line.words, line.receipt) for line in queries.lines_of(claim)] == [
        ("RECEIPT", "Taxi home", receipt)
    ]
    assert claim.offer.costs_words == "a receipt"
    operations.take_back(claim_id=claim.pk, by=them.asha, at=AT)
    assert list(queries.waiting_receipts(them.asha)) == [receipt]
    assert factories.sent(them, gathering, words=()).pence == 1250


def test_who_pays_sees_the_receipt_once_it_was_sent_and_who_leads_never():
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    who = ("asha", "bo", "dee", "fay", "lea", "eli")

    def seen():
        return [name for name in who if queries.receipts_visible_to(getattr(them, name), ON).exists()]

    assert seen() == ["asha"]
    factories.sent(them, gathering, words=())
    assert seen() == ["asha", "dee", "fay"]
    assert not queries.receipts_visible_to(None, ON).exists()
    other = offers.cast("Far Valley")
    assert not queries.receipts_visible_to(other.dee, ON).exists()
    assert receipt.words == "Taxi home"


def arrived(them, claim, on):
    """The costs of a claim arrived on a day."""
    for money in (MoneyState.APPROVED, MoneyState.SENT, MoneyState.ARRIVED):
        for part in contributions.parts_of(claim.offer):
            money_of_offers.settle_part(part_id=part.pk, money=money, at=AT, on=on)


@pytest.mark.parametrize(("days", "sees"), [(0, True), (31, True), (32, False)])
def test_a_picture_is_shut_to_who_pays_some_days_after_the_money_arrived(days, sees):
    them, gathering = factories.scene(work=False)
    factories.receipt(them, gathering)
    claim = factories.sent(them, gathering, words=())
    arrived(them, claim, ON)
    on = ON + timedelta(days=days)
    assert queries.receipts_visible_to(them.asha, on).exists()
    assert queries.receipts_visible_to(them.dee, on).exists() == sees
    (((line, shut),),) = queries.proof_to_see([claim.offer_id], on).values()
    assert (line.kind, shut) == (
        "RECEIPT", "" if sees else "shut, 31 days after the money arrived. An audit pack holds it"
    )  # fmt: skip


def test_a_picture_is_shut_to_everybody_once_its_owner_was_erased():
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    claim = factories.sent(them, gathering, words=())
    erase(person_id=them.asha.pk, by=them.asha, at=AT, also=[operations.erase_words])
    assert not any(queries.receipts_visible_to(who, ON).exists() for who in (them.dee, them.fay, them.lea))
    (((_, shut),),) = queries.proof_to_see([claim.offer_id], ON).values()
    assert "the person was erased" in shut
    assert policies.read_file(receipt.file)


def test_the_own_record_holds_the_own_pictures_and_no_others(django_capture_on_commit_callbacks):
    them, gathering = factories.scene(work=False)
    kept, thrown = factories.receipt(them, gathering), factories.receipt(them, gathering)
    with django_capture_on_commit_callbacks(execute=True):
        operations.drop_receipt(receipt_id=thrown.pk, by=them.asha, at=AT)
    factories.sent(them, gathering, words=())
    name = f"receipts/receipt-{kept.pk}.jpg"
    zipped = own_record.packed({}, AT, own_record.files_about(them.asha))
    files = zipfile.ZipFile(io.BytesIO(zipped))
    assert [each for each in files.namelist() if each.startswith("receipts/")] == [name]
    assert files.read(name) == policies.read_file(kept.file)
    assert [row["picture"] for row in queries.about_me(them.asha)["receipts"]] == [name]
    assert own_record.files_about(them.dee) == []


def test_what_who_pays_reads_of_costs_was_never_typed():
    them, gathering = factories.scene(work=False)
    factories.receipt(them, gathering, words="Taxi from the ward")
    claim = factories.sent(them, gathering)
    (lines,) = queries.proof_of([claim.offer_id]).values()
    assert [(line.get_kind_display(), line.pence) for line in lines] == [("Fixed sum", 600), ("Receipt", 1250)]
    assert "ward" not in claim.offer.costs_words


def test_a_receipt_is_thrown_away_before_it_is_sent_and_not_after(django_capture_on_commit_callbacks, shelf):
    them, gathering = factories.scene(work=False)
    first, second = factories.receipt(them, gathering), factories.receipt(them, gathering)
    assert refused(operations.drop_receipt, receipt_id=first.pk, by=them.lea, at=AT) == "not-yours"
    with django_capture_on_commit_callbacks(execute=True):
        operations.drop_receipt(receipt_id=first.pk, by=them.asha, at=AT)
    assert [path.name for path in shelf.rglob("*.jpg")] == [second.file.partition("/")[2]]
    factories.sent(them, gathering, words=())
    assert refused(operations.drop_receipt, receipt_id=second.pk, by=them.asha, at=AT) == "sent"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.pdf", b"%PDF-1.4", "pdf"), ("a.heic", b"\0\0\0\x18ftypheic", "heic"), ("a.jpg", b"", "empty")],
)
def test_what_is_no_picture_leaves_nothing_behind(name, data, code, shelf):
    them, gathering = factories.scene(work=False)
    facts = {"initiative": them.initiative, "activity_on": ON, "words": "Taxi", "pence": 900, "gathering": gathering}
    assert refused(operations.add_receipt, name=name, data=data, by=them.asha, at=AT, **facts) == code
    assert (Receipt.objects.count(), list(shelf.rglob("*")) if shelf.exists() else []) == (0, [])


def test_few_receipts_wait_at_once_and_only_of_who_was_there():
    them, gathering = factories.scene(work=False)
    assert refused(factories.receipt, them, gathering, by=them.bo) == "not-there"
    for _ in range(MOST_RECEIPTS):
        factories.receipt(them, gathering)
    assert refused(factories.receipt, them, gathering) == "many"


def test_pictures_are_thrown_away_when_the_money_years_are_over(django_capture_on_commit_callbacks, shelf):
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    factories.sent(them, gathering, words=())
    last, first_over = AT.replace(year=2033, month=12, day=31), AT.replace(year=2034, month=1, day=1)
    assert operations.tidy(at=last) == 0
    assert policies.read_file(receipt.file)
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.tidy(at=first_over) == 1
    receipt.refresh_from_db()
    assert (policies.read_file(receipt.file), receipt.thrown_at, queries.invariants()) == (None, first_over, [])
    assert ClaimLine.objects.get().pence == 1250


def test_the_daily_round_removes_what_a_broken_press_left(shelf):
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    policies.keep_file("2026/lost.jpg", b"x")
    policies.keep_file("2026/fresh.jpg", b"x")
    old = (AT - timedelta(days=2)).timestamp()
    for name in (receipt.file, "2026/lost.jpg"):
        os.utime(shelf / name, (old, old))
    assert operations.tidy(at=AT) == 1
    assert sorted(policies.files_on_shelf()) == sorted([receipt.file, "2026/fresh.jpg"])


def test_a_backup_takes_the_receipts_along_and_lets_old_years_go(shelf, settings, tmp_path):
    settings.DATA = tmp_path
    them, gathering = factories.scene(work=False)
    receipt = factories.receipt(them, gathering)
    backup._copy_receipts(AT)
    backup._copy_receipts(AT)
    copy = tmp_path / "backup" / "receipts" / receipt.file
    assert copy.read_bytes() == policies.read_file(receipt.file)
    assert copy.stat().st_mode & 0o777 == 0o600
    policies.throw_file(receipt.file)
    backup._copy_receipts(AT.replace(year=2033))
    assert copy.exists()
    backup._copy_receipts(AT.replace(year=2034))
    assert not copy.exists()


def test_a_lost_or_changed_picture_shows(shelf):
    them, gathering = factories.scene(work=False)
    first, second = factories.receipt(them, gathering), factories.receipt(them, gathering)
    policies.throw_file(first.file)
    (shelf / second.file).write_bytes(b"another")
    assert queries.invariants() == [
        f"The picture of receipt {first.pk} is missing.",
        f"The picture of receipt {second.pk} is not the one that was sent.",
    ]


def test_erasing_blanks_what_was_typed_and_keeps_the_sums(django_capture_on_commit_callbacks, shelf):
    them, gathering = factories.scene(work=False)
    sent, waits = factories.receipt(them, gathering), factories.receipt(them, words="Waits still")
    factories.sent(them, gathering, words=(), method="PREPAID", provider="Green Cabs")
    factories.told(them, None)
    factories.logged(them, words="About my night")
    with django_capture_on_commit_callbacks(execute=True):
        operations.erase_words(person=them.asha, at=AT)
    kept = repr([list(model.objects.values()) for model in (Claim, ClaimLine, Receipt, LogEntry)])
    for words in ("Taxi home", "Waits still", "Green Cabs", "Asha herself", "About my night"):
        assert words not in kept
    assert policies.read_file(sent.file)
    assert policies.read_file(waits.file) is None
    assert sorted(Claim.objects.values_list("pence", flat=True)) == [600, 1250]


def test_all_that_is_kept_is_in_ones_own_file():
    them, gathering = factories.scene()
    factories.receipt(them, gathering)
    factories.sent(them, gathering)
    factories.logged(them, words="Rang Bo", private=True)
    told = queries.about_me(them.asha)
    assert {title: len(rows) for title, rows in told.items()} == {
        "claims": 1, "lines of claims": 3, "receipts": 1, "time you wrote down": 1,
    }  # fmt: skip
    assert told["time you wrote down"][0]["words"] == "Rang Bo"
    assert not any(queries.about_me(them.bo).values())


# --- the log ---


def worked(them, person, state, minutes):
    """One piece of work of a person, in one of the four states."""
    if state in {Pay.CHOICE, Pay.UNPAID}:
        factories.logged(them, by=person, minutes=minutes, by_choice=state == Pay.CHOICE)
        return
    made = offers.offer(them, person, minutes=minutes)
    answer = (
        {"state": OfferState.PART, "pence": 0}
        if state == Pay.DECLINED
        else {"state": OfferState.ACCEPTED, "method": "CASH"}
    )
    offers.operations.answer(offer_id=made.pk, by=person, at=AT, **answer)
    offers.operations.say_done(offer_id=made.pk, on=ON, by=person, at=AT)


def people(them, count):
    """So many more people with a seat."""
    found = []
    for number in range(count):
        person = factories.add(f"P{number}", them.organisation)
        initiatives.give_seat(
            initiative=them.initiative, person=person, role="Knows the night shift", on=ON, by=them.lea, at=AT
        )
        found.append(person)
    return found


def test_the_four_states_are_never_mixed_and_few_people_are_no_number():
    them = factories.cast()
    crowd = people(them, 14)
    for place, (state, count, minutes) in enumerate(
        [(Pay.PAID, 5, 60), (Pay.UNPAID, 6, 90), (Pay.DECLINED, 2, 30), (Pay.CHOICE, 1, 10)]
    ):
        start = [0, 5, 11, 13][place]
        for person in crowd[start : start + count]:
            worked(them, person, state, minutes)
    totals, piles_up = queries.totals(them.initiative, 5)
    assert totals == {Pay.PAID: 300, Pay.DECLINED: TOO_FEW, Pay.CHOICE: TOO_FEW, Pay.UNPAID: 540}
    assert piles_up is True
    assert queries.totals(them.initiative, 6)[0][Pay.PAID] == TOO_FEW


def test_unpaid_work_does_not_pile_up_where_more_is_paid():
    them = factories.cast()
    crowd = people(them, 10)
    for number, person in enumerate(crowd):
        worked(them, person, Pay.PAID if number < 5 else Pay.UNPAID, 60 if number < 5 else 10)
    totals, piles_up = queries.totals(them.initiative, 5)
    assert (totals[Pay.PAID], totals[Pay.UNPAID], piles_up) == (300, 50, False)


def test_private_and_taken_away_entries_and_parts_of_offers_are_in_no_total():
    them = factories.cast()
    for person in people(them, 12)[:6]:
        factories.logged(them, by=person, private=True)
        operations.let_go(entry_id=factories.logged(them, by=person).pk, by=person, at=AT)
        offer = offers.accepted(them, person)
        factories.logged(them, by=person, offer=offer)
    assert set(queries.totals(them.initiative, 5)[0].values()) == {TOO_FEW}


def test_an_entry_that_is_part_of_an_offer_takes_its_state_from_the_answer():
    them = factories.cast()
    offer = offers.accepted(them)
    entry = factories.logged(them, offer=offer)
    assert queries.pay_of(entry) == Pay.PAID
    offers.operations.answer(offer_id=offer.pk, state=OfferState.PART, pence=0, by=them.asha, at=AT)
    assert [queries.pay_of(each) for each in queries.log_of(them.asha)] == [Pay.DECLINED]
    assert queries.own_totals(queries.log_of(them.asha)) == [
        (Pay.PAID, 0), (Pay.DECLINED, 30), (Pay.CHOICE, 0), (Pay.UNPAID, 0),
    ]  # fmt: skip


def test_a_yes_to_an_ask_without_money_is_by_choice():
    them = factories.cast()
    people_room = offers.people
    people_room.choose_unpaid(person_id=them.asha.pk, ask=True, by=them.asha, at=AT)
    them.asha.refresh_from_db()
    made = offers.offer(them, line=None, confirmed_unpaid=True)
    offer = offers.operations.answer(offer_id=made.pk, state=OfferState.ACCEPTED, by=them.asha, at=AT)
    assert queries.pay_of(factories.logged(them, offer=offer)) == Pay.CHOICE


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"on": ON + timedelta(days=1)}, "future"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(facts, code):
    them = factories.cast()
    assert refused(factories.logged, them, **facts) == code


def test_the_log_is_ones_own():
    them = factories.cast()
    assert refused(factories.logged, them, by=them.eli) == "no-seat"
    assert factories.logged(them, by=them.eli, initiative=None).initiative is None
    offer = offers.accepted(them)
    assert refused(factories.logged, them, by=them.bo, offer=offer) == "offer"
    assert refused(factories.logged, them, offer=offer, by_choice=True) == "offer"
    entry = factories.logged(them)
    assert refused(operations.let_go, entry_id=entry.pk, by=them.lea, at=AT) == "not-yours"
    lines = JournalLine.objects.count()
    operations.let_go(entry_id=entry.pk, by=them.asha, at=AT)
    assert JournalLine.objects.count() == lines + 1
    assert refused(operations.let_go, entry_id=entry.pk, by=them.asha, at=AT) == "state"
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.create(
            person=them.asha, kind="CALL", minutes=1, on=ON, by_choice=True, offer=offer, channel="SCREEN", made_at=AT
        )


def test_who_may_claim_table():
    them, gathering = factories.scene(work=False)
    facts = {"activity_on": ON, "today": ON, "gathering": gathering}
    assert permissions.why_not_claim(them.asha, by=them.asha, entitled=True, **facts) is None
    assert permissions.why_not_claim(them.asha, by=None, entitled=True, **facts).code == "nobody"
