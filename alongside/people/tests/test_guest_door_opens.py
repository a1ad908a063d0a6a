import pytest
from django.test import Client

from alongside.people import operations, policies, queries
from alongside.people.models import ClaimCode, Login, Person
from alongside.people.states import ERASED_NAME
from alongside.people.tests.factories import AT, LATER, as_guest, login_for, person, signed_in, visit
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def rain():
    return operations.welcome_guest(shown_name="Rain", at=AT)


def test_guest_gets_a_record_and_a_code_that_is_kept_only_as_a_digest(rain):
    who, code = rain
    kept = ClaimCode.objects.get()
    assert (who.shown_name, kept.person, kept.digest) == ("Rain", who, policies.claim_digest(code))
    assert (kept.expires_at - AT).days == 90


def test_seated_guest_acts_in_this_browser_under_a_new_session(rain, client):
    client.get("/door/claim/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = old = session.session_key
    operations.seat_guest(session, person=rain[0])
    session.save()
    assert session.session_key != old
    client.cookies["session"] = session.session_key
    assert client.get("/me/").context["person"] == rain[0]


def spoil(kind, who, code):
    """Make the code one that does not open."""
    if kind == "used":
        operations.claim(typed=code, at=AT)
    elif kind == "old":
        ClaimCode.objects.update(expires_at=AT)
    elif kind == "replaced":
        operations.make_claim_code(person=who, at=AT, by=who)
    elif kind == "erased":
        operations.erase(person_id=who.pk, by=who, at=AT)
    return "ABCD-EFGHJ-KMNPQ" if kind == "never" else code


@pytest.mark.parametrize("kind", ["used", "old", "replaced", "erased", "never"])
def test_codes_that_do_not_open_all_say_the_same_and_change_nothing(rain, kind):
    code = spoil(kind, *rain)
    lines = JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        operations.claim(typed=code, at=LATER)
    assert stop.value.refusal.code == "no-such-code"
    assert JournalLine.objects.count() == lines
    page = Client().post("/door/claim/", {"code": code})
    assert "does not open anything" in page.text


def test_code_opens_the_record_in_this_browser_and_gives_the_next_code(rain, client):
    who, code = rain
    page = client.post("/door/claim/", {"code": code.lower().replace("-", " ")})
    assert page.status_code == 200
    assert page.context["card"]["code"] != code
    assert client.get("/me/").context["person"] == who
    assert Client().post("/door/claim/", {"code": page.context["card"]["code"]}).status_code == 200


def test_code_joins_a_sign_in_that_has_no_record(rain, client):
    who, code = rain
    client.force_login(operations.open_login(address="rain@example.org"))
    assert client.post("/door/claim/", {"code": code}).headers["Location"] == "/me/"
    assert client.get("/me/").context["person"] == who
    assert not queries.has_live_claim_code(who, AT)


def test_code_is_refused_to_a_sign_in_that_has_a_record_and_stays_good(rain):
    who, code = rain
    asha = person("Asha")
    page = signed_in(asha).post("/door/claim/", {"code": code})
    assert "already opens the record of Asha" in page.text
    assert "sign out first" in page.text
    assert queries.has_live_claim_code(who, AT)
    assert operations.claim(typed=code, at=AT) == who


def test_code_of_a_record_with_its_own_sign_in_is_refused(rain):
    who, code = rain
    login_for(who)
    for login_id in (None, operations.open_login(address="other@example.org").pk):
        with pytest.raises(Refused) as stop:
            operations.claim(typed=code, at=AT, login_id=login_id)
        assert stop.value.refusal.code == "has-sign-in"
    assert Login.objects.filter(person=who).count() == 1


def test_claim_writes_one_line(rain):
    before = JournalLine.objects.count()
    operations.claim(typed=rain[1], at=LATER)
    assert list(JournalLine.objects.order_by("pk").values_list("what", flat=True)[before:]) == [
        "people.claim_code.used"
    ]


def test_guessing_is_stopped_by_network_and_for_everybody(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"wrong_claim_site": "15/10m/key"}
    statuses = []
    for number in range(18):
        network = f"198.51.100.{number // 9}"
        statuses.append(Client().post("/door/claim/", {"code": f"ABCD{number}"}, REMOTE_ADDR=network).status_code)
    assert statuses == [200] * 15 + [429] * 3
    statuses = [Client().post("/door/claim/", {"code": "X"}, REMOTE_ADDR="203.0.113.1").status_code for _ in range(2)]
    assert statuses == [429, 429]


def test_ten_thousand_random_codes_open_nothing(rain):
    """T9: no hit. The page itself is throttled; this goes past it."""
    known = set(ClaimCode.objects.values_list("digest", flat=True))
    assert not known & {policies.claim_digest(policies.new_claim_code()) for _ in range(10_000)}


def test_new_code_is_shown_once_as_letters_and_as_a_picture_of_the_letters_only(rain):
    client = as_guest(rain[0])
    page = client.post("/me/claim-code/")
    card = page.context["card"]
    assert page.text.count(card["code"]) == 1
    assert card["picture"].startswith("data:image/svg+xml")
    assert "127.0.0.1:8000/door/claim/" in page.text
    assert "http" not in card["picture"].replace("http%3A%2F%2Fwww.w3.org", "")
    assert card["code"] not in client.get("/me/claim-code/").text
    assert "no-store" in page.headers["Cache-Control"]


def test_somebody_with_a_sign_in_needs_no_code():
    asha = person("Asha")
    client = signed_in(asha)
    assert "opens with its own sign-in" in client.post("/me/claim-code/").text
    assert not ClaimCode.objects.exists()


def test_nobody_makes_a_code_for_somebody_else(rain):
    with pytest.raises(Refused) as stop:
        operations.make_claim_code(person=rain[0], by=person("Eli"), at=AT)
    assert stop.value.refusal.code == "not-yours"


def test_who_is_being_helped_cannot_be_claimed_over(rain):
    asha = person("Asha")
    client = signed_in(asha)
    session = client.session
    session[queries.VISIT_KEY] = visit(asha, person("Bo")).pk
    session.save()
    assert client.post("/door/claim/", {"code": rain[1]}).headers["Location"] == "/me/helping/"


def test_erased_guest_acts_no_more(rain):
    client = as_guest(rain[0])
    operations.erase(person_id=rain[0].pk, by=rain[0], at=AT)
    assert client.get("/me/").status_code == 302
    assert Person.objects.get(pk=rain[0].pk).shown_name == ERASED_NAME


def test_guest_who_leaves_is_offered_a_code_first(rain):
    assert "Get a claim code" in as_guest(rain[0]).get("/door/sign-out/").text


def test_code_that_somebody_else_hands_over_is_written_down_and_told(rain):
    who, dee = rain[0], person("Dee")
    code = operations.make_claim_code(person=who, given_by=dee, at=LATER)
    line = JournalLine.objects.filter(what="people.claim_code.made").last()
    assert (line.by_person, line.subject) == (dee.pk, f"person:{who.pk}")
    assert queries.told_to(who).get().words.startswith("Dee made a claim code that opens your record.")
    assert operations.claim(typed=code, at=LATER) == who
