"""What stands side by side from several rooms."""

from django.urls import reverse

from alongside.agreements import queries as agreements
from alongside.bids import queries as bids
from alongside.claims import queries as claims
from alongside.contributions import queries as contributions
from alongside.conversations import queries as conversations
from alongside.credit import queries as credit
from alongside.decisions import queries as decisions
from alongside.design.states import BECAME, NEEDS, WAITS
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.labels import queries as labels
from alongside.ledger import queries as ledger
from alongside.media import queries as media
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import queries as payees
from alongside.payments import queries as payments
from alongside.reports import queries as reports
from alongside.runs import queries as runs
from alongside.skills import queries as skills
from alongside.terms import queries as terms
from alongside.timebank import queries as timebank

# Each of these rooms has `today(person, on)`; the order counts where two lines have no day.
ROOMS = [
    initiatives,
    terms,
    bids,
    media,
    agreements,
    gatherings,
    conversations,
    decisions,
    contributions,
    claims,
    timebank,
    credit,
    skills,
    ledger,
    payees,
    payments,
    runs,
    labels,
]
MOST_ADVERTS = 3
_FOR_ALL = [("front:today", "Start"), ("front:directory", "Find")]
_FOR_SOMEBODY = [("front:today", "Today"), ("front:directory", "Find"), ("people:me", "My page")]
MOST_NEEDS = 5
MOST_TABLES = 12


def nav(person, path):
    """The few ways that every page offers: list of dicts (url, words, here)."""
    ways = [(reverse(name), words) for name, words in (_FOR_SOMEBODY if person else _FOR_ALL)]
    return [{"url": url, "words": words, "here": url == path} for url, words in ways]


def footer(person):
    """The ways at the foot of every page: list of dicts (url, words)."""
    ways = [("safety:help", "Help"), ("safety:promises", "What we promise"), ("front:directory", "All initiatives")]
    return [{"url": reverse(name), "words": words} for name, words in ways]


def today(person, on):
    """{needs, more, waits, became}: lines of all rooms. What needs the person comes first, at most five at once.

    Within a kind the nearest promised day comes first; lines without a day come last, in the order of the rooms.
    """
    lines = [line for room in ROOMS for line in room.today(person, on)]
    taken = {url for line in lines for url in line.instead_of}
    lines = [line for line in lines if line.url not in taken]
    lines.sort(key=lambda line: (line.by is None, line.by or on))
    needs = [line for line in lines if line.kind == NEEDS]
    return {
        "needs": needs[:MOST_NEEDS],
        "more": needs[MOST_NEEDS:],
        "waits": [line for line in lines if line.kind == WAITS],
        "became": [line for line in lines if line.kind == BECAME],
    }


def tables_of(person):
    """The first initiatives at whose table this person sits or works, by name; for links, so with nothing but the name.

    Who leads a whole organisation may read at every table in it; the directory has them all.
    """
    return initiatives.table_of(person).only("name")[:MOST_TABLES]


def ways_of(person):
    """Where this person may go besides their tables: list of dicts (url, words). For a person whose duties are carried."""
    ways = [
        ("organisations:mine", [], "My organisations"),
        ("contributions:mine", [], "My work and money"),
        ("claims:mine", [], "My costs and time given"),
        ("timebank:mine", [], "Time exchanged"),
        ("reflections:mine", [], "What I got from this"),
        ("media:mine", [], "Where I may be shown"),
        ("discretion:mine", [], "Who should not know"),
        ("credit:mine", [], "My name and my words"),
        ("skills:mine", [], "What I can do"),
        ("benefits:look", [], "What money may do to my benefits"),
    ]
    if organisations.where_held(person, [DutyKind.APPROVER, DutyKind.PAYER]):
        ways.append(("payments:due", [], "Money to approve and pay"))
        ways.append(("runs:all", [], "Payment runs"))
        ways.append(("claims:checks", [], "Costs and receipts"))
    if organisations.where_held(person, [DutyKind.LEAD, DutyKind.APPROVER, DutyKind.PAYER]):
        ways.append(("audits:late", [], "Money that is late"))
    ways += [("ledger:funds", [each.pk], f"The funds of {each.name}") for each in ledger.kept_by(person)]
    read = list(reports.read_by(person))
    ways += [("reports:year", [each.pk], f"The year of {each.name}") for each in read]
    ways += [("audits:days", [each.pk], f"Days to pay of {each.name}") for each in read]
    return [{"url": reverse(name, args=args), "words": words} for name, args, words in ways]


def newest_adverts(on):
    """A few open invitations for the first page."""
    return initiatives.open_adverts(on)[:MOST_ADVERTS]
