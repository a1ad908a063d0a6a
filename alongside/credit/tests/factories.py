"""Outputs, names and words made through the operations. The cast is that of the room of contributions."""

from datetime import date, timedelta

from alongside.contributions.tests.factories import AT, ON, Cast, add, cast, later
from alongside.credit import operations, policies, queries
from alongside.credit.models import Credit
from alongside.credit.states import NameForm, OutputKind, Source, Standing, Use
from alongside.people import operations as people
from alongside.people.queries import person as same

__all__ = ["AT", "ON", "Cast", "add", "cast", "later"]

UNTIL = date(2027, 11, 2)


def output(initiative, by, title="Leaving the ward, a leaflet", at=AT, **more):
    """A leaflet in the making by a group with a name."""
    terms = {"kind": OutputKind.LEAFLET, "begun_on": ON, "group_name": "the Sleep Well group"} | more
    return operations.add_output(initiative=initiative, title=title, by=by, at=at, **terms)


def asked(initiative, by, at=AT, **more):
    """An output for which everybody who ever sat there was asked."""
    made = output(initiative, by, **more)
    operations.ask_everybody(output_id=made.pk, by=by, at=at)
    return made


def credit_of(made, person):
    return Credit.objects.get(output=made, person=person)


def named(made, person, name="", form=NameForm.FULL, standing=Standing.AUTHOR, roles=("investigation",), **more):
    """The person says how they are named."""
    mine = credit_of(made, person)
    return operations.say_how(
        credit_id=mine.pk, form=form, name=name or person.shown_name, standing=standing, roles=roles,
        by=same(person.pk), at=AT, **more,
    )  # fmt: skip


def captured(initiative, speaker, by, words="The night was long.", **more):
    """Words that `by` wrote down of `speaker`."""
    terms = {"source": Source.GATHERING, "said_on": ON, "at": AT} | more
    return operations.capture(initiative=initiative, speaker=speaker, words=words, by=by, **terms)


def shown(initiative, speaker, by, **more):
    made = captured(initiative, speaker, by, **more)
    return operations.show(quote_id=made.pk, by=by, at=AT) if speaker.pk != by.pk else made


def yes(quote, form=NameForm.FIRST, uses=(Use.REPORT,), until=UNTIL, at=AT, name="Asha Khan", today=ON):
    """The speaker says yes to the newest wording."""
    return operations.approve(
        quote_id=quote.pk, seen=policies.newest_draft(quote).pk, form=form, name=name, uses=list(uses), until=until,
        by=same(quote.speaker_id), at=at, today=today,
    )  # fmt: skip


def approved(initiative, speaker, by, **more):
    return yes(shown(initiative, speaker, by, **more))


def used(approval, by, place="Yearly report 2026, page 4"):
    return operations.use(approved_id=approval.pk, use=Use.REPORT, place=place, used_on=ON, by=by, at=AT)


def helped(person, helper):
    """The person, with a helper beside them."""
    acting = same(person.pk)
    acting.helped_by, acting.channel = helper, "ASSISTED"
    return acting


def leave(initiative, person, at=AT + timedelta(days=30)):
    """The person leaves their seat."""
    from alongside.initiatives import operations as initiatives
    from alongside.initiatives import queries as seats

    seat = seats.seats_of(person).get(initiative=initiative)
    initiatives.leave(seat_id=seat.pk, on=at.date(), by=same(person.pk), at=at)


def pause(person):
    return people.move(person_id=person.pk, to="PAUSED", by=same(person.pk), at=AT)


def words_for(initiative, use=Use.REPORT, on=ON):
    return [each.words for each in queries.approved_quotes(initiative, use, on)]
