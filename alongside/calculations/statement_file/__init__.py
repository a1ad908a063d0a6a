"""A bank's statement, read and laid beside what was sent: pure, in limits, nothing in it trusted.

    statement = read(data)                     camt.053 of any version, or CSV; raises Refused for the whole file
    finds = lay_beside(statement.lines, sent, runs)   what each line says of what we sent
    codes = named_in(statement.lines, sent, runs)     which of these it names at all
    answer = read_answer(data)                 pain.002, where is_answer(data): what the bank will not carry out, and why

Every line is either in `lines` or in `refused` with its reason. A line's mark is the same wherever the bank shows it
again, so the same line is never taken twice. Nothing is looked up, nothing outside the file is opened.
"""

from alongside.calculations.statement_file.answer import Answer, Said, is_answer, read_answer
from alongside.calculations.statement_file.lines import LIMITS, Limits, Line, RefusedLine, Statement
from alongside.calculations.statement_file.matching import Find, Sent, SentRun, Verdict, lay_beside, named_in
from alongside.calculations.statement_file.reading import read

__all__ = [
    "LIMITS",
    "Answer",
    "Find",
    "Limits",
    "Line",
    "RefusedLine",
    "Said",
    "Sent",
    "SentRun",
    "Statement",
    "Verdict",
    "is_answer",
    "lay_beside",
    "named_in",
    "read",
    "read_answer",
]
