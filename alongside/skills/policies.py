"""What both a rule and a read ask: who can be asked for a reference, and what the records say that somebody can do."""

from alongside.claims import queries as claims
from alongside.claims.states import LogKind
from alongside.contributions import queries as contributions
from alongside.contributions.states import OfferState
from alongside.credit import permissions as credit_rules
from alongside.credit import queries as credit
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.skills.states import DUTY_WORDS, Proposal


def may_be_asked(initiative, person):
    """Persons who lead or chair an initiative, or lead its organisation, each once, by name; not the person themself."""
    here = initiatives.holders(initiative, *LEADING)
    whole = organisations.duty_holders(initiative.organisation, DutyKind.LEAD)
    found = {duty.person_id: duty.person for duty in (*here, *whole) if duty.person_id != person.pk}
    return sorted(found.values(), key=lambda each: (each.shown_name.casefold(), each.pk))


def proposals(person):
    """What the records say that a person can do: list of Proposal in a fixed order.

    Seats, lenses, access needs, names of initiatives and titles of outputs are never read: they may say why somebody
    is involved. What still says it is left out.
    """
    found = [*_from_log(person), *_from_work(person), *_from_duties(person), *_from_credit(person)]
    return [each for each in found if credit_rules.why_not_words(f"{each.words} {each.known_from}") is None]


def _from_log(person):
    minutes = {}
    for entry in claims.log_of(person):
        minutes[entry.kind] = minutes.get(entry.kind, 0) + entry.minutes
    for kind in LogKind:
        if kind != LogKind.OTHER and kind in minutes:
            yield Proposal(f"log:{kind}", kind.label, f"{hours(minutes[kind])} that I wrote down")


def _from_work(person):
    done = contributions.offers_to(person).filter(state=OfferState.DONE, same_day=False, costs_only=False)
    minutes = sum(done.order_by().values_list("minutes", flat=True))
    if minutes:
        yield Proposal("work", "Doing work that was agreed, to the end", f"{hours(minutes)} of work in the record")


def _from_duties(person):
    tables = {}
    for duty in initiatives.duties_ever_of(person):
        tables.setdefault(duty.kind, set()).add(duty.initiative_id)
    for kind, words in DUTY_WORDS.items():
        if kind in tables:
            count = len(tables[kind])
            yield Proposal(f"duty:{kind}", words, f"I was asked to at {count} table{'s' if count > 1 else ''}")


def _from_credit(person):
    kinds = {}
    for output, role in credit.roles_said(person):
        kinds.setdefault(role, {})[output.get_kind_display().lower()] = True
    for role, made in kinds.items():
        yield Proposal(f"role:{role}"[:80], role, f"I gave to: {', '.join(made)}")


def hours(minutes):
    """Minutes in words: `2 hours and 30 minutes`."""
    whole, rest = divmod(minutes, 60)
    counts = ((whole, "hour"), (rest, "minute"))
    return " and ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in counts if count)
