"""What changes: the exchange turned on, time written down, agreed, declined, withdrawn."""

from django.db import transaction
from django.urls import reverse

from alongside.contributions import operations as contributions
from alongside.contributions import permissions as contributions_rules
from alongside.organisations import queries as organisations
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import stop_if
from alongside.timebank import permissions
from alongside.timebank.models import TimeAccount, TimeBank, TimeGift, TimeMove
from alongside.timebank.policies import account_of, balance
from alongside.timebank.states import START_LOWEST, GiftState, TimeKind


def _note(what, gift, by, at, **facts):
    organisation = gift.bank.organisation_id
    record.note(what=what, subject=gift, by=by, at=at, organisation_id=organisation, minutes=gift.minutes, **facts)


def _locked_bank(pk):
    """The bank, locked: in one organisation time moves one exchange after the other, so that no limit is passed twice."""
    return TimeBank.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)


def _locked(gift_id):
    bank = _locked_bank(TimeGift.objects.values_list("bank", flat=True).get(pk=gift_id))
    gifts = TimeGift.objects.select_for_update(of=("self",))
    gift = gifts.select_related("giver__person", "taker__person", "asked_by").get(pk=gift_id)
    gift.bank = bank
    return gift


@transaction.atomic
def set_bank(*, organisation, is_on, by, at, lowest_minutes=START_LOWEST, office=False):
    """Turn the exchange of time on or off, with its limit and whether the organisation takes part itself.

    Off: what was exchanged stays readable, and nothing new moves. by=None is for the installer and the demo.
    """
    stop_if(permissions.why_not_set(organisation, by=by, lowest_minutes=lowest_minutes) if by else None)
    said = {"is_on": is_on, "lowest_minutes": lowest_minutes, "office": office, "changed_at": at, "changed_by": by}
    bank, _ = TimeBank.objects.update_or_create(organisation=organisation, defaults=said)
    record.note(
        what="timebank.bank.set", subject=bank, by=by, at=at, organisation_id=organisation.pk, on=is_on,
        lowest=lowest_minutes, office=office,
    )  # fmt: skip
    return bank


@transaction.atomic
def ask(*, bank_id, other, gave, minutes, kind, on, by, at, words="", for_office=False):
    """Write down time that was exchanged; nothing moves until the other side says yes. Returns the TimeGift.

    other: a Person, or None for the organisation itself. gave: whether `by` gave it (else they got it). for_office:
    `by` speaks for the organisation, not for themselves. Raises Refused when the exchange cannot be.
    """
    bank = _locked_bank(bank_id)
    today = organisations.local_day(bank.organisation, at)
    stop_if(
        permissions.why_not_ask(bank, by=by, other=other, minutes=minutes, on=on, today=today, for_office=for_office)
    )
    own, others = _account(bank, None if for_office else by), _account(bank, other)
    giver, taker = (own, others) if gave else (others, own)
    gift = TimeGift(
        bank=bank, giver=giver, taker=taker, minutes=minutes, kind=TimeKind(kind), words=words.strip(), on=on,
        asked_by=by, asked_at=at, asked_channel=by.channel,
    )  # fmt: skip
    stop_if(permissions.why_not_take(gift, balance=balance(taker)) if taker == own else None)
    gift.save()
    _note("timebank.gift.asked", gift, by, at, gave=gave)
    _tell(gift, other, by, at)
    return gift


def _account(bank, person):
    return account_of(bank, person) or TimeAccount.objects.create(bank=bank, person=person)


def _tell(gift, other, by, at):
    if other is None:
        return  # the organisation's own account: who leads finds it on their first page
    words = f"{by.shown_name} wrote down time that you exchanged. Is it right? It counts only when you say so."
    url = reverse("timebank:gift", args=[gift.pk])
    people.tell(to=other, about=f"time:{gift.pk}", words=words, url=url, by=by, at=at)


@transaction.atomic
def agree(*, gift_id, by, at):
    """The other side says yes: the minutes move. Raises Refused also where who took would go below the limit."""
    gift = _locked(gift_id)
    stop_if(permissions.why_not_agree(gift, by=by, balance=balance(gift.taker)))
    _answer(gift, GiftState.AGREED, by, at)
    return _move(gift, by, at)


def _move(gift, by, at):
    TimeMove.objects.create(gift=gift, taken=gift.taker, given=gift.giver, minutes=gift.minutes, at=at)
    _note("timebank.gift.agreed", gift, by, at)
    return gift


def _answer(gift, state, by, at):
    gift.state, gift.answered_by, gift.answered_at, gift.answered_channel = state, by, at, by.channel
    gift.save(update_fields=["state", "answered_by", "answered_at", "answered_channel"])


@transaction.atomic
def decline(*, gift_id, by, at):
    """The other side says that it is not right; nothing moves. Works also while the exchange is turned off."""
    gift = _locked(gift_id)
    stop_if(permissions.why_not_answer(gift, by=by))
    _answer(gift, GiftState.DECLINED, by, at)
    _note("timebank.gift.declined", gift, by, at)
    return gift


@transaction.atomic
def withdraw(*, gift_id, by, at):
    """Who wrote it down takes it back, until it was answered."""
    gift = _locked(gift_id)
    stop_if(permissions.why_not_withdraw(gift, by=by))
    _answer(gift, GiftState.WITHDRAWN, by, at)
    _note("timebank.gift.withdrawn", gift, by, at)
    return gift


@transaction.atomic
def give_for_work(*, bank_id, offer_id, by, at):
    """Give the minutes of work for which its person chose time: their choice is their yes, this is the organisation's.

    Only the minutes of the offer are read. One offer gives once, and can then no longer become money. Raises Refused for
    work that is not done, or for which its person chose otherwise.
    """
    bank, offer = _locked_bank(bank_id), contributions.lock(offer_id=offer_id)
    today = organisations.local_day(bank.organisation, at)
    stop_if(permissions.OFF if not bank.is_on else permissions.why_not_speak_for_office(bank, by=by))
    stop_if(None if offer.initiative.organisation_id == bank.organisation_id else permissions.ELSEWHERE)
    stop_if(contributions_rules.why_not_give_time(offer))
    stop_if(
        permissions.why_not_ask(
            bank,
            by=by,
            other=offer.to,
            minutes=offer.minutes,
            on=min(offer.done_on, today),
            today=today,
            for_office=True,
        )
    )
    gift = TimeGift.objects.create(
        bank=bank, giver=_account(bank, offer.to), taker=_account(bank, None), minutes=offer.minutes,
        kind=TimeKind.TOGETHER, on=offer.done_on, offer=offer, state=GiftState.AGREED, asked_by=offer.to,
        asked_at=offer.answered_at, asked_channel=offer.channel, answered_by=by, answered_at=at, answered_channel=by.channel,
    )  # fmt: skip
    contributions.time_given(offer_id=offer.pk, at=at)
    return _move(gift, by, at)


@transaction.atomic
def erase_words(*, person, at):
    """Blank what was written of exchanges on either side of a person; the minutes stay, or others would lose theirs."""
    theirs = TimeGift.objects.filter(giver__person=person) | TimeGift.objects.filter(taker__person=person)
    changed = theirs.update(words="")
    record.note(what="timebank.words.erased", subject=person, at=at, exchanges=changed)
