"""Reads of bids. Who sits at the table reads them; who leads or chairs writes them."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.urls import reverse

from alongside.bids.models import BidHelper, BidReuse, BidText
from alongside.bids.policies import chance_words, letters_of, long_sentences, next_step, pay_words, turn_words, words_of
from alongside.bids.states import ENDED, BidState, HelpState
from alongside.design.states import Line
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger

__all__ = ["chance_words", "letters_of", "long_sentences", "next_step", "pay_words", "turn_words", "words_of"]


# --- who reads and writes ---


def initiatives_read_by(person):
    """Initiatives whose bids the person may read: those at whose table they are."""
    return initiatives.table_of(person).select_related("organisation")


def initiatives_written_by(person):
    """Initiatives whose bids the person may write: those that they lead or chair."""
    return initiatives.led_by(person)


def texts_read_by(person):
    """The newest text of each bid that the person may read, with its bid."""
    return _newest().filter(bid__initiative__in=initiatives.table_of(person).order_by().values("pk"))


def texts_written_by(person):
    """The newest text of each bid that the person may write, with its bid."""
    return _newest().filter(bid__initiative__in=initiatives.led_by(person).order_by().values("pk"))


def _newest():
    rows = BidText.objects.filter(version=F("bid__version"))
    return rows.select_related("bid__initiative__organisation", "fund_line__fund", "by").order_by("-bid")


# --- one bid, and those of an initiative ---


def bids_of(initiative):
    """The newest text of each bid of an initiative, newest bid first."""
    return _newest().filter(bid__initiative=initiative)


def text_of(bid, *, version=None):
    """The text of a bid in one version, by default its newest."""
    rows = BidText.objects.select_related("bid__initiative", "fund_line__fund", "by")
    return rows.get(bid=bid, version=bid.version if version is None else version)


def earlier(text):
    """Texts of a bid that were followed by another, newest first."""
    rows = BidText.objects.filter(bid=text.bid_id, version__lt=text.version).select_related("by")
    return rows.order_by("-version")


def helpers_of(bid):
    """Who helps with a bid or was asked whether they do, with person, by name. A no is nobody's to read."""
    rows = BidHelper.objects.filter(bid=bid).exclude(state=HelpState.NO).select_related("person")
    return rows.order_by("person__shown_name", "pk")


def help_of(bid, person):
    """What the person said of helping with a bid; None when they neither said so nor were asked."""
    return BidHelper.objects.filter(bid=bid, person=person).first()


def may_be_asked(bid):
    """Persons with a seat who neither help nor were asked, by name."""
    known = set(BidHelper.objects.filter(bid=bid).values_list("person", flat=True))
    return [seat.person for seat in initiatives.seated_names(bid.initiative) if seat.person_id not in known]


def unthanked(bid):
    """Rows of who helped and has not been thanked and told the answer, with person."""
    rows = BidHelper.objects.filter(bid=bid, state=HelpState.YES, thanked_at=None)
    return rows.select_related("person").order_by("pk")


def reuses_of(bid):
    """Where the text of a bid was used again, newest first."""
    return BidReuse.objects.filter(bid=bid).select_related("by").order_by("-at", "-pk")


def fund_lines(initiative):
    """Lines of funds that can pay for the writing: those of the initiative's organisation."""
    return list(ledger.lines_of(initiative.organisation))


# --- today, and one's own record ---


def today(person, on):
    """Whether one helps, when asked; for who leads, a bid to be sent and people to be thanked. In one query."""
    if person is None:
        return []
    led = Q(bid__initiative__in=initiatives.led_by(person).order_by().values("pk"))
    own = BidHelper.objects.filter(bid=OuterRef("bid"), person=person, state=HelpState.ASKED).values("pk")
    waits = BidHelper.objects.filter(bid=OuterRef("bid"), state=HelpState.YES, thanked_at=None)
    rows = BidText.objects.filter(version=F("bid__version")).annotate(asked=Subquery(own), waits=Exists(waits))
    to_lead = led & (Q(bid__state=BidState.WRITING) | Q(bid__state__in=ENDED, waits=True))
    rows = rows.annotate(leads=ExpressionWrapper(to_lead, BooleanField()))
    rows = rows.filter(Q(asked__isnull=False) | Q(leads=True))
    return [line for row in rows.select_related("bid").order_by("pk") for line in _lines(row)]


def _lines(row):
    if row.asked:
        yield Line(f"Do you help to ask {row.funder} for money?", reverse("bids:help", args=[row.bid_id]))
    if not row.leads:
        return
    if row.bid.state == BidState.WRITING:
        yield Line(f"Finish the bid to {row.funder}", reverse("bids:bid", args=[row.bid_id]), by=row.due_on)
    else:
        words = f"Thank who helped with the bid to {row.funder}, and tell them the answer"
        yield Line(words, reverse("bids:thank", args=[row.bid_id]))


def about_me(person):
    """What this room holds about a person, for their own record."""
    rows = BidHelper.objects.filter(person=person).select_related("bid__initiative").order_by("-pk")
    said = [
        {
            "initiative": row.bid.initiative.name,
            "answer": row.get_state_display(),
            "how to be thanked": row.thanks,
            "thanked": row.thanked_at,
        }
        for row in rows
    ]
    return {"bids for money that you helped with, or were asked about": said}
