"""What a press does: of a button, one thing; of a question, one thing once, and a refusal stands beside the answers, which are kept."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.record import operations as record
from alongside.refusals import Refused

ASK = require_http_methods(["GET", "HEAD", "POST"])  # a page that asks, and takes the answer


def press(request, told, do, **facts):
    """Do one thing at the press of a button that asks nothing more. Returns what it made; None where it was refused.

    told: what is said when it is done, or "". do: an operation that takes by, at and these facts.
    """
    try:
        done = do(by=request.person, at=timezone.now(), **facts)
    except Refused as stop:
        messages.error(request, stop.said)
        return None
    if told:
        messages.success(request, told)
    return done


def press_once(request, form, do, field=None, told=""):
    """Do one thing once, for a form that was sent and is valid. Returns the key of what it made.

    told: what is said when it is done, or "".

    do: an operation that takes by, at and the answers of the form. field: where a refusal stands; None: above all of
    them. None where nothing was done: the page is shown (again), with its reason.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    said = dict(form.cleaned_data)
    token = said.pop("once")
    try:
        made = record.once(token=token, do=lambda: do(by=request.person, at=timezone.now(), **said).pk)
    except Refused as stop:
        form.add_error(field, stop.said)
        return None
    if told:
        messages.success(request, told)
    return made


def question(request, context, back, back_words, *args):
    """The page of one question, with its way back. context: see design/question.html; template: another one like it."""
    context |= {"back_url": reverse(back, args=args), "back_words": back_words}
    return render(request, context.pop("template", "design/question.html"), context)
