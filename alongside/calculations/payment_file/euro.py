"""Euro as SEPA pain.001, by the library sepaxml, an extra that is looked for only when a euro file is asked for.

The library holds a whole file in memory and gives it a number and a clock of its own. So it writes some hundred payments
at a time, we join what it wrote, and the head says our number, our time and the sums of the whole file.
"""

import re
from importlib import import_module
from itertools import batched

from stdnum import iban as ibans

from alongside.calculations.payment_file.letters import in_letters
from alongside.calculations.payment_file.lines import written
from alongside.calculations.payment_file.sterling import DAY_AND_TIME
from alongside.refusals import Refusal, Refused

AT_ONCE = 500
BEGINS, ENDS = b"<CdtTrfTxInf>", b"</CdtTrfTxInf>"
NO_LIBRARY = Refusal(
    "no-sepaxml",
    "Euro files need the package sepaxml, which is not on this machine.",
    "Whoever runs it installs alongside[payments]. Until then, pay in your bank's own pages.",
)


def library():
    """The maker of SEPA files. Raises Refused in plain words when it is not installed."""
    try:
        return import_module("sepaxml").SepaTransfer
    except ImportError as missing:
        raise Refused(NO_LIBRARY) from missing


def pieces(profile, batch, orders):
    """The XML file, some hundred payments at a time."""
    make, tail = library(), b""
    for held in batched(orders, AT_ONCE):
        head, body, end = _parts(_file_of(make, profile, batch, held))
        yield body if tail else _own_head(head, batch) + body
        tail = end
    yield tail


def _file_of(make, profile, batch, orders):
    source = batch.source
    config = {"name": _said(profile, source.name), "IBAN": ibans.compact(source.iban), "batch": True, "currency": "EUR"}
    if source.bic:
        config["BIC"] = source.bic
    file = make(config, schema=profile.format, clean=False)
    for order in orders:
        payment = {
            "name": _said(profile, order.name), "IBAN": ibans.compact(order.iban), "amount": order.pence,
            "execution_date": batch.pay_on, "description": order.code, "endtoend_id": order.code,
        }  # fmt: skip
        file.add_payment(payment | ({"BIC": order.bic} if order.bic else {}))
    return file.export(validate=False)


def _said(profile, text):
    return in_letters(text, profile.letters, longest=profile.longest_name, capitals=profile.capitals)


def _parts(file):
    """(what stands before the first payment, the payments, what stands after the last)."""
    begin, end = file.index(BEGINS), file.rindex(ENDS) + len(ENDS)
    return file[:begin], file[begin:end], file[end:]


def _own_head(head, batch):
    ours = {
        "MsgId": batch.code, "PmtInfId": batch.code, "CreDtTm": batch.made_at.strftime(DAY_AND_TIME),
        "NbOfTxs": str(batch.count), "CtrlSum": written(batch.pence),
    }  # fmt: skip
    for element, words in ours.items():
        head = re.sub(_pair(element), rb"\g<1>%b\g<2>" % words.encode(), head)
    return head


def _pair(element):
    return f"(<{element}>)[^<]*(</{element}>)".encode()
