"""One of each thing of this room, for the tests that visit every page as everybody."""

from datetime import timedelta

from alongside.initiatives import operations
from alongside.initiatives.models import AdvertReply, Seat
from alongside.initiatives.tests.factories import ADVERT


def samples(scene):
    """{name: pk} of stages, seats, duties, adverts and answers at the scene's table."""
    here, at, on, cast = scene.initiative, scene.at, scene.on, scene.people
    acts = {"by": cast["facilitator"], "at": at}
    stage = operations.add_stage(initiative_id=here.pk, kind="design", from_on=on - timedelta(days=9), **acts)
    partner = operations.add_partner(initiative_id=here.pk, name="The library", brings="Rooms", on=on, **acts)
    empty = operations.set_empty_seat(initiative_id=here.pk, role="Knows the buses at night", **acts)
    advert = operations.write_advert(initiative_id=here.pk, **ADVERT, **acts)
    operations.publish(advert_id=advert.pk, **acts)
    draft = operations.write_advert(initiative_id=here.pk, **ADVERT, **acts)
    answered = operations.enter_reply(
        advert_id=advert.pk, shown_name="Ola", words="I would.", channel="PHONE", on=on, **acts
    )
    own_duty = operations.ask_to(initiative=here, person=cast["author"], kind="ON_CALL", on=on, **acts)
    other_duty = operations.ask_to(initiative=here, person=cast["recorder"], kind="ON_CALL", on=on, **acts)
    return {
        "stage": stage.pk,
        "partner": partner.pk,
        "empty_seat": empty.pk,
        "asked_seat": Seat.objects.create(initiative=here, role="Minds the time", asked=cast["author"]).pk,
        "own_seat": Seat.objects.get(initiative=here, person=cast["author"], left_on=None).pk,
        "initiative_duty": other_duty.pk,
        "own_initiative_duty": own_duty.pk,
        "advert": advert.pk,
        "draft_advert": draft.pk,
        "reply": answered.pk,
        "own_reply": AdvertReply.objects.create(advert=advert, person=cast["author"], channel="SCREEN", at=at).pk,
    }
