"""Reads of claims, receipts, the list of costs and the log. A picture is seen by its owner, and for a while by who pays."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Sum, Value
from django.urls import reverse

from alongside import append_only
from alongside.calculations import small_numbers
from alongside.calculations.money import pounds
from alongside.claims.models import Claim, ClaimLine, CostItem, CostList, LogEntry, Receipt
from alongside.claims.permissions import GONE, TO_HAND
from alongside.claims.policies import (
    claimed_on,
    digest_of,
    is_fresh,
    items_on,
    last_day_shut,
    list_on,
    mileage_on,
    money_years_end,
    pay_of,
    read_file,
    same_pictures,
    shut_because,
    starters,
)
from alongside.claims.states import COUNTS, ClaimState, LineKind, Pay
from alongside.contributions import permissions as contributions_rules
from alongside.contributions import queries as contributions
from alongside.contributions.states import YES, Method, OfferState
from alongside.design.states import NEEDS, Line
from alongside.gatherings import queries as gatherings
from alongside.gatherings.states import Coming, GatheringState
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.organisations.states import KEEPERS, MONEY, DutyKind
from alongside.people.states import PersonState

__all__ = ["claimed_on", "items_on", "list_on", "mileage_on", "pay_of", "read_file", "starters"]

NOTING = (*LEADING, DutyKind.RECORDER)
_ASKED, _RECEIPT, _YES, _SPENT = "asked", "receipt", "yes", "spent"
LATELY = timedelta(days=90)  # a gathering longer ago is on one's own list, and no longer on the first page
LOG_HEADINGS = ("day", "what", "words", "minutes", "table", "paid_or_not", "only_for_you")
ONLY_GROW = ("cost_list", "cost_item")
TRIGGERS = {"claim_line_stands", "claim_line_stays", "claim_stays"}


@dataclass(frozen=True)
class Place:
    """Something that can be claimed for: a gathering that somebody was at, with the offers that they said yes to."""

    gathering: object
    on: object
    work: tuple
    claimed: bool

    @property
    def pence(self):
        """What the work pays that is not said to be done yet."""
        return sum(offer.accepted_pence for offer in self.work)


# --- where may I claim? ---


def gathering_for(person, pk):
    """A gathering that the person may claim for or ask about: at their table, or one that they were at; else None."""
    found = gatherings.gatherings_visible_to(person).filter(pk=pk).first()
    return found or gatherings.attended_by(person).filter(pk=pk).first()


def tables_of(person):
    """Initiatives in which the person holds a seat: where costs without a gathering may be claimed; by name."""
    found = initiatives.table_of(person).filter(pk__in=initiatives.seated_in(person))
    return found.select_related("organisation")


def standing(person, initiative):
    """(holds a seat, keeps the notes or leads, leads) of somebody at one table."""
    leads = any(initiatives.holds(person, kind, initiative) for kind in LEADING)
    notes = leads or initiatives.holds(person, DutyKind.RECORDER, initiative)
    return initiatives.is_seated(person, initiative), notes, leads


def entitled(person, initiative, gathering=None):
    """Whether the record says that the person was at the gathering; without one, whether they hold a seat."""
    if gathering is None:
        return initiatives.is_seated(person, initiative)
    asked = gatherings.invitation(gathering, person)
    return bool(asked and asked.was_there)


def asked_before(person, initiative, on, gathering=None):
    """Whether money before a day can be for something: an invitation that was not refused, or an offer said yes to."""
    if gathering is None:
        return _yes_to(person).filter(initiative=initiative, activity_on=on).exists()
    invited = gatherings.invitation(gathering, person)
    return bool(invited and invited.coming != Coming.NO and gathering.state == GatheringState.PLANNED)


def gathering_to_come(person, initiative, on):
    """A gathering announced for that day at that table to which the person is invited; None when there is none."""
    near = gatherings.of_initiative(initiative).filter(
        starts_at__date__gte=on - timedelta(days=1), starts_at__date__lte=on + timedelta(days=1)
    )
    found = gatherings.gatherings_visible_to(person).filter(pk__in=near.order_by().values("pk"))
    return next((each for each in found if day_of(each) == on and asked_before(person, initiative, on, each)), None)


def to_take_early(person, initiative, on, gathering=None):
    """Offers of that day with pay and costs whose costs can come before it: see `contributions.why_not_costs_early`."""
    offers = work_for(person, initiative, on, gathering)
    return [offer for offer in offers if contributions_rules.why_not_costs_early(offer, by=person) is None]


def day_before(initiative, on, today):
    """The day by which money that is asked for now is promised to be there before a day."""
    return ledger.day_before(initiative.organisation, on, today)


def gathering_on(person, initiative, on):
    """A gathering of that day at that table that the person was at; None when the record knows of none."""
    there = gatherings.attended_by(person).filter(initiative=initiative)
    near = there.filter(starts_at__date__gte=on - timedelta(days=1), starts_at__date__lte=on + timedelta(days=1))
    return next((gathering for gathering in near if day_of(gathering) == on), None)


def day_of(gathering):
    """The day of a gathering where its organisation is."""
    return organisations.local_day(gathering.initiative.organisation, gathering.starts_at)


def _yes_to(person):
    """Offers that the person said yes to and whose work nobody has said to be done; soonest first."""
    offers = contributions.offers_to(person).filter(state__in=YES, same_day=False, costs_only=False)
    return offers.exclude(method=Method.ADVANCE).order_by("activity_on", "pk")


def work_for(person, initiative, on, gathering=None):
    """Offers of that day at that table that the person said yes to: those for this gathering, and for none."""
    here = Q(from_gathering=gathering) if gathering else Q(pk__in=[])
    return list(_yes_to(person).filter(here | Q(from_gathering=None, activity_on=on), initiative=initiative))


def places(person, on):
    """Gatherings of the last year that the person was at, each with what it pays: a list of Place.

    Those without a claim, or with work to claim, come first; newest first in either case.
    """
    there = gatherings.attended_by(person).filter(starts_at__date__gt=on - timedelta(days=366))
    there = there.annotate(claimed=Exists(_live(person).filter(gathering=OuterRef("pk"), before=False)))
    offers = list(_yes_to(person)) if there else []
    return sorted(
        (_place(gathering, offers) for gathering in there), key=lambda place: place.claimed and not place.work
    )


def _place(gathering, offers):
    day = day_of(gathering)
    work = [
        offer
        for offer in offers
        if offer.from_gathering_id == gathering.pk
        or (
            offer.from_gathering_id is None
            and (offer.initiative_id, offer.activity_on) == (gathering.initiative_id, day)
        )
    ]
    return Place(gathering, day, tuple(work), gathering.claimed)


def _live(person):
    return Claim.objects.filter(to=person, state__in=COUNTS)


def last_way(person):
    """How the person's costs came back the last time, to begin with; nothing for the first time."""
    last = Claim.objects.filter(to=person, method__in=[Method.BANK, Method.CASH], before=False).order_by("-pk").first()
    return last.method if last else ""


# --- claims ---


def _claims():
    return Claim.objects.select_related(
        "initiative__organisation", "gathering", "to", "written_by", "answered_by", "offer__initiative__organisation"
    ).order_by("-activity_on", "-pk")


def claims_of(person):
    """The person's own claims, newest day first."""
    return _claims().filter(to=person)


def claims_visible_to(person):
    """The person's own claims, and those of tables where they lead, chair or keep notes; newest day first."""
    if person is None:
        return Claim.objects.none()
    return _claims().filter(Q(to=person) | initiatives.asked_to(person, NOTING))


def claims_noted_by(person):
    """Claims of tables where the person leads, chairs or keeps notes; newest day first."""
    return _claims().filter(initiatives.asked_to(person, NOTING))


def claims_at(initiative):
    """Claims of one table, newest day first; for who leads or keeps notes there."""
    return _claims().filter(initiative=initiative)


def rest_of(claim):
    """(what was left over, what it cost more), in whole pence, of money before the day; None until that is told."""
    if claim.spent_pence is None:
        return None
    return max(claim.costs_pence - claim.spent_pence, 0), max(claim.spent_pence - claim.costs_pence, 0)


def lines_of(claim):
    """The lines of a claim, in the order in which they were written."""
    return ClaimLine.objects.filter(claim=claim).select_related("receipt", "offer").order_by("pk")


def thread_of(offer, viewer, on):
    """The life of the costs of a claim as a Thread. on: today."""
    return contributions.thread_of(offer, viewer=viewer, on=on, parts=list(contributions.parts_of(offer)))


def proof_of(offers):
    """{key of an offer for costs: its lines}, for people who pay: kind, rate, sum and picture, nothing that was typed."""
    found = defaultdict(list)
    lines = (
        ClaimLine.objects.filter(claim__offer__in=offers)
        .exclude(kind=LineKind.WORK)
        .select_related("claim__offer", "receipt__owner")
    )
    for line in lines.order_by("pk"):
        found[line.claim.offer_id].append(line)
    return dict(found)


def with_proof(claims, on):
    """(Claim, its lines of costs, each with why its picture is shut and where else it stands, or "", pence of costs that
    an offer for work of that day brings too) for each of these, for people who pay."""
    proof, twice = proof_to_see([claim.offer_id for claim in claims], on), same_pictures(claims)
    beside = contributions.costs_of_work({claim.to_id for claim in claims}, {claim.activity_on for claim in claims})
    days = [(claim.to_id, claim.initiative_id, claim.activity_on) for claim in claims]
    lines = {offer: [(*row, twice.get(row[0].pk, "")) for row in rows] for offer, rows in proof.items()}
    return [(claim, lines.get(claim.offer_id, ()), beside.get(day, 0)) for claim, day in zip(claims, days, strict=True)]


def costs_to_check(person):
    """Claims with costs that were sent, where the person approves or pays; newest first."""
    return _claims().filter(initiatives.asked_to(person, MONEY), state=ClaimState.SENT, costs_pence__gt=0)


def checks_money(person):
    """Whether anybody asked the person to approve or pay."""
    return initiatives.initiatives_where(person, *MONEY).exists() or (
        organisations.organisations_where(person, *MONEY).exists()
    )


# --- receipts ---


def receipts_visible_to(person, on):
    """The person's own receipts, and those that were sent where they approve or pay; newest first.

    on: today. Others' pictures are shut some days after the money arrived, and once their owner was erased.
    """
    if person is None:
        return Receipt.objects.none()
    over = ClaimLine.objects.filter(receipt__isnull=False, claim__offer__arrived_on__lte=last_day_shut(on))
    sent = Q(sent_at__isnull=False) & initiatives.asked_to(person, MONEY)
    open_ones = sent & ~Q(owner__state=PersonState.ERASED) & ~Q(pk__in=over.values("receipt"))
    return Receipt.objects.filter(Q(owner=person) | open_ones).order_by("-pk")


def own_pictures(person):
    """(name, bytes) of each picture of the person's own receipts that is still there, by number: for their own file."""
    for receipt in Receipt.objects.filter(owner=person, thrown_at=None).order_by("pk"):
        data = read_file(receipt.file)
        if data is not None:
            yield _own_picture_name(receipt), data


def _own_picture_name(receipt):
    return f"receipts/receipt-{receipt.pk}.jpg"


def proof_to_see(offers, on):
    """{key of an offer for costs: [(line, why its picture is shut, or "")]}, for the page of who approves or pays."""
    return {
        offer: [(line, shut_because(line, on) if line.receipt_id else "") for line in lines]
        for offer, lines in proof_of(offers).items()
    }


def receipts_of(person):
    """The person's own receipts, newest first."""
    return Receipt.objects.filter(owner=person).select_related("initiative", "gathering").order_by("-pk")


def waiting_receipts(person, initiative=None, on=None, gathering=None):
    """Receipts of the person that were not sent yet, oldest first; of one day at one table when given."""
    rows = Receipt.objects.filter(owner=person, sent_at=None).select_related("gathering").order_by("pk")
    return rows.filter(initiative=initiative, activity_on=on, gathering=gathering) if initiative else rows


def receipts_to_throw(on):
    """Receipts whose money years are over and whose picture is still there."""
    kept = Receipt.objects.filter(thrown_at=None).order_by("pk")
    return [receipt for receipt in kept.filter(activity_on__lt=on) if money_years_end(receipt.activity_on) <= on]


# --- the list of costs ---


def lists_of(organisation):
    """All versions of the list of costs, newest first."""
    return CostList.objects.filter(organisation=organisation).select_related("made_by").order_by("-version")


def items_of(lists):
    """The lines of these lists, in the order in which they were written."""
    return CostItem.objects.filter(list__in=lists).select_related("list").order_by("list", "pk")


def organisation_for(person, pk):
    """The organisation whose list the person may read (its members), as a queryset for 404."""
    return organisations.of(person).filter(pk=pk)


def may_set_costs(person):
    """Organisations whose list of costs the person may set."""
    return organisations.organisations_where(person, *KEEPERS)


# --- the log ---


def log_of(person):
    """What the person wrote down and did not take away, newest day first; private entries too, for their own eyes."""
    mine = LogEntry.objects.filter(person=person, let_go_at=None)
    return mine.select_related("initiative", "offer").order_by("-on", "-pk")


def shared_log(initiative):
    """Entries at one table that are not private, with person and offer, newest day first; for credit and for who leads."""
    here = LogEntry.objects.filter(initiative=initiative, private=False, let_go_at=None)
    return here.select_related("person", "offer").order_by("-on", "-pk")


def offers_to_log(person):
    """Offers that an entry may be part of: the person's latest four, newest first; more would not fit half a minute."""
    yes = contributions.offers_to(person).filter(state__in=[*YES, OfferState.DONE], same_day=False, costs_only=False)
    return yes.order_by("-activity_on", "-pk")[:4]


def own_totals(entries):
    """[(Pay, minutes)] of one's own entries that are not part of an offer, for each state; never added together."""
    minutes = dict.fromkeys(Pay, 0)
    for entry in entries:
        minutes[pay_of(entry)] += entry.minutes
    return [(pay, minutes[pay]) for pay in Pay]


def totals(initiative, k):
    """{Pay: minutes, or "too few to show"} of the work at one table; and `piles_up`: whether most shown is unpaid.

    Offers that are done count with their own minutes; entries that are part of an offer are in it already. A state
    is shown only when enough people are in it and outside it. The four are never added together.
    """
    minutes, who = defaultdict(int), defaultdict(set)
    for pay, person, count in [*_worked(initiative), *_logged(initiative)]:
        minutes[pay] += count
        who[pay].add(person)
    everybody = set().union(*who.values())
    k = max(k, small_numbers.K_FLOOR)
    shown = {
        pay: minutes[pay] if small_numbers.may_show(len(who[pay]), len(everybody), k) else small_numbers.TOO_FEW
        for pay in Pay
    }
    paid = shown[Pay.PAID] if isinstance(shown[Pay.PAID], int) else 0
    return shown, isinstance(shown[Pay.UNPAID], int) and shown[Pay.UNPAID] > paid


def _worked(initiative):
    """(Pay, person, minutes) of each offer at a table whose work is done."""
    rows = contributions.offers_of(initiative).filter(state=OfferState.DONE, same_day=False, costs_only=False)
    states = {
        Pay.PAID: Q(accepted_pence__gt=0),
        Pay.CHOICE: Q(accepted_pence=0) & (Q(unpaid=True) | Q(method=Method.TIME)),
        Pay.DECLINED: Q(accepted_pence=0, unpaid=False) & ~Q(method=Method.TIME),
    }
    for pay, which in states.items():
        found = rows.filter(which).order_by("to").values_list("to").annotate(Sum("minutes"))
        yield from ((pay, person, count) for person, count in found)


def _logged(initiative):
    """(Pay, person, minutes) of what stands in the log of a table by itself."""
    rows = LogEntry.objects.filter(initiative=initiative, private=False, let_go_at=None, offer=None)
    found = rows.order_by("person", "by_choice").values_list("by_choice", "person").annotate(Sum("minutes"))
    return [(Pay.CHOICE if choice else Pay.UNPAID, person, count) for choice, person, count in found]


# --- pages of other rooms ---


def today(person, on):
    """What the person may claim now, what somebody wrote down for them, and receipts that wait to be sent."""
    if person is None:
        return []
    found = _waits(person, on)
    lines = [
        Line(f"Is this right? {pounds(pence)} of costs", reverse("claims:claim", args=[pk]), NEEDS)
        for what, pk, pence in found
        if what == _ASKED
    ]
    lines += [
        Line(f"You had {pounds(pence)} before the day. What did it cost?", reverse("claims:claim", args=[pk]), NEEDS)
        for what, pk, pence in found
        if what == _SPENT
    ]
    if any(what == _YES for what, _, _ in found):
        lines += [_claim_line(place) for place in places(person, on) if place.work and place.on > on - LATELY]
    waiting = sum(what == _RECEIPT for what, _, _ in found)
    if waiting:
        words = "1 receipt waits" if waiting == 1 else f"{waiting} receipts wait"
        lines.append(Line(f"{words} to be sent", reverse("claims:mine"), NEEDS))
    return lines


def _waits(person, on):
    """(what, key, pence) of all that may be a line of the first page, in one query; oldest key first."""
    asked = Claim.objects.filter(to=person, state=ClaimState.ASKED).values_list(Value(_ASKED), "pk", "pence")
    receipts = waiting_receipts(person).order_by().values_list(Value(_RECEIPT), "pk", "pence")
    yes = _yes_to(person).filter(activity_on__lte=on).order_by().values_list(Value(_YES), "pk", "pence")
    spent = Claim.objects.filter(
        to=person, state=ClaimState.SENT, before=True, method__in=TO_HAND, spent_pence=None, activity_on__lte=on,
        activity_on__gt=on - LATELY, offer__money__in=GONE,
    )  # fmt: skip
    spent = spent.order_by().values_list(Value(_SPENT), "pk", "costs_pence")
    return sorted(asked.union(receipts, yes, spent, all=True))


def _claim_line(place):
    words = f"You were there: {place.gathering.title}. Claim {pounds(place.pence)}"
    promised = min(offer.promised_on for offer in place.work)
    offers = tuple(reverse("contributions:offer", args=[offer.pk]) for offer in place.work)
    return Line(words, reverse("claims:send", args=[place.gathering.pk]), NEEDS, promised, instead_of=offers)


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    lines = ClaimLine.objects.filter(claim__to=person).select_related("claim").order_by("claim", "pk")
    return {
        "claims": [
            {
                "day": each.activity_on, "initiative": each.initiative.name, "pence": each.pence,
                "costs": each.costs_pence, "state": each.get_state_display(), "before_the_day": each.before, "spent": each.spent_pence, "written_down_by": each.written_by.shown_name,
                "how": each.get_channel_display(), "who_was_asked": each.asked_words, "paid_to": each.provider,
            }
            for each in claims_of(person)
        ],
        "lines of claims": [
            {"day": line.claim.activity_on, "what": line.words, "how": line.rate_words, "pence": line.pence}
            for line in lines
        ],
        "receipts": [
            {"day": each.activity_on, "what": each.words, "pence": each.pence, "sent": each.sent_at, "thrown_away": each.thrown_at,
             "picture": "" if each.thrown_at else _own_picture_name(each)}
            for each in receipts_of(person)
        ],
        "time you wrote down": [log_row(entry) for entry in log_of(person)],
    }  # fmt: skip


def log_row(entry):
    """One entry of the log, as a plain row for a file."""
    return {
        "day": entry.on, "what": entry.get_kind_display(), "words": entry.words, "minutes": entry.minutes,
        "table": entry.initiative.name if entry.initiative else "", "paid_or_not": pay_of(entry).label,
        "only_for_you": entry.private,
    }  # fmt: skip


# --- for `alongside verify` ---


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well."""
    return [*_uneven(), *_unlike_offers(), *_lost_pictures(), *append_only.missing(ONLY_GROW, TRIGGERS)]


def _uneven():
    sums = ClaimLine.objects.values("claim").annotate(sum=Sum("pence"))
    for row in sums.exclude(sum=F("claim__pence")).order_by("claim"):
        yield f"The lines of claim {row['claim']} do not add up to it."


def _unlike_offers():
    unlike = Claim.objects.filter(offer__isnull=False).exclude(costs_pence=F("offer__pence"))
    for pk in unlike.order_by("pk").values_list("pk", flat=True):
        yield f"The costs of claim {pk} are not what is owed for them."


def _lost_pictures():
    for receipt in Receipt.objects.filter(thrown_at=None).order_by("pk").iterator(chunk_size=500):
        data = read_file(receipt.file)
        if data is None:
            yield f"The picture of receipt {receipt.pk} is missing."
        elif digest_of(data) != receipt.digest:
            yield f"The picture of receipt {receipt.pk} is not the one that was sent."


def lost_files(names, at):
    """Of these names of files, those that belong to no receipt and are older than a day: what a broken press left."""
    known = set(Receipt.objects.filter(thrown_at=None).values_list("file", flat=True))
    return [name for name in names if name not in known and not is_fresh(name, at)]
