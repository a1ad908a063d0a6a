"""Plain ways to a table with people at it; no surprises."""

from datetime import UTC, date, datetime

from alongside.initiatives import operations
from alongside.organisations import operations as organisations
from alongside.people import operations as people
from alongside.people.models import Login

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
ORIGIN = {
    "who_asked": "Unknown",
    "why_now": "The contract ends next year.",
    "who_is_affected": "Anyone leaving the ward.",
    "affected_inside": "Nobody yet",
}
ADVERT = {
    "title": "Read letters with us",
    "task": "Say where a letter frightens or confuses.",
    "pay_kind": "PAID",
    "pay_words": "£20 an hour and all costs, within 10 working days.",
    "access": "Step-free. Or join by phone.",
    "time_words": "2 hours on the first Tuesday of a month.",
    "benefit_line": "Money for taking part can change some benefits. You can say no, take less, or choose when.",
    "other_ways": "Ring 020 7946 0000, weekdays.",
}


def organisation(name="Harbour Trust", country="GB"):
    return organisations.found(name=name, country=country, at=AT)


def person(name, **reach):
    return people.add_person(shown_name=name, at=AT, **reach)


def member(name, here, **reach):
    who = person(name, **reach)
    organisations.welcome(person=who, organisation=here, on=ON, at=AT)
    return who


def draft(here, by, name="Leaving well", **details):
    return operations.begin(organisation=here, name=name, kind="service", by=by, at=AT, on=ON, **details)


def opened(here, by, name="Leaving well", **details):
    made = draft(here, by, name, **(ORIGIN | details))
    operations.move(initiative_id=made.pk, to="OPEN", reason="The four questions are answered.", by=by, at=AT)
    made.refresh_from_db()
    return made


def seat(initiative, who, role="Knows the ward from inside", on=ON):
    return operations.give_seat(initiative=initiative, person=who, role=role, on=on, by=None, at=AT)


def advert(initiative, by, publish=True, **words):
    made = operations.write_advert(initiative_id=initiative.pk, by=by, at=AT, **(ADVERT | words))
    if publish:
        operations.publish(advert_id=made.pk, by=by, at=AT)
        made.refresh_from_db()
    return made


def signs_in(client, who):
    """A browser in which `who` acts through the account door."""
    login, _ = Login.objects.get_or_create(email=f"person{who.pk}@example.org", defaults={"person": who})
    client.force_login(login)
    return client
