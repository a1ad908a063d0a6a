"""How figures about days are shown to whom, whose turn something late is, and how a pack is put together."""

import json
import re
from collections import defaultdict
from textwrap import wrap
from urllib.parse import urlencode

from alongside.audits.states import (
    APPROVER,
    ARRIVED,
    BANK,
    BOTH,
    COVER,
    COVER_IN_WORDS,
    DETAILS,
    FILES,
    FROZEN,
    HELD,
    NONE,
    OF,
    PAYER,
    RECEIVER,
    WAITING,
    Cell,
    Figures,
    Late,
    Quarter,
)
from alongside.calculations import papers, small_numbers
from alongside.calculations.money import currency, pounds
from alongside.calculations.sheets import safe_rows as as_csv
from alongside.calculations.small_numbers import TOO_FEW
from alongside.calculations.times_to_pay import BANDS, Span, report
from alongside.design.states import day_words
from alongside.ledger.states import EntryKind
from alongside.payments.states import READY, Means, PaymentState
from alongside.refusals import Refusal, Refused

_QUARTER = re.compile(r"([0-9]{4})-?q([1-4])", re.IGNORECASE)


def quarter_of(day):
    """The Quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text):
    """The Quarter that somebody typed, such as 2026-Q4. Raises Refused in words."""
    found = _QUARTER.fullmatch(text.strip())
    if not found or not 2000 <= int(found[1]) <= 9000:
        raise Refused(Refusal("quarter", f"We could not read “{text}” as a quarter.", "Write it like 2026-Q4."))
    return Quarter(int(found[1]), int(found[2]))


def few(organisation):
    """Below how many people a number is hidden from readers who neither approve nor pay."""
    return max(small_numbers.K_OUTSIDE, organisation.small_number)


# --- days to pay ---


def of_kind(timed, of):
    """Those Timed that arrived, that wait, or all of them."""
    return [row for row in timed if of == BOTH or (row.arrived_on is not None) == (of == ARRIVED)]


def exact_rows(timed, asked):
    """The three Figures of some Timed for who approves or pays; each number opens its list.

    asked: {name: value} that every list of these is about, such as the quarter and the fund.
    """
    found = _reported(timed)
    return tuple(_exact(OF[of], of, getattr(found, kind), asked) for of, kind in _KINDS.items())


_KINDS = {BOTH: "both", ARRIVED: "arrived", WAITING: "waiting"}


def _reported(timed):
    return report(Span(row.days, row.arrived_on is not None) for row in timed)


def _exact(words, of, times, asked):
    def cell(count, **more):
        return Cell(f"{count:,}", "?" + urlencode(asked | {"of": of} | more)) if count else Cell(NONE)

    counts = zip(BANDS, (times.to_15, times.to_30, times.over_30), strict=True)
    bands = tuple(cell(count, band=name) for name, count in counts)
    return Figures(words, cell(times.count), bands, _days(times.median), _days(times.ninety))


def _days(days):
    if days is None:
        return NONE
    return f"{days:g} day{'' if days == 1 else 's'}"


def safe_rows(timed, k):
    """The three Figures of some Timed for other readers: small numbers hidden, with what would give them away.

    Arrived and waiting are shown both or neither, unless one of them is nobody's.
    """
    parts = {of: of_kind(timed, of) for of in OF}
    open_parts = _open_parts(parts, k)
    found = _reported(timed)
    return tuple(
        _safe(OF[of], getattr(found, kind), parts[of], k, shown=of in open_parts) for of, kind in _KINDS.items()
    )


def _open_parts(parts, k):
    """Which of all, arrived and waiting may be shown."""
    everybody = people_in(parts[BOTH])
    if len(everybody) < k:
        return set()
    halves = [people_in(parts[of]) for of in (ARRIVED, WAITING)]
    whole = not all(halves)
    each = all(small_numbers.may_show(len(half), len(everybody), k) for half in halves)
    return set(OF) if whole or each else {BOTH}


def people_in(timed):
    """The keys of the people whose money it is."""
    return {row.person_id for row in timed}


def _safe(words, times, timed, k, *, shown):
    if not timed and shown:
        return Figures(words, Cell(NONE), tuple(Cell(NONE) for _ in BANDS), NONE, NONE)
    if not shown:
        return Figures(words, Cell(TOO_FEW), tuple(Cell(TOO_FEW) for _ in BANDS), TOO_FEW, TOO_FEW)
    bands = _safe_bands(timed, k)
    ninety = TOO_FEW if bands[-1].shown == TOO_FEW else _days(times.ninety)  # it would say who is in the last band
    return Figures(words, Cell(_about(len(timed))), bands, _days(times.median), ninety)


def _about(count):
    return f"about {small_numbers.rounded5(count):,}"


def _safe_bands(timed, k):
    """A Cell for each band of a row that is shown; a hidden one takes the empty ones and the next smallest with it."""
    rows = {name: [row for row in timed if row.band == name] for name in BANDS}
    hidden = hidden_among({name: people_in(found) for name, found in rows.items()}, k)
    return tuple(
        Cell(TOO_FEW if name in hidden else _about(len(found)) if found else NONE) for name, found in rows.items()
    )


def hidden_among(people, k):
    """Names that stay hidden of {name: people in it}: too few in it or outside it, and what would bring those back.

    Where only one name has anybody in it, it says no more than the whole, and stays.
    """
    everybody = set().union(*people.values())
    some = {name: found for name, found in people.items() if found}
    if len(some) < 2:
        return set()
    hidden = {name for name, found in some.items() if not small_numbers.may_show(len(found), len(everybody), k)}
    if not hidden:
        return hidden
    hidden |= {name for name, found in people.items() if not found}
    left = sorted(set(people) - hidden, key=lambda name: (len(people[name]), name))
    while left and (len(hidden) < 2 or len(set().union(*(people[name] for name in hidden))) < k):
        hidden.add(left.pop(0))
    return hidden


def safe_fund_rows(by_fund, k):
    """{fund: the one row of Figures} for other readers: how many, middle and nine in ten, and no bands.

    Bands of a fund, taken from those of the whole, could point at a few people of another fund.
    """
    hidden = hidden_among({name: people_in(found) for name, found in by_fund.items()}, k)
    return {
        name: _without_bands(_safe(OF[BOTH], _reported(found).both, found, k, shown=_shows(name, found, hidden, k)))
        for name, found in by_fund.items()
    }


def _shows(name, found, hidden, k):
    return name not in hidden and len(people_in(found)) >= k


def _without_bands(row):
    return Figures(row.words, row.count, (), row.middle, row.ninety)


def by_fund(timed):
    """{(name, key) of a fund: its Timed}, by name; money without a fund last."""
    found = defaultdict(list)
    for row in timed:
        found[row.fund, row.fund_id].append(row)
    return dict(sorted(found.items(), key=lambda item: (item[0][1] is None, item[0][0], item[0][1] or 0)))


# --- what is late ---


def late(claim, on):
    """The Late of one Claim that is late on a day: whose turn, by name where one person has it."""
    turn, who = _turn(claim)
    return Late(claim, turn, who, (on - claim.due).days)


def _turn(claim):
    """(Turn, name or "") of a Claim. The sentence of the money pages and this say the same."""
    if claim.state == PaymentState.SENT:
        return (BANK, "") if claim.payment.means == Means.BANK else (RECEIVER, "")
    if claim.freeze:
        return FROZEN, claim.freeze.by.shown_name
    if claim.state == PaymentState.HELD:
        return HELD, claim.payment.held_by.shown_name
    if claim.state in READY:
        return (DETAILS, claim.offer.to.shown_name) if claim.next.of_person else (PAYER, "")
    return APPROVER, ""


# --- the audit pack: the same records on the same day give the same bytes ---

DIFFERS = "The payments here and the book differ by {}. Pack it again; if it stays so, run: alongside verify."


def amount(pence):
    """12.50 for 1250: no sign and no commas, so that a spreadsheet adds it up. Raises ValueError below nothing."""
    if pence < 0:
        raise ValueError(f"An amount in a file is never below nothing: {pence}")
    return f"{pence // 100}.{pence % 100:02d}"


def two_sides(pence):
    """(onto, out of) of what an account holds: one of the two is 0.00."""
    return amount(max(pence, 0)), amount(max(-pence, 0))


def table_file(name, rows):
    """Bytes of one table: its headings, UTF-8 with its mark for spreadsheets, no cell of which is a formula."""
    return as_csv([FILES[name], *rows]).encode("utf-8-sig")


def book_of_payments(entries):
    """{about: (paid, came back)} in pence of each payment in these entries of the book."""
    found = defaultdict(lambda: [0, 0])
    for row in entries:
        if row.what in (EntryKind.PAID, EntryKind.RETURNED) and row.pence > 0:
            found[row.regards][row.what == EntryKind.RETURNED] += row.pence
    return {about: tuple(pair) for about, pair in found.items()}


def sums_of(entries, before):
    """[(fund, account, held before, onto, out of)] in pence of each account, by fund then account.

    before: {(fund, account): pence} of what stood there earlier.
    """
    onto, out = defaultdict(int), defaultdict(int)
    for row in entries:
        (onto if row.pence > 0 else out)[row.fund, row.column] += abs(row.pence)
    return [(*key, before.get(key, 0), onto[key], out[key]) for key in sorted({*before, *onto, *out})]


def sums_on_cover(entries, listed):
    """({words: pence} for the cover, why payments and book differ or ""). listed: `payment:12` of each that is listed."""
    book = book_of_payments(entries)
    paid, back = (sum(pair[side] for pair in book.values()) for side in (0, 1))
    in_list = sum(book[about][0] - book[about][1] for about in listed if about in book)
    sums = {"Paid, by the book": paid, "Came back from the bank": back, "Paid in all": paid - back}
    return sums, "" if paid - back == in_list else DIFFERS.format(pounds(abs(paid - back - in_list)))


def cover_paper(scope, pack):
    """The cover as data for a paper: what it is about, its sums, and each file with its hash."""
    rows = [
        [each.name, "" if each.rows is None else f"{each.rows:,}", " ".join(wrap(each.sha256, 8))]
        for each in pack.files
    ]
    written = any(each.rows for each in pack.files if each.name == "ledger.csv")
    return {
        "title": "Audit pack", "lead": scope.organisation.name,
        "facts": [
            ["About", scope.words], ["As the records stood on", day_words(scope.on)],
            *([words, pounds(pence)] for words, pence in pack.sums.items()),
            ["Check", pack.differs or f"Payments and book agree to the {currency().part}."],
        ],
        "paragraphs": [
            *([] if written else ["Nothing was written in the book."]),
            "No file here says why a person is involved, or what the work was.",
            "Compare the SHA-256 of a file with the one below to see that nobody changed it.",
        ],
        "tables": [{"title": "What is in it", "heads": ["File", "Rows", "SHA-256"], "rows": rows}],
    }  # fmt: skip


def cover_file(paper):
    """(name, bytes) of the cover: a PDF, or plain text where this computer has no letters for a name in it."""
    try:
        return COVER, papers.pdf("sheet", paper)
    except papers.CannotSet:
        lines = [paper["title"], paper["lead"], "", *(f"{name}: {value}" for name, value in paper["facts"]), ""]
        lines += [*paper["paragraphs"], "", *("  ".join(row) for row in paper["tables"][0]["rows"])]
        return COVER_IN_WORDS, ("\n".join(lines) + "\n").encode()


def manifest_file(scope, pack):
    """Bytes of what every file of a pack is, for another program."""
    said = {
        "organisation": scope.organisation.name, "about": scope.words, "on": scope.on.isoformat(),
        "fund": scope.fund and scope.fund.name, "quarter": scope.quarter and scope.quarter.name,
        "pence": pack.sums, "payments_and_book_agree": not pack.differs,
        "files": [
            {"name": each.name, "rows": each.rows, "bytes": each.size, "sha256": each.sha256} for each in pack.files
        ],
    }  # fmt: skip
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()
