"""What a cost comes to and what is claimed already, what mileage pays on a day, how work was paid, and the shelf on which receipts stand."""

import hashlib
import os
import secrets
from collections import defaultdict
from datetime import timedelta

from django.conf import settings

from alongside.calculations import content, money
from alongside.claims.models import ClaimLine, CostItem, CostList, Receipt
from alongside.claims.states import (
    BY_DISTANCE,
    COUNTS,
    ONCE_A_DAY,
    Cost,
    Expected,
    LineKind,
    Mileage,
    Pay,
    Per,
    Vehicle,
)
from alongside.contributions.states import Method
from alongside.people.states import PersonState

STARTER_PER = {"time": Per.TIME, "hour": Per.HOUR}


# --- the list of costs ---


def list_on(organisation, on):
    """The CostList that holds on a day: the newest version that had begun; None before the first."""
    lists = CostList.objects.filter(organisation=organisation, from_on__lte=on).select_related("made_by")
    return lists.order_by("-version").first()


def items_on(organisation, on):
    """The CostItems that hold on a day, in the order in which they were written; in one query."""
    newest = CostList.objects.filter(organisation=organisation, from_on__lte=on).order_by("-version").values("pk")[:1]
    return list(CostItem.objects.filter(list__in=newest).order_by("pk"))


def starters(organisation):
    """Fixed costs of the reviewed content to begin a list with: (words, Per, pence) each; none in another currency."""
    found = content.cost_items(organisation.country)
    return [(item.words, STARTER_PER[item.per], item.pence) for item in found if item.currency == money.code()]


def mileage_on(organisation, items, on):
    """The Mileage of a day: the organisation's own lines by the mile, else what a public body set for that day.

    items: the CostItems of that day. Where there is no figure, `why_not` says so; last year's is never taken instead.
    """
    own = [item for item in items if item.per in BY_DISTANCE]
    if own:
        vehicles = tuple(Vehicle(f"own-{item.pk}", item.words, item.pence * 100, item) for item in own)
        return Mileage("Our own list of costs", own[0].get_per_display(), vehicles)
    published = content.mileage(organisation.country)
    if published is None or published.currency != money.code():
        return Mileage(why_not=f"We know no mileage rate in {money.currency().many} for this country.")
    period = published.on(on)
    if period is None:
        return Mileage(why_not=f"We do not have this year’s figure of {published.words}.")
    vehicles = tuple(Vehicle(line.id, line.words, line.pence_each) for line in period.lines)
    return Mileage(published.words, published.per, vehicles)


# --- what a cost comes to ---


def item_cost(item, count):
    """The Cost of one line of the list, so many times or hours."""
    each = (
        f"{money.pounds(item.pence)} {item.get_per_display()}"
        if item.per == Per.TIME
        else (f"{money.pounds(item.pence)} an hour")
    )
    rate = each if item.per == Per.TIME else f"{count} {'hour' if count == 1 else 'hours'} at {each}"
    return Cost(LineKind.ITEM, item.words, item.pence * count, rate, count, item)


def distance_cost(vehicle, tenths, mileage):
    """The Cost of so many tenths of a mile or kilometre with one vehicle, rounded to the nearest hundredth, half up."""
    pence = (tenths * vehicle.each + 500) // 1000
    far = f"{tenths / 10:g} {mileage.per}{'' if tenths == 10 else 's'}"
    rate = f"{far} at {vehicle.each_words}. {mileage.words}."
    return Cost(LineKind.MILES, vehicle.words, pence, rate, tenths, vehicle.item)


def receipt_cost(receipt):
    """The Cost of a receipt that waits to be sent."""
    return Cost(LineKind.RECEIPT, receipt.words, receipt.pence, receipt=receipt)


def paper_cost(words, pence):
    """The Cost of a receipt that somebody holds on paper."""
    return Cost(LineKind.PAPER, words.strip(), pence, "The receipt is on paper.")


def offered_cost(offer):
    """The Cost of what an offer holds for costs, when it is to come before the day."""
    words = offer.costs_words or "Costs"
    return Cost(LineKind.OFFERED, words, offer.costs_pence, "From your offer. It does not come again.", offer=offer)


def expected_cost(kind, pence):
    """The Cost of what somebody expects to need; kind: of Expected."""
    return Cost(LineKind.EXPECTED, Expected(kind).label, pence, "What it will cost, about.")


def kinds_words(costs):
    """What a list of costs is, for the people who pay: kinds only, never what somebody wrote themselves."""
    kinds = {LineKind.RECEIPT: "a receipt", LineKind.PAPER: "a receipt on paper", LineKind.MILES: "own vehicle"}
    kinds[LineKind.OFFERED] = "costs of an offer"
    named = [kinds.get(cost.kind, cost.words) for cost in costs]
    return ", ".join(dict.fromkeys(named))[:300]


# --- what is claimed already ---


def claimed_on(person, initiative, on):
    """{(LineKind, words)} of fixed costs and ways that the person claimed for that day at that table before.

    By words and not by key, so that a new version of the list does not bring the same bus again.
    """
    here = ClaimLine.objects.filter(
        claim__to=person, claim__initiative=initiative, claim__activity_on=on, claim__state__in=COUNTS,
        kind__in=ONCE_A_DAY,
    )  # fmt: skip
    return set(here.values_list("kind", "words"))


def same_pictures(claims):
    """{key of a line: in which claims of that organisation its picture stands too, as a sentence}, in one query.

    claims: with their initiative at hand. By digest: the very same picture, not another one of the same paper.
    """
    places = {claim.pk: claim.initiative.organisation_id for claim in claims}
    digests = Receipt.objects.filter(pk__in=ClaimLine.objects.filter(claim__in=places).values("receipt"))
    lines = ClaimLine.objects.filter(receipt__digest__in=digests.values("digest"), claim__state__in=COUNTS)
    found = defaultdict(list)
    for pk, claim, digest, place in lines.order_by("claim", "pk").values_list(
        "pk", "claim", "receipt__digest", "claim__initiative__organisation"
    ):
        found[digest, place].append((pk, claim))
    alike = [(pk, claim, rows) for rows in found.values() if len(rows) > 1 for pk, claim in rows if claim in places]
    return {pk: _stands_too(claim, [other for key, other in rows if key != pk]) for pk, claim, rows in alike}


def _stands_too(claim, others):
    elsewhere = [f"claim {other}" for other in dict.fromkeys(others) if other != claim]
    where = [*(["this claim"] if claim in others else []), *elsewhere]
    return f"The same picture stands in {' and '.join(where)} too."


# --- how work was paid ---


def pay_of(entry):
    """Which of the four states an entry of the log has. entry: with its offer at hand."""
    if entry.offer_id:
        return pay_of_offer(entry.offer)
    return Pay.CHOICE if entry.by_choice else Pay.UNPAID


def pay_of_offer(offer):
    """Which of the four states the work of an offer has: a yes without money to an ask without money is by choice."""
    if offer.accepted_pence:
        return Pay.PAID
    if offer.unpaid or offer.method == Method.TIME:
        return Pay.CHOICE
    return Pay.DECLINED


# --- the shelf of receipts: files beside the database, outside whatever a web server shows ---


def new_file_name(on):
    """A name for a picture: its year, so that old ones are found, and letters that say nothing."""
    return f"{on.year}/{secrets.token_hex(16)}.jpg"


def digest_of(data):
    """SHA-256 of a file, to see later that it is still the same."""
    return hashlib.sha256(data).hexdigest()


def keep_file(name, data):
    """Put a file on the shelf, whole and forced to the disk, readable by this account only, before its row is written."""
    path = settings.RECEIPTS / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_file(name):
    """The bytes of a file on the shelf; None when it is not there."""
    path = settings.RECEIPTS / name
    return path.read_bytes() if path.is_file() else None


def throw_file(name):
    """Take a file off the shelf; nothing happens when it is gone already."""
    (settings.RECEIPTS / name).unlink(missing_ok=True)


def files_on_shelf():
    """The names of all files on the shelf, half-written ones too."""
    if not settings.RECEIPTS.is_dir():
        return []
    return sorted(str(path.relative_to(settings.RECEIPTS)) for path in settings.RECEIPTS.rglob("*") if path.is_file())


def is_fresh(name, at):
    """Whether a file was written within the last day: its row may be on the way."""
    path = settings.RECEIPTS / name
    return path.exists() and path.stat().st_mtime > (at - timedelta(days=1)).timestamp()


def last_day_shut(on):
    """The last day on which money arrived whose pictures are shut to who approves and pays, on a day."""
    return on - timedelta(days=settings.RECEIPT_DAYS + 1)


def shut_because(line, on):
    """Why a picture is shut to who approves and pays, in a word or two; "" while it is open.

    line: a ClaimLine with a receipt, its owner, and the offer of its claim at hand.
    """
    if line.receipt.thrown_at:
        return "thrown away"
    if line.receipt.owner.state == PersonState.ERASED:
        return "shut: the person was erased. An audit pack holds it"
    arrived_on = line.claim.offer.arrived_on
    if arrived_on and arrived_on <= last_day_shut(on):
        return f"shut, {settings.RECEIPT_DAYS} days after the money arrived. An audit pack holds it"
    return ""


def money_years_end(on):
    """The first day on which a receipt of an activity on `on` is no longer kept: after whole calendar years."""
    return on.replace(year=on.year + settings.MONEY_YEARS + 1, month=1, day=1)
