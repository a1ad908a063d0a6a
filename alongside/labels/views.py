"""Pages of labels: what the records show, beside what we say."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.initiatives import queries as initiatives
from alongside.labels import forms, operations, permissions, queries
from alongside.labels.states import LISTS
from alongside.organisations.queries import local_day
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.record import operations as record
from alongside.refusals import Refused


def _table(request, initiative_id):
    found = initiatives.table_of(request.person).select_related("organisation")
    return get_object_or_404(found, pk=initiative_id)


def _back(initiative):
    return {"back_url": reverse("labels:initiative", args=[initiative.pk]), "back_words": "The honest label"}


def _question(request, form, initiative, refusal, **said):
    context = {"form": form, "refusal": refusal, **_back(initiative), **said}
    return render(request, "labels/question.html", context)


def _kept(request, initiative, form, operation, words, **more):
    """Press once, say what happened, and go back; a rule that stands in the way says why."""
    said = form.cleaned_data
    token = said.pop("once")
    said |= {"initiative": initiative, "by": request.person, "at": timezone.now(), **more}
    try:
        record.once(token=token, do=lambda: operation(**said).pk)
        messages.success(request, words)
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("labels:initiative", initiative.pk)


@require_safe
@person_needed
def initiative(request, initiative_id):
    """What the records show of one initiative, stage by stage, beside what its people say."""
    here = _table(request, initiative_id)
    found = queries.labelled(here, local_day(here.organisation, timezone.now()))
    person, declined = request.person, found.declined
    context = {
        "title": "The honest label",
        "initiative": here,
        "found": found,
        "rows": queries.mirror_rows(found),
        "heard": queries.paid_and_heard(here, local_day(here.organisation, timezone.now())),
        "dissents": queries.dissents_of(here),
        "outcomes": queries.outcomes_of(here),
        "history": queries.claim_history(here)[1:],
        "declining": queries.declining_history(here),
        "may_claim": permissions.why_not_claim(here, by=person) is None,
        "may_sit": permissions.why_not_sit(here, by=person) is None,
        "may_publish": permissions.why_not_publish(here, by=person) is None,
        "declined": declined,
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "labels/initiative.html", context)


@require_safe
@person_needed
def heard(request, initiative_id):
    """Whether people who were paid are also heard, with the decisions of that time."""
    here = _table(request, initiative_id)
    found = queries.paid_and_heard(here, local_day(here.organisation, timezone.now()))
    return render(request, "labels/heard.html", {"initiative": here, "found": found, **_back(here)})


def _stage(here, kind):
    found = queries.labelled(here, local_day(here.organisation, timezone.now())).stage(kind)
    if found is None:
        raise Http404
    return found


@require_safe
@person_needed
def stage(request, initiative_id, kind):
    """One stage: its label, the rung aimed at beside it, and every reason with the list behind it."""
    here = _table(request, initiative_id)
    one = _stage(here, kind)
    context = {
        "initiative": here,
        "one": one,
        "reasons": queries.reasons(here, one),
        "rows": queries.stage_rows(here, one),
        "dissents": [row for row in queries.dissents_of(here) if row.stage == kind],
        "also": queries.also(one),
        **_back(here),
    }
    return render(request, "labels/stage.html", context)


@require_safe
@person_needed
def evidence(request, initiative_id, kind, what):
    """The list behind a reason: the things, never who stood on which side."""
    here = _table(request, initiative_id)
    one = _stage(here, kind)
    found = queries.things(one, what, all_open=permissions.why_not_claim(here, by=request.person) is None)
    if found is None:
        raise Http404
    things, closed = found
    context = {
        "title": LISTS[what],
        "initiative": here,
        "one": one,
        "what": what,
        "things": things,
        "closed": closed,
        "back_url": reverse("labels:stage", args=[here.pk, kind]),
        "back_words": one.kind.words,
    }
    return render(request, "labels/evidence.html", context)


@require_safe
def shown(request, initiative_id):
    """What anybody may read: the newest label that was shown outside, and that there were earlier ones."""
    here = get_object_or_404(initiatives.visible_to(request.person), pk=initiative_id)
    newest, *earlier = list(queries.shown_versions(here)) or [None]
    context = {
        "title": "What the records show",
        "initiative": here,
        "newest": newest,
        "text": newest.shown if newest else None,
        "earlier": earlier,
        "declined": queries.declined_now(here),
        "dissents": queries.dissents_outside(here),
        "at_the_table": permissions.why_not_read(here, by=request.person) is None,
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "labels/shown.html", context)


@ASK
@person_needed
def claim(request, initiative_id):
    """Who leads says what we call it."""
    here = _table(request, initiative_id)
    choices = {"stages": queries.stage_choices(here), "labels": queries.claimable()}
    form = forms.ClaimForm(request.POST or None, **choices, initial={"stage": request.GET.get("stage", forms.ALL)})
    refusal = permissions.why_not_claim(here, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        return _kept(request, here, form, operations.claim, "Kept. The records stand beside it.")
    lead = "This is what we say. The records stand beside it, and nobody can change them to fit."
    return _question(request, form, here, refusal, title="What do we call it?", lead=lead, submit="Keep what we say")


@ASK
@person_needed
def decline(request, initiative_id):
    """People at the table do not use the word."""
    here = _table(request, initiative_id)
    form = forms.DeclineForm(request.POST or None)
    refusal = permissions.why_not_decline(here, by=request.person, declined=queries.declined_now(here))
    if request.method == "POST" and form.is_valid() and not refusal:
        return _kept(request, here, form, operations.decline, "Kept. Your reason stands first. Everybody here is told.")
    lead = "Your reason then stands first. What the records show stays readable below it. You speak for the table: talk first."
    return _question(request, form, here, refusal, title="We do not use this word", lead=lead, submit="Keep our reason")


@ASK
@person_needed
def take_back(request, initiative_id):
    """People at the table use the word again."""
    here = _table(request, initiative_id)
    form = forms.TakeBackForm(request.POST or None)
    refusal = permissions.why_not_take_back(here, by=request.person, declined=queries.declined_now(here))
    if request.method == "POST" and form.is_valid() and not refusal:
        return _kept(request, here, form, operations.take_back, "Kept. What the records show stands first again.")
    return _question(request, form, here, refusal, title="We use the word again", submit="Keep our reason")


@ASK
@person_needed
def dissent(request, initiative_id):
    """One person at the table sees it differently."""
    here = _table(request, initiative_id)
    form = forms.DissentForm(
        request.POST or None, stages=queries.stage_choices(here), initial={"stage": request.GET.get("stage", forms.ALL)}
    )
    refusal = permissions.why_not_dissent(here, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        return _kept(request, here, form, operations.dissent, "Kept. Your words stand beside the label.")
    lead = "Your words stand beside the label, with your name at the table. Newer words take the place of earlier ones."
    return _question(request, form, here, refusal, title="I see it differently", lead=lead, submit="Put my words there")


@require_POST
@person_needed
def dissent_back(request, initiative_id):
    """Take one's own words back."""
    here = _table(request, initiative_id)
    stage = request.POST.get("stage", "")[:20]
    try:
        operations.take_dissent_back(initiative=here, stage=stage, by=request.person, at=timezone.now())
        messages.success(request, "Your words are taken back.")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("labels:initiative", here.pk)


@ASK
@person_needed
def outcome(request, initiative_id):
    """What came of it, in somebody's words."""
    here = _table(request, initiative_id)
    form = forms.OutcomeForm(request.POST or None)
    refusal = permissions.why_not_say_outcome(here, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        return _kept(request, here, form, operations.say_outcome, "Kept. It changes no label.")
    lead = "Good may come of anything. So this stands on the page, and no label is worked out from it."
    return _question(request, form, here, refusal, title="What came of it?", lead=lead, submit="Keep this")


@ASK
@person_needed
def publish(request, initiative_id):
    """Read what everybody would read, then show it."""
    here = _table(request, initiative_id)
    on = local_day(here.organisation, timezone.now())
    text = queries.text_for_outside(here, on)
    mark = queries.mark_of(text)
    form = forms.PublishForm(request.POST or None, initial={"seen": mark})
    refusal = permissions.why_not_publish(here, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        refusal = permissions.why_not_publish_this(seen=form.cleaned_data["seen"], now=mark)
        if not refusal:
            return _kept(request, here, form, operations.publish, "Everybody can read it now.", on=on)
        form = forms.PublishForm(initial={"seen": mark})
    context = {
        "text": text,
        "dissents": queries.dissents_outside(here),
        "initiative": here,
        "title": "Show this outside?",
        "submit": "Show it to everybody",
    }
    return render(request, "labels/publish.html", {"form": form, "refusal": refusal, **context, **_back(here)})
