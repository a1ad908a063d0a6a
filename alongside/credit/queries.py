"""Reads of outputs, credit and quotations. Whatever leaves this room reads approved words only."""

from collections import defaultdict
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q
from django.urls import reverse

from alongside.calculations import content
from alongside.calculations.sheets import safe_rows
from alongside.claims import queries as claims
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState, OfferState
from alongside.conversations import queries as conversations
from alongside.credit.models import (
    ApprovedQuote,
    ApprovedUse,
    AuthorAnswer,
    Credit,
    CreditRole,
    OrderRule,
    Output,
    Quote,
    QuoteUsed,
    Reference,
    Thanks,
)
from alongside.credit.policies import (
    difference,
    drafts_of,
    from_work,
    hours_words,
    in_order,
    line_of,
    lot,
    name_written,
    newest_draft,
    proposals,
    quote_thread,
    role_as_data,
    roles_from,
    sat_here,
    uses_of,
)
from alongside.credit.states import (
    OWN_NAME,
    Answer,
    Approved,
    CreditState,
    NameForm,
    OutputState,
    QuoteState,
    ReferenceState,
)
from alongside.decisions import queries as decisions
from alongside.design.states import BECAME, NEEDS, Line, day_words
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.timebank import queries as timebank

A_PAGE = 30
NEWS_DAYS = 30
__all__ = [
    "difference",
    "in_order",
    "lot",
    "name_written",
    "newest_draft",
    "proposals",
    "quote_thread",
    "roles_from",
    "sat_here",
    "uses_of",
]


def people_here(initiative, *, without=None):
    """Persons who sit or sat here, by name, for a form to choose from; without one of them when named."""
    ever = initiatives.seats_ever(initiative).order_by().values("person")
    found = people.people(ever).exclude(state="ERASED")
    return found.exclude(pk=without.pk) if without else found


# --- outputs and credit ---


def _outputs():
    return Output.objects.select_related("initiative__organisation").order_by("-begun_on", "-pk")


def outputs_visible_to(person):
    """Outputs of tables where the person may read, newest first."""
    return _outputs().filter(initiatives.at_table(person))


def outputs_led_by(person):
    """Outputs of initiatives that the person leads, newest first."""
    return _outputs().filter(initiatives.asked_to(person, LEADING))


def outputs_of(initiative, *, out=False):
    """Outputs of one initiative, newest first; only what is out in the world when `out`."""
    found = _outputs().filter(initiative=initiative)
    return found.filter(state=OutputState.OUT) if out else found


def credits_of(output):
    """Everybody who was proposed, with the person, by name. For who leads; what others see is `line_for`."""
    return Credit.objects.filter(output=output).select_related("person").order_by("person__shown_name", "pk")


def credits_about(person):
    """The person's own credits with output and initiative, newest first; also where they have left."""
    own = Credit.objects.filter(person=person).select_related("output__initiative", "person")
    return own.order_by("-asked_at", "-pk")


def roles_said(person):
    """[(Output, words of a role)] that the person said of what they gave to, without roles that tell why they are in."""
    quiet = [role.id for role in content.contributor_roles() if not role.tells_why]
    rows = CreditRole.objects.filter(credit__person=person, credit__state=CreditState.YES, chosen=True, role__in=quiet)
    return [(row.credit.output, row.words) for row in rows.select_related("credit__output").order_by("words", "pk")]


def rules_of(output):
    """Every order that the group chose, newest first."""
    return OrderRule.objects.filter(output=output).select_related("by").order_by("-at", "-pk")


def rule_of(output):
    """The order that holds; None before one was chosen (then the alphabet)."""
    return rules_of(output).first()


def lines_for(outputs):
    """[(Output, the line for print)] for many outputs in three queries."""
    outputs = list(outputs)
    credits, rules = defaultdict(list), {}
    for credit in Credit.objects.filter(output__in=outputs).order_by("pk"):
        credits[credit.output_id].append(credit)
    for rule in OrderRule.objects.filter(output__in=outputs).order_by("at", "pk"):
        rules[rule.output_id] = rule
    return [(output, line_of(output, credits[output.pk], rules.get(output.pk))) for output in outputs]


def named_on(output):
    """[(Credit, [CreditRole that they chose])] of everybody with a name of their own, in the order that holds."""
    credits = in_order(Credit.objects.filter(output=output).order_by("pk"), rule_of(output))
    chosen = _chosen_roles(credits)
    return [(credit, chosen[credit.pk]) for credit in credits]


def roles_without_name(output):
    """Words of the roles of people who are counted without a name, each once, by the alphabet; nobody stands beside."""
    nameless = Credit.objects.filter(output=output, state=CreditState.YES, form__in=[NameForm.NONE, NameForm.GROUP])
    roles = CreditRole.objects.filter(credit__in=nameless, chosen=True).values_list("words", flat=True)
    return sorted(set(roles))


def _chosen_roles(credits):
    chosen = defaultdict(list)
    for role in CreditRole.objects.filter(credit__in=credits, chosen=True).order_by("pk"):
        chosen[role.credit_id].append(role)
    return chosen


def roles_of(credit):
    """[(contributor role of the content, CreditRole or None)] for the person to choose from, the proposed ones first."""
    there = {role.role: role for role in CreditRole.objects.filter(credit=credit)}
    rows = [(role, there.get(role.id)) for role in content.contributor_roles()]
    return sorted(rows, key=lambda row: row[1] is None)


def ticked(roles):
    """Ids of those of `roles_of` that are ticked beforehand: what a record proposes and the person did not take off.

    A role that tells why they are in is ticked only where they chose it themselves.
    """
    return [role.id for role, had in roles if had and (had.chosen or (had.chosen is None and not role.tells_why))]


def conditions_of(credit):
    """[(authorship question, Answer or "")] for the person, in their order."""
    said = dict(AuthorAnswer.objects.filter(credit=credit).values_list("question", "answer"))
    return [(question, said.get(question.id, "")) for question in content.authorship_questions()]


def help_wanted(output):
    """[(shown name, words of the condition)] where somebody asked for help to meet a condition; for who leads."""
    asked = AuthorAnswer.objects.filter(credit__output=output, answer=Answer.ASK).select_related("credit__person")
    words = {question.id: question.words for question in content.authorship_questions()}
    rows = asked.order_by("credit__person__shown_name", "pk")
    return [(row.credit.person.shown_name, words[row.question]) for row in rows if row.question in words]


def file_rows(output):
    """Who is named for an output and for what, as rows of a table: name, place, our words, the name and address of CRediT."""
    known = {role.id: role for role in content.contributor_roles()}
    rows = [["Name", "Stands among", "Role", "CRediT role", "CRediT address"]]
    for credit, roles in named_on(output):
        for role in roles or [CreditRole(words="")]:
            of = known.get(role.role)
            formal = [of.credit_name, of.credit_uri] if of else ["", ""]
            rows.append([credit.written, credit.get_standing_display(), role.words, *formal])
    rows += [["", "Counted without a name", words, "", ""] for words in roles_without_name(output)]
    return rows


def file_of(output, kind):
    """The same as bytes: "csv" for spreadsheets, "json" in the shape in which publishers ask for contributor roles."""
    if kind == "csv":
        return safe_rows(file_rows(output)).encode("utf-8-sig")
    ((_, line),) = lines_for([output])
    people_named = [
        {
            "name": credit.written,
            "stands_among": credit.get_standing_display(),
            "roles": [role_as_data(role) for role in roles],
        }
        for credit, roles in named_on(output)
    ]
    return {
        "title": output.title, "kind": output.get_kind_display(), "line": line, "group": output.group_name,
        "contributors": people_named, "roles_without_name": roles_without_name(output),
        "scheme": {"name": "CRediT", "address": "https://credit.niso.org/"},
    }  # fmt: skip


def also_in_records(credit):
    """Work that the records know of and that proposes no one role: the person says which it was. Sentences."""
    own = [each for each in from_work(credit.output.initiative) if each.person_id == credit.person_id]
    return [each.words for each in own]


# --- quotations ---


def approved_quotes(initiative, use, on):
    """Words that may be used for `use` on the day `on`, with the name under each: list of Approved, oldest yes first.

    The only way in which words of people leave this room. use: a Use. Nothing without the speaker's yes stands in
    the table that this reads; what was taken back, replaced or has run out is left out.
    """
    rows = _approved_now(initiative, on).filter(pk__in=ApprovedUse.objects.filter(use=use).values("approved"))
    return [Approved(row.pk, row.words, row.name) for row in rows]


def _approved_now(initiative, on):
    now = ApprovedQuote.objects.filter(initiative=initiative, ended_at=None, until__gte=on)
    return now.order_by("approved_at", "pk")


def approved_for_table(initiative, on):
    """[(ApprovedQuote, [words of its uses])] that the table may use on the day `on`, oldest yes first."""
    rows = list(_approved_now(initiative, on))
    allowed = defaultdict(list)
    for each in ApprovedUse.objects.filter(approved__in=rows).order_by("pk"):
        allowed[each.approved_id].append(each.get_use_display())
    return [(row, allowed[row.pk]) for row in rows]


def approved_visible_to(person):
    """Approved words of tables where the person may read, that hold."""
    found = ApprovedQuote.objects.filter(initiatives.at_table(person), ended_at=None)
    return found.select_related("initiative__organisation").order_by("-pk")


def quotes_file(initiative, use, on):
    """What may be used for one use, as bytes of a CSV: words, name, and until when."""
    until = dict(_approved_now(initiative, on).values_list("pk", "until"))
    rows = [[each.words, each.name, until[each.pk].isoformat()] for each in approved_quotes(initiative, use, on)]
    return safe_rows([["Words", "Name under them", "May be used until"], *rows]).encode("utf-8-sig")


def quotes_of(person):
    """Quotations that the person said or wrote down, with `until` of their yes, newest first; nobody else reads them."""
    if person is None:
        return Quote.objects.none()
    holds = ApprovedQuote.objects.filter(quote=OuterRef("pk"), ended_at=None)
    own = Quote.objects.filter(Q(speaker=person) | Q(captured_by=person)).annotate(until=holds.values("until")[:1])
    return own.select_related("initiative__organisation", "speaker", "captured_by", "note").order_by(
        "-captured_at", "-pk"
    )


def wordings(quote):
    """(first draft, newest draft, Pieces between them) of a quotation that the viewer may read; (None, None, []) of none."""
    drafts = [draft for draft in drafts_of(quote) if draft.words]
    if not drafts:
        return None, None, []
    first, newest = drafts[0], drafts[-1]
    return first, newest, difference(first.words, newest.words) if newest != first else []


def approval_of(quote):
    """The yes that was not taken back or replaced; None when there is none. Its last day may be over."""
    return ApprovedQuote.objects.filter(quote=quote, ended_at=None).first()


def used_of(quote):
    """Where words of this quotation were used, newest first; for its speaker."""
    return QuoteUsed.objects.filter(approved__quote=quote).select_related("by").order_by("-used_on", "-pk")


def _used():
    return QuoteUsed.objects.select_related("approved__initiative__organisation", "approved__quote", "by", "told_by")


def used_visible_to(person):
    """Uses of approved words at tables where the person may read, newest first."""
    return _used().filter(initiatives.at_table(person, "approved__initiative")).order_by("-used_on", "-pk")


def used_in(initiative):
    """Where approved words of one table were used, newest first. No words stand here."""
    return _used().filter(approved__initiative=initiative).order_by("-used_on", "-pk")


# --- references, thanks ---


def references_of(person):
    """References about the person or written by them, newest first."""
    if person is None:
        return Reference.objects.none()
    own = Reference.objects.filter(Q(about=person) | Q(written_by=person))
    return own.select_related("initiative__organisation", "about", "written_by").order_by("-written_at", "-pk")


def thanks_to(person):
    """Thanks that the person got, newest first."""
    return Thanks.objects.filter(to=person).exclude(words="").select_related("by", "initiative").order_by("-at", "-pk")


def seen_here(person):
    """Initiatives in which the person sits or ever sat, for their own certificate, by name."""
    seats = initiatives.seats_ever_of(person)
    return {seat.initiative_id: seat.initiative for seat in seats}


def own_page(person, number):
    """A page of one's credits, quotations and references: a dict of the three, and of the page of the longest of them."""
    lists = {"credits": credits_about(person), "quotes": quotes_of(person), "references": references_of(person)}
    pagers = {name: Paginator(rows, A_PAGE) for name, rows in lists.items()}
    longest = max(pagers.values(), key=lambda pager: pager.num_pages).get_page(number)
    shown = {name: pager for name, pager in pagers.items() if longest.number <= pager.num_pages}
    return {"page_obj": longest} | {name: pager.page(longest.number).object_list for name, pager in shown.items()}


# --- pages of other rooms ---


def today(person, on):
    """Names to choose, words to look at, references to read, places to tell; and where one's words were used lately."""
    if person is None:
        return []
    return [*_asked_lines(person), *_quote_lines(person), *_reference_lines(person), *_used_lines(person, on)]


def _asked_lines(person):
    asked = credits_about(person).filter(state=CreditState.ASKED).exclude(output__state=OutputState.DROPPED)
    for pk, title in asked.values_list("pk", "output__title"):
        yield Line(f"Say how you are named: {title}", reverse("credit:answer", args=[pk]), NEEDS)


def _quote_lines(person):
    waiting = Q(speaker=person, state=QuoteState.SHOWN) | Q(captured_by=person, state=QuoteState.CAPTURED)
    for pk, state, speaker in quotes_of(person).filter(waiting).values_list("pk", "state", "speaker__shown_name"):
        own = state == QuoteState.SHOWN
        words = "Your words: decide whether they may be used" if own else f"Show {speaker} their words"
        yield Line(words, reverse("credit:quote", args=[pk]), NEEDS)
    back = QuoteUsed.objects.filter(by=person, told_at=None, approved__quote__state=QuoteState.WITHDRAWN)
    for place, initiative in back.order_by("pk").values_list("place", "approved__initiative"):
        url = reverse("credit:initiative", args=[initiative])
        yield Line(f"Words were taken back. Tell this place: {place}", url, NEEDS)


def _reference_lines(person):
    mine = Q(about=person, state=ReferenceState.SHOWN) | Q(written_by=person, state=ReferenceState.RETURNED)
    for pk, about in references_of(person).filter(mine).values_list("pk", "about"):
        words = "Read your reference" if about == person.pk else "Look again at the reference that you wrote"
        yield Line(words, reverse("credit:reference", args=[pk]), NEEDS)


def _used_lines(person, on):
    since = on - timedelta(days=NEWS_DAYS)
    used = QuoteUsed.objects.filter(approved__speaker=person, used_on__gte=since).order_by("-used_on", "-pk")
    for place, quote in used.values_list("place", "approved__quote")[:3]:
        yield Line(f"Your words were used: {place}", reverse("credit:quote", args=[quote]), BECAME)


# --- on paper, for the person themselves ---


def certificate(person, initiative, *, name, on, with_initiative=False, with_hours=False):
    """What a certificate says of what somebody did here, from the records: data for a paper and for a page.

    It says neither why they are involved nor what their seat is called. Hours and the name of the initiative stand
    there only where the person wants them.
    """
    seats = [seat for seat in initiatives.seats_ever_of(person) if seat.initiative_id == initiative.pk]
    left = None if any(seat.left_on is None for seat in seats) else max(seat.left_on for seat in seats)
    came = gatherings.came_to(person).filter(gathering__initiative=initiative).count()
    facts = [["From", day_words(seats[0].joined_on, weekday=False)]]
    facts += [["Until", day_words(left, weekday=False) if left else "today, and going on"]]
    facts += [["Came to", f"{came} gathering{'s' if came > 1 else ''}"]] if came else []
    given_to = _given_to(person, initiative)
    facts += [["Gave to", "; ".join(given_to)]] if given_to else []
    facts += [["Hours", hours_words(_work_of(person, initiative))]] if with_hours else []
    where = f"{initiative.name}, a piece of work of " if with_initiative else "the work of "
    organisation = initiative.organisation.name
    return {
        "title": f"Certificate for {name}",
        "lead": f"{name} worked together with others in {where}{organisation}.",
        "facts": facts,
        "paragraphs": [f"Signed for {organisation}:", "Name and day:"],
        "foot": f"From the records of {organisation}, {day_words(on, weekday=False)}.",
    }


def _given_to(person, initiative):
    """Titles of outputs for which the person is named by their own name, with the roles that say nothing of the why.

    A certificate carries the real name: beside it, where they chose another name or none, would stand who they are.
    """
    quiet = {role.id for role in content.contributor_roles() if not role.tells_why}
    named = credits_about(person).filter(output__initiative=initiative, state=CreditState.YES, form__in=OWN_NAME)
    credits = list(named)
    chosen = _chosen_roles(credits)
    rows = []
    for credit in credits:
        words = ", ".join(role.words.lower() for role in chosen[credit.pk] if role.role in quiet)
        rows.append(f"{credit.output.title} ({words})" if words else credit.output.title)
    return rows


def _work_of(person, initiative=None):
    done = contributions.offers_to(person).filter(state=OfferState.DONE, same_day=False, costs_only=False)
    return list((done.filter(initiative=initiative) if initiative else done).order_by("done_on", "pk"))


def reference_paper(reference):
    """A reference as data for a paper and for a page."""
    written_on = organisations.local_day(reference.initiative.organisation, reference.written_at)
    return {
        "title": f"Reference for {reference.about.shown_name}",
        "facts": [["Written on", day_words(written_on, weekday=False)]],
        "paragraphs": reference.words.split("\n\n"),
        "foot": reference.signed,
    }


def gave_and_got(person):
    """What a person gave and what came back, over all tables, on one page for their own eyes: a dict of lists."""
    work = _work_of(person)
    offers = list(contributions.offers_to(person).filter(state=OfferState.DONE))
    parts = [part for found in contributions.parts_by_offer(offers).values() for part in found]
    arrived = [part for part in parts if part.money == MoneyState.ARRIVED]
    return {
        "seats": list(initiatives.seats_ever_of(person)),
        "came": list(gatherings.came_to(person)),
        "said": [each for each in conversations.statements_of_author(person) if each.words],
        "became": list(decisions.decisions_about(person)),
        "work": work,
        "log": list(claims.log_of(person)),
        "log_totals": [(words, minutes) for words, minutes in claims.own_totals(claims.log_of(person)) if minutes],
        "hours": hours_words(work),
        "time": [row for row in timebank.standings(person) if row[1] or row[2]],
        "arrived": sorted(arrived, key=lambda part: (part.arrived_on, part.pk)),
        "arrived_pence": sum(part.pence for part in arrived),
        "waiting_pence": sum(part.pence for part in parts if part.money != MoneyState.ARRIVED),
        "costs": [offer for offer in offers if offer.costs_pence],
        "credits": list(credits_about(person).filter(state=CreditState.YES)),
        "thanks": list(thanks_to(person)),
    }


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file.

    Of words that they wrote down of others, only that they did: those are not theirs to take away.
    """
    credits = list(credits_about(person))
    chosen = _chosen_roles(credits)
    spoken = quotes_of(person).filter(speaker=person)
    wrote = quotes_of(person).filter(captured_by=person).exclude(speaker=person)
    used = QuoteUsed.objects.filter(approved__speaker=person).order_by("pk")
    return {
        "outputs that I gave to": [
            {
                "output": each.output.title, "state": each.get_state_display(), "named": each.get_form_display(),
                "name": each.written, "roles": [role.words for role in chosen[each.pk]], "asked": each.asked_at,
                "name stays when I am erased": each.keep_name,
            }
            for each in credits
        ],
        "words that I said": [_quote_row(each) for each in spoken],
        "where my words were used": [{"place": each.place, "on": each.used_on} for each in used],
        "words of others that I wrote down": [
            {"said on": each.said_on, "state": each.get_state_display()} for each in wrote
        ],
        "references": [
            {"about": each.about.shown_name, "by": each.written_by.shown_name, "words": each.words}
            for each in references_of(person)
        ],
        "thanks that I got": [{"from": each.by.shown_name, "words": each.words} for each in thanks_to(person)],
        "thanks that I gave": list(Thanks.objects.filter(by=person).order_by("pk").values("words", "at")),
    }  # fmt: skip


def _quote_row(quote):
    approved = approval_of(quote)
    return {
        "said on": quote.said_on, "written down by": quote.captured_by.shown_name, "state": quote.get_state_display(),
        "wordings": [draft.words for draft in drafts_of(quote)], "my yes": approved.words if approved else "",
        "name": approved.name if approved else "", "until": approved.until if approved else None,
    }  # fmt: skip


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well. For `alongside verify`."""
    unsaid = Credit.objects.filter(state=CreditState.ASKED).exclude(written="").order_by("pk")
    foreign = ApprovedQuote.objects.exclude(speaker=F("quote__speaker")).order_by("pk")
    held = ApprovedQuote.objects.filter(ended_at=None).exclude(quote__state=QuoteState.APPROVED).order_by("pk")
    return [
        *(f"Credit {each.pk} has a name before its person said how." for each in unsaid),
        *(f"Approved words {each.pk} are not of the person who said yes to them." for each in foreign),
        *(f"Approved words {each.pk} still hold, though their yes was taken back." for each in held),
    ]
