"""The figures of a year, each from the room that keeps it, and the list behind each. No score, no rank, no sum of all."""

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone

from alongside.agreements import queries as agreements
from alongside.calculations.money import pounds
from alongside.calculations.sheets import safe_rows
from alongside.calculations.small_numbers import TOO_FEW
from alongside.contributions import queries as contributions
from alongside.contributions.states import OfferState
from alongside.conversations import queries as conversations
from alongside.decisions import queries as decisions
from alongside.decisions.states import DecisionState
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import PayKind
from alongside.labels import queries as labels
from alongside.organisations import queries as organisations
from alongside.payments import queries as payments
from alongside.people.states import Channel
from alongside.reports import permissions
from alongside.reports.models import PolicyLink
from alongside.reports.policies import already_hidden, behind_few, chart, few, of_people, people, shown_beside, things
from alongside.reports.states import FOR_LEAD, FOR_MONEY, LISTS, ONE_YEAR_AT_A_TIME, READERS, Figure, Row, Section

LABELS_READ = "Each is the label that an initiative showed outside last. They stand by name, in no other order."


def read_by(person):
    """Organisations whose yearly page the person may read, by name."""
    return organisations.organisations_where(person, *READERS)


def initiatives_read_by(person):
    """Initiatives whose yearly page the person may read, by name: those of the same organisations, drafts left out."""
    return initiatives.directory().filter(organisation__in=read_by(person).order_by().values("pk"))


def links_of(organisation):
    """Policies and promises that the work answers to now, oldest first."""
    return PolicyLink.objects.filter(organisation=organisation, ended_at=None).order_by("pk")


def links_read_by(person):
    """Policy links of the organisations whose yearly page the person may read, oldest first."""
    return (
        PolicyLink.objects.filter(organisation__in=read_by(person).order_by().values("pk"), ended_at=None)
        .select_related("organisation")
        .order_by("pk")
    )


def _of(room, scope):
    return room.figures(scope.organisation, scope.from_on, scope.to_on, initiative=scope.initiative)


# --- the sections ---


def sections(scope, viewer=None):
    """The yearly page: its Sections in order. A figure opens its list where the viewer may read the list."""
    talk = conversations.figures(scope.initiative or scope.organisation, scope.from_on, scope.to_on)
    opens = lists_for(viewer, scope.organisation)
    found = [_run(scope), _met(scope), _pay_and_influence(scope, talk), _told(scope, talk), _called(scope)]
    return [replace(each, figures=_opened(each.figures, opens), beside=_opened(each.beside, opens)) for each in found]


def _opened(figures, opens):
    return [replace(figure, listed=figure.listed and figure.key in opens) for figure in figures]


def _run(scope):
    found, agreed = _of(initiatives, scope), _of(agreements, scope)
    run, adverts = len(found["initiatives run"]), len(found["adverts published"])
    figures = [
        things("adverts", "Adverts published", adverts),
        things("adverts-unpaid", "Of these, without money", len(found["adverts without money"]), of=adverts),
        things("agreements", "Agreements brought in force", len(agreed["agreements brought in force"])),
    ]
    if scope.initiative is None:
        figures.insert(0, things("initiatives", "Initiatives run", run))
    return Section("What was run", "What stood open to people, and what was agreed.", figures)


def _met(scope):
    found = _of(gatherings, scope)
    held, needs = len(found["gatherings held"]), len(found["needs shared"])
    met, not_met = len(found["needs met"]), len(found["needs not met"])
    ways = {way: found["by channel"].get(way.value, 0) for way in Channel}
    answers = {"met": met, "not met": not_met, "met in part, or not said": needs - met - not_met}
    charts = [
        chart("How people were there", "places", ways, scope, {way: _capital(way.label) for way in Channel}),
        chart("What people needed to take part", "needs", answers, scope, {name: _capital(name) for name in answers}),
    ]
    figures = [
        things("gatherings", "Gatherings held", held),
        people("there", "Different people there", found["people there"], scope),
    ]
    return Section(
        "How people met", "Every way of being there counts the same.", figures, [each for each in charts if each]
    )


def _capital(words):
    return words[:1].upper() + words[1:]


def _pay_and_influence(scope, talk):
    """Money alone is no say, and a say alone is no pay: the two stand side by side and are not weighed up.

    Payments are shown for a whole organisation only: in one initiative they would be about few people.
    """
    whole = scope.initiative is None
    paid = payments.figures(scope.organisation, scope.from_on, scope.to_on) if whole else None
    return Section(
        "Pay and influence",
        "Pay without a say can be a way of not inviting people. A say without pay asks for free work. Read both columns.",
        _pay(scope) + (_paid(scope, paid) if whole else []),
        _pay_charts(scope, paid) if whole else [],
        heading="Pay",
        beside=_influence(scope, talk),
        beside_heading="Influence",
    )


def _pay(scope):
    found = _of(contributions, scope)
    offered, who = found["offered"], found["people"]
    return [
        of_people("offers", "Offers of work made", offered, scope),
        of_people("offers-unpaid", "Of these, asking for work without money", found["unpaid"], scope, of=offered),
        people("offered-to", "Different people asked", who, scope),
        *_answers(scope, found),
        behind_few("hours", "Hours of work done", _hours(found["minutes"]), who if found["minutes"] else 0, scope),
        *_hours_by_fund(scope),
    ]


def _hours_by_fund(scope):
    """Hours by what paid for them, work without money in the same list: paid and unpaid side by side."""
    found = contributions.minutes_by_fund(scope.organisation, scope.from_on, scope.to_on, initiative=scope.initiative)
    if not found or not scope.one_year:
        return []
    shown = shown_beside({name: who for name, (_, who) in found.items()}, scope)
    return [
        Figure(f"hours-{place}", _paid_by(name), _hours(minutes) if name in shown else TOO_FEW)
        for place, (name, (minutes, _)) in enumerate(found.items())
    ]


def _paid_by(name):
    if name is None:
        return "Of these, without money"
    return f"Of these, paid from {name}" if name else "Of these, paid, with no fund named"


def _answers(scope, found):
    named = (
        ("accepted", "Said yes to all of it"), ("part", "Took a part"), ("given", "Gave it away"),
        ("later", "Said later"), ("declined", "Declined with thanks"), ("waiting", "Not answered yet"),
    )  # fmt: skip
    if not found["offered"]:
        return []
    if not scope.one_year:
        return [Figure(key, words, ONE_YEAR_AT_A_TIME) for key, words in named]
    return [already_hidden(key, words, found[key], scope) for key, words in named]


def _hours(minutes):
    return f"about {max(round(minutes / 300) * 5, 5):,}" if minutes else None


def _paid(scope, found):
    who, median = found["people"], found["median_days"]
    return [
        of_people("paid", "Payments sent", found["paid"], scope),
        people("paid-people", "Different people paid", who, scope),
        behind_few("paid-money", "Money sent", f"about {pounds(_to_fifty(found['pence']))}", who, scope),
        behind_few(
            "days", "Days from work to money, the middle one", None if median is None else f"{median:g}", who, scope
        ),
        of_people(
            "overdue",
            "Promised in this time and not sent",
            found["overdue"],
            scope,
            of=found["paid"] + found["overdue"],
        ),
    ]


def _to_fifty(pence):
    return round(pence / 5_000) * 5_000


def _pay_charts(scope, found):
    spans = {"to_15": "Up to 15 days", "to_30": "16 to 30 days", "over_30": "More than 30 days"}
    if (found["people"] or 0) < few(scope):
        return []
    drawn = chart("Days from the work to the money", "payments", {key: found[key] for key in spans}, scope, spans)
    return [drawn] if drawn else []


def _influence(scope, talk):
    found = _of(decisions, scope)
    taken = len(found["decisions taken"])
    return [
        things("statements", "Statements put up", talk["statements_put_up"], of=talk["statements_written"]),
        things("conversations", "Conversations closed", talk["conversations_closed"]),
        people("answered", "People who answered, counted in each conversation", talk["answered"], scope),
        things("decisions", "Decisions taken", taken),
        things("decisions-substance", "Of these, decisions of substance", len(found["substantive decisions"]), of=taken),
        things(
            "decisions-answering", "Of these, answering what people said",
            len(found["decisions that answer something people said"]), of=taken,
        ),
        things("decisions-overturned", "Of these, overturned from above", len(found["decisions overturned"]), of=taken),
    ]  # fmt: skip


def _told(scope, talk):
    """What people heard back of what they said."""
    found, shown = _of(decisions, scope), _of(labels, scope)
    written, taken = talk["statements_written"], len(found["decisions taken"])
    figures = [
        things("decisions-told", "Decisions of which everybody was told", len(found["decisions with everybody told"]), of=taken),
        things("statements-declined", "Statements not put up, each with a reason", talk["statements_declined"], of=written),
        things("labels", "Labels shown outside", len(shown["labels shown"])),
    ]  # fmt: skip
    return Section("What people heard back", "Nothing counts as done before its authors are told.", figures)


def _called(scope):
    """What each initiative is called: by the records, with what its people say where they say something."""
    standing = labels.standing_in(scope.organisation, scope.to_on, scope.initiative)
    figures = [Figure(f"label-{row.pk}", row.initiative.name, row.words, note=_claim(row)) for row in standing]
    return Section("What it is called", LABELS_READ, figures, column="Label shown last")


def _claim(row):
    claim = row.shown.get("claim")
    return f"We say: {claim['words']}. {claim['holds']}" if claim else ""


def table_rows(scope):
    """The same figures as rows of a table, for a file: part, figure, value, note. Nothing more than the page shows."""
    rows = [["About", scope.name, scope.words, ""], ["Part", "Figure", "Value", "Note"]]
    for section in sections(scope):
        for figure in [*section.figures, *section.beside]:
            rows.append([section.title, figure.words, figure.shown, figure.note])
        for drawn in section.charts:
            for bar in drawn.rows:
                value = "too few to show" if bar.hidden else f"about {bar.count}" if bar.count else "none"
                rows.append([drawn.title, bar.label, value, ""])
    return rows


def file_of(scope):
    """The figures as bytes of a CSV that spreadsheets open with accents and without running a cell as a formula."""
    return safe_rows(table_rows(scope)).encode("utf-8-sig")


# --- the list behind a number ---


def lists_for(viewer, organisation):
    """Which figures open their list for this viewer: things for all readers, offers for who leads, the book for money."""
    keys = set(LISTS)
    if viewer is None or not permissions.leads(organisation, by=viewer):
        keys -= FOR_LEAD
    if viewer is None or not payments.books_of(viewer).filter(pk=organisation.pk).exists():
        keys -= FOR_MONEY
    return keys


def behind(scope, key, viewer):
    """The Rows behind a figure, oldest first; None when this viewer may not read the list.

    Lists hold things and never names. What belongs to a table is named and opens only for who may read there;
    for other readers the day and the initiative stand.
    """
    if key not in lists_for(viewer, scope.organisation):
        return None
    when = (scope.organisation, scope.from_on, scope.to_on, scope.initiative)
    if key in _DECISIONS:
        return _decisions(decisions.taken(*when), key, viewer)
    return _ROWS[key](when, viewer)


def _named(rows, readable, generic, url, words, day):
    """Rows of which those that the viewer may read are named and open. readable: a queryset of what they may read."""
    open_to_them = set(readable.order_by().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Row(words(row), _local(day(row)), reverse(url, args=[row.pk]))
        if row.pk in open_to_them
        else Row(f"{generic} of {row.initiative.name}", _local(day(row)))
        for row in rows
    ]


def _local(moment):
    return timezone.localdate(moment)


def _initiatives(when, viewer):
    return [Row(row.name, None, reverse("front:initiative", args=[row.pk])) for row in initiatives.run_between(*when)]


def _adverts(when, viewer):
    return [_advert(row) for row in initiatives.adverts_between(*when)]


def _unpaid_adverts(when, viewer):
    return [_advert(row) for row in initiatives.adverts_between(*when) if row.pay_kind == PayKind.NO_MONEY]


def _advert(row):
    words = f"{row.title}, {row.initiative.name}"
    return Row(words, _local(row.published_at), reverse("initiatives:advert", args=[row.pk]))


def _agreements(when, viewer):
    rows = list(agreements.came_in_force(*when))
    readable, words = (
        agreements.versions_visible_to(viewer),
        "Version {0.number} of the agreement of {0.initiative.name}",
    )
    return _named(rows, readable, "An agreement", "agreements:version", words.format, lambda row: row.in_force_at)


def _gatherings(when, viewer):
    rows = list(gatherings.held(*when))
    readable = gatherings.gatherings_visible_to(viewer)
    return _named(
        rows, readable, "A gathering", "gatherings:gathering", lambda row: row.title, lambda row: row.starts_at
    )


def _conversations(when, viewer):
    organisation, from_on, to_on, initiative = when
    rows = conversations.visible_to(viewer).filter(
        initiative__organisation=organisation, source="", closed_at__date__gte=from_on, closed_at__date__lt=to_on
    )
    rows = rows.filter(initiative=initiative) if initiative else rows
    return [
        Row(row.question, _local(row.closed_at), reverse("conversations:conversation", args=[row.pk]))
        for row in rows.order_by("closed_at", "pk")
    ]


_DECISIONS = {
    "decisions": lambda row: True,
    "decisions-substance": lambda row: row.substantive,
    "decisions-told": lambda row: row.state == DecisionState.TOLD,
    "decisions-overturned": lambda row: row.state == DecisionState.OVERTURNED,
    "decisions-answering": None,
}


def _decisions(found, key, viewer):
    wanted = _DECISIONS[key]
    rows = list(decisions.answering(found)) if wanted is None else [row for row in found if wanted(row)]
    readable = decisions.decisions_visible_to(viewer)
    return _named(
        rows, readable, "A decision", "decisions:decision", lambda row: row.question, lambda row: row.decided_at
    )


def _offers(when, viewer):
    organisation, from_on, to_on, initiative = when
    rows = contributions.offers_led_by(viewer).filter(
        initiative__organisation=organisation, activity_on__gte=from_on, activity_on__lt=to_on
    )
    rows = rows.filter(initiative=initiative) if initiative else rows
    standing = rows.exclude(state=OfferState.REPLACED).order_by("activity_on", "pk")
    return [Row(row.task, row.activity_on, reverse("contributions:offer", args=[row.pk])) for row in standing]


def _book(when, viewer):
    organisation = when[0]
    return [Row(f"The book of {organisation.name}", None, reverse("ledger:book", args=[organisation.pk]))]


def _labels(when, viewer):
    return [
        Row(f"{row.initiative.name}: {row.words}", _local(row.at), reverse("labels:shown", args=[row.initiative_id]))
        for row in labels.shown_between(*when)
    ]


_ROWS = {
    "initiatives": _initiatives,
    "adverts": _adverts,
    "adverts-unpaid": _unpaid_adverts,
    "agreements": _agreements,
    "gatherings": _gatherings,
    "conversations": _conversations,
    "offers": _offers,
    "paid": _book,
    "labels": _labels,
}
