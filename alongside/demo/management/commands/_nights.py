"""Quiet nights: a ward lets people sleep. Led by research, run by staff; people were asked, and it says so."""

from alongside.conversations import operations as conversations
from alongside.conversations.states import OpensFor
from alongside.decisions.states import Way
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
from alongside.gatherings.states import Coming
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as tables
from alongside.initiatives.states import PayKind
from alongside.labels import operations as labels
from alongside.labels import queries as shown_labels
from alongside.organisations.states import DutyKind
from alongside.people.states import Channel

IN_PERSON, SCREEN = Channel.IN_PERSON, Channel.SCREEN
WORDS = {
    "about": "Fewer doors, less light and fewer checks on Harbour ward at night, so that people can sleep.",
    "who_asked": "The trust, after it looked again at its rules for watching over people at night.",
    "why_now": "Research shows that broken sleep makes everything harder, and that most checks can be quieter.",
    "who_is_affected": "Everybody who sleeps on Harbour ward, their families, and the night staff.",
    "affected_inside": "Night staff only. People on the ward and families were asked afterwards, not at the start.",
    "honest_limits": "Who must be watched closely is decided by the ward team. That does not change here.",
}
CLAUSES = [
    (
        "What this is",
        "We follow what research says about sleep. We ask people how it was, and we tell them what we did.",
    ),
    ("What we do not call it", "People on the ward did not plan this and did not decide. We do not say that they did."),
]
QUESTION = "How have the nights been since the checks changed?"
SEEDS = [
    "I sleep better than before.",
    "The light in the corridor is still too bright.",
    "I know why somebody looks in at night.",
]
NAMES = ["Bed four", "A daughter", "T.", "Somebody who went home in May", "Mo", "A night owl", "Rosa", "Dilys"]
# How thirty-four people answered each statement, in the order of its words; mixed so that no two ballots go together.
ANSWERS = [
    "a" * 12 + "d" * 12 + "p" * 10,
    "a" * 25 + "p" * 9,
    "a" * 14 + "p" * 20,
    "a" * 26 + "d" * 8,
    "a" * 16 + "p" * 18,
]
VOTERS = len(ANSWERS[0])
BALLOTS = [
    "".join(letters[(7 * voter + 5 * place) % VOTERS] for place, letters in enumerate(ANSWERS))
    for voter in range(VOTERS)
]
WITH_SIGN_IN = ("brendan", "peggy", "maeve")


def table(w):
    """The pilot, from its start to the report; all at the table are paid to be there."""
    yield 304
    made = initiatives.begin(
        organisation=w.organisation, area=w.kept["area Harbour ward"], name="Quiet nights", kind="pilot",
        on=w.clock.on, lead=False, **WORDS, **w.by("joy"),
    )  # fmt: skip
    w.tables["nights"] = made
    for who, kind in (("joy", DutyKind.CHAIR), ("joy", DutyKind.RECORDER)):
        initiatives.ask_to(initiative=made, person=w.people[who], kind=kind, on=w.clock.on, **w.by("marta"))
    show(w, tables.seated(made).first(), "joy", lens=0, public=True)
    seat(w, "nights", "ines", "Brings what research knows about sleep", by="joy", lens=0, public=True)
    seat(w, "nights", "rhys", "Knows every door on the ward at night", by="joy", lens=0)
    open_table(w, "nights", "The trust has said yes.", by="joy")
    initiatives.freeze_aim(initiative_id=made.pk, on=w.clock.on, **w.by("joy"))
    yield 302
    for kind, first, after, rung in (
        ("initiate", 302, 272, ""), ("design", 272, 221, ""), ("pilot", 221, 121, "informing"),
        ("evaluate", 121, 60, "consultation"), ("report", 60, None, "informing"),
    ):  # fmt: skip
        initiatives.add_stage(
            initiative_id=made.pk, kind=kind, from_on=w.clock.day(first), to_on=after and w.clock.day(after),
            ladder="tlap" if rung else "", rung=rung, **w.by("joy"),
        )  # fmt: skip
    version = put_forward(
        w, "nights", CLAUSES, by="joy", why="So that nobody expects what this is not.", review_on=w.clock.day(-40)
    )
    for who in ("joy", "ines", "rhys"):
        sign(w, version, who)
    w.kept["nights agreement"] = version


def questions(w):
    """Two people put the questions of others to the ward team at the end. They do not plan, and they do not decide."""
    yield 119
    for who, role in (
        ("brendan", "Puts the questions of families to the ward team"),
        ("peggy", "Puts the questions of people on the ward to the team"),
    ):
        seat(w, "nights", who, role, by="joy", lens=0)
        sign(w, w.kept["nights agreement"], who)


def asked(w):
    """The conversation at the end of the pilot: thirty-four people, most of them on paper, and then the numbers once."""
    yield 116
    talk = conversations.open_new(
        initiative=w.tables["nights"], question=QUESTION, opens_for=OpensFor.PUBLIC, closes_on=w.clock.day(82),
        opening="Paper sheets lie on the ward and in the family room. Nobody on the ward sees who wrote what.",
        seeds=SEEDS, **w.by("joy"),
    )  # fmt: skip
    yield 111
    for who, words in (
        ("brendan", "My brother’s room has no clock, so he asks all night what time it is."),
        ("winifred", "The trolley by the lift has a wheel that screams."),
    ):
        written = conversations.add_statement(
            conversation_id=talk.pk, words=words, on=w.clock.on, show_name=True,
            **w.by(who, Channel.PAPER if who == "winifred" else None),
        )  # fmt: skip
        conversations.put_up(statement_id=written.pk, **w.by("joy"))
    refused = conversations.add_statement(
        conversation_id=talk.pk, words="Rhys is the only one who knocks.", on=w.clock.on, **w.by("peggy")
    )
    conversations.decline(
        statement_id=refused.pk, reason="It names somebody. Write it to us without the name, and it goes up.",
        **w.by("joy"),
    )  # fmt: skip
    yield 96
    ballots = iter(BALLOTS)
    for who in WITH_SIGN_IN:
        vote(w, talk, w.by(who)["by"], next(ballots))
    guests(w, talk, [next(ballots) for _ in NAMES], NAMES)
    paper(w, talk, ballots, by="joy")
    yield 80
    conversations.close(conversation_id=talk.pk, **w.by("joy"))
    w.kept["nights asked"] = talk


def gatherings(w):
    """Three meetings of the ward team, in person."""
    all_three = dict.fromkeys(("joy", "ines", "rhys"), IN_PERSON)
    place = "The handover room, Harbour ward"
    return [
        gathering(
            w, "nights", ago=288, title="What keeps people awake here", host="joy", place=place, there=all_three,
            notes=[("rhys", "Forty-one openings of a door in one night. Most were ours.")],
        ),
        gathering(
            w, "nights", ago=224, title="What we change first", host="joy", place=place, there=all_three,
            actions=[("rhys", "Felt on the doors of the linen room", 10, True)],
        ),
        gathering(
            w, "nights", ago=76, title="What people told us", host="joy", place=place,
            there={"joy": IN_PERSON, "ines": SCREEN, "rhys": IN_PERSON, "brendan": Coming.LATER, "peggy": Coming.NO},
            agenda=[("brendan", "A clock in every room", 10), ("peggy", "What happens with what we wrote", 10)],
            actions=[("joy", "Oil the trolley, and put a clock in every room", 14, True),
                     ("ines", "Write two pages for the trust’s board", 80, False)],
        ),
    ]  # fmt: skip


def decided(w):
    """What the trust decided, before the pilot and after people were asked; everybody who wrote was told."""
    return [
        decision(
            w, "nights", ago=252, by="joy", question="What changes first?", way=Way.ABOVE, choose=1, decided_at=231,
            options=[("Doors and checks", "Felt on doors; looking in without a torch."), ("Light", "New lamps.")],
            who="The trust’s ward board; we advise", owner="joy", told=229, review=100,
            reason="Research says that noise wakes people more often than light does.",
            spoke=[("ines", 1, "Nine studies say noise.", None), ("rhys", 1, "", None)],
        ),
        decision(
            w, "nights", ago=79, by="joy", question="Do the quieter checks stay?", statements_of="nights asked",
            background="Thirty-four people answered. Most slept better; the corridor light is too bright.",
            options=[("They stay, and the light goes down", "After ten the corridor has night lights only."),
                     ("They stay as they are", "Nothing else changes."), ("Back to the old checks", "A torch, hourly.")],
            way=Way.ABOVE, who="The trust’s ward board; we advise", choose=1, decided_at=71, owner="joy", told=62,
            reason="People slept better, and nobody was hurt more often than before.", review=-30,
            spoke=[("rhys", 1, "", None), ("ines", 1, "", None)],
        ),
    ]  # fmt: skip


def leaflet(w):
    """An advert that says plainly that there is no money; somebody waits for an answer."""
    yield 21
    advert = initiatives.write_advert(
        initiative_id=w.tables["nights"].pk, title="Read our page about sleep before it is printed",
        task="Read one page for people who are new on the ward. Tell us what you did not understand.",
        pay_kind=PayKind.NO_MONEY, pay_words="It is one page, and no is a good answer.",
        access="On paper, on a screen or read to you by phone.", time_words="About twenty minutes, when you like",
        benefit_line="No money is paid, so nothing changes for benefits.",
        other_ways="Take a sheet from the family room and leave it in the blue box.",
        closes_on=w.clock.day(-25), **w.by("joy"),
    )  # fmt: skip
    initiatives.publish(advert_id=advert.pk, **w.by("joy"))
    yield 13
    initiatives.reply(
        advert_id=advert.pk, person=w.people["maeve"], words="Gladly. I read slowly and well.", on=w.clock.on,
        at=w.clock.at,
    )  # fmt: skip


def label(w):
    """What we call it, beside what the records show; and then it is shown outside as the records have it."""
    yield 59
    labels.claim(
        initiative=w.tables["nights"], stage="evaluate", label="consultation", **w.by("joy"),
        said="Thirty-four people told us. The ward board decided.",
    )  # fmt: skip
    yield 56
    seen = shown_labels.mark_of(shown_labels.text_for_outside(w.tables["nights"], w.clock.on))
    labels.publish(initiative=w.tables["nights"], seen=seen, on=w.clock.on, **w.by("joy"))


def stories(w):
    """Everything that happens at this table."""
    return [*(story(w) for story in (table, questions, asked, leaflet, label)), *gatherings(w), *decided(w)]
