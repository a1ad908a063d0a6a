"""Pages of outputs, names, words, references, and what somebody gave and got."""

import json
import secrets
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.calculations import papers
from alongside.credit import forms, operations, permissions, policies, queries
from alongside.credit.states import OutputState, QuoteState, Use
from alongside.downloads import download
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.organisations.queries import local_day
from alongside.people.permissions import person_needed
from alongside.record import operations as record
from alongside.refusals import Refused

ASK = require_http_methods(["GET", "HEAD", "POST"])
NOTES = 40
MINE = reverse_lazy("credit:mine"), "My name and my words"


def _table(request, initiative_id):
    return get_object_or_404(initiatives.table_of(request.person).select_related("organisation"), pk=initiative_id)


def _led(request, initiative_id):
    return get_object_or_404(initiatives.led_by(request.person).select_related("organisation"), pk=initiative_id)


def _do(request, do, words, *, token=None):
    """Do one thing, once when a token is given, and say what happened; what it answers, or None when a rule stood in the way."""
    try:
        made = record.once(token=token, do=lambda: do().pk) if token else do()
    except Refused as stop:
        messages.error(request, stop.said)
        return None
    messages.success(request, words)
    return made


def _ask(request, form, do, words, go, back, **said):
    """A few questions; once they are answered, do one thing once and go on.

    do: takes what was said. go: the name and the key of the next page, the key None for that of what was made.
    """
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **_acting(request)}
        if made := _do(request, lambda: do(**given), words, token=given.pop("once", None)):
            return redirect(go[0], go[1] or made)
    url, back_words = back
    template = said.pop("template", "credit/question.html")
    return render(request, template, {"form": form, "back_url": url, "back_words": back_words, **said})


def _at(initiative):
    return reverse("credit:initiative", args=[initiative.pk]), "Names and words"


def _acting(request):
    return {"by": request.person, "at": timezone.now()}


# --- my own ---


@require_safe
@person_needed
def mine(request):
    """What I am asked, my words, my references, and the papers that I can take."""
    person = request.person
    context = {
        "title": "My name and my words", "tables": queries.seen_here(person).values(),
        "back_url": reverse("people:me"), "back_words": "My page",
    }  # fmt: skip
    context |= queries.own_page(person, request.GET.get("page"))
    context["quotes"] = policies.with_last_days(context.get("quotes", []), timezone.now())
    return render(request, "credit/mine.html", context)


@require_safe
@person_needed
def gave(request):
    """What I gave and what came back, on one page to print."""
    return render(request, "credit/gave.html", {"title": "What I gave and got", **queries.gave_and_got(request.person)})


# --- one table ---


@require_safe
@person_needed
def initiative(request, initiative_id):
    """What this table makes, and the words of people that it may use."""
    here = _table(request, initiative_id)
    context = {
        "title": "Names and words",
        "initiative": here,
        "rows": queries.lines_for(queries.outputs_of(here)),
        "approved": queries.approved_for_table(here, local_day(here.organisation, timezone.now())),
        "used": queries.used_in(here),
        "mine": policies.with_last_days(queries.quotes_of(request.person).filter(initiative=here), timezone.now()),
        "uses": Use.choices,
        "leads": permissions.why_not_add_output(here, by=request.person) is None,
        "taken_back": QuoteState.WITHDRAWN,
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "credit/initiative.html", context)


@ASK
@person_needed
def add_output(request, initiative_id):
    """Write down something that is being made."""
    here = _led(request, initiative_id)
    form = forms.OutputForm(request.POST or None, initial={"begun_on": local_day(here.organisation, timezone.now())})
    do = partial(operations.add_output, initiative=here)
    said = {"title": "What are you making?", "submit": "Keep it"}
    said["lead"] = "A paper, a course, a leaflet, a policy, a film: what others will read, see or use."
    words = "Kept. Ask people how they are named."
    return _ask(request, form, do, words, ("credit:output", None), _at(here), **said)


@require_safe
@person_needed
def output(request, output_id):
    """One output: its line for print, who stands where, and in which order."""
    shown = get_object_or_404(queries.outputs_visible_to(request.person), pk=output_id)
    ((_, line),) = queries.lines_for([shown])
    leads = permissions.why_not_add_output(shown.initiative, by=request.person) is None
    rules = list(queries.rules_of(shown))
    context = {
        "output": shown,
        "line": line,
        "named": queries.named_on(shown),
        "quiet_roles": queries.roles_without_name(shown),
        "rule": rules[0] if rules else None,
        "older": rules[1:],
        "mine": queries.credits_about(request.person).filter(output=shown).first(),
        "leads": leads,
        "everybody": queries.credits_of(shown) if leads else None,
        "help_wanted": queries.help_wanted(shown) if leads else None,
        "back_url": _at(shown.initiative)[0],
        "back_words": "Names and words",
    }
    return render(request, "credit/output.html", context)


@ASK
@person_needed
def change_output(request, output_id):
    """How far it is, what it is called, where it can be found."""
    shown = get_object_or_404(queries.outputs_led_by(request.person), pk=output_id)
    names = ("title", "state", "out_on", "found_at", "group_name")
    form = forms.ChangeOutputForm(request.POST or None, initial={name: getattr(shown, name) for name in names})
    do = partial(operations.change_output, output_id=shown.pk)
    go, back = ("credit:output", shown.pk), (reverse("credit:output", args=[shown.pk]), shown.title)
    lead = "When it is out in the world, everybody can read its title and its line of names."
    return _ask(request, form, do, "Kept.", go, back, title="How far is it?", lead=lead, submit="Keep it")


@require_POST
@person_needed
def ask(request, output_id):
    """Ask everybody whom the records name how they want to be named."""
    shown = get_object_or_404(queries.outputs_led_by(request.person), pk=output_id)
    words = "Everybody who ever sat here has been asked. Nobody is named before they say how."
    _do(request, lambda: operations.ask_everybody(output_id=shown.pk, **_acting(request)), words)
    return redirect("credit:output", shown.pk)


@ASK
@person_needed
def order(request, output_id):
    """The order of the names, as the group chose it."""
    shown = get_object_or_404(queries.outputs_led_by(request.person), pk=output_id)
    named = [credit for credit, _ in queries.named_on(shown)]
    form = forms.OrderForm(request.POST or None, named=named, changes=queries.rule_of(shown) is not None)
    do = partial(operations.choose_order, output_id=shown.pk, seed=secrets.token_hex(8))
    go, back = ("credit:output", shown.pk), (reverse("credit:output", args=[shown.pk]), shown.title)
    lead = "The group chooses; you write it down. An older order stays readable."
    said = {"title": "In which order?", "lead": lead, "submit": "Keep this order"}
    return _ask(request, form, do, "Kept, with its day.", go, back, **said)


@require_safe
@person_needed
def names_file(request, output_id, kind):
    """Who is named and for what, as a file for a publisher."""
    shown = get_object_or_404(queries.outputs_visible_to(request.person), pk=output_id)
    if kind not in {"csv", "json"}:
        raise Http404
    found = queries.file_of(shown, kind)
    if kind == "json":
        return download(json.dumps(found, ensure_ascii=False, indent=2).encode(), "names.json", "application/json")
    return download(found, "names.csv", "text/csv; charset=utf-8")


# --- being named ---


@ASK
@person_needed
def answer(request, credit_id):
    """How I am named for one output, and for what."""
    mine = get_object_or_404(queries.credits_about(request.person), pk=credit_id)
    roles = queries.roles_of(mine)
    initial = {"name": mine.written, "standing": mine.standing, "roles": queries.ticked(roles)}
    initial |= {"form": mine.form if mine.answered_at else None, "keep_name": mine.keep_name}
    group = mine.output.group_name
    form = forms.CreditForm(request.POST or None, initial=initial, roles=roles, group_name=group)
    do = partial(operations.say_how, credit_id=mine.pk)
    said = {
        "credit": mine, "title": mine.output.title, "submit": "Name me like this", "template": "credit/answer.html",
        "also": queries.also_in_records(mine), "refusal": permissions.why_not_answer(mine, by=request.person),
        "out": mine.output.state == OutputState.OUT,
    }  # fmt: skip
    words = "Kept. You can change it at any time."
    return _ask(request, form, do, words, ("credit:answer", mine.pk), MINE, **said)


@require_POST
@person_needed
def hide(request, credit_id):
    """Show nothing of my part."""
    mine = get_object_or_404(queries.credits_about(request.person), pk=credit_id)
    _do(request, lambda: operations.hide(credit_id=mine.pk, **_acting(request)), "Nothing of you is shown for this.")
    return redirect("credit:answer", mine.pk)


@ASK
@person_needed
def author(request, credit_id):
    """The four conditions of authorship, with what would help."""
    mine = get_object_or_404(queries.credits_about(request.person), pk=credit_id)
    conditions = queries.conditions_of(mine)
    form = forms.ConditionsForm(request.POST or None, conditions=conditions)
    do = partial(operations.answer_conditions, credit_id=mine.pk)
    said = {
        "credit": mine, "title": "Am I an author?", "submit": "Keep my answers", "template": "credit/author.html",
        "answered": all(said for _, said in conditions), "helps": forms.help_for(conditions),
    }  # fmt: skip
    go, back = ("credit:author", mine.pk), (reverse("credit:answer", args=[mine.pk]), mine.output.title)
    return _ask(request, form, do, "Kept. Nothing about how you are named changes.", go, back, **said)


# --- words ---


@ASK
@person_needed
def capture(request, initiative_id):
    """Write down what somebody said."""
    here = _table(request, initiative_id)
    initial = {"said_on": local_day(here.organisation, timezone.now()), "note": request.GET.get("note", "")}
    choices = {"people": queries.people_here(here), "notes": gatherings.written(here)[:NOTES]}
    form = forms.QuoteForm(request.POST or None, initial=initial, **choices)
    do = partial(operations.capture, initiative=here)
    lead = "Words belong to who said them. You write them down, they decide what becomes of them."
    said = {"title": "Write down words", "lead": lead, "submit": "Keep them"}
    return _ask(request, form, do, "Kept, for you two only.", ("credit:quote", None), _at(here), **said)


def _to_quote(shown):
    """(where to go on, the way back) of a page about one quotation."""
    return ("credit:quote", shown.pk), (reverse("credit:quote", args=[shown.pk]), "The words")


def _own_quote(request, quote_id):
    return get_object_or_404(queries.quotes_of(request.person), pk=quote_id)


@require_safe
@person_needed
def quote(request, quote_id):
    """One quotation: for who said it and who wrote it down, and for nobody else."""
    shown, person = _own_quote(request, quote_id), request.person
    first, newest, pieces = queries.wordings(shown)
    approved, over = queries.approval_of(shown), policies.ran_out(shown, timezone.now())
    context = {
        "title": "Your words" if shown.speaker_id == person.pk else f"What {shown.speaker.shown_name} said",
        "quote": shown,
        "first": first,
        "newest": newest,
        "pieces": pieces,
        "approved": approved,
        "uses": [Use(use).label for use in sorted(queries.uses_of(approved))] if approved else [],
        "used": queries.used_of(shown),
        "thread": queries.quote_thread(shown, approved, person, over),
        "over": over,
        "speaks": shown.speaker_id == person.pk,
        "why_not_show": permissions.why_not_show(shown, by=person),
        "why_not_reword": permissions.why_not_reword(shown, "words", by=person),
        "why_not_yes": permissions.why_not_decide(shown, QuoteState.APPROVED, by=person),
        "why_not_no": permissions.why_not_decide(shown, QuoteState.DECLINED, by=person),
        "why_not_back": permissions.why_not_decide(shown, QuoteState.WITHDRAWN, by=person),
        "back_url": reverse("credit:mine"),
        "back_words": "My name and my words",
    }
    return render(request, "credit/quote.html", context)


@ASK
@person_needed
def reword(request, quote_id):
    """Another wording; what changes is shown."""
    shown = _own_quote(request, quote_id)
    _, newest, _ = queries.wordings(shown)
    form = forms.WordingForm(request.POST or None, initial={"words": newest.words if newest else ""})
    do = partial(operations.reword, quote_id=shown.pk)
    said = {"title": "Change the words", "submit": "Keep this wording"}
    said["refusal"] = permissions.why_not_reword(shown, "words", by=request.person)
    return _ask(request, form, do, "Kept beside the first.", *_to_quote(shown), **said)


@ASK
@person_needed
def approve(request, quote_id):
    """The speaker's yes."""
    shown = _own_quote(request, quote_id)
    today = local_day(shown.initiative.organisation, timezone.now())
    _, newest, _ = queries.wordings(shown)
    initial = {"seen": newest.pk if newest else None, "until": forms.year_from(today)}
    form = forms.ApproveForm(request.POST or None, initial=initial)
    do = partial(operations.approve, quote_id=shown.pk, today=today)
    said = {
        "title": "May these words be used?", "submit": "Yes, like this", "newest": newest, "template": "credit/approve.html",
        "refusal": permissions.why_not_decide(shown, QuoteState.APPROVED, by=request.person),
    }  # fmt: skip
    return _ask(request, form, do, "Kept. You can take it back at any time.", *_to_quote(shown), **said)


MOVES = {
    "show": (operations.show, "They have been told that their words wait for them."),
    "drop": (operations.drop, "Thrown away."),
    "no": (operations.decline, "Your words were thrown away. Nobody is asked why."),
    "back": (operations.withdraw, "Taken back. Nobody may use these words from now on. Below is where they were used."),
}


@require_POST
@person_needed
def move(request, quote_id, to):
    """Who wrote it down shows it or throws it away; who said it says no, or takes a yes back."""
    shown = _own_quote(request, quote_id)
    if to not in MOVES:
        raise Http404
    do, words = MOVES[to]
    _do(request, lambda: do(quote_id=shown.pk, **_acting(request)), words)
    return redirect("credit:quote", shown.pk)


@ASK
@person_needed
def use(request, approved_id):
    """Write down where approved words are used."""
    approved = get_object_or_404(queries.approved_visible_to(request.person), pk=approved_id)
    initial = {"used_on": local_day(approved.initiative.organisation, timezone.now())}
    form = forms.UseForm(request.POST or None, initial=initial, uses=queries.uses_of(approved))
    do, go = partial(operations.use, approved_id=approved.pk), ("credit:initiative", approved.initiative_id)
    lead = "If they are taken back one day, this is how each place can be told."
    said = {"title": "Where are these words used?", "lead": lead, "submit": "Keep it"}
    return _ask(request, form, do, "Kept. Who said it can read where.", go, _at(approved.initiative), **said)


@require_POST
@person_needed
def told(request, used_id):
    """A place was told that words were taken back."""
    used = get_object_or_404(queries.used_visible_to(request.person), pk=used_id)
    _do(request, lambda: operations.say_told(used_id=used.pk, **_acting(request)), "Kept.")
    return redirect("credit:initiative", used.approved.initiative_id)


@require_safe
@person_needed
def quotes_file(request, initiative_id, use):
    """Words that may be used for one thing, as a file."""
    here = _table(request, initiative_id)
    if use not in Use:
        raise Http404
    data = queries.quotes_file(here, use, local_day(here.organisation, timezone.now()))
    return download(data, f"words-{use.lower()}.csv", "text/csv; charset=utf-8")


# --- papers, references, thanks ---


def _certificate(request, initiative_id):
    """(form, data of the paper) of the person's own certificate, as they ask for it.

    What they ask comes by POST: a name that they chose stands in no address, and so in no log and no history.
    """
    here = queries.seen_here(request.person).get(initiative_id)
    if here is None:
        raise Http404
    form = forms.CertificateForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    name, on = said.pop("name", "") or request.person.shown_name, local_day(here.organisation, timezone.now())
    return form, queries.certificate(request.person, here, name=name, on=on, **said)


@ASK
@person_needed
def certificate(request, initiative_id):
    """My certificate, to look at, change and print."""
    form, paper = _certificate(request, initiative_id)
    url, back_words = MINE
    context = {"title": "My certificate", "form": form, "paper": paper}
    context |= {"table": initiative_id, "back_url": url, "back_words": back_words}
    return render(request, "credit/certificate.html", context)


@ASK
@person_needed
def certificate_paper(request, initiative_id):
    """My certificate as a PDF."""
    _, paper = _certificate(request, initiative_id)
    return _paper(request, paper, "certificate.pdf", reverse("credit:certificate", args=[initiative_id]))


def _paper(request, paper, name, page):
    """A paper as a PDF; when it cannot be set, back to the page that prints, with the reason."""
    try:
        return download(papers.pdf("sheet", paper), name, "application/pdf")
    except papers.CannotSet as stop:
        messages.error(request, str(stop))
        return redirect(page)


@ASK
@person_needed
def refer(request, initiative_id):
    """Write a reference for somebody."""
    here = _table(request, initiative_id)
    people, initial = queries.people_here(here, without=request.person), {"signed": request.person.shown_name}
    form = forms.ReferenceForm(request.POST or None, initial=initial, people=people)
    do = partial(operations.refer, initiative=here)
    lead = "It is shown to them. They take it, or give it back with what should change."
    said = {"title": "Write a reference", "lead": lead, "submit": "Show it to them"}
    return _ask(request, form, do, "They read it first, and decide.", ("credit:reference", None), _at(here), **said)


@ASK
@person_needed
def reference(request, reference_id):
    """One reference: for whom it is about and who wrote it."""
    shown = get_object_or_404(queries.references_of(request.person), pk=reference_id)
    form = forms.AnswerReferenceForm(request.POST or None)
    do, go = partial(operations.answer_reference, reference_id=shown.pk), ("credit:reference", shown.pk)
    said = {
        "reference": shown, "yours": shown.about_id == request.person.pk, "paper": queries.reference_paper(shown),
        "why_not_again": permissions.why_not_change_reference(shown, "words", by=request.person),
        "title": f"Reference for {shown.about.shown_name}", "submit": "Keep my answer",
        "template": "credit/reference.html",
    }  # fmt: skip
    return _ask(request, form, do, "Kept.", go, MINE, **said)


@ASK
@person_needed
def refer_again(request, reference_id):
    """Write a reference again that was given back."""
    shown = get_object_or_404(queries.references_of(request.person), pk=reference_id)
    form = forms.ReferenceTextForm(request.POST or None, initial={"words": shown.words, "signed": shown.signed})
    do, go = partial(operations.change_reference, reference_id=shown.pk), ("credit:reference", shown.pk)
    back = (reverse("credit:reference", args=[shown.pk]), "The reference")
    said = {"title": "Change the reference", "lead": shown.remark, "submit": "Show it again"}
    said["refusal"] = permissions.why_not_change_reference(shown, "words", by=request.person)
    return _ask(request, form, do, "Shown to them once more.", go, back, **said)


@require_safe
@person_needed
def reference_paper(request, reference_id):
    """My reference as a PDF; only for whom it is about."""
    own = queries.references_of(request.person).filter(about=request.person)
    shown = get_object_or_404(own, pk=reference_id)
    page = reverse("credit:reference", args=[shown.pk])
    return _paper(request, queries.reference_paper(shown), "reference.pdf", page)


@ASK
@person_needed
def thank(request, initiative_id):
    """Thank somebody."""
    here = _table(request, initiative_id)
    form = forms.ThanksForm(request.POST or None, people=queries.people_here(here, without=request.person))
    do, go = partial(operations.thank, initiative=here), ("credit:initiative", here.pk)
    lead = "Nobody counts thanks here, and nobody else reads them."
    said = {"title": "Thank somebody", "lead": lead, "submit": "Thank them"}
    return _ask(request, form, do, "They can read it on their own page.", go, _at(here), **said)
