"""Claims made through the operations, on the cast of the room of offers: see `cast` there."""

import io
from datetime import UTC, date, datetime

from PIL import Image

from alongside.claims import operations, queries
from alongside.claims.states import Per
from alongside.contributions.tests import factories as offers
from alongside.gatherings import operations as gatherings
from alongside.people.states import Channel

AT = offers.AT  # Monday 2 November 2026
ON = offers.ON
STARTS = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ENDS = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
LINES = [
    ("Bus there and back", Per.TIME, 600),
    ("Lunch", Per.TIME, 500),
    ("Childcare", Per.HOUR, 700),
]
cast, add = offers.cast, offers.add


def cost_list(them, lines=LINES, from_on=date(2026, 1, 1)):
    return operations.add_costs(
        organisation=them.organisation, from_on=from_on, source="Agreed by us", lines=lines, by=them.lea, at=AT
    )


def item(them, words="Bus there and back"):
    return next(each for each in queries.items_on(them.organisation, ON) if each.words == words)


def met(them, *there, title="How we leave the ward", starts_at=STARTS, ends_at=ENDS):
    """A gathering that was held, with the people who were there."""
    made = gatherings.call(
        initiative=them.initiative,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place="The Hall",
        by=them.lea,
        at=AT,
    )
    seated = {seat.pk: "" for seat in (them.asha, them.bo, them.cy)}
    came = seated | {person.pk: Channel.IN_PERSON for person in there}
    return gatherings.record_attendance(gathering_id=made.pk, there=came, by=them.lea, at=AT)


def scene(work=True):
    """(cast, gathering): Asha was there, said yes to £68.75 for 2 hours and 30 minutes getting ready; the list is set."""
    them = cast()
    cost_list(them)
    gathering = met(them, them.asha)
    if work:
        offers.accepted(them, method="BANK", prep_minutes=30, task="Talk about leaving the ward")
    return them, gathering


def sent(them, gathering=None, to=None, words=("Bus there and back",), method="BANK", **more):
    to = to or them.asha
    items = {item(them, each).pk: 1 for each in words}
    facts = {"to": to, "initiative": them.initiative, "activity_on": ON, "items": items, "by": to, "at": AT} | more
    return operations.send(gathering=gathering, method=method, **facts)


def told(them, gathering=None, to=None, by=None, **more):
    """£6.00 for the bus, that Asha told Lea by phone."""
    facts = {
        "to": to or them.asha, "initiative": them.initiative, "activity_on": ON, "items": {item(them).pk: 1},
        "method": "CASH", "channel": Channel.PHONE, "asked_words": "Asha herself, on Monday.", "by": by or them.lea, "at": AT,
    }  # fmt: skip
    return operations.write_down(gathering=gathering, **facts | more)


def photo(place="51.5007N 0.1246W", width=60, height=40):
    """Bytes of a real JPEG, with the place where it was taken."""
    said = Image.Exif()
    said[0x0110] = "Asha’s phone"
    said.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.5), 29: place})
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG", exif=said)
    return out.getvalue()


def receipt(them, gathering=None, by=None, pence=1250, words="Taxi home", data=None, **more):
    facts = {"initiative": them.initiative, "activity_on": ON, "words": words, "pence": pence, "at": AT} | more
    return operations.add_receipt(
        gathering=gathering, name="IMG_1.jpg", data=data or photo(), by=by or them.asha, **facts
    )


def logged(them, by=None, minutes=30, **more):
    facts = {"kind": "CALL", "on": ON, "today": ON, "initiative": them.initiative, "at": AT} | more
    return operations.log(by=by or them.asha, minutes=minutes, **facts)
