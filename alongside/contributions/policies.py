"""What an offer comes to, what an answer means, and how its life is drawn. Nothing here reads or writes."""

from zoneinfo import ZoneInfo

from alongside.calculations import content, money, small_numbers
from alongside.contributions.states import MINUTES_OF, YES, Method, MoneyState, OfferState, Unit
from alongside.design.states import DONE, NEXT, NOW, Step, Thread

ORDER = (MoneyState.NOT_YET, MoneyState.APPROVED, MoneyState.SENT, MoneyState.ARRIVED)


def local_day(at, organisation):
    """The day that a moment falls on where the organisation is."""
    return at.astimezone(ZoneInfo(organisation.zone)).date()


def promised_day(activity_on, organisation):
    """The working day by which money for work on `activity_on` is promised."""
    return money.working_day_after(activity_on, organisation.promise_days)


def pay_for(line, minutes):
    """(whole pence, the sentence that explains it) for so many minutes by one line of a rate card.

    Every started hour, half day or day counts whole; a fixed sum is what it is. No line is work without money.
    """
    if line is None:
        return 0, "There is no money for this work."
    if line.unit == Unit.FIXED:
        return line.pence, f"{line.words}: {money.pounds(line.pence)}, a fixed sum."
    stretch = MINUTES_OF[line.unit]
    count = -(-minutes // stretch)
    unit = Unit(line.unit).label if count == 1 else f"{Unit(line.unit).label}s"
    return count * line.pence, f"{line.words}: {count} {unit} at {money.pounds(line.pence)}."


def beside_living_wage(pence, minutes, on):
    """How an offer stands beside the living wage of that day, as a Comparison; None without a figure for the day."""
    floors = [card.on(on) for card in content.rate_cards() if card.use == "floor" and card.currency == "GBP"]
    found = [line.pence for period in floors if period for line in period.lines if line.per == "hour"]
    return money.beside_wage(pence, minutes, max(found)) if found else None


def answered(offer, *, state, pence, method, shop="", given_to="", pay_from=None, later_on=None, reason=""):
    """The fields of an answer, each with its value; what an answer does not need is emptied."""
    yes = state in YES
    amount = {OfferState.ACCEPTED: offer.pence, OfferState.GIVEN: offer.pence, OfferState.PART: pence}.get(state)
    method = Method.GIFT if state == OfferState.GIVEN else method
    return {
        "state": OfferState.DONE if offer.state == OfferState.DONE else state,
        "accepted_pence": amount,
        "method": (Method.NONE if amount == 0 else method) if yes else "",
        "shop": shop.strip() if yes and method == Method.VOUCHER else "",
        "given_to": given_to.strip() if state == OfferState.GIVEN else "",
        "pay_from": pay_from if yes and amount else None,
        "later_on": later_on if state == OfferState.LATER else None,
        "reason": reason.strip(),
    }


def yes_of(offer):
    """Which yes a person gave, also after the work is done."""
    if offer.given_to or offer.method == Method.GIFT:
        return OfferState.GIVEN
    return OfferState.PART if offer.accepted_pence < offer.pence else OfferState.ACCEPTED


def due_day(offer):
    """The promised day, or the later day from which the person wants the money."""
    return max(offer.promised_on, offer.pay_from) if offer.pay_from else offer.promised_on


def thread_of(offer, *, viewer, on):
    """The life of an offer as a Thread: offered, yes, done, approved, sent, arrived; with whose turn and by when.

    offer: with `to`, `made_by`, `done_by`, `held_by` and initiative's organisation at hand. on: today, to say what is late.
    """
    steps = [_offered(offer), *_answer_steps(offer, _who(offer, viewer))]
    if offer.state in YES or offer.state == OfferState.DONE:
        steps += _money_steps(offer, _who(offer, viewer), on) if offer.accepted_pence else []
    return Thread(offer.task, tuple(steps))


def _who(offer, viewer):
    return "you" if viewer is not None and viewer.pk == offer.to_id else offer.to.shown_name


def _offered(offer):
    return Step("offered", DONE, offer.made_by.shown_name, local_day(offer.made_at, offer.initiative.organisation))


def _answer_steps(offer, who):
    if offer.state == OfferState.REPLACED:
        return [Step("replaced by a new offer", DONE)]
    if offer.state == OfferState.MADE:
        return [Step("answer", NOW, who), Step("done", NEXT, by=offer.activity_on)]
    answered_on = local_day(offer.answered_at, offer.initiative.organisation)
    if offer.state == OfferState.LATER:
        return [Step("to be asked again later", NOW, offer.made_by.shown_name, offer.later_on)]
    if offer.state == OfferState.DECLINED:
        return [Step("declined with thanks", DONE, who, answered_on)]
    yes = Step("yes", DONE, who, answered_on)
    if offer.state == OfferState.DONE:
        by = who if offer.done_by_id == offer.to_id else offer.done_by.shown_name
        return [yes, Step("done", DONE, by, offer.done_on)]
    return [yes, Step("done", NOW, who, offer.activity_on)]


def _money_steps(offer, who, on):
    """The three steps of the money: the first that has not happened is now, once the work is done."""
    due = due_day(offer)
    turns = (("approved", offer.approver_words), ("sent", "a payer"), ("arrived", who))
    reached = ORDER.index(offer.money) if offer.money in ORDER else 0
    days = (offer.approved_on, offer.sent_on, offer.arrived_on)
    steps = []
    for place, (words, whose) in enumerate(turns):
        if place < reached:
            steps.append(Step(words, DONE, by=days[place]))
        elif place == reached and offer.state == OfferState.DONE:
            steps.append(_present(offer, words, whose, due, on))
        else:
            steps.append(Step(words, NEXT, by=due if place == 1 else None))
    return steps


def _present(offer, words, whose, due, on):
    if offer.money == MoneyState.HELD:
        return Step("on hold", NOW, offer.held_by.shown_name, due, late=due < on)
    if words == "arrived":
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
