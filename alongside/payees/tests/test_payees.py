"""An account is kept locked, and a new one counts only when a second way agrees."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.payees import operations, permissions, policies, queries
from alongside.payees.models import Payee
from alongside.payees.tests import factories
from alongside.payees.tests.factories import AT, IBAN, ON
from alongside.people import operations as people
from alongside.people import queries as known
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(do):
    with pytest.raises(Refused) as stop:
        do()
    return stop.value.refusal.code


# --- locked ---


def test_an_account_is_kept_locked_and_masked():
    them = factories.cast()
    payee = factories.typed(them.asha)
    kept = bytes(payee.sealed)
    assert b"38290008" not in kept
    assert b"200415" not in kept
    assert payee.last_figures == "0008"
    assert "38290008" not in str(JournalLine.objects.order_by("pk").last().facts)
    details = operations.open_details(payee)
    assert (details.name, details.sort_code, details.account, details.iban) == ("A Person", "200415", "38290008", "")


@pytest.mark.usefixtures("in_euro")
def test_an_international_number_is_kept_the_same_way():
    them = factories.cast()
    payee = factories.typed(them.asha, sort_code="", account="", iban=IBAN, bic="AIBKIE2D")
    assert payee.last_figures == "5678"
    assert IBAN.encode() not in bytes(payee.sealed)
    details = operations.open_details(payee)
    assert (details.iban, details.bic, details.account) == (IBAN, "AIBKIE2D", "")


@pytest.mark.usefixtures("in_euro")
@pytest.mark.parametrize(
    ("iban", "code"),
    [("TR330006100519786457841326", "not-reached"), ("RS35260005601001611379", None), ("GB29NWBK60161331926819", None)],
)
def test_euro_are_sent_only_to_countries_that_they_reach(iban, code):
    them = factories.cast()
    said = {"person": them.asha, "name": "A Person", "iban": iban, "by": them.asha, "at": AT}
    if code:
        assert refused(lambda: operations.set_payee(**said)) == code
    else:
        assert operations.set_payee(**said).last_figures == iban[-4:]
    assert Payee.objects.count() == (0 if code else 1)


def test_a_locked_account_opens_only_in_its_own_row_and_with_its_own_key(settings, tmp_path):
    them = factories.cast()
    asha, dee = factories.typed(them.asha), factories.typed(them.dee)
    other_row = {"person_id": them.dee.pk, "token": dee.token}
    assert refused(lambda: policies.open_details(asha.sealed, **other_row)) == "no-key"
    settings.DATA = tmp_path
    assert refused(lambda: operations.open_details(asha)) == "no-key"


# --- a second way ---


def test_the_first_account_counts_at_once_and_the_next_one_waits():
    them = factories.cast()
    first = factories.typed(them.asha)
    assert queries.payee_of(them.asha) == first
    new = factories.typed(them.asha, "38290009")
    assert (queries.payee_of(them.asha), queries.waiting_of(them.asha)) == (first, new)
    assert operations.open_details(queries.payee_of(them.asha)).account == "38290008"
    assert queries.current_of([them.asha.pk]) == {them.asha.pk: first}
    assert queries.waiting_among([them.asha.pk, them.dee.pk]) == {them.asha.pk}
    told = ToTell.objects.get(about=f"payee:{new.pk}")
    assert "until then no money goes out" in told.words


def test_the_first_account_waits_when_a_helper_typed_it():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    them.asha.helped_by = them.lea
    factories.typed(them.asha)
    them.asha.helped_by = None
    assert queries.payee_of(them.asha) is None
    waits = queries.waiting_of(them.asha)
    assert (waits.typed_by, waits.code_by) == (them.lea, "PHONE")
    assert ToTell.objects.filter(person=them.asha, about=f"payee:{waits.pk}").exists()


def test_forgetting_does_not_make_the_next_account_the_first():
    them = factories.cast()
    factories.typed(them.asha)
    operations.drop_payee(person=them.asha, by=them.asha, at=AT)
    assert queries.payee_of(them.asha) is None
    factories.typed(them.asha)
    assert queries.payee_of(them.asha) is None
    assert queries.waiting_of(them.asha)


WAYS = [
    (["PHONE", "MAIL"], True, "PHONE"), (["LETTER", "MAIL"], True, "LETTER"), (["MAIL"], True, None),
    (["MAIL"], False, "MAIL"), ([], False, None), (["PHONE", "LETTER"], False, "PHONE"),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "signs_in", "way"), WAYS, ids=str)
def test_the_code_goes_by_another_way_than_the_one_they_came_in_by(kinds, signs_in, way):
    known = dict.fromkeys(kinds, AT - timedelta(days=7))
    assert policies.second_way(known, signs_in=signs_in, at=AT) == way


def test_a_way_that_was_just_written_down_brings_no_code():
    assert policies.second_way({"PHONE": AT - timedelta(days=6)}, signs_in=True, at=AT) is None
    assert policies.second_way({"PHONE": AT, "LETTER": AT - timedelta(days=8)}, signs_in=True, at=AT) == "LETTER"
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    factories.with_contact(them.asha, "PHONE", "07700 900666", at=AT)
    assert factories.waits(them.asha).code_by == ""
    assert not ToTell.objects.filter(about__startswith="payee-code:").exists()


def test_the_same_number_kept_again_is_no_newer():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    factories.with_contact(them.asha, "PHONE", "07700 900123", at=AT)
    assert factories.waits(them.asha).code_by == "PHONE"


def waiting_code(them):
    """Somebody's new account, and the row in which its code waits to be said."""
    factories.signs_in(them.asha)
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    return factories.waits(them.asha), ToTell.objects.get(person=them.asha, about__startswith="payee-code:")


END_OF_A_CODE = {
    "confirmed": lambda them, new, code: operations.confirm_seen(payee_id=new.pk, by=them.lea, at=AT),
    "taken back": lambda them, new, code: operations.drop_waiting(person=them.asha, by=them.asha, at=AT),
    "said": lambda them, new, code: people.mark_told(telling_id=code.pk, by=them.lea, at=AT),
    "another phone": lambda them, new, code: factories.with_contact(them.asha, "PHONE", "07700 900666", at=AT),
    "too old": lambda them, new, code: people.forget_secrets(at=AT + timedelta(days=15)),
}


@pytest.mark.parametrize("end", END_OF_A_CODE.values(), ids=END_OF_A_CODE)
def test_a_code_is_blanked_when_it_is_needed_no_more(end):
    them = factories.cast()
    new, code = waiting_code(them)
    assert code.words
    end(them, new, code)
    code.refresh_from_db()
    assert code.words == ""


def test_who_keeps_the_list_does_not_read_their_own_code_there():
    them = factories.cast()
    factories.with_contact(them.lea, "PHONE", "07700 900124")
    factories.waits(them.lea)
    assert [row.person for row in known.still_to_tell([them.lea.pk], them.dee)] == [them.lea]
    assert list(known.still_to_tell([them.lea.pk], them.lea)) == []


def test_who_confirms_reads_that_a_number_is_too_new():
    them = factories.cast()
    factories.with_contact(them.asha, "LETTER", "1 Quay Street")
    factories.with_contact(them.asha, "PHONE", "07700 900666", at=AT)
    [(payee, ways)] = queries.with_new_ways([factories.waits(them.asha)])
    assert (payee.person, [way.kind for way in ways]) == (them.asha, ["PHONE"])


def test_the_right_code_confirms_and_blanks_what_was_there():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    new = factories.waits(them.asha)
    old, code = queries.payee_of(them.asha), factories.code_of(them.asha)
    assert (new.code_by, len(code)) == ("PHONE", 6)
    assert code not in new.code_digest
    assert operations.confirm_by_code(payee_id=new.pk, typed=f"{code[:3]} {code[3:]}", by=them.asha, at=AT)
    old.refresh_from_db()
    new.refresh_from_db()
    assert queries.payee_of(them.asha) == new
    assert (new.confirmed, new.confirmed_by, new.code_digest) == ("CODE", them.asha, "")
    assert (old.name, old.last_figures, bytes(old.sealed), old.replaced_at) == ("", "", b"", AT)


def test_wrong_codes_are_counted_and_five_are_enough():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    new = factories.waits(them.asha)
    code = factories.code_of(them.asha)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert operations.confirm_by_code(payee_id=new.pk, typed=wrong, by=them.asha, at=AT) is False
    again = {"payee_id": new.pk, "typed": code, "by": them.asha}
    assert refused(lambda: operations.confirm_by_code(**again, at=AT)) == "code-over"
    Payee.objects.filter(pk=new.pk).update(tries=0)
    assert refused(lambda: operations.confirm_by_code(**again, at=AT + timedelta(days=15))) == "code-over"
    assert queries.payee_of(them.asha).last_figures == "0008"


def test_who_typed_it_does_not_type_the_code():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    factories.typed(them.asha)
    them.asha.helped_by = them.lea
    factories.typed(them.asha, "38290009")
    new = queries.waiting_of(them.asha)
    code = factories.code_of(them.asha)
    try_it = {"payee_id": new.pk, "typed": code, "by": them.asha, "at": AT}
    assert refused(lambda: operations.confirm_by_code(**try_it)) == "same-helper"
    them.asha.helped_by = them.dee
    assert operations.confirm_by_code(**try_it)


VOUCH = {"lea": "", "dee": "", "fay": "", "asha": "own-payee", "eli": "not-asked"}


@pytest.mark.parametrize(("name", "code"), VOUCH.items())
def test_somebody_who_talked_with_them_confirms(name, code):
    them = factories.cast()
    new = factories.waits(them.asha)
    by = getattr(them, name)
    found = permissions.why_not_vouch(new, by=by)
    assert (found.code if found else "") == code
    lines = JournalLine.objects.count()
    if code:
        assert refused(lambda: operations.confirm_seen(payee_id=new.pk, by=by, at=AT)) == code
        assert queries.payee_of(them.asha).last_figures == "0008"
    else:
        operations.confirm_seen(payee_id=new.pk, by=by, at=AT)
        assert queries.payee_of(them.asha) == new
        assert ToTell.objects.filter(person=them.asha, about=f"payee-seen:{new.pk}").count() == 1
    assert JournalLine.objects.count() == lines + (0 if code else 1)


def test_who_typed_it_and_who_acts_for_another_do_not_confirm():
    them, others = factories.cast(), factories.cast("Far Valley")
    factories.typed(them.asha)
    them.asha.helped_by = them.lea
    factories.typed(them.asha, "38290009")
    new = queries.waiting_of(them.asha)
    assert permissions.why_not_vouch(new, by=them.lea).code == "own-typing"
    assert permissions.why_not_vouch(new, by=others.lea).code == "not-asked"
    them.fay.helped_by = them.lea
    assert permissions.why_not_vouch(new, by=them.fay).code == "helped"
    with pytest.raises(IntegrityError), transaction.atomic():
        Payee.objects.filter(pk=new.pk).update(confirmed="SEEN", confirmed_at=AT, confirmed_by=them.lea)


def test_a_third_account_takes_the_place_of_the_one_that_waits():
    them = factories.cast()
    second = factories.waits(them.asha)
    third = factories.typed(them.asha, "38290010")
    second.refresh_from_db()
    assert (bytes(second.sealed), queries.waiting_of(them.asha)) == (b"", third)
    operations.drop_waiting(person=them.asha, by=them.asha, at=AT)
    assert queries.waiting_of(them.asha) is None
    assert queries.payee_of(them.asha).last_figures == "0008"


def test_only_the_person_types_drops_and_stands_by():
    them = factories.cast()
    factories.typed(them.asha)
    for do in (
        lambda: operations.set_payee(person=them.asha, name="x", sort_code="1", account="2", by=them.fay, at=AT),
        lambda: operations.drop_payee(person=them.asha, by=them.fay, at=AT),
        lambda: operations.drop_waiting(person=them.asha, by=them.fay, at=AT),
        lambda: operations.stand_by(person=them.asha, by=them.fay, at=AT),
    ):
        assert refused(do) == "not-yours"
    later = AT + timedelta(days=1)
    assert operations.stand_by(person=them.asha, by=them.asha, at=later).confirmed_at == later


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_person_has_one_current_and_one_waiting_account(confirmed):
    them = factories.cast()
    new = factories.waits(them.asha)
    known = {"confirmed": "FIRST", "confirmed_at": AT, "confirmed_by": them.asha} if confirmed else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Payee.objects.create(person=them.asha, sealed=b"", made_at=AT, typed_by=new.typed_by, **known)


# --- for other rooms ---


def test_today_says_what_waits_to_whom():
    them, others = factories.cast(), factories.cast("Far Valley")
    factories.waits(them.asha)
    say = {name: [line.words for line in queries.today(getattr(them, name), ON)] for name in ("asha", "lea", "eli")}
    assert say == {"asha": ["Confirm your new bank details"], "lea": ["1 new account to confirm"], "eli": []}
    assert queries.today(others.lea, ON) == []
    assert queries.today(None, ON) == []


def test_about_me_is_masked_and_erasing_blanks_everything():
    them = factories.cast()
    factories.waits(them.asha)
    rows = queries.about_me(them.asha)["Where your money goes"]
    assert [(row["account_ends_in"], row["confirmed"]) for row in rows] == [
        ("0008", "The first account"), ("0009", "not yet"),
    ]  # fmt: skip
    operations.erase_words(person=them.asha, at=AT)
    assert queries.payee_of(them.asha) is None
    assert {bytes(row.sealed) for row in Payee.objects.all()} == {b""}
    assert set(Payee.objects.values_list("name", "last_figures")) == {("", "")}
