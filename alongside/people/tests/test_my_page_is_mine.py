"""Everybody changes only their own record, once for each press, with one line in the journal."""

import pytest
from django.db import IntegrityError, transaction

from alongside.people import operations, queries
from alongside.people.models import AccessNeed, Contact, Lens, Person
from alongside.people.states import NEXT, PersonState, TellBy
from alongside.people.tests.factories import AT, LATER, as_guest, login_for, person, signed_in, token
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    return person("Asha", mail="asha@example.org")


@pytest.fixture
def eli():
    return person("Eli")


@pytest.fixture
def client(asha):
    return as_guest(asha)


def lens_of(who, words="I was there", **more):
    return operations.add_lens(person_id=who.pk, words=words, by=who, at=AT, **more)


def need_of(who, words="Breaks", **more):
    return operations.add_need(person_id=who.pk, words=words, shared=more.pop("shared", True), by=who, at=AT, **more)


# Each: what is done, by whom to whom. `row` is made beforehand and belongs to `who`.
CHANGES = {
    "rename": lambda who, by, row: operations.rename(person_id=who.pk, shown_name="A.", by=by, at=AT),
    "telling": lambda who, by, row: operations.choose_telling(
        person_id=who.pk, tell_by="PHONE", quiet=True, by=by, at=AT
    ),
    "contact": lambda who, by, row: operations.keep_contact(
        person_id=who.pk, kind="PHONE", value="01632 960 123", safe="mornings", by=by, at=AT
    ),
    "unpaid": lambda who, by, row: operations.choose_unpaid(person_id=who.pk, ask=True, by=by, at=AT),
    "lens": lambda who, by, row: operations.add_lens(person_id=who.pk, words="w", by=by, at=AT),
    "count": lambda who, by, row: operations.count_lens(lens_id=row["lens"].pk, side="lived", by=by, at=AT),
    "let go": lambda who, by, row: operations.let_go_lens(lens_id=row["lens"].pk, by=by, at=AT),
    "need": lambda who, by, row: operations.add_need(person_id=who.pk, words="Lift", shared=True, by=by, at=AT),
    "share": lambda who, by, row: operations.share_need(need_id=row["need"].pk, shared=False, by=by, at=AT),
    "off": lambda who, by, row: operations.let_go_need(need_id=row["need"].pk, by=by, at=AT),
    "pause": lambda who, by, row: operations.move(person_id=who.pk, to=PersonState.PAUSED, by=by, at=AT),
    "code": lambda who, by, row: operations.make_claim_code(person=who, by=by, at=AT),
    "erase": lambda who, by, row: operations.erase(person_id=who.pk, by=by, at=AT),
}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Person, Lens, AccessNeed, Contact)]


@pytest.mark.parametrize("name", CHANGES)
def test_own_change_writes_one_line(asha, name):
    row = {"lens": lens_of(asha), "need": need_of(asha)}
    before = JournalLine.objects.count()
    CHANGES[name](asha, asha, row)
    lines = JournalLine.objects.order_by("pk")[before:]
    assert [(line.by_person, line.what.split(".")[0]) for line in lines] == [(asha.pk, "people")]


@pytest.mark.parametrize("name", CHANGES)
def test_change_by_somebody_else_is_refused_and_changes_nothing(asha, eli, name):
    row = {"lens": lens_of(asha), "need": need_of(asha)}
    before, lines = everything(), JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        CHANGES[name](asha, eli, row)
    assert stop.value.refusal.code == "not-yours"
    assert (everything(), JournalLine.objects.count()) == (before, lines)


def test_line_holds_no_words_of_the_person(asha):
    lens_of(asha, "SECRET-LENS")
    need_of(asha, "SECRET-NEED")
    operations.rename(person_id=asha.pk, shown_name="SECRET-NAME", by=asha, at=AT)
    operations.keep_contact(person_id=asha.pk, kind="PHONE", value="SECRET", safe="SECRET", by=asha, at=AT)
    assert not [line for line in JournalLine.objects.all() if "SECRET" in f"{line.facts}{line.subject}{line.what}"]


@pytest.mark.parametrize("start", list(PersonState))
@pytest.mark.parametrize("to", [PersonState.PAUSED, PersonState.STOPPED, PersonState.ACTIVE])
def test_breaks_follow_the_table(asha, start, to):
    Person.objects.update(state=start)
    asha.refresh_from_db()
    if to in NEXT[start]:
        assert operations.move(person_id=asha.pk, to=to, by=asha, at=AT).state == to
        return
    with pytest.raises(Refused) as stop:
        operations.move(person_id=asha.pk, to=to, by=asha, at=AT)
    assert stop.value.refusal.code == ("erased" if start == PersonState.ERASED else "state")
    assert Person.objects.get().state == start


def test_break_and_coming_back_keep_everything(client, asha):
    lens_of(asha)
    before = everything()
    client.post("/me/break/", {"back_on": "4 December 2026"})
    assert "You thought of coming back on Friday 4 December 2026" in client.get("/me/").text
    client.post("/me/back/")
    assert everything() == before


def test_stop_says_what_it_means_before_it_happens(client):
    assert "What you are owed is still paid." in client.get("/me/stop/").text
    client.post("/me/stop/")
    assert Person.objects.get().state == PersonState.STOPPED
    assert "You have stopped for now" in client.get("/me/").text


def test_name_may_be_in_any_letters_but_turns_no_page_around(client):
    client.post("/me/name/", {"shown_name": "  ‮evil‬\n Zoë   Ó Briain‏ "})
    assert Person.objects.get().shown_name == "evil Zoë Ó Briain"
    client.post("/me/name/", {"shown_name": "عائشة"})
    assert Person.objects.get().shown_name == "عائشة"


def test_name_is_shown_as_text(client):
    client.post("/me/name/", {"shown_name": "<script>alert(1)</script>"})
    page = client.get("/me/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("name", ["", "   ", "‮", "x" * 121])
def test_name_that_is_none_is_refused_with_words(client, name):
    page = client.post("/me/name/", {"shown_name": name})
    assert page.status_code == 200
    assert "Look at this again" in page.text
    assert Person.objects.get().shown_name == "Asha"


def test_choosing_a_way_without_an_address_leads_to_the_address(client, asha):
    answer = client.post("/me/telling/", {"tell_by": "PHONE"})
    assert answer.headers["Location"] == "/me/reach/phone/"
    client.post("/me/reach/phone/", {"value": "01632 960 123", "safe": "not after 5"})
    asha.refresh_from_db()
    assert (asha.tell_by, queries.contact_for(asha).safe) == (TellBy.PHONE, "not after 5")
    assert client.post("/me/telling/", {"tell_by": "PHONE", "quiet": "on"}).headers["Location"] == "/me/"


def test_contact_left_empty_is_taken_away(client, asha):
    client.post("/me/reach/mail/", {"value": "", "safe": "x"})
    assert queries.contact_for(asha, "MAIL") is None
    assert list(Contact.objects.values_list("value", "safe")) == [("", "")]


@pytest.mark.parametrize(("kind", "value"), [("mail", "nobody"), ("phone", "call me"), ("phone", "<b>")])
def test_contact_that_cannot_be_one_is_refused(client, asha, kind, value):
    page = client.post(f"/me/reach/{kind}/", {"value": value})
    assert "Look at this again" in page.text
    assert queries.contact_for(asha, "MAIL").value == "asha@example.org"


def test_unknown_kind_of_contact_does_not_exist(client):
    assert client.get("/me/reach/fax/").status_code == 404


def test_lens_is_in_own_words_and_added_once_for_one_press(client, asha):
    data = {"words": "I use services", "side": "lived", "once": token(client.get("/me/lens/"))}
    for _ in range(2):
        assert client.post("/me/lens/", data).headers["Location"] == "/me/"
    assert list(Lens.objects.values_list("words", "side")) == [("I use services", "lived")]


def test_lens_can_be_counted_otherwise_and_let_go(client, asha):
    lens = lens_of(asha, side="paid")
    client.post(f"/me/lens/{lens.pk}/", {"side": ""})
    assert Lens.objects.get().side == ""
    client.post(f"/me/lens/{lens.pk}/let-go/")
    assert list(queries.lenses_of(asha)) == []
    assert client.get(f"/me/lens/{lens.pk}/").status_code == 404
    with pytest.raises(Refused) as stop:
        operations.let_go_lens(lens_id=lens.pk, by=asha, at=LATER)
    assert stop.value.refusal.code == "state"


def test_lens_of_somebody_else_does_not_exist(client, eli):
    lens, need = lens_of(eli, "SECRET"), need_of(eli, "SECRET")
    for url in (
        f"/me/lens/{lens.pk}/",
        f"/me/lens/{lens.pk}/let-go/",
        f"/me/needs/{need.pk}/share/",
        f"/me/needs/{need.pk}/let-go/",
    ):
        answer = client.post(url, {"side": "paid", "shared": "no"})
        assert (answer.status_code, "SECRET" in answer.text) == (404, False)
    assert (Lens.objects.get().let_go_at, AccessNeed.objects.get().shared) == (None, True)


def test_page_is_the_same_whatever_the_lens(asha):
    """Nothing is offered or kept back because of where somebody looks from."""
    bo = person("Asha", mail="asha@example.org")
    lens_of(asha, "same words", side="lived")
    lens_of(bo, "same words", side="paid")
    links = [[part.split('"')[0] for part in as_guest(who).get("/me/").text.split('href="')[1:]] for who in (asha, bo)]
    assert len(links[0]) == len(links[1])


def test_needs_come_from_the_list_and_in_own_words_once_for_one_press(client, asha):
    page = client.get("/me/needs/")
    listed = page.context["form"].fields["needs"].choices
    assert len(listed) > 20
    data = {"needs": [listed[0][0], listed[1][0]], "own": "My dog comes along\n", "shared": "on", "once": token(page)}
    for _ in range(2):
        client.post("/me/needs/", data)
    assert [(bool(need.need), need.shared) for need in queries.needs_of(asha)] == [
        (True, True),
        (True, True),
        (False, True),
    ]
    assert queries.needs_of(asha)[2].words == "My dog comes along"


def test_need_on_the_page_is_not_added_twice(asha):
    assert need_of(asha, "Breaks") == need_of(asha, "breaks ")
    assert need_of(asha, "Hearing loop", need="hearing-loop") == need_of(asha, "Hearing loop", need="hearing-loop")
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessNeed.objects.create(person=asha, need="hearing-loop", words="x")


def test_needs_form_asks_for_at_least_one(client):
    page = client.post("/me/needs/", {"once": token(client.get("/me/needs/"))})
    assert "Choose at least one" in page.text


def test_hosts_see_only_what_is_shared(asha, eli):
    shown, hidden, gone = need_of(asha, "Breaks"), need_of(asha, "Taxi", shared=False), need_of(asha, "Quiet room")
    operations.let_go_need(need_id=gone.pk, by=asha, at=AT)
    need_of(eli, "Somebody else’s")
    assert list(queries.shared_needs([asha.pk])) == [shown]
    operations.share_need(need_id=shown.pk, shared=False, by=asha, at=AT)
    assert list(queries.shared_needs([asha.pk])) == []
    assert hidden in queries.needs_of(asha)


def test_need_is_shown_and_hidden_on_the_page(client, asha):
    need = need_of(asha, shared=False)
    client.post(f"/me/needs/{need.pk}/share/", {"shared": "yes"})
    assert AccessNeed.objects.get().shared
    client.post(f"/me/needs/{need.pk}/share/", {"shared": "no"})
    assert not AccessNeed.objects.get().shared


@pytest.mark.parametrize(("ask", "kept"), [("yes", True), ("no", False)])
def test_work_without_money_is_asked_about_only_after_yes(client, ask, kept):
    assert not Person.objects.get().ask_unpaid
    client.post("/me/unpaid/", {"ask": ask})
    assert Person.objects.get().ask_unpaid is kept


def test_no_question_asks_about_health_benefits_or_a_kind_of_person(client):
    from alongside.people import forms

    asked = " ".join(
        str(text).lower()
        for form in vars(forms).values()
        if isinstance(form, type) and hasattr(form, "base_fields")
        for name, field in form.base_fields.items()
        for text in (name, field.label)
    )
    for word in ("recover", "diagnos", "benefit", "illness", "date of birth", "gender", "title", "user type"):
        assert word not in asked


def test_empty_page_says_what_would_be_here(eli):
    page = as_guest(eli).get("/me/").text
    for sentence in (
        "A lens is where you look from",
        "Say once what you need",
        "you are told, and it stands here too",
        "When somebody acts for you",
    ):
        assert sentence in page


def test_my_page_costs_the_same_for_one_and_three_of_each(queries_of, asha):
    login_for(asha)
    client = signed_in(asha)
    counts = []
    for number in range(3):
        lens_of(asha, f"l{number}")
        need_of(asha, f"n{number}")
        operations.tell(to=asha, about=f"tests:{number}", words="w", at=AT)
        counts.append(queries_of(lambda: client.get("/me/")))
    assert counts == [9, 9, 9]


@pytest.mark.parametrize("url", ["/me/", "/me/told/", "/me/lens/", "/me/helping/"])
def test_pages_of_a_person_are_kept_by_no_browser(client, url):
    assert "no-store" in client.get(url).headers["Cache-Control"]
