"""What an offer comes to, what an answer means, and how its life is drawn. Nothing here reads or writes."""

from datetime import timedelta
from itertools import zip_longest

from alongside.calculations import money, small_numbers
from alongside.contributions.states import FIXED, TO_THE_PERSON, YES, Method, MoneyState, OfferState, When
from alongside.design.states import DONE, NEXT, NOW, Step, Thread, day_words
from alongside.organisations import queries as organisations

ORDER = (MoneyState.NOT_YET, MoneyState.APPROVED, MoneyState.SENT, MoneyState.ARRIVED)


def accepted(offer, state, pence):
    """How much of an offer this answer takes, in whole pence; None where it is not a yes."""
    whole = offered(offer)
    return {OfferState.ACCEPTED: whole, OfferState.GIVEN: whole, OfferState.PART: pence}.get(state)


def offered(offer):
    """What of an offer comes with the pay: all of it but the costs that come before the day."""
    return offer.pence - offer.early_pence


def shares_of(offer, state, pence, parts, pay_from):
    """(whole pence, first day or None) of each part of what does not stand yet; none where there is nothing.

    parts: as the person wrote them, or none for all of it at once on `pay_from` or after.
    """
    rest = (accepted(offer, state, pence) or 0) - offer.fixed_pence
    if rest <= 0:
        return []
    return list(parts) or [(rest, pay_from)]


def answered(offer, *, state, pence, method, shop, provider, given_to, shares, later_on, reason):
    """The fields of an answer, each with its value; what an answer does not need is emptied."""
    yes, amount = state in YES, accepted(offer, state, pence)
    method = Method.GIFT if state == OfferState.GIVEN else method
    nothing = Method.TIME if method == Method.TIME else Method.NONE
    first = [from_on for _, from_on in shares if from_on]
    return {
        "state": OfferState.DONE if offer.state == OfferState.DONE else state,
        "accepted_pence": amount,
        "method": (nothing if amount == 0 else method) if yes else "",
        "shop": shop.strip() if yes and amount and method == Method.VOUCHER else "",
        "provider": provider.strip() if yes and amount and method == Method.PREPAID else "",
        "given_to": given_to.strip() if state == OfferState.GIVEN else "",
        "pay_from": min(first) if len(first) == len(shares) and first else None,
        "later_on": later_on if state == OfferState.LATER else None,
        "reason": reason.strip(),
    }


def rows_of(offer, rows, shares, make):
    """The rows of parts as they should be: those that stand untouched, then the shares in turn, the rest with nothing.

    rows: the parts that are there, in their order; make: the class of a part. Returns only rows to write. A part on
    hold stays on hold, and says its new sum.
    """
    free = [row for row in rows if row.money not in FIXED]
    free += [make(offer=offer, place=len(rows) + more) for more in range(1, len(shares) - len(free) + 1)]
    for row, (pence, from_on) in zip_longest(free, shares, fillvalue=(0, None)):
        row.pence, row.from_on = pence, from_on
    return free


def moved(shares, more):
    """Shares with so many pence more on the last of them, or less from the last on backwards; none stays with nothing."""
    rows, at = [list(share) for share in shares], len(shares) - 1
    while more and at >= 0:
        change = max(more, -rows[at][0])
        rows[at][0] += change
        more, at = more - change, at - 1
    return [(pence, from_on) for pence, from_on in rows if pence]


def days_of(money, on):
    """The fields of a part that say on which day each step was: this step's own, and none after it."""
    if money not in ORDER:
        return {}
    reached = ORDER.index(money)
    after = {f"{str(step).lower()}_on": None for step in ORDER[reached + 1 :]}
    return after | ({f"{str(money).lower()}_on": on} if reached else {})


def money_of(parts):
    """The fields of an offer that say how its money stands, from its parts: the part that is least far says it."""
    held = next((part for part in parts if part.money == MoneyState.HELD), None)
    least = min((ORDER.index(part.money) for part in parts if part.money in ORDER), default=0)
    return {
        "money": MoneyState.HELD if held else ORDER[least],
        "held_words": held.held_words if held else "",
        "held_by": held.held_by if held else None,
        "fixed_pence": sum(part.pence for part in parts if part.money in FIXED),
        **{name: _last_day(parts, name) for name in ("approved_on", "sent_on", "arrived_on")},
    }


def _last_day(parts, name):
    """The last of the days on which a step was taken for every part; None while one part has not got there."""
    days = [getattr(part, name) for part in parts]
    return None if None in days else max(days, default=None)


def yes_of(offer):
    """Which yes a person gave, also after the work is done."""
    if offer.given_to or offer.method == Method.GIFT:
        return OfferState.GIVEN
    return OfferState.PART if offer.accepted_pence < offered(offer) else OfferState.ACCEPTED


def gone_words(on, today):
    """What warns before work of a day that is gone is offered; "" for a day that is still to come, and for today."""
    if on >= today:
        return ""
    return f"{day_words(on)} is gone. Pay is said before the work. If the work is done already, the promised day counts from today."


def due_day(offer):
    """The promised day, or the later day from which the person wants the first of the money."""
    return max(offer.promised_on, offer.pay_from) if offer.pay_from else offer.promised_on


def later_days(due):
    """Days from which the second half of the money can come: the first of the next month, and of the next January."""
    month = (due.replace(day=1) + timedelta(days=32)).replace(day=1)
    january = due.replace(year=due.year + 1, month=1, day=1)
    return [month] if month == january else [month, january]


def halves(pence, day):
    """Half at once and half from a day on, adding up to the penny; all at once where there is nothing to halve."""
    first, rest = money.share(pence, 2)
    return [(first, None), (rest, day)] if rest else [(first, None)]


def whens_of(offer):
    """[(When, its words with the days)] among which the person chooses, for what does not stand yet."""
    due = offer.promised_on
    days = dict(zip((When.MONTH, When.JANUARY), later_days(due), strict=False))
    halved = [(when, f"Half by {day_words(due)}, and half from {day_words(day)}") for when, day in days.items()]
    once = f"All of it, by {day_words(due)}"
    return [(When.ONCE, once), *halved, (When.DAY, When.DAY.label), (When.PARTS, When.PARTS.label)]


def chosen_parts(offer, pence, when, pay_from=None, parts=()):
    """(whole pence, first day or None) of each part that the person chose; pence: what does not stand yet.

    None for who keeps what came and wants no more.
    """
    if pence <= 0:
        return []
    days = dict(zip((When.MONTH, When.JANUARY), later_days(offer.promised_on), strict=False))
    if when in days:
        return halves(pence, days[when])
    return list(parts) if when == When.PARTS else [(pence, pay_from if when == When.DAY else None)]


def due_day_of(part):
    """The promised day of one part, or the later day from which the person wants it. part: with its offer."""
    return max(part.offer.promised_on, part.from_on) if part.from_on else part.offer.promised_on


def comes_on(part, on):
    """The day on which a part of money came, else left, else is to come. on: today, for what should have come by now."""
    return part.arrived_on or part.sent_on or max(due_day_of(part), on)


def days_of_shares(offer, shares, on):
    """[(day, whole pence)] of shares that do not stand yet: each on its day, not before the promise and not before today.

    shares: (whole pence, first day or None). on: today; what is late can only come from now on.
    """
    soonest = max(offer.promised_on, on)
    return [(max(soonest, from_on or soonest), pence) for pence, from_on in shares if pence]


def as_it_stands(offer, parts, on):
    """[(day, whole pence)] in which an offer brings money to its person: before an answer all of it, then what they took.

    Nothing after a no, or where the money goes elsewhere or became time.
    """
    if offer.state in (OfferState.MADE, OfferState.LATER):
        return days_of_shares(offer, [(offered(offer), None)], on)
    comes = (offer.state in YES or offer.state == OfferState.DONE) and offer.method in TO_THE_PERSON
    return [(comes_on(part, on), part.pence) for part in parts] if comes else []


def pay_and_costs(offer, dated):
    """[(day, whole pence of pay, whole pence of costs)] of (day, whole pence) in which the money of an offer comes.

    The pay comes first: who takes less takes less for costs. The pay in all of them adds up.
    """
    sums = [pence for _, pence in dated]
    pay = money.share(min(offer.pay_pence, sum(sums)), sums) if any(sums) else sums
    return [(day, part, pence - part) for (day, pence), part in zip(dated, pay, strict=True)]


def pay_by_day(offer, dated):
    """[(day, whole pence of pay)] of (day, whole pence) in which the money of an offer comes, without what is for costs."""
    return [(day, pay) for day, pay, _ in pay_and_costs(offer, dated) if pay]


def thread_of(offer, *, viewer, on, parts=(), backs=frozenset()):
    """The life of an offer as a Thread: offered, yes, done, approved, sent, arrived; with whose turn and by when.

    offer: with `to`, `made_by`, `done_by`, `held_by` and initiative's organisation at hand. on: today, to say what is
    late. parts: those of its parts that the thread is about; of several, each is one step of its own. backs: keys of
    parts that came back from the bank and wait until the person has looked at their account.
    """
    begun = Step(
        "claimed" if offer.costs_only else "offered", DONE, offer.made_by.shown_name, _day_of(offer, offer.made_at)
    )
    asks_nothing = offer.costs_only and offer.state == OfferState.DONE
    steps = [begun, *([] if asks_nothing else _answer_steps(offer, _who(offer, viewer)))]
    if offer.state in YES or offer.state == OfferState.DONE:
        several, who = len(parts) > 1, _who(offer, viewer)
        way = (
            _part_steps(offer, parts, who, on, backs)
            if several
            else _money_steps(offer, parts[0] if parts else offer, who, on, backs)
        )
        steps += way if offer.accepted_pence else []
    return Thread(offer.task, tuple(steps))


def _who(offer, viewer):
    return "you" if viewer is not None and viewer.pk == offer.to_id else offer.to.shown_name


def _day_of(offer, moment):
    return organisations.local_day(offer.initiative.organisation, moment)


def _answer_steps(offer, who):
    if offer.state == OfferState.REPLACED:
        return [Step("replaced by a new offer", DONE)]
    if offer.state == OfferState.MADE:
        return [Step("answer", NOW, who), Step("done", NEXT, by=offer.activity_on)]
    answered_on = _day_of(offer, offer.answered_at)
    if offer.state == OfferState.LATER:
        return [Step("to be asked again later", NOW, offer.made_by.shown_name, offer.later_on)]
    if offer.state == OfferState.DECLINED:
        return [Step("declined with thanks", DONE, who, answered_on)]
    yes = Step("yes", DONE, who, answered_on)
    if offer.state == OfferState.DONE:
        by = who if offer.done_by_id == offer.to_id else offer.done_by.shown_name
        return [yes, Step("done", DONE, by, offer.done_on)]
    return [yes, Step("to do", NOW, who, offer.activity_on)]


def _money_steps(offer, stands, who, on, backs):
    """The three steps of the money: the first that has not happened is now, once the work is done.

    stands: what says how far the money is, the one part of it or the offer.
    """
    due = due_day(offer) if stands is offer else due_day_of(stands)
    turns = (
        ("approved", "to approve", offer.approver_words),
        ("sent", "to send", "a payer"),
        ("arrived", "to arrive", who),
    )
    reached = ORDER.index(stands.money) if stands.money in ORDER else 0
    days = (stands.approved_on, stands.sent_on, stands.arrived_on)
    steps = []
    for place, (words, to_do, whose) in enumerate(turns):
        if place < reached:
            steps.append(Step(words, DONE, by=days[place]))
        elif place == reached and stands is not offer and stands.pk in backs:
            steps.append(Step(CAME_BACK, NOW, who, due, late=due < on))
        elif place == reached and offer.state == OfferState.DONE:
            steps.append(_present(stands, to_do, whose, due, on))
        else:
            steps.append(Step(words, NEXT, by=due if place == 1 else None))
    return steps


CAME_BACK = "came back from the bank"
PART_WORDS = {MoneyState.SENT: "sent", MoneyState.ARRIVED: "arrived", MoneyState.HELD: "on hold"}


def _part_steps(offer, parts, who, on, backs):
    """One step for each part of the money: the first that has not arrived is now, once the work is done."""
    open_parts = [part for part in parts if part.money != MoneyState.ARRIVED]
    now = next((part for part in open_parts if part.pk in backs), open_parts[0] if open_parts else None)
    steps = []
    for part in parts:
        back = part.pk in backs
        words = f"{money.pounds(part.pence)} {CAME_BACK if back else PART_WORDS.get(part.money, 'to come')}"
        due = due_day_of(part)
        if part.money == MoneyState.ARRIVED:
            steps.append(Step(words, DONE, by=part.arrived_on))
        elif part is now and offer.state == OfferState.DONE:
            turn = who if back else _part_turn(offer, part)
            steps.append(Step(words, NOW, turn, due, late=due < on and not part.sent_on))
        else:
            steps.append(Step(words, NEXT, by=due))
    return steps


def _part_turn(offer, part):
    turns = {MoneyState.NOT_YET: offer.approver_words, MoneyState.HELD: part.held_by and part.held_by.shown_name}
    return turns.get(part.money) or "a payer"


def _present(stands, words, whose, due, on):
    if stands.money == MoneyState.HELD:
        return Step("on hold", NOW, stands.held_by.shown_name, due, late=due < on)
    if stands.money == MoneyState.SENT:
        return Step(words, NOW, whose)
    return Step(words, NOW, whose, due, late=due < on)


def hide_few(counts, people, everybody, k):
    """Counts of offers by answer, with "too few to show" where they would point at a few people.

    counts: offers in each cell; people: different people in each; everybody: different people in all. A cell that
    would come back by taking the others from the total takes the next smallest with it.
    """
    hidden = {name for name in counts if not small_numbers.may_show(people[name], everybody, k)}
    open_cells = sorted(set(counts) - hidden, key=lambda name: (counts[name], name))
    if len(hidden) == 1 and open_cells:
        hidden.add(open_cells[0])
    return {name: small_numbers.TOO_FEW if name in hidden else count for name, count in counts.items()}
