"""The demo loads through the rooms' own rules, and every state that a visitor should meet is there."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.agreements.models import SignOn, Version
from alongside.candour.models import Answer as OpenAnswer
from alongside.candour.models import Shown
from alongside.claims import queries as claims
from alongside.claims.models import Claim, ClaimLine, LogEntry
from alongside.claims.states import Pay
from alongside.contributions import queries as offers
from alongside.contributions.models import Offer, OfferPart
from alongside.conversations.models import Ballot, Conversation, Statement
from alongside.credit.models import Credit, Quote
from alongside.decisions.models import Decision
from alongside.demo import operations, queries
from alongside.demo.states import CAST, ELSEWHERE, ORGANISATION
from alongside.front import queries as front
from alongside.gatherings.models import Gathering, Invitation, NeedAsked
from alongside.initiatives import queries as initiatives
from alongside.initiatives.models import Advert, AdvertReply, Seat
from alongside.labels.models import LabelClaim, LabelDeclined, LabelShown
from alongside.labels.queries import labelled
from alongside.ledger import queries as funds
from alongside.ledger.models import FloatMove
from alongside.organisations.models import Membership, Organisation
from alongside.payments import queries as payments
from alongside.payments.models import Payment
from alongside.people.models import AccessNeed, AssistedVisit, Contact, Lens, Login, Person, ToTell
from alongside.people.queries import GUEST_KEY, login_at
from alongside.record import queries as record
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.runs.models import Run, RunItem, StatementIn
from alongside.timebank.models import TimeBank, TimeGift

NEEDS_NOTHING = {"guest", "winifred"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests of this file and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings):
    """The loaded demo, with the switch on."""
    settings.DEMO = True


def who(key):
    """The Person of the demo whom the story calls so."""
    part = next(part for part in CAST if part.key == key)
    return login_at(part.address).person if part.address else Person.objects.get(shown_name=part.name)


def browser(key):
    """A browser in which somebody of the demo acts; as a guest when they have no sign-in."""
    client, person = Client(), who(key)
    login = Login.objects.filter(person=person).first()
    if login:
        client.force_login(login)
        return client
    session = client.session
    session[GUEST_KEY] = person.pk
    session.save()
    client.cookies["session"] = session.session_key
    return client


# --- loading ---


def test_loading_again_changes_nothing_and_says_so(demo):
    lines = JournalLine.objects.count()
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert said.getvalue() == "The demo is there already. Nothing was changed.\n"
    assert JournalLine.objects.count() == lines


def test_rows_were_written_in_the_order_of_time_and_none_in_the_future(demo):
    moments = list(JournalLine.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < timezone.now()
    assert moments[0] < timezone.now() - timedelta(days=360)


def test_the_records_of_the_demo_agree_with_each_other(demo):
    assert record.first_broken_line() is None
    assert list(payments.invariants()) == []


def test_two_organisations_share_nobody(demo):
    ours, theirs = Organisation.objects.get(name=ORGANISATION), Organisation.objects.get(name=ELSEWHERE)
    here = set(Membership.objects.filter(organisation=ours).values_list("person", flat=True))
    there = set(Membership.objects.filter(organisation=theirs).values_list("person", flat=True))
    assert len(there) == 2
    assert here & there == set()


# --- every state ---

ON_TIME, LATE = {"arrived_on__lte": F("promised_on")}, {"arrived_on__gt": F("promised_on")}
STATES = [
    ("an offer paid on time", Offer, {"money": "ARRIVED"} | ON_TIME),
    ("an offer paid late", Offer, {"money": "ARRIVED"} | LATE),
    ("declined with thanks", Offer, {"state": "DECLINED"}),
    ("taken in part", Offer, {"accepted_pence__gt": 0, "accepted_pence__lt": F("pence"), "method": "BANK"}),
    ("to be asked later", Offer, {"state": "LATER"}),
    ("waiting for approval", Offer, {"state": "DONE", "money": "", "accepted_pence__gt": 0}),
    ("approved and not sent", Offer, {"money": "APPROVED"}),
    ("on hold", Offer, {"money": "HELD"}),
    ("given away", Offer, {"method": "GIFT", "money": "ARRIVED"}),
    ("unanswered", Offer, {"state": "MADE"}),
    ("an unpaid ask that was confirmed", Offer, {"unpaid": True, "state": "DONE"}),
    ("cash by choice", Offer, {"method": "CASH", "same_day": False}),
    ("cash on the day, with a helper", Offer, {"method": "CASH", "same_day": True, "channel": "ASSISTED"}),
    ("a voucher by choice", Offer, {"method": "VOUCHER"}),
    ("answered by phone", Offer, {"channel": "PHONE"}),
    ("costs", Offer, {"costs_pence__gt": 0}),
    ("money in parts, one arrived", OfferPart, {"place": 1, "money": "ARRIVED", "offer__money": "APPROVED"}),
    ("a part with a day of its own", OfferPart, {"place": 2, "from_on__isnull": False, "pence__gt": 0}),
    ("a carer's cover, paid to the provider", Offer, {"method": "PREPAID", "provider__gt": "", "money": "ARRIVED"}),
    ("a claim after a gathering", Claim, {"state": "SENT", "gathering__isnull": False}),
    ("a claim that waits for a yes", Claim, {"state": "ASKED", "channel": "PHONE"}),
    ("a cost without a receipt", ClaimLine, {"kind": "ITEM"}),
    ("a box of cash that two filled", FloatMove, {"kind": "IN"}),
    ("a box of cash that two counted", FloatMove, {"kind": "COUNTED"}),
    ("a run that is paid", Run, {"state": "DONE", "confirmed_by__isnull": False}),
    ("a statement", StatementIn, {"lines__gt": 4, "others": 1}),
    ("a payment that came back", RunItem, {"state": "BACK", "payment__state": "BACK"}),
    ("a quotation with its yes", Quote, {"state": "APPROVED"}),
    ("a quotation that waits", Quote, {"state": "SHOWN"}),
    ("a credit that waits", Credit, {"state": "ASKED"}),
    ("an answer said anew", OpenAnswer, {"follows__isnull": False, "choice": "together"}),
    ("a sheet shown to everybody", Shown, {"outside": True}),
    ("an agreement in force", Version, {"state": "IN_FORCE"}),
    ("a version being signed", Version, {"state": "PROPOSED"}),
    ("a worry", SignOn, {"answer": "WORRY", "version__state": "IN_FORCE"}),
    ("a worry on paper", SignOn, {"answer": "WORRY", "channel": "PAPER"}),
    ("a gathering to come", Gathering, {"state": "PLANNED", "starts_at__gt": timezone.now}),
    ("an invitation without an answer", Invitation, {"coming": "ASKED", "gathering__state": "PLANNED"}),
    ("there by phone", Invitation, {"there_by": "PHONE"}),
    ("there on paper", Invitation, {"there_by": "PAPER"}),
    ("there in person", Invitation, {"there_by": "IN_PERSON"}),
    ("there with a helper", Invitation, {"there_by": "ASSISTED"}),
    ("there on a screen", Invitation, {"there_by": "SCREEN"}),
    ("a need that was met", NeedAsked, {"met": "YES"}),
    ("a need that was not met", NeedAsked, {"met": "NO"}),
    ("a need not spoken of yet", NeedAsked, {"met": "", "gathering__state": "HELD"}),
    ("a public conversation that is open", Conversation, {"state": "OPEN", "opens_for": "PUBLIC"}),
    ("a closed conversation with twelve voters or more", Conversation, {"state": "CLOSED", "voters__gte": 12}),
    ("a closed conversation under the threshold", Conversation, {"state": "CLOSED", "voters__lt": 5}),
    ("a ballot on paper", Ballot, {"channel": "PAPER", "conversation__state": "OPEN"}),
    ("a ballot on a screen", Ballot, {"channel": "SCREEN", "conversation__state": "OPEN"}),
    ("a statement that waits", Statement, {"state": "WAITING"}),
    ("a statement that was not put up", Statement, {"state": "DECLINED"}),
    ("a statement on paper", Statement, {"channel": "PAPER"}),
    ("a decision that is open", Decision, {"state": "OPEN"}),
    ("decided, somebody still to be told", Decision, {"state": "DECIDED"}),
    ("told", Decision, {"state": "TOLD"}),
    ("overturned from above", Decision, {"state": "OVERTURNED", "overturned_reason__gt": ""}),
    ("somebody on the phone list", ToTell, {"tell_by": "PHONE", "told_at": None, "about__startswith": "decision"}),
    ("somebody on the letter list", ToTell, {"tell_by": "LETTER", "told_at": None}),
    ("an open advert with its pay", Advert, {"state": "PUBLISHED", "pay_kind": "PAID", "pay_words__contains": "£"}),
    ("an open advert without money", Advert, {"state": "PUBLISHED", "pay_kind": "NO_MONEY"}),
    ("a closed advert", Advert, {"state": "CLOSED"}),
    ("a reply that waits", AdvertReply, {"state": "ASKED"}),
    ("a no with its reason", AdvertReply, {"state": "NOT_NOW", "reason__gt": ""}),
    ("an empty seat", Seat, {"person": None, "asked": None}),
    ("a seat that somebody was asked to take", Seat, {"asked__isnull": False}),
    ("a lens that is shown", Seat, {"lens__isnull": False}),
    ("a seat without a lens", Seat, {"lens": None, "person__isnull": False}),
    ("a visit with a receipt", AssistedVisit, {"ended_at__isnull": False}),
    ("on a break, with a day", Person, {"state": "PAUSED", "back_on__isnull": False}),
    ("an access need that is shared", AccessNeed, {"shared": True}),
    ("an access need that is private", AccessNeed, {"shared": False}),
    ("a label shown outside", LabelShown, {"label__isnull": False}),
    ("a label declined with its reason", LabelDeclined, {"declined": True}),
]


@pytest.mark.parametrize(("model", "facts"), [row[1:] for row in STATES], ids=[row[0] for row in STATES])
def test_every_state_is_there(demo, model, facts):
    facts = {name: value() if callable(value) and not isinstance(value, F) else value for name, value in facts.items()}
    assert model.objects.filter(**facts).exists()


def test_a_line_of_a_fund_is_nearly_used_up_so_that_an_offer_warns(demo):
    here, today = Organisation.objects.get(name=ORGANISATION), timezone.localdate()
    covers = {cover.line.code: cover for cover in funds.covers(here, today)}
    assert set(covers) == {"TG-1", "TG-2", "HF-1", "HF-2"}
    assert 0 < covers["TG-2"].left < 5000 <= covers["TG-1"].left
    assert "left" in funds.cover(covers["TG-2"].line, today, 8250).words


def test_no_fund_gives_more_than_it_has_and_every_payment_names_its_line(demo):
    rows = funds.fund_rows(Organisation.objects.get(name=ORGANISATION))
    assert [row["fund"].name for row in rows if row["has"] is not None and row["left"] < 0] == []
    assert not Payment.objects.filter(line=None, fund__isnull=False).exists()


def test_work_is_not_done_before_its_day(demo):
    early = Offer.objects.filter(done_on__lt=F("activity_on"), costs_only=False)
    assert list(early.values_list("task", flat=True)) == []


def test_time_was_exchanged_and_one_exchange_waits(demo):
    assert TimeBank.objects.get().is_on
    assert set(TimeGift.objects.values_list("state", flat=True)) == {"AGREED", "ASKED"}


def test_an_offer_is_over_what_its_person_wants_at_most(demo):
    offer = Offer.objects.get(to=who("aoife"), state="MADE")
    assert offers.would_be_over(offer, [(offer.pence, None)], timezone.localdate())


def test_a_log_has_work_in_each_of_the_four_states(demo):
    entries = LogEntry.objects.filter(person=who("aoife"), let_go_at=None).select_related("offer")
    assert {claims.pay_of(entry) for entry in entries} == set(Pay)


def test_a_good_dozen_of_payments_can_be_chosen_for_a_run(demo):
    ready = payments.payable(Organisation.objects.get(name=ORGANISATION), timezone.localdate())
    assert len(ready) >= 12
    assert len({each.payee_name for each in ready}) >= 12
    assert Payment.objects.filter(state="BACK").count() == 1


def test_names_stand_in_every_form(demo):
    assert set(Credit.objects.exclude(form="").values_list("form", flat=True)) == {
        "FULL", "FIRST", "INITIALS", "PSEUDONYM", "GROUP", "NONE",
    }  # fmt: skip


def test_a_closed_conversation_has_numbers_to_show(demo):
    talk = Conversation.objects.get(state="CLOSED", opens_for="PUBLIC")
    client = Client()
    page = client.get(reverse("conversations:summary", args=[talk.pk])).content.decode()
    assert "34 people took part and answered 5 statements." in page


def test_somebody_stopped_and_came_back(demo):
    moves = JournalLine.objects.filter(what="people.person.moved", subject=subject("Oleksandr Bondar"))
    assert [line.facts["to"] for line in moves.order_by("pk")] == ["STOPPED", "ACTIVE"]


def subject(name):
    return f"person:{Person.objects.get(shown_name=name).pk}"


def test_somebody_has_neither_mail_nor_phone_nor_sign_in(demo):
    winifred = who("winifred")
    assert not Login.objects.filter(person=winifred).exists()
    assert list(Contact.objects.filter(person=winifred).values_list("kind", flat=True)) == ["LETTER"]


def test_one_lens_is_shown_and_another_stays_private(demo):
    farah = who("farah")
    shown = Seat.objects.filter(person=farah, lens__isnull=False).values("lens")
    assert Lens.objects.filter(person=farah, pk__in=shown).count() == 1
    assert Lens.objects.filter(person=farah).exclude(pk__in=shown).count() == 1


def test_money_went_through_three_hands(demo):
    sent = JournalLine.objects.filter(what="payments.payment.sent").values_list("by_person", flat=True)
    approved = JournalLine.objects.filter(what="payments.payment.approved").values_list("by_person", flat=True)
    assert set(sent) == {who("niall").pk}
    assert set(approved) == {who("gwen").pk, who("priya").pk}


def test_a_claim_does_not_hold_and_another_does(demo):
    today = timezone.localdate()
    found = {
        claim.initiative.name: labelled(claim.initiative, today)
        for claim in LabelClaim.objects.select_related("initiative__organisation")
    }
    assert found["Teaching together"].labels.claim.holds is False
    evaluate = next(one for one in found["Quiet nights"].stages if one.kind.id == "evaluate")
    assert (evaluate.verdict.label, evaluate.check.holds) == ("consultation", True)


# --- what each person meets ---


@pytest.mark.parametrize("key", [part.key for part in CAST])
def test_today_opens_and_shows_what_needs_them_first(demo, key):
    page = browser(key).get("/")
    assert page.status_code == 200
    needs = page.context["needs"]
    if key in NEEDS_NOTHING:
        return
    assert needs, f"{key} has nothing that needs them"
    assert needs[0].kind == "needs"


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("aoife", "An offer to answer: Teach the first spring afternoon with Dr Okafor"),
        ("niall", "15 payments to send"),
        ("gwen", "3 payments to approve"),
        ("priya", "3 payments to approve"),
        ("eli", "Say whether you come: What we cook in the dark months"),
        ("harjit", "Your own hill asks you to take a seat: Reads our yearly page with us before it goes out"),
        (
            "ffion",
            "Teaching together asks you to take a seat: Shows us how the screens work, and listens when they do not",
        ),
    ],
)
def test_the_story_says_what_comes_first(demo, key, first):
    assert first in [line.words for line in front.today(who(key), timezone.localdate())["needs"]]


def test_the_stranger_sees_no_table_of_others(demo):
    mine = [row.name for row in initiatives.table_of(who("eli"))]
    assert mine == ["Saturday kitchen"]


# --- people of the demo ---


def test_people_are_plain_dicts_with_a_page_to_start_from(demo):
    people = queries.people()
    assert [person["name"] for person in people] == [part.name for part in CAST]
    assert {tuple(person) for person in people} == {("name", "address", "claim_code", "shows", "start")}
    for person in people:
        assert person["start"].startswith("/")
    assert [person["name"] for person in people if person["claim_code"]] == ["李梅 (Lǐ Méi)", "Winifred Hughes"]


def test_the_claim_code_of_the_guest_opens_their_record(demo):
    guest = next(person for person in queries.people() if person["claim_code"])
    client = Client()
    client.post(guest["start"], {"code": guest["claim_code"]})
    assert client.get("/").context["acting"].shown_name == guest["name"]


def test_another_claim_code_replaces_the_first(demo):
    def codes():
        return {person["name"]: person["claim_code"] for person in queries.people() if person["claim_code"]}

    before = codes()
    Client().post(reverse("demo:claim_code"), {"name": "Winifred Hughes"})
    after = codes()
    assert [name for name in before if before[name] != after[name]] == ["Winifred Hughes"]


def test_somebody_signed_in_can_help_with_the_claim_code(demo):
    row = next(person for person in queries.people() if person["name"] == "Winifred Hughes")
    client = browser("lena")
    page = client.get(row["start"])
    once = page.context["form"].initial.get("once") or page.context["form"]["once"].value()
    typed = {"code": row["claim_code"], "present": "She sits beside me.", "channel": "IN_PERSON", "once": once}
    client.post(row["start"], typed)
    assert client.get("/").context["acting"].shown_name == "Winifred Hughes"


# --- codes and pages ---


def test_fresh_code_opens_the_door_in_another_browser(demo):
    client = Client()
    client.post(reverse("account_login"), {"address": "marta@example.org", "next": ""})
    code = operations.fresh_code(address="Marta@Example.org ")
    assert len(code) == 6
    client.post(reverse("account_login"), {"code": code})
    assert client.get("/").context["acting"] == who("marta")


def test_the_button_leads_to_the_sign_in_page_with_a_code_that_works(demo):
    client = browser("eli")
    page = client.post(reverse("demo:come_in"), {"address": "lena@example.org", "next": "/me/"}, follow=True)
    said = str(next(iter(page.context["messages"])))
    assert page.request["PATH_INFO"] == reverse("account_login")
    code = "".join(filter(str.isdigit, said))
    landed = client.post(reverse("account_login"), {"code": code}, follow=True)
    assert landed.request["PATH_INFO"] == "/me/"
    assert landed.context["acting"] == who("lena")


def test_no_code_for_an_address_that_is_not_in_the_demo(demo):
    with pytest.raises(Refused) as stop:
        operations.fresh_code(address="real.person@example.com")
    assert stop.value.refusal.code == "nobody"


def test_no_code_and_no_page_where_people_are_real(loaded, db, settings):
    settings.DEMO = False
    with pytest.raises(Refused) as stop:
        operations.fresh_code(address="marta@example.org")
    assert stop.value.refusal.code == "not-demo"
    with pytest.raises(Refused) as stop:
        operations.fresh_claim_code(key="guest", at=timezone.now())
    assert stop.value.refusal.code == "not-demo"
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/post/").status_code == 404
    assert client.post("/demo/come-in/", {"address": "marta@example.org"}).status_code == 404


def test_the_page_of_people_names_everybody_and_nothing_from_elsewhere(demo):
    page = Client().get("/demo/").content.decode()
    for part in CAST:
        assert part.name.replace("'", "&#x27;") in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("https://") <= 1  # the way out, when somebody has to leave quickly


# --- mail ---


def write_letter(folder, name, subject, words="Hello,\n\nsomething is new."):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"Subject: {subject}\nTo: lena@example.org\nContent-Type: text/plain\n\n{words}\n")


def test_mail_is_listed_newest_first_and_can_be_read(demo, settings, tmp_path):
    settings.POST_BOX = tmp_path / "post"
    write_letter(settings.POST_BOX, "20261101-090000-000001-ab.eml", "Older")
    write_letter(settings.POST_BOX, "20261102-090000-000001-cd.eml", "Newer", "<b>bold</b> http://127.0.0.1:8000/me/")
    letters = Client().get("/demo/post/").context["letters"]
    assert [letter.subject for letter in letters] == ["Newer", "Older"]
    page = Client().get("/demo/post/20261102-090000-000001-cd.eml/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


@pytest.mark.parametrize("name", ["20261101-090000-000001-ab.eml", "..%2Fsecret.key", "secret.key", "post"])
def test_only_letters_can_be_opened(demo, settings, tmp_path, name):
    settings.POST_BOX = tmp_path / "post"
    settings.POST_BOX.mkdir()
    (tmp_path / "secret.key").write_text("the key")
    (settings.POST_BOX / "secret.key").write_text("the key")
    assert Client().get(f"/demo/post/{name}/").status_code == 404


def test_an_empty_post_box_says_what_would_be_here(demo, settings, tmp_path):
    settings.POST_BOX = tmp_path / "nothing"
    assert "Each mail would stand here" in Client().get("/demo/post/").content.decode()


def test_mail_of_the_told_year_gets_its_own_day_and_old_mail_goes(settings, tmp_path):
    settings.POST_BOX = tmp_path
    for number in (1, 2, 3):
        write_letter(tmp_path, f"20261122-060000-00000{number}-ab.eml", f"Letter {number}")
    moment = timezone.datetime(2026, 11, 10, 9, 30, tzinfo=timezone.get_default_timezone())
    operations.date_letters(
        before={"20261122-060000-000001-ab.eml"}, tellings=[(moment - timedelta(days=200), False), (moment, True)]
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "20261110-093000-000003-ab.eml",
        "20261122-060000-000001-ab.eml",
    ]
