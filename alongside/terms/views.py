"""Pages of how an organisation pays, and of what an initiative plans to spend."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import papers
from alongside.calculations.money import pounds
from alongside.downloads import download
from alongside.organisations.queries import local_day
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once, question
from alongside.rates.queries import name_of
from alongside.refusals import Refused
from alongside.terms import forms, operations, permissions, queries

# --- the policy ---


@require_safe
def policy(request, organisation_id):
    """How this organisation pays today, for its members and for anybody who reads an advert of it."""
    organisation = get_object_or_404(queries.organisations_read_by(request.person), pk=organisation_id)
    today = local_day(organisation, timezone.now())
    versions = list(queries.versions_of(organisation))
    held = next((each for each in versions if each.from_on <= today), None)
    return _policy(request, organisation, held, [each for each in versions if each != held])


@require_safe
def version(request, policy_id):
    """One version, older or still to come."""
    shown = get_object_or_404(queries.policies_read_by(request.person), pk=policy_id)
    return _policy(request, shown.organisation, shown, [])


def _policy(request, organisation, shown, others):
    names = queries.names_under(shown) if shown else []
    context = {
        "organisation": organisation,
        "policy": shown,
        "points": queries.points_of(shown) if shown else [],
        "together": queries.together_words(shown, names) if shown else "",
        "today": local_day(organisation, timezone.now()),
        "others": others,
        "refusal": permissions.why_not_write(organisation, by=request.person),
        "history": queries.history(),
    }
    return render(request, "terms/policy.html", context)


@require_safe
def paper(request, policy_id):
    """One version as a PDF; when it cannot be set, its page, which prints, with the reason."""
    shown = get_object_or_404(queries.policies_read_by(request.person), pk=policy_id)
    try:
        return download(queries.pdf_of(shown), "policy.pdf", "application/pdf")
    except papers.CannotSet as stop:
        messages.error(request, str(stop))
        return redirect("terms:version", shown.pk)


@require_safe
def text(request, policy_id):
    """One version as plain text, to change elsewhere."""
    shown = get_object_or_404(queries.policies_read_by(request.person), pk=policy_id)
    return download(queries.text_of(shown), "policy.txt", "text/plain; charset=utf-8")


# --- writing it ---


def _written(request, organisation_id):
    """(organisation, its day today) for who writes its policy; else not found."""
    organisation = get_object_or_404(queries.written_by(request.person), pk=organisation_id)
    return organisation, local_day(organisation, timezone.now())


@require_safe
@person_needed
def draft(request, organisation_id):
    """Every point of the next version, with what is written and what the records know."""
    organisation, today = _written(request, organisation_id)
    drafts = queries.drafts(organisation, today)
    context = {
        "organisation": organisation,
        "drafts": drafts,
        "settled": sum(bool(each.words) for each in drafts),
        "fillable": any(each.known and not each.words for each in drafts),
        "history": queries.history(),
        "back_url": reverse("terms:policy", args=[organisation.pk]),
        "back_words": "How we pay",
    }
    return render(request, "terms/draft.html", context)


@require_POST
@person_needed
def take_known(request, organisation_id):
    """Put what the records know into the points that are open."""
    organisation, today = _written(request, organisation_id)
    try:
        count = operations.take_known(organisation=organisation, on=today, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        filled = "1 point now has" if count == 1 else f"{count} points now have"
        messages.success(request, f"{filled} words from your records. Read them together and change what is not yours.")
    return redirect("terms:draft", organisation.pk)


@ASK
@person_needed
def write_point(request, organisation_id, point_id):
    """One point, one question; empty is an answer."""
    organisation, today = _written(request, organisation_id)
    shown = next((each for each in queries.drafts(organisation, today) if each.point.id == point_id), None)
    if shown is None:
        raise Http404
    newest = shown.wording.pk if shown.wording else None
    form = forms.PointForm(request.POST or None, initial={"words": shown.words or shown.known, "seen": newest})

    def do(words, seen, **acts):
        return operations.write_point(organisation=organisation, point=point_id, words=words, seen=seen, **acts)

    if press_once(request, form, do, "words"):
        return redirect("terms:draft", organisation.pk)
    lead = "This is what your records say. Change it until it is yours." if shown.known and not shown.words else ""
    context = {"form": form, "title": shown.point.words, "lead": lead, "submit": "Keep this"}
    return question(request, context, "terms:draft", "All points", organisation.pk)


@ASK
@person_needed
def set_policy(request, organisation_id):
    """Make what is written the next version."""
    organisation, today = _written(request, organisation_id)
    members = queries.may_be_asked(organisation)
    form = forms.SetForm(request.POST or None, members=members, initial={"from_on": today})

    def do(**said):
        return operations.set_policy(organisation=organisation, **said)

    if press_once(request, form, do):
        return redirect("terms:policy", organisation.pk)
    lead = (
        "Points without words say that they are not settled yet. A version is never changed; the next one follows it."
    )
    context = {"form": form, "title": "Set the policy", "lead": lead, "submit": "Set it"}
    return question(request, context, "terms:draft", "All points", organisation.pk)


@ASK
@person_needed
def answer(request, writer_id):
    """Whether one's own name may stand under a policy; may be changed at any time."""
    asked = get_object_or_404(queries.asked_of(request.person), pk=writer_id)
    form = forms.AnswerForm(request.POST or None, initial={"state": asked.state})

    def do(**said):
        return operations.answer(writer_id=asked.pk, **said)

    if press_once(request, form, do, "state", told="Kept. You can change it here at any time."):
        return redirect("terms:version", asked.policy_id)
    name = asked.policy.organisation.name
    lead = f"You helped to write how {name} pays. Anybody who may read it would see the name that you show there."
    context = {"form": form, "title": "Your name under it", "lead": lead, "submit": "Answer"}
    return question(request, context, "terms:version", "Read it first", asked.policy_id)


# --- what an initiative plans to spend ---


@require_safe
@person_needed
def plan(request, initiative_id):
    """What an initiative plans to spend, line by line, adding up."""
    here = get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)
    refusal = permissions.why_not_plan(here, by=request.person)
    today = local_day(here.organisation, timezone.now())
    context = {
        "initiative": here,
        "plan": queries.plan_of(here, today, covers=refusal is None),
        "refusal": refusal,
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "terms/plan.html", context)


@require_safe
@person_needed
def plan_file(request, initiative_id):
    """The plan for a spreadsheet."""
    here = get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)
    today = local_day(here.organisation, timezone.now())
    return download(queries.plan_file(queries.plan_of(here, today)), "plan.csv", "text/csv; charset=utf-8")


@ASK
@person_needed
def add_line(request, initiative_id):
    """Add one line to the plan."""
    here = get_object_or_404(queries.initiatives_planned_by(request.person), pk=initiative_id)
    rates, lines = queries.choices_of(here, local_day(here.organisation, timezone.now()))
    form = forms.PlanForm(request.POST or None, rates=rates, fund_lines=lines, named=_rate_words)

    def do(**said):
        return operations.plan(initiative=here, **said)

    if press_once(request, form, do, "rate"):
        return redirect("terms:plan", here.pk)
    context = {"form": form, "title": "A line of the plan", "lead": "Nothing is promised by it.", "submit": "Add it"}
    return question(request, context, "terms:plan", "The plan", here.pk)


def _rate_words(rate):
    return f"{name_of(rate)}: {pounds(rate.pence)}, {rate.get_unit_display()}"


@require_POST
@person_needed
def take_off(request, line_id):
    """Take one line off the plan."""
    line = get_object_or_404(queries.lines_planned_by(request.person), pk=line_id)
    try:
        operations.take_off(line_id=line.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("terms:plan", line.initiative_id)


# --- how people at one table are paid ---


@ASK
@person_needed
def means(request, initiative_id):
    """One's own word about how one is paid here, and the figures of all, where they say nothing of anybody."""
    here = get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)
    refusal = permissions.why_not_say(here, by=request.person)
    today = local_day(here.organisation, timezone.now())
    mine = "" if refusal else queries.means_of(here, request.person)
    form = forms.MeansForm(request.POST or None, initial={"answer": mine})

    def do(by, at, **said):
        return operations.say_means(initiative=here, on=today, by=by, **said)

    if press_once(request, form, do, "answer", told="Kept, for you alone. You can change it here, or take it away."):
        return redirect("terms:means", here.pk)
    context = {
        "initiative": here, "form": form, "refusal": refusal, "figures": queries.means_shown(here, today),
        "back_url": reverse("front:initiative", args=[here.pk]), "back_words": here.name,
    }  # fmt: skip
    return render(request, "terms/means.html", context)
