"""Reads of funds, their lines, the book, the box of cash and the drawer of vouchers. Nothing here says what work was."""

from collections import defaultdict

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from alongside import append_only
from alongside.calculations import content, money
from alongside.design.states import NEEDS, Line
from alongside.ledger.models import (
    Account,
    DayOff,
    FloatMove,
    Fund,
    FundLine,
    LedgerEntry,
    LedgerTransaction,
    Presence,
    PresenceAnswer,
    VoucherBatch,
    VoucherOut,
)
from alongside.ledger.permissions import KEEPERS, MONEY
from alongside.ledger.policies import asked_words, cover_of, is_open, last_day, seen_words, window_words
from alongside.ledger.states import AccountKind, EntryKind
from alongside.organisations import queries as organisations

__all__ = ["asked_words", "is_open", "seen_words", "window_words"]

TRIGGERS = {"ledger_seal_even", "ledger_entry_open", "ledger_entry_held", "voucher_out_left"}
DAYS_BEFORE = 2  # working days before an activity, for money that must be there before it
ONLY_GROW = (
    "ledger_transaction", "ledger_entry", "ledger_seal", "float_move", "voucher_batch", "voucher_out", "presence",
    "presence_answer",
)  # fmt: skip


# --- who sees what ---


def kept_by(person):
    """Organisations whose funds the person may keep: who leads, operates, approves or pays there."""
    return organisations.organisations_where(person, *KEEPERS)


def books_of(person):
    """Organisations whose book, cash and vouchers the person may see: who approves or pays there."""
    return organisations.organisations_where(person, *MONEY)


def funds_kept_by(person):
    """Funds of the organisations whose funds the person may keep, with the organisation, by name."""
    kept = kept_by(person).order_by().values("pk")
    return Fund.objects.filter(organisation__in=kept).select_related("organisation").order_by("name", "pk")


def funds_of_books(person):
    """Funds of the organisations whose book the person may see, with the organisation, by name."""
    books = books_of(person).order_by().values("pk")
    return Fund.objects.filter(organisation__in=books).select_related("organisation").order_by("name", "pk")


# --- funds and lines ---


def funds_of(organisation):
    """Funds of an organisation, by name."""
    return Fund.objects.filter(organisation=organisation).order_by("name", "pk")


def lines_of(organisation):
    """Lines of all funds of an organisation, with their fund, by fund then words."""
    lines = FundLine.objects.filter(fund__organisation=organisation).select_related("fund")
    return lines.order_by("fund__name", "fund", "words", "pk")


def line(pk):
    """One FundLine by key with its fund; None when there is none."""
    return FundLine.objects.select_related("fund").filter(pk=pk).first()


def _held(lines):
    """{line pk: {AccountKind: pence}} of the entries of these lines."""
    rows = LedgerEntry.objects.filter(line__in=lines).values_list("line", "account__kind")
    held = {}
    for pk, kind, pence in rows.annotate(Sum("pence")).order_by():
        held.setdefault(pk, {})[kind] = pence
    return held


def cover(line, on, pence=0, waiting=0):
    """How a line stands on a day, and a warning when `pence` on top is more than it has or it is not open: a Cover.

    waiting: whole pence that rooms above put to people who have not answered; the warning counts them, the book does not.
    """
    left = _left_of_funds([line.fund_id]).get(line.fund_id)
    return cover_of(line, _held([line.pk]).get(line.pk, {}), on, pence, left, waiting)


def covers(organisation, on):
    """The Cover of every line of an organisation, by fund then words, in four queries."""
    lines = list(lines_of(organisation))
    held, left = _held([row.pk for row in lines]), _left_of_funds({row.fund_id for row in lines})
    return [cover_of(row, held.get(row.pk, {}), on, fund_left=left.get(row.fund_id)) for row in lines]


def _left_of_funds(funds):
    """{fund: whole pence that all its lines have, less all that was taken from it}, without a line too."""
    has = FundLine.objects.filter(fund__in=funds).values_list("fund").annotate(Sum("pence")).order_by("fund")
    taken = LedgerEntry.objects.filter(account__fund__in=funds, account__kind=AccountKind.FUND)
    taken = dict(taken.values_list("account__fund").annotate(Sum("pence")).order_by())
    return {fund: pence - taken.get(fund, 0) for fund, pence in has}


def fund_rows(organisation):
    """Each fund with what it has, promised, owed, paid and left; in whole pence, by name. has: None without lines."""
    lines = FundLine.objects.filter(fund__organisation=organisation).values_list("fund")
    has = dict(lines.annotate(Sum("pence")).order_by("fund"))
    held = _by_fund(organisation)
    return [_fund_row(fund, has.get(fund.pk), held) for fund in funds_of(organisation)]


def _by_fund(organisation):
    rows = LedgerEntry.objects.filter(account__fund__organisation=organisation)
    found = rows.values_list("account__fund", "account__kind").annotate(pence=Sum("pence")).order_by()
    return {(fund, kind): pence for fund, kind, pence in found}


def _fund_row(fund, has, sums):
    taken = sums.get((fund.pk, AccountKind.FUND), 0)
    promised = -sums.get((fund.pk, AccountKind.PROMISED), 0)
    owed = -sums.get((fund.pk, AccountKind.OWED), 0)
    return {
        "fund": fund, "last": last_day(fund), "has": has, "promised": promised, "owed": owed, "paid": taken - promised - owed,
        "left": None if has is None else has - taken,
    }  # fmt: skip


def promised(about, line=None):
    """What is promised for a thing by `promise`, on one line when it is named; whole pence."""
    made = LedgerEntry.objects.filter(
        transaction__about=about, transaction__kind=EntryKind.PROMISED, account__kind=AccountKind.PROMISED
    )
    made = made.filter(line=line) if line else made
    return -(made.aggregate(pence=Sum("pence"))["pence"] or 0)


# --- the book ---


def sums(organisation):
    """What each account of each fund holds now, in whole pence: rows with name of the fund, kind, words and pence."""
    rows = (
        LedgerEntry.objects.filter(account__fund__organisation=organisation)
        .values(name=F("account__fund__name"), kind=F("account__kind"))
        .annotate(pence=Sum("pence"))
        .order_by("name", "kind")
    )
    return [row | {"words": AccountKind(row["kind"]).label} for row in rows]


def transactions_of(organisation):
    """The book, newest first: transactions with who wrote them."""
    return LedgerTransaction.objects.filter(organisation=organisation).select_related("by").order_by("-at", "-pk")


def entries_of(transactions):
    """The entries of these transactions with account, fund and line, in the order in which they were written."""
    found = LedgerEntry.objects.filter(transaction__in=transactions)
    return found.select_related("account__fund", "line").order_by("transaction", "pk")


def entries_in(organisation, fund=None, from_at=None, before=None):
    """Entries of an organisation's book in order: of one fund, of what was written from a moment up to another."""
    found = LedgerEntry.objects.filter(transaction__organisation=organisation)
    found = found.filter(account__fund=fund) if fund else found
    found = found.filter(transaction__at__gte=from_at) if from_at else found
    found = found.filter(transaction__at__lt=before) if before else found
    return found.order_by("transaction", "pk")


def happenings(about, kind=None):
    """What the book says about one thing, oldest first; of one EntryKind when it is named."""
    found = LedgerTransaction.objects.filter(about=about)
    return (found.filter(kind=kind) if kind else found).order_by("pk")


def abouts(kind):
    """What every happening of a kind is about, one word each, in the order in which they were written."""
    return LedgerTransaction.objects.filter(kind=kind).order_by("pk").values_list("about", flat=True)


def newest_currency():
    """The three letters of the currency in which the book was last written; "" while it is empty.

    Every happening asks this before it is written, so all of them have the same.
    """
    return LedgerTransaction.objects.order_by("-pk").values_list("currency", flat=True).first() or ""


# --- cash and vouchers ---


def has_float(fund):
    """Whether a fund has a box of cash."""
    return Account.objects.filter(fund=fund, kind=AccountKind.FLOAT).exists()


def float_holds(fund):
    """What a fund's box of cash holds by the book, in whole pence."""
    return holds(fund, AccountKind.FLOAT)


def paid_from(fund):
    """What was paid out of a fund, less what came back, in whole pence: what was taken and is not promised or owed."""
    still = (AccountKind.FUND, AccountKind.PROMISED, AccountKind.OWED)
    found = LedgerEntry.objects.filter(account__fund=fund, account__kind__in=still)
    return found.aggregate(pence=Sum("pence"))["pence"] or 0


def has_lines(fund):
    """Whether the money of a fund is divided into lines."""
    return FundLine.objects.filter(fund=fund).exists()


def only_line(fund):
    """The line of a fund that has just one; None for one without lines or with several."""
    lines = list(FundLine.objects.filter(fund=fund).order_by("pk")[:2])
    return lines[0] if len(lines) == 1 else None


def holds(fund, kind):
    """What one account of a fund holds by the book, in whole pence."""
    found = LedgerEntry.objects.filter(account__fund=fund, account__kind=kind)
    return found.aggregate(pence=Sum("pence"))["pence"] or 0


def float_moves_of(fund):
    """What happened to a fund's box of cash, newest first, with both people."""
    return FloatMove.objects.filter(fund=fund).select_related("by", "second").order_by("-at", "-pk")


def float_rows(moves):
    """[(FloatMove, what its second person says)] of these moves, in their order."""
    said = seen({f"cash:{move.pk}" for move in moves})
    return [(move, said.get(f"cash:{move.pk}", "")) for move in moves]


def _presences():
    answer = PresenceAnswer.objects.filter(presence=OuterRef("pk"))
    found = Presence.objects.select_related("person", "by", "organisation")
    return found.annotate(yes=Subquery(answer.values("yes")), said_at=Subquery(answer.values("at")))


def _dated(found):
    """Presences with `said_on`: the day of the answer where the organisation is."""
    for each in found:
        each.said_on = each.said_at and organisations.local_day(each.organisation, each.said_at)
    return found


def seen(abouts):
    """{about: what the second person says of it, as a sentence} for what has one."""
    return {each.about: seen_words(each) for each in _dated(_presences().filter(about__in=abouts).order_by("pk"))}


def named_in(person):
    """Where the person was written down as having been there: Presences, those without an answer first, then newest."""
    return _presences().filter(person=person).order_by(F("yes").asc(nulls_first=True), "-pk")


def named_rows(page):
    """[(Presence, what is said of them, what they answered or "")] of a page of Presences."""
    return [(each, asked_words(each), "" if each.yes is None else seen_words(each)) for each in _dated(page)]


def today(person, on):
    """A line for who was written down as having been there, until they say whether that is so."""
    if person is None:
        return []
    answered = PresenceAnswer.objects.filter(presence=OuterRef("pk"))
    if not Presence.objects.filter(~Exists(answered), person=person).exists():
        return []
    waiting = list(named_in(person).filter(yes=None).order_by("at", "pk"))
    words = f"Were you there? {asked_words(waiting[0])}" if len(waiting) == 1 else (
        f"{len(waiting)} times somebody wrote down that you were there when money was handed on or counted"
    )  # fmt: skip
    return [Line(words, reverse("ledger:there"), NEEDS, waiting[0].on)]


def about_me(person):
    """What is written here about a person being there when money was handed on or counted."""
    return {
        "said to have been there when money was handed on": [
            {"what": words, "my answer": answer or "none yet"}
            for _, words, answer in named_rows(named_in(person).order_by("pk"))
        ]
    }


def batches_of(organisation):
    """Vouchers that were bought, newest first, each with `left`: how many still lie in the drawer."""
    bought = _batches().filter(fund__organisation=organisation).select_related("fund", "by")
    return bought.order_by("-at", "-pk")


def _batches():
    out = VoucherOut.objects.filter(batch=OuterRef("pk")).values("batch").annotate(gone=Sum("count")).values("gone")
    return VoucherBatch.objects.annotate(left=F("count") - Coalesce(Subquery(out), 0))


def batches_for(fund, shop, pence):
    """Batches of a fund from which vouchers of one shop for exactly so many pence can be handed out, oldest first."""
    bought = _batches().filter(fund=fund, shop__iexact=shop.strip()).order_by("at", "pk")
    return [batch for batch in bought if pence % batch.each_pence == 0 and batch.left >= pence // batch.each_pence]


def given_out(batch):
    """How many vouchers of a batch were handed out."""
    return VoucherOut.objects.filter(batch=batch).aggregate(count=Sum("count"))["count"] or 0


# --- days ---


def days_off(organisation):
    """Days on which the organisation does not work, in their order."""
    return DayOff.objects.filter(organisation=organisation).order_by("on", "pk")


def bank_holiday_places(organisation):
    """[(id, name)] of the places whose bank holidays we have; those of the organisation's own country come first."""
    found = sorted(content.bank_holidays(), key=lambda one: organisation.country not in one.countries)
    return [(one.id, one.place) for one in found]


def bank_holidays(organisation, place, year):
    """(BankHolidays, [(Day, whether the organisation has that day already)]) of a place and a year.

    The rows are empty for a year that we do not have. Raises ContentError for a place that there is not.
    """
    one = content.bank_holidays_of(place)
    there = DayOff.objects.filter(organisation=organisation, on__year=year).values_list("on", flat=True)
    there = set(there)
    return one, [(day, day.on in there) for day in one.of(year)]


def last_days_off():
    """{organisation's key: its last day off that is written down}; an organisation without any is not in it."""
    rows = DayOff.objects.values_list("organisation").annotate(last=Max("on")).order_by("organisation")
    return dict(rows)


def promised_day(organisation, day, days=None):
    """The working day so many working days (default: what the organisation promises) after a day.

    Weekends and the organisation's own days off are no working days.
    """
    off = DayOff.objects.filter(organisation=organisation, on__gte=day).values_list("on", flat=True)
    return money.working_day_after(day, organisation.promise_days if days is None else days, holidays=list(off))


def days_off_from(organisations, day):
    """{organisation's key: its own days off from a day on} for those of these organisations that have some."""
    found = defaultdict(list)
    rows = DayOff.objects.filter(organisation__in=organisations, on__gte=day).order_by("on", "pk")
    for place, on in rows.values_list("organisation", "on"):
        found[place].append(on)
    return found


def day_before(organisation, day, today):
    """The day by which money is promised that must be there before a day: two working days before it.

    When that is nearer than today, the day itself. Money asked for after the day has the usual promise.
    """
    if day <= today:
        return promised_day(organisation, day)
    off = DayOff.objects.filter(organisation=organisation, on__lt=day).values_list("on", flat=True)
    early = money.working_day_before(day, DAYS_BEFORE, holidays=list(off))
    return early if early >= today else day


# --- for `alongside verify` ---


def invariants():
    """Faults in the book, in plain words; [] when all is well. One of them: a currency that the site does not keep."""
    return [
        *_other_currency(),
        *_uneven(),
        *_below_nothing(),
        *_too_many_out(),
        *append_only.missing(ONLY_GROW, TRIGGERS | _at_commit()),
    ]


def _other_currency():
    found = LedgerTransaction.objects.exclude(currency=money.code()).values_list("currency").annotate(Count("pk"))
    for currency, count in found.order_by("currency"):
        yield f"{count} happenings of the book are in {currency}, and this site is set to {money.code()} (ALONGSIDE_CURRENCY)."


def _uneven():
    found = LedgerEntry.objects.values("transaction", "transaction__currency").annotate(pence=Sum("pence"))
    for row in found.exclude(pence=0).order_by("transaction"):
        yield f"Transaction {row['transaction']} of the book is off by {row['pence']} hundredths of {row['transaction__currency']}."
    bare = LedgerTransaction.objects.exclude(pk__in=LedgerEntry.objects.values("transaction"))
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"Transaction {pk} of the book has no entries."


def _below_nothing():
    held = LedgerEntry.objects.filter(account__kind__in=[AccountKind.FLOAT, AccountKind.STOCK])
    for row in held.values("account").annotate(pence=Sum("pence")).filter(pence__lt=0).order_by("account"):
        yield f"Account {row['account']} of the book holds less than nothing."


def _too_many_out():
    out = VoucherOut.objects.values("batch").annotate(gone=Sum("count")).filter(gone__gt=F("batch__count"))
    for row in out.order_by("batch"):
        yield f"More vouchers of batch {row['batch']} were handed out than were bought."


def _at_commit():
    """The guard that looks at a seal once more at commit, where the database has such guards."""
    return {"ledger_even_at_commit"} if connection.vendor == "postgresql" else set()
