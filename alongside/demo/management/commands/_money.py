"""Money in full: lines of funds, parts, a provider, costs, logs, a box of cash, and runs that the bank answers."""

from datetime import timedelta

from alongside.benefits import operations as wishes
from alongside.benefits.states import Stretch
from alongside.calculations.payment_file import FromAccount
from alongside.claims import operations as claims
from alongside.claims import queries as costs
from alongside.claims.states import LogKind, Per
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import Method, OfferState
from alongside.demo.management.commands._shapes import BANK
from alongside.gatherings import queries as gatherings
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.ledger.states import FloatKind
from alongside.payees import operations as payees
from alongside.payments import operations as payments
from alongside.people.states import Channel
from alongside.rates import queries as rates
from alongside.runs import operations as runs
from alongside.runs import queries as run_reads
from alongside.timebank import operations as timebank
from alongside.timebank import queries as banks
from alongside.timebank.states import TimeKind

HOUR, HALF_DAY, DAY, TASK = range(4)
COSTS = [
    ("Bus there and back", Per.TIME, 620),
    ("Data for the phone", Per.TIME, 200),
    ("Somebody to care at home", Per.HOUR, 1500),
    ("My own car", Per.MILE, 45),
]
# Who gave what in the last weeks; all of it is approved and waits for a run.
READY = [
    ("hamza", "hill", "Lead the walk to the reservoir", 120),
    ("peggy", "hill", "Write out the shared goals in large print", 60),
    ("maeve", "hill", "Ring the four who were new", 60),
    ("jaswinder", "hill", "Show Farah how a Tuesday goes", 120),
    ("wing", "hill", "Say the poster in Cantonese", 60),
    ("oleksandr", "hill", "Write down what worked in the autumn", 120),
    ("lena", "hill", "Get two first days ready", 180),
    ("sian", "hill", "Look through the winter plan", 60),
    ("farah", "hill", "Lead a Monday half-day beside Siân", 240),
    ("jules", "teaching", "Go through the doctors’ answers with Noor", 120),
    ("brendan", "teaching", "Read the doctors’ answers and write beside them", 60),
    ("dee", "teaching", "Say what families hear in the waiting room", 60),
]
EARLIER = [
    ("jules", "teaching", "Write the welcome for the autumn", 60),
    ("hamza", "hill", "Walk the way once before the course", 120),
    ("brendan", "teaching", "Write a page about families at the door", 120),
    ("maeve", "hill", "Ring the three who came late", 60),
    ("lena", "hill", "Talk with the chapel about the winter", 60),
]
CAME_BACK = "maeve"


def line(w, code):
    """A line of one of the funds, by what finance calls it."""
    return next(row for row in funds.lines_of(w.organisation) if row.code == code)


def offer(w, who, table, task, *, ahead=0, minutes=60, rate=HOUR, code="HF-1", approver="priya"):
    """An offer paid from a line of a fund. ahead: in how many days the work is."""
    card = list(rates.rates_on(w.organisation, w.clock.on))
    return contributions.make_offer(
        initiative=w.tables[table], to=w.people[who], task=task, minutes=minutes, line=card[rate],
        activity_on=w.clock.on + timedelta(days=ahead), approver=w.people[approver],
        fund_line=line(w, code), **w.by("marta"),
    )  # fmt: skip


def approved(w, made, approver="priya"):
    """The Payments of an offer, approved part by part from the line that it names."""
    return [payments.approve(part_id=part.pk, **w.by(approver)) for part in offers.parts_of(made)]


def _worked(w, rows, *, told, on, at):
    """Offers to several people, from telling to approval; returns their payments. Yields as a story does."""
    yield told
    made = [
        (who, offer(w, who, table, task, ahead=told - on, minutes=minutes, code="HF-1" if table == "hill" else "TG-1"))
        for who, table, task, minutes in rows
    ]
    yield told - 2
    for who, each in made:
        contributions.answer(offer_id=each.pk, **BANK, **w.by(who))
    yield on
    for who, each in made:
        contributions.say_done(offer_id=each.pk, on=w.clock.on, **w.by(who))
    yield at
    return [payment for _, each in made for payment in approved(w, each)]


def accounts(w):
    """More people say where their money goes; the account that pays, and a second person who pays."""
    yield 200
    for place, key in enumerate(("maeve", "jaswinder", "wing", "farah", "dee"), 20):
        payees.set_payee(
            person=w.people[key], name=w.people[key].shown_name, sort_code="000000", account=f"000142{place}",
            **w.by(key),
        )  # fmt: skip
    account = FromAccount("Harbour and Hills Partnership", sort_code="000000", account="00014299")
    runs.set_our_account(
        organisation=w.organisation, currency="GBP", account=account, bank_file="plain-csv", **w.by("niall")
    )
    closed = [(w.clock.day(-33), "The office is closed")]
    ledger.add_days_off(organisation=w.organisation, days=closed, **w.by("gwen"))


def earlier_run(w):
    """A run that was paid, as the bank's statement says; one payment of it came back."""
    due = yield from _worked(w, EARLIER, told=84, on=70, at=64)
    yield 62
    run = runs.choose(
        organisation=w.organisation, currency="GBP", payment_ids=[each.pk for each in due], pay_on=w.clock.on,
        **w.by("niall"),
    )  # fmt: skip
    runs.confirm(run_id=run.pk, **w.by("idris"))
    runs.fetch(run_id=run.pk, **w.by("niall")).close()
    yield 61
    runs.send(run_id=run.pk, on=w.clock.on, **w.by("niall"))
    yield 59
    items = list(run_reads.items_of(run))
    _statement(w, [(f"FPS {item.code}", -item.pence) for item in items] + [("Rent of the old library", -41_000)])
    yield 57
    back = next(item for item in items if item.payment.to_id == w.people[CAME_BACK].pk)
    _statement(w, [(f"RETURN {back.code}", back.pence)])


def _statement(w, rows):
    """A day's statement of the bank, brought in."""
    lines = [f"{w.clock.on:%d/%m/%Y},{words},,,{pence / 100:.2f}" for words, pence in rows]
    data = "\r\n".join(["Date,Description,Reference,Name,Amount", *lines]).encode()
    runs.bring_in(organisation=w.organisation, data=data, **w.by("niall"))


def ready(w):
    """A good dozen of payments that can be chosen for the next run."""
    yield from _worked(w, READY, told=22, on=13, at=4)


def in_parts(w):
    """Aoife takes one piece of work in two parts: her month begins on the twelfth."""
    yield 74
    made = offer(
        w, "aoife", "teaching", "The part about waiting, third draft", ahead=12, minutes=240, rate=HALF_DAY, code="TG-1"
    )
    yield 72
    half = made.pence // 2
    contributions.answer(
        offer_id=made.pk, **BANK, parts=[(half, None), (made.pence - half, w.clock.day(-20))],
        **w.by("aoife", Channel.PHONE),
    )  # fmt: skip
    yield 62
    contributions.say_done(offer_id=made.pk, on=w.clock.on, **w.by("aoife", Channel.PHONE))
    yield 58
    first, _ = approved(w, made, "gwen")
    yield 54
    payments.send(part_id=first.part_id, on=w.clock.on, reference="HH-PART-1", **w.by("niall"))
    yield 52
    payments.arrive(part_id=first.part_id, on=w.clock.on, **w.by("aoife", Channel.PHONE))


def ceiling(w):
    """What Aoife wants at most in a month of her own; the offer that waits for her is over it."""
    yield 45
    wishes.set_ceiling(
        person=w.people["aoife"], stretch=Stretch.OWN_MONTH, start=12, pence=8000, words="What I can take and not ring.",
        **w.by("aoife"),
    )  # fmt: skip


def provider(w):
    """Somebody cares for Brendan's brother; their agency is paid straight, and Brendan sees it."""
    yield 36
    made = contributions.owe_costs(
        initiative=w.tables["teaching"], to=w.people["brendan"], words="Care at home while Brendan was with us",
        activity_on=w.clock.on, pence=4500, costs_words="Somebody to be with my brother for three hours",
        method=Method.PREPAID, provider="Quayside Care at Home", channel=Channel.PHONE, fund_line=line(w, "TG-1"),
        **w.by("noor"),
    )  # fmt: skip
    yield 33
    (payment,) = approved(w, made, "gwen")
    yield 31
    payments.send(part_id=payment.part_id, on=w.clock.on, reference="QCH-20", **w.by("niall"))
    yield 27
    payments.arrive(part_id=payment.part_id, on=w.clock.on, **w.by("brendan"))


def nearly_used_up(w):
    """The line for teaching is promised nearly whole, so the next offer on it warns."""
    yield 9
    made = [
        (who, offer(w, who, "teaching", f"Teach the {when} winter afternoons", ahead=30, minutes=minutes, rate=rate,
                    code="TG-2", approver="gwen"))
        for who, when, minutes, rate in (("jules", "two first", 480, DAY), ("farah", "two last", 480, DAY))
    ]  # fmt: skip
    yield 7
    for who, each in made:
        contributions.answer(offer_id=each.pk, **BANK, **w.by(who))


def claimed(w):
    """What is paid back without a receipt; a claim after a gathering, and one that waits for Aoife to say it is right."""
    yield 300
    claims.add_costs(
        organisation=w.organisation, from_on=w.clock.on, source="Agreed with the people who travel.", lines=COSTS,
        **w.by("marta"),
    )  # fmt: skip
    yield 33
    met, day = _gathering(w, "jules")
    claim = claims.send(
        to=w.people["jules"], initiative=w.tables["teaching"], activity_on=day, gathering=met, method=Method.BANK,
        items={_item(w, "Bus there and back"): 1}, **w.by("jules"),
    )  # fmt: skip
    yield 26
    part = offers.parts_of(claim.offer).first()
    payments.approve(part_id=part.pk, line_id=line(w, "TG-1").pk, **w.by("gwen"))
    yield 5
    met, day = _gathering(w, "aoife")
    claims.write_down(
        to=w.people["aoife"], initiative=w.tables["teaching"], activity_on=day, gathering=met, method=Method.BANK,
        channel=Channel.PHONE, asked_words="She rang on the day after, and said what the phone cost.",
        items={_item(w, "Data for the phone"): 1}, paper=[("Stamps for what she sent back", 340)], **w.by("noor"),
    )  # fmt: skip


def _gathering(w, who):
    """The newest gathering of the teaching table that somebody was at, and its day."""
    there = gatherings.attended_by(w.people[who]).filter(initiative=w.tables["teaching"])
    met = max(there, key=lambda each: each.starts_at)
    return met, costs.day_of(met)


def _item(w, words):
    return next(item.pk for item in costs.items_on(w.organisation, w.clock.on) if item.words == words)


def log(w):
    """What Aoife gave, by how it was paid: the four ways stand side by side and are never added up."""
    yield 60
    made = offer(w, "aoife", "teaching", "Look through the new slides", ahead=7, code="TG-1")
    yield 58
    contributions.answer(offer_id=made.pk, state=OfferState.PART, pence=0, **w.by("aoife", Channel.PHONE))
    yield 52
    contributions.say_done(offer_id=made.pk, on=w.clock.on, **w.by("aoife", Channel.PHONE))
    _logged(w, LogKind.READING, 60, "The new slides, twice", offer=made)
    yield 50
    paid = next(each for each in offers.offers_to(w.people["aoife"]) if each.accepted_pence and each.done_on)
    _logged(w, LogKind.DRAFTING, 45, "The end of the part about waiting", offer=paid)
    yield 24
    _logged(w, LogKind.WALK, 90, "Round the harbour with somebody new", by_choice=True)
    yield 6
    _logged(w, LogKind.CALL, 25, "Rang about the spring, and waited for an answer")


def _logged(w, kind, minutes, words, **how):
    claims.log(
        kind=kind, minutes=minutes, on=w.clock.on, today=w.clock.on, initiative=w.tables["teaching"], words=words,
        **how, **w.by("aoife"),
    )  # fmt: skip


def box(w):
    """A box of cash in the Hills: filled, and counted, each time by two people."""
    yield 90
    fund = w.kept["funds"][w.tables["hill"].pk]
    ledger.move_float(fund_id=fund.pk, kind=FloatKind.IN, pence=20_000, second=w.people["sian"], **w.by("niall"))
    yield 10
    ledger.move_float(
        fund_id=fund.pk, kind=FloatKind.COUNTED, pence=funds.float_holds(fund) - 50, second=w.people["lena"],
        **w.by("niall"),
    )  # fmt: skip
    filled = funds.named_in(w.people["sian"]).first()
    ledger.say_whether_there(presence_id=filled.pk, yes=True, **w.by("sian"))


def time_given(w):
    """Time is exchanged here: Hamza carried shopping for Peggy, and both said yes; one exchange waits for Farah."""
    yield 120
    timebank.set_bank(organisation=w.organisation, is_on=True, office=True, **w.by("marta"))
    bank = banks.bank_of(w.organisation)
    yield 40
    asked = timebank.ask(
        bank_id=bank.pk, other=w.people["peggy"], gave=True, minutes=90, kind=TimeKind.PRACTICAL, on=w.clock.on,
        words="Carried the shopping up the hill", **w.by("hamza"),
    )  # fmt: skip
    yield 39
    timebank.agree(gift_id=asked.pk, **w.by("peggy"))
    yield 3
    timebank.ask(
        bank_id=bank.pk, other=w.people["farah"], gave=False, minutes=60, kind=TimeKind.SKILL, on=w.clock.on,
        words="Showed me how to read the map", **w.by("hamza"),
    )  # fmt: skip


def stories(w):
    """Everything of money that the tables' own stories do not tell."""
    told = (accounts, earlier_run, ready, in_parts, ceiling, provider, nearly_used_up, claimed, log, box, time_given)
    return [story(w) for story in told]
