"""One of each thing of this room, belonging to the author of the scene."""

from alongside.people import operations
from alongside.people.models import AccessNeed, AssistedVisit, Lens


def samples(scene):
    author = scene.people["author"]
    helper = operations.add_person(shown_name="Comes on Tuesdays", at=scene.at)
    visit = AssistedVisit.objects.create(
        person=author, helper=helper, present="Sits beside me", started_at=scene.at, ended_at=scene.at
    )
    return {
        "lens": Lens.objects.create(person=author, words="I was on that ward", added_at=scene.at).pk,
        "need": AccessNeed.objects.create(person=author, words="Breaks").pk,
        "assisted_visit": visit.pk,
        "contact_kind": "phone",
        "passkey": 987_654_320,
    }
