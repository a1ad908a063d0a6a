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
    if prefix:
        text = text.replace("xmlns=", f"xmlns:{prefix}=").replace("</", "</\0").replace("<", f"<{prefix}:")
        text = text.replace(f"<{prefix}:/\0", f"</{prefix}:").replace(f"<{prefix}:?", "<?")
    return text.encode()


def table(*rows, headings="Date,Description,Reference,Name,Amount"):
    return "\r\n".join([headings, *rows]).encode()
