"""The tags and filters that every page may use. Each tag is a template in `templates/design/`; nothing here queries."""

import datetime

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from alongside.calculations import money as sums
from alongside.design.states import day_words

register = template.Library()

MESSAGE_ICONS = (("success", "done"), ("error", "look"), ("warning", "look"))
FEW = 5
LONG_TABLE = 12


@register.inclusion_tag("design/thread.html")
def thread(thread, small=False, called=""):
    """The line of steps of one thing. small: only the knots and the present step, for use in a list.

    called: what it is called on a page whose heading says its whole name already, such as "This work".
    """
    return {"thread": thread, "small": small, "called": called}


@register.inclusion_tag("design/lines.html")
def lines(lines, kind=""):
    """The lines of a today page, of one kind or of all, each with its small thread."""
    return {"lines": [line for line in lines if not kind or line.kind == kind]}


@register.inclusion_tag("design/seats.html")
def seats(seats, title="", kept_back=None, did="has a seat,have a seat"):
    """The table: who has a place here. An empty place is drawn as an invitation.

    kept_back: how many more people have a place and do not show their name to this reader; None or 0 for none.
    did: what these people have or did, for one person and for several.
    """
    seats = list(seats)
    return {
        "seats": seats,
        "title": title,
        "kept_back": kept_back,
        "did": did,
        "long": len(seats) > LONG_TABLE,
        "taken": sum(not seat.empty for seat in seats),
        "empty": sum(seat.empty for seat in seats),
    }


@register.inclusion_tag("design/mirror.html")
def mirror(rows, ladder=None, say="What we say", shown="What the records show"):
    """Two columns side by side, and a ladder with two marks when one is given."""
    return {"rows": rows, "ladder": ladder, "rungs": drawn_rungs(ladder), "say": say, "shown": shown}


def drawn_rungs(ladder):
    """The rungs, highest first, each with its marks and whether it lies in the gap between them."""
    if ladder is None:
        return []
    marks = (ladder.said, ladder.shown)
    low, high = (0, 0) if None in marks else sorted(marks)
    return [
        {"words": words, "said": place == ladder.said, "shown": place == ladder.shown, "gap": low < place <= high}
        for place, words in reversed(list(enumerate(ladder.rungs)))
    ]


@register.inclusion_tag("design/bars.html")
def bars(rows, title="", sentence="", unit="people"):
    """A bar chart: a sentence above, bars with their words beside them, the same as a table below."""
    rows = list(rows)
    return {"rows": rows, "title": title, "unit": unit, "sentence": sentence or largest(rows, unit)}


def largest(rows, unit):
    """Which bar is longest, in words. A total is said only when nothing is hidden, so that nothing can be worked out."""
    known = [row for row in rows if not row.hidden]
    if not known:
        return "There are no numbers to show yet."
    top = max(row.count for row in known)
    names = " and ".join(row.label for row in known if row.count == top)
    if len(known) < len(rows):
        return f"The most: {names}, {top} {unit}. Some numbers are too small to show."
    return f"The most: {names}, {top} {unit}."


@register.inclusion_tag("design/icon.html")
def icon(name, words=""):
    """A small drawing. Silent to a screen reader unless words are given."""
    return {"drawing": f"design/icons.html#{name}", "words": words}


@register.inclusion_tag("design/refusal.html")
def refusal(refusal):
    """Why something may not happen now, and what would help. Draws nothing for None."""
    return {"refusal": refusal}


@register.inclusion_tag("design/empty.html", name="empty")
def empty(sentence, url="", words=""):
    """What would be here, and the first step. Inside a `for` use `nothing`, the same tag by another name."""
    return {"sentence": sentence, "url": url, "words": words}


register.inclusion_tag("design/empty.html", name="nothing")(empty)


@register.inclusion_tag("design/answers.html")
def answers(rows):
    """Answers before they are sent, each with the way to change it."""
    return {"rows": rows}


@register.inclusion_tag("design/press.html")
def press(words, url="", tone="", about="", **fields):
    """A button that does one thing by POST, with its safety token; other words become hidden fields.

    about: what the button is for, read out after its words when several buttons say the same.
    """
    return {
        "words": words,
        "url": url,
        "tone": tone,
        "about": about,
        "fields": fields.items(),
    }


@register.simple_tag(takes_context=True)
def part(context, panel):
    """Draw a Panel of another room with its own context on top of the page's."""
    with context.push(**panel.context):
        return context.template.engine.get_template(panel.template).render(context)


@register.simple_block_tag
def keep(content):
    """Keep what the block draws under a name: `{% keep as words %}...{% endkeep %}`."""
    return mark_safe(content)  # noqa: S308 - already drawn and escaped by the template


@register.simple_tag
def way_out():
    """Where the quick exit goes: the site's own way out when there is one, else straight to the weather."""
    try:
        return reverse("safety:leave")
    except NoReverseMatch:
        return "https://www.bbc.co.uk/weather"


@register.filter
def message_icon(tags):
    """The drawing that goes with a message of one kind."""
    return next((name for kind, name in MESSAGE_ICONS if kind in (tags or "").split()), "info")


@register.filter
def pounds(pence):
    """`£12.50` for 1250 pence, `€12.50` where the site keeps euro; `no amount` for None."""
    return money(pence, sums.code())


@register.filter
def money(pence, currency):
    """`£12.50` for 1250 hundredths of GBP, `€12.50` of EUR, and by its letters what has no sign; `no amount` for None."""
    if pence is None or pence == "":
        return "no amount"
    return sums.amount(pence, currency).replace("-", "−")


@register.filter
def day(moment):
    """`Friday 4 December 2026` for a date, or for a moment in the zone in use; nothing for None."""
    return day_words(local_day(moment))


@register.filter
def short_day(moment):
    """`4 December 2026`, without the weekday."""
    return day_words(local_day(moment), weekday=False)


@register.filter
def again_by(date):
    """`It is looked at again by Friday 4 December 2026.`; once that day is over, that it was to be."""
    return f"It {'was to be' if date < timezone.localdate() else 'is'} looked at again by {day_words(date)}."


@register.filter
def by_when(date):
    """`by Friday 4 December 2026`; once that day is over, that it was due then."""
    return f"{'it was due on' if date < timezone.localdate() else 'by'} {day_words(date)}"


def local_day(moment):
    """The date of a date or of a moment; None for nothing."""
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment or None


@register.filter
def time_words(minutes):
    """`2 hours 30 minutes` for 150; words such as “too few to show” stay as they are."""
    if not isinstance(minutes, int):
        return "" if minutes is None else minutes
    hours, rest = divmod(abs(minutes), 60)
    parts = [(hours, "hour"), (rest, "minute")]
    words = " ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count)
    return f"{'−' if minutes < 0 else ''}{words or '0 minutes'}"


@register.filter
def dial(number, how="call"):
    """Where a number leads that a telephone can call or text: `tel:116123`, `sms:85258`."""
    return f"{'sms' if how == 'text' else 'tel'}:{''.join(sign for sign in number if sign in '+0123456789')}"


@register.filter
def few(count):
    """A number of people, safe to show: below five it says only that."""
    if count is None:
        return "not recorded"
    return f"fewer than {FEW}" if count < FEW else f"{count:,}"
