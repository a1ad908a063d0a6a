"""Reads of gatherings. People at the table see them; needs are seen by hosts, and only those that were shared."""

from collections import Counter
from datetime import UTC, time
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from alongside.calculations import periods
from alongside.design.states import Line, Step, TableSeat, Thread, day_words
from alongside.gatherings.models import Action, AgendaItem, Gathering, Invitation, NeedAsked, Note
from alongside.gatherings.states import Coming, GatheringState, Met
from alongside.initiatives import queries as initiatives

MIDNIGHT = time()


def gatherings_visible_to(person):
    """Gatherings of tables where the person may read, newest day first."""
    return (
        Gathering.objects.filter(initiatives.at_table(person))
        .select_related("initiative__organisation")
        .order_by("-starts_at", "-pk")
    )


def of_initiative(initiative):
    """Gatherings of one initiative with what a list shows of them, and how many came; newest day first."""
    there = Invitation.objects.filter(gathering=OuterRef("pk"), was_there=True).order_by().values("gathering")
    came = Subquery(there.annotate(count=Count("pk")).values("count"))
    found = Gathering.objects.filter(initiative=initiative).annotate(came=came).order_by("-starts_at", "-pk")
    return found.only("title", "starts_at", "state")


def attended_by(person):
    """Gatherings at which the record says that the person was, newest day first; also of tables they left."""
    there = Invitation.objects.filter(person=person, was_there=True).values("gathering")
    found = Gathering.objects.filter(pk__in=there).exclude(state=GatheringState.CANCELLED)
    return found.select_related("initiative__organisation").order_by("-starts_at", "-pk")


def agenda(gathering):
    """What is to be talked about, in order: dicts (words, minutes, by: who raised it, or None)."""
    items = AgendaItem.objects.filter(gathering=gathering).order_by("place", "pk")
    return items.values("words", "minutes", by=F("raised_by__shown_name"))


def invitations(gathering):
    """Everybody who was asked, by name."""
    return Invitation.objects.filter(gathering=gathering).select_related("person").order_by("person__shown_name", "pk")


def answers(gathering):
    """What everybody who was asked said and did, by name: dicts (person, name, coming, said, answered_at, there_by)."""
    rows = Invitation.objects.filter(gathering=gathering).order_by("person__shown_name", "pk")
    rows = rows.values("person", "coming", "answered_at", "there_by", name=F("person__shown_name"))
    return [row | {"said": Coming(row["coming"]).label} for row in rows]


def invitation(gathering, person):
    """What this person was asked and said; None when they were not asked."""
    return Invitation.objects.filter(gathering=gathering, person=person).first()


def not_asked(gathering, seated):
    """Whoever of these Seats was not asked to this gathering, in the same order."""
    asked = set(Invitation.objects.filter(gathering=gathering).values_list("person", flat=True))
    return [seat.person for seat in seated if seat.person_id not in asked]


def planned_after(gathering):
    """What is planned at the same table on a later day, nearest first."""
    later = Gathering.objects.filter(initiative=gathering.initiative_id, state=GatheringState.PLANNED)
    later = later.filter(starts_at__gt=gathering.starts_at).select_related("initiative__organisation")
    return later.order_by("starts_at", "pk")


def notes(gathering):
    """The notes in the order they were written: dicts (key, words, signed: by whom and on which day)."""
    rows = Note.objects.filter(gathering=gathering).order_by("pk")
    rows = rows.values_list("pk", "words", "written_by__shown_name", "at")
    return [{"key": str(pk), "words": words, "signed": f"{name}, {_day_of(at)}"} for pk, words, name, at in rows]


def _day_of(moment):
    return day_words(timezone.localdate(moment), weekday=False)


def actions(gathering):
    """Who does what by when, nearest day first: dicts (pk, words, due_on, done_at, who)."""
    rows = Action.objects.filter(gathering=gathering).order_by("due_on", "pk")
    return rows.values("pk", "words", "due_on", "done_at", who=F("owner__shown_name"))


def actions_visible_to(person):
    """Actions of tables where the person may read."""
    return (
        Action.objects.filter(initiatives.at_table(person, "gathering__initiative"))
        .select_related("gathering__initiative__organisation", "owner")
        .order_by("due_on", "pk")
    )


def needs_asked(gathering):
    """Needs shared for this gathering, with the person, for its hosts."""
    return (
        NeedAsked.objects.filter(gathering=gathering)
        .select_related("person")
        .order_by("words", "person__shown_name", "pk")
    )


def my_needs_asked(gathering, person):
    """The needs that one person shared for this gathering."""
    return NeedAsked.objects.filter(gathering=gathering, person=person).order_by("pk")


def access_summary(gathering):
    """[(need in words, how many people, how many met)] for hosts: what to arrange, without names or reasons."""
    rows = needs_asked(gathering).values_list("words", "met")
    asked, met = Counter(words for words, _ in rows), Counter(words for words, how in rows if how == Met.YES)
    return [(words, count, met[words]) for words, count in sorted(asked.items())]


def by_channel(asked):
    """{channel: how many came that way}; all ways count the same. asked: the answers to a gathering."""
    return Counter(each["there_by"] for each in asked if each["there_by"])


def table(asked):
    """Who of these answers said they come, as places at a table."""
    return [TableSeat(each["name"], each["said"]) for each in asked if each["coming"] in {Coming.YES, Coming.PART}]


def day_of(gathering):
    """The day of a gathering on the calendar of its organisation."""
    return periods.local_day(gathering.starts_at, gathering.initiative.organisation.zone)


def thread(gathering, now):
    """The life of a gathering: called, met, noted."""
    day = day_of(gathering)
    if gathering.state == GatheringState.CANCELLED:
        return Thread("This gathering", [Step("called", "done"), Step("called off", "done")])
    held = gathering.state == GatheringState.HELD
    return Thread(
        "This gathering",
        [
            Step("called", "done"),
            Step("met" if held else "meet", "done" if held else "now", by=day),
            Step("noted and shared", "now" if held else "next"),
        ],
    )


def today(person, on):
    """Invitations without an answer, needs to look back on, and actions that the person owns."""
    asked = (
        Invitation.objects.filter(person=person, coming=Coming.ASKED, gathering__state=GatheringState.PLANNED)
        .filter(gathering__starts_at__date__gte=on)
        .order_by("gathering__starts_at", "pk")
        .values_list(
            "gathering", "gathering__title", "gathering__starts_at", "gathering__initiative__organisation__zone"
        )
    )
    owned = Action.objects.filter(owner=person, done_at=None).order_by("due_on", "pk")
    owned = owned.values_list("gathering", "words", "due_on")
    unsaid = NeedAsked.objects.filter(person=person, met="", gathering__state=GatheringState.HELD)
    held = unsaid.order_by("gathering").values_list("gathering", "gathering__title").distinct()
    return [
        *(
            _line(f"Say whether you come: {title}", pk, periods.local_day(starts, zone))
            for pk, title, starts, zone in asked
        ),
        *(_line(f"You said you would: {words}", pk, due_on) for pk, words, due_on in owned),
        *(_line(f"Was what you needed there? {title}", pk, None) for pk, title in held),
    ]


def _line(words, gathering, by):
    return Line(words, reverse("gatherings:gathering", args=[gathering]), "needs", by)


def about_me(person):
    """What this room holds about a person, for their own record."""
    asked = Invitation.objects.filter(person=person).select_related("gathering").order_by("gathering__starts_at", "pk")
    owned = Action.objects.filter(owner=person).order_by("pk")
    written = Note.objects.filter(written_by=person).order_by("pk")
    return {
        "gatherings": [
            {
                "gathering": each.gathering.title,
                "on": each.gathering.starts_at,
                "said": each.get_coming_display(),
                "there": each.was_there,
                "by": each.there_by,
            }
            for each in asked
        ],
        "actions": list(owned.values("words", "due_on", "done_at")),
        "notes I wrote": list(written.values("words", "at")),
        "needs I shared for a gathering": list(
            NeedAsked.objects.filter(person=person).order_by("pk").values("words", "met")
        ),
    }


def attendance(initiative):
    """Who was at the gatherings that were held at one table: Invitations with the gathering, oldest first."""
    there = Invitation.objects.filter(
        gathering__initiative=initiative, gathering__state=GatheringState.HELD, was_there=True
    )
    return there.select_related("gathering").order_by("gathering__starts_at", "pk")


def came_to(person):
    """What the person came to, by any way: Invitations with gathering and initiative, oldest first."""
    there = Invitation.objects.filter(person=person, was_there=True, gathering__state=GatheringState.HELD)
    return there.select_related("gathering__initiative").order_by("gathering__starts_at", "pk")


def written(initiative):
    """Lines of notes of gatherings at one table, with gathering and writer, newest first."""
    lines = Note.objects.filter(gathering__initiative=initiative)
    return lines.select_related("gathering", "written_by").order_by("-pk")


def raised(initiative):
    """What somebody put on the agendas of gatherings that were held at one table, oldest first."""
    items = AgendaItem.objects.filter(
        gathering__initiative=initiative, gathering__state=GatheringState.HELD, raised_by__isnull=False
    )
    return items.select_related("gathering").order_by("gathering__starts_at", "place", "pk")


def finished(initiative):
    """What somebody at one table took on and did, oldest first."""
    done = Action.objects.filter(gathering__initiative=initiative, done_at__isnull=False)
    return done.select_related("gathering").order_by("done_at", "pk")


def held(organisation, from_on, to_on, initiative=None):
    """Gatherings held in [from_on, to_on) by the organisation's calendar, with their initiative, oldest first.

    Of one initiative when given.
    """
    rows = Gathering.objects.filter(
        initiative__organisation=organisation,
        state=GatheringState.HELD,
        starts_at__gte=periods.moment(from_on, MIDNIGHT, organisation.zone),
        starts_at__lt=periods.moment(to_on, MIDNIGHT, organisation.zone),
    )
    rows = rows.filter(initiative=initiative) if initiative else rows
    return rows.select_related("initiative").order_by("starts_at", "pk")


def figures(organisation, from_on, to_on, initiative=None):
    """{what: pks} of gatherings held in [from_on, to_on), and of the places people took in them.

    Of one initiative when given, else of the whole organisation.
    """
    held_then = held(organisation, from_on, to_on, initiative).order_by()
    there = Invitation.objects.filter(gathering__in=held_then, was_there=True)
    needs = NeedAsked.objects.filter(gathering__in=held_then)
    return {
        "gatherings held": list(held_then.order_by("pk").values_list("pk", flat=True)),
        "places taken": list(there.order_by("pk").values_list("pk", flat=True)),
        "needs shared": list(needs.order_by("pk").values_list("pk", flat=True)),
        "needs met": list(needs.filter(met=Met.YES).order_by("pk").values_list("pk", flat=True)),
        "needs not met": list(needs.filter(met=Met.NO).order_by("pk").values_list("pk", flat=True)),
        "people there": len(set(there.values_list("person", flat=True))),
        "by channel": dict(Counter(there.values_list("there_by", flat=True))),
    }


def _as_calendars_write(moment, zone):
    """The time on the wall of the zone; in UTC for the second of two such times, which calendar files cannot name."""
    there = moment.astimezone(zone)
    return moment.astimezone(UTC) if there.fold else there


def calendar_file(gathering):
    """The gathering as an iCalendar file (bytes) that calendar programs open: zone included, no list of people."""
    zone = ZoneInfo(gathering.initiative.organisation.zone)
    event = Event()
    event.add("uid", f"gathering-{gathering.pk}@alongside")
    event.add("sequence", gathering.change)
    event.add("dtstamp", gathering.made_at)
    event.add("dtstart", _as_calendars_write(gathering.starts_at, zone))
    event.add("duration", gathering.ends_at - gathering.starts_at)
    event.add("summary", gathering.title)
    event.add("location", gathering.place)
    event.add("description", gathering.other_ways)
    event.add("status", "CANCELLED" if gathering.state == GatheringState.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//gatherings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
