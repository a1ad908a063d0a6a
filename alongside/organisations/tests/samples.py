"""One of each thing of this room, for the tests that visit every page as everybody."""

from django.utils import timezone

from alongside.organisations import operations
from alongside.organisations.models import Membership
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.people.states import TellBy


def samples(scene):
    """{name: pk} of a membership, duties, something to tell and sent registers in the scene's organisation."""
    here, at, on, cast = scene.organisation, scene.at, scene.on, scene.people
    keeper = cast["lead"]
    new = operations.add_by_hand(
        organisation=here,
        shown_name=f"Ivy of {scene.initiative.name}",
        phone="020 7946 0000",
        tell_by=TellBy.PHONE,
        on=on,
        by=keeper,
        at=at,
    )
    people.tell(to=new.person, about=f"sample:{new.pk}", words="The room is changed.", at=at)
    # Registers live for a day of the real clock, which the pages ask.
    sent = {"organisation": here, "name": "list.csv", "content": b"Name,E-mail\nPia Example,\n", "by": keeper}
    waiting = operations.send_register(**sent, at=timezone.now())
    taken = operations.send_register(**sent, at=timezone.now())
    operations.take_register(upload_id=taken.pk, on=on, by=keeper, at=at)
    kept = Membership.objects.get(person=new.person)
    own = operations.ask_to(person=cast["author"], kind="ON_CALL", organisation=here, on=on, at=at)
    return {
        "membership": kept.pk,
        "telling": ToTell.objects.get(person=new.person).pk,
        "duty": operations.ask_to(person=cast["member"], kind="DISTRESS_LEAD", organisation=here, on=on, at=at).pk,
        "own_duty": own.pk,
        "waiting_register": waiting.pk,
        "taken_register": taken.pk,
    }
