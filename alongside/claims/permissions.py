"""Who may claim, write down for somebody, say that it is right, set the list, and log. Each rule gives its reason."""

from alongside.calculations.money import pounds
from alongside.claims.states import (
    MOST_HOURS,
    MOST_MINUTES,
    MOST_PENCE,
    MOST_RECEIPTS,
    MOST_TENTHS,
    NEXT,
    TOLD_BY,
    ClaimState,
    LineKind,
)
from alongside.contributions.states import Method, MoneyState
from alongside.initiatives import permissions as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import KEEPERS
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal

WAYS = (Method.BANK, Method.CASH, Method.PREPAID)
WAYS_BEFORE = (Method.ADVANCE, Method.BANK, Method.PREPAID)
TO_HAND = (Method.ADVANCE, Method.BANK)  # money that the person lays out themselves
GONE = (MoneyState.SENT, MoneyState.ARRIVED)
NOT_YOURS = Refusal("not-yours", "Only the person whose costs these are can do this.")
NO_SEAT = Refusal("no-seat", "You need a seat in this initiative.", "Answer an advert, or ask who leads it.")
NOT_THERE = Refusal(
    "not-there",
    "The record does not say that you were there.",
    "Ask who keeps the notes to put it right. Then come back here.",
)


def why_not_before(to, *, by, asked, activity_on, today, gathering=None):
    """None for the person themselves, whose day is still to come.

    asked: whether they are invited to the gathering, which is announced, and did not say no; or, without one, whether
    an offer of that day to which they said yes stands.
    """
    if refusal := people.why_not_act(by):
        return refusal
    return _why_not_that_day_before(asked, activity_on, today, gathering) if by.pk == to.pk else NOT_YOURS


def _why_not_that_day_before(asked, activity_on, today, gathering):
    if activity_on <= today:
        return Refusal("past", "That day has come.", "Claim what it cost you, on your page of costs.")
    if asked:
        return None
    if gathering:
        help = "Say first that you come, or ask who leads to invite you."
        return Refusal("not-invited", "You are not asked to this gathering, it is not on, or you said no.", help)
    help = "Ask who leads for an offer, or ask for your costs from the page of a gathering."
    return Refusal("no-yes", "There is no offer for that day to which you said yes, and no gathering.", help)


def why_not_claim(to, *, by, entitled, activity_on, today, gathering=None):
    """None for the person themselves, who was there (or has a seat), on a day that has come.

    entitled: whether the record says that they were at the gathering, or, without one, that they hold a seat.
    """
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != to.pk:
        return NOT_YOURS
    return _why_not_that_day(entitled, activity_on, today, gathering)


def _why_not_that_day(entitled, activity_on, today, gathering):
    if not entitled:
        return NOT_THERE if gathering else NO_SEAT
    if activity_on > today:
        help = "Do you need money before it? Ask from the page of the gathering, or of your offer."
        return Refusal("future", "That day has not come yet.", help)
    return None


def why_not_write_down(
    initiative, to, *, by, entitled, activity_on, today, channel, asked_words, gathering=None, before=False
):
    """None for who leads, chairs or keeps notes, for somebody else, with who was asked and by which way.

    before: it is for a day to come; then `entitled` says what `asked` says in `why_not_before`.
    """
    if refusal := initiatives.why_not_record(initiative, by=by):
        return refusal
    if to.pk == by.pk:
        return Refusal("own-costs", "These are your own costs.", "Claim them on your own page.")
    if to.state == PersonState.ERASED:
        return Refusal("erased", "This record was erased.")
    that_day = _why_not_that_day_before if before else _why_not_that_day
    if refusal := that_day(entitled, activity_on, today, gathering):
        return refusal
    if channel not in TOLD_BY:
        return Refusal("channel", "Say how they told you.", "By phone, on paper or in person.")
    if not asked_words.strip():
        return Refusal("nobody-asked", "Write who told you, and when.", "For example: Asha herself, on the phone.")
    return None


def why_not_costs(costs, *, method, provider, claimed, ways=WAYS):
    """The Refusal for costs that cannot be; None for some that can.

    claimed: (kind, words) of fixed costs and ways claimed for that day already. ways: in which they can come.
    """
    if not costs:
        return None
    if any(cost.pence <= 0 or cost.count <= 0 for cost in costs):
        return Refusal("amount", "Each cost is more than nothing.", "Leave out what you did not pay.")
    if any(cost.kind == LineKind.ITEM and cost.count > MOST_HOURS for cost in costs):
        return Refusal("hours", f"A day has {MOST_HOURS} hours.", "Please check the hours.")
    if any(cost.kind == LineKind.MILES and cost.count > MOST_TENTHS for cost in costs):
        return Refusal("far", f"One day’s way is at most {MOST_TENTHS // 10} miles.", "Please check the distance.")
    if sum(cost.pence for cost in costs) > MOST_PENCE:
        words = f"One claim is at most {pounds(MOST_PENCE)} of costs."
        return Refusal("much", words, "For more, ask who leads for an offer first.")
    if twice := [cost for cost in costs if (cost.kind, cost.words) in claimed]:
        words = f"“{twice[0].words}” is in a claim for that day already."
        return Refusal("claimed", words, "Look at that claim. Something else may be added here.")
    return why_not_way(method, provider, ways)


def why_not_way(method, provider, ways=WAYS):
    """Costs say how they come; what is paid straight names to whom."""
    if method not in ways:
        return Refusal("method", "Choose how the money comes.")
    if method == Method.PREPAID and not provider.strip():
        return Refusal("provider", "Say who we pay.", "The name of the company or person who did it for you.")
    return None


def why_not_answer(claim, to, *, by):
    """None for the person themselves, while somebody waits for their yes or no."""
    if by is None or by.pk != claim.to_id:
        return NOT_YOURS
    if to == ClaimState.SENT and (refusal := people.why_not_act(by)):
        return refusal
    if by.helped_by and by.helped_by.pk == claim.written_by_id:
        words = "Whoever wrote this down does not also help you say whether it is right."
        return Refusal("same-hand", words, "Ask somebody else to help, or use a claim code in your own browser.")
    return _why_not_move(claim, to)


def why_not_answer_for(claim, to, *, by, words):
    """None for who leads, chairs or keeps notes, but not for who wrote it down; with how the person was asked."""
    if refusal := initiatives.why_not_record(claim.initiative, by=by):
        return refusal
    if by.pk == claim.written_by_id and to == ClaimState.SENT:
        help = "Ask somebody else who leads or keeps notes here to ring, or give a claim code."
        return Refusal("same-hand", "You wrote this down, so somebody else asks whether it is right.", help)
    if by.pk == claim.to_id:
        return Refusal("own-costs", "These are your own costs.", "Answer on your own page.")
    if not words.strip():
        return Refusal("nobody-asked", "Write how you asked, and when.", "For example: rang her, she said yes.")
    return _why_not_move(claim, to)


def why_not_take_back(claim, *, by):
    """None for the person, until money of it moves; that is asked again where the money is."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != claim.to_id:
        return NOT_YOURS
    return _why_not_move(claim, ClaimState.TAKEN_BACK)


def why_not_say_spent(claim, *, by, today):
    """None for the person, or who notes it for them, once they had the money and the day has come."""
    if by is None or by.pk != claim.to_id:
        if refusal := initiatives.why_not_record(claim.initiative, by=by):
            return refusal
    elif refusal := people.why_not_act(by):
        return refusal
    if not claim.before or claim.method not in TO_HAND or claim.state != ClaimState.SENT:
        return Refusal("no-advance", "No money before the day came with this claim.", "There is nothing to tell.")
    if claim.offer.money not in GONE:
        return Refusal("not-there", "The money has not come yet.", "Come back when you had it.")
    if claim.activity_on > today:
        return Refusal("future", "That day has not come yet.", "Come back when it has.")
    return None


def _why_not_move(claim, to):
    if to in NEXT[claim.state]:
        return None
    return Refusal("state", f"This claim is {claim.get_state_display().lower()}.", "Look at it again.")


def why_not_add_receipt(*, by, entitled, waiting, activity_on, today, gathering=None):
    """None for somebody who was there, while few of their receipts wait. waiting: how many do."""
    if refusal := why_not_claim(
        by, by=by, entitled=entitled, activity_on=activity_on, today=today, gathering=gathering
    ):
        return refusal
    if waiting >= MOST_RECEIPTS:
        return Refusal("many", f"{MOST_RECEIPTS} receipts of yours wait already.", "Send your claim, then add more.")
    return None


def why_not_drop_receipt(receipt, *, by):
    """None for its owner, until it was sent."""
    if by is None or by.pk != receipt.owner_id:
        return NOT_YOURS
    if receipt.sent_at:
        return Refusal("sent", "This receipt was sent with a claim.", "You can take the whole claim back.")
    return None


def why_not_set_costs(organisation, *, by):
    """None for who leads or runs the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in KEEPERS):
        return None
    return Refusal("not-asked", "The list of costs is set by the people who lead the organisation.", "Ask one of them.")


def why_not_log(*, by, minutes, on, today, seated, offer=None, by_choice=False):
    """None for somebody who is here, for time of a day that has come, at a table of theirs or at none.

    seated: whether they hold a seat at the table they named; True where they named none.
    """
    if refusal := people.why_not_act(by):
        return refusal
    if not 0 < minutes <= MOST_MINUTES:
        return Refusal("minutes", f"One entry is between 1 and {MOST_MINUTES} minutes.", "A day has 1440 minutes.")
    if on > today:
        return Refusal("future", "That day has not come yet.", "Write it down when it has.")
    if not seated:
        return NO_SEAT
    if offer is not None and (offer.to_id != by.pk or by_choice):
        return Refusal("offer", "Choose one: a part of an offer to you, or given by choice.")
    return None


def why_not_let_go(entry, *, by):
    """None for who wrote the entry, once."""
    if by is None or by.pk != entry.person_id:
        return NOT_YOURS
    return Refusal("state", "This was taken away already.") if entry.let_go_at else None
