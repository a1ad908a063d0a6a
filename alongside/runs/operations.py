"""How a run goes: chosen, confirmed by a second person, fetched, given to the bank, and what the bank says back.

Locks are taken in one order: the account of the organisation, the run, then payments in the order of their keys (the
room of payments sees to these). The file is never kept. It is made at confirming to know its hash, and again for each
fetching; a file that would differ by one byte is refused.
"""

import hashlib
import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import batched, groupby

from django.db import transaction

from alongside.calculations import content, money, statement_file
from alongside.calculations.money import pounds
from alongside.calculations.payment_file import Batch, Order, pieces, why_not_profile
from alongside.calculations.statement_file import Verdict
from alongside.design.states import day_words
from alongside.organisations import queries as organisations
from alongside.payments import operations as payments
from alongside.payments import queries as paid
from alongside.payments.states import GONE
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if
from alongside.runs import permissions, queries
from alongside.runs.models import OurAccount, Run, RunItem, StatementIn, StatementLine
from alongside.runs.policies import (
    all_that_stand,
    answer_mark,
    answer_words,
    back_words,
    is_ours,
    lock_account,
    new_code,
    open_account,
    run_about,
)
from alongside.runs.states import LIVE, ItemState, LineState, RunState

LOOK_BACK = timedelta(days=400)
AT_ONCE = 500
IN_MEMORY = 2_000_000
ARRIVED = "It arrived by an earlier statement, and now the bank says that it was not carried out."
OWN = "It is the money of who brought this in, so somebody else who pays says what it is."


def _note(what, run, by, at, **facts):
    record.note(what=what, subject=run, by=by, at=at, organisation_id=run.organisation_id, **facts)


def _locked(run_id):
    """The Run, locked; with its organisation and account."""
    return Run.objects.select_for_update(of=("self",)).select_related("organisation", "account").get(pk=run_id)


def _today(row, at):
    return organisations.local_day(row.organisation, at)


def _save(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


# --- the account that pays ---


@transaction.atomic
def set_our_account(*, organisation, currency, account, bank_file, by, at):
    """Keep which account pays a currency (a FromAccount), locked, and which file its bank takes.

    Raises Refused when the account is not whole. Runs that were made from the one before keep it.
    """
    stop_if(permissions.why_not_pay(organisation, by=by))
    stop_if(permissions.why_not_currency(currency))
    profile = content.bank_file(bank_file)
    stop_if(_why_not_file(profile, currency))
    stop_if(why_not_profile(profile, count=1, source=account))
    OurAccount.objects.filter(organisation=organisation, currency=currency, replaced_at=None).update(replaced_at=at)
    ours = OurAccount(
        organisation=organisation, currency=currency, name=account.name.strip(), bank_file=profile.id, made_at=at,
        made_by=by, last_figures=(account.account or account.iban)[-4:],
    )  # fmt: skip
    ours.sealed = lock_account(account, ours.token)
    ours.save()
    record.note(what="runs.account.set", subject=ours, by=by, at=at, organisation_id=organisation.pk)
    return ours


def _why_not_file(profile, currency):
    if profile.currency == currency:
        return None
    return Refusal("file-currency", f"That file carries {profile.currency}, not {currency}.", "Choose another file.")


# --- choosing ---


@transaction.atomic
def choose(*, organisation, currency, payment_ids, pay_on, by, at, step=lambda: None):
    """Make a run of these payments, to be paid on a day. They stand in no other run from now on.

    step: called once for each payment, for who watches.

    Raises Refused when one of them cannot be paid any more, or cannot be paid by this person.
    """
    stop_if(permissions.why_not_currency(currency))
    account = _account(organisation, currency)
    stop_if(permissions.why_not_choose(organisation, account, by=by))
    today = organisations.local_day(organisation, at)
    stop_if(permissions.why_not_day(pay_on, today))
    wanted = set(payment_ids)
    ready = paid.payable(organisation, today)
    chosen = [each for each in ready if each.payment.pk in wanted and each.currency == currency]
    if not chosen or len(chosen) != len(wanted):
        raise Refused(Refusal("gone", "Some of these cannot be paid any more, or none was chosen.", "Look again."))
    rows = [each.payment for each in chosen]
    stop_if(permissions.why_not_hands(queries.hands_over(rows), by=by))
    run = _made(account, chosen, pay_on, by, at)
    payments.take_into_run(payments=rows, run_about=run_about(run), by=by, at=at, step=step)
    _note("runs.run.chosen", run, by, at, count=run.count, pence=run.pence)
    return run


def _account(organisation, currency):
    """The account that pays, locked, so that two runs of an organisation are made one after the other."""
    rows = OurAccount.objects.select_for_update().filter(organisation=organisation, replaced_at=None).order_by("pk")
    return next((row for row in rows if row.currency == currency), None)


def _made(account, chosen, pay_on, by, at):
    run = Run.objects.create(
        organisation=account.organisation, account=account, currency=account.currency, bank_file=account.bank_file,
        number=Run.objects.filter(organisation=account.organisation).count() + 1, code=new_code(), pay_on=pay_on,
        count=len(chosen), pence=sum(each.pence for each in chosen), chosen_at=at, chosen_by=by,
    )  # fmt: skip
    for some in batched(enumerate(chosen, 1), AT_ONCE):
        RunItem.objects.bulk_create(
            RunItem(run=run, payment=each.payment, place=place, code=new_code(), pence=each.pence)
            for place, each in some
        )
    return run


@transaction.atomic
def take_out(*, item_id, by, at):
    """Take one payment out of a run that nobody has confirmed; it can be paid by another run."""
    item = RunItem.objects.select_related("payment").get(pk=item_id)
    run = _locked(item.run_id)
    stop_if(permissions.why_not_take_out(run, by=by))
    if RunItem.objects.filter(pk=item.pk, state=ItemState.IN).update(state=ItemState.OUT):
        payments.take_out_of_run(payments=[item.payment], run_about=run_about(run), by=by, at=at)
        _save(run, count=run.count - 1, pence=run.pence - item.pence)
        _note("runs.item.taken_out", run, by, at, place=item.place)
    return run


@transaction.atomic
def cancel(*, run_id, by, at, words=""):
    """Cancel a run that the bank does not have. Its payments can be paid by another run.

    words: how it is known that the bank does not have it, once the file was fetched.
    """
    run = _locked(run_id)
    stop_if(permissions.why_not_cancel(run, by=by, words=words))
    payments.take_out_of_run(payments=_payments(run), run_about=run_about(run), by=by, at=at)
    RunItem.objects.filter(run=run, state=ItemState.IN).update(state=ItemState.OUT)
    _save(run, state=RunState.CANCELLED, ended_at=at, ended_by=by, ended_words=words.strip())
    _note("runs.run.cancelled", run, by, at)
    return run


def _payments(run):
    """The Payments of a run, one after the other, so that memory stays small."""
    return (item.payment for item in queries.items_of(run).iterator(chunk_size=AT_ONCE))


# --- the second person, and the file ---


@transaction.atomic
def confirm(*, run_id, by, at, step=lambda: None):
    """Confirm a run as its second person. What is in it, and the hash of its file, stand from now on.

    step: called once for each payment, for who watches. Raises Refused, naming whom, when a payment cannot stand in
    the file; then nothing has changed.
    """
    run = _locked(run_id)
    stop_if(permissions.why_not_confirm(run, queries.hands_in(run), by=by, on=_today(run, at)))
    digest, size = hashlib.sha256(), 0
    for piece in _file(run, by, at, at, step):
        digest.update(piece)
        size += len(piece)
    _save(run, state=RunState.CONFIRMED, confirmed_by=by, confirmed_at=at, sha256=digest.hexdigest(), size=size)
    _note("runs.run.confirmed", run, by, at, count=run.count, pence=run.pence, sha256=run.sha256)
    return run


@transaction.atomic
def fetch(*, run_id, by, at, step=lambda: None):
    """The file of a run, as an open file at its beginning; each fetching is in the record.

    Always the same bytes. Raises Refused when they would differ from what was confirmed.
    """
    run = _locked(run_id)
    stop_if(permissions.why_not_fetch(run, by=by, on=_today(run, at)))
    digest, file = hashlib.sha256(), tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes
    for piece in _file(run, by, at, run.confirmed_at, step):
        digest.update(piece)
        file.write(piece)
    if digest.hexdigest() != run.sha256:
        file.close()
        raise Refused(permissions.changed(queries.changed_since(run)))
    _save(run, taken_at=at, taken_by=by)
    _note("runs.file.fetched", run, by, at, count=run.count, sha256=run.sha256)
    file.seek(0)
    return file


def _file(run, by, at, made_at, step):
    """The file of a run in pieces. at: when the accounts are opened; made_at: when the file says it was made."""
    profile = content.bank_file(run.bank_file)
    source = open_account(run.account)
    batch = Batch(run.code, made_at, run.pay_on, run.count, run.pence, source)
    yield from pieces(profile, batch, all_that_stand(_orders(run, by, at, step), profile))


def _orders(run, by, at, step):
    """An Order for each payment of a run, its account opened; some hundred at a time, so that memory stays small."""
    rows = queries.items_of(run).select_related("payment__to", "payment__part__offer__initiative")
    for items in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        opened = payments.open_all_for_file([item.payment for item in items], run_about=run_about(run), by=by, at=at)
        for item in items:
            details = opened[item.payment_id]
            step()
            yield Order(
                item.code, details.name, item.pence, run.currency, sort_code=details.sort_code,
                account=details.account, iban=details.iban, bic=details.bic,
            )  # fmt: skip


@transaction.atomic
def send(*, run_id, on, by, at, step=lambda: None):
    """Say that the bank got the file on a day: every payment of the run is sent, written in the book, and told.

    All of it or nothing. Raises Refused when a rule stands in the way.
    """
    run = _locked(run_id)
    stop_if(permissions.why_not_send(run, queries.hands_in(run), by=by))
    if not organisations.local_day(run.organisation, run.confirmed_at) <= on <= _today(run, at):
        raise Refused(Refusal("day", "The bank got it between the day it was confirmed and today.", "Look again."))
    codes = dict(queries.items_of(run).values_list("payment", "code"))
    payments.send_by_run(
        payments=_payments(run), run_about=run_about(run), references=codes, reference=run.code, sent_on=on, by=by,
        at=at, step=step,
    )  # fmt: skip
    _save(run, state=RunState.SENT, sent_on=on, sent_by=by, sent_at=at)
    _note("runs.run.sent", run, by, at, count=run.count, pence=run.pence)
    return run


# --- what the bank says back ---


def bring_in(*, organisation, data, by, at):
    """Read a bank's statement, or its answer to a file (pain.002), and mark what it says of our payments.

    Returns the StatementIn.

    The same file again changes nothing and returns the first; so does each line that another file had already. Raises
    Refused for a file that is no statement of this organisation's account.
    """
    stop_if(permissions.why_not_pay(organisation, by=by))
    digest = hashlib.sha256(data).hexdigest()
    if known := StatementIn.objects.filter(organisation=organisation, sha256=digest).first():
        return known
    if statement_file.is_answer(data):
        return _take_answer(organisation, digest, statement_file.read_answer(data), by, at)
    statement = statement_file.read(data)
    return _take_in(organisation, digest, statement, by, at)


def _accounts(organisation):
    """All its accounts, locked, so that what the bank says is taken in one after the other."""
    return list(OurAccount.objects.select_for_update().filter(organisation=organisation).order_by("pk"))


@transaction.atomic
def _take_in(organisation, digest, statement, by, at):
    accounts = [open_account(ours) for ours in _accounts(organisation)]
    stop_if(permissions.why_not_ours(accounts, statement.account))
    if known := StatementIn.objects.filter(organisation=organisation, sha256=digest).first():
        return known  # somebody else brought it in while we read
    today = organisations.local_day(organisation, at)
    come = _come(statement, today)
    fresh = _fresh(organisation, come)
    stop_if(permissions.why_not_named(queries.named_too_early(organisation, fresh)))
    sent, runs = queries.sent_payments(organisation, today - LOOK_BACK)
    finds = _not_by_whose_it_is(organisation, statement_file.lay_beside(fresh, sent, runs), by)
    ours = [find for find in finds if find.verdict != Verdict.OTHER]
    kept = StatementIn.objects.create(
        organisation=organisation, sha256=digest, kind=statement.kind, lines=len(statement.lines), by=by, at=at,
        known=len(come) - len(fresh), others=len(fresh) - len(ours),
        refused=[[line.number, line.reason] for line in statement.refused],
    )  # fmt: skip
    for some in batched(ours, AT_ONCE):
        StatementLine.objects.bulk_create(_line(kept, find) for find in some)
    _apply(organisation, ours, by, at)
    _finish(organisation, by, at)
    record.note(what="runs.statement.brought_in", subject=kept, by=by, at=at, organisation_id=organisation.pk,
                lines=kept.lines, ours=len(ours))  # fmt: skip
    return kept


@transaction.atomic
def _take_answer(organisation, digest, answer, by, at):
    """What the bank did not carry out is owed again. What it accepted waits for the statement, which alone says paid."""
    _accounts(organisation)
    if known := StatementIn.objects.filter(organisation=organisation, sha256=digest).first():
        return known
    run = Run.objects.select_for_update(of=("self",)).filter(organisation=organisation, code=answer.of).first()
    items = {item.code: item for item in queries.items_of(run).select_related("run")} if run else {}
    stop_if(permissions.why_not_take_answer(run, answer, items))
    rejected = answer.not_carried_out(items)
    said_before = StatementLine.objects.filter(organisation=organisation, statement__kind=queries.ANSWER)
    marks = set(said_before.values_list("mark", flat=True))
    fresh = [code for code in rejected if answer_mark(code) not in marks and items[code].state != ItemState.BACK]
    kept = StatementIn.objects.create(
        organisation=organisation, sha256=digest, kind=queries.ANSWER, lines=len(answer.payments) or run.count,
        known=len(rejected) - len(fresh), others=run.count - len(rejected), refused=[], by=by, at=at,
    )  # fmt: skip
    today = organisations.local_day(organisation, at)
    on = min(max(answer.made_on or today, run.sent_on), today)
    for code in fresh:
        _not_carried_out(kept, items[code], rejected[code], is_ours(rejected[code], answer), on)
    _finish(organisation, by, at)
    record.note(what="runs.answer.brought_in", subject=kept, by=by, at=at, organisation_id=organisation.pk,
                run=run.pk, rejected=len(fresh))  # fmt: skip
    return kept


def _not_carried_out(kept, item, said, ours, on):
    """Owed again; of money that arrived by an earlier statement, or is that of who reads the answer, a person decides."""
    words = answer_words(said)
    why = ARRIVED if item.state == ItemState.ARRIVED else OWN if item.payment.to_id == kept.by_id else ""
    StatementLine.objects.create(
        statement=kept, organisation=kept.organisation, mark=answer_mark(item.code), on=on, pence=item.pence,
        state=LineState.ASK if why else LineState.BACK, codes=item.code, words=words[:200] if why else "", why=why,
    )  # fmt: skip
    if not why and item.payment.state in GONE:
        told = f"The bank did not carry out {pounds(item.pence)}, it said on {day_words(on)}. {words}"
        _back(item, on, told, kept.by, kept.at, ours=ours, told_by_bank=True)


def _come(statement, today):
    """The lines whose day has come, in the site's currency; the others are refused with the reason."""
    taken = []
    for line in statement.lines:
        if reason := _why_not_line(line, today):
            statement.refuse(line.number, reason)
        else:
            taken.append(line)
    return taken


def _why_not_line(line, today):
    if line.on > today:
        return "That day has not come yet."
    if line.currency and line.currency != money.code():
        return f"This is in {line.currency}. We keep {money.currency().many} here."
    return ""


def _fresh(organisation, lines):
    """Those lines whose mark no statement of the organisation had before."""
    known = set()
    marks = [line.mark for line in lines]
    for start in range(0, len(marks), AT_ONCE):
        rows = StatementLine.objects.filter(organisation=organisation, mark__in=marks[start : start + AT_ONCE])
        known.update(rows.values_list("mark", flat=True))
    return [line for line in lines if line.mark not in known]


def _not_by_whose_it_is(organisation, finds, by):
    """The Finds, where money that came back to us from who brings in the statement waits for somebody else's look."""
    codes = [code for find in finds if find.verdict == Verdict.BACK for code in find.codes]
    own = set(_items(organisation, code__in=codes, payment__to=by).values_list("code", flat=True)) if codes else ()
    return [
        replace(find, verdict=Verdict.ASK, why=OWN) if find.verdict == Verdict.BACK and own.intersection(find.codes)
        else find
        for find in finds
    ]  # fmt: skip


STATES = {Verdict.PAID: LineState.PAID, Verdict.RUN_PAID: LineState.PAID, Verdict.BACK: LineState.BACK}


def _line(kept, find):
    line, asks = find.line, find.verdict == Verdict.ASK
    return StatementLine(
        statement=kept, organisation=kept.organisation, mark=line.mark, on=line.on, pence=line.pence, why=find.why,
        state=STATES.get(find.verdict, LineState.ASK), words=f"{line.name} {line.text}".strip()[:200] if asks else "",
        codes=" ".join(find.codes),
    )  # fmt: skip


def _apply(organisation, finds, by, at):
    """Do what the lines say, in their order; what they show as paid some hundred payments at a time."""
    for back, some in groupby(finds, key=lambda find: find.verdict == Verdict.BACK):
        if back:
            for find in some:
                why = back_words(find.line.reason, find.line.text)
                _came_back(_items(organisation, code__in=find.codes), find.line.on, why, by, at, told_by_bank=True)
            continue
        days = _days_of(organisation, some)
        for codes in batched(days, AT_ONCE):
            _arrived(_items(organisation, code__in=codes), {code: days[code] for code in codes}, by, at)


def _days_of(organisation, finds):
    """{code of a payment: day on which the bank shows it as paid} by these lines, each once; of a whole run, all of it."""
    days = {}
    for find in finds:
        codes = find.codes if find.verdict == Verdict.PAID else ()
        if find.verdict == Verdict.RUN_PAID:
            codes = _items(organisation, run__code__in=find.codes).values_list("code", flat=True)
        for code in codes:
            days.setdefault(code, find.line.on)
    return days


def _items(organisation, **which):
    """Items of the organisation's runs that the bank has, in order, with payment and run."""
    found = RunItem.objects.select_related("payment", "run").filter(run__organisation=organisation, **which)
    return found.filter(run__state__in=queries.AT_THE_BANK).order_by("pk")


def _arrived(items, days, by, at):
    """Mark those of these items that are on their way as arrived. days: {code: day on which the bank shows it}."""
    there = {item.code: item for item in items.filter(state=ItemState.IN, payment__state__in=GONE)}
    found = [(there[code], on) for code, on in days.items() if code in there]
    together = defaultdict(list)
    for item, on in found:
        together[on].append(item.pk)
    for on, pks in together.items():
        RunItem.objects.filter(pk__in=pks).update(state=ItemState.ARRIVED, settled_on=on)
    on_days = [(item.payment, max(on, item.run.sent_on)) for item, on in found]
    payments.mark_many_arrived(days=on_days, by=by, at=at)


def _came_back(items, on, why, by, at, **said):
    for item in items.filter(state__in=LIVE, payment__state__in=GONE):
        _back(item, on, f"{why} By the bank’s own day it was {day_words(on)}.", by, at, **said)


def _back(item, on, words, by, at, **said):
    """Of one payment of a run: it came back on a day, and is owed again. said: as `payments.came_back` takes it."""
    _save(item, state=ItemState.BACK, settled_on=on)
    payments.came_back(payment=item.payment, words=words, by=by, at=at, run_about=run_about(item.run), **said)


@transaction.atomic
def say_back(*, item_id, words, by, at):
    """Say, without a statement, that the bank sent one payment of a run back today. words: what the bank said."""
    found = RunItem.objects.select_related("payment", "run__organisation")
    _accounts(found.get(pk=item_id).run.organisation)
    item = found.get(pk=item_id)
    run = item.run
    stop_if(permissions.why_not_say_back(run, item, by=by, words=words))
    _back(item, _today(run, at), words, by, at)
    _note("runs.item.came_back", run, by, at, place=item.place)
    _finish(run.organisation, by, at)
    return run


def _finish(organisation, by, at):
    """Say of every run that it is finished when the bank has answered for each of its payments."""
    for run in Run.objects.filter(organisation=organisation, state=RunState.SENT).order_by("pk"):
        if not RunItem.objects.filter(run=run, state=ItemState.IN).exists():
            _save(run, state=RunState.DONE, ended_at=at, ended_by=by)
            _note("runs.run.finished", run, by, at)


@transaction.atomic
def settle_line(*, line_id, code, by, at):
    """Answer what a line of a statement is: one of its payments or its run, by code; or "" for none of ours."""
    _accounts(StatementLine.objects.select_related("organisation").get(pk=line_id).organisation)
    line = StatementLine.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=line_id)
    stop_if(permissions.why_not_pay(line.organisation, by=by))
    if line.state != LineState.ASK:
        raise Refused(Refusal("state", "Somebody has answered this already."))
    if code and code not in line.codes.split():
        raise Refused(Refusal("code", "Choose one of those shown."))
    state = LineState.NOT_OURS
    if code:
        state = LineState.PAID if line.pence < 0 else LineState.BACK
        which = _items(line.organisation, code=code) or _items(line.organisation, run__code=code)
        if state == LineState.PAID:
            _arrived(which, {item.code: line.on for item in which}, by, at)
        else:
            _came_back(which, line.on, back_words("", line.words), by, at)
    _save(line, state=state, words="", codes=code, settled_by=by, settled_at=at)
    _finish(line.organisation, by, at)
    _note("runs.line.settled", line, by, at, state=str(state))
    return line


@transaction.atomic
def erase_words(*, person, at):
    """Nothing here holds a person's own words; lines of statements that may be about them lose the bank's words."""
    theirs = set(RunItem.objects.filter(payment__to=person).values_list("code", flat=True))
    asked = StatementLine.objects.filter(state=LineState.ASK).exclude(words="").values_list("pk", "codes")
    about = [pk for pk, codes in asked.order_by("pk") if theirs.intersection(codes.split())]
    for some in batched(about, AT_ONCE):
        StatementLine.objects.filter(pk__in=some).update(words="")
    record.note(what="runs.words.erased", subject=person, at=at)
