"""Your own hill: courses in which people help each other with goals of their own. Run by people who use services."""

from alongside.agreements.states import Answer
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import Method, OfferState
from alongside.conversations import operations as conversations
from alongside.decisions.states import Way
from alongside.demo import operations as demo
from alongside.demo.management.commands._shapes import (
    BANK,
    CASH,
    decision,
    gathering,
    open_table,
    pay_line,
    put_forward,
    seat,
    show,
    sign,
    tell_by_phone,
    vote,
    work,
)
from alongside.gatherings.states import Coming, Met
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as tables
from alongside.initiatives.states import PayKind
from alongside.labels import operations as labels
from alongside.labels.states import Outcome
from alongside.ledger import operations as ledger
from alongside.organisations.states import DutyKind
from alongside.payments import operations as payments
from alongside.people import operations as people
from alongside.people.states import Channel
from alongside.reports import operations as reports

IN_PERSON, PHONE, PAPER, ASSISTED = Channel.IN_PERSON, Channel.PHONE, Channel.PAPER, Channel.ASSISTED
WORDS = {
    "about": "Two days together, six half-days after that, and then half a year of meeting each month. Everybody "
    "brings a goal of their own, from painting the kitchen door to climbing a mountain.",
    "who_asked": "Twenty-four people who use services, over four days in one house.",
    "why_now": "The service had a waiting list, and people on it had time, ideas and each other.",
    "who_is_affected": "Anybody in the Hills who wants to change something in their own life.",
    "affected_inside": "All of us. One occupational therapist was asked to join later, and came.",
    "we_mean_what": "Goals that people choose themselves, and help with the next step.",
    "we_mean_how": "Two members lead each course. One of them has been in a course before.",
    "we_mean_whom": "People who use services, for people who use services.",
    "we_mean_why": "A goal you chose yourself is one you keep.",
    "honest_limits": "The money comes from one fund, for one more year.",
}
CLAUSES = [
    ("Goals", "A goal belongs to whoever set it. We do not grade it, and we do not finish it for them."),
    ("Who leads", "Two members lead each course, and they change. Nobody leads alone."),
    ("What we share", "Each says what the others may know. What is on the wall goes home with whoever wrote it."),
    ("When somebody stays away", "One of us rings once, says hello and does not ask why."),
]
FELLOWS = {
    "hamza": "Leads the walking course, and knows the buses",
    "peggy": "Keeps the list of goals that people chose to share",
    "maeve": "Rings whoever stayed away",
    "jaswinder": "Leads the Tuesday course with Lena",
    "wing": "Paints the posters, and leads in two languages",
    "winifred": "Reads every paper before it goes out",
    "oleksandr": "Writes down what worked, for the next course",
}
LENSLESS = {"maeve"}


def table(w):
    """The initiative and everybody at its table."""
    yield 349
    made = initiatives.begin(
        organisation=w.organisation, area=w.kept["area The Hills"], name="Your own hill", kind="community",
        on=w.clock.on, lead=False, **WORDS, **w.by("lena"),
    )  # fmt: skip
    w.tables["hill"] = made
    initiatives.ask_to(initiative=made, person=w.people["lena"], kind=DutyKind.CHAIR, on=w.clock.on, **w.by("marta"))
    show(w, tables.seated(made).first(), "lena", lens=0, public=True)
    w.kept.setdefault("funds", {})[made.pk] = ledger.add_fund(
        organisation=w.organisation,
        name="Hills fund",
        lines=[("Courses", "HF-1", 400_000), ("Costs", "HF-2", 60_000)],
        from_on=w.clock.on,
        to_on=w.clock.day(-380),
        **w.by("priya"),
    )
    seat(w, "hill", "sian", "Chairs with Lena, and leads the Thursday course", by="lena", lens=0, public=True)
    initiatives.give_duty(
        initiative_id=made.pk, person=w.people["sian"], kind=DutyKind.CHAIR, on=w.clock.on, **w.by("lena")
    )
    open_table(w, "hill", "We have a house and a date.", by="sian")
    for who, role in FELLOWS.items():
        seat(w, "hill", who, role, by="sian", lens=None if who in LENSLESS else 0)
    yield 330
    initiatives.freeze_aim(initiative_id=made.pk, on=w.clock.on, **w.by("sian"))
    for kind, first, after, rung in (
        ("initiate", 349, 330, "co-production"), ("design", 330, 260, "co-production"), ("pilot", 260, 180, ""),
        ("deliver", 180, None, "co-production"),
    ):  # fmt: skip
        initiatives.add_stage(
            initiative_id=made.pk, kind=kind, from_on=w.clock.day(first), to_on=after and w.clock.day(after),
            ladder="tlap" if rung else "", rung=rung, **w.by("lena"),
        )  # fmt: skip
    initiatives.add_partner(
        initiative_id=made.pk, name="Upper Hills chapel", brings="A warm room, and a kettle", on=w.clock.on,
        **w.by("lena"),
    )  # fmt: skip
    yield 176
    seat(w, "hill", "tom", "Teaches beside Lena when the course asks for it", by="lena", lens=0)
    yield 9
    initiatives.set_empty_seat(
        initiative_id=made.pk, role="Reads our yearly page with us before it goes out", asked=w.people["harjit"],
        **w.by("sian"),
    )  # fmt: skip


def agreement(w):
    """In force, with a worry that came on paper and was heard."""
    yield 320
    version = put_forward(
        w, "hill", CLAUSES, by="lena", why="It is our house: we say how we live in it.", review_on=w.clock.day(-45)
    )
    for who in ("lena", "sian", "hamza", "peggy", "maeve", "jaswinder", "oleksandr"):
        sign(w, version, who)
    yield 314
    sign(w, version, "wing")
    sign(w, version, "winifred", Answer.WORRY, "The chapel has four steps. I shall miss what is said in the kitchen.",
         channel=PAPER)  # fmt: skip
    yield 170
    sign(w, version, "tom")


def advert(w):
    """An advert that is closed: one was welcomed, one heard a no with its reason."""
    yield 130
    made = initiatives.write_advert(
        initiative_id=w.tables["hill"].pk, title="Lead a course with one of us",
        task="Learn to lead by leading beside somebody who has done it before.", pay_kind=PayKind.PAID,
        pay_words="£82.50 for each half day, and costs on top.", access="One room has no steps. Ask about the others.",
        time_words="Six half-days", other_ways="Ring Siân on 01632 960155, or come to the chapel on a Thursday.",
        benefit_line="Money for this can change some benefits. You choose how much and when.",
        closes_on=w.clock.day(108), **w.by("sian"),
    )  # fmt: skip
    initiatives.publish(advert_id=made.pk, **w.by("sian"))
    yield 118
    answer = {"advert_id": made.pk, "on": w.clock.on, "at": w.clock.at}
    yes = initiatives.reply(person=w.people["farah"], words="I could lead on Mondays.", **answer)
    no = initiatives.reply(person=w.people["brendan"], words="My brother and I could both come.", **answer)
    yield 110
    initiatives.welcome_reply(
        reply_id=yes.pk, role="Leads the Monday course from the spring", on=w.clock.on, **w.by("lena")
    )
    initiatives.not_now(
        reply_id=no.pk, reason="This course is for people with a goal of their own, and you came for your brother’s.",
        **w.by("lena"),
    )  # fmt: skip
    initiatives.close(advert_id=made.pk, **w.by("sian"))


def gatherings(w):
    """Peer courses and the months after them, in a warm room with a kettle."""
    chapel = "Upper Hills chapel, the warm room"
    most = dict.fromkeys(("lena", "sian", "hamza", "peggy", "jaswinder"), IN_PERSON)
    return [
        gathering(
            w, "hill", ago=300, title="Four days in one house: the last morning", host="lena", place="The house at Llyn",
            there=most | {"maeve": IN_PERSON, "wing": IN_PERSON, "oleksandr": IN_PERSON, "winifred": PAPER},
            agenda=[("peggy", "What a goal is, and whose", 40), ("winifred", "Steps", 10)],
            notes=[("peggy", "A painted kitchen door and a mountain are both goals.")],
            met=[("wing", Met.YES), ("winifred", Met.NO), ("peggy", Met.YES)],
        ),
        gathering(
            w, "hill", ago=216, title="After the first course", host="sian", place=chapel,
            there=most | {"wing": IN_PERSON, "maeve": PHONE, "winifred": PAPER},
            agenda=[("jaswinder", "Twenty asked, twelve came, seven stayed", 20)],
            actions=[("maeve", "Ring the five who stayed away, once", 7, True)],
            met=[("wing", Met.PART)],
        ),
        gathering(
            w, "hill", ago=104, title="Half a year on", host="sian", place=chapel,
            there=most | {"tom": IN_PERSON, "oleksandr": IN_PERSON, "maeve": PHONE, "winifred": PAPER},
            notes=[("oleksandr", "I came back today. Nobody asked me where I had been, and there was cake.")],
            actions=[("hamza", "Show the bus times on the poster", 10, True)],
        ),
        gathering(
            w, "hill", ago=40, title="What the next course needs", host="lena", place="The library, ground floor",
            there=most | {"tom": IN_PERSON, "winifred": ASSISTED, "wing": IN_PERSON, "maeve": Coming.NO},
            actions=[("lena", "Ask the library for the ground floor on Thursdays", 36, False),
                     ("tom", "Bring the plan for the two first days", 30, True)],
            met=[("winifred", Met.YES), ("wing", Met.UNKNOWN)],
        ),
        gathering(
            w, "hill", ago=-13, told=7, title="Two first days of the winter course", host="lena",
            place="The library, ground floor", purpose="Everybody chooses a goal, or chooses to wait with one.",
            access="No steps. Chairs with arms near the door. Soup at twelve.",
            there={"sian": Coming.YES, "jaswinder": Coming.YES, "hamza": Coming.PART, "winifred": Coming.YES},
        ),
    ]  # fmt: skip


def visit(w):
    """Lena sits beside Winifred: what they do is written in Winifred's name, with a receipt at the end."""
    yield 33
    began = people.begin_visit(
        helper=w.people["lena"], person=w.people["winifred"], at=w.clock.at, channel=ASSISTED,
        present="We sit in her kitchen. She reads each page before I press anything.",
    )  # fmt: skip
    acts = w.by("winifred", ASSISTED, helper="lena")
    people.add_need(person_id=w.people["winifred"].pk, words="Papers by post, a week before", shared=True, **acts)
    cash = contributions.offer_cash_today(
        initiative=w.tables["hill"], to=w.people["winifred"], pence=1200, **w.by("sian")
    )
    contributions.answer(offer_id=cash.pk, **CASH, **acts)
    people.end_visit(visit_id=began.pk, **w.by("lena"))
    yield 32
    part = offers.parts_of(cash).first()
    payments.approve(part_id=part.pk, line_id=pay_line(w, w.tables["hill"]).pk, **w.by("priya"))
    payments.send(part_id=part.pk, on=w.clock.on, reference="Float", **w.by("niall"))
    yield 4
    code = people.make_claim_code(person=w.people["winifred"], at=w.clock.at)
    demo.keep_claim_code(key="winifred", person=w.people["winifred"], code=code)


def where_next(w):
    """A conversation at the table that is open now."""
    yield 10
    talk = conversations.open_new(
        initiative=w.tables["hill"], question="Where should the next course be?", closes_on=w.clock.day(-14),
        opening="The chapel is warm and has steps. The library has none and closes at five.",
        seeds=["A room without steps comes first.", "We stay where the kettle is."], **w.by("sian"),
    )  # fmt: skip
    yield 6
    for who, letters in (("jaswinder", "aa"), ("peggy", "ad"), ("sian", "ap")):
        vote(w, talk, w.by(who)["by"], letters)
    yield 2
    conversations.add_statement(
        conversation_id=talk.pk, words="Ask the swimming pool. It has a café and no steps.", on=w.clock.on,
        show_name=True, **w.by("hamza"),
    )  # fmt: skip


def decisions(w):
    """Decided by the people it affects; one is open."""
    return [
        decision(
            w, "hill", ago=282, by="sian", question="Who may lead a course?", way=Way.LIVED, choose=2, decided_at=274,
            options=[("Whoever is trained", "By somebody outside."), ("Whoever has been in one", "Trained beside us.")],
            who="Members, without the partnership", owner="lena", told=266, review=-90,
            reason="Nobody knows the second week better than somebody who nearly left in it.",
            spoke=[("peggy", 2, "", None), ("hamza", 2, "", None), ("jaswinder", 2, "", None), ("wing", 2, "", None),
                   ("winifred", 2, "A nurse taught me to knit. It was dreadful.", PAPER)],
        ),
        decision(
            w, "hill", ago=199, by="lena", question="Do we ask Tom to teach with us?", way=Way.LIVED, choose=1,
            options=[("Yes, when a course asks", "He comes as a guest of the course."), ("No", "We go on alone.")],
            who="Members, without the partnership", decided_at=190, owner="sian", told=178, review=25,
            reason="Three of us wanted to learn about hands and work. We can send him home again.",
            spoke=[("hamza", 1, "", None), ("peggy", 2, "We did well alone.", None), ("sian", 1, "", None)],
        ),
        decision(
            w, "hill", ago=11, by="lena", question="What do we do with the winter money?", way=Way.CONSENT,
            options=[("Taxis for the dark months", "Whoever asks, without a reason."),
                     ("A second course", "On Mondays, with Farah.")],
            who="Everybody with a seat", spoke=[("sian", 1, "", None), ("jaswinder", 2, "", None)],
        ),
    ]  # fmt: skip


def pay(w):
    """Money by choice: bank, cash, a voucher, given away, a part, later and no; most of it on time."""
    voucher = {"state": OfferState.ACCEPTED, "method": Method.VOUCHER, "shop": "Hills Wool and Thread"}
    free = {"state": OfferState.ACCEPTED}
    half = {"offered": 100, "on": 84, "rate": 1, "minutes": 240, "approver": "priya", "by": "marta"}
    soon = {"offered": 16, "on": 9, "rate": 1, "minutes": 240, "approver": "priya"}
    return [
        work(w, "hill", "hamza", "Lead the walking course: first half-day", answer=BANK, approved=80, sent=76,
             arrived=73, **half),
        work(w, "hill", "jaswinder", "Lead the Tuesday course: first half-day", answer=CASH, approved=80, sent=78,
             **half),
        work(w, "hill", "peggy", "Lead the Thursday course: first half-day", answer=voucher, approved=80, sent=77,
             **half),
        work(w, "hill", "maeve", "Ring those who stayed away", offered=226, on=209, rate=0, minutes=180,
             approver="priya", approved=204, sent=200, arrived=198,
             answer={"state": OfferState.GIVEN, "given_to": "The Hills food bank"}),
        work(w, "hill", "lena", "Write the plan for two first days, with Tom", offered=58, on=42, rate=1, minutes=240,
             approver="priya", answer=BANK, approved=38, sent=33, arrived=30),
        work(w, "hill", "sian", "Lead the Thursday course: second half-day", answer=BANK, approved=5, **soon),
        work(w, "hill", "hamza", "Lead the walking course: second half-day", answer=BANK, **soon),
        work(w, "hill", "lena", "Lead the Tuesday course with Tom", answer=CASH, **soon),
        work(w, "hill", "wing", "Paint the winter poster", offered=30, on=21, rate=3, approver="priya", channel=PHONE,
             answer={"state": OfferState.PART, "pence": 500, "method": Method.CASH}, approved=18, sent=16),
        work(w, "hill", "hamza", "Put up the posters in the Hills", offered=20, on=15, rate=None, minutes=60,
             answer=free, confirmed_unpaid=True),
        work(w, "hill", "jaswinder", "Lead the winter course: two first days", offered=6, on=-14, rate=2, minutes=960,
             approver="priya"),
        work(w, "hill", "peggy", "Type up the shared goals", offered=22, on=12, rate=3, approver="priya",
             answer={"state": OfferState.DECLINED, "reason": "My hands hurt in this weather."}),
    ]  # fmt: skip


def lists(w):
    """Marta rings and writes each week; what is newest still stands on her lists."""
    return [tell_by_phone(w, ago=ago) for ago in (300, 240, 180, 120, 60, 14)]


def label(w):
    """The people at the table do not use the word, and say why; and one says what came of it for her."""
    yield 52
    labels.decline(
        initiative=w.tables["hill"], called="Run by us, for us", **w.by("peggy"),
        words="The word needs two sides. There was one side here, and then Tom came to tea.",
    )  # fmt: skip
    labels.say_outcome(
        initiative=w.tables["hill"], tag=Outcome.TAKING_PART, words="I know eleven people by name who live near me.",
        **w.by("jaswinder"),
    )  # fmt: skip


def policy(w):
    """What the partnership's yearly page answers to."""
    yield 150
    reports.link_policy(
        organisation=w.organisation, words="The partnership’s promise on paying people", url="",
        asks="Money within ten working days, and a choice of how.", **w.by("marta"),
    )  # fmt: skip


def stories(w):
    """Everything that happens at this table."""
    singles = [table, agreement, advert, visit, where_next, label, policy]
    return [*(story(w) for story in singles), *gatherings(w), *decisions(w), *pay(w), *lists(w)]
