"""One press of a question: what it does happens once, and a refusal stands beside the answers, which are kept."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from alongside.record import operations as record
from alongside.refusals import Refused


def press_once(request, form, do, field=None):
    """Do one thing once, for a form that was sent and is valid. Returns the key of what it made.

    do: an operation that takes by, at and the answers of the form. field: where a refusal stands; None: above all of
    them. None where nothing was done: the page is shown (again), with its reason.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    said = dict(form.cleaned_data)
    token = said.pop("once")
    try:
        return record.once(token=token, do=lambda: do(by=request.person, at=timezone.now(), **said).pk)
    except Refused as stop:
        form.add_error(field, stop.said)
        return None


def question(request, context, back, back_words, *args):
    """The page of one question, with its way back. context: see design/question.html; template: another one like it."""
    context |= {"back_url": reverse(back, args=args), "back_words": back_words}
    return render(request, context.pop("template", "design/question.html"), context)
