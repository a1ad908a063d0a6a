"""Files that people open in a spreadsheet: no cell in them may start to calculate."""

import csv
import io

# The full-width forms are here because some spreadsheets take them for the plain ones.
_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


def safe_cell(text):
    """The text with ' in front when a spreadsheet would take it for a formula."""
    text = str(text)
    return f"'{text}" if text.startswith(_STARTS) else text


def safe_rows(rows):
    """CSV text of rows of cells, every cell quoted and safe. Encode it as utf-8-sig, so that Excel reads the accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe_cell(cell).replace("\0", "") for cell in row] for row in rows)
    return out.getvalue()


def refused_csv(refused):
    """CSV text of refused rows: the line in the file, why it was refused, and the cells of the columns we take.

    Columns that we do not take (notes, addresses) stay out, because this file is kept until it is fetched.
    """
    refused = list(refused)
    headings = [heading for heading, _ in refused[0].cells] if refused else []
    rows = [["Line", "Why we could not take it", *headings]]
    rows += [[row.line, row.reason, *(text for _, text in row.cells)] for row in refused]
    return safe_rows(rows)
