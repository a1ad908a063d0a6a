"""Reads of the time that people exchanged. Everybody sees their own; who leads sees the organisation's own account."""

import re
from collections import defaultdict

from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.urls import reverse

from alongside import append_only
from alongside.calculations import small_numbers
from alongside.contributions import queries as contributions
from alongside.contributions.states import Method, OfferState
from alongside.design.states import NEEDS, WAITS, Line
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import KEEPERS, DutyKind
from alongside.timebank.models import TimeAccount, TimeBank, TimeGift, TimeMove
from alongside.timebank.policies import account_of, balance, given, taken
from alongside.timebank.states import GiftState, TimeKind

__all__ = ["account_of", "balance", "given", "taken"]

TRIGGERS = {"time_move_as_agreed", "time_gift_stands", "time_gift_stays"}
TABLES = ("time_bank", "time_account", "time_gift", "time_move")
MONEY_ROOMS = ("ledger", "rates", "payees", "payments", "runs", "claims", "audits")
MONEY_WORDS = re.compile(r"pence|pound|cent\b|cents|euro|money|price|rate|cost|pay|currency|amount|fund", re.IGNORECASE)


# --- banks ---


def bank_of(organisation):
    """The TimeBank of an organisation; None where it was never turned on."""
    return TimeBank.objects.select_related("organisation").filter(organisation=organisation).first()


def banks_of(person):
    """Where the person may exchange time, or once did: by organisation's name."""
    mine = Q(pk__in=TimeAccount.objects.filter(person=person).values("bank"))
    here = Q(is_on=True, organisation__in=organisations.of(person).order_by().values("pk"))
    return TimeBank.objects.filter(mine | here).select_related("organisation").order_by("organisation__name", "pk")


def organisations_set_by(person):
    """Organisations whose exchange the person may turn on and off."""
    return organisations.organisations_where(person, *KEEPERS)


def offices_of(person):
    """TimeBanks whose organisation exchanges time itself and is led by the person, by its name."""
    led = organisations_led_by(person).order_by().values("pk")
    found = TimeBank.objects.filter(office=True, organisation__in=led).select_related("organisation")
    return found.order_by("organisation__name", "pk")


def organisations_led_by(person):
    """Organisations that the person leads: for whose own account they may speak."""
    return organisations.organisations_where(person, DutyKind.LEAD)


def tables_of(person):
    """Tables in whose organisation time is exchanged and where the person holds a seat, by name."""
    here = initiatives.table_of(person).filter(pk__in=initiatives.seated_in(person))
    on = TimeBank.objects.filter(is_on=True).values("organisation")
    return here.filter(organisation__in=on).select_related("organisation")


def exchanges_at(initiative, person):
    """Whether the person has a seat at a table in whose organisation time is exchanged."""
    if not initiatives.is_seated(person, initiative):
        return False
    return TimeBank.objects.filter(organisation=initiative.organisation_id, is_on=True).exists()


# --- exchanges ---


def _gifts():
    return TimeGift.objects.select_related(
        "bank__organisation", "giver__person", "taker__person", "asked_by", "answered_by"
    ).order_by("-on", "-pk")


def gifts_of(person):
    """Exchanges of the person, on either side, newest day first."""
    return _gifts().filter(Q(giver__person=person) | Q(taker__person=person))


def gifts_visible_to(person):
    """The person's own exchanges, and those of the own account of organisations that they lead; newest day first."""
    if person is None:
        return TimeGift.objects.none()
    own = Q(giver__person=person) | Q(taker__person=person)
    return _gifts().filter(own | _office_of(person))


def _office_of(person):
    led = organisations.where_held(person, [DutyKind.LEAD])
    return Q(bank__organisation__in=led) & (Q(giver__person=None) | Q(taker__person=None))


def office_gifts(bank):
    """Exchanges with the organisation itself, newest day first."""
    return _gifts().filter(Q(giver__person=None) | Q(taker__person=None), bank=bank)


def standings(person):
    """[(TimeBank, minutes given, minutes got, balance)] of the person, for each place; in three queries."""
    banks = list(banks_of(person))
    gave = _sums("given__bank", TimeMove.objects.filter(given__person=person))
    got = _sums("taken__bank", TimeMove.objects.filter(taken__person=person))
    return [(bank, gave[bank.pk], got[bank.pk], gave[bank.pk] - got[bank.pk]) for bank in banks]


def _sums(by, moves):
    return defaultdict(int, moves.order_by(by).values_list(by).annotate(Sum("minutes")))


def work_for_time(person, organisation):
    """Work that is done and for which its person chose time, not given yet; where `person` leads; oldest first."""
    offers = contributions.offers_led_by(person).filter(
        initiative__organisation=organisation, method=Method.TIME, state=OfferState.DONE
    )
    known = TimeGift.objects.filter(offer__isnull=False).values("offer")
    return offers.exclude(pk__in=known).exclude(to=person).order_by("done_on", "pk")


def totals(bank, k):
    """[(TimeKind, minutes, or "too few to show")] of all time exchanged in an organisation, kinds of few people hidden."""
    moves = TimeMove.objects.filter(gift__bank=bank)
    everybody = TimeAccount.objects.filter(bank=bank, person__isnull=False).count()
    rows = moves.order_by("gift__kind").values("gift__kind").annotate(
        sum=Sum("minutes"), gave=Count("given__person", distinct=True)
    )  # fmt: skip
    found = {row["gift__kind"]: row for row in rows}
    k = max(k, small_numbers.K_FLOOR)
    return [
        (
            kind,
            found[kind]["sum"] if small_numbers.may_show(found[kind]["gave"], everybody, k) else small_numbers.TOO_FEW,
        )
        for kind in TimeKind
        if kind in found
    ]


# --- pages of other rooms ---


def today(person, on):
    """Exchanges that wait for this person's yes, and those for whose yes they wait."""
    if person is None:
        return []
    own = Q(giver__person=person) | Q(taker__person=person)
    waiting = TimeGift.objects.filter(own | _office_of(person) & Q(bank__office=True), state=GiftState.ASKED)
    rows = waiting.order_by("on", "pk").values_list("pk", "asked_by", "asked_by__shown_name")
    return [_line(*row, person) for row in rows]


def _line(pk, asked_by, name, person):
    url = reverse("timebank:gift", args=[pk])
    if asked_by == person.pk:
        return Line("Time that you wrote down waits for the other side’s yes", url, WAITS)
    return Line(f"Time exchanged with {name}: is it right?", url, NEEDS)


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    return {
        "time you exchanged": [
            {
                "day": gift.on, "organisation": gift.bank.organisation.name, "what": gift.get_kind_display(),
                "words": gift.words, "minutes": gift.minutes, "you_gave": gift.giver.person_id == person.pk,
                "with": side_words(gift, gift.taker if gift.giver.person_id == person.pk else gift.giver),
                "state": gift.get_state_display(),
            }
            for gift in gifts_of(person)
        ],
        "your time": [
            {"organisation": bank.organisation.name, "minutes_given": gave, "minutes_got": got, "balance": left}
            for bank, gave, got, left in standings(person)
            if gave or got
        ],
    }  # fmt: skip


def side_words(gift, account):
    """What one side of an exchange is called."""
    return account.person.shown_name if account.person_id else gift.bank.organisation.name


# --- for `alongside verify` ---


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well."""
    return [*_unlike(), *_uneven(), *_near_money(), *append_only.missing(["time_move"], TRIGGERS)]


def _unlike():
    moved = TimeMove.objects.values("gift")
    for pk in (
        TimeGift.objects.filter(state=GiftState.AGREED)
        .exclude(pk__in=moved)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        yield f"Exchange {pk} was agreed, and no time moved."
    unlike = TimeMove.objects.exclude(
        gift__state=GiftState.AGREED, minutes=F("gift__minutes"), given=F("gift__giver"), taken=F("gift__taker")
    )
    for pk in unlike.order_by("pk").values_list("pk", flat=True):
        yield f"Time move {pk} is not what two agreed."
    across = TimeMove.objects.exclude(given__bank=F("taken__bank"))
    for pk in across.order_by("pk").values_list("pk", flat=True):
        yield f"Time move {pk} goes from one organisation to another."


def _uneven():
    """All balances of an organisation together, worked out account by account."""
    sums = defaultdict(int)
    for side, sign in (("given", 1), ("taken", -1)):
        rows = TimeMove.objects.order_by(f"{side}__bank").values_list(f"{side}__bank").annotate(Sum("minutes"))
        for bank, minutes in rows:
            sums[bank] += sign * minutes
    for bank, minutes in sorted(sums.items()):
        if minutes:
            yield f"The balances of time bank {bank} together are {minutes} minutes, not none."


def _near_money():
    """Columns of the tables of time, as they stand in the database, that look like money; and links with tables of money."""
    money = {model._meta.db_table for room in MONEY_ROOMS for model in _models(room)}
    with connection.cursor() as cursor:
        for table in TABLES:
            for column in connection.introspection.get_table_description(cursor, table):
                if MONEY_WORDS.search(column.name):
                    yield f"The table {table} has a column {column.name}: time is never money."
            for _, other, *_ in connection.introspection.get_relations(cursor, table).values():
                if other in money:
                    yield f"The table {table} points to {other}: time is never money."
        for table in sorted(money & set(connection.introspection.table_names(cursor))):
            for _, other, *_ in connection.introspection.get_relations(cursor, table).values():
                if other in TABLES:
                    yield f"The table {table} points to {other}: time is never money."


def _models(room):
    return apps.get_app_config(room).get_models() if apps.is_installed(f"alongside.{room}") else ()
