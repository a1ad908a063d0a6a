"""The records propose, the person says; nobody says it for them, and nothing lowers it."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from alongside.calculations import content
from alongside.credit import operations, permissions, policies, queries
from alongside.credit.models import AuthorAnswer, Credit, CreditRole, OrderRule
from alongside.credit.states import Answer, CreditState, NameForm, Order, OutputState, Standing
from alongside.credit.tests import factories
from alongside.credit.tests.factories import AT, ON, cast, credit_of, named
from alongside.gatherings import operations as gatherings
from alongside.gatherings.tests import factories as meetings
from alongside.initiatives import operations as initiatives
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def them():
    return cast()


@pytest.fixture
def made(them):
    return factories.asked(them.initiative, them.lea)


def line(output):
    return queries.lines_for([output])[0][1]


def journal(what):
    return JournalLine.objects.filter(what=what).count()


# --- proposed ---


def test_records_propose_and_each_proposal_says_from_which_record(them):
    met = meetings.gathering(them.initiative, by=them.lea, at=AT)
    gatherings.record_attendance(gathering_id=met.pk, there={them.asha.pk: "PHONE"}, by=them.lea, at=AT)
    gatherings.note(gathering_id=met.pk, words="We begin with the night.", by=them.asha, at=AT)
    gatherings.note(gathering_id=met.pk, words="Then the morning.", by=them.asha, at=AT)
    credit = credit_of(factories.asked(them.initiative, them.lea), them.asha)
    proposed = dict(CreditRole.objects.filter(credit=credit).values_list("role", "record"))
    assert proposed == {
        "conceptualization": "A seat since 2 November 2026; 1 gathering that you came to",
        "data-curation": "2 lines of notes that you wrote",
    }


def test_everybody_who_ever_sat_or_led_here_is_asked_once_each_by_their_own_channel(them):
    people.choose_telling(person_id=them.cy.pk, tell_by="PHONE", quiet=False, by=them.cy, at=AT)
    made = factories.asked(them.initiative, them.lea)
    assert operations.ask_everybody(output_id=made.pk, by=them.lea, at=AT) == 0
    asked = ToTell.objects.filter(about__startswith="credit:")
    assert sorted(asked.values_list("person", flat=True)) == sorted(
        p.pk for p in (them.asha, them.bo, them.cy, them.lea)
    )
    assert asked.get(person=them.cy).tell_by == "PHONE"


def test_asking_again_adds_what_is_new_and_takes_nothing_off(them, made):
    named(made, them.asha, "Asha Khan", roles=["writing-original-draft"])
    dan = factories.add("Dan", them.organisation)
    initiatives.give_seat(
        initiative=them.initiative, person=dan, role="Knows the night shift", on=ON, by=them.lea, at=AT
    )
    assert operations.ask_everybody(output_id=made.pk, by=them.lea, at=AT) == 1
    assert line(made) == "By Asha Khan."
    chosen = CreditRole.objects.filter(credit=credit_of(made, them.asha), chosen=True)
    assert list(chosen.values_list("role", flat=True)) == ["writing-original-draft"]


def test_who_wrote_a_statement_proposes_nothing(them):
    source = {"seat", "returned", "gathering", "agenda", "note", "action", "view", "work", "chair", "recorder"}
    source |= {"walk", "call", "reading", "drafting", "listening"}
    assert {record for role in content.contributor_roles() for record in role.records} <= source


def test_leaving_or_a_break_lowers_no_credit(them, made):
    before = {each.person_id: each.record for each in queries.proposals(them.initiative)}
    named(made, them.asha, "Asha Khan")
    factories.leave(them.initiative, them.asha)
    factories.pause(them.asha)
    assert {each.person_id: each.record for each in queries.proposals(them.initiative)} == before
    assert line(made) == "By Asha Khan."
    later = factories.asked(them.initiative, them.lea, title="A talk")
    assert credit_of(later, them.asha).state == CreditState.ASKED
    named(later, them.asha, "Asha Khan")
    assert line(later) == "By Asha Khan."


def test_coming_back_is_a_role_of_its_own(them):
    factories.leave(them.initiative, them.asha)
    initiatives.give_seat(
        initiative=them.initiative, person=them.asha, role="Knows the night shift", on=ON, by=them.lea, at=AT
    )
    credit = credit_of(factories.asked(them.initiative, them.lea), them.asha)
    assert CreditRole.objects.filter(credit=credit, role="stepping-back-and-returning").exists()


# --- said ---


def test_nobody_is_named_before_they_said_how(them, made):
    assert line(made) == ""
    assert queries.named_on(made) == []
    assert queries.file_of(made, "json")["contributors"] == []
    assert them.asha.shown_name not in queries.file_of(made, "csv").decode()


FORMS = {
    NameForm.FULL: ("Asha Devi Khan", "By Asha Devi Khan."),
    NameForm.FIRST: ("Asha Devi Khan", "By Asha."),
    NameForm.INITIALS: ("Asha Devi Khan-Roy", "By A. D. K. R."),
    NameForm.PSEUDONYM: ("River", "By River."),
    NameForm.GROUP: ("", "By the Sleep Well group."),
    NameForm.NONE: ("", "By people who are not named."),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_name_stands_exactly_as_its_person_chose(them, made, form):
    words, expected = FORMS[form]
    named(made, them.asha, words, form=form)
    assert line(made) == expected
    assert credit_of(made, them.asha).channel == "SCREEN"
    assert journal("credit.credit.said") == 1


def test_hidden_shows_nothing_and_can_be_shown_again(them, made):
    named(made, them.asha, "Asha Khan")
    operations.hide(credit_id=credit_of(made, them.asha).pk, by=them.asha, at=AT)
    assert line(made) == ""
    assert queries.roles_without_name(made) == []
    named(made, them.asha, "Asha Khan")
    assert line(made) == "By Asha Khan."


def test_the_line_names_thanks_the_group_and_counts_nobody(them, made):
    named(made, them.asha, "Asha Khan")
    named(made, them.bo, "Bo", standing=Standing.THANKED)
    named(made, them.cy, form=NameForm.NONE)
    assert line(made) == "By Asha Khan. With thanks to Bo. Others gave to this too and are not named."
    named(made, them.cy, form=NameForm.GROUP)
    assert line(made) == "By Asha Khan and the Sleep Well group. With thanks to Bo."


@pytest.mark.parametrize(
    ("who", "code"),
    [("asha", None), ("bo", "not-yours"), ("lea", "not-yours"), ("dee", "not-yours"), ("eli", "not-yours")],
)
def test_only_the_person_says_how(them, made, who, code):
    refusal = permissions.why_not_answer(credit_of(made, them.asha), by=getattr(them, who))
    assert (refusal and refusal.code) == code


def test_a_helper_may_help_but_not_who_leads(them, made):
    credit = credit_of(made, them.asha)
    acting = factories.helped(them.asha, them.bo)
    operations.say_how(credit_id=credit.pk, form="FULL", name="Asha", standing="AUTHOR", roles=[], by=acting, at=AT)
    credit.refresh_from_db()
    assert (credit.channel, credit.answered_by_id) == ("ASSISTED", them.asha.pk)
    assert JournalLine.objects.filter(what="credit.credit.said", helped_by_person=them.bo.pk).count() == 1
    refusal = permissions.why_not_answer(credit, by=factories.helped(them.asha, them.lea))
    assert refusal.code == "helper-decides"


def test_a_refusal_changes_nothing(them, made):
    credit = credit_of(made, them.asha)
    before = JournalLine.objects.count()
    with pytest.raises(Refused):
        operations.say_how(
            credit_id=credit.pk,
            form="FULL",
            name="Asha",
            standing="AUTHOR",
            roles=["investigation"],
            by=them.lea,
            at=AT,
        )
    with pytest.raises(Refused):
        operations.hide(credit_id=credit.pk, by=them.lea, at=AT)
    credit.refresh_from_db()
    assert (credit.state, JournalLine.objects.count()) == (CreditState.ASKED, before)


@pytest.mark.parametrize(("form", "words", "group", "code"), [
    ("FULL", "", "g", "no-name"), ("PSEUDONYM", " ", "g", "no-name"), ("GROUP", "", "", "no-group"), ("NONE", "", "", None),
    ("OTHER", "x", "g", "form"), ("GROUP", "", "g", None), ("PSEUDONYM", " asha  DEVI khan", "g", "own-name"),
    ("PSEUDONYM", "River", "g", None), ("FULL", "Asha Devi Khan", "g", None),
])  # fmt: skip
def test_a_name_that_cannot_stand_is_refused(form, words, group, code):
    refusal = permissions.why_not_name(form, words, group, known_as="Asha Devi Khan")
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize("broken", [
    {"written": "Asha"},
    {"state": "YES", "form": "FULL", "written": "Asha"},
    {"state": "HIDDEN", "written": "Asha"},
    {"state": "YES", "form": "FULL", "written": "Asha", "answered_at": AT},
])  # fmt: skip
def test_the_database_refuses_a_name_without_its_persons_answer(them, made, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.filter(person=them.asha).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.filter(person=them.asha).update(state="YES", answered_by=them.lea, answered_at=AT)


def test_roles_carry_our_words_and_the_names_of_credit(them, made):
    named(made, them.asha, "Asha Khan", roles=["writing-original-draft", "hosting"])
    named(made, them.bo, form=NameForm.NONE, roles=["emotional-work"])
    found = queries.file_of(made, "json")
    assert found["contributors"][0]["name"] == "Asha Khan"
    assert found["contributors"][0]["roles"] == [
        {
            "id": "writing-original-draft", "words": "Writing the first version",
            "credit": {
                "role": "Writing – original draft",
                "uri": "https://credit.niso.org/contributor-roles/writing-original-draft/",
            },
        },
        {"id": "hosting", "words": "Hosting", "credit": None},
    ]  # fmt: skip
    assert found["roles_without_name"] == ["Carrying what is heavy"]
    rows = queries.file_rows(made)
    assert rows[1][:3] == ["Asha Khan", "Among those who made it", "Writing the first version"]
    assert rows[-1][:3] == ["", "Counted without a name", "Carrying what is heavy"]


def test_a_name_is_no_formula_in_a_file(them, made):
    named(made, them.asha, "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in queries.file_of(made, "csv").decode()


# --- the order ---


def ordered(made, by, order, agreed="By all of us, 4 December 2026.", **more):
    return operations.choose_order(output_id=made.pk, order=order, agreed=agreed, by=by, at=AT, **more)


@pytest.fixture
def three(them, made):
    for person, name in ((them.asha, "Asha"), (them.bo, "Bo"), (them.cy, "cy")):
        named(made, person, name)
    return made


def test_names_stand_by_the_alphabet_until_the_group_chooses(them, three):
    assert line(three) == "By Asha, Bo and cy."
    keys = [credit_of(three, person).pk for person in (them.cy, them.asha, them.bo)]
    ordered(three, them.lea, Order.AGREED, places=keys)
    assert line(three) == "By cy, Asha and Bo."
    ordered(three, them.lea, Order.ENDS, places=[keys[2], keys[1]], reason="Bo drove it.")
    assert line(three) == "By Bo, cy and Asha."


def test_the_groups_name_may_come_first(them, three):
    named(three, them.cy, form=NameForm.GROUP)
    ordered(three, them.lea, Order.GROUP_FIRST)
    assert line(three) == "By the Sleep Well group, Asha and Bo."


def test_a_lot_shows_its_seed_and_can_be_drawn_again(them, three):
    rule = ordered(three, them.lea, Order.LOT, seed="4 12 19 23 40 44")
    drawn = sorted(("Asha", "Bo", "cy"), key=lambda name: policies.lot(rule.seed, name))
    assert line(three) == f"By {policies.listed(drawn)}."
    assert policies.lot("a", "Bo") == sha256(b"a:Bo").hexdigest()


def test_a_name_that_is_chosen_after_the_draw_moves_nobody(them, three):
    rule = ordered(three, them.lea, Order.LOT, seed="4 12 19 23 40 44")
    before = [credit.pk for credit, _ in queries.named_on(three)]
    names = (f"Name {number}" for number in range(100))
    first = min(names, key=lambda name: policies.lot(rule.seed, name))  # would win, were it drawn again
    last = Credit.objects.get(pk=before[-1]).person
    named(three, last, form=NameForm.PSEUDONYM, name=first)
    assert [credit.pk for credit, _ in queries.named_on(three)] == before


def test_the_keys_of_credits_say_nothing_of_who_is_behind_them(them):
    """Keys in the order of real names would give away who stands behind a chosen one: one chance in 24 per output."""
    orders = set()
    for number in range(12):
        made = factories.asked(them.initiative, them.lea, title=f"Leaflet {number}")
        orders.add(tuple(Credit.objects.filter(output=made).order_by("pk").values_list("person", flat=True)))
    assert len(orders) > 1


def test_another_order_needs_a_reason_and_the_older_stays(them, three):
    ordered(three, them.lea, Order.ALPHABET)
    with pytest.raises(Refused, match="no-reason"):
        ordered(three, them.lea, Order.LOT, seed="x")
    ordered(three, them.lea, Order.LOT, seed="x", reason="The alphabet is unfair to Zed.")
    assert [rule.order for rule in queries.rules_of(three)] == ["LOT", "ALPHABET"]
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderRule.objects.update(reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderRule.objects.all().delete()


@pytest.mark.parametrize(("who", "more", "code"), [
    ("asha", {}, "not-asked"), ("lea", {"agreed": " "}, "not-agreed"), ("lea", {"order": Order.ENDS}, "ends"), ("lea", {}, None),
    ("lea", {"order": Order.AGREED}, "places"), ("lea", {"order": Order.AGREED, "places": [2, 1]}, "places"),
    ("lea", {"order": Order.AGREED, "places": [2, 1, 1]}, "places"), ("lea", {"order": Order.AGREED, "places": [2, 1, 3]}, None),
    ("lea", {"order": Order.AGREED, "named": []}, "places"),
])  # fmt: skip
def test_who_leads_writes_down_what_the_group_chose(them, three, who, more, code):
    terms = {
        "order": Order.ALPHABET,
        "agreed": "All of us",
        "reason": "",
        "places": [],
        "before": None,
        "named": [1, 2, 3],
    } | more
    refusal = permissions.why_not_order(three, by=getattr(them, who), **terms)
    assert (refusal and refusal.code) == code


def test_places_of_another_output_are_left_out(them, three):
    other = factories.asked(them.initiative, them.lea, title="Another")
    keys = [credit_of(three, person).pk for person in (them.cy, them.bo, them.asha)]
    rule = ordered(three, them.lea, Order.AGREED, places=[credit_of(other, them.asha).pk, *keys])
    assert rule.places == keys


# --- conditions of authorship ---


def test_the_four_conditions_help_and_take_nobody_off(them, three):
    credit = credit_of(three, them.asha)
    answers = {
        "contributed": Answer.YES,
        "wrote": Answer.ASK,
        "approved": Answer.NOT_YET,
        "answers-for-it": Answer.NOT_YET,
    }
    operations.answer_conditions(credit_id=credit.pk, answers=answers, by=them.asha, at=AT)
    credit.refresh_from_db()
    assert (credit.standing, line(three)) == (Standing.AUTHOR, "By Asha, Bo and cy.")
    assert queries.help_wanted(three) == [("Asha", content.authorship_questions()[1].words)]
    assert [said for _, said in queries.conditions_of(credit)] == list(answers.values())
    with pytest.raises(Refused):
        operations.answer_conditions(credit_id=credit.pk, answers=answers, by=them.lea, at=AT)
    assert AuthorAnswer.objects.count() == 4


# --- outputs ---


@pytest.mark.parametrize(
    ("who", "code"), [("lea", None), ("asha", "not-asked"), ("eli", "not-asked"), ("dee", "not-asked")]
)
def test_who_leads_writes_outputs_down(them, who, code):
    refusal = permissions.why_not_add_output(them.initiative, by=getattr(them, who))
    assert (refusal and refusal.code) == code


def test_an_output_moves_only_along_its_way(them, made):
    change = {
        "output_id": made.pk,
        "title": "A leaflet",
        "found_at": "On the shelf",
        "group_name": "",
        "by": them.lea,
        "at": AT,
    }
    with pytest.raises(Refused, match="no-day"):
        operations.change_output(state=OutputState.OUT, **change)
    out = operations.change_output(state=OutputState.OUT, out_on=ON, **change)
    assert (out.state, out.out_on) == (OutputState.OUT, ON)
    with pytest.raises(Refused, match="state"):
        operations.change_output(state=OutputState.MAKING, **change)


# --- erasing ---


def test_an_erased_persons_part_stays_without_the_name(them, three):
    operations.erase_words(person=them.asha, at=AT)
    assert line(three) == "By Bo and cy. Others gave to this too and are not named."
    assert queries.roles_without_name(three) == ["Asking and gathering"]


def test_a_name_stays_where_its_person_asked_for_it(them, made):
    named(made, them.asha, "Asha Khan", keep_name=True)
    operations.erase_words(person=them.asha, at=AT)
    assert line(made) == "By Asha Khan."
