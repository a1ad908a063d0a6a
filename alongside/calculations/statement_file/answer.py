"""pain.002, the bank's answer to a file of payments: what it accepted, and what it will not carry out and why.

Source: the message CustomerPaymentStatusReport of ISO 20022, versions pain.002.001.03 and later, which name the same
elements; its codes for states and reasons are external code lists of ISO 20022.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from alongside.calculations.statement_file.lines import LIMITS, refused
from alongside.calculations.statement_file.plain_xml import PlainXml

REPORT, GROUP, BLOCK, PAYMENT = "CstmrPmtStsRpt", "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts"
REJECTED = "RJCT"
STATES = {"GrpSts", "PmtInfSts", "TxSts"}
AMOUNT = re.compile(r"([0-9]{1,13})(?:\.([0-9]{1,2})0*)?")
MARKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
LOOK_AT = 4_000  # bytes in which the name of the message stands


@dataclass
class Said:
    """What the bank says of one payment, or of all together. code: our reference; pence: None where it says none."""

    code: str = ""
    state: str = ""
    reason: str = ""
    words: str = ""
    pence: int | None = None

    @property
    def rejected(self):
        """Whether the bank will not carry it out."""
        return self.state == REJECTED


@dataclass
class Answer:
    """The bank's answer to one file. of: the number of that file; whole: Saids about all of it; payments: about one."""

    of: str = ""
    kind_of: str = ""
    made_on: date | None = None
    count: int | None = None
    pence: int | None = None
    whole: list = field(default_factory=list)
    payments: list = field(default_factory=list)

    def not_carried_out(self, codes):
        """{code: Said} of those of our codes that the bank rejects: one by one, or all with the file."""
        whole = sorted((said for said in self.whole if said.rejected), key=lambda said: bool(said.reason))
        found = {code: said for said in whole for code in codes}
        return found | {said.code: said for said in self.payments if said.rejected}


def is_answer(data):
    """Whether a file is an answer of the bank, by the name of its message; nothing else in it is read."""
    begins = data[:LOOK_AT].lstrip(MARKS)
    return begins.startswith(b"<") and REPORT.encode() in begins.replace(b"\x00", b"")


def read_answer(data):
    """The Answer in a file's bytes. Raises Refused, in words; then nothing of it is taken."""
    if len(data) > LIMITS.bytes:
        raise refused("too-big")
    reader = _Pain002()
    reader.parse(data)
    return _whole(reader.answer)


def _whole(answer):
    """The same Answer when it can be taken: about a file of payments, each payment once, nothing said both ways."""
    if not answer.of or not (answer.whole or answer.payments):
        raise refused("answer-empty")
    if not answer.kind_of.startswith("pain.001"):
        raise refused("answer-other")
    codes = [said.code for said in answer.payments]
    if len(set(codes)) < len(codes) or "" in codes:
        raise refused("answer-unclear")
    other = any(said.state not in ("", REJECTED) for said in answer.payments)
    if other and any(said.rejected for said in answer.whole):
        raise refused("answer-unclear")
    return answer


class _Pain002(PlainXml):
    """Fills one Answer. `said` is what is told of now: all together, one block of it, or one payment."""

    def __init__(self):
        super().__init__()
        self.answer, self.said = Answer(), []

    def opened(self, local, _attributes):
        if local not in (GROUP, BLOCK, PAYMENT) or REPORT not in self.path:
            return
        self.said.append(Said())
        if local == PAYMENT:
            self.answer.payments.append(self.said[-1])
            if len(self.answer.payments) > LIMITS.lines:
                raise refused("too-many")
        else:
            self.answer.whole.append(self.said[-1])

    def ended(self, local):
        if local in (GROUP, BLOCK, PAYMENT) and self.said:
            self.said.pop()

    def closed(self, words):
        name, inside = self.path[-1], self.path[-2] if len(self.path) > 1 else ""
        if not words:
            return
        if name == "CreDtTm" and inside == "GrpHdr":
            self.answer.made_on = _day(words)
        elif inside == GROUP and name not in STATES:
            self._of_the_file(name, words)
        elif self.said:
            self._of_one(self.said[-1], name, inside, words)

    def _of_the_file(self, name, words):
        if name == "OrgnlMsgId":
            self.answer.of = words
        elif name == "OrgnlMsgNmId":
            self.answer.kind_of = words
        elif name == "OrgnlNbOfTxs":
            self.answer.count = int(words) if words.isascii() and words.isdecimal() and len(words) <= 15 else -1
        elif name == "OrgnlCtrlSum":
            self.answer.pence = _pence(words)

    def _of_one(self, said, name, inside, words):
        if name in STATES and inside in (GROUP, BLOCK, PAYMENT):
            said.state = words
        elif inside == "Rsn" and name in ("Cd", "Prtry"):
            said.reason = said.reason or words
        elif name == "AddtlInf" and inside == "StsRsnInf":
            said.words = f"{said.words} {words}".strip()[: LIMITS.text]
        elif name == "OrgnlEndToEndId" and inside == PAYMENT:
            said.code = words
        elif name == "InstdAmt":
            said.pence = _pence(words)


def _day(words):
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _pence(words):
    """Whole pence; -1 for a sum that cannot be one, so that it equals nothing of ours."""
    match = AMOUNT.fullmatch(words)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else -1
