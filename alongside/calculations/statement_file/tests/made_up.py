"""Statements as banks write them, of made-up accounts."""

ENTRY_02 = """<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>BANK{number}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd>
<SubFmlyCd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{code}</EndToEndId></Refs>
<RltdPties><Cdtr><Nm>{name}</Nm></Cdtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf>{more}</TxDtls></NtryDtls></Ntry>"""
ENTRY_08 = """<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>
<DtTm>{day}T09:30:00</DtTm></BookgDt><AcctSvcrRef>BANK{number}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd>
<SubFmlyCd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{code}</EndToEndId></Refs>
<RltdPties><Cdtr><Pty><Nm>{name}</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf>{more}</TxDtls>
</NtryDtls></Ntry>"""
ENTRIES = {"02": ENTRY_02, "08": ENTRY_08}


def entry(version="08", **other):
    facts = {
        "number": 1, "currency": "GBP", "amount": "12.50", "way": "DBIT", "day": "2026-11-05", "family": "ESCT",
        "code": "K7P2M00001", "name": "Asha Bell", "words": "K7P2M00001", "more": "",
    }  # fmt: skip
    return ENTRIES[version].format(**(facts | other))


def camt(*entries, version="08", prefix="", account="GB29NWBK60161331926819", root="BkToCstmrStmt"):
    """The bytes of a statement; prefix: as some banks write every element (ns2:Document)."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<{root}><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>"
        f"{''.join(entries)}</Stmt></{root}></Document>"
    )
    return with_prefix(text, prefix).encode()


def with_prefix(text, prefix):
    """The same XML with every element named prefix:name, as some banks write it."""
    if prefix:
        text = text.replace("xmlns=", f"xmlns:{prefix}=").replace("</", "</\0").replace("<", f"<{prefix}:")
        text = text.replace(f"<{prefix}:/\0", f"</{prefix}:").replace(f"<{prefix}:?", "<?")
    return text


def table(*rows, headings="Date,Description,Reference,Name,Amount"):
    return "\r\n".join([headings, *rows]).encode()


def rejected(code, reason="AC04", words="", amount="", state="RJCT"):
    """What an answer says of one payment."""
    more = f"<AddtlInf>{words}</AddtlInf>" if words else ""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn>{more}</StsRsnInf>" if reason else ""
    sum_ = f'<OrgnlTxRef><Amt><InstdAmt Ccy="GBP">{amount}</InstdAmt></Amt></OrgnlTxRef>' if amount else ""
    return (
        f"<TxInfAndSts><StsId>S</StsId><OrgnlInstrId>{code}</OrgnlInstrId><OrgnlEndToEndId>{code}</OrgnlEndToEndId>"
        f"<TxSts>{state}</TxSts>{why}{sum_}</TxInfAndSts>"
    )


def answer(
    *payments,
    of="R4TQ9W2BHK",
    state="PART",
    reason="",
    version="03",
    prefix="",
    head="",
    block="",
    kind="pain.001.001.03",
):
    """The bytes of a bank's answer (pain.002) to the file with the number `of`."""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    said = f"<GrpSts>{state}</GrpSts>{why}" if state else ""
    held = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{of}</OrgnlPmtInfId>{block}{''.join(payments)}</OrgnlPmtInfAndSts>"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}">'
        f"<CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-11-03T09:30:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>"
        f"<OrgnlMsgId>{of}</OrgnlMsgId><OrgnlMsgNmId>{kind}</OrgnlMsgNmId>{head}{said}</OrgnlGrpInfAndSts>"
        f"{held if payments or block else ''}</CstmrPmtStsRpt></Document>"
    )
    return with_prefix(text, prefix).encode()
