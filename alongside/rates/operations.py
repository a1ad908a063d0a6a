"""What changes: a new version of a rate card. Nothing that was set is touched."""

from django.db import transaction

from alongside.calculations import content, money
from alongside.rates import permissions
from alongside.rates.models import RateCard, RateLine
from alongside.rates.states import CONTENT_UNITS
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

UNSEEN = "We worked this figure out, or know it from memory. Look it up in print."


@transaction.atomic
def add(*, organisation, from_on, source, lines, by, at, words=""):
    """Set what the organisation pays from a day on, as its next version. Returns the RateCard.

    lines: dicts with words, unit and pence, and where wanted prepared, chairs, least_minutes and note; or
    (words, unit, pence). Raises Refused when there is no line, or two that cannot be told apart. by=None is for the
    installer and the demo.
    """
    stop_if(permissions.why_not_set(organisation, by=by) if by else None)
    lines = [_whole(line) for line in lines]
    stop_if(permissions.why_not_lines(lines))
    newest = RateCard.objects.select_for_update().filter(organisation=organisation).order_by("-version").first()
    card = RateCard.objects.create(
        organisation=organisation, version=newest.version + 1 if newest else 1, from_on=from_on, source=source,
        words=words, made_at=at, made_by=by,
    )  # fmt: skip
    RateLine.objects.bulk_create(RateLine(card=card, **line) for line in lines)
    record.note(
        what="rates.card.added", subject=card, by=by, at=at, organisation_id=organisation.pk, version=card.version
    )
    return card


def _whole(line):
    """All fields of a line, from a dict of some or from (words, unit, pence)."""
    said = line if isinstance(line, dict) else dict(zip(("words", "unit", "pence"), line, strict=True))
    return {"prepared": False, "chairs": False, "least_minutes": 0, "note": ""} | said


@transaction.atomic
def start(*, organisation, card_id, on, by, at):
    """Begin with a published rate card of the reviewed content, as it holds on a day. Returns the RateCard.

    Lines by the mile or by the meeting stay behind: they are costs. A figure that was not seen in print says so.
    Raises Refused when the card has no figures for that day, or is in another currency.
    """
    card = content.rate_card(card_id)
    period = card.on(on)
    if period is None or card.currency != money.code():
        raise Refused(
            Refusal("no-figures", f"We have no figures in {money.currency().many} for {card.words} on that day.")
        )
    lines = [_from_content(line) for line in period.lines if line.per in CONTENT_UNITS]
    source = f"{card.words}. {card.source}"[:400]
    return add(organisation=organisation, from_on=on, source=source, words=card.note[:400], lines=lines, by=by, at=at)


def _from_content(line):
    return {
        "words": line.words, "unit": CONTENT_UNITS[line.per], "pence": line.pence, "prepared": line.prepared,
        "chairs": line.chairs, "least_minutes": line.least_minutes, "note": "" if line.seen else UNSEEN,
    }  # fmt: skip
