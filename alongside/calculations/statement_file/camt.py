"""camt.053, the statement of ISO 20022: read in one pass, entry by entry, whatever its version and namespace.

Source: the published schemas camt.053.001.02 and .08; where they differ (the state of an entry, the names of parties)
both are read.
"""

import re
from datetime import date

from alongside.calculations.statement_file.lines import (
    FIRST_YEAR,
    LAST_YEAR,
    LIMITS,
    MOST_PENCE,
    RETURN_WORDS,
    Statement,
    refused,
)
from alongside.calculations.statement_file.plain_xml import PlainXml

ENTRY, DETAIL = "Ntry", "TxDtls"
OTHER_MESSAGES = {"BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"}
SENT_BACK = {"RRTN", "ARET", "RPCR"}  # of BkTxCd: a return, a return in a batch, taken back at the payer's wish
AMOUNT = re.compile(r"([0-9]{1,13})(?:\.([0-9]{1,5}))?")
TEXTS = (
    "Refs/EndToEndId", "Refs/InstrId", "Refs/PmtInfId", "Refs/MsgId", "Refs/TxId", "RmtInf/Ustrd",
    "RmtInf/Strd/CdtrRefInf/Ref", "AddtlTxInf", "NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId", "AddtlNtryInf",
    "NtryRef", "AcctSvcrRef",
)  # fmt: skip
ACCOUNTS = (["Stmt", "Acct", "Id", "IBAN"], ["Acct", "Id", "Othr", "Id"])
NAMES = ("RltdPties/Cdtr/Pty/Nm", "RltdPties/Cdtr/Nm", "RltdPties/Dbtr/Pty/Nm", "RltdPties/Dbtr/Nm")
WANTED = {
    *TEXTS, *NAMES, "Sts", "Sts/Cd", "CdtDbtInd", "RvslInd", "Amt", "AmtDtls/TxAmt/Amt", "BookgDt/Dt", "BookgDt/DtTm",
    "ValDt/Dt", "ValDt/DtTm", "BkTxCd/Domn/Fmly/SubFmlyCd", "Refs/AcctSvcrRef", "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry",
    "RtrInf/AddtlInf",
}  # fmt: skip


class Camt(PlainXml):
    """Holds one entry at a time."""

    def __init__(self):
        super().__init__()
        self.statement = Statement("camt.053")
        self.entry, self.details, self.number = None, [], 0
        self.base, self.is_statement = 0, False

    def read(self, data):
        """The Statement in these bytes. Raises Refused for a file that is no whole and plain statement."""
        self.parse(data)
        if not self.is_statement:
            raise refused("not-a-statement")
        return self.statement

    def opened(self, local, attributes):
        if local in OTHER_MESSAGES:
            raise refused("not-booked")
        self.is_statement |= local == "BkToCstmrStmt"
        if local == ENTRY:
            self.entry, self.details, self.base = {}, [], len(self.path)
        elif local == DETAIL and self.entry is not None:
            self.details.append({})
            if len(self.details) > LIMITS.lines:
                raise refused("too-many")
        if self.entry is not None and "Ccy" in attributes:
            self._keep("@Ccy", attributes["Ccy"])

    def closed(self, words):
        if words and self.entry is not None:
            self._keep("", words)
        elif words and self.path[-4:] in ACCOUNTS:
            self.statement.account = self.statement.account or words

    def ended(self, local):
        if local == ENTRY and self.entry is not None:
            self._entry_ends()

    def _keep(self, mark, words):
        """Write a value under its path, counted from its detail or from its entry; the first of a path stands first."""
        path = self.path[self.base :]
        inside = DETAIL in path
        key = "/".join(path[path.index(DETAIL) + 1 :] if inside else path)
        if key in WANTED:
            kept = self.details[-1] if inside else self.entry
            key += mark
            kept[key] = f"{kept[key]} {words}"[: LIMITS.text] if key in kept and not mark else words[: LIMITS.text]

    def _entry_ends(self):
        entry, details, self.entry = self.entry, self.details, None
        whole = all(_amount(detail) for detail in details)
        if details and (whole or len(details) == 1):
            for detail in details:
                self._take(entry, detail)
        else:
            self._take(entry, {"RmtInf/Ustrd": " ".join(_texts({}, detail) for detail in details)[: LIMITS.text]})

    def _take(self, entry, detail):
        self.number += 1
        try:
            self.statement.take(number=self.number, **_facts(entry, detail))
        except LookupError as stop:
            self.statement.refuse(self.number, str(stop.args[0]))


def read_camt(data):
    """The Statement in the bytes of a camt.053 file. Raises Refused."""
    return Camt().read(data)


def _facts(entry, detail):
    """What Statement.take wants. Raises LookupError with the reason, in words, when the line cannot be taken."""
    state = entry.get("Sts/Cd") or entry.get("Sts", "")
    if state != "BOOK":
        raise LookupError("The bank has not booked this yet.")
    direction = detail.get("CdtDbtInd") or entry.get("CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise LookupError("It does not say whether money came or went.")
    key = _amount(detail)
    amount, currency = (detail[key], detail.get(f"{key}@Ccy")) if key else (entry.get("Amt", ""), entry.get("Amt@Ccy"))
    reason = detail.get("RtrInf/AddtlInf") or detail.get("RtrInf/Rsn/Cd") or detail.get("RtrInf/Rsn/Prtry") or ""
    family = {found.get("BkTxCd/Domn/Fmly/SubFmlyCd") for found in (entry, detail)}
    text = _texts(entry, detail)
    return {
        "on": _day(entry),
        "pence": _pence(amount) * (1 if direction == "CRDT" else -1),
        "currency": currency or entry.get("Amt@Ccy", ""),
        "text": text,
        "name": next((detail[name] for name in NAMES if name in detail), ""),
        "returned": bool(
            reason or family & SENT_BACK or entry.get("RvslInd") == "true" or RETURN_WORDS & set(text.upper().split())
        ),
        "reason": reason,
        "bank_mark": detail.get("Refs/AcctSvcrRef") or entry.get("AcctSvcrRef", ""),
    }


def _amount(detail):
    return next((key for key in ("Amt", "AmtDtls/TxAmt/Amt") if key in detail), None)


def _texts(entry, detail):
    return " ".join(found[key] for key in TEXTS for found in (detail, entry) if key in found)[: LIMITS.text]


def _day(entry):
    for key in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        if key in entry:
            return day_of(entry[key][:10])
    raise LookupError("There is no day.")


def day_of(text):
    """A day written 2026-11-04. Raises LookupError, in words."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise LookupError("The day cannot be read.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise LookupError("The day lies too far away.")
    return day


def _pence(text):
    match = AMOUNT.fullmatch(text)
    if not match:
        raise LookupError("The sum cannot be read.")
    parts = (match[2] or "").ljust(2, "0")
    if parts[2:].strip("0"):
        raise LookupError("The sum has parts of a penny.")
    pence = int(match[1]) * 100 + int(parts[:2])
    if not pence or pence > MOST_PENCE:
        raise LookupError("The sum is nothing, or more than can be.")
    return pence
