"""Download my record; erase me. What goes is exactly what each field declares, and the rows stay."""

import csv
import io
import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from alongside.config import adapter, own_record, wiring
from alongside.declared import blanks_of
from alongside.people import operations, queries
from alongside.people.models import AccessNeed, AssistedVisit, ClaimCode, Contact, Lens, Login, Person, ToTell
from alongside.people.states import ERASED_NAME, PersonState
from alongside.people.tests.factories import AT, LATER, as_guest, login_for, person, signed_in, visit
from alongside.record import queries as record
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"


@pytest.fixture
def asha():
    """Somebody with one of everything, each word of it a canary."""
    who = person(f"{CANARY} name", mail=f"{CANARY}@example.org", phone=f"{CANARY} phone")
    mine = {"by": who, "at": AT}
    operations.keep_contact(person_id=who.pk, kind="LETTER", value=f"{CANARY} street", safe=f"{CANARY} safe", **mine)
    operations.add_lens(person_id=who.pk, words=f"{CANARY} lens", side="lived", **mine)
    operations.add_need(person_id=who.pk, words=f"{CANARY} need", shared=True, **mine)
    operations.choose_unpaid(person_id=who.pk, ask=True, **mine)
    operations.make_claim_code(person=who, **mine)
    opened = visit(person("Bo"), who, present=f"{CANARY} sits here")
    operations.end_visit(visit_id=opened.pk, by=opened.helper, at=LATER)
    who.helped_by = None
    operations.tell(to=who, about="decision:1", words=f"{CANARY} words", at=AT)
    login = login_for(who, f"{CANARY}2@example.org")
    login.set_password(f"{CANARY} password")
    login.save()
    adapter.keep_address(login)
    Authenticator.objects.create(user=login, type="webauthn", data={"name": f"{CANARY} key"})
    who.refresh_from_db()
    return who


def dump():
    """Every value of every table, as text."""
    return {
        model._meta.db_table: [list(map(str, row)) for row in model._base_manager.values_list()]
        for model in apps.get_models()
        if model._meta.db_table != "django_session"
    }


def tables_with(word):
    return {table for table, rows in dump().items() for row in rows for value in row if word in value}


def erase(who, **more):
    return operations.erase(person_id=who.pk, by=who, at=LATER, **{"also": wiring.ERASING} | more)


def test_before_erasing_the_words_are_everywhere(asha):
    assert tables_with(CANARY) == {
        "person", "login", "lens", "contact", "access_need", "assisted_visit", "to_tell", "account_emailaddress",
        "mfa_authenticator",
    }  # fmt: skip


def test_after_erasing_no_word_is_left_and_every_row_is(asha):
    before = {table: len(rows) for table, rows in dump().items()}
    erase(asha)
    assert tables_with(CANARY) == set()
    after = {table: len(rows) for table, rows in dump().items()}
    gone = {table for table in before if after[table] < before[table]}
    assert gone == {"account_emailaddress", "mfa_authenticator"}, "only the sign-in library's rows go altogether"


@pytest.mark.parametrize("model", [Lens, Contact, AccessNeed, AssistedVisit, ToTell], ids=lambda model: model.__name__)
def test_exactly_the_declared_fields_are_blanked(asha, model):
    before = {row["id"]: row for row in model.objects.filter(person=asha).values()}
    erase(asha)
    for row in model.objects.filter(person=asha).values():
        for field in model._meta.concrete_fields:
            said = model.DECLARED.get(field.name)
            blanked = bool(said and said.personal and said.kept == "until-erased")
            expected = blanks_of(model)[field.name] if blanked else before[row["id"]][field.attname]
            assert row[field.attname] == expected, field


def test_person_and_login_keep_only_what_stands_for_somebody_who_left(asha):
    erase(asha)
    kept = Person.objects.values().get(pk=asha.pk)
    assert (kept.pop("shown_name"), kept.pop("state"), kept.pop("made_at")) == (ERASED_NAME, PersonState.ERASED, AT)
    assert kept == {
        "id": asha.pk, "back_on": None, "tell_by": "NONE", "quiet": False, "ask_unpaid": False,
    }  # fmt: skip
    login = Login.objects.get(email__startswith="erased-")
    assert (login.person, login.is_active, login.last_login, login.has_usable_password()) == (None, False, None, False)


def test_words_about_others_stay(asha):
    eli = person("Eli", mail="eli@example.org")
    operations.add_lens(person_id=eli.pk, words="Eli’s lens", by=eli, at=AT)
    erase(asha)
    assert list(queries.lenses_of(eli).values_list("words", flat=True)) == ["Eli’s lens"]
    assert queries.contact_for(eli).value == "eli@example.org"


def test_blank_of_a_relation_that_cannot_be_none_is_a_fault():
    class Bad(Lens):
        class Meta:
            proxy = True
            app_label = "people"

        DECLARED = Lens.DECLARED | {"person": Lens.DECLARED["words"]}

    del apps.all_models["people"]["bad"]
    with pytest.raises(ValueError, match="with-the-record"):
        blanks_of(Bad)


def test_erasing_ends_codes_sessions_and_sign_in(asha):
    client, guest = signed_in(asha), as_guest(asha)
    erase(asha)
    assert (client.get("/me/").status_code, guest.get("/me/").status_code) == (302, 302)
    assert not ClaimCode.objects.filter(used_at=None, expires_at__gt=LATER).exists()


def test_same_address_begins_a_new_record(asha):
    erase(asha)
    login = operations.open_login(address=f"{CANARY}2@example.org")
    assert login.person is None


def test_erasing_writes_one_line_and_breaks_no_chain(asha):
    before = JournalLine.objects.count()
    erase(asha)
    lines = [line for line in JournalLine.objects.order_by("pk")[before:] if line.what.startswith("people.")]
    assert [(line.what, line.by_person, line.facts) for line in lines] == [("people.person.erased", asha.pk, {})]
    assert record.first_broken_line() is None


def test_erased_person_cannot_be_erased_again(asha):
    erase(asha)
    asha.refresh_from_db()
    with pytest.raises(Refused) as stop:
        erase(asha)
    assert stop.value.refusal.code == "erased"


def test_when_another_room_fails_nothing_is_erased(asha):
    def fail(*, person, at):
        raise RuntimeError("a room broke")

    before = dump()
    with pytest.raises(RuntimeError):
        erase(asha, also=[*wiring.ERASING, fail])
    assert dump() == before


def test_page_asks_twice_and_says_what_stays(asha):
    client = signed_in(asha)
    page = client.get("/me/erase/")
    assert "What stays" in page.text
    assert "This cannot be undone" in page.text
    client.get("/me/erase/?sure=ask")
    client.post("/me/erase/")
    assert "Tick this if you are sure." in client.post("/me/erase/?sure=ask", {"x": "1"}).text
    assert Person.objects.get(pk=asha.pk).state == PersonState.ACTIVE
    answer = client.post("/me/erase/?sure=ask", {"sure": "on"})
    assert "You are erased" in answer.text
    assert CANARY not in answer.text
    assert answer.headers["Clear-Site-Data"]
    assert client.get("/me/").status_code == 302


# --- my record ---


def unpacked(client):
    answer = client.post("/me/record/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-record.zip"'
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}


def test_record_holds_every_word_in_three_open_forms(asha):
    files = unpacked(signed_in(asha))
    words = [
        "name", "@example.org", " phone", " street", " safe", " lens", " need", " words", " sits here", "2@example.org",
        " key",
    ]  # fmt: skip
    for end in words:
        in_csv = "".join(text for name, text in files.items() if name.endswith(".csv"))
        for form in (files["record.html"], files["record.json"], in_csv):
            assert f"{CANARY}{end}" in form or f"{CANARY} {end}" in form, end
    assert "password" not in files["record.json"].lower().replace("sign-in", "")


def test_record_is_only_about_me(asha):
    eli = person("Eli")
    operations.add_lens(person_id=eli.pk, words="ELI-SECRET", by=eli, at=AT)
    assert not [name for name, text in unpacked(signed_in(asha)).items() if "ELI-SECRET" in text]


def test_json_can_be_read_by_a_program(asha):
    data = json.loads(unpacked(signed_in(asha))["record.json"])
    assert data["tables"]["You"][0]["Shown name"] == f"{CANARY} name"
    assert data["tables"]["You"][0]["Written down"] == "2026-11-02T10:00:00+00:00"


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(words):
    rows = list(csv.reader(io.StringIO(own_record.as_csv([{"a": words}]))))
    assert rows[1][0].startswith("'")


def test_tables_of_one_title_are_joined_and_headings_kept_in_order():
    assert own_record.as_csv([{"a": 1}, {"b": None, "a": True}]) == (
        '\ufeff"a","b"\r\n"1",""\r\n"yes",""\r\n'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "rows"),
    [([{"pay_kind": "cash"}], [{"Pay kind": "cash"}]), (["tea"], [{"What": "tea"}]), ("tea", [{"What": "tea"}]),
     (3, [{"What": 3}]), ([], []), (None, [])],
)  # fmt: skip
def test_whatever_a_room_tells_becomes_rows(told, rows):
    assert own_record.as_rows(told) == rows


def test_record_page_reads_without_us(asha):
    html = unpacked(signed_in(asha))["record.html"]
    assert "Monday 2 November 2026, 10:00" in html
    assert "<script" not in html
    assert "http" not in html.replace("https://", "http")


def test_record_page_says_how_much_there_is(asha):
    page = signed_in(asha).get("/me/record/").text
    assert "Ways to reach you" in page
    assert "3 lines" in page


def test_outsider_gets_no_record():
    assert Client().post("/me/record/").status_code == 302
