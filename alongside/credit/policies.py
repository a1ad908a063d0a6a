"""How a name is written, in which order names stand, how two wordings differ; and facts that rules and reads both ask."""

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import groupby

from alongside.calculations import content
from alongside.claims import queries as claims
from alongside.contributions import queries as contributions
from alongside.contributions.states import OfferState
from alongside.credit.models import ApprovedUse, QuoteDraft
from alongside.credit.states import (
    WRITTEN,
    CreditState,
    NameForm,
    Order,
    Piece,
    Proposal,
    QuoteState,
    Standing,
)
from alongside.decisions import queries as decisions
from alongside.design.states import DONE, NEXT, NOW, Step, Thread, day_words
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind

REFERENCE_CHECK = "words-that-say-why"


def sat_here(person, initiative):
    """Whether the person holds or ever held a seat here; leaving takes nothing away."""
    return initiatives.seats_ever(initiative).filter(person=person).exists()


# --- names ---


def name_written(form, words, group_name=""):
    """A name as it stands in print: of "Asha Devi Khan" whole, "Asha", "A. D. K.", another name, the group's or none."""
    words = " ".join(words.split())
    if form == NameForm.FIRST:
        return words.split(" ")[0]
    if form == NameForm.INITIALS:
        return " ".join(f"{part[0].upper()}." for part in re.split(r"[\s-]+", words) if part)
    if form == NameForm.GROUP:
        return group_name
    return "" if form == NameForm.NONE else words


def one_of(initiative):
    """What stands under words whose speaker wants to be named as part of the group only."""
    return f"Somebody of {initiative.name}"


def in_order(credits, rule):
    """Credits with a name of their own, in the order that the group chose; by the alphabet where none is chosen.

    rule: the newest OrderRule or None. A credit that came after the rule stands behind those that it names.
    """
    named = [credit for credit in credits if credit.state == CreditState.YES and credit.form in WRITTEN]
    by_name = sorted(named, key=lambda credit: (credit.written.casefold(), credit.pk))
    if rule is None or rule.order in {Order.ALPHABET, Order.GROUP_FIRST}:
        return by_name
    if rule.order == Order.ENDS:
        first, last = rule.places
        return sorted(by_name, key=lambda credit: (credit.pk != first, credit.pk == last))
    place = {pk: number for number, pk in enumerate(rule.places)}
    return sorted(by_name, key=lambda credit: place.get(credit.pk, len(place)))


def drawn(seed, credits):
    """Keys of these named credits in the order that the lot gives them."""
    return [credit.pk for credit in sorted(credits, key=lambda credit: (lot(seed, credit.written), credit.pk))]


def lot(seed, written):
    """The lot of one name as it stands when it is drawn: anybody can draw it again as the SHA-256 of the seed, a colon and the name.

    Nothing but what is in print goes into it: a key of a row would lead from a chosen name back to its person.
    """
    return sha256(f"{seed}:{written}".encode()).hexdigest()


def line_of(output, credits, rule):
    """The line for print: who made it, who is thanked, and that others gave too. Empty while nobody said yes.

    No number of people without a name is told: it would be about few.
    """
    made = [credit.written for credit in in_order(credits, rule) if credit.standing == Standing.AUTHOR]
    thanked = [credit.written for credit in in_order(credits, rule) if credit.standing == Standing.THANKED]
    yes = [credit for credit in credits if credit.state == CreditState.YES]
    if output.group_name and any(credit.form == NameForm.GROUP for credit in yes):
        made = [output.group_name, *made] if rule and rule.order == Order.GROUP_FIRST else [*made, output.group_name]
    parts = [_stop(f"By {listed(made)}")] if made else []
    parts += [_stop(f"With thanks to {listed(thanked)}")] if thanked else []
    if any(credit.form == NameForm.NONE for credit in yes):
        parts.append("Others gave to this too and are not named." if parts else "By people who are not named.")
    return " ".join(parts)


def _stop(words):
    return words if words.endswith(".") else f"{words}."


def listed(names):
    """Names as one phrase: `Asha, Bo and Cy`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


# --- quotations ---


def drafts_of(quote):
    """Every wording that this quotation had before a yes, oldest first. Only for who reads the quotation itself."""
    return QuoteDraft.objects.filter(quote=quote).select_related("by").order_by("pk")


def newest_draft(quote):
    """The wording that waits for a yes; None when all were thrown away."""
    return drafts_of(quote).last()


def uses_of(approved):
    """What these approved words may be used for: a set of Use."""
    return set(ApprovedUse.objects.filter(approved=approved).values_list("use", flat=True))


def difference(before, after):
    """Two wordings laid side by side, word by word, as Pieces: what stayed, what was taken out, what came in."""
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", after)
    marked = []
    for change, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        marked += [(word, "same" if change == "equal" else "removed") for word in old[i:j]]
        marked += [(word, "added") for word in new[k:n] if change != "equal"]
    return [Piece(" ".join(word for word, _ in run), change) for change, run in groupby(marked, lambda each: each[1])]


def ran_out(quote, at):
    """The last day of a quotation's yes once it is over on the organisation's wall, else None. quote: of `quotes_of`."""
    over = quote.until and quote.until < organisations.local_day(quote.initiative.organisation, at)
    return quote.until if over else None


def with_last_days(quotes, at):
    """[(Quote, the last day of its yes once that is over, else None)]"""
    return [(quote, ran_out(quote, at)) for quote in quotes]


def quote_thread(quote, approved, viewer, over=None):
    """The life of a quotation: written down, shown, yes, used until.

    approved: the ApprovedQuote that was not taken back, or None. over: its last day, where that has passed.
    """
    whose = "you" if viewer is not None and viewer.pk == quote.speaker_id else quote.speaker.shown_name
    state, captured = quote.state, Step("written down", DONE, quote.captured_by.shown_name)
    if state in {QuoteState.DROPPED, QuoteState.DECLINED, QuoteState.WITHDRAWN}:
        return Thread("These words", [captured, Step(quote.get_state_display().lower(), DONE)])
    shown = (
        Step("to show", NOW, quote.captured_by.shown_name) if state == QuoteState.CAPTURED
        else Step("shown", DONE, quote.captured_by.shown_name)
    )  # fmt: skip
    yes = Step(
        "yes" if state == QuoteState.APPROVED else "yes or no",
        {QuoteState.SHOWN: NOW, QuoteState.APPROVED: DONE}.get(state, NEXT),
        whose,
    )
    if over:
        return Thread("These words", [captured, shown, yes, Step(f"ran out on {day_words(over, weekday=False)}", DONE)])
    used = Step(f"may be used until {day_words(approved.until, weekday=False)}" if approved else "used", NEXT)
    return Thread("These words", [captured, shown, yes, used])


# --- references ---


def words_that_say_why(text):
    """Of a reference, the words that tell why somebody is involved, as they are listed; none is as it should be."""
    plain = re.sub(r"\s+", " ", text.casefold().replace("‑", "-"))
    return [
        point.words
        for point in content.checklist(REFERENCE_CHECK).points
        if re.search(rf"\b{re.escape(point.words)}", plain)
    ]


def role_as_data(role):
    """A chosen role for other programs: our id and words, and the name and address of CRediT where it has one."""
    known = {each.id: each for each in content.contributor_roles()}.get(role.role)
    formal = {"role": known.credit_name, "uri": known.credit_uri} if known and known.credit_name else None
    return {"id": role.role, "words": role.words, "credit": formal}


def hours_words(work):
    """The time of these offers in words."""
    minutes = sum(each.minutes for each in work)
    hours, rest = divmod(minutes, 60)
    return (
        " and ".join(filter(None, (f"{hours} hours" if hours else "", f"{rest} minutes" if rest else "")))
        or "none written down"
    )


# --- what the records propose ---


def proposals(initiative):
    """What the records of an initiative say that people gave: Proposals, of everybody who ever sat or worked here.

    Statements and ballots are left out: who wrote them may be nobody's to know. A seat that was left counts in full.
    """
    return [
        *_from_seats(initiative),
        *_counted(gatherings.attendance(initiative), "person", "gathering", "gathering that you came to"),
        *_counted(gatherings.raised(initiative), "raised_by", "agenda", "matter that you raised"),
        *_counted(gatherings.written(initiative), "written_by", "note", "line of notes that you wrote"),
        *_counted(gatherings.finished(initiative), "owner", "action", "thing that you took on and did"),
        *_counted(decisions.views_in(initiative), "person", "view", "decision that you spoke on"),
        *_from_log(initiative),
        *from_work(initiative),
    ]


def _from_seats(initiative):
    seats = defaultdict(list)
    for seat in initiatives.seats_ever(initiative):
        seats[seat.person_id].append(seat)
    for person, held in seats.items():
        yield Proposal(person, "seat", f"A seat since {day_words(held[0].joined_on, weekday=False)}")
        if len(held) > 1:
            yield Proposal(person, "returned", f"You came back on {day_words(held[-1].joined_on, weekday=False)}")
    for duty in initiatives.duties_ever(initiative):
        kind = {DutyKind.CHAIR: "chair", DutyKind.LEAD: "chair", DutyKind.RECORDER: "recorder"}.get(duty.kind)
        if kind:
            since = day_words(duty.since, weekday=False)
            yield Proposal(duty.person_id, kind, f"{duty.get_kind_display()}, asked of you on {since}")


def _counted(rows, field, record, words):
    for person, count in Counter(rows.order_by().values_list(field, flat=True)).items():
        yield Proposal(person, record, f"{count} {_several(words) if count > 1 else words}")


def _several(words):
    noun, _, rest = words.partition(" ")
    return f"{noun}s {rest}"


def _from_log(initiative):
    """What people wrote into their own log and share with the table."""
    entries = Counter(
        (entry.person_id, entry.kind, entry.get_kind_display()) for entry in claims.shared_log(initiative)
    )
    for (person, kind, words), count in entries.items():
        yield Proposal(person, kind.lower(), f"{words}, {count} time{'s' if count > 1 else ''} in your log")


def from_work(initiative):
    """Work that was offered and done here, as Proposals; it proposes no one role."""
    done = contributions.offers_of(initiative).filter(state=OfferState.DONE, same_day=False, costs_only=False)
    for offer in done.order_by("done_on", "pk"):
        yield Proposal(
            offer.to_id, "work", f"Work that you did on {day_words(offer.done_on, weekday=False)}: {offer.task}"
        )


def roles_from(proposed):
    """[(contributor role, which record proposes it)] of one person's Proposals."""
    words = {each.record: each.words for each in proposed}
    return [
        (role, "; ".join(words[record] for record in role.records if record in words)[:300])
        for role in content.contributor_roles()
        if any(record in words for record in role.records)
    ]
