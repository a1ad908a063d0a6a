"""What changes: claims sent, written down, said to be right, taken back; receipts; the list of costs; the log."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.calculations.money import pounds
from alongside.calculations.pictures import clean_picture
from alongside.claims import permissions, queries
from alongside.claims.models import Claim, ClaimLine, CostItem, CostList, LogEntry, Receipt
from alongside.claims.policies import (
    digest_of,
    distance_cost,
    expected_cost,
    files_on_shelf,
    item_cost,
    items_on,
    keep_file,
    kinds_words,
    mileage_on,
    new_file_name,
    offered_cost,
    paper_cost,
    receipt_cost,
    throw_file,
)
from alongside.claims.states import ERASED, ClaimState, Cost, LineKind
from alongside.contributions import operations as contributions
from alongside.contributions.states import OfferState
from alongside.design.states import day_words
from alongside.organisations import queries as organisations
from alongside.people import operations as people
from alongside.people import queries as people_queries
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

NOTHING = Refusal("nothing", "There is nothing to send yet.", "Tick what you paid, or add a receipt.")
TYPED = (LineKind.RECEIPT, LineKind.PAPER)  # lines whose words somebody wrote themselves


def _note(what, claim, by, at, **facts):
    record.note(what=what, subject=claim, by=by, at=at, organisation_id=claim.initiative.organisation_id, **facts)


def _one_at_a_time(person):
    """Hold the person's row, so that of two presses for the same bus one waits and then finds it claimed."""
    people_queries.people([person.pk]).select_for_update().get()


def _locked(claim_id):
    """The claim, locked, with what its rules ask; its person held first."""
    claims = Claim.objects.select_related("initiative__organisation", "to", "written_by", "gathering")
    _one_at_a_time(claims.get(pk=claim_id).to)
    return claims.select_for_update(of=("self",)).get(pk=claim_id)


# --- one's own claim ---


@transaction.atomic
def send(
    *, to, initiative, activity_on, by, at, gathering=None, items=None, miles=None, method="", provider=""
):  # fmt: skip
    """Claim after an activity: work that was said yes to is done, and the costs of the day are owed. Returns the Claim.

    items: {key of a CostItem: times or hours}. miles: {key of a Vehicle: tenths of a mile}. Receipts that wait for that
    day go with it. method, provider: how the costs come back. Raises Refused, and then nothing was sent.
    """
    _one_at_a_time(to)
    today, entitled = organisations.local_day(initiative.organisation, at), queries.entitled(to, initiative, gathering)
    stop_if(
        permissions.why_not_claim(
            to, by=by, entitled=entitled, activity_on=activity_on, today=today, gathering=gathering
        )
    )
    receipts = list(queries.waiting_receipts(to, initiative, activity_on, gathering).select_for_update(of=("self",)))
    costs = [*_costs(initiative, activity_on, items or {}, miles or {}), *map(receipt_cost, receipts)]
    work = queries.work_for(to, initiative, activity_on, gathering)
    stop_if(None if costs or work else NOTHING)
    _stop_at_costs(to, initiative, activity_on, costs, method, provider)
    for offer in work:
        contributions.say_done(offer_id=offer.pk, on=activity_on, by=by, at=at)
    claim = _write(
        to=to, initiative=initiative, gathering=gathering, activity_on=activity_on, costs=costs, work=work,
        method=method, provider=provider, state=ClaimState.SENT, written_by=to, channel=by.channel, made_at=at,
        answered_at=at, answered_by=to, answered_channel=by.channel, by=by, at=at,
    )  # fmt: skip
    _note("claims.claim.sent", claim, by, at, pence=claim.pence, costs=claim.costs_pence)
    return claim


def _costs(initiative, on, items, miles):
    """The Costs of what was ticked. Raises Refused for a line that does not hold on that day."""
    held = items_on(initiative.organisation, on)
    mileage = mileage_on(initiative.organisation, held, on)
    by_key, vehicles = {item.pk: item for item in held}, {one.key: one for one in mileage.vehicles}
    if set(items) - set(by_key) or set(miles) - set(vehicles):
        raise Refused(Refusal("other-list", "The list of costs changed meanwhile.", "Look at it again, then send."))
    fixed = [item_cost(by_key[key], count) for key, count in items.items()]
    return fixed + [distance_cost(vehicles[key], tenths, mileage) for key, tenths in miles.items()]


def _stop_at_costs(to, initiative, on, costs, method, provider, ways=permissions.WAYS):
    claimed = queries.claimed_on(to, initiative, on)
    stop_if(permissions.why_not_costs(costs, method=method, provider=provider, claimed=claimed, ways=ways))


def _write(*, costs, work, by, at, state, to, **fields):
    """Write a claim with its lines; costs that are owed become an offer that is done. Returns the Claim."""
    pence = sum(cost.pence for cost in costs)
    fields |= {} if costs else {"method": "", "provider": ""}
    claim = Claim(
        to=to, state=state, costs_pence=pence, pence=pence + sum(each.accepted_pence for each in work), **fields
    )
    if state == ClaimState.SENT and costs:
        claim.offer = _owe(claim, costs, by, at)
    claim.save()
    ClaimLine.objects.bulk_create(
        [*(_work_line(claim, each) for each in work), *(_line(claim, cost) for cost in costs)]
    )
    Receipt.objects.filter(pk__in=[cost.receipt.pk for cost in costs if cost.receipt]).update(sent_at=at)
    return claim


def _owe(claim, costs, by, at):
    """The costs of a claim as an offer that is accepted and done, so that they are approved and paid like any other."""
    title = claim.gathering.title if claim.gathering else claim.initiative.name
    return contributions.owe_costs(
        initiative=claim.initiative, to=claim.to, words=f"Costs: {title}"[:300], activity_on=claim.activity_on,
        pence=sum(cost.pence for cost in costs), costs_words=kinds_words(costs), method=claim.method,
        channel=claim.answered_channel, provider=claim.provider, by=by, at=at, before=claim.before,
        written_by=claim.written_by,
        fund_line=next((cost.offer.fund_line for cost in costs if cost.offer), None),
    )  # fmt: skip


def _work_line(claim, offer):
    return ClaimLine(
        claim=claim, kind=LineKind.WORK, words=offer.task, rate_words=offer.rate_words, count=offer.minutes,
        pence=offer.accepted_pence, offer=offer,
    )  # fmt: skip


def _line(claim, cost):
    return ClaimLine(
        claim=claim, kind=cost.kind, words=cost.words, rate_words=cost.rate_words, count=cost.count, pence=cost.pence,
        item=cost.item, receipt=cost.receipt, offer=cost.offer,
    )  # fmt: skip


@transaction.atomic
def ask_before(
    *, to, initiative, activity_on, by, at, method, gathering=None, items=None, miles=None, early=(), expected=(),
    provider="",
):  # fmt: skip
    """Ask for costs before a day: as money in the hand or in the bank, or paid straight to who does it. Returns the Claim.

    early: keys of offers whose costs come now and not again with the pay. expected: (kind of Expected, pence) each.
    method: ADVANCE, BANK, or PREPAID with its provider. Raises Refused, and then nothing was asked for.
    """
    _one_at_a_time(to)
    today = organisations.local_day(initiative.organisation, at)
    asked = queries.asked_before(to, initiative, activity_on, gathering)
    where = {"activity_on": activity_on, "today": today, "gathering": gathering}
    stop_if(permissions.why_not_before(to, by=by, asked=asked, **where))
    offers = [each for each in queries.to_take_early(to, initiative, activity_on, gathering) if each.pk in set(early)]
    costs = [*map(offered_cost, offers), *_costs(initiative, activity_on, items or {}, miles or {})]
    costs += [expected_cost(*one) for one in expected]
    stop_if(None if costs else NOTHING)
    _stop_at_costs(to, initiative, activity_on, costs, method, provider, permissions.WAYS_BEFORE)
    for offer in offers:
        contributions.costs_early(offer_id=offer.pk, by=by, at=at)
    claim = _write(
        to=to, initiative=initiative, gathering=gathering, activity_on=activity_on, costs=costs, work=(), before=True,
        method=method, provider=provider, state=ClaimState.SENT, written_by=to, channel=by.channel, made_at=at,
        answered_at=at, answered_by=to, answered_channel=by.channel, by=by, at=at,
    )  # fmt: skip
    _note("claims.claim.asked_before", claim, by, at, costs=claim.costs_pence, method=str(method))
    return claim


@transaction.atomic
def say_spent(*, claim_id, pence, by, at):
    """Say what it cost in the end, of money that came before the day. May be said again, put right. Returns the Claim.

    Nothing is taken from anybody for it: what is left over is settled between people.
    """
    claim = _locked(claim_id)
    today = organisations.local_day(claim.initiative.organisation, at)
    stop_if(permissions.why_not_say_spent(claim, by=by, today=today))
    claim.spent_pence, claim.spent_at = pence, at
    claim.save(update_fields=["spent_pence", "spent_at"])
    _note("claims.claim.spent", claim, by, at, pence=pence, had=claim.costs_pence)
    return claim


@transaction.atomic
def take_back(*, claim_id, by, at):
    """Take a claim back while no money of it moves: its costs are owed no longer, its work is not done after all.

    Work whose time was given stays done. The receipts wait again. Raises Refused, also where the money moves already. Returns the Claim.
    """
    claim = _locked(claim_id)
    stop_if(permissions.why_not_take_back(claim, by=by))
    if claim.offer_id:
        contributions.answer(offer_id=claim.offer_id, state=OfferState.PART, pence=0, by=by, at=at)
    done = queries.lines_of(claim).filter(kind=LineKind.WORK, offer__state=OfferState.DONE)
    for line in done.filter(offer__time_given_at=None):
        contributions.take_back_done(offer_id=line.offer_id, by=by, at=at)
    for line in queries.lines_of(claim).filter(kind=LineKind.OFFERED):
        contributions.costs_back(offer_id=line.offer_id, by=by, at=at)
    claim.state = ClaimState.TAKEN_BACK
    claim.save(update_fields=["state"])
    Receipt.objects.filter(pk__in=queries.lines_of(claim).values("receipt"), thrown_at=None).update(sent_at=None)
    _note("claims.claim.taken_back", claim, by, at, pence=claim.pence)
    return claim


# --- written down for somebody else ---


@transaction.atomic
def write_down(
    *, to, initiative, activity_on, method, channel, asked_words, by, at, gathering=None, items=None, miles=None,
    paper=(), expected=(), provider="",
):  # fmt: skip
    """Write down what somebody told by phone, on paper or in person. Nothing is owed until they say that it is right.

    For a day to come it is money before the day: see `ask_before`. expected: as there. paper: (words, pence) of receipts that are on paper. asked_words: who told it, and when. The person is told by their
    own way, which puts those without mail on the phone or letter list. Returns the Claim.
    """
    _one_at_a_time(to)
    today = organisations.local_day(initiative.organisation, at)
    before = activity_on > today
    entitled = (
        queries.asked_before(to, initiative, activity_on, gathering)
        if before
        else queries.entitled(to, initiative, gathering)
    )
    stop_if(
        permissions.why_not_write_down(
            initiative, to, by=by, entitled=entitled, activity_on=activity_on, today=today, channel=channel,
            asked_words=asked_words, gathering=gathering, before=before,
        )
    )  # fmt: skip
    costs = [*_costs(initiative, activity_on, items or {}, miles or {}), *(paper_cost(*one) for one in paper)]
    costs += [expected_cost(*one) for one in expected]
    stop_if(None if costs else NOTHING)
    ways = permissions.WAYS_BEFORE if before else permissions.WAYS
    _stop_at_costs(to, initiative, activity_on, costs, method, provider, ways)
    claim = _write(
        to=to, initiative=initiative, gathering=gathering, activity_on=activity_on, costs=costs, work=(),
        method=method, provider=provider, state=ClaimState.ASKED, written_by=by, channel=channel,
        asked_words=asked_words.strip(), made_at=at, before=before, by=by, at=at,
    )  # fmt: skip
    _note("claims.claim.written_down", claim, by, at, costs=claim.costs_pence, channel=str(channel))
    _ask_whether_right(claim, by, at)
    return claim


def _ask_whether_right(claim, by, at):
    words = (
        f"{by.shown_name} wrote down {pounds(claim.pence)} of costs for you, for {day_words(claim.activity_on)}. "
        "Is that right? It is paid only when you say so."
    )
    url = reverse("claims:claim", args=[claim.pk])
    people.tell(to=claim.to, about=f"claim:{claim.pk}", words=words, url=url, by=by, at=at)


@transaction.atomic
def confirm(*, claim_id, by, at):
    """The person says that what was written down is right: from now on it is owed. Returns the Claim."""
    claim = _locked(claim_id)
    stop_if(permissions.why_not_answer(claim, ClaimState.SENT, by=by))
    return _confirmed(claim, by, at, by.channel, "")


@transaction.atomic
def confirm_for(*, claim_id, channel, words, by, at):
    """Somebody else than who wrote it down notes that the person said it is right, and how they were asked."""
    claim = _locked(claim_id)
    stop_if(permissions.why_not_answer_for(claim, ClaimState.SENT, by=by, words=words))
    for telling in people_queries.tellings_about(f"claim:{claim.pk}").filter(told_at=None):
        people.mark_told(telling_id=telling.pk, by=by, at=at)
    return _confirmed(claim, by, at, channel, words.strip())


def _confirmed(claim, by, at, channel, words):
    """Owe the costs of a claim that its person agreed to."""
    claim.state, claim.answered_at, claim.answered_by = ClaimState.SENT, at, by
    claim.answered_channel, claim.answered_words = channel, words
    costs = [Cost(line.kind, line.words, line.pence) for line in queries.lines_of(claim)]
    claim.offer = _owe(claim, costs, by, at)
    claim.save(update_fields=["state", "answered_at", "answered_by", "answered_channel", "answered_words", "offer"])
    _note("claims.claim.confirmed", claim, by, at, costs=claim.costs_pence, channel=str(channel))
    return claim


@transaction.atomic
def set_aside(*, claim_id, by, at, words=""):
    """Say that what was written down is not right: by the person, or by who notes it for them. Nothing was ever owed."""
    claim = _locked(claim_id)
    own = by is not None and by.pk == claim.to_id
    to = ClaimState.NOT_RIGHT
    stop_if(
        permissions.why_not_answer(claim, to, by=by)
        if own
        else permissions.why_not_answer_for(claim, to, by=by, words=words)
    )
    claim.state, claim.answered_at, claim.answered_by = to, at, by
    claim.answered_channel, claim.answered_words = by.channel, words.strip()
    claim.save(update_fields=["state", "answered_at", "answered_by", "answered_channel", "answered_words"])
    _note("claims.claim.set_aside", claim, by, at)
    return claim


# --- receipts ---


@transaction.atomic
def add_receipt(*, initiative, activity_on, words, pence, name, data, by, at, gathering=None):
    """Keep a picture of a receipt, cleaned to its pixels, until it is sent with a claim. Returns the Receipt.

    name, data: the file as it came. Raises Refused in plain words for what is no picture; then nothing is kept.
    """
    _one_at_a_time(by)
    stop_if(
        permissions.why_not_add_receipt(
            by=by, entitled=queries.entitled(by, initiative, gathering), gathering=gathering, activity_on=activity_on,
            today=organisations.local_day(initiative.organisation, at), waiting=queries.waiting_receipts(by).count(),
        )
    )  # fmt: skip
    clean = clean_picture(name, data).data
    file = new_file_name(activity_on)
    keep_file(file, clean)
    receipt = Receipt.objects.create(
        owner=by, initiative=initiative, gathering=gathering, activity_on=activity_on, words=words.strip(),
        pence=pence, file=file, digest=digest_of(clean), made_at=at,
    )  # fmt: skip
    _note("claims.receipt.added", receipt, by, at, pence=pence)
    return receipt


@transaction.atomic
def drop_receipt(*, receipt_id, by, at):
    """Throw away a receipt that was not sent yet, picture and all."""
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=receipt_id)
    stop_if(permissions.why_not_drop_receipt(receipt, by=by))
    _note("claims.receipt.dropped", receipt, by, at)
    if ClaimLine.objects.filter(receipt=receipt).exists():  # it stood in a claim that was taken back: the row stays
        _throw(receipt, at)
    else:
        receipt.delete()
        transaction.on_commit(lambda: throw_file(receipt.file))


def _throw(receipt, at):
    receipt.thrown_at, receipt.sent_at = at, receipt.sent_at or at
    receipt.save(update_fields=["thrown_at", "sent_at"])
    transaction.on_commit(lambda: throw_file(receipt.file))


@transaction.atomic
def tidy(*, at):
    """Throw away pictures whose money years are over, and files that belong to nothing. Returns how many.

    For the daily round.
    """
    lost, old = queries.lost_files(files_on_shelf(), at), queries.receipts_to_throw(timezone.localdate(at))
    for receipt in old:
        _throw(receipt, at)
    for name in lost:
        throw_file(name)
    if old or lost:
        record.note(what="claims.receipts.tidied", at=at, thrown=len(old), lost=len(lost))
    return len(old) + len(lost)


# --- the list of costs ---


@transaction.atomic
def add_costs(*, organisation, from_on, source, lines, by, at):
    """Set what is paid back without a receipt from a day on, as the next version. lines: (words, Per, pence) each.

    by=None is for the installer and the demo. Raises Refused when there is no line, or two of the same words.
    """
    stop_if(permissions.why_not_set_costs(organisation, by=by) if by else None)
    if not lines or len({words for words, _, _ in lines}) != len(lines):
        raise Refused(Refusal("lines", "A list of costs needs at least one line, each with words of its own."))
    newest = CostList.objects.select_for_update().filter(organisation=organisation).order_by("-version").first()
    made = CostList.objects.create(
        organisation=organisation, version=newest.version + 1 if newest else 1, from_on=from_on, source=source,
        made_at=at, made_by=by,
    )  # fmt: skip
    CostItem.objects.bulk_create(CostItem(list=made, words=words, per=per, pence=pence) for words, per, pence in lines)
    record.note(
        what="claims.costs.set", subject=made, by=by, at=at, organisation_id=organisation.pk, version=made.version
    )
    return made


# --- the log ---


@transaction.atomic
def log(
    *, kind, minutes, on, today, by, at, initiative=None, by_choice=False, offer=None, private=False, words=""
):  # fmt: skip
    """Write down what one gave, for oneself; nobody approves it. today: the day where the person's table is.

    offer: the offer it is part of, or None; by_choice: given freely. Neither: unpaid, since nobody offered money.
    """
    seated = initiative is None or queries.entitled(by, initiative)
    stop_if(
        permissions.why_not_log(
            by=by, minutes=minutes, on=on, today=today, seated=seated, offer=offer, by_choice=by_choice
        )
    )
    entry = LogEntry.objects.create(
        person=by, initiative=initiative, kind=kind, words=words.strip(), minutes=minutes, on=on, by_choice=by_choice,
        offer=offer, private=private, channel=by.channel, made_at=at,
    )  # fmt: skip
    record.note(
        what="claims.log.written", subject=entry, by=by, at=at,
        organisation_id=initiative.organisation_id if initiative else None, minutes=minutes,
    )  # fmt: skip
    return entry


@transaction.atomic
def let_go(*, entry_id, by, at):
    """Take away an entry of one's own log; it counts nowhere any more."""
    entry = LogEntry.objects.select_for_update().get(pk=entry_id)
    stop_if(permissions.why_not_let_go(entry, by=by))
    entry.let_go_at, entry.words = at, ""
    entry.save(update_fields=["let_go_at", "words"])
    record.note(what="claims.log.let_go", subject=entry, by=by, at=at)
    return entry


@transaction.atomic
def erase_words(*, person, at):
    """Blank what a person wrote here; sums, and receipts that were sent, stay as long as money records must."""
    for receipt in Receipt.objects.filter(owner=person, sent_at=None).order_by("pk"):
        drop_receipt(receipt_id=receipt.pk, by=person, at=at)
    Receipt.objects.filter(owner=person).update(words=ERASED)
    theirs = Claim.objects.filter(to=person)
    ClaimLine.objects.filter(claim__in=theirs, kind__in=TYPED).update(words=ERASED)
    theirs.exclude(asked_words="").update(asked_words=ERASED)
    changed = theirs.update(provider="", answered_words="")
    LogEntry.objects.filter(person=person).update(words="")
    record.note(what="claims.words.erased", subject=person, at=at, claims=changed)
