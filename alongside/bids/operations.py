"""What changes: a bid is written, sent, answered; people help and are thanked; its text is used again."""

from django.db import transaction
from django.urls import reverse

from alongside.bids import permissions, queries
from alongside.bids.models import Bid, BidHelper, BidReuse, BidText
from alongside.bids.states import TOLD, BidState, HelpState
from alongside.declared import blanks_of
from alongside.people import operations as people
from alongside.people.states import Telling
from alongside.record import operations as record
from alongside.refusals import stop_if


def _locked(pk):
    return Bid.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=pk)


def _note(what, bid, by, at, **facts):
    organisation = bid.initiative.organisation_id
    record.note(what=f"bids.{what}", subject=bid, by=by, at=at, organisation_id=organisation, **facts)


@transaction.atomic
def begin(*, initiative, by, at, **said):
    """Begin a bid of an initiative. said: see `_write`. Returns the Bid."""
    stop_if(permissions.why_not_lead(initiative, by=by))
    bid = Bid.objects.create(initiative=initiative, made_at=at, made_by=by)
    _write(bid, by, at, **said)
    _note("bid.begun", bid, by, at)
    return bid


def _write(
    bid, by, at, *, funder, what_for, pence, due_on, chance=None, chance_from="", fund_line=None, unpaid=False,
    confirmed_unpaid=False, reuse_plan="",
):  # fmt: skip
    """Write the text of the version that the bid is at. confirmed_unpaid: that work without money was meant."""
    stop_if(
        permissions.why_not_say(
            bid.initiative, chance=chance, chance_from=chance_from, fund_line=fund_line, unpaid=unpaid,
            confirmed_unpaid=confirmed_unpaid,
        )
    )  # fmt: skip
    return BidText.objects.create(
        bid=bid, version=bid.version, funder=funder, what_for=what_for.strip(), pence=pence, due_on=due_on, chance=chance,
        chance_from=chance_from.strip(), fund_line=fund_line, unpaid=unpaid, reuse_plan=reuse_plan.strip(), at=at, by=by,
    )  # fmt: skip


@transaction.atomic
def change(*, bid_id, seen, by, at, **said):
    """Write the next version of a bid. seen: the version that the writer saw. Returns the Bid.

    Raises Refused when somebody wrote on meanwhile, or the bid was sent. The older version stays.
    """
    bid = _locked(bid_id)
    stop_if(permissions.why_not_change(bid, by=by, seen=seen))
    bid.version += 1
    _write(bid, by, at, **said)
    bid.save(update_fields=["version"])
    _note("bid.changed", bid, by, at, version=bid.version)
    return bid


@transaction.atomic
def send(*, bid_id, by, at, understood, answer_by=None):
    """Say that a bid went to its funder, in the version that it is at. Returns the Bid.

    understood: somebody who does not do this work has read it. answer_by: the day by which the funder says they answer.
    """
    bid = _locked(bid_id)
    stop_if(permissions.why_not_send(queries.text_of(bid), by=by, understood=understood))
    bid.state, bid.sent_at, bid.answer_by = BidState.SENT, at, answer_by
    bid.save(update_fields=["state", "sent_at", "answer_by"])
    _note("bid.sent", bid, by, at, version=bid.version)
    return bid


@transaction.atomic
def answer(*, bid_id, state, by, at, learned=""):
    """Write down the answer of the funder, or that the bid was taken back, with what was learned. Returns the Bid."""
    bid = _locked(bid_id)
    stop_if(permissions.why_not_move(bid, by=by, to=state))
    bid.state, bid.answered_at, bid.learned = state, at, learned.strip()
    bid.save(update_fields=["state", "answered_at", "learned"])
    _note("bid.answered", bid, by, at, state=state)
    return bid


# --- who helps ---


@transaction.atomic
def propose(*, bid_id, person, by, at):
    """Ask somebody at the table, by their own channel, whether they help, or helped. Returns the BidHelper.

    They are named after their own yes.
    """
    bid = _locked(bid_id)
    stop_if(permissions.why_not_propose(bid, person, by=by, row=queries.help_of(bid, person)))
    row = BidHelper.objects.create(bid=bid, person=person, asked_at=at, asked_by=by)
    _note("helper.asked", bid, by, at)
    words = (
        f"{by.shown_name} asks whether you help, or helped, to ask {queries.text_of(bid).funder} for money. "
        "You are named only after your own yes."
    )
    url = reverse("bids:help", args=[bid.pk])
    people.tell(to=person, about=f"bid_helper:{row.pk}", words=words, url=url, by=by, at=at)
    return row


@transaction.atomic
def say_help(*, bid_id, state, by, at, thanks=""):
    """Say for oneself whether one helps, and how one wants to be thanked; may be said otherwise. Returns the BidHelper."""
    bid = _locked(bid_id)
    row = queries.help_of(bid, by)
    stop_if(permissions.why_not_help(bid, row, by=by, state=state))
    row, _ = BidHelper.objects.get_or_create(bid=bid, person=by, defaults={"asked_at": at})
    row.state, row.answered_at = state, at
    row.thanks = thanks.strip() if state == HelpState.YES else ""
    row.save(update_fields=["state", "answered_at", "thanks"])
    _note("helper.answered", bid, by, at, state=state)
    return row


@transaction.atomic
def thank(*, bid_id, words, by, at):
    """Thank everybody who helped and tell them the answer, each once. Returns the Bid.

    Who says only later that they helped is thanked by a later call; nobody is told twice.
    """
    bid = _locked(bid_id)
    rows = list(queries.unthanked(bid))
    stop_if(permissions.why_not_thank(bid, by=by, unthanked=rows))
    answered = TOLD[bid.state].format(queries.text_of(bid).funder)
    said = f"{answered} {words.strip()} {by.shown_name}"
    url = reverse("bids:bid", args=[bid.pk])
    people.tell_many(tellings=[Telling(row.person, f"bid:{bid.pk}", said, url) for row in rows], by=by, at=at)
    BidHelper.objects.filter(pk__in=[row.pk for row in rows]).update(thanked_at=at)
    _note("helpers.thanked", bid, by, at, people=len(rows))
    return bid


@transaction.atomic
def used_again(*, bid_id, words, by, at):
    """Write down where the text of a bid was used again. Returns the BidReuse."""
    bid = _locked(bid_id)
    stop_if(permissions.why_not_reuse(bid, by=by))
    row = BidReuse.objects.create(bid=bid, words=words.strip(), at=at, by=by)
    _note("bid.used_again", bid, by, at)
    return row


@transaction.atomic
def erase_words(*, person, at):
    """Forget how a person wanted to be thanked, and take their name from every bid. The bids are the table's and stay."""
    blank = blanks_of(BidHelper) | {"state": HelpState.NO}
    changed = BidHelper.objects.filter(person=person).update(**blank)
    record.note(what="bids.helpers.erased", subject=person, at=at, bids=changed)
