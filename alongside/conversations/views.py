"""Pages of conversations. The code of a ballot paper lives in a signed cookie of its own, never in the session."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import forms, operations, permissions, policies, queries
from alongside.conversations.states import SMALL_TABLE, OpensFor
from alongside.downloads import download
from alongside.initiatives import permissions as initiative_rules
from alongside.initiatives import queries as initiatives
from alongside.people import operations as people_operations
from alongside.people import queries as people
from alongside.people.permissions import may_welcome_guest, person_needed
from alongside.record import operations as record
from alongside.refusals import Refused

COOKIE_DAYS = 180
ROWS_A_PAGE = 50


# --- the ballot paper in the browser ---


def _cookie(conversation, person):
    """The name of the cookie: another for each person, so that a shared device keeps their papers apart."""
    whose = salted_hmac("ballot paper", str(person.pk), algorithm="sha256").hexdigest()[:10]
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}paper-{conversation.pk}-{whose}"


def _salt(person):
    """Signed for one person: in another person's hands the cookie opens nothing."""
    return f"ballot paper {person.pk}"


def _paper(request, conversation):
    """The code of the ballot paper in this browser; "" when there is none for this person."""
    if request.person is None:
        return ""
    code = request.get_signed_cookie(_cookie(conversation, request.person), default="", salt=_salt(request.person))
    return code if policies.is_genuine(conversation.seal, code) else ""


def _keep_paper(response, conversation, person, code):
    """Keep the code in this browser; beside a helper only until the browser closes."""
    response.set_signed_cookie(
        _cookie(conversation, person),
        code,
        salt=_salt(person),
        max_age=None if person.helped_by else COOKIE_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _posted(request):
    """What a form is filled with: what was sent, even when it is nothing; None when the page is only shown."""
    return request.POST if request.method == "POST" else None


def _visible(request, conversation_id):
    return get_object_or_404(queries.visible_to(request.person), pk=conversation_id)


def _try(request, do):
    """Do it; a refusal becomes a message with what would help. Returns (worked, answer)."""
    try:
        return True, do()
    except Refused as stop:
        messages.error(request, stop.said)
        return False, None


# --- reading and answering ---


@require_safe
def of_initiative(request, initiative_id):
    initiative = get_object_or_404(initiatives.visible_to(request.person), pk=initiative_id)
    context = {
        "title": "Conversations",
        "lead": initiative.name,
        "initiative": initiative,
        "conversations": queries.in_initiative(initiative, request.person),
        "may_open": permissions.why_not_open_new(initiative, by=request.person) is None,
    }
    return render(request, "conversations/list.html", context)


def _turn(request, conversation, refusal=None):
    """What the part of the page with the statement and its buttons needs."""
    code = _paper(request, conversation)
    key = policies.voter_key(conversation.seal, code) if code else ""
    found = list(queries.statements_with_answers(conversation, key)) if code else []
    return {
        "conversation": conversation,
        "code": policies.spaced_code(code),
        "statement": queries.next_statement(found, key),
        "answered": sum(statement.mine is not None for statement in found),
        "of": len(found),
        "refusal": refusal,
    }


@require_safe
def conversation(request, conversation_id):
    found = _visible(request, conversation_id)
    context = _turn(request, found)
    if not context["code"]:
        context["refusal"] = _why_no_paper(request, found)
        context["take"] = forms.TakeForm()
    context["leads"] = initiative_rules.why_not_lead(found.initiative, by=request.person) is None
    context["records"] = permissions.why_not_enter_paper(found, by=request.person) is None
    return render(request, "conversations/conversation.html", context)


def _why_no_paper(request, found):
    """Why this person cannot take a ballot paper now. Somebody unknown is asked who they are first, unless it is closed."""
    now = timezone.now()
    if request.person is None:
        return permissions.why_closed(found, at=now)
    return permissions.why_not_take_paper(found, by=request.person, at=now)


def take(request, conversation_id):
    found = _visible(request, conversation_id)
    if request.person is None:
        return _take_as_guest(request, found)
    back = redirect("conversations:conversation", found.pk)
    form = forms.TakeForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return back
    token, by, now = form.cleaned_data["once"], request.person, timezone.now()
    worked, code = _try(request, lambda: operations.take_paper(conversation_id=found.pk, token=token, by=by, at=now))
    return _keep_paper(back, found, by, code) if worked else back


def _take_as_guest(request, found):
    """The guest's door: answer first, take it up later with a claim code, shown once on the page that follows."""
    form, now = forms.GuestForm(_posted(request)), timezone.now()
    refusal = permissions.why_closed(found, at=now)
    if refusal or not form.is_valid():
        context = {"title": "Take part", "form": form, "submit": "Take a ballot paper", "conversation": found}
        return render(request, "conversations/guest.html", context | {"refusal": refusal})
    if not may_welcome_guest(request):
        return render(request, "429.html", status=429)
    said = {"token": form.cleaned_data["once"], "shown_name": form.cleaned_data["shown_name"]}
    worked, given = _try(request, lambda: operations.take_paper_as_guest(conversation_id=found.pk, at=now, **said))
    if not worked:
        return redirect("conversations:conversation", found.pk)
    request.person, claim, paper = given
    people_operations.seat_guest(request.session, person=request.person)
    context = {"conversation": found, "card": people.claim_card(request.person, claim)}
    return _keep_paper(render(request, "conversations/guest_told.html", context), found, request.person, paper)


@person_needed
def resume(request, conversation_id):
    found = _visible(request, conversation_id)
    form = forms.ResumeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        code = policies.typed_code(form.cleaned_data["code"])
        if policies.is_genuine(found.seal, code):
            return _keep_paper(redirect("conversations:conversation", found.pk), found, request.person, code)
        form.add_error("code", "This is not a code of this conversation. Look at each letter again.")
    context = {
        "title": "Go on with your ballot paper",
        "form": form,
        "submit": "Go on",
        "conversation": found,
        "code": policies.spaced_code(_paper(request, found)),
        "refusal": permissions.why_closed(found, at=timezone.now()),
    }
    return render(request, "conversations/resume.html", context)


@person_needed
@require_POST
def answer(request, conversation_id):
    found = _visible(request, conversation_id)
    form, refusal = forms.AnswerForm(request.POST), None
    if form.is_valid():
        try:
            operations.answer(
                conversation_id=found.pk,
                statement_id=form.cleaned_data["statement"],
                code=_paper(request, found),
                choice=form.cleaned_data["choice"],
                by=request.person,
                at=timezone.now(),
            )
        except Refused as stop:
            refusal = stop.refusal
    if request.htmx:
        return render(request, "conversations/conversation.html#turn", _turn(request, found, refusal))
    if refusal:
        messages.error(request, refusal.said)
    if request.POST.get("back") == "list" and form.is_valid():
        there = reverse("conversations:statements", args=[found.pk])
        said = form.cleaned_data
        return redirect(f"{there}?page={said['page'] or 1}#s{said['statement']}")
    return redirect("conversations:conversation", found.pk)


@require_safe
def statements(request, conversation_id):
    found = _visible(request, conversation_id)
    code = _paper(request, found)
    key = policies.voter_key(found.seal, code) if code else ""
    context = {
        "conversation": found,
        "code": code,
        "page_obj": Paginator(queries.statements_with_answers(found, key), ROWS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_add": request.person is None
        or permissions.why_not_add(found, by=request.person, at=timezone.now()) is None,
    }
    return render(request, "conversations/statements.html", context)


@person_needed
def add(request, conversation_id):
    found = _visible(request, conversation_id)
    form, by, now = forms.StatementForm(_posted(request)), request.person, timezone.now()
    refusal = permissions.why_not_add(found, by=by, at=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write():
            return operations.add_statement(
                conversation_id=found.pk, words=said["words"], show_name=said["show_name"],
                by=by, at=now, on=timezone.localdate(),
            ).pk  # fmt: skip

        worked, _ = _try(request, lambda: record.once(token=said["once"], do=write))
        if worked:
            return render(request, "conversations/said.html", {"title": "You said it", "conversation": found})
    few = found.opens_for == OpensFor.TABLE and initiatives.seated(found.initiative).count() <= SMALL_TABLE
    context = {
        "title": "Add a statement", "lead": found.question, "form": form, "submit": "Send it",
        "conversation": found, "refusal": refusal, "few_people": few,
    }  # fmt: skip
    return render(request, "conversations/add.html", context)


# --- results ---


@require_safe
def summary(request, conversation_id):
    found = _visible(request, conversation_id)
    refusal = permissions.why_not_results(found)
    results = {"summary": None, "parts": (), "table": ()} if refusal else queries.results(found)
    context = results | {
        "conversation": found,
        "refusal": refusal,
        "page_obj": Paginator(results["table"], ROWS_A_PAGE).get_page(request.GET.get("page")),
        "took_part": queries.took_part(found) if found.opens_for == OpensFor.TABLE else (),
        "leads": initiative_rules.why_not_lead(found.initiative, by=request.person) is None,
        "rows_refusal": permissions.why_not_rows(found),
    }
    return render(request, "conversations/summary.html", context)


@require_safe
def export(request, conversation_id):
    found = _visible(request, conversation_id)
    if refusal := permissions.why_not_results(found):
        messages.error(request, refusal.said)
        return redirect("conversations:summary", found.pk)
    return download(queries.files_in_one(found), f"conversation-{found.pk}.zip", "application/zip")


# --- paper ---


@require_safe
def sheet(request, conversation_id):
    found = _visible(request, conversation_id)
    context = {"conversation": found, "statements": queries.statements_up(found)}
    return render(request, "conversations/sheet.html", context)


def _paper_context(found, sheet_form=None, handed_form=None):
    people = [(seat.person_id, seat.person.shown_name) for seat in queries.without_paper(found)]
    return {
        "title": "Enter paper sheets",
        "conversation": found,
        "form": sheet_form or forms.SheetForm(statements=queries.statements_up(found)),
        "people": people,
        "handed": handed_form or forms.HandedInForm(people=people, prefix="handed"),
    }


@person_needed
def paper(request, conversation_id):
    found = get_object_or_404(queries.recorded_by(request.person), pk=conversation_id)
    by, now = request.person, timezone.now()
    refusal = permissions.why_not_enter_paper(found, by=by)
    form = forms.SheetForm(_posted(request), statements=queries.statements_up(found))
    if request.method == "POST" and form.is_valid():

        def enter():
            operations.enter_sheet(conversation_id=found.pk, answers=form.answers(), by=by, at=now)

        worked, _ = _try(request, lambda: record.once(token=form.cleaned_data["once"], do=enter))
        if worked:
            messages.success(request, "The sheet is in. Take the next one.")
            return redirect("conversations:paper", found.pk)
    context = _paper_context(found, sheet_form=form) | {"refusal": refusal}
    return render(request, "conversations/paper.html", context)


@person_needed
@require_POST
def handed_in(request, conversation_id):
    found = get_object_or_404(queries.recorded_by(request.person), pk=conversation_id)
    people = [(seat.person_id, seat.person.shown_name) for seat in queries.without_paper(found)]
    form = forms.HandedInForm(request.POST, people=people, prefix="handed")
    if not form.is_valid():
        return render(request, "conversations/paper.html", _paper_context(found, handed_form=form))
    chosen, by, now = form.cleaned_data["people"], request.person, timezone.now()
    worked, count = _try(
        request,
        lambda: operations.note_handed_in(conversation_id=found.pk, people_pks=chosen, by=by, at=now),
    )
    if worked:
        messages.success(request, f"Noted: {count} handed in a sheet.")
    return redirect("conversations:paper", found.pk)


# --- looking after it ---


@person_needed
def open_new(request, initiative_id):
    initiative = get_object_or_404(queries.initiatives_led_by(request.person), pk=initiative_id)
    form, by, now = forms.OpenForm(_posted(request)), request.person, timezone.now()
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")

        def put():
            return operations.open_new(initiative=initiative, by=by, at=now, **said).pk

        worked, pk = _try(request, lambda: record.once(token=token, do=put))
        if worked:
            return redirect("conversations:conversation", pk)
    context = {
        "title": "Open a conversation", "lead": initiative.name, "form": form, "submit": "Open it",
        "back_url": reverse("conversations:list", args=[initiative.pk]), "back_words": "Conversations",
    }  # fmt: skip
    return render(request, "conversations/open_new.html", context)


@person_needed
@require_safe
def moderate(request, conversation_id):
    found = get_object_or_404(queries.led_by(request.person), pk=conversation_id)
    context = {"conversation": found, "statements": queries.to_look_at(found)}
    return render(request, "conversations/moderate.html", context)


@person_needed
@require_POST
def put_up(request, statement_id):
    statement = get_object_or_404(queries.statements_led_by(request.person), pk=statement_id)
    by, now = request.person, timezone.now()
    worked, _ = _try(request, lambda: operations.put_up(statement_id=statement.pk, by=by, at=now))
    if worked:
        messages.success(request, "It is open for answers, and its author is told.")
    return redirect("conversations:moderate", statement.conversation_id)


@person_needed
def decline(request, statement_id):
    statement = get_object_or_404(queries.statements_led_by(request.person), pk=statement_id)
    form, by, now = forms.DeclineForm(_posted(request)), request.person, timezone.now()
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        worked, _ = _try(request, lambda: operations.decline(statement_id=statement.pk, reason=reason, by=by, at=now))
        if worked:
            messages.success(request, "It is not put up, and its author is told why.")
        return redirect("conversations:moderate", statement.conversation_id)
    context = {
        "title": "Do not put it up", "form": form, "submit": "Tell the author", "statement": statement,
        "back_url": reverse("conversations:moderate", args=[statement.conversation_id]),
    }  # fmt: skip
    return render(request, "conversations/decline.html", context)


@person_needed
def close(request, conversation_id):
    found = get_object_or_404(queries.led_by(request.person), pk=conversation_id)
    by, now = request.person, timezone.now()
    if request.method == "POST":
        worked, _ = _try(request, lambda: operations.close(conversation_id=found.pk, by=by, at=now))
        if worked:
            messages.success(request, "The conversation is closed. No answer leads back to anybody.")
        return redirect("conversations:summary", found.pk)
    context = {"conversation": found, "refusal": permissions.why_not_close(found, by=by)}
    return render(request, "conversations/close.html", context)
