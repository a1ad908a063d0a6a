"""Shapes that come again and again in a year: a gathering, paid work, a question that is decided, votes."""

import secrets

from alongside.agreements import operations as agreements
from alongside.agreements.states import Answer
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import Method, OfferState
from alongside.conversations import operations as conversations
from alongside.conversations import queries as statements
from alongside.conversations.states import Choice
from alongside.decisions import operations as decisions
from alongside.decisions import queries as decided
from alongside.gatherings import operations as gatherings
from alongside.gatherings import queries as needs
from alongside.gatherings.states import Coming, Met
from alongside.initiatives import operations as initiatives
from alongside.initiatives.states import InitiativeState
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.payments import operations as payments
from alongside.people import operations as people
from alongside.people.states import Channel
from alongside.rates import queries as rates

CHOICES = {"a": Choice.AGREE, "d": Choice.DISAGREE, "p": Choice.PASS}
BANK = {"state": OfferState.ACCEPTED, "method": Method.BANK}
CASH = {"state": OfferState.ACCEPTED, "method": Method.CASH}


# --- a table ---


def open_table(w, table, reason, *, by):
    """Open an initiative. What the stories know of it is the opened one from now on."""
    moved = initiatives.move(initiative_id=w.tables[table].pk, to=InitiativeState.OPEN, reason=reason, **w.by(by))
    w.tables[table] = moved.initiative


def seat(w, table, who, role, *, by, lens=None, public=False):
    """Give somebody a seat, by a chair; they show the lens of this number of theirs, or none."""
    made = initiatives.seat_somebody(
        initiative_id=w.tables[table].pk, person=w.people[who], role=role, on=w.clock.on, **w.by(by)
    )
    show(w, made, who, lens=lens, public=public)
    return made


def show(w, made, who, *, lens=None, public=False):
    """Show a lens at a seat. lens: its place among those of the person, or None for none."""
    chosen = w.kept[f"lens {who}"][lens] if lens is not None else None
    initiatives.show(seat_id=made.pk, lens=chosen, public=public, **w.by(who))


def put_forward(w, table, clauses, *, by, why, review_on):
    """Write clauses into the draft of the agreement and put it forward."""
    version = agreements.begin_version(initiative=w.tables[table], **w.by(by))
    for heading, words in clauses:
        agreements.add_clause(version_id=version.pk, heading=heading, words=words, **w.by(by))
    return agreements.propose(version_id=version.pk, why=why, review_on=review_on, **w.by(by))


def sign(w, version, who, answer=Answer.YES, worry="", channel=None, helper=None):
    """One answer to a version of the agreement."""
    agreements.answer(version_id=version.pk, answer=answer, worry=worry, **w.by(who, channel, helper))


# --- a gathering ---


def gathering(
    w, table, *, ago, title, host, place, there, told=None, purpose="", access="", agenda=(), notes=(), actions=(),
    met=(),
):  # fmt: skip
    """A gathering from its call to what was needed there. there: {who: Channel, or a Coming when they did not come}.

    agenda: (who raised it, words, minutes). notes: (who wrote it, words). actions: (who, words, days ahead, done).
    met: (who, Met) of those who shared what they need. ago below nothing: it is still to come.
    """
    yield told or ago + 14
    made = gatherings.call(
        initiative=w.tables[table], title=title, purpose=purpose, place=place, access=access,
        starts_at=w.clock.hour(ago, 16), ends_at=w.clock.hour(ago, 17, 30),
        other_ways="By phone: the number comes the day before. On paper: send us your words by post.", **w.by(host),
    )  # fmt: skip
    for who, words, minutes in agenda:
        gatherings.raise_item(gathering_id=made.pk, words=words, minutes=minutes, **w.by(who))
    yield max(ago + 6, 2)
    sharing = {who for who, _ in met}
    for who, how in there.items():
        coming, channel = _said(how)
        gatherings.answer(gathering_id=made.pk, coming=coming, share_needs=who in sharing, **w.by(who, channel))
    if ago <= 0:
        return
    yield ago
    invited = {each.person_id: "" for each in needs.invitations(made)}
    came = {w.people[who].pk: how for who, how in there.items() if isinstance(how, Channel)}
    gatherings.record_attendance(gathering_id=made.pk, there=invited | came, **w.by(host))
    for who, words in notes:
        gatherings.note(gathering_id=made.pk, words=words, **w.by(who))
    for who, words, ahead, done in actions:
        action = gatherings.promise(
            gathering_id=made.pk, words=words, owner=w.people[who], due_on=w.clock.day(ago - ahead), **w.by(host)
        )
        if done:
            gatherings.finish(action_id=action.pk, **w.by(who))
    if met:
        yield max(ago - 3, 1)
    for who, how in met:
        if how != Met.UNKNOWN:
            asked = {need.pk: how for need in needs.my_needs_asked(made, w.people[who])}
            gatherings.say_met(gathering_id=made.pk, met=asked, **w.by(who))


def _said(how):
    """(what they said to the invitation, by which way): who came by phone or paper answered that way too."""
    if isinstance(how, Coming):
        return how, None
    return Coming.YES, how if how in {Channel.PHONE, Channel.PAPER} else None


# --- paid work ---


def pay_line(w, table):
    """The line of a table's fund that pays for its work: the larger one."""
    fund = w.kept["funds"][table.pk]
    return max((row for row in ledger.lines_of(w.organisation) if row.fund_id == fund.pk), key=lambda row: row.pence)


def work(
    w, table, to, task, *, offered, on, answer=None, answered=None, done=True, approved=None, sent=None, arrived=None,
    held=None, rate=0, minutes=120, channel=None, helper=None, by="marta", approver="gwen", **terms,
):  # fmt: skip
    """One offer from its making to the money, as far as it went. on: the day of the work, in days ago.

    answer: what the person said (see contributions.answer), or None while they have not. rate: which line of the rate
    card, or None for work without money. held: (days ago, words) when its money was put on hold.
    """
    yield offered
    table = w.tables[table]
    lines = list(rates.rates_on(w.organisation, w.clock.on))
    offer = contributions.make_offer(
        initiative=table, to=w.people[to], task=task, activity_on=w.clock.day(on), minutes=minutes,
        line=None if rate is None else lines[rate], approver=w.people[approver],
        fund_line=pay_line(w, table), **terms, **w.by(by),
    )  # fmt: skip
    if not answer:
        return
    yield answered or max(offered - 2, 1)
    contributions.answer(offer_id=offer.pk, **answer, **w.by(to, channel, helper))
    if on < 1 or not done or answer["state"] in {OfferState.DECLINED, OfferState.LATER}:
        return
    yield on
    contributions.say_done(offer_id=offer.pk, on=w.clock.on, **w.by(to, channel, helper))
    if approved:
        yield approved
        part = offers.parts_of(offer).first()
        payments.approve(part_id=part.pk, line_id=pay_line(w, table).pk, **w.by(approver))
    if held:
        yield held[0]
        payments.hold(part_id=offers.parts_of(offer).first().pk, words=held[1], **w.by("niall"))
    if sent:
        yield sent
        payments.send(part_id=part.pk, on=w.clock.on, reference=f"HH-{part.pk:04}", **w.by("niall"))
    if arrived:
        yield arrived
        payments.arrive(part_id=part.pk, on=w.clock.on, **w.by(to))


# --- a question that is decided ---


def decision(
    w, table, *, ago, question, options, way, who, spoke, by, background="", choose=None, decided_at=None, reason="",
    owner=None, review=-60, told=None, overturned=None, statements_of=None,
):  # fmt: skip
    """A question from its opening to the telling. spoke: (who, option or None, words, channel) each.

    choose: the option that was decided, from 1; told: when somebody had told everybody; overturned: (ago, who, why).
    """
    yield ago
    basis = [each.pk for each in statements.statements_up(w.kept[statements_of])] if statements_of else ()
    made = decisions.open_question(
        initiative=w.tables[table], question=question, background=background, options=options, way=way,
        who_decides=who, statement_ids=basis, **w.by(by),
    )  # fmt: skip
    choices = [None, *decided.options_of(made)]
    for voice, place, words, channel in spoke:
        option = choices[place].pk if place else None
        decisions.speak(decision_id=made.pk, option_id=option, harm=False, words=words, **w.by(voice, channel))
    if not choose:
        return
    yield decided_at
    decisions.decide(
        decision_id=made.pk, option_id=choices[choose].pk, reason=reason, owner=w.people[owner],
        review_on=w.clock.day(review), **w.by(by),
    )  # fmt: skip
    if not told:
        return
    yield told
    for telling in list(decided.tellings(made).filter(told_at=None)):
        people.mark_told(telling_id=telling.pk, **w.by("marta"))
    decisions.finish(decision_id=made.pk, **w.by(by))
    if overturned:
        yield overturned[0]
        decisions.overturn(decision_id=made.pk, who=overturned[1], reason=overturned[2], **w.by(by))


def tell_by_phone(w, *, ago, leave=()):
    """Marta works through the phone and letter lists; `leave`: people whom she has not reached yet."""
    yield ago
    left = {w.people[who].pk for who in leave}
    for telling in list(organisations.still_to_tell(w.organisation)):
        if telling.person_id not in left:
            people.mark_told(telling_id=telling.pk, **w.by("marta"))


# --- votes ---


def vote(w, conversation, person, letters, channel=None):
    """One person's ballot. letters: one for each statement that is up: a agree, d disagree, p pass, - no answer."""
    if channel:
        person.channel = channel
    acts = {"by": person, "at": w.clock.at}
    code = conversations.take_paper(conversation_id=conversation.pk, token=secrets.token_hex(16), **acts)
    for statement, choice in _answers(conversation, letters).items():
        conversations.answer(conversation_id=conversation.pk, statement_id=statement, code=code, choice=choice, **acts)


def paper(w, conversation, sheets, *, by):
    """Ballots that came in on paper: each sheet is a voter, and nobody knows whose it is."""
    for letters in sheets:
        conversations.enter_sheet(conversation_id=conversation.pk, answers=_answers(conversation, letters), **w.by(by))


def guests(w, conversation, ballots, names):
    """Ballots of people without a sign-in."""
    for name, letters in zip(names, ballots, strict=True):
        person, _ = people.welcome_guest(shown_name=name, at=w.clock.at)
        vote(w, conversation, person, letters)


def _answers(conversation, letters):
    # By their words: numbers are drawn at random, and the ballots of the story should fit the statements each time.
    up = sorted(statements.statements_up(conversation), key=lambda each: each.words)
    return {each.pk: CHOICES[letter] for each, letter in zip(up, letters, strict=False) if letter in CHOICES}
