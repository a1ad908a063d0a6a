"""Asks and lines made through the operations. The cast is that of the room of contributions; Lea leads."""

from datetime import date

from alongside.claims import operations as claims
from alongside.contributions.tests.factories import AT, ON, Cast, cast, done
from alongside.credit.tests.factories import asked as output_asked
from alongside.credit.tests.factories import named
from alongside.initiatives import operations as initiatives
from alongside.skills import operations

__all__ = ["AT", "BY_ON", "ON", "Cast", "cast"]
BY_ON = date(2026, 12, 1)


def ask(them, by=None, of=None, **more):
    said = {"purpose": "A job in a library.", "by_on": BY_ON, "at": AT} | more
    return operations.ask(initiative=them.initiative, of=of or them.lea, by=by or them.asha, **said)


def skill(person, words="Reading small print", known_from="Years of letters", **more):
    return operations.write(words=words, known_from=known_from, by=person, at=AT, **more)


def worked(them):
    """Asha listened for two hours and a half, did two hours of work, chairs, and is named for a leaflet."""
    for minutes in (90, 60):
        claims.log(kind="LISTENING", minutes=minutes, on=ON, today=ON, by=them.asha, at=AT, by_choice=True)
    done(them)
    initiatives.ask_to(initiative=them.initiative, person=them.asha, kind="CHAIR", on=ON, by=None, at=AT)
    made = output_asked(them.initiative, them.lea)
    named(made, them.asha, roles=("investigation", "validation", "emotional-work"))
    return made
