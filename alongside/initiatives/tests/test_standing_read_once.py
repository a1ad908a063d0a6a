"""A request that only shows reads where a person stands once; what it learns is what a rule would read afresh."""

import pytest

from alongside.initiatives import operations, policies, queries
from alongside.initiatives.models import Initiative
from alongside.initiatives.tests import factories as make
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import queries as people
from alongside.people.models import Person
from tests.world import AT, ON, World

pytestmark = pytest.mark.django_db
KINDS = (DutyKind.LEAD, DutyKind.CHAIR, DutyKind.RECORDER, DutyKind.PAYER, DutyKind.COMMISSIONER)


def learned(person):
    """Everything that pages ask of a person's standing, for every initiative there is."""
    every = list(Initiative.objects.order_by("pk"))
    return {
        "table": list(queries.table_of(person)),
        "visible": list(queries.visible_to(person)),
        "asked": [list(queries.initiatives_where(person, kind)) for kind in KINDS],
        "organisations": [list(organisations.organisations_where(person, kind)) for kind in KINDS],
        "keeps": [organisations.keeps(person, each.organisation_id) for each in every],
        "leads all": [organisations.holds(person, DutyKind.LEAD, each.organisation_id) for each in every],
        "reads": [policies.reads(person, each) for each in every],
        "seated": [policies.is_seated(person, each) for each in every],
        "holds": [[policies.holds(person, kind, each) for kind in KINDS] for each in every],
    }


def test_kept_standing_answers_as_the_table_does():
    world = World()
    everybody = {(name, role): who for name, scene in world.scenes.items() for role, who in scene.people.items()}
    assert len(everybody) > 25
    for asked, person in everybody.items():
        kept = Person.objects.get(pk=person.pk)
        kept.only_shows = True
        assert learned(kept) == learned(Person.objects.get(pk=person.pk)), asked
    lead = learned(everybody["own", "lead"])
    assert lead["reads"].count(True) == 2 and lead["leads all"].count(True) == 2, "two tables of one organisation"


def test_a_person_without_a_seat_or_duty_stands_nowhere():
    table, eli = make.opened(make.organisation(), make.person("Dee")), make.person("Eli")
    Initiative.objects.filter(pk=table.pk).update(state="DRAFT")
    eli.only_shows = True
    assert list(queries.table_of(eli)) == list(queries.visible_to(eli)) == []


def test_nobody_stands_nowhere():
    make.opened(make.organisation(), make.person("Dee"))
    assert list(queries.table_of(None)) == list(queries.initiatives_where(None, *KINDS)) == []


def test_what_was_kept_for_one_page_is_not_kept_for_the_next(client):
    here = make.organisation()
    dee, bo = make.member("Dee", here), make.member("Bo", here)
    table = make.opened(here, dee)
    operations.give_seat(initiative=table, person=bo, role="Knows the night shift", on=ON, by=None, at=AT)
    make.signs_in(client, bo)
    page = f"/gatherings/of/{table.pk}/"
    assert client.get(page).status_code == 200
    queries.seats_of(bo).update(left_on=ON)
    assert client.get(page).status_code == 404


def test_a_request_that_changes_something_never_uses_what_was_kept(rf):
    person = make.person("Bo")
    for method, kept in (("get", True), ("head", True), ("post", False), ("put", False), ("delete", False)):
        request = getattr(rf, method)("/")
        request.session, request.user = {"guest_person": person.pk}, type("Nobody", (), {"is_authenticated": False})()
        assert people.acting_person(request).only_shows is kept, method
