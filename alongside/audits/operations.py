"""Put an audit pack together, and note that it was taken. Nothing else is written; nothing of the pack is kept."""

import hashlib

from django.db import transaction

from alongside.audits import permissions, queries
from alongside.audits.policies import (
    amount,
    book_of_payments,
    cover_file,
    cover_paper,
    manifest_file,
    sums_of,
    sums_on_cover,
    table_file,
    two_sides,
)
from alongside.audits.states import BAND_WORDS, FILES, MANIFEST, OF, Pack
from alongside.calculations.archives import Archive
from alongside.calculations.times_to_pay import Span, report
from alongside.claims import queries as claims
from alongside.ledger.states import AccountKind, EntryKind
from alongside.organisations import queries as organisations
from alongside.payments.states import Means, PaymentState, Receipt
from alongside.record import operations as record
from alongside.refusals import stop_if
from alongside.runs.states import ItemState

STEPS = len(FILES) + 2  # the tables, the pictures, the cover with the manifest
A_PIECE = 1 << 20


def take(*, scope, out, by, at, pictures=False, step=lambda: None):
    """Write the audit pack of a Scope into an open file, and note it in the record. Returns the Pack.

    by: who approves or pays, or None where the installation itself makes it (then without pictures of receipts).
    step: called after each of the STEPS pieces. Raises Refused when a rule stands in the way. The pack is written
    before anything is noted, so that no lock is held meanwhile.
    """
    if by is not None:
        stop_if(permissions.why_not_take(scope.organisation, by=by))
    stop_if(permissions.why_not_scope(scope))
    pack = _written(scope, out, pictures and by is not None, step)
    _note(scope, pack, by, at)
    return pack


@transaction.atomic
def _note(scope, pack, by, at):
    record.note(
        what="audits.pack.taken", subject=scope.fund, by=by, at=at, organisation_id=scope.organisation.pk,
        quarter=scope.quarter.name if scope.quarter else "", size=pack.size, sha256=pack.sha256,
    )  # fmt: skip


def _written(scope, out, pictures, step):
    kept = queries.kept_for(scope)
    archive, proof = Archive(out), queries.proof_for(kept.offers)
    for name, rows in _tables(kept, proof, pictures):
        archive.put(name, table_file(name, rows), rows=len(rows))
        step()
    for name, data in _pictures(proof) if pictures else ():
        archive.put(name, data)
    step()
    sums, differs = sums_on_cover(kept.entries, {_in_book(row) for row in kept.payments.values()})
    archive.put(*cover_file(cover_paper(scope, Pack(tuple(archive.packed), sums, differs))))
    archive.put(MANIFEST, manifest_file(scope, Pack(tuple(archive.packed), sums, differs)))
    archive.close()
    step()
    return Pack(tuple(archive.packed), sums, differs, out.tell(), _digest(out))


def _digest(out):
    """SHA-256 of what was written, read back piece by piece."""
    found = hashlib.sha256()
    out.seek(0)
    while piece := out.read(A_PIECE):
        found.update(piece)
    return found.hexdigest()


# --- the tables: every row in a fixed order, and no word of what the work was ---


def _tables(kept, proof, pictures):
    """(name, rows) of each table, in the order of FILES."""
    runs = queries.runs_for(kept)
    timed = queries.timed_for(kept.scope)
    made = {
        "offers.csv": lambda: [_offer(row, kept) for row in kept.offers.values()],
        "yeses.csv": lambda: [_yes(row, kept) for row in kept.offers.values()],
        "receipts.csv": lambda: [_receipt(pk, line, pictures) for pk, lines in proof.items() for line in lines],
        "approvals.csv": lambda: [_approval(row, kept) for row in kept.payments.values() if row.approved_by],
        "payments.csv": lambda: _payments(kept),
        "runs.csv": lambda: [_run(run, kept.scope.organisation) for run in runs],
        "run-payments.csv": lambda: _run_payments(kept, runs),
        "statements.csv": lambda: [_bank_line(*pair, kept) for pair in queries.bank_lines_for(kept, runs)],
        "ledger.csv": lambda: [_entry(row, kept) for row in kept.entries],
        "ledger-sums.csv": lambda: [_sum(*row) for row in sums_of(kept.entries, kept.before)],
        "journal.csv": lambda: [_line(row, kept) for row in kept.journal],
        "days-to-pay.csv": lambda: [_timed(row) for row in timed],
        "days-to-pay-sums.csv": lambda: _times(timed),
    }
    return ((name, made[name]()) for name in FILES)


def _on(at, organisation):
    """The day of a moment where the organisation is, as 2026-11-02; "" for none."""
    return organisations.local_day(organisation, at).isoformat() if at else ""


def _words(*cells):
    return ["" if cell is None else cell for cell in cells]


def _in_book(payment):
    return f"payment:{payment.pk}"


def _offer(row, kept):
    here = kept.scope.organisation
    return _words(
        row.pk, kept.names[row.to], _on(row.made_at, here), kept.names[row.made_by], row.activity_on, row.minutes,
        amount(row.pay_pence), amount(row.costs_pence), amount(row.pence), row.fund_name, row.words, row.code,
        row.promised_on, row.replaces,
    )  # fmt: skip


def _yes(row, kept):
    here = kept.scope.organisation
    return _words(
        row.pk, kept.names[row.to], _on(row.answered_at, here), amount(row.accepted_pence), Means(row.method).label,
        row.done_on, _on(row.done_at, here), kept.names[row.done_by],
    )  # fmt: skip


def _receipt(offer, line, pictures):
    picture = ""
    if line.receipt:
        kept = _picture_name(line.receipt) if pictures else "kept, not in this pack"
        picture = "thrown away" if line.receipt.thrown_at else kept
    digest = line.receipt.digest if line.receipt else ""
    return [offer, line.claim_id, line.get_kind_display(), line.count, amount(line.pence), picture, digest]


def _picture_name(receipt):
    return f"receipts/receipt-{receipt.pk}.jpg"


def _pictures(proof):
    """(name, bytes) of each picture that is still there, by number."""
    found = {line.receipt.pk: line.receipt for lines in proof.values() for line in lines if line.receipt}
    for _, receipt in sorted(found.items()):
        data = None if receipt.thrown_at else claims.read_file(receipt.file)
        if data is not None:
            yield _picture_name(receipt), data


def _approval(row, kept):
    here = kept.scope.organisation
    return _words(
        row.part, _in_book(row), _on(row.approved_at, here), kept.names[row.approved_by], amount(row.pence),
        row.fund_name, row.words, row.code, _on(row.held_at, here), kept.names[row.held_by], row.held_until,
    )  # fmt: skip


def _payments(kept):
    book = book_of_payments(kept.entries)
    return [_part(part, kept.payments.get(part.pk), kept, book) for part in kept.parts.values()]


def _part(part, payment, kept, book):
    """One part of money; of one that nobody has looked at yet, that it is due."""
    offer = kept.offers[part.offer]
    # To whom a gift went may say why its giver is involved: that stands on their own receipt only.
    paid_to = offer.provider or ("whom they named" if offer.given_to else kept.names[offer.to])
    first = [part.pk, payment and _in_book(payment), part.offer, kept.names[offer.to], paid_to]
    wanted = [offer.promised_on, part.from_on]
    if payment is None:
        due = [amount(part.pence), Means(offer.method).label, PaymentState.DUE.label, *wanted]
        return _words(*first, *due, *[None] * 7, amount(0), amount(0))
    paid, back = book.get(_in_book(payment), (0, 0))
    return _words(
        *first, amount(payment.pence), Means(payment.means).label, PaymentState(payment.state).label, *wanted,
        payment.sent_on, kept.names[payment.sent_by], payment.reference,
        payment.receipt and Receipt(payment.receipt).label, kept.names[payment.witness], payment.arrived_on,
        payment.times, amount(paid), amount(back),
    )  # fmt: skip


def _run(run, here):
    return _words(
        run.number, run.code, run.pay_on, run.count, amount(run.pence), run.get_state_display(),
        run.chosen_by.shown_name, _on(run.chosen_at, here), run.confirmed_by and run.confirmed_by.shown_name,
        _on(run.confirmed_at, here), run.sent_on, run.sent_by and run.sent_by.shown_name, run.sha256,
        run.ended_words,
    )  # fmt: skip


def _run_payments(kept, runs):
    numbers = {run.pk: run.number for run in runs}
    return [
        _words(numbers[row.run], row.place, row.code, row.part, amount(row.pence), ItemState(row.state).label,
               row.settled_on)
        for row in kept.items
    ]  # fmt: skip


def _bank_line(line, codes, kept):
    brought = line.statement
    came, went = two_sides(line.pence)
    return _words(
        brought.pk, line.pk, _on(brought.at, kept.scope.organisation), brought.by.shown_name, brought.sha256, line.on,
        went, came, line.get_state_display(), " ".join(codes),
    )  # fmt: skip


def _entry(row, kept):
    return _words(
        row.transaction, _on(row.at, kept.scope.organisation), kept.names[row.by], EntryKind(row.what).label,
        row.regards, row.currency, row.fund, AccountKind(row.column).label, row.words, row.code, *two_sides(row.pence),
    )  # fmt: skip


def _sum(fund, column, before, onto, out):
    after = two_sides(before + onto - out)
    return [fund, AccountKind(column).label, *two_sides(before), amount(onto), amount(out), *after]


def _line(line, kept):
    """One line of the journal: its numbers and hashes. Words that a line might carry stay where they are."""
    known = {name: said for name, said in sorted(line.facts.items()) if isinstance(said, int) or name == "sha256"}
    figures = "; ".join(f"{name}={said}" for name, said in known.items())
    return [line.pk, line.at.isoformat(timespec="seconds"), line.what, line.subject, kept.names.get(line.by_person, ""),
            figures, line.digest]  # fmt: skip


def _timed(row):
    waits = "" if row.arrived_on else "yes"
    return _words(
        row.part_id, row.fund, row.worked_on, row.arrived_on, row.later_on, row.days, BAND_WORDS[row.band], waits
    )


def _times(timed):
    found = report(Span(row.days, row.arrived_on is not None) for row in timed)
    return [
        _words(words, each.count, each.to_15, each.to_30, each.over_30, each.median, each.ninety, each.longest)
        for words, each in zip(OF.values(), (found.both, found.arrived, found.waiting), strict=True)
    ]
