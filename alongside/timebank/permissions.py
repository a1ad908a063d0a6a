"""Who may turn the exchange on, ask, say yes and no. Each rule gives its reason; nobody learns another's balance."""

from alongside.organisations import queries as organisations
from alongside.organisations.states import KEEPERS, DutyKind
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal
from alongside.timebank.states import MOST_LOWEST, MOST_MINUTES, NEXT, GiftState

NOT_YOURS = Refusal("not-yours", "Only the other side of this exchange can say that.")
ELSEWHERE = Refusal("not-for-time", "This work was not done for this organisation.")
OFF = Refusal("off", "Time is not exchanged here.", "Ask who leads whether you want it to be.")


def why_not_set(organisation, *, by, lowest_minutes=0):
    """None for who leads or runs the organisation, with a limit that ends somewhere."""
    if refusal := people.why_not_act(by):
        return refusal
    if not any(organisations.holds(by, kind, organisation.pk) for kind in KEEPERS):
        return Refusal("not-asked", "This is set by the people who lead the organisation.", "Ask one of them.")
    if not 0 <= lowest_minutes <= MOST_LOWEST:
        return Refusal("limit", f"The limit is between 0 and {MOST_LOWEST // 60} hours below nothing.")
    return None


def why_not_speak_for_office(bank, *, by):
    """None for who leads the organisation, where its own account is turned on."""
    if refusal := people.why_not_act(by):
        return refusal
    if not organisations.holds(by, DutyKind.LEAD, bank.organisation_id):
        return Refusal("not-asked", "For the organisation speaks who leads it.", "Ask one of them.")
    if not bank.office:
        return Refusal("no-office", "The organisation itself does not exchange time here.", "Exchange it among people.")
    return None


def why_not_ask(bank, *, by, other, minutes, on, today, for_office=False):
    """None for a member who exchanged time with another member (None: the organisation itself) on a day that has come."""
    if refusal := people.why_not_act(by):
        return refusal
    if bank is None or not bank.is_on:
        return OFF
    if for_office and (refusal := why_not_speak_for_office(bank, by=by)):
        return refusal
    if refusal := _why_not_members(bank, by, other):
        return refusal
    if (other is None and (for_office or not bank.office)) or (other is not None and other.pk == by.pk):
        return Refusal("other-side", "Choose somebody else to exchange time with.", "An exchange has two sides.")
    if not 0 < minutes <= MOST_MINUTES:
        return Refusal("minutes", f"One exchange is between 1 and {MOST_MINUTES} minutes.", "For more, write down two.")
    if on > today:
        return Refusal("future", "That day has not come yet.", "Write it down when it has.")
    return None


def _why_not_members(bank, by, other):
    for person in (by, other):
        if person is not None and not organisations.is_member(person, bank.organisation_id):
            return Refusal("not-a-member", "Both sides belong to the organisation.", "Ask who leads to add them.")
    if other is not None and other.state != PersonState.ACTIVE:
        return Refusal("away", f"{other.shown_name} is taking a break.", "Ask again when they are back.")
    return None


def why_not_answer(gift, *, by):
    """None for the other side than who asked: its person, or who leads where it is the organisation itself."""
    if refusal := people.why_not_act(by):
        return refusal
    if gift.state != GiftState.ASKED:
        return Refusal("state", f"This exchange is {gift.get_state_display().lower()}.", "Look at it again.")
    if by.pk == gift.asked_by_id:
        return NOT_YOURS
    side = other_side(gift)
    if side.person_id is None:
        return why_not_speak_for_office(gift.bank, by=by)
    return None if side.person_id == by.pk else NOT_YOURS


def other_side(gift):
    """The account whose yes is waited for: the one that who asked does not speak for."""
    return gift.taker if gift.giver.person_id == gift.asked_by_id or _asked_for_office(gift, gift.giver) else gift.giver


def _asked_for_office(gift, account):
    """Whether this is the organisation's own account, and neither side is who asked."""
    return account.person_id is None and gift.asked_by_id not in {gift.giver.person_id, gift.taker.person_id}


def why_not_agree(gift, *, by, balance):
    """None for the other side, while the exchange is on and who took stays above the limit. balance: of who took, now."""
    if refusal := why_not_answer(gift, by=by):
        return refusal
    if not gift.bank.is_on:
        return OFF
    return why_not_take(gift, balance=balance)


def why_not_take(gift, *, balance):
    """None while the account that takes stays above the limit. Nobody is told where another stands."""
    if gift.taker.person_id is None or balance - gift.minutes >= -gift.bank.lowest_minutes:
        return None
    return Refusal(
        "limit",
        "This would go below the limit of who got the time.",
        "They can give some time first. Or write it down as a gift, in the log of what was given.",
    )


def why_not_withdraw(gift, *, by):
    """None for who asked, until it was answered."""
    if by is None or by.pk != gift.asked_by_id:
        return Refusal("not-yours", "Only who wrote this down can take it back.")
    if GiftState.WITHDRAWN not in NEXT[gift.state]:
        return Refusal("state", f"This exchange is {gift.get_state_display().lower()}.", "Look at it again.")
    return None
