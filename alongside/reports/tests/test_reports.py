"""The yearly page: each figure from its records, few people never a number, no nought for what nobody wrote down."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.small_numbers import TOO_FEW
from alongside.contributions import operations as offers
from alongside.contributions.tests import factories as contributions
from alongside.decisions.tests import factories as decisions
from alongside.initiatives import operations as initiatives
from alongside.labels import operations as label_operations
from alongside.labels.tests import factories as labels
from alongside.ledger.tests import factories as funds
from alongside.organisations.models import Duty, Organisation
from alongside.organisations.states import DutyKind
from alongside.payments.tests import factories as payments
from alongside.people.states import Channel
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.reports import forms, operations, policies, queries
from alongside.reports.models import PolicyLink
from alongside.reports.states import LISTS, NONE, NOT_RECORDED, ONE_YEAR_AT_A_TIME, Scope
from alongside.reports.tests import factories
from tests.world import AT, World

DAY = date(2026, 11, 10)


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


def figures(scope, viewer=None):
    """{key: Figure} of a whole page."""
    found = queries.sections(scope, viewer)
    return {figure.key: figure for section in found for figure in [*section.figures, *section.beside]}


def shown(scope):
    return {key: figure.shown for key, figure in figures(scope).items()}


# --- what is not recorded ---


def test_empty_year_says_not_recorded_and_never_nought(scene):
    empty = shown(factories.scope(scene, 2020, 2021))
    assert set(empty.values()) == {NOT_RECORDED}
    assert len(empty) > 15


def test_none_stands_only_where_something_was_recorded(scene):
    chair = scene.people["facilitator"]
    decisions.decided(decisions.question(scene.initiative, by=chair, at=AT), owner=chair, by=chair, at=AT)
    found = shown(factories.scope(scene))
    assert (found["decisions"], found["decisions-overturned"], found["gatherings"]) == ("1", NONE, NOT_RECORDED)


def test_figures_follow_the_records_of_their_days_with_an_exclusive_end(scene):
    author = scene.people["author"]
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)):
        factories.met(scene, {Channel.PAPER: [author]}, day)
    assert shown(factories.scope(scene))["gatherings"] == "2"
    assert shown(factories.scope(scene, 2025, 2028))["gatherings"] == "4"


def test_one_initiative_is_told_from_the_other_and_from_other_organisations(world, scene):
    other, foreign = world.scenes["other"], world.scenes["foreign"]
    for place in (scene, other, other, foreign):
        factories.met(place, {Channel.PAPER: [place.people["author"]]}, DAY)
    assert shown(factories.scope(scene))["gatherings"] == "3"
    assert shown(factories.scope(scene, initiative=scene.initiative))["gatherings"] == "1"
    assert shown(factories.scope(foreign))["gatherings"] == "1"


def test_policies_stand_on_the_page_until_they_are_ended(world, scene):
    lead, page = scene.people["lead"], reverse("reports:year", args=[scene.organisation.pk])
    made = operations.link_policy(
        organisation=scene.organisation,
        words="Long Term Plan 2019",
        asks="",
        url="https://example.org/",
        by=lead,
        at=AT,
    )
    assert "Long Term Plan 2019" in world.client("commissioner").get(page).content.decode()
    operations.end_link(link_id=made.pk, by=lead, at=AT)
    assert "Long Term Plan 2019" not in world.client("commissioner").get(page).content.decode()
    assert PolicyLink.objects.get().ended_at == AT


# --- few people ---


@pytest.mark.parametrize(
    ("count", "words"), [(1, TOO_FEW), (7, TOO_FEW), (8, "about 10"), (12, "about 10"), (13, "about 15")]
)
def test_people_are_rounded_and_hidden_when_few(scene, count, words):
    factories.met(scene, {Channel.PHONE: factories.seated(scene, count)}, DAY)
    assert shown(factories.scope(scene))["there"] == words


def test_organisation_may_hide_more_and_never_less(scene):
    factories.met(scene, {Channel.PHONE: factories.seated(scene, 9)}, DAY)
    assert shown(factories.scope(scene))["there"] == "about 10"
    scene.organisation.small_number = 12
    assert shown(factories.scope(scene))["there"] == TOO_FEW
    assert policies.few(Scope(Organisation(small_number=5), None, 2026, 2027)) == 8


def test_people_are_shown_for_one_year_at_a_time(scene):
    people = factories.seated(scene, 12)
    factories.met(scene, {Channel.PHONE: people}, date(2026, 5, 1))
    factories.met(scene, {Channel.PHONE: people[:1]}, date(2027, 5, 1))
    assert shown(factories.scope(scene, 2026, 2028))["there"] == ONE_YEAR_AT_A_TIME
    assert queries.sections(factories.scope(scene, 2026, 2028))[1].charts == []


def test_one_person_more_cannot_be_had_by_taking_one_page_from_another(scene):
    people = factories.seated(scene, 11)
    factories.met(scene, {Channel.PHONE: people[:10]}, DAY)
    before = shown(factories.scope(scene))
    factories.met(scene, {Channel.PHONE: people[10:]}, DAY + timedelta(days=1))
    after = shown(factories.scope(scene))
    assert {key for key in before if before[key] != after[key]} == {"gatherings"}


def test_small_cell_takes_another_with_it_so_that_neither_comes_back(scene):
    people = factories.seated(scene, 32)
    factories.met(
        scene, {Channel.PHONE: people[:12], Channel.IN_PERSON: people[12:30], Channel.PAPER: people[30:]}, DAY
    )
    ways = {bar.label: bar.count for bar in queries.sections(factories.scope(scene))[1].charts[0].rows}
    assert (ways["In person"], ways["By phone"], ways["On paper"]) == (20, None, None)


def test_needs_of_a_few_people_are_not_drawn_as_numbers(scene, monkeypatch):
    found = {"gatherings held": [1], "places taken": [1], "needs shared": [1, 2, 3], "needs met": [1],
             "needs not met": [2], "people there": 1, "by channel": {}}  # fmt: skip
    monkeypatch.setattr(queries.gatherings, "figures", lambda *when, **which: found)
    chart = queries.sections(factories.scope(scene))[1].charts[0]
    assert [bar.count for bar in chart.rows] == [None, None, None]
    assert chart.sentence == "The numbers of needs are too few to show."


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1))
def test_no_bar_is_ever_about_a_few(counts):
    drawn = policies.chart("t", "places", counts, Scope(Organisation(small_number=5), None, 2026, 2027))
    for bar in drawn.rows if drawn else []:
        assert bar.hidden or (counts[bar.label] >= 8 and bar.count % 5 == 0)


@given(st.integers(0, 300), st.booleans())
def test_no_figure_of_people_is_ever_about_a_few(count, one_year):
    scope = Scope(Organisation(small_number=5), None, 2026, 2027 if one_year else 2029)
    said = policies.people("k", "w", count, scope).shown
    assert not any(letter.isdigit() for letter in said) or (count >= 8 and one_year)


# --- pay and influence ---


def test_pay_and_influence_stand_in_one_section(scene):
    section = queries.sections(factories.scope(scene))[2]
    assert (section.heading, section.beside_heading) == ("Pay", "Influence")
    assert {"offers", "paid"} <= {figure.key for figure in section.figures}
    assert {"statements", "decisions"} <= {figure.key for figure in section.beside}


def _at_the_table(them, name):
    person = contributions.add(name, them.organisation)
    initiatives.give_seat(
        initiative=them.initiative, person=person, role="Knows it well here", on=payments.ON, by=None, at=payments.AT
    )
    return person


def paid_to(count, them=None, **terms):
    """So many people who did work that was paid in cash, each two hours, £55.00."""
    them = them or contributions.cast()
    for number in range(count):
        payments.arrived(them, to=_at_the_table(them, f"Asha {number}"), **terms)
    return them


@pytest.mark.parametrize(
    ("count", "people", "money", "hours"),
    [(3, TOO_FEW, TOO_FEW, TOO_FEW), (9, "about 10", "about £500.00", "about 20")],
)
def test_money_is_shown_when_it_is_about_enough_people(db, count, people, money, hours):
    them = paid_to(count)
    found = shown(Scope(them.organisation, None, 2026, 2027))
    assert (found["paid"], found["paid-people"], found["paid-money"], found["hours"]) == (
        people, people, money, hours,
    )  # fmt: skip


def hours_by_fund(them, first=2026, after=2027):
    figures = queries.sections(Scope(them.organisation, None, first, after))[2].figures
    return {figure.words: figure.shown for figure in figures if figure.key.startswith("hours-")}


@pytest.mark.parametrize(
    ("from_fund", "else_", "grant", "other"),
    [(9, 9, "about 20", "about 20"), (9, 3, TOO_FEW, TOO_FEW), (3, 3, TOO_FEW, TOO_FEW)],
)
def test_hours_stand_by_what_paid_for_them_and_few_people_hide_both(db, from_fund, else_, grant, other):
    them = paid_to(else_)
    paid_to(from_fund, them, fund_line=funds.line(them, name="City grant", lines=(("Pay", "C1", 500_000),)))
    assert hours_by_fund(them) == {
        "Of these, paid from City grant": grant, "Of these, paid, with no fund named": other,
    }  # fmt: skip
    assert hours_by_fund(them, first=2025) == {}


def test_work_without_money_stands_in_the_same_list(db):
    them = paid_to(8)
    for number in range(8):
        who = _at_the_table(them, f"Bo {number}")
        offer = contributions.offer(them, who).pk
        offers.answer(offer_id=offer, state="PART", pence=0, by=who, at=payments.AT)
        offers.say_done(offer_id=offer, on=payments.ON, by=who, at=payments.AT)
    found = hours_by_fund(them)
    assert found == {"Of these, without money": "about 15", "Of these, paid, with no fund named": "about 15"}


def test_payments_are_not_shown_of_one_initiative(db):
    them = paid_to(9)
    found = shown(Scope(them.organisation, them.initiative, 2026, 2027))
    assert found["offers"] == "about 10"
    assert not {"paid", "paid-money", "paid-people", "days"} & set(found)


def test_what_was_declined_is_never_added_up_in_money(db):
    them = contributions.cast()
    contributions.offer(them)
    words = str(queries.table_rows(Scope(them.organisation, None, 2026, 2027)))
    assert "£" not in words


# --- labels ---


def test_label_of_each_initiative_stands_in_its_own_words_by_name(scene):
    labels.stage(scene)
    labels.published(scene)
    found = figures(factories.scope(scene))
    row = next(figure for key, figure in found.items() if key.startswith("label-"))
    assert (row.words, row.shown) == ("Leaving well", "Not enough known")


def test_claim_that_the_records_do_not_show_stands_beside_the_label(scene):
    labels.shared(scene)
    label_operations.claim(
        initiative=scene.initiative, label="service-user-led", said="", by=scene.people["lead"], at=AT
    )
    labels.published(scene)
    row = next(f for key, f in figures(factories.scope(scene)).items() if key.startswith("label-"))
    assert row.note == "We say: Led by people with lived experience. The facts show something else."


# --- lists ---


@pytest.fixture
def full(scene):
    """A table with one of everything that a list can show."""
    chair, author = scene.people["facilitator"], scene.people["author"]
    factories.met(scene, {Channel.PHONE: [author]}, DAY, title="Only for the table")
    said = decisions.statement(scene.initiative, author, chair=chair, at=AT)
    asked = decisions.question(scene.initiative, by=chair, at=AT, statements=[said])
    decisions.decided(asked, owner=chair, by=chair, at=AT)
    labels.published(scene)
    return factories.scope(scene)


def rows(scope, key, viewer):
    return [(row.words, bool(row.url)) for row in queries.behind(scope, key, viewer)]


def test_who_leads_reads_names_of_things_and_a_commissioner_their_days(scene, full):
    lead, commissioner = scene.people["lead"], scene.people["commissioner"]
    assert rows(full, "gatherings", lead) == [("Only for the table", True)]
    assert rows(full, "gatherings", commissioner) == [("A gathering of Leaving well", False)]
    assert rows(full, "decisions", lead) == [("What do people get in the first week?", True)]
    assert rows(full, "decisions-answering", commissioner) == [("A decision of Leaving well", False)]
    assert rows(full, "decisions-overturned", lead) == []
    assert rows(full, "initiatives", commissioner) == [("Leaving well", True), ("Sleep", True)]
    assert rows(full, "labels", commissioner) == [("Leaving well: Not enough known", True)]


def test_no_list_a_commissioner_can_open_names_a_person(world, scene, full):
    client = world.client("commissioner")
    names = {person.shown_name for place in world.scenes.values() for person in place.people.values()}
    names -= {scene.people["commissioner"].shown_name}
    for key in queries.lists_for(scene.people["commissioner"], scene.organisation):
        for name, pk in (("year_list", scene.organisation.pk), ("initiative_list", scene.initiative.pk)):
            page = client.get(reverse(f"reports:{name}", args=[pk, key]) + "?from=2026&to=2027")
            assert page.status_code == 200, key
            assert not [name for name in names if name in page.content.decode()]
            assert "Only for the table" not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "offers", "book"),
    [("lead", True, False), ("commissioner", False, False), ("approver", False, True), ("payer", False, True)],
)
def test_offers_open_for_who_leads_and_the_book_for_who_pays(scene, role, offers, book):
    opens = queries.lists_for(scene.people[role], scene.organisation)
    assert ("offers" in opens, "paid" in opens) == (offers, book)
    assert (queries.behind(factories.scope(scene), "offers", scene.people[role]) is not None) == offers


def test_lists_hold_as_many_things_as_the_figure_says(world, scene, full):
    lead = scene.people["lead"]
    found = figures(full, lead)
    listed = {key: figure.shown for key, figure in found.items() if figure.listed}
    assert set(listed) <= set(LISTS)
    assert {key: len(queries.behind(full, key, lead)) for key in listed} == {
        key: int(count) for key, count in listed.items()
    }


def test_list_that_nobody_keeps_is_not_found(world, scene):
    client = world.client("lead")
    for key in ("people", "there", "paid"):
        assert client.get(reverse("reports:year_list", args=[scene.organisation.pk, key])).status_code == 404


# --- file ---


def test_file_holds_what_the_page_holds(world, scene, full):
    data = world.client("commissioner").get(
        reverse("reports:year_file", args=[scene.organisation.pk]) + "?from=2026&to=2027"
    )
    read = list(csv.reader(io.StringIO(data.content.decode("utf-8-sig"))))
    assert read[0][:3] == ["About", "Harbour Trust", "from 1 January 2026 to 31 December 2026"]
    values = {row[1]: row[2] for row in read[2:]}
    for figure in figures(full).values():
        assert values[figure.words] == figure.shown


@pytest.mark.parametrize("name", ["=1+1", "+44", "@SUM(A1)", "\t=1", "-2"])
def test_no_cell_of_the_file_runs_as_a_formula(scene, name):
    scene.organisation.name = name
    read = list(csv.reader(io.StringIO(queries.file_of(factories.scope(scene)).decode("utf-8-sig"))))
    assert read[0][1] == f"'{name}"
    assert not [cell for row in read for cell in row if cell[:1] in tuple("=+-@\t\r\n")]


# --- who, and which years ---


@pytest.mark.parametrize(
    ("role", "reads"),
    [("lead", True), ("commissioner", True), ("approver", True), ("payer", True), ("operator", False),
     ("facilitator", False), ("author", False), ("member", False)],
)  # fmt: skip
def test_who_reads(scene, role, reads):
    assert queries.read_by(scene.people[role]).exists() == reads


@pytest.mark.parametrize("role", ["commissioner", "approver", "payer", "facilitator", "member"])
def test_only_who_leads_names_and_ends_a_policy(scene, role):
    lead = scene.people["lead"]
    made = operations.link_policy(organisation=scene.organisation, words="Plan", asks="", url="", by=lead, at=AT)
    before = JournalLine.objects.count()
    with pytest.raises(Refused, match="not-asked"):
        operations.link_policy(
            organisation=scene.organisation, words="x", asks="", url="", by=scene.people[role], at=AT
        )
    with pytest.raises(Refused, match="not-asked"):
        operations.end_link(link_id=made.pk, by=scene.people[role], at=AT)
    assert (PolicyLink.objects.count(), JournalLine.objects.count()) == (1, before)


def test_policy_is_ended_once(scene):
    lead = scene.people["lead"]
    made = operations.link_policy(organisation=scene.organisation, words="Plan", asks="", url="", by=lead, at=AT)
    operations.end_link(link_id=made.pk, by=lead, at=AT)
    with pytest.raises(Refused, match="ended"):
        operations.end_link(link_id=made.pk, by=lead, at=AT)
    assert JournalLine.objects.filter(what__startswith="reports.policy.").count() == 2


def test_drafts_and_other_organisations_have_no_page(world, scene):
    far = world.scenes["foreign"]
    client = world.client("commissioner")
    assert client.get(reverse("reports:initiative", args=[far.initiative.pk])).status_code == 404
    scene.initiative.state = "DRAFT"
    scene.initiative.save(update_fields=["state"])
    assert client.get(reverse("reports:initiative", args=[scene.initiative.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "good"),
    [
        ({"from": "2026", "to": "2027"}, True), ({"from": "2025", "to": "2027"}, True),
        ({"from": "2026", "to": "2026"}, False), ({"from": "2027", "to": "2026"}, False),
        ({"from": "1", "to": "99999"}, False), ({"from": "2026-05", "to": "2027"}, False), ({"from": "x"}, False),
        ({"from": "2026\0", "to": "2027"}, False),
    ],
)  # fmt: skip
def test_only_whole_years_in_their_order_are_read(asked, good):
    assert forms.YearsForm(asked, began=2024, this_year=2026).is_valid() == good


def test_bad_years_show_the_year_that_has_settled_and_say_so(world, scene):
    page = world.client("lead").get(reverse("reports:year", args=[scene.organisation.pk]) + "?from=1&to=x")
    assert page.status_code == 200
    assert page.context["form"].errors


def test_clock_of_early_spring_opens_the_year_before(world, scene, monkeypatch):
    Organisation.objects.filter(pk=scene.organisation.pk).update(made_at=datetime(2025, 5, 1, tzinfo=AT.tzinfo))
    monkeypatch.setattr("alongside.reports.views.timezone.now", lambda: datetime(2027, 2, 1, tzinfo=AT.tzinfo))
    page = world.client("lead").get(reverse("reports:year", args=[scene.organisation.pk]))
    assert (page.context["scope"].first, page.context["scope"].after) == (2026, 2027)


def test_duty_that_ended_opens_no_page(world, scene):
    Duty.objects.filter(person=scene.people["commissioner"], kind=DutyKind.COMMISSIONER).update(until=AT.date())
    url = reverse("reports:year", args=[scene.organisation.pk])
    assert world.client("commissioner").get(url).status_code == 404


def test_second_press_names_a_policy_once(world, scene):
    client, url = world.client("lead"), reverse("reports:link", args=[scene.organisation.pk])
    token = client.get(url).context["form"]["once"].value()
    for _ in range(2):
        client.post(url, {"words": "Plan 2026", "once": token})
    assert PolicyLink.objects.count() == 1


def test_address_that_runs_is_refused_and_what_was_typed_is_kept(world, scene):
    url = reverse("reports:link", args=[scene.organisation.pk])
    page = world.client("lead").post(url, {"words": "Kept plan", "url": "javascript:alert(1)"})
    assert (page.status_code, PolicyLink.objects.count()) == (200, 0)
    assert "Kept plan" in page.content.decode()


def test_page_makes_the_same_number_of_queries_for_one_and_three(world, scene, queries_of):
    client = world.client("lead")
    pages = [
        reverse("reports:year", args=[scene.organisation.pk]) + "?from=2026&to=2027",
        reverse("reports:year_list", args=[scene.organisation.pk, "gatherings"]) + "?from=2026&to=2027",
    ]
    chair, counts = scene.people["facilitator"], []
    for number in range(3):
        factories.met(scene, {Channel.PHONE: [scene.people["author"]]}, DAY, title=f"Tea {number}")
        asked = decisions.question(scene.initiative, by=chair, at=AT)
        decisions.decided(asked, owner=chair, by=chair, at=AT)
        labels.published(scene)
        operations.link_policy(
            organisation=scene.organisation, words="Plan", asks="", url="", by=scene.people["lead"], at=AT
        )
        counts.append([queries_of(lambda page=page: client.get(page)) for page in pages])
    assert counts[0] == counts[2] == [39, 7]
