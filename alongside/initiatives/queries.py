"""Reads of initiatives. Every other room asks here who sits at which table."""

from datetime import timedelta

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from alongside.calculations import content, periods
from alongside.design.states import BECAME, DONE, NEEDS, NEXT, NOW, WAITS, Line, Step, TableSeat, Thread
from alongside.initiatives.models import (
    Advert,
    AdvertReply,
    ChangeOfDirection,
    Initiative,
    InitiativeDuty,
    Move,
    Partner,
    Review,
    Seat,
    Stage,
)
from alongside.initiatives.policies import (
    answer_by,
    asked_to,
    at_table,
    duties_ever_of,
    holds,
    holds_any,
    initiatives_where,
    is_asked,
    is_seated,
    seated_in,
    table_of,
)
from alongside.initiatives.states import LEADING, AdvertState, Gap, InitiativeState, PayKind, ReplyState
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import queries as people

__all__ = [
    "asked_to", "at_table", "duties_ever_of", "holds", "holds_any", "initiatives_where", "is_asked", "is_seated",
    "seated_in", "table_of",
]  # fmt: skip

_NOTING = (*LEADING, DutyKind.RECORDER)
_KNOWN_FOR = timedelta(days=60)  # how long an answer stands among what became of things


def visible_to(person):
    """Initiatives whose own page the person may open: all that are not drafts, and drafts at whose table they sit."""
    found = Initiative.objects.filter(seen_by(person, ""))
    return found.select_related("organisation", "area").order_by("name", "pk")


def seen_by(person, path="initiative"):
    """Condition on rows: their initiative is one whose own page the person may open. path: as in `at_table`."""
    public = ~Q(**{f"{path}__state" if path else "state": InitiativeState.DRAFT})
    return public | at_table(person, path)


def directory(words="", kind="", state="", area=None):
    """The public directory: initiatives that are not drafts, by name.

    words: each must stand in the name, what it does, its organisation or its area. kind, state, area: only those.
    """
    found = Initiative.objects.exclude(state=InitiativeState.DRAFT)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(about__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(area__name__icontains=word)
        )
    found = found.filter(kind=kind) if kind else found
    found = found.filter(state=state) if state else found
    found = found.filter(area=area) if area else found
    return found.select_related("organisation", "area").order_by("name", "pk")


def places_for(person):
    """Where the person may begin something: (key, words, Organisation, Area or None), each organisation then its areas."""
    places = []
    for organisation in organisations.of(person):
        places.append((f"{organisation.pk}", f"{organisation.name}, all of it", organisation, None))
        for area in organisations.areas_of(organisation):
            places.append((f"{organisation.pk}-{area.pk}", f"{organisation.name}, {area.name}", organisation, area))
    return places


def initiative(pk):
    """One Initiative by key with its organisation; None when there is none. For operations, not for pages."""
    return Initiative.objects.select_related("organisation").filter(pk=pk).first()


def led_by(person):
    """Initiatives that the person leads or chairs, by name."""
    return initiatives_where(person, *LEADING)


def noted_by(person):
    """Initiatives that the person leads, chairs or keeps the notes of, by name."""
    return initiatives_where(person, *_NOTING)


# --- seats and duties ---


def seated(initiative):
    """Current Seats that somebody holds, with person and shown lens, by name."""
    return (
        Seat.objects.filter(initiative=initiative, left_on=None, person__isnull=False)
        .select_related("person", "lens")
        .order_by("person__shown_name", "pk")
    )


def seated_names(initiative):
    """Current Seats that somebody holds, with nothing but the person's name, by name."""
    return seated(initiative).select_related(None).select_related("person").only("person__shown_name")


def seats_ever(initiative):
    """Every Seat that somebody holds or held here, with the lens it shows, oldest first; for the honest label."""
    return Seat.objects.filter(initiative=initiative, person__isnull=False).select_related("lens").order_by("pk")


def seats_ever_of(person):
    """Every Seat that the person holds or held anywhere, with its initiative, oldest first; for their own eyes."""
    return Seat.objects.filter(person=person).select_related("initiative__organisation").order_by("joined_on", "pk")


def duties_ever(initiative):
    """Every duty that somebody holds or held in the initiative, oldest first; to propose credit from."""
    return InitiativeDuty.objects.filter(initiative=initiative).order_by("since", "pk")


def chairs_ever(initiative):
    """Every duty to chair here, current or ended, oldest first; for the honest label."""
    return InitiativeDuty.objects.filter(initiative=initiative, kind=DutyKind.CHAIR).order_by("since", "pk")


def empty_seats(initiative):
    """Seats that wait for somebody, with whom we asked, oldest first."""
    return Seat.objects.filter(initiative=initiative, left_on=None, person=None).select_related("asked").order_by("pk")


def table_seats(initiative, *, inside):
    """The table as it is drawn: TableSeats. Inside, everybody by name with role and shown lens; outside, only those
    who chose to be shown there. Empty seats stand open for all, but for those that wait for one person's answer."""
    now = Seat.objects.filter(initiative=initiative, left_on=None).select_related("person", "lens")
    now = now.only("role", "asked", "shown_public", "person__shown_name", "lens__words", "lens__let_go_at")
    seats = now.order_by(F("person__shown_name").asc(nulls_last=True), "pk")
    taken = [seat for seat in seats if seat.person_id and (inside or seat.shown_public)]
    drawn = [TableSeat(seat.person.shown_name, _role_and_lens(seat)) for seat in taken]
    empty = [seat for seat in seats if seat.person_id is None and seat.asked_id is None]
    return drawn + [TableSeat("", seat.role, empty=True) for seat in empty]


def _role_and_lens(seat):
    shown = seat.lens if seat.lens and seat.lens.let_go_at is None else None
    return f"{seat.role} ({shown.words})" if shown else seat.role


def hidden_outside(initiative):
    """How many people sit here without showing their name outside."""
    return Seat.objects.filter(initiative=initiative, left_on=None, person__isnull=False, shown_public=False).count()


def seats_led_by(person):
    """Current Seats in initiatives that the person leads, with initiative and people, oldest first."""
    return (
        Seat.objects.filter(asked_to(person, LEADING), left_on=None)
        .select_related("initiative__organisation", "person", "asked")
        .order_by("pk")
    )


def seats_of(person):
    """The person's own current Seats, with initiative and lens, oldest first."""
    return (
        Seat.objects.filter(person=person, left_on=None)
        .select_related("initiative__organisation", "lens")
        .order_by("joined_on", "pk")
    )


def seats_asked_of(person):
    """Empty Seats that wait for the person's yes or no, with the initiative, oldest first."""
    return (
        Seat.objects.filter(asked=person, left_on=None)
        .select_related("initiative__organisation", "initiative__area")
        .order_by("pk")
    )


def may_be_asked(initiative, *, by, seated_too=False):
    """People whom `by` may ask to sit here: members, for who keeps the register; else whom they meet at tables of
    the same organisation or who answered an advert there. Without those who sit here, unless seated_too, which a
    page wants that may be pressed twice. By shown name."""
    if organisations.keeps(by, initiative.organisation_id):
        known = organisations.members_of(initiative.organisation_id).order_by().values("person")
    else:
        tables = table_of(by).filter(organisation=initiative.organisation_id).order_by().values("pk")
        led = led_by(by).filter(organisation=initiative.organisation_id).order_by().values("pk")
        sitting = Seat.objects.filter(initiative__in=tables, left_on=None, person__isnull=False).values("person")
        answered = AdvertReply.objects.filter(advert__initiative__in=led).values("person")
        known = sitting.union(answered)
    here = set() if seated_too else set(seated(initiative).values_list("person", flat=True))
    return people.people({pk for (pk,) in known.values_list("person")} - here)


def holders(initiative, *kinds):
    """Current duties of these kinds in the initiative (not the organisation's), with person, by kind then name."""
    return (
        InitiativeDuty.objects.filter(initiative=initiative, kind__in=kinds, until=None)
        .select_related("person")
        .order_by("kind", "person__shown_name", "pk")
    )


def duties_in(initiative):
    """All current duties in the initiative, with person, by kind then name."""
    return holders(initiative, *DutyKind.values)


def duties_led_by(person):
    """Current duties in initiatives that the person leads, oldest first."""
    return _duties(asked_to(person, LEADING))


def duties_of(person):
    """The person's own current duties in initiatives, oldest first."""
    return _duties(Q(person=person))


def _duties(which):
    duties = InitiativeDuty.objects.filter(which, until=None)
    return duties.select_related("initiative__organisation", "person").order_by("pk")


def first_contribution_gap(initiative):
    """For everybody who ever sat here: how long after the aim was fixed they first came in (Gap), earliest first.

    Nothing while the aim still moves. A late gap says: they could not shape what it is for.
    """
    if initiative.aim_frozen_on is None:
        return []
    ever = Seat.objects.filter(initiative=initiative, person__isnull=False).values("person")
    firsts = ever.annotate(first=Min("joined_on")).order_by("first", "person")
    return [Gap(row["person"], row["first"], (row["first"] - initiative.aim_frozen_on).days) for row in firsts]


# --- stages, partners, what changed ---


def stages_of(initiative):
    """Stages in the order in which they begin."""
    return Stage.objects.filter(initiative=initiative).order_by("from_on", "pk")


def stages_led_by(person):
    """Stages of initiatives that the person leads, oldest first."""
    led = Stage.objects.filter(asked_to(person, LEADING))
    return led.select_related("initiative__organisation").order_by("pk")


def stage_thread(stages, on):
    """The stages as one thread: done, now or still to come on the day `on`. stages: the Stages set down.

    A stage that was passed over, with later ones set down, is left out: it is neither done nor to come.
    """
    dated = {stage.kind: stage for stage in stages}
    kinds = list(content.stages())
    last = max((place for place, kind in enumerate(kinds) if kind.id in dated), default=-1)
    shown = [kind for place, kind in enumerate(kinds) if place > last or kind.id in dated]
    return Thread("The stages", [_step(kind, dated.get(kind.id), on) for kind in shown])


def _step(kind, stage, on):
    if stage is None or stage.from_on > on:
        return Step(kind.words, NEXT, by=stage.from_on if stage else None)
    if stage.to_on is not None and stage.to_on <= on:
        return Step(kind.words, DONE, by=stage.to_on)
    return Step(kind.words, NOW, by=stage.to_on)


def partners_of(initiative):
    """Bodies and groups that take part now, by name."""
    return Partner.objects.filter(initiative=initiative, until=None).order_by("name", "pk")


def partners_led_by(person):
    """Current partners of initiatives that the person leads, oldest first."""
    led = Partner.objects.filter(asked_to(person, LEADING), until=None)
    return led.select_related("initiative__organisation").order_by("pk")


def moves_of(initiative):
    """When and why it opened, paused, went on or ended, with who moved it; newest first."""
    return Move.objects.filter(initiative=initiative).select_related("by").order_by("-at", "-pk")


def changes_of(initiative):
    """Changes of direction with who raised them, newest first."""
    return ChangeOfDirection.objects.filter(initiative=initiative).select_related("raised_by").order_by("-at", "-pk")


def newest(rows):
    """The newest three of these moves or changes of direction, with only when, what and why."""
    return rows.select_related(None).only("at", "now", "reason")[:3]


def reviews_of(initiative):
    """Reviews with who wrote them down, newest first."""
    return Review.objects.filter(initiative=initiative).select_related("by").order_by("-at", "-pk")


# --- adverts ---


def open_adverts(on, words="", kind=""):
    """Adverts that anybody can answer on the day `on`, the soonest to close first, those without a day last."""
    found = Advert.objects.filter(
        Q(closes_on=None) | Q(closes_on__gte=on),
        state=AdvertState.PUBLISHED,
        initiative__state=InitiativeState.OPEN,
    )
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(task__icontains=word)
            | Q(initiative__name__icontains=word)
            | Q(initiative__organisation__name__icontains=word)
        )
    found = found.filter(initiative__kind=kind) if kind else found
    return found.select_related("initiative__organisation", "initiative__area").order_by(
        F("closes_on").asc(nulls_last=True), "-published_at", "-pk"
    )


def adverts_visible_to(person):
    """Adverts that the person may read: all that were published, and those being written where they lead."""
    return (
        Advert.objects.filter(~Q(state=AdvertState.DRAFT) | asked_to(person, LEADING))
        .select_related("initiative__organisation", "initiative__area")
        .order_by("-pk")
    )


def adverts_led_by(person):
    """Adverts of initiatives that the person leads, newest first."""
    return _adverts(asked_to(person, LEADING))


def adverts_noted_by(person):
    """Adverts of initiatives that the person leads, chairs or keeps the notes of, newest first."""
    return _adverts(asked_to(person, _NOTING))


def _adverts(which):
    found = Advert.objects.filter(which)
    return found.select_related("initiative__organisation", "initiative__area").order_by("-pk")


def adverts_of(initiative, *, drafts):
    """Adverts of one initiative, as a list shows them, newest first; with those being written when `drafts`."""
    found = Advert.objects.filter(initiative=initiative).only("title", "state", "closes_on")
    return (found if drafts else found.exclude(state=AdvertState.DRAFT)).order_by("-pk")


def proposed_benefit_line(organisation):
    """What an advert may say of pay and benefits where the organisation is, as one text; and whom to ask."""
    line = content.benefit_line(organisation.country)
    ask = "; ".join(f"{one.words} ({one.where})" if one.where else one.words for one in line.ask)
    return f"{' '.join(line.say)} Who can help: {ask}." if ask else " ".join(line.say)


def reply_to(advert, person):
    """The person's own answer to an advert; None when they gave none."""
    return _replies(Q(advert=advert, person=person)).first() if person else None


def replies_to(advert):
    """Answers to an advert with the people, those that wait first, oldest first."""
    return (
        AdvertReply.objects.filter(advert=advert)
        .select_related("person", "answered_by", "advert__initiative__organisation")
        .order_by(F("answered_at").asc(nulls_first=True), "at", "pk")
    )


def replies_led_by(person):
    """Answers to adverts of initiatives that the person leads, oldest first."""
    return _replies(asked_to(person, LEADING, "advert__initiative"))


def replies_of(person):
    """The person's own answers to adverts, oldest first."""
    return _replies(Q(person=person))


def _replies(which):
    found = AdvertReply.objects.filter(which).select_related("person", "advert__initiative__organisation")
    return found.order_by("at", "pk")


def reply_thread(reply):
    """Where an answer to an advert is: answered the advert, somebody who leads decides, told."""
    done = reply.state != ReplyState.ASKED
    came, answered = (_day(reply, moment) for moment in (reply.at, reply.answered_at))
    decided = Step("decided", DONE, by=answered) if done else Step("to decide", NOW, "the lead", answer_by(came))
    told = Step("told", DONE, by=answered) if done else Step("told")
    return Thread("Your answer", [Step("answered", DONE, by=came), decided, told])


def _day(reply, moment):
    return moment and organisations.local_day(reply.advert.initiative.organisation, moment)


# --- for the yearly page ---


def run_between(organisation, from_on, to_on, initiative=None):
    """Initiatives of an organisation that were run in [from_on, to_on), drafts left out, by name; one when given."""
    over = Move.objects.filter(now=InitiativeState.ENDED, at__date__lt=from_on).values("initiative")
    rows = Initiative.objects.filter(organisation=organisation, made_at__date__lt=to_on).exclude(pk__in=over)
    rows = rows.exclude(state=InitiativeState.DRAFT)
    return (rows.filter(pk=initiative.pk) if initiative else rows).order_by("name", "pk")


def adverts_between(organisation, from_on, to_on, initiative=None):
    """Adverts published in [from_on, to_on), with their initiative, oldest first; of one initiative when given."""
    rows = Advert.objects.filter(
        initiative__organisation=organisation, published_at__date__gte=from_on, published_at__date__lt=to_on
    ).exclude(state=AdvertState.DRAFT)
    rows = rows.filter(initiative=initiative) if initiative else rows
    return rows.select_related("initiative").order_by("published_at", "pk")


def figures(organisation, from_on, to_on, initiative=None):
    """{what: pks} of initiatives run and adverts published in [from_on, to_on); of one initiative when given."""
    run = run_between(organisation, from_on, to_on, initiative).order_by("pk")
    adverts = adverts_between(organisation, from_on, to_on, initiative).order_by("pk")
    return {
        "initiatives run": list(run.values_list("pk", flat=True)),
        "adverts published": list(adverts.values_list("pk", flat=True)),
        "adverts without money": list(adverts.filter(pay_kind=PayKind.NO_MONEY).values_list("pk", flat=True)),
    }


# --- for the first page, and for the person's own record ---


def today(person, on):
    """What needs the person here, what they wait for, what became of what they gave: list of Line."""
    led = [*_replies_to_answer(person), *_led_lines(person, on)] if is_asked(person, LEADING) else []
    return [*_seats_to_answer(person), *led, *_own_replies(person, on)]


def _seats_to_answer(person):
    asked = seats_asked_of(person).values_list("pk", "role", "initiative__name")
    return [
        Line(f"{initiative} asks you to take a seat: {role}", reverse("initiatives:answer_seat", args=[seat]), NEEDS)
        for seat, role, initiative in asked
    ]


def _replies_to_answer(person):
    waiting = (
        AdvertReply.objects.filter(asked_to(person, LEADING, "advert__initiative"), state=ReplyState.ASKED)
        .exclude(person=person)
        .values("advert", "advert__title", zone=F("advert__initiative__organisation__zone"))
        .annotate(count=Count("pk"), first=Min("at"))
        .order_by("first", "advert")
    )
    for row in waiting:
        who = "1 person waits" if row["count"] == 1 else f"{row['count']} people wait"
        url = reverse("initiatives:replies", args=[row["advert"]])
        by = answer_by(periods.local_day(row["first"], row["zone"]))
        yield Line(f"{who} for your answer: {row['advert__title']}", url, NEEDS, by)


def _led_lines(person, on):
    """What waits in initiatives that the person leads themselves: a draft to finish, a review that is due."""
    mine = InitiativeDuty.objects.filter(person=person, kind__in=LEADING, until=None).values("initiative")
    due = Q(state=InitiativeState.DRAFT) | Q(state=InitiativeState.OPEN, review_on__lte=on)
    rows = Initiative.objects.filter(due, pk__in=mine).only("name", "state", "review_on")
    return [
        Line(f"{row.name} is not open yet", reverse("initiatives:run", args=[row.pk]), NEEDS)
        if row.state == InitiativeState.DRAFT
        else Line(
            f"Look together at how {row.name} goes", reverse("initiatives:review", args=[row.pk]), NEEDS, row.review_on
        )
        for row in rows.order_by("review_on", "name", "pk")
    ]


def _own_replies(person, on):
    lines = []
    replies = replies_of(person).select_related(None).select_related("advert__initiative__organisation")
    place = "advert__initiative__organisation__zone"
    for reply in replies.only("state", "at", "answered_at", "advert__title", place):
        advert, words, answered = reply.advert, reply.advert.title, _day(reply, reply.answered_at)
        url = reverse("initiatives:advert", args=[advert.pk])
        if reply.state == ReplyState.ASKED:
            by = answer_by(_day(reply, reply.at))
            lines.append(Line(f"You answered: {words}", url, WAITS, by, reply_thread(reply)))
        elif answered and on - answered <= _KNOWN_FOR and reply.state != ReplyState.WITHDRAWN:
            became = f"You answered: {words}. {reply.get_state_display()}"
            lines.append(Line(became, url, BECAME, thread=reply_thread(reply)))
    return lines


def about_me(person):
    """What this room holds about a person, for their own record: lists of plain rows by title."""
    return {
        "Your seats": [_seat_row(seat) for seat in seats_ever_of(person).select_related("lens")],
        "Your duties in initiatives": [
            {"initiative": d.initiative.name, "duty": d.get_kind_display(), "from": d.since, "until": d.until}
            for d in duties_ever_of(person)
        ],
        "Your answers to adverts": [_reply_row(reply) for reply in replies_of(person)],
        "Changes of direction that you raised": [
            {"initiative": c.initiative.name, "now": c.now, "reason": c.reason, "at": c.at}
            for c in ChangeOfDirection.objects.filter(raised_by=person)
            .select_related("initiative")
            .order_by("at", "pk")
        ],
        "Reviews that you wrote down": [
            {"initiative": r.initiative.name, "words": r.words, "at": r.at}
            for r in Review.objects.filter(by=person).select_related("initiative").order_by("at", "pk")
        ],
    }


def _seat_row(seat):
    return {
        "initiative": seat.initiative.name,
        "role": seat.role,
        "lens shown": seat.lens.words if seat.lens else "",
        "shown outside": seat.shown_public,
        "joined": seat.joined_on,
        "left": seat.left_on,
    }


def _reply_row(reply):
    return {
        "advert": reply.advert.title,
        "initiative": reply.advert.initiative.name,
        "words": reply.words,
        "came": reply.get_channel_display(),
        "stands": reply.get_state_display(),
        "reason": reply.reason,
        "at": reply.at,
    }
