"""Teaching together: clinicians and people with experience write a course. Chaired by two, short of money, paid late."""

from alongside.agreements.states import Answer
from alongside.conversations import operations as conversations
from alongside.conversations.states import OpensFor
from alongside.decisions.states import Way
from alongside.demo import operations as demo
from alongside.demo.management.commands import _teaching_pay
from alongside.demo.management.commands._shapes import (
    decision,
    gathering,
    guests,
    open_table,
    paper,
    put_forward,
    seat,
    show,
    sign,
    vote,
)
from alongside.demo.states import GUEST
from alongside.gatherings.states import Coming, Met
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as tables
from alongside.initiatives.states import PayKind
from alongside.labels import operations as labels
from alongside.ledger import operations as ledger
from alongside.organisations.states import DutyKind
from alongside.people.states import Channel

IN_PERSON, PHONE, PAPER, SCREEN = Channel.IN_PERSON, Channel.PHONE, Channel.PAPER, Channel.SCREEN
WORDS = {
    "about": "A course for doctors who are learning to be psychiatrists. People who have used services, people who "
    "care for somebody, and doctors write it and teach it side by side.",
    "who_asked": "A psychiatrist asked the faculty for a small grant, and the faculty said yes.",
    "why_now": "Doctors in training said that they only ever met people on their worst day.",
    "who_is_affected": "Everybody who will sit in front of one of these doctors, and the doctors themselves.",
    "affected_inside": "Nobody when the grant was written. A co-chair who has used services from the second month on.",
    "we_mean_what": "Deciding together what doctors should learn from us.",
    "we_mean_how": "Two chairs. Nothing is taught that only one of them has seen.",
    "we_mean_whom": "People who have used services, carers, doctors and doctors in training.",
    "we_mean_why": "Because a doctor learns early whom to listen to.",
    "honest_limits": "The faculty can stop the course. The money is for this year only.",
}
CLAUSES = [
    (
        "Who we are to each other",
        "At this table nobody is anybody’s doctor. Two who know each other from a service tell a chair, if both want.",
    ),
    ("What we tell", "Nobody has to tell their story. What somebody tells here stays here, until they say otherwise."),
    ("How we talk", "Short words. Whoever uses a long one explains it. We leave gaps for people on the phone."),
    ("Time and rest", "A break after forty minutes. Anybody may leave the room and come back."),
    ("Money", "Getting ready is paid too. The faculty pays the doctors, the partnership all others, in ten working days."),
]  # fmt: skip
LATE_MONEY = (
    "When money is late",
    "If money is late, the chairs say so at the start of the meeting: how many wait, and since when.",
)


def table(w):
    """The initiative, from the grant to the table as it is now."""
    yield 358
    made = initiatives.begin(
        organisation=w.organisation, area=w.kept["area All of Harbour and Hills"], name="Teaching together",
        kind="education", on=w.clock.on, lead=False, **WORDS, **w.by("chidi"),
    )  # fmt: skip
    w.tables["teaching"] = made
    initiatives.ask_to(initiative=made, person=w.people["chidi"], kind=DutyKind.CHAIR, on=w.clock.on, **w.by("marta"))
    first = tables.seated(made).first()
    show(w, first, "chidi", lens=0, public=True)
    fund = ledger.add_fund(
        organisation=w.organisation, name="Teaching grant", lines=[("Meetings", "TG-1", 160_000), ("Teaching", "TG-2", 35_000)],
        from_on=w.clock.on, to_on=w.clock.day(-40), **w.by("gwen"),
    )  # fmt: skip
    w.kept.setdefault("funds", {})[made.pk] = fund
    yield 350
    open_table(w, "teaching", "The grant has come.", by="chidi")
    initiatives.freeze_aim(initiative_id=made.pk, on=w.clock.on, **w.by("chidi"))
    yield from _stages(w, made)
    yield from _people_come(w, made)


def _stages(w, made):
    for kind, first, after, rung in (
        ("initiate", 350, 322, "engagement"), ("design", 322, 150, "co-production"),
        ("deliver", 150, None, "co-production"),
    ):  # fmt: skip
        initiatives.add_stage(
            initiative_id=made.pk, kind=kind, from_on=w.clock.day(first), to_on=after and w.clock.day(after),
            ladder="tlap", rung=rung, **w.by("chidi"),
        )  # fmt: skip
    yield 345
    initiatives.add_partner(
        initiative_id=made.pk, name="The faculty of medicine", brings="Rooms, and an afternoon in the timetable",
        on=w.clock.on, **w.by("chidi"),
    )  # fmt: skip


def _people_come(w, made):
    yield 338
    seat(w, "teaching", "jules", "Chairs together with Dr Okafor, and teaches", by="chidi", lens=0, public=True)
    initiatives.give_duty(
        initiative_id=made.pk, person=w.people["jules"], kind=DutyKind.CHAIR, on=w.clock.on, **w.by("chidi")
    )
    seat(w, "teaching", "noor", "Is learning to be a psychiatrist now, and keeps our notes", by="jules", lens=0)
    initiatives.give_duty(
        initiative_id=made.pk, person=w.people["noor"], kind=DutyKind.RECORDER, on=w.clock.on, **w.by("jules")
    )
    yield 334
    # Farah shows that she is paid for peer support; the other lens stays with her.
    seat(w, "teaching", "farah", "Holds the talk afterwards, and knows both sides of the desk", by="jules", lens=0)
    seat(w, "teaching", "oleksandr", "Writes the part about being believed", by="jules", lens=0)
    seat(w, "teaching", "brendan", "Writes the part about families at the door", by="jules", lens=0)
    yield from _aoife_answers_an_advert(w, made)
    yield 212
    seat(w, "teaching", "sam", "Says what a first appointment is like at fifteen", by="jules", lens=0)
    seat(w, "teaching", "dee", "Comes with Sam, and says what parents hope for", by="jules")
    seat(w, "teaching", "kit", "Tries every exercise before we teach it", by="jules", lens=0)
    initiatives.change_direction(
        initiative_id=made.pk, what="we_mean_how", raised_by=w.people["farah"],
        now="Two chairs, and nothing is taught that both have not agreed. Whoever teaches has helped to write it.",
        reason="A lecturer read out a part that its author had not seen finished.", **w.by("jules"),
    )  # fmt: skip
    yield 64
    initiatives.review(
        initiative_id=made.pk, next_on=w.clock.day(3), **w.by("jules"),
        words="The afternoons work. The money does not: five people waited longer than we promised.",
    )  # fmt: skip
    yield 7
    asked = "Shows us how the screens work, and listens when they do not"
    initiatives.set_empty_seat(initiative_id=made.pk, role=asked, asked=w.people["ffion"], **w.by("jules"))
    initiatives.set_empty_seat(
        initiative_id=made.pk, role="Writes about medicines from the taking side", **w.by("jules")
    )


def _advert(w, made, title, *, task, pay, time, closes):
    advert = initiatives.write_advert(
        initiative_id=made.pk, title=title, task=task, pay_kind=PayKind.PAID, pay_words=pay, time_words=time,
        access="A room without steps, by phone, or on paper. Tell us what you need; never why.",
        benefit_line="Money for this can change some benefits. You can say no, take less, or choose the day. We tell "
        "nobody. A free adviser can look at it with you first.",
        other_ways="Ring Marta on 01632 960118, or write to us at the partnership.",
        closes_on=w.clock.day(closes), **w.by("jules"),
    )  # fmt: skip
    return initiatives.publish(advert_id=advert.pk, **w.by("jules"))


def _aoife_answers_an_advert(w, made):
    advert = _advert(
        w, made, "Help us write the first lesson", task="Read a page a week with us and say what is missing.",
        pay="£25 an hour, getting ready counted. Costs are paid on top.", time="Two hours a month, for ten months",
        closes=325,
    )  # fmt: skip
    yield 331
    answer = initiatives.enter_reply(
        advert_id=advert.pk, person=w.people["aoife"], words="I have notes from eleven years of waiting rooms.",
        channel=PHONE, on=w.clock.on, **w.by("noor"),
    )  # fmt: skip
    yield 328
    initiatives.welcome_reply(reply_id=answer.pk, role="Writes the part about waiting", on=w.clock.on, **w.by("jules"))
    show(w, tables.seated(made).get(person=w.people["aoife"]), "aoife", lens=0)
    initiatives.close(advert_id=advert.pk, **w.by("jules"))


def open_advert(w):
    """The advert that is open now: the pay is stated, and two people wait for an answer."""
    yield 16
    advert = _advert(
        w, w.tables["teaching"], "Teach one afternoon with us",
        task="Stand in front of twelve doctors in training with one of us, for one afternoon in spring. You choose "
        "what you tell. We practise together twice.",
        pay="£82.50 for the afternoon and £27.50 for each hour of getting ready. Costs are paid on top.",
        time="One afternoon, and two hours of practice before it", closes=-18,
    )  # fmt: skip
    yield 9
    initiatives.enter_reply(
        advert_id=advert.pk, shown_name="Gethin Vaughan", phone="01632 960177", channel=PHONE, on=w.clock.on,
        words="Used to teach woodwork. Would rather not use a screen.", **w.by("noor"),
    )  # fmt: skip
    yield 5
    reply, code = initiatives.reply_as_guest(
        advert_id=advert.pk, shown_name=GUEST, on=w.clock.on, at=w.clock.at,
        words="I interpreted for my mother at every appointment since I was nine. I would like to tell them that.",
    )  # fmt: skip
    w.people["guest"] = reply.person
    demo.keep_claim_code(key="guest", person=reply.person, code=code)


def agreement(w):
    """The agreement: one in force, with a worry; a new version that four people have still to answer."""
    yield 316
    first = put_forward(
        w, "teaching", CLAUSES, by="jules", why="We begin with what each of us needs.", review_on=w.clock.day(-10)
    )
    sign(w, first, "chidi")
    sign(w, first, "noor")
    sign(w, first, "farah")
    yield 312
    sign(w, first, "oleksandr")
    sign(w, first, "brendan")
    sign(w, first, "jules")
    sign(w, first, "aoife", Answer.WORRY, "Ten working days is a promise I have heard before.", channel=PHONE)
    yield 200
    sign(w, first, "sam")
    sign(w, first, "dee")
    sign(w, first, "kit")
    yield 8
    second = put_forward(
        w, "teaching", [LATE_MONEY], by="noor", review_on=w.clock.day(-200),
        why="Money has been late for five people, and each thought they were the only one.",
    )  # fmt: skip
    sign(w, second, "noor")
    sign(w, second, "farah")
    yield 4
    sign(w, second, "jules")
    sign(w, second, "oleksandr")
    sign(w, second, "brendan", Answer.WORRY, "Saying that it is late does not make it come sooner.")


def gatherings(w):
    """Six meetings behind us and one ahead. Each is a story of its own."""
    room = "Room 4, the old library"
    return [
        gathering(
            w, "teaching", ago=306, title="First meeting of everybody", host="noor", place=room,
            there={"chidi": IN_PERSON, "jules": IN_PERSON, "farah": IN_PERSON, "noor": IN_PERSON,
                   "oleksandr": IN_PERSON, "brendan": Coming.NO, "aoife": PHONE},
            agenda=[("jules", "What we will not ask anybody to tell", 20), ("aoife", "When the money comes", 10)],
            notes=[("noor", "We begin with waiting, because everybody knows it."),
                   ("aoife", "I said on the phone that the room could not be heard. Please write that down too.")],
            met=[("farah", Met.YES), ("aoife", Met.NO)],
        ),
        gathering(
            w, "teaching", ago=243, title="Reading the first lesson aloud", host="noor", place=room,
            there={"chidi": IN_PERSON, "jules": IN_PERSON, "noor": IN_PERSON, "oleksandr": IN_PERSON,
                   "aoife": PHONE, "brendan": IN_PERSON, "farah": Coming.LATER},
            agenda=[("oleksandr", "The word “insight”", 15)], met=[("brendan", Met.PART)],
            actions=[("oleksandr", "Write half a page about the word “insight”", 20, True)],
        ),
        gathering(
            w, "teaching", ago=188, title="What a first appointment is like", host="noor", place=room,
            there={"sam": IN_PERSON, "dee": IN_PERSON, "jules": IN_PERSON, "noor": IN_PERSON, "chidi": Coming.NO,
                   "kit": SCREEN, "aoife": PHONE, "farah": IN_PERSON},
            agenda=[("sam", "People talk to my mum, not to me", 20)], met=[("sam", Met.YES), ("farah", Met.PART)],
            notes=[("sam", "I want the doctor to ask me first and look at me.")],
            actions=[("chidi", "Ask the faculty to pay co-teachers like lecturers", 14, True)],
        ),
        gathering(
            w, "teaching", ago=132, title="The afternoon, tried out", host="noor", place=room,
            there={"chidi": IN_PERSON, "jules": IN_PERSON, "kit": IN_PERSON, "noor": IN_PERSON, "aoife": IN_PERSON,
                   "brendan": PHONE, "sam": Coming.PART}, met=[("aoife", Met.YES)],
        ),
        gathering(
            w, "teaching", ago=34, title="What the doctors wrote back", host="noor", place=room,
            there={"chidi": IN_PERSON, "jules": IN_PERSON, "noor": IN_PERSON, "oleksandr": IN_PERSON, "sam": SCREEN,
                   "dee": SCREEN, "aoife": PHONE, "farah": IN_PERSON},
            notes=[("noor", "Nine of twelve wrote that they will knock and wait for an answer.")],
            actions=[("chidi", "Ask the faculty whether there is money for a second year", 28, False),
                     ("noor", "Send the doctors’ answers to everybody, by post too", 7, True)],
            met=[("aoife", Met.UNKNOWN), ("sam", Met.YES)],
        ),
        gathering(
            w, "teaching", ago=-9, told=6, title="Getting the spring afternoons ready", host="noor", place=room,
            purpose="Who teaches which afternoon, and with whom.",
            access="No steps. Large print on the table. A quiet room next door. A break after forty minutes.",
            there={"jules": Coming.YES, "oleksandr": Coming.YES, "brendan": Coming.LATER, "farah": Coming.YES},
            agenda=[("jules", "Pairs for the spring", 30), ("farah", "Who looks after us afterwards", 15)],
        ),
    ]  # fmt: skip


def recording(w):
    """A conversation at the table that closed with fewer people than it needs: its numbers stay hidden."""
    yield 120
    talk = conversations.open_new(
        initiative=w.tables["teaching"], question="Should an afternoon be filmed?", closes_on=w.clock.day(101),
        seeds=["A film could be shown where we cannot go.", "I would tell less in front of a camera."], **w.by("jules"),
    )  # fmt: skip
    written = conversations.add_statement(
        conversation_id=talk.pk, words="Film the corridor, not us.", on=w.clock.on, **w.by("aoife")
    )
    conversations.put_up(statement_id=written.pk, **w.by("jules"))
    for who, letters in (("jules", "aad"), ("noor", "pda"), ("kit", "aaa"), ("chidi", "-ap")):
        vote(w, talk, w.by(who)["by"], letters)
    yield 100
    conversations.close(conversation_id=talk.pk, **w.by("jules"))
    w.kept["recording"] = talk


def first_appointment(w):
    """An open conversation for anybody: answers from the table, from guests and on paper; one statement waits."""
    yield 19
    talk = conversations.open_new(
        initiative=w.tables["teaching"], question="What should every new doctor know before a first appointment?",
        opening="Say it in your own words, or answer what others said. Nobody sees how you answered.",
        opens_for=OpensFor.PUBLIC, closes_on=w.clock.day(-12), **w.by("jules"),
        seeds=["Say your name before you ask for mine.", "Ask what has helped before you say what might."],
    )  # fmt: skip
    yield 15
    for who, words, named in (
        ("brendan", "Families know what last week was like. Ask us too, if the person says yes.", True),
        ("sam", "Look at me when you ask about me.", True),
        ("aoife", "If you are late, say so. I have already waited months.", False),
    ):
        written = conversations.add_statement(
            conversation_id=talk.pk, words=words, on=w.clock.on, show_name=named, **w.by(who)
        )
        conversations.put_up(statement_id=written.pk, **w.by("jules"))
    yield 11
    guests(w, talk, ["aaaaa", "aadap", "paaaa"], ["A reader", "Somebody from the bus", "M."])
    vote(w, talk, w.by("farah")["by"], "aaapa")
    vote(w, talk, w.by("noor")["by"], "aadaa")
    paper(w, talk, ["aa-aa", "a-aad"], by="noor")
    yield 3
    conversations.add_statement(
        conversation_id=talk.pk, words="Do not type while I talk.", on=w.clock.on, **w.by("oleksandr")
    )


def decisions(w):
    """Told, overturned from above, decided with somebody still to be told, and open."""
    story = "Begin with somebody’s story"
    task = "Begin with a task"
    return [
        decision(
            w, "teaching", ago=292, by="noor", question="Does the course begin with a story or with a task?",
            options=[(story, "Somebody tells, and then we talk."),
                     (task, "Everybody waits in a corridor for twenty minutes, then we talk.")],
            way=Way.CONSENT, who="Everybody with a seat", choose=2, decided_at=280, owner="jules", told=271, review=20,
            reason="A task costs nobody their story, and every doctor remembers the corridor.",
            spoke=[("jules", 2, "", None), ("chidi", 1, "Stories moved me when I trained.", None),
                   ("oleksandr", 2, "Nobody should have to go first.", None), ("aoife", 2, "", PHONE),
                   ("farah", 2, "", None)],
        ),
        decision(
            w, "teaching", ago=182, by="jules", question="What does a co-teacher earn for an afternoon?",
            options=[("What a lecturer earns", "£165 for the afternoon."),
                     ("What the rate card says", "£82.50 for the afternoon.")],
            way=Way.VOTE, who="Everybody at the table, one vote each", choose=1, decided_at=174, owner="chidi",
            reason="The same afternoon in front of the same doctors.", told=168,
            spoke=[("jules", 1, "", None), ("chidi", 1, "", None), ("brendan", 1, "", None), ("kit", 1, "", None),
                   ("aoife", 1, "Equal work.", PHONE), ("noor", None, "I am paid by the faculty.", None)],
            overturned=(151, "The faculty’s finance board",
                        "The grant has no line for teaching pay above the partnership’s rate card."),
        ),
        decision(
            w, "teaching", ago=98, by="noor", question="Is the afternoon filmed?",
            options=[("Yes, with whoever wants", "Only those who say yes are in the picture."), ("No", "Nobody is.")],
            way=Way.CONSENT, who="Everybody with a seat", choose=2, decided_at=92, owner="jules", told=85,
            reason="Fewer of us would speak, and that is the point of it.", statements_of="recording",
            spoke=[("jules", 2, "", None), ("kit", 2, "", None), ("noor", 1, "", None), ("aoife", 2, "", PHONE)],
        ),
        decision(
            w, "teaching", ago=27, by="noor", question="Do we meet at four or at six?",
            options=[("At four", "In daylight."), ("At six", "After work and after school.")],
            way=Way.VOTE, who="Everybody at the table, one vote each", choose=2, decided_at=12, owner="noor",
            reason="Sam has school, and three of us work.",
            spoke=[("sam", 2, "I have school until half past three.", None), ("dee", 2, "", None),
                   ("aoife", 1, "The last bus goes at seven.", PHONE), ("oleksandr", 2, "", None)],
        ),
        decision(
            w, "teaching", ago=8, by="jules", question="How do we find out what the doctors learned?",
            options=[("A letter to themselves", "Opened half a year later, with one of us."),
                     ("A role play", "Watched by one chair and one of us."),
                     ("A short test", "What the faculty does elsewhere.")],
            way=Way.CONSENT, who="Everybody with a seat", background="The faculty wants to know it by spring.",
            spoke=[("jules", 1, "Nobody marks it.", None), ("noor", 2, "", None), ("oleksandr", 1, "", None)],
        ),
    ]  # fmt: skip


def claim(w):
    """What a chair calls it. The records do not bear it out, and the other chair says so."""
    yield 70
    labels.claim(
        initiative=w.tables["teaching"], label="co-production-equal", said="Two chairs, and one vote each.",
        **w.by("chidi"),
    )  # fmt: skip
    yield 66
    labels.dissent(
        initiative=w.tables["teaching"], outside=True, **w.by("jules"),
        words="I came in the second month. By then the aim was written and the money was counted.",
    )  # fmt: skip


def stories(w):
    """Everything that happens at this table."""
    singles = [table, open_advert, agreement, recording, first_appointment, claim]
    return [*(story(w) for story in singles), *gatherings(w), *decisions(w), *_teaching_pay.pay(w)]
