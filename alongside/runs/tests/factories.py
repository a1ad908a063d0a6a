"""Runs on every step of their way, made through the operations. Fay chooses, Gus is the second who pays."""

from stdnum import iban

from alongside.calculations import money
from alongside.calculations.payment_file import FromAccount
from alongside.contributions.tests.factories import AT, ON, add, later
from alongside.contributions.tests.factories import cast as offers_cast
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as seats
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments.tests import factories as payments
from alongside.runs import operations, queries

__all__ = ["AT", "ON", "HARBOUR", "add", "later"]
HARBOUR = FromAccount("Harbour Trust", sort_code="601613", account="31926819")
OURS = {
    "GBP": ("plain-csv", HARBOUR),
    "EUR": ("euro-sepa-09", FromAccount("Harbour Trust", iban="IE29AIBK93115212345678")),
}
NAMES = ("Asha Bell", "Bo Ray", "Cy Moon")


def cast(**account):
    """The usual people, Gus who pays too, and the account that pays."""
    them = offers_cast()
    them.gus = add("Gus", them.organisation)
    organisations.ask_to(person=them.gus, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    with_account(them, **account)
    return them


def with_account(them, bank_file="", account=None, currency=""):
    """The account that pays, in the site's currency unless another one is named."""
    currency = currency or money.code()
    bank_file, account = bank_file or OURS[currency][0], account or OURS[currency][1]
    return operations.set_our_account(
        organisation=them.organisation, currency=currency, account=account, bank_file=bank_file, by=them.fay, at=AT
    )


def due(them, to, name="", pence=5_500, number=0):
    """An approved payment by bank to somebody, who says first where their money goes."""
    if accounts.payee_of(to) is None:
        payees.set_payee(
            person=to, name=name or f"{to.shown_name} Bell", by=to, at=AT, **account_facts(to.pk + number),
        )  # fmt: skip
    if not seats.is_seated(to, them.initiative):
        seat(them, to)
    return payments.approved(them, to, method="BANK", line=None, fixed_pence=pence, minutes=60)


def account_facts(number):
    """A sort code and account number, or an international number where the site keeps euro; another for each number."""
    if money.code() == "EUR":
        inside = f"AIBK931152{12_340_000 + number:08}"
        return {"iban": f"IE{iban.calc_check_digits('IE00' + inside)}{inside}"}
    return {"sort_code": "200415", "account": f"{38290000 + number:08}"}


def seat(them, person):
    initiatives.give_seat(initiative=them.initiative, person=person, role="Knows it", on=ON, by=them.lea, at=AT)


def three_due(them):
    return [
        due(them, who, name, pence)
        for who, name, pence in zip((them.asha, them.bo, them.cy), NAMES, (5_500, 4_000, 1_250), strict=True)
    ]


def crowd(them, count):
    """So many people with one payment each that is due."""
    made = []
    for number in range(count):
        person = add(f"Person {number:03}", them.organisation)
        made.append(due(them, person, f"Person {number:03} Reed", 1_000 + number))
    return made


def chosen(them, payments=None, by=None):
    payments = payments or three_due(them)
    return operations.choose(
        organisation=them.organisation, currency=money.code(), payment_ids=[payment.pk for payment in payments], pay_on=ON,
        by=by or them.fay, at=AT,
    )  # fmt: skip


def confirmed(them, payments=None):
    return operations.confirm(run_id=chosen(them, payments).pk, by=them.gus, at=AT)


def fetched(them, payments=None):
    run = confirmed(them, payments)
    operations.fetch(run_id=run.pk, by=them.fay, at=AT).close()
    return run


def sent(them, payments=None):
    run = fetched(them, payments)
    return operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT)


def codes(run):
    """The references of a run, in order."""
    return [item.code for item in queries.items_of(run)]


def statement(*rows):
    """A plain statement: (day, words, pence) each, as CSV."""
    lines = [f"{day:%d/%m/%Y},{words},,,{pence / 100:.2f}" for day, words, pence in rows]
    return "\r\n".join(["Date,Description,Reference,Name,Amount", *lines]).encode()


def statement_of(run):
    """The statement on which every payment of a run was paid."""
    return statement(*[(ON, f"FPS {item.code}", -item.pence) for item in queries.items_of(run)])


def bring_in(them, data, at=AT):
    return operations.bring_in(organisation=them.organisation, data=data, by=them.fay, at=at)
