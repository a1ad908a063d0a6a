"""Which kind of statement a file is; and the limits that hold before anything in it is read."""

from alongside.calculations.statement_file.camt import read_camt
from alongside.calculations.statement_file.lines import LIMITS, refused
from alongside.calculations.statement_file.table import read_table

MARKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # of the order of bytes, and white space
OTHER_FILES = {
    b"PK": "This is a spreadsheet or a packed file. Save the statement as CSV first.",
    b"%PDF": "This is a PDF, which is made for reading by eye.",
}


def read(data):
    """The Statement in a file's bytes. Raises Refused, in words, when nothing of it can be taken."""
    if len(data) > LIMITS.bytes:
        raise refused("too-big")
    begins = data[:200].lstrip(MARKS)
    if not begins:
        raise refused("empty")
    for mark, words in OTHER_FILES.items():
        if data.startswith(mark):
            raise refused("not-a-statement", words)
    statement = read_camt(data) if begins.startswith(b"<") else read_table(data)
    if not statement.lines and not statement.refused:
        raise refused("nothing")
    return statement
