"""Stages have days and an aim that is compared later; who came in before the aim stood fast can be told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.design.states import DONE, NEXT, NOW
from alongside.initiatives import operations, queries
from alongside.initiatives.models import ChangeOfDirection, Seat, Stage
from alongside.initiatives.tests import factories as make
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def dee():
    return make.person("Dee")


@pytest.fixture
def table(dee):
    return make.opened(make.organisation(), dee)


def add(table, dee, kind="design", from_on=make.ON, **aims):
    return operations.add_stage(initiative_id=table.pk, kind=kind, from_on=from_on, by=dee, at=make.AT, **aims)


def test_stage_keeps_the_words_of_its_rung_as_they_were(table, dee):
    stage = add(table, dee, ladder="tlap", rung="co-design")
    rung = next(rung for rung in content.ladder("tlap").rungs if rung.id == "co-design")
    assert (stage.ladder, stage.target_rung) == ("tlap", "co-design")
    assert stage.aimed_at == f"{rung.words}: {rung.means}"


def test_every_rung_of_every_ordered_ladder_fits(table, dee):
    words = [f"{rung.words}: {rung.means}" for ladder in content.ladders() if ladder.ordered for rung in ladder.rungs]
    assert max(map(len, words)) <= Stage._meta.get_field("aimed_at").max_length


def test_aiming_elsewhere_later_has_a_reason_and_keeps_both(table, dee):
    stage = add(table, dee)
    aims = {"stage_id": stage.pk, "ladder": "tlap", "by": dee, "at": make.AT}
    operations.aim(rung="co-production", **aims)
    assert not ChangeOfDirection.objects.exists(), "the first aim is no change"
    with pytest.raises(Refused, match="reason"):
        operations.aim(rung="consultation", **aims)
    stage.refresh_from_db()
    assert stage.target_rung == "co-production"
    operations.aim(rung="consultation", reason="There is no money for more.", raised_by=dee, **aims)
    change = ChangeOfDirection.objects.get()
    assert change.before.startswith("design: Co-production")
    assert change.now.startswith("design: Consultation")


def test_thread_of_stages_says_what_is_done_now_and_next(table, dee):
    add(table, dee, "initiate", date(2026, 1, 1), to_on=date(2026, 3, 1))
    add(table, dee, "design", date(2026, 10, 1))
    add(table, dee, "deliver", date(2027, 1, 1))
    thread = queries.stage_thread(queries.stages_of(table), make.ON)
    states = {step.words: step.state for step in thread.steps}
    assert [states[content.stage(kind).words] for kind in ("initiate", "design", "deliver", "sustain")] == [
        DONE, NOW, NEXT, NEXT,
    ]  # fmt: skip
    passed_over = content.stage("commission").words
    assert passed_over not in states


def test_stage_ends_after_it_began(table, dee):
    stage = add(table, dee)
    with pytest.raises(Refused, match="before-it-began"):
        operations.end_stage(stage_id=stage.pk, on=make.ON, by=dee, at=make.AT)
    operations.end_stage(stage_id=stage.pk, on=make.ON + timedelta(days=1), by=dee, at=make.AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.filter(pk=stage.pk).update(to_on=make.ON)


def test_stage_is_set_down_once_for_a_day(table, dee):
    add(table, dee)
    with pytest.raises(Refused, match="stage-once"):
        add(table, dee)


def test_who_came_three_days_after_the_aim_stood_fast_is_late_and_three_before_is_not(table, dee):
    Seat.objects.all().delete()
    asha, bo, cy = (make.person(name) for name in ("Asha", "Bo", "Cy"))
    frozen = make.ON
    make.seat(table, asha, on=frozen - timedelta(days=3))
    make.seat(table, bo, on=frozen)
    make.seat(table, cy, on=frozen + timedelta(days=3))
    assert queries.first_contribution_gap(table) == []
    operations.freeze_aim(initiative_id=table.pk, on=frozen, by=dee, at=make.AT)
    table.refresh_from_db()
    gaps = queries.first_contribution_gap(table)
    assert [(gap.person_id, gap.days, gap.late) for gap in gaps] == [
        (asha.pk, -3, False),
        (bo.pk, 0, False),
        (cy.pk, 3, True),
    ]


def test_the_page_of_changes_says_who_came_too_late_to_shape_the_aim(table, dee, client):
    asha, bo, cy = (make.person(name) for name in ("Asha", "Bo", "Cy"))
    make.seat(table, asha, on=make.ON - timedelta(days=3))
    for late in (bo, cy):
        make.seat(table, late, on=make.ON + timedelta(days=3))
    make.signs_in(client, dee)
    url = reverse("initiatives:changes", args=[table.pk])
    assert "came in" not in client.get(url).content.decode()
    operations.freeze_aim(initiative_id=table.pk, on=make.ON, by=dee, at=make.AT)
    page = client.get(url).content.decode()
    assert "Friday 30 October 2026: 1 person came in, 3 days before the aim stood fast</li>" in page
    assert (
        "Thursday 5 November 2026: 2 people came in, 3 days after the aim stood fast. <b>Too late to shape it</b>"
        in page
    )
    assert "Asha" not in page


def test_coming_back_does_not_make_the_first_day_later(table, dee):
    asha = make.person("Asha")
    first = make.seat(table, asha, on=make.ON - timedelta(days=30))
    operations.leave(seat_id=first.pk, on=make.ON, by=asha, at=make.AT)
    make.seat(table, asha, on=make.ON + timedelta(days=30))
    operations.freeze_aim(initiative_id=table.pk, on=make.ON, by=dee, at=make.AT)
    table.refresh_from_db()
    assert {gap.days for gap in queries.first_contribution_gap(table) if gap.person_id == asha.pk} == {-30}


def test_day_of_the_aim_moves_only_with_a_reason(table, dee):
    said = {"initiative_id": table.pk, "by": dee, "at": make.AT}
    operations.freeze_aim(on=make.ON, **said)
    operations.freeze_aim(on=make.ON, **said)
    assert not ChangeOfDirection.objects.exists()
    later = make.ON + timedelta(days=90)
    with pytest.raises(Refused, match="reason"):
        operations.freeze_aim(on=later, **said)
    table.refresh_from_db()
    assert table.aim_frozen_on == make.ON
    operations.freeze_aim(on=later, reason="We opened it again together.", **said)
    change = ChangeOfDirection.objects.get()
    assert (change.what, change.before, change.now) == ("aim_frozen_on", "2026-11-02", "2027-01-31")


def test_partner_takes_part_until_somebody_says_no_longer(table, dee):
    partner = operations.add_partner(
        initiative_id=table.pk, name="The library", brings="Rooms", on=make.ON, by=dee, at=make.AT
    )
    assert list(queries.partners_of(table)) == [partner]
    operations.end_partner(partner_id=partner.pk, on=make.ON, by=dee, at=make.AT)
    assert list(queries.partners_of(table)) == []
