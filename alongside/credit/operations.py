"""What changes: outputs, how people are named for them, the life of a quotation, references and thanks."""

import secrets

from django.db import transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.credit import permissions, policies, queries
from alongside.credit.models import (
    ApprovedQuote,
    ApprovedUse,
    AuthorAnswer,
    Credit,
    CreditRole,
    OrderRule,
    Output,
    Quote,
    QuoteDraft,
    QuoteUsed,
    Reference,
    Thanks,
)
from alongside.credit.states import CreditState, NameForm, Order, OutputState, QuoteState, ReferenceState
from alongside.organisations import queries as organisations
from alongside.people import operations as people
from alongside.people import queries as people_reads
from alongside.record import operations as record
from alongside.refusals import stop_if


def _note(what, subject, initiative, by, at, **facts):
    record.note(
        what=f"credit.{what}", subject=subject, by=by, at=at, organisation_id=initiative.organisation_id, **facts
    )


def _locked(model, pk, *related):
    return model.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


# --- outputs ---


@transaction.atomic
def add_output(*, initiative, title, kind, begun_on, by, at, group_name="", found_at=""):
    """Write down something that the people of an initiative make. Returns the Output."""
    stop_if(permissions.why_not_add_output(initiative, by=by))
    output = Output.objects.create(
        initiative=initiative, title=title.strip(), kind=kind, begun_on=begun_on, group_name=group_name.strip(),
        found_at=found_at.strip(), made_at=at, made_by=by,
    )  # fmt: skip
    _note("output.added", output, initiative, by, at, kind=str(kind))
    return output


@transaction.atomic
def change_output(*, output_id, title, state, found_at, group_name, by, at, out_on=None):
    """Say how far an output is, what it is called and where it can be found; when it is out, everybody can read so."""
    output = _locked(Output, output_id, "initiative")
    stop_if(permissions.why_not_change_output(output, by=by, state=state, out_on=out_on))
    output.title, output.state, output.out_on = title.strip(), state, out_on if state == OutputState.OUT else None
    output.found_at, output.group_name = found_at.strip(), group_name.strip()
    output.save(update_fields=["title", "state", "out_on", "found_at", "group_name"])
    _note("output.changed", output, output.initiative, by, at, state=str(state))
    return output


@transaction.atomic
def ask_everybody(*, output_id, by, at):
    """Propose credit from the records to everybody who ever sat here; each is asked by their own channel.

    Again: whoever came since is asked, and what the records newly say is proposed beside what people said. Nobody is
    taken off. Returns how many were asked who had not been before.
    """
    output = _locked(Output, output_id, "initiative")
    stop_if(permissions.why_not_add_output(output.initiative, by=by))
    proposed, before = {}, set(Credit.objects.filter(output=output).values_list("person", flat=True))
    for each in queries.proposals(output.initiative):
        proposed.setdefault(each.person_id, []).append(each)
    fresh = list(people_reads.people(set(proposed) - before).exclude(state="ERASED"))
    secrets.SystemRandom().shuffle(fresh)  # keys that follow the alphabet would tell who stands behind a chosen name
    Credit.objects.bulk_create(Credit(output=output, person=person, asked_at=at) for person in fresh)
    _propose_roles(output, proposed)
    for credit in Credit.objects.filter(output=output, person__in=fresh).select_related("person"):
        _tell_asked(credit, by, at)
    _note("credit.asked", output, output.initiative, by, at, people=len(fresh))
    return len(fresh)


def _propose_roles(output, proposed):
    credits = {credit.person_id: credit for credit in Credit.objects.filter(output=output)}
    roles = []
    for person_id, credit in credits.items():
        for role, words in queries.roles_from(proposed.get(person_id, [])):
            roles.append(CreditRole(credit=credit, role=role.id, words=role.words, record=words))
    CreditRole.objects.bulk_create(roles, ignore_conflicts=True)


def _tell_asked(credit, by, at):
    words = (
        "Something that you gave to is being finished. You choose whether and how you are named for it. Until you "
        "say so, your name stands nowhere."
    )
    url = reverse("credit:answer", args=[credit.pk])
    people.tell(to=credit.person, about=f"credit:{credit.pk}", words=words, url=url, by=by, at=at)


@transaction.atomic
def choose_order(*, output_id, order, agreed, by, at, reason="", places=(), seed=""):
    """Write down in which order names stand, as the group chose it. An older rule stays readable. Returns the OrderRule.

    places: keys of credits, for AGREED in their order, for ENDS the first and the last. seed: for LOT, which is drawn now:
    a name that is chosen after the seed is known moves nobody.
    """
    output = _locked(Output, output_id, "initiative")
    credits = [credit for credit, _ in queries.named_on(output)]
    named = [credit.pk for credit in credits]
    places = policies.drawn(seed, credits) if order == Order.LOT else [pk for pk in places if pk in named]
    before = queries.rule_of(output)
    stop_if(
        permissions.why_not_order(
            output, by=by, order=order, agreed=agreed, reason=reason, places=places, before=before, named=named
        )
    )  # fmt: skip
    rule = OrderRule.objects.create(
        output=output, order=order, agreed=agreed.strip(), reason=reason.strip(), places=places,
        seed=seed if order == Order.LOT else "", by=by, at=at,
    )  # fmt: skip
    _note("order.chosen", rule, output.initiative, by, at, order=str(order))
    return rule


# --- being named ---


@transaction.atomic
def say_how(*, credit_id, form, name, standing, roles, by, at, keep_name=False):
    """Say how one is named for an output, and for what. Only the person, alone or with a helper; can be said again.

    name: that from which the form is made. roles: ids of contributor roles, those of the records or others.
    """
    credit = _locked(Credit, credit_id, "output__initiative", "person")
    stop_if(permissions.why_not_answer(credit, by=by))
    stop_if(permissions.why_not_name(form, name, credit.output.group_name, known_as=credit.person.shown_name))
    credit.state, credit.form, credit.standing, credit.keep_name = CreditState.YES, form, standing, keep_name
    credit.written = "" if form == NameForm.GROUP else policies.name_written(form, name)
    _answered(credit, by, at, "form", "standing", "keep_name")
    CreditRole.objects.filter(credit=credit).update(chosen=False)
    for role in map(content.contributor_role, roles):
        CreditRole.objects.update_or_create(
            credit=credit,
            role=role.id,
            defaults={"chosen": True},
            create_defaults={"words": role.words, "chosen": True},
        )
    _note("credit.said", credit, credit.output.initiative, by, at, roles=len(roles))
    return credit


def _answered(credit, by, at, *fields):
    credit.answered_by, credit.answered_at, credit.channel = by, at, by.channel
    credit.save(update_fields=["state", "written", "answered_by", "answered_at", "channel", *fields])


@transaction.atomic
def hide(*, credit_id, by, at):
    """Let nothing of one's part in an output be shown. It can be shown again at any time."""
    credit = _locked(Credit, credit_id, "output__initiative", "person")
    stop_if(permissions.why_not_answer(credit, by=by))
    credit.state, credit.form, credit.written = CreditState.HIDDEN, NameForm.NONE, ""
    _answered(credit, by, at, "form")
    _note("credit.hidden", credit, credit.output.initiative, by, at)
    return credit


@transaction.atomic
def answer_conditions(*, credit_id, answers, by, at):
    """Keep what somebody answers to the conditions of authorship, {question id: Answer}. It changes no credit."""
    credit = _locked(Credit, credit_id, "output__initiative", "person")
    stop_if(permissions.why_not_answer(credit, by=by))
    for question in content.authorship_questions():
        if question.id in answers:
            AuthorAnswer.objects.update_or_create(
                credit=credit, question=question.id, defaults={"answer": answers[question.id], "at": at}
            )
    _note("conditions.answered", credit, credit.output.initiative, by, at)
    return credit


# --- quotations ---


def _quote(pk):
    return _locked(Quote, pk, "initiative", "speaker", "captured_by")


@transaction.atomic
def capture(*, initiative, speaker, words, source, said_on, by, at, note=None):
    """Write down what somebody said. Nobody but they and `by` can read it before their yes. Returns the Quote.

    note: the line of the notes that it comes from. One's own words are shown to oneself at once.
    """
    stop_if(permissions.why_not_capture(initiative, speaker, words, by=by))
    own = speaker.pk == by.pk
    quote = Quote.objects.create(
        initiative=initiative, speaker=speaker, captured_by=by, source=source, said_on=said_on, note=note,
        state=QuoteState.SHOWN if own else QuoteState.CAPTURED, captured_at=at, shown_at=at if own else None,
    )  # fmt: skip
    QuoteDraft.objects.create(quote=quote, words=words.strip(), by=by, at=at)
    _note("quote.captured", quote, initiative, by, at, source=str(source))
    return quote


@transaction.atomic
def show(*, quote_id, by, at):
    """Show the speaker what was written down, by the channel they chose. The words themselves are in no message."""
    quote = _quote(quote_id)
    stop_if(permissions.why_not_show(quote, by=by))
    quote.state, quote.shown_at = QuoteState.SHOWN, at
    quote.save(update_fields=["state", "shown_at"])
    _note("quote.shown", quote, quote.initiative, by, at)
    _tell_shown(quote, by, at)
    return quote


def _tell_shown(quote, by, at):
    words = (
        f"{quote.captured_by.shown_name} wrote down something that you said. Nobody else can read it. You decide "
        "whether it may be used, in which words and under which name. You can change it, or say no."
    )
    people.tell(
        to=quote.speaker, about=f"quote:{quote.pk}", words=words, url=reverse("credit:quote", args=[quote.pk]), by=by, at=at
    )  # fmt: skip


@transaction.atomic
def reword(*, quote_id, words, by, at):
    """Put another wording beside the earlier ones. It needs a yes of its own; an earlier yes holds until then."""
    quote = _quote(quote_id)
    stop_if(permissions.why_not_reword(quote, words, by=by))
    draft = QuoteDraft.objects.create(quote=quote, words=words.strip(), by=by, at=at)
    _note("quote.reworded", quote, quote.initiative, by, at)
    return draft


@transaction.atomic
def approve(*, quote_id, seen, form, name, uses, until, by, at, today):
    """Say yes to the words that one read (`seen`: key of their draft), for some uses, under a name, until a day.

    Only the speaker. A newer yes takes the place of the older. Returns the ApprovedQuote.
    """
    quote = _quote(quote_id)
    draft = policies.newest_draft(quote)
    stop_if(
        permissions.why_not_approve(
            quote, by=by, seen=seen, newest=draft.pk if draft else None, uses=uses, until=until, today=today
        )
    )
    group = policies.one_of(quote.initiative)
    stop_if(permissions.why_not_name(form, name, group, known_as=quote.speaker.shown_name))
    ApprovedQuote.objects.filter(quote=quote, ended_at=None).update(ended_at=at)
    approved = ApprovedQuote.objects.create(
        quote=quote, initiative=quote.initiative, speaker=quote.speaker, approved_by=by, words=draft.words, form=form,
        name=policies.name_written(form, name, group), until=until, approved_at=at, channel=by.channel,
    )  # fmt: skip
    ApprovedUse.objects.bulk_create(ApprovedUse(approved=approved, use=use) for use in sorted(set(uses)))
    _move(quote, QuoteState.APPROVED)
    _note("quote.approved", quote, quote.initiative, by, at, uses=len(set(uses)))
    return approved


def _move(quote, state):
    quote.state = state
    quote.save(update_fields=["state"])


@transaction.atomic
def decline(*, quote_id, by, at):
    """Say no. What was written down is thrown away; that there was something stays, without words."""
    quote = _quote(quote_id)
    stop_if(permissions.why_not_decide(quote, QuoteState.DECLINED, by=by))
    _throw_away(quote, QuoteState.DECLINED)
    _note("quote.declined", quote, quote.initiative, by, at)
    return quote


@transaction.atomic
def drop(*, quote_id, by, at):
    """Throw away what one wrote down before anybody was shown it."""
    quote = _quote(quote_id)
    stop_if(permissions.why_not_drop(quote, by=by))
    _throw_away(quote, QuoteState.DROPPED)
    _note("quote.dropped", quote, quote.initiative, by, at)
    return quote


def _throw_away(quote, state):
    QuoteDraft.objects.filter(quote=quote).update(words="")
    _move(quote, state)


@transaction.atomic
def withdraw(*, quote_id, by, at):
    """Take one's yes back: no use from now on. Who used the words is told, so that each place can be. Returns the Quote."""
    quote = _quote(quote_id)
    stop_if(permissions.why_not_decide(quote, QuoteState.WITHDRAWN, by=by))
    _end_approvals(quote, by, at)
    _move(quote, QuoteState.WITHDRAWN)
    _note("quote.withdrawn", quote, quote.initiative, by, at)
    return quote


def _end_approvals(quote, by, at):
    ApprovedQuote.objects.filter(quote=quote, ended_at=None).update(ended_at=at)
    used = QuoteUsed.objects.filter(approved__quote=quote, told_at=None).select_related("by")
    words = "Words that you used were taken back. Look at where they stand, and tell each place."
    url = reverse("credit:initiative", args=[quote.initiative_id])
    for user in {each.by_id: each.by for each in used}.values():
        people.tell(to=user, about=f"quote_back:{quote.pk}:{at:%Y%m%d%H%M}", words=words, url=url, by=by, at=at)


@transaction.atomic
def use(*, approved_id, use, place, used_on, by, at):
    """Write down where approved words were used. Returns the QuoteUsed. The speaker reads it on their first page."""
    approved = _locked(ApprovedQuote, approved_id, "initiative__organisation")
    uses, today = policies.uses_of(approved), organisations.local_day(approved.initiative.organisation, at)
    stop_if(permissions.why_not_use(approved, by=by, use=use, used_on=used_on, uses=uses, today=today))
    used = QuoteUsed.objects.create(approved=approved, use=use, place=place.strip(), used_on=used_on, by=by, at=at)
    _note("quote.used", used, approved.initiative, by, at, use=str(use))
    return used


@transaction.atomic
def say_told(*, used_id, by, at):
    """Say that a place was told that words were taken back."""
    used = _locked(QuoteUsed, used_id, "approved__initiative", "approved__quote")
    stop_if(permissions.why_not_say_told(used, by=by))
    used.told_at, used.told_by = at, by
    used.save(update_fields=["told_at", "told_by"])
    _note("quote.place_told", used, used.approved.initiative, by, at)
    return used


# --- references and thanks ---


@transaction.atomic
def refer(*, initiative, about, words, signed, by, at):
    """Write how somebody worked, under one's own name. It is shown to them, and they decide what becomes of it."""
    stop_if(permissions.why_not_refer(initiative, about, words, by=by))
    made = Reference.objects.create(
        initiative=initiative, about=about, written_by=by, signed=signed.strip(), words=words.strip(), written_at=at
    )
    _note("reference.written", made, initiative, by, at)
    _tell_reference(made, about, f"{by.shown_name} wrote a reference for you. You read it first.", by, at)
    return made


def _tell_reference(reference, to, words, by, at):
    url = reverse("credit:reference", args=[reference.pk])
    people.tell(to=to, about=f"reference:{reference.pk}:{at:%Y%m%d%H%M}", words=words, url=url, by=by, at=at)


@transaction.atomic
def change_reference(*, reference_id, words, signed, by, at):
    """Write a reference again that was given back; it is shown once more."""
    reference = _locked(Reference, reference_id, "initiative", "about")
    stop_if(permissions.why_not_change_reference(reference, words, by=by))
    reference.words, reference.signed, reference.state = words.strip(), signed.strip(), ReferenceState.SHOWN
    reference.save(update_fields=["words", "signed", "state"])
    _note("reference.changed", reference, reference.initiative, by, at)
    _tell_reference(reference, reference.about, "Your reference was changed. Read it again.", by, at)
    return reference


@transaction.atomic
def answer_reference(*, reference_id, keep, by, at, remark=""):
    """Take a reference, or give it back with what should change. Only whom it is about."""
    reference = _locked(Reference, reference_id, "initiative", "about", "written_by")
    stop_if(permissions.why_not_answer_reference(reference, by=by))
    reference.state = ReferenceState.KEPT if keep else ReferenceState.RETURNED
    reference.remark, reference.answered_at = "" if keep else remark.strip(), at
    reference.save(update_fields=["state", "remark", "answered_at"])
    _note("reference.answered", reference, reference.initiative, by, at, kept=keep)
    if not keep:
        _tell_reference(reference, reference.written_by, "A reference came back to you to be changed.", by, at)
    return reference


@transaction.atomic
def thank(*, initiative, to, words, by, at):
    """Thank somebody in a sentence. Only they read it. Returns the Thanks."""
    stop_if(permissions.why_not_thank(initiative, to, by=by))
    made = Thanks.objects.create(initiative=initiative, to=to, by=by, words=words.strip(), at=at)
    _note("thanks.given", made, initiative, by, at)
    return made


# --- erasing ---


@transaction.atomic
def erase_words(*, person, at):
    """Forget the words and the name of a person. What they did stays credited, without a name, unless they asked
    for the name to stay; words that they approved go everywhere, and who used them is told."""
    credits = Credit.objects.filter(person=person, keep_name=False)
    credits.filter(state=CreditState.YES).update(form=NameForm.NONE, written="")
    for quote in Quote.objects.filter(speaker=person, state=QuoteState.APPROVED).select_related("speaker"):
        _end_approvals(quote, None, at)
        _move(quote, QuoteState.WITHDRAWN)
    waiting = Quote.objects.filter(speaker=person)
    waiting.filter(state=QuoteState.CAPTURED).update(state=QuoteState.DROPPED)
    waiting.filter(state=QuoteState.SHOWN).update(state=QuoteState.DECLINED)
    QuoteDraft.objects.filter(quote__speaker=person).update(words="")
    ApprovedQuote.objects.filter(speaker=person).update(words="", name="")
    Reference.objects.filter(about=person).update(words="", remark="", signed="")
    Reference.objects.filter(written_by=person).update(words="", signed="")
    Thanks.objects.filter(to=person).update(words="")
    Thanks.objects.filter(by=person).update(words="")
    record.note(what="credit.words.erased", subject=person, at=at)
