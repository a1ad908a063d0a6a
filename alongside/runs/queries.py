"""Reads of runs and statements. Pages show who, the end of the account, how much and when; never what for."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import batched
from textwrap import wrap

from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils import timezone

from alongside import append_only
from alongside.calculations import content, money
from alongside.calculations.money import amount, pounds
from alongside.calculations.payment_file import ending
from alongside.calculations.statement_file import Sent, SentRun, named_in
from alongside.design.states import DONE, NEEDS, NOW, WAITS, Line, Step, Thread, day_words
from alongside.design.states import NEXT as LATER
from alongside.ledger import queries as funds
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import queries as payees
from alongside.payments import queries as payments
from alongside.runs.models import OurAccount, Run, RunItem, StatementIn, StatementLine
from alongside.runs.permissions import MONEY
from alongside.runs.policies import Row, hands_of, pointed_out, together
from alongside.runs.states import CLOSED, LIVE, ItemState, LineState, RunState

AT_THE_BANK = (RunState.SENT, RunState.DONE)
MOST_ON_PAGE = AT_ONCE = 500
ANSWER = "pain.002"
TRIGGERS = {
    "payment_run_stands", "payment_run_forward", "payment_run_stays", "run_item_stands", "run_item_stays",
}  # fmt: skip


def kept_by(person):
    """Organisations in which the person approves or pays, by name."""
    return organisations.organisations_where(person, *MONEY)


def paid_by(person):
    """Organisations in which the person pays, by name."""
    return organisations.organisations_where(person, DutyKind.PAYER)


def runs_of(person):
    """Runs of the organisations in which the person approves or pays, newest first."""
    kept = kept_by(person).order_by().values("pk")
    found = Run.objects.filter(organisation__in=kept)
    return found.select_related("organisation", "account", "chosen_by", "confirmed_by", "sent_by").order_by("-pk")


def every_run():
    """All runs of this installation, newest first; for who runs it."""
    return Run.objects.select_related("organisation", "account").order_by("-pk")


def accounts_of(person):
    """Accounts that these organisations pay from now, by organisation and currency."""
    found = OurAccount.objects.filter(organisation__in=kept_by(person).order_by().values("pk"), replaced_at=None)
    return found.select_related("organisation").order_by("organisation__name", "currency", "pk")


def account_of(organisation, currency):
    """The account that an organisation pays a currency from; None when nobody wrote it down."""
    return OurAccount.objects.filter(organisation=organisation, currency=currency, replaced_at=None).first()


def bank_files(currency):
    """The files of content that carry a currency, in their order."""
    return [file for file in content.bank_files() if file.currency == currency]


# --- choosing ---


@dataclass(frozen=True)
class Choice:
    """What can be paid now from one account: Rows to choose, those that somebody else has to pay, and their sums."""

    account: object
    rows: list
    not_yours: list
    more: int

    @property
    def pence(self):
        return sum(row.pence for row in self.rows)


def choice(organisation, currency, person, on):
    """The Choice of one organisation and currency for a person on a day, by name, at most 500 on a page."""
    found = [each for each in payments.payable(organisation, on) if each.currency == currency]
    accounts = payees.current_of({each.payment.to_id for each in found})
    free, own = [], []
    for each in found:
        row = _row(None, each.payment, accounts[each.payment.to_id], each.pence)
        hands = hands_of([each.payment], accounts)
        (own if person.pk in hands.gets | hands.approved | hands.typed else free).append(row)
    more = max(len(free) - MOST_ON_PAGE, 0)
    return Choice(account_of(organisation, currency), free[:MOST_ON_PAGE], own, more)


def ticks(choice, currency):
    """(key, whose it is with its number, sum and account) of each Row to choose."""
    return [
        (
            row.payment_id, f"{row.person}, {row.number}",
            f"{amount(row.pence, currency)} to {row.name}, account ending in {row.last_figures}",
        )
        for row in choice.rows
    ]  # fmt: skip


def _rows(items):
    """Rows of RunItems, in their order, in one query more."""
    accounts = payees.current_of({item.payment.to_id for item in items})
    return [_row(item, item.payment, accounts.get(item.payment.to_id), item.pence) for item in items]


def _row(item, payment, payee, pence):
    """The Row of a payment. item: its RunItem, or None before it is in a run; payee: where it goes, or None."""
    account = (payee.name, payee.last_figures) if payee else ("No longer kept", "")
    since = payee and timezone.localdate(payee.confirmed_at)
    return Row(item, payment.pk, payment.part_id, payment.to_id, payment.to.shown_name, *account, pence, since)


# --- one run ---


def items_of(run):
    """What is in a run, in order; what was taken out is not."""
    return RunItem.objects.filter(run=run).exclude(state=ItemState.OUT).select_related("payment__to").order_by("place")


def runs_in(organisation):
    """Every Run of an organisation with its people, oldest first."""
    return (
        Run.objects.filter(organisation=organisation)
        .select_related("chosen_by", "confirmed_by", "sent_by")
        .order_by("pk")
    )


def items_in(organisation):
    """Every payment in a run of an organisation, what was taken out too, with its run; by run and place."""
    found = RunItem.objects.filter(run__organisation=organisation).select_related("run")
    return found.order_by("run", "place")


def lines_in(organisation):
    """Every line of an organisation's statements, with its statement, in the order in which they came."""
    return StatementLine.objects.filter(organisation=organisation).select_related("statement__by").order_by("pk")


def hands_in(run):
    """The Hands of the payments in a run."""
    return hands_over(item.payment for item in items_of(run).iterator(chunk_size=AT_ONCE))


def hands_over(payments):
    """The Hands of these Payments, read some hundred at a time."""
    return together(
        hands_of(rows, payees.current_of({row.to_id for row in rows})) for rows in batched(payments, AT_ONCE)
    )


def changed_since(run):
    """Names on accounts of people in a run whose account was confirmed after the run was, or is gone; in order."""
    items = list(items_of(run))
    accounts = payees.current_of({item.payment.to_id for item in items})
    now = [accounts.get(item.payment.to_id) for item in items]
    return [payee.name if payee else "somebody" for payee in now if not payee or payee.confirmed_at > run.confirmed_at]


def rows_of(run, items, on):
    """Rows of some items of a run, with what a second person should look at while it is still to be checked."""
    rows = _rows(items)
    if run.state != RunState.CHOSEN:
        return rows
    points = pointed_out(rows, on, content.bank_file(run.bank_file).letters)
    return [replace(row, points=points.get(row.payment_id, ())) for row in rows]


def file_name(run):
    """The name under which a run's file is fetched: its number and its code, nothing else."""
    return f"run-{run.number}-{run.code}.{ending(content.bank_file(run.bank_file))}"


def _ending(run):
    """How a run ended: what came back is not called arrived."""
    back = run.state == RunState.DONE and RunItem.objects.filter(run=run, state=ItemState.BACK).count()
    return f"arrived, but for {back} that came back" if back else "arrived"


def thread_of(run, on):
    """The life of a run: each step with who did it and when, the present one with whose turn it is."""
    day = partial(organisations.local_day, run.organisation)
    ended_at = run.ended_at if run.state == RunState.DONE else None
    steps = [  # what is done, what is to do, whose turn, who did it, on which day
        ("chosen", "", "", run.chosen_by, day(run.chosen_at)),
        ("checked", "to check", "a second person", run.confirmed_by, run.confirmed_at and day(run.confirmed_at)),
        ("given to the bank", "to give to the bank", "a payer", run.sent_by, run.sent_on),
        (_ending(run), "to arrive", "the bank", None, ended_at and day(ended_at)),
    ]
    reached = next((place for place, step in enumerate(steps) if step[-1] is None), len(steps))
    found = [Step(done, DONE, who.shown_name if who else "", when) for done, _, _, who, when in steps[:reached]]
    if reached < len(steps) and run.state != RunState.CANCELLED:
        _, to_do, whose, *_ = steps[reached]
        due = None if run.sent_on else run.pay_on
        found.append(Step(to_do, NOW, whose, due, late=bool(due and due < on)))
    return Thread(f"Run {run.number}", found + [Step(step[0], LATER) for step in steps[len(found) :]])


def day_words_of(run, on):
    """What is to be known of the day on which a run is to be paid, until the bank has it; "" when nothing is."""
    if run.state not in (RunState.CHOSEN, RunState.CONFIRMED) or run.pay_on < on:
        return ""
    file, works = file_of(run), funds.promised_day(run.organisation, run.pay_on - timedelta(days=1), 1)
    if file.working_days and run.pay_on < (soonest := funds.promised_day(run.organisation, on, file.working_days)):
        need = f"needs {file.working_days} working days"
        return f"This bank’s file {need}: paid on {day_words(soonest)} at the soonest, if it gets it today."
    if works != run.pay_on:
        return f"{day_words(run.pay_on)} is no working day. Many banks pay it on {day_words(works)} then."
    return ""


def file_of(run):
    """What content says of the file that a run is written in: a BankFile."""
    return content.bank_file(run.bank_file)


def cover_facts(run):
    """(name, value) of each thing that the cover says: by these the bank's own list is compared."""
    day = partial(organisations.local_day, run.organisation)
    return [
        ("Run", f"{run.number} of {run.organisation.name}"),
        ("Number for the bank", run.code),
        ("Payments", f"{run.count:,}"),
        ("All together", amount(run.pence, run.currency)),
        ("To be paid on", day_words(run.pay_on)),
        ("From the account", f"{run.account.name}, ending in {run.account.last_figures}"),
        ("File", f"{file_name(run)}, {run.size:,} bytes"),
        ("SHA-256 of the file", " ".join(wrap(run.sha256, 8))),
        ("Chosen by", f"{run.chosen_by.shown_name}, {day_words(day(run.chosen_at))}"),
        ("Confirmed by", f"{run.confirmed_by.shown_name}, {day_words(day(run.confirmed_at))}"),
    ]


def cover_rows(run):
    """Rows for the cover's list; none for a run that is too long to print."""
    return [] if run.count > MOST_ON_PAGE else rows_of(run, list(items_of(run)), None)


def cover_paper(run):
    """The cover as data for a paper."""
    heads = ["Reference", "For", "Name on the account", "Ends in", "Amount"]
    rows = [
        [row.item.code, f"{row.person}, {row.number}", row.name, row.last_figures, amount(row.pence, run.currency)]
        for row in cover_rows(run)
    ]
    table = {"title": "What is in it", "heads": heads, "rows": rows}
    return {
        "title": f"Payment run {run.number}", "lead": run.organisation.name,
        "facts": [list(fact) for fact in cover_facts(run)], "tables": [table] if rows else [],
        "paragraphs": ["Given to the bank by: ______________________  on: ______________",
                       "Seen by a second person: ______________________  on: ______________"],
    }  # fmt: skip


# --- statements ---


def statements_of(person):
    """Statements that were brought in where the person approves or pays, newest first."""
    found = StatementIn.objects.filter(organisation__in=kept_by(person).order_by().values("pk"))
    return found.select_related("organisation", "by").order_by("-pk")


def lines_to_see(person):
    """Lines of statements where the person approves or pays, oldest first."""
    found = StatementLine.objects.filter(organisation__in=kept_by(person).order_by().values("pk"))
    return found.select_related("statement", "organisation").order_by("pk")


def open_lines(person):
    """Those that somebody has to look at."""
    return lines_to_see(person).filter(state=LineState.ASK)


def found_in(statement):
    """What a statement said of our payments: (words, count, pence) for each state that it has."""
    rows = StatementLine.objects.filter(statement=statement).values_list("state")
    found = {state: (count, pence) for state, count, pence in rows.annotate(Count("pk"), Sum("pence")).order_by()}
    return [(state.label, *found[state]) for state in LineState if state in found]


def asks_of(statement):
    """[(line, candidates)] of the lines of a statement that somebody has to look at; at most 100."""
    lines = list(StatementLine.objects.filter(statement=statement, state=LineState.ASK).order_by("pk")[:100])
    known = _by_code({code for line in lines for code in line.codes.split()})
    return [(line, [known[code] for code in line.codes.split() if code in known]) for line in lines]


def candidates(line):
    """What a line may be about, to choose from: (code, words) each."""
    known = _by_code(line.codes.split())
    return [known[code] for code in line.codes.split() if code in known]


def _by_code(codes):
    """{code: (code, words)} of payments and runs."""
    items = RunItem.objects.filter(code__in=codes).select_related("run", "payment__to").order_by("pk")
    rows = _rows(list(items))
    found = {row.item.code: f"{row.name}, {pounds(row.pence)}, run {row.item.run.number}" for row in rows}
    for run in Run.objects.filter(code__in=codes).order_by("pk"):
        found[run.code] = f"All of run {run.number}, {pounds(run.pence)}"
    return {code: (code, words) for code, words in found.items()}


def sent_payments(organisation, since):
    """(Sents, SentRuns) of the runs that went to the bank on or after a day: what a statement is laid beside."""
    runs = Run.objects.filter(organisation=organisation, state__in=AT_THE_BANK, sent_on__gte=since)
    return _as_sent(runs), [SentRun(run.code, run.pence, run.sent_on) for run in runs.order_by("pk")]


def _as_sent(runs):
    """Sents of what is in these runs; some hundred read at a time."""
    items = RunItem.objects.filter(run__in=runs).exclude(state=ItemState.OUT).select_related("run", "payment__to")
    return [
        Sent(
            row.item.code, row.pence, row.item.run.sent_on, row.name, row.item.state == ItemState.ARRIVED,
            row.item.state == ItemState.BACK, row.item.run.code,
        )
        for some in batched(items.order_by("pk").iterator(chunk_size=AT_ONCE), AT_ONCE)
        for row in _rows(some)
    ]  # fmt: skip


def named_too_early(organisation, lines):
    """Runs, in order, that these lines name though nobody has said yet that the bank has them."""
    runs = Run.objects.filter(organisation=organisation, state=RunState.CONFIRMED).exclude(taken_at=None)
    if not runs.exists():
        return []
    sent = _as_sent(runs)
    codes = named_in(lines, sent, [SentRun(run.code, run.pence, run.pay_on) for run in runs])
    named = codes | {each.run for each in sent if each.code in codes}
    return [run for run in runs.order_by("pk") if run.code in named]


# --- pages of other rooms ---


def today(person, on):
    """Lines of the today page: runs that wait for this person, and lines of a statement that somebody has to look at."""
    if person is None or not paid_by(person).exists():
        return []
    pays = paid_by(person).order_by().values("pk")
    runs = runs_of(person).filter(organisation__in=pays)
    lines = [
        Line(f"Run {run.number} waits for your second look", _url(run), NEEDS, run.pay_on)
        for run in runs.filter(state=RunState.CHOSEN).exclude(chosen_by=person)
    ]
    lines += [
        Line(f"Run {run.number} is ready for the bank", _url(run), NEEDS, run.pay_on)
        for run in runs.filter(state=RunState.CONFIRMED)
    ]
    lines += [
        Line(f"Run {run.number} is with the bank. Bring in its statement", reverse("runs:all"), WAITS)
        for run in runs.filter(state=RunState.SENT)
    ]
    asked = open_lines(person).filter(organisation__in=pays).aggregate(count=Count("pk"), first=Min("statement"))
    if asked["count"]:
        plural = "line" if asked["count"] == 1 else "lines"
        url = reverse("runs:statement", args=[asked["first"]])
        lines.append(Line(f"{asked['count']} {plural} of the bank’s statement to look at", url, NEEDS))
    return lines


def _url(run):
    return reverse("runs:run", args=[run.pk])


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    items = RunItem.objects.filter(payment__to=person).select_related("run").order_by("pk")
    return {
        "payments in runs": [
            {"run": item.run.number, "reference": item.code, "pence": item.pence, "state": item.get_state_display(),
             "sent_on": item.run.sent_on, "settled_on": item.settled_on}
            for item in items
        ]
    }  # fmt: skip


# --- for `alongside verify` ---


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well."""
    return [
        *_other_currency(),
        *_unlike_items(),
        *_not_sent(),
        *_unlike_payments(),
        *append_only.missing(others=TRIGGERS),
    ]


def _other_currency():
    for model in (OurAccount.objects.filter(replaced_at=None), Run.objects):
        for row in model.exclude(currency=money.code()).order_by("pk"):
            yield f"{row._meta.verbose_name.capitalize()} {row.pk} is in {row.currency}, and this site is set to {money.code()}."


def _unlike_items():
    inside = RunItem.objects.exclude(state=ItemState.OUT).values("run")
    found = {row["run"]: row for row in inside.annotate(count=Count("pk"), sum=Sum("pence")).order_by()}
    for run in Run.objects.filter(state__in=CLOSED).order_by("pk"):
        row = found.get(run.pk, {"count": 0, "sum": 0})
        if (row["count"], row["sum"]) != (run.count, run.pence):
            yield f"Run {run.pk} says {run.count} payments and {run.pence}, and has {row['count']} and {row['sum']}."


def _not_sent():
    wrong = RunItem.objects.filter(run__state__in=AT_THE_BANK, state__in=LIVE, payment__sent_on=None)
    for pk in wrong.order_by("pk").values_list("payment", flat=True):
        yield f"Payment {pk} stands in a run that the bank has, and is not marked as sent."


def _unlike_payments():
    wrong = RunItem.objects.filter(state__in=LIVE, run__state__in=CLOSED).filter(~Q(pence=F("payment__pence")))
    for pk in wrong.order_by("pk").values_list("payment", flat=True):
        yield f"Payment {pk} has another sum than in its run."
    elsewhere = RunItem.objects.filter(state__in=LIVE).values_list("payment", "run", "payment__run_about")
    for pk, run, about in elsewhere.order_by("pk").iterator():
        if about != f"run:{run}":
            yield f"Payment {pk} stands in run {run}, and does not say so itself."
