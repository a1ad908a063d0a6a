"""Sterling as ISO 20022 pain.001, by our own hand, because the library writes the service level SEPA even for pounds.

Source: the published schemas pain.001.001.03, .09 and .11; the tests hold each file against them.
"""

from xml.sax.saxutils import escape

from alongside.calculations.payment_file.letters import in_letters
from alongside.calculations.payment_file.lines import written
from alongside.calculations.payment_file.orders import uk_account

AT_ONCE = 500
DAY_AND_TIME = "%Y-%m-%dT%H:%M:%S"
OLDEST = "pain.001.001.03"  # writes the day without a box around it


def pieces(profile, batch, orders):
    """The XML file, some hundred payments at a time."""
    yield _head(profile, batch).encode()
    held = []
    for order in orders:
        held.append(_payment(profile, order))
        if len(held) == AT_ONCE:
            yield "".join(held).encode()
            held = []
    yield "".join(held).encode()
    yield b"</PmtInf></CstmrCdtTrfInitn></Document>\n"


def _said(profile, text):
    return escape(in_letters(text, profile.letters, longest=profile.longest_name, capitals=profile.capitals))


def _head(profile, batch):
    count, total, code = batch.count, written(batch.pence), escape(batch.code)
    name, day = _said(profile, batch.source.name), batch.pay_on.isoformat()
    sort_code, account = uk_account(batch.source)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{profile.format}"><CstmrCdtTrfInitn>'
        f"<GrpHdr><MsgId>{code}</MsgId><CreDtTm>{batch.made_at.strftime(DAY_AND_TIME)}</CreDtTm>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum><InitgPty><Nm>{name}</Nm></InitgPty></GrpHdr>"
        f"<PmtInf><PmtInfId>{code}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
        f"<PmtTpInf><SvcLvl><Cd>{profile.service_level}</Cd></SvcLvl></PmtTpInf>"
        f"<ReqdExctnDt>{day if profile.format == OLDEST else f'<Dt>{day}</Dt>'}</ReqdExctnDt>"
        f"<Dbtr><Nm>{name}</Nm></Dbtr>"
        f"<DbtrAcct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>{profile.currency}</Ccy></DbtrAcct>"
        f"<DbtrAgt>{_bank(sort_code)}</DbtrAgt><ChrgBr>SHAR</ChrgBr>"
    )


def _bank(sort_code):
    return (
        "<FinInstnId><ClrSysMmbId><ClrSysId><Cd>GBDSC</Cd></ClrSysId>"
        f"<MmbId>{sort_code}</MmbId></ClrSysMmbId></FinInstnId>"
    )


def _payment(profile, order):
    sort_code, account = uk_account(order)
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>{order.code}</InstrId><EndToEndId>{order.code}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="{profile.currency}">{written(order.pence)}</InstdAmt></Amt>'
        f"<CdtrAgt>{_bank(sort_code)}</CdtrAgt><Cdtr><Nm>{_said(profile, order.name)}</Nm></Cdtr>"
        f"<CdtrAcct><Id><Othr><Id>{account}</Id></Othr></Id></CdtrAcct>"
        f"<RmtInf><Ustrd>{order.code}</Ustrd></RmtInf></CdtTrfTxInf>\n"
    )
