"""Payments as CSV, in the columns of a bank's profile. Figures stand as figures, words in the bank's letters only."""

import csv
import io

from alongside.calculations.payment_file.letters import in_letters
from alongside.calculations.payment_file.orders import uk_account

DAYS = {"DDMMYYYY": "%d%m%Y", "DD/MM/YYYY": "%d/%m/%Y", "YYYY-MM-DD": "%Y-%m-%d", "YYYYMMDD": "%Y%m%d"}
AT_ONCE = 500


def pieces(profile, batch, orders):
    """The CSV file, some hundred lines at a time; lines end as Windows ends them, as the banks' guides show."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if profile.headings:
        writer.writerow(_placed(profile, [column.heading for column in profile.columns]))
    same = _same_in_all(profile, batch)
    for number, order in enumerate(orders, 1):
        writer.writerow(_placed(profile, _cells(profile, same, order)))
        if number % AT_ONCE == 0:
            yield _emptied(out)
    yield _emptied(out)


def _emptied(out):
    piece = out.getvalue().encode("ascii")
    out.seek(0)
    out.truncate()
    return piece


def _placed(profile, cells):
    row = [""] * profile.width
    for column, cell in zip(profile.columns, cells, strict=True):
        row[column.place - 1] = cell
    return row


def _same_in_all(profile, batch):
    sort_code, account = uk_account(batch.source)
    return {
        "our-sort-code": sort_code,
        "our-account": account,
        "our-sort-code-and-account": sort_code + account,
        "our-name": _words(profile, batch.source.name),
        "day": batch.pay_on.strftime(DAYS[profile.day_form]) if profile.day_form else "",
        "currency": profile.currency,
    }


def _cells(profile, same, order):
    sort_code, account = uk_account(order)
    said = same | {
        "sort-code": sort_code,
        "account": account,
        "name": _words(profile, order.name),
        "sum": written(order.pence) if profile.sum_form == "pounds" else str(order.pence),
        "reference": order.code,
    }
    return [column.fixed if column.field == "fixed" else said[column.field] for column in profile.columns]


def _words(profile, text):
    return in_letters(text, profile.letters, longest=profile.longest_name, capitals=profile.capitals)


def written(pence):
    """12.50 for 1250: what banks and XML want, without a sign and without a comma."""
    return f"{pence // 100}.{pence % 100:02d}"
