"""The pages of an organisation: who belongs, who does what, whom to tell, and the register."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.calculations import sheets
from alongside.downloads import download
from alongside.organisations import forms, operations, permissions, queries
from alongside.organisations.states import GUARDED, DutyKind, UploadState
from alongside.people import operations as people
from alongside.people import queries as people_queries
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 50
question = require_http_methods(["GET", "HEAD", "POST"])


def _ask(request, form, do, **page):
    """Show a question page; after a good answer do it and go where `do` says. A refusal stands beside the answers."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do(form.cleaned_data))
        except Refused as stop:
            form.add_error(None, stop.said)
    return render(request, "design/question.html", {"form": form, **page})


def _press(request, do, then):
    """Do one thing on a press; say why not when a rule stands in the way; go on to `then`."""
    try:
        messages.success(request, do())
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect(then)


def _kept(request, pk):
    """The organisation, for somebody who keeps its register; 404 for everybody else; with `at` and the local day."""
    organisation = get_object_or_404(queries.kept_by(request.person), pk=pk)
    at = timezone.now()
    return organisation, at, queries.local_day(organisation, at)


def _back_to(organisation, name="organisation", words=""):
    return {
        "back_url": reverse(f"organisations:{name}", args=[organisation.pk]),
        "back_words": words or organisation.name,
    }


@require_GET
@person_needed
def mine(request):
    organisations = list(queries.of(request.person))
    if len(organisations) == 1:
        return redirect("organisations:organisation", organisations[0].pk)
    return render(request, "organisations/mine.html", {"organisations": organisations})


@require_GET
@person_needed
def organisation(request, pk):
    organisation = get_object_or_404(queries.of(request.person), pk=pk)
    keeps = permissions.why_not_keep(organisation.pk, by=request.person) is None
    duties = [(duty, duty.person_id == request.person.pk) for duty in queries.duty_holders(organisation)]
    context = {
        "organisation": organisation,
        "areas": queries.areas_of(organisation),
        "duties": duties,
        "leads": any(own and duty.kind == DutyKind.LEAD for duty, own in duties),
        "keeps": keeps,
        "guarded": GUARDED,
        "member_count": queries.members_of(organisation).count() if keeps else None,
        "to_tell_count": queries.still_to_tell(organisation, request.person).count() if keeps else None,
    }
    return render(request, "organisations/organisation.html", context)


@question
@person_needed
def add_area(request, pk):
    organisation, at, _ = _kept(request, pk)
    form = forms.AreaForm(request.POST or None, areas=queries.areas_of(organisation))

    def do(answers):
        once = answers.pop("once")
        record.once(
            token=once,
            do=lambda: operations.add_area(organisation=organisation, by=request.person, at=at, **answers).pk,
        )
        messages.success(request, f"{answers['name']} is now an area of {organisation.name}.")
        return organisation_page(organisation)

    return _ask(request, form, do, title="Add an area", submit="Add this area", **_back_to(organisation))


def organisation_page(organisation):
    return reverse("organisations:organisation", args=[organisation.pk])


@require_GET
@person_needed
def members(request, pk):
    organisation, _, _ = _kept(request, pk)
    words = request.GET.get("find", "").strip()[:100]
    page = Paginator(queries.members_of(organisation, words), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "People here",
        "organisation": organisation,
        "page_obj": page,
        "find_words": "Find somebody by name",
        "find_value": words,
        **_back_to(organisation),
    }
    return render(request, "organisations/members.html", context)


@question
@person_needed
def add_person(request, pk):
    organisation, at, on = _kept(request, pk)

    def do(answers):
        once = answers.pop("once")
        made = record.once(
            token=once,
            do=lambda: operations.add_by_hand(organisation=organisation, on=on, by=request.person, at=at, **answers).pk,
        )
        messages.success(request, f"{answers['shown_name']} belongs to {organisation.name} now.")
        return reverse("organisations:member", args=[made])

    return _ask(
        request,
        forms.PersonForm(request.POST or None),
        do,
        title="Add a person",
        lead="They need no e-mail address and no phone. Ask them first.",
        submit="Add this person",
        **_back_to(organisation, "members", "People here"),
    )


@question
@person_needed
def give_duty(request, pk, guarded):
    organisation, at, on = _kept(request, pk)
    form = forms.DutyForm(request.POST or None, members=queries.members_of(organisation), guarded=guarded)

    def do(answers):
        once = answers.pop("once")
        record.once(
            token=once,
            do=lambda: operations.give_duty(organisation=organisation, on=on, by=request.person, at=at, **answers).pk,
        )
        messages.success(request, f"{answers['person'].shown_name} holds this duty from today.")
        return organisation_page(organisation)

    title = "Ask somebody to look after money or this installation" if guarded else "Ask somebody to take a duty"
    lead = "A duty is something to do for others. It is never a rank."
    return _ask(request, form, do, title=title, lead=lead, submit="Give this duty", **_back_to(organisation))


@second_factor_needed
def give_guarded_duty(request, pk):
    return give_duty(request, pk=pk, guarded=True)


@require_POST
@person_needed
def end_duty(request, pk):
    duty = get_object_or_404(queries.duties_kept_by(request.person), pk=pk)
    end = second_factor_needed(_end) if duty.kind in GUARDED else _end
    return end(request, duty)


@require_POST
@person_needed
def lay_down(request, pk):
    return _end(request, get_object_or_404(queries.duties_of(request.person), pk=pk))


def _end(request, duty):
    at = timezone.now()
    on = queries.local_day(duty.organisation, at)

    def do():
        operations.end_duty(duty_id=duty.pk, on=on, by=request.person, at=at)
        return "This duty has ended. It stays in the record that it was held."

    return _press(request, do, organisation_page(duty.organisation))


@require_GET
@person_needed
def member(request, pk):
    membership = get_object_or_404(queries.memberships_kept_by(request.person), pk=pk)
    person = membership.person
    context = {
        "membership": membership,
        "contacts": people_queries.contacts_of(person),
        "has_login": people_queries.has_login(person),
        "waiting": people_queries.still_to_tell([person.pk], request.person),
        "own": person.pk == request.person.pk,
        **_back_to(membership.organisation, "members", "People here"),
    }
    return render(request, "organisations/member.html", context)


@question
@person_needed
def begin_visit(request, pk):
    if request.person.helped_by and queries.memberships_of(request.person).filter(pk=pk).exists():
        return redirect("front:today")  # a second press, after the first began the visit
    membership = get_object_or_404(queries.memberships_kept_by(request.person), pk=pk)
    name = membership.person.shown_name

    def do(answers):
        visit = people.begin_visit(helper=request.person, person=membership.person, at=timezone.now(), **answers)
        people.seat_visit(request.session, visit=visit)
        return "front:today"

    return _ask(
        request,
        forms.VisitForm(request.POST or None),
        do,
        title=f"Help {name} here",
        lead=f"You will act for {name} while they are with you. Every page says so, and it is written down.",
        submit=f"Begin with {name}",
        back_url=reverse("organisations:member", args=[membership.pk]),
        back_words=name,
    )


@require_POST
@person_needed
def make_code(request, pk):
    membership = get_object_or_404(queries.memberships_kept_by(request.person), pk=pk)
    person = membership.person
    if people_queries.has_login(person):
        messages.error(request, f"{person.shown_name} signs in with their own e-mail address and needs no code.")
        return redirect("organisations:member", membership.pk)
    code = people.make_claim_code(person=person, given_by=request.person, at=timezone.now())
    return render(
        request,
        "organisations/code.html",
        {"card": people_queries.claim_card(person, code), "membership": membership},
    )


@require_GET
@person_needed
def to_tell(request, pk):
    organisation, _, _ = _kept(request, pk)
    context = {
        "organisation": organisation,
        "rows": queries.to_tell_rows(organisation, request.person),
        **_back_to(organisation),
    }
    return render(request, "organisations/to_tell.html", context)


@require_POST
@person_needed
def mark_told(request, pk):
    telling = get_object_or_404(queries.tellings_kept_by(request.person), pk=pk)
    organisation = queries.of(telling.person).filter(pk__in=queries.kept_by(request.person).values("pk")).first()

    def do():
        people.mark_told(telling_id=telling.pk, by=request.person, at=timezone.now())
        return f"{telling.person.shown_name} is told."

    return _press(request, do, reverse("organisations:to_tell", args=[organisation.pk]))


# --- a register of people, from a spreadsheet ---


def _upload(request, pk):
    return get_object_or_404(queries.uploads_kept_by(request.person, timezone.now()), pk=pk)


@question
@person_needed
def send_register(request, pk):
    organisation, at, _ = _kept(request, pk)
    form = forms.RegisterForm(request.POST or None, request.FILES or None)

    def do(answers):
        file = answers["file"]
        made = record.once(
            token=answers["once"],
            do=lambda: (
                operations.send_register(
                    organisation=organisation, name=file.name, content=file.read(), by=request.person, at=at
                ).pk
            ),
        )
        return reverse("organisations:review_register", args=[made])

    return _ask(
        request,
        form,
        do,
        title="Bring in a list of people",
        lead="Send the spreadsheet as it is. We show you what we read, and write nothing before you say yes.",
        submit="Look at it",
        **_back_to(organisation, "members", "People here"),
    )


@question
@person_needed
def review_register(request, pk):
    upload = _upload(request, pk)
    if upload.state == UploadState.TAKEN:
        return redirect("organisations:register_told", upload.pk)
    review = queries.review(upload)
    form = forms.ColumnsForm(request.POST or None, columns=review.columns)
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose_columns(upload_id=pk, fields=form.chosen(), by=request.person, at=timezone.now())
            return redirect("organisations:review_register", pk)
        except Refused as stop:
            form.add_error(None, stop.said)
    refused = [(row, ", ".join(text for _, text in row.cells if text)) for row in review.refused]
    context = {"upload": upload, "review": review, "refused": refused, "form": form, "yes": forms.YesForm(prefix="yes")}
    return render(request, "organisations/review.html", {**context, **_back_to(upload.organisation)})


@require_POST
@person_needed
def take_register(request, pk):
    upload = _upload(request, pk)
    form = forms.YesForm(request.POST, prefix="yes")
    if not form.is_valid():
        messages.error(request, "This page was open for a long time. Look at it again, then press once more.")
        return redirect("organisations:review_register", pk)
    at = timezone.now()
    on = queries.local_day(upload.organisation, at)

    def do():
        return operations.take_register(upload_id=pk, on=on, by=request.person, at=at).pk

    try:
        record.once(token=form.cleaned_data["once"], do=do)
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("organisations:review_register", pk)


@require_POST
@person_needed
def drop_register(request, pk):
    upload = _upload(request, pk)

    def do():
        operations.drop_register(upload_id=pk, by=request.person, at=timezone.now())
        return "Nothing was written, and the file is gone from here."

    return _press(request, do, reverse("organisations:members", args=[upload.organisation_id]))


@require_GET
@person_needed
def refused_rows(request, pk):
    """The refused rows with their reasons, as a file for a spreadsheet."""
    upload = _upload(request, pk)
    text = upload.refused if upload.state == UploadState.TAKEN else sheets.refused_csv(queries.review(upload).refused)
    return download(text.encode("utf-8-sig"), "not-taken.csv", "text/csv; charset=utf-8")


@require_GET
@person_needed
def register_told(request, pk):
    upload = _upload(request, pk)
    if upload.state == UploadState.WAITING:
        return redirect("organisations:review_register", pk)
    return render(request, "organisations/register_told.html", {"upload": upload, "title": "The list is in"})
