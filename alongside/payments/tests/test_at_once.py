"""Many hands at the same moment: each claim is paid once, whoever presses and however often.

SQLite lets one writer in at a time and so hides the race; there a small round shows that nobody is turned away with a
fault. The figures of the whole trial are for PostgreSQL: 200 claims, 32 threads, every thread at every claim.
"""

import http.client
import sqlite3
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing

import pytest
from django.db import connection, connections
from django.test import Client

from alongside.contributions.tests.factories import add
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payees.models import Payee
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.people.models import Login
from alongside.record import operations as record
from alongside.record import queries as journal
from alongside.refusals import Refused


@pytest.fixture
def kept(transactional_db, tmp_path):
    """Rows that other threads see. On SQLite in a file of its own: a database in memory cannot wait for its turn."""
    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    before, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "at-once.sqlite3")) as copy:
        before.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "at-once.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = before, name


def together(count, do):
    """Run do(number) in so many threads that start at the same moment; what each gave back, and the faults."""
    ready, given, faults = threading.Barrier(count), [None] * count, []

    def work(number):
        try:
            ready.wait()
            given[number] = do(number)
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given, faults


def press(token, do):
    """One press of a form: what it showed, or the code of the refusal."""
    try:
        return record.once(token=token, do=do)
    except Refused as stop:
        return stop.refusal.code


def everybody_pays(claims, threads, them, approvers, payers):
    """Every thread approves and sends every claim; half of them are second presses of the same form."""

    def work(number):
        seen = Counter()
        start = number * len(claims) // threads
        for part_id in claims[start:] + claims[:start]:
            twin = number // 2
            by, payer = approvers[twin % len(approvers)], payers[twin % len(payers)]
            done = press(f"a-{part_id}-{twin}", lambda o=part_id, p=by: operations.approve(part_id=o, by=p, at=AT).pk)
            sent = press(
                f"s-{part_id}-{twin}", lambda o=part_id, p=payer: operations.send(part_id=o, on=ON, by=p, at=AT).pk
            )
            seen[done if done in REFUSALS else "approved"] += 1
            seen[sent if sent in REFUSALS else "sent"] += 1
        return seen

    given, faults = together(threads, work)
    return sum(filter(None, given), Counter()), faults


TRIES = 50  # the test server takes few lines at a time
REFUSALS = {"state", "same-hand", "own-payment", "not-done"}


def crowd(them, kind, names):
    people = [add(name, them.organisation) for name in names]
    for person in people:
        organisations.ask_to(person=person, kind=kind, organisation=them.organisation, on=ON, at=AT)
    return people


def trial(claims, threads):
    them = factories.cast()
    approvers = [them.dee, *crowd(them, "APPROVER", ["Ann", "Ben"])]
    payers = [them.fay, *crowd(them, "PAYER", ["Pat", "Pip"])]
    them.asha.tell_by = "NONE"
    offers = [factories.part(factories.done(them)).pk for _ in range(claims)]
    seen, faults = everybody_pays(offers, threads, them, approvers, payers)
    assert faults == []
    assert set(seen) <= {"approved", "sent", "state"}
    assert Payment.objects.filter(state="PAID").count() == claims
    assert LedgerTransaction.objects.filter(kind="PAID").count() == claims
    assert LedgerTransaction.objects.filter(kind="OWED").count() == claims
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0
    assert queries.invariants() == []
    assert journal.first_broken_line() is None
    # The first press of each form that went through and its twin were both shown the same payment.
    assert (seen["approved"], seen["sent"]) == (2 * claims, 2 * claims)


@pytest.mark.postgres
@pytest.mark.slow
def test_200_claims_by_32_threads_are_each_paid_once(kept):
    trial(claims=200, threads=32)


def test_a_few_claims_by_a_few_threads_are_each_paid_once(kept):
    trial(claims=4, threads=4)


@pytest.mark.postgres
def test_without_tokens_the_database_itself_lets_one_through(kept):
    them = factories.cast()
    offers = [factories.part(factories.done(them)).pk for _ in range(20)]

    def work(number):
        codes = Counter()
        for part_id in offers:
            for do in (
                lambda o=part_id: operations.approve(part_id=o, by=them.dee, at=AT),
                lambda o=part_id: operations.send(part_id=o, on=ON, by=them.fay, at=AT),
            ):
                try:
                    do()
                    codes["done"] += 1
                except Refused as stop:
                    codes[stop.refusal.code] += 1
        return codes

    given, faults = together(16, work)
    assert faults == []
    assert sum(given, Counter())["done"] == 40
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 20


@pytest.mark.postgres
def test_a_hold_and_a_payment_at_once_leave_one_of_them(kept):
    them = factories.cast()
    offers = [factories.approved(them).part_id for _ in range(30)]

    def work(number):
        for part_id in offers:
            try:
                if number % 2:
                    operations.send(part_id=part_id, on=ON, by=them.fay, at=AT)
                else:
                    operations.hold(part_id=part_id, words="Wait", by=them.asha, at=AT)
            except Refused:
                pass

    _, faults = together(8, work)
    assert faults == []
    states = Counter(Payment.objects.values_list("state", flat=True))
    assert states["PAID"] + states["HELD"] == 30
    assert LedgerTransaction.objects.filter(kind="PAID").count() == states["PAID"]
    assert queries.invariants() == []


@pytest.mark.postgres
def test_two_runs_over_the_same_payments_take_each_once(kept):
    them = factories.cast()
    factories.with_payee(them.asha)
    payers = [them.fay, *crowd(them, "PAYER", ["Pat", "Pip"])]
    found = [factories.approved(them, method="BANK") for _ in range(20)]

    def work(number):
        run, payer = f"run:{number % 3}", payers[number % 3]
        taken = 0
        for payment in found[number:] + found[:number]:
            try:
                operations.take_into_run(payments=[payment], run_about=run, by=payer, at=AT)
                taken += 1
            except Refused:
                pass
        inside = list(queries.payments_in(run))
        operations.send_by_run(payments=inside, run_about=run, sent_on=ON, reference=run, by=payer, at=AT)
        return taken

    given, faults = together(9, work)
    assert faults == []
    assert sum(given) == 20
    for number in range(3):  # what another thread took after the last look
        run = f"run:{number}"
        inside = list(queries.payments_in(run))
        operations.send_by_run(payments=inside, run_about=run, sent_on=ON, reference="R", by=payers[number], at=AT)
    assert Payment.objects.filter(state="SENT").count() == 20
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 20
    assert queries.invariants() == []


@pytest.mark.postgres
def test_nothing_leaves_by_bank_from_the_moment_a_new_account_waits(kept):
    them = factories.cast()
    factories.with_payee(them.asha)
    found = [factories.approved(them, method="BANK").part_id for _ in range(20)]
    half, waits = len(found) // 2, threading.Event()  # set once the new account is in the database

    def work(number):
        said = Counter()
        if number == 0:
            new = {"name": "N", "sort_code": "200415", "account": "38290009"}
            payees.set_payee(person=them.asha, by=them.asha, at=AT, **new)
            waits.set()
            return said
        for place, part_id in enumerate(found):
            if place == half:
                waits.wait(60)
            late = waits.is_set()
            try:
                operations.send(part_id=part_id, on=ON, by=them.fay, at=AT)
                said[late, "sent"] += 1
            except Refused as stop:
                said[late, stop.refusal.code] += 1
        return said

    given, faults = together(8, work)
    assert faults == []
    said = sum(given, Counter())
    assert said[True, "sent"] == 0
    assert said[True, "payee-waits"] >= 7 * half
    assert said[False, "sent"] == Payment.objects.filter(state="SENT").count()
    assert LedgerTransaction.objects.filter(kind="PAID").count() == said[False, "sent"]
    assert Payment.objects.filter(state="APPROVED").count() >= half
    assert Payee.objects.filter(person=them.asha, replaced_at=None).count() == 2


@pytest.mark.postgres
def test_cash_of_one_box_handed_out_by_many_is_never_more_than_it_has(kept):
    them = factories.cast()
    fund, _ = factories.fund(them)
    ledger.move_float(fund_id=fund.pk, kind="IN", pence=5500 * 7, second=them.dee, by=them.fay, at=AT)
    found = [factories.approved(them).part_id for _ in range(20)]

    def work(number):
        codes = Counter()
        for part_id in found[number:] + found[:number]:
            try:
                operations.send(part_id=part_id, on=ON, by=them.fay, at=AT)
                codes["paid"] += 1
            except Refused as stop:
                codes[stop.refusal.code] += 1
        return codes

    given, faults = together(8, work)
    assert faults == []
    assert sum(given, Counter())["paid"] == 7
    assert funds.float_holds(fund) == 0
    assert queries.invariants() == []


@pytest.mark.postgres
def test_no_more_is_handed_back_by_many_than_was_paid_out(kept):
    them = factories.cast()
    fund, _ = factories.fund(them)
    factories.arrived(them)  # £55.00 in cash, of which no more than that can be left over

    def work(number):
        try:
            return ledger.move_float(
                fund_id=fund.pk, kind="LEFTOVER", pence=1000, second=them.dee, by=them.fay, at=AT
            ).pk
        except Refused as stop:
            return stop.refusal.code

    given, faults = together(16, work)
    assert faults == []
    assert given.count("not-paid") == 11
    assert (funds.float_holds(fund), funds.paid_from(fund)) == (5000, 500)
    assert queries.invariants() == []


# --- over real HTTP ---


def browser(person, server):
    """The cookies of a signed-in session with a second factor, for a plain HTTP client."""
    Login.objects.get_or_create(person=person, defaults={"email": f"{person.pk}@example.org"})
    client = Client()
    client.force_login(Login.objects.get(person=person))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": AT.timestamp()}]
    session.save()
    return f"session={session.session_key}; csrf={'c' * 32}"


def post(server, cookie, path, **fields):
    """Status of one POST; a redirect is not followed. A line that broke is tried again, with the same token."""
    host = urllib.parse.urlsplit(server.url)
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": "c" * 32, **fields})
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Referer": server.url}
    for _ in range(TRIES):
        line = http.client.HTTPConnection(host.hostname, host.port, timeout=60)
        try:
            line.request("POST", path, body, head)
            answer = line.getresponse()
            answer.read()
            return answer.status
        except ConnectionError:
            time.sleep(0.2)
        finally:
            line.close()
    return 0


@pytest.mark.postgres
@pytest.mark.slow
def test_32_browsers_that_pay_the_same_claims_pay_each_once(kept, live_server):
    them = factories.cast()
    offers = [factories.part(factories.done(them)).pk for _ in range(5)]
    dee, fay = browser(them.dee, live_server), browser(them.fay, live_server)

    def work(number):
        token = f"browser-{number // 2:010}"
        statuses = []
        for pk in offers:
            statuses.append(post(live_server, dee, f"/payments/{pk}/approve/", once=f"{token}-a{pk}"))
            sent = {"once": f"{token}-s{pk}", "on": "2026-11-02", "reference": "R", "receipt": "SIGNED"}
            statuses.append(post(live_server, fay, f"/payments/{pk}/send/", **sent))
        return statuses

    given, faults = together(32, work)
    assert faults == []
    # One token of sixteen wins each step of each claim, and its twin sees the first result; the others read a refusal.
    assert Counter(status for statuses in given for status in statuses) == {302: 2 * 2 * 5, 200: 30 * 2 * 5}
    assert Payment.objects.filter(state="PAID").count() == 5
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 5
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0
    assert queries.invariants() == []
