"""What a payment policy keeps, what the records offer for it, and whose name stands under it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.terms import operations, permissions, policies, queries
from alongside.terms.models import Policy, PolicyPoint, PolicyWriter, Wording
from alongside.terms.states import NOT_SETTLED, WriterState
from alongside.terms.tests import factories
from alongside.terms.tests.factories import AT, ON, REVIEW

pytestmark = pytest.mark.django_db


def journal():
    return list(JournalLine.objects.filter(what__startswith="terms").order_by("pk").values_list("what", flat=True))


def code(refusal):
    return refusal and refusal.code


def test_every_point_is_in_a_policy_and_open_ones_say_so():
    them = factories.cast()
    policy = factories.policy(them)
    said = {each.point: each.words for each in queries.points_of(policy)}
    assert list(said) == [each.id for each in policies.points()]
    assert (said["covers"], said["tax"]) == ("Everybody we ask.", "")
    paper = dict(queries.paper_of(policy)["facts"])
    assert paper["A notice about tax"] == NOT_SETTLED
    assert journal() == ["terms.point.written", "terms.policy.set"]


def test_versions_follow_each_other_and_each_keeps_its_words():
    them = factories.cast()
    factories.policy(them)
    later = factories.policy(them, words="And people in adverts.", from_on=date(2026, 12, 1))
    assert later.version == 2
    assert [each.version for each in queries.versions_of(them.organisation)] == [2, 1]
    first = Policy.objects.get(version=1)
    assert queries.points_of(first).get(point="covers").words == "Everybody we ask."


def test_words_that_changed_meanwhile_are_not_written_over():
    them = factories.cast()
    acts = {"organisation": them.organisation, "point": "tax", "by": them.lea, "at": AT}
    first = operations.write_point(words="One", **acts)
    with pytest.raises(Refused) as stop:
        operations.write_point(words="Two", **acts)
    assert stop.value.refusal.code == "changed"
    assert Wording.objects.get() == first
    operations.write_point(words="Two", seen=first.pk, **acts)
    assert queries.wordings(them.organisation)["tax"].words == "Two"
    assert Wording.objects.count() == 2


@pytest.mark.parametrize("who", ["asha", "eli"])
def test_only_who_leads_writes_and_sets(who):
    them = factories.cast()
    other = getattr(them, who)
    assert code(permissions.why_not_write(them.organisation, by=other)) == "not-asked"
    with pytest.raises(Refused):
        operations.take_known(organisation=them.organisation, on=ON, by=other, at=AT)
    with pytest.raises(Refused):
        operations.set_policy(organisation=them.organisation, from_on=ON, review_on=REVIEW, by=other, at=AT)
    assert (Policy.objects.count(), Wording.objects.count(), journal()) == (0, 0, [])


@pytest.mark.parametrize(("words", "review_on", "expected"), [("", REVIEW, "nothing"), ("A", ON, "review")])
def test_a_policy_without_words_or_without_a_later_day_is_refused(words, review_on, expected):
    them = factories.cast()
    with pytest.raises(Refused) as stop:
        factories.policy(them, words=words, review_on=review_on)
    assert stop.value.refusal.code == expected
    assert Policy.objects.count() == 0


# --- what the records know ---


def test_records_without_a_card_say_nothing_of_amounts_or_of_who_approves():
    said = policies.known(factories.cast().organisation, ON)
    assert "amount-first" not in said
    assert "hidden-hours" not in said
    assert "approval" not in said
    assert "10 working days" in said["when"]


def test_records_offer_the_rates_of_the_day_and_who_approves():
    them = factories.cast()
    factories.rate(them)
    for kind in (DutyKind.APPROVER, DutyKind.PAYER):
        organisations.ask_to(person=them.bo, kind=kind, organisation=them.organisation, on=ON, at=AT)
    said = policies.known(them.organisation, ON)
    assert said["amount-first"] == (
        "Our rate card, version 1: Taking part £27.50 (started hour). No advert goes out without its pay."
    )
    assert "cancel on the day" in said["hidden-hours"]
    assert "Nobody approves money to themselves" in said["approval"]
    assert "Bo" not in said["approval"]


def test_a_rate_below_the_living_wage_is_said_in_the_policy_too():
    them = factories.cast()
    factories.rate(them, pence=1000)
    assert (
        "Less than the living wage for each real hour: Taking part."
        in policies.known(them.organisation, ON)["amount-first"]
    )


def test_open_points_are_filled_and_own_words_stay():
    them = factories.cast()
    acts = {"organisation": them.organisation, "by": them.lea, "at": AT}
    operations.write_point(point="when", words="On Fridays.", **acts)
    count = operations.take_known(on=ON, **acts)
    written = queries.wordings(them.organisation)
    assert written["when"].words == "On Fridays."
    assert written["decline"].words == policies.known(them.organisation, ON)["decline"]
    assert count == len(written) - 1 == len(policies.known(them.organisation, ON)) - 1
    assert operations.take_known(on=ON, **acts) == 0


def test_what_the_records_know_is_about_points_that_exist():
    them = factories.cast()
    factories.rate(them)
    assert set(policies.known(them.organisation, ON)) <= {each.id for each in policies.points()}


# --- names ---


def test_nobody_is_named_before_their_own_yes_and_a_no_takes_it_away():
    them = factories.cast()
    policy = factories.policy(them, people=[them.asha, them.bo], together=6)
    assert queries.names_under(policy) == []
    assert queries.together_words(policy, []) == "Written together by 6 people."
    writer = PolicyWriter.objects.get(person=them.asha)
    operations.answer(writer_id=writer.pk, state=WriterState.YES, by=them.asha, at=AT)
    assert queries.names_under(policy) == ["Asha"]
    assert queries.together_words(policy, ["Asha"]) == "Written together by Asha and others."
    operations.answer(writer_id=writer.pk, state=WriterState.NO, by=them.asha, at=AT)
    assert queries.names_under(policy) == []
    assert journal()[-2:] == ["terms.writer.answered"] * 2


@pytest.mark.parametrize(
    ("together", "words"),
    [(None, ""), (4, "Written together by fewer than five people."), (5, "Written together by 5 people.")],
)
def test_a_number_under_five_is_not_given(together, words):
    assert queries.together_words(Policy(together=together), []) == words


def test_nobody_answers_for_somebody_else_or_with_who_keeps_the_policy():
    them = factories.cast()
    factories.policy(them, people=[them.asha])
    writer = PolicyWriter.objects.get()
    for by in (them.bo, them.lea, None):
        assert code(permissions.why_not_answer(writer, by=by, state=WriterState.YES)) == "not-yours"
    them.asha.helped_by = them.lea
    assert code(permissions.why_not_answer(writer, by=them.asha, state=WriterState.YES)) == "helper-decides"
    them.asha.helped_by = them.bo
    assert permissions.why_not_answer(writer, by=them.asha, state=WriterState.YES) is None
    with pytest.raises(Refused):
        operations.answer(writer_id=writer.pk, state=WriterState.YES, by=them.lea, at=AT)
    assert PolicyWriter.objects.get().state == WriterState.ASKED


def test_somebody_from_elsewhere_cannot_be_asked_and_nothing_is_set():
    them = factories.cast()
    with pytest.raises(Refused) as stop:
        factories.policy(them, people=[them.eli])
    assert stop.value.refusal.code == "not-here"
    assert Policy.objects.count() == 0


def test_erasing_takes_the_name_and_keeps_the_words():
    them = factories.cast()
    policy = factories.policy(them, people=[them.asha])
    operations.answer(writer_id=PolicyWriter.objects.get().pk, state=WriterState.YES, by=them.asha, at=AT)
    operations.erase_words(person=them.asha, at=AT)
    assert queries.names_under(policy) == []
    assert queries.points_of(policy).get(point="covers").words == "Everybody we ask."
    assert queries.about_me(them.asha)["payment policies that you helped to write"][0]["answer"] == "Not named"


# --- today ---


def test_who_leads_is_told_when_the_day_to_look_again_has_come():
    them = factories.cast()
    factories.policy(them, review_on=date(2026, 12, 1))
    assert queries.today(them.lea, date(2026, 11, 30)) == []
    (line,) = queries.today(them.lea, date(2026, 12, 1))
    assert (line.words, line.by) == ("Look again together at how Harbour Trust pays", date(2026, 12, 1))
    assert queries.today(them.asha, date(2026, 12, 1)) == []
    factories.policy(them, from_on=date(2026, 12, 1))
    assert queries.today(them.lea, date(2026, 12, 1)) == []


def test_who_was_asked_is_told_until_they_answered():
    them = factories.cast()
    factories.policy(them, people=[them.asha])
    assert [line.words for line in queries.today(them.asha, ON)] == [
        "May your name stand under how Harbour Trust pays?"
    ]
    operations.answer(writer_id=PolicyWriter.objects.get().pk, state=WriterState.NO, by=them.asha, at=AT)
    assert queries.today(them.asha, ON) == []


# --- the database ---


@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
@pytest.mark.parametrize("table", ["policy_wording", "payment_policy", "payment_policy_point"])
def test_the_database_refuses_to_change_what_was_set(table, change):
    factories.policy(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_the_database_refuses_a_point_twice_and_a_look_back():
    policy = factories.policy(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyPoint.objects.create(policy=policy, point="covers", asks="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(organisation=policy.organisation, version=9, from_on=ON, review_on=ON, made_at=AT)
