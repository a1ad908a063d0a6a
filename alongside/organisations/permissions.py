"""Rules about duties and the register of an organisation."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.organisations import policies
from alongside.organisations.states import MONEY, DutyKind, UploadState
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal

_ASK_THE_LEAD = "Ask the person who leads co-production."


def why_not_keep(organisation_id, *, by):
    """None for who leads the organisation or runs the installation: they keep the register and give duties."""
    if refusal := people.why_not_act(by):
        return refusal
    if policies.keeps(by, organisation_id):
        return None
    return Refusal("not-asked", "This is for the people who keep the register here.", _ASK_THE_LEAD)


def why_not_give(kind, *, to, organisation_id, by):
    """Why `by` may not ask `to` to take a duty.

    Who leads gives all duties but that of running the installation, which those who run it give. Nobody gives
    themselves a duty over money, so that two people always know of it.
    """
    if refusal := why_not_keep(organisation_id, by=by):
        return refusal
    if kind == DutyKind.OPERATOR and not policies.holds(by, DutyKind.OPERATOR, organisation_id):
        words = "Only somebody who runs this installation asks another person to run it."
        return Refusal("operator-only", words, "Ask the person who installed Alongside.")
    if kind in MONEY and to.pk == by.pk:
        return Refusal("own-money", "Nobody gives themselves a duty over money.", "Ask another person who leads here.")
    if not policies.is_member(to, organisation_id):
        return Refusal("not-a-member", "This person does not belong to your organisation.", "Add them first.")
    if to.state != PersonState.ACTIVE:
        return Refusal("away", f"{to.shown_name} is taking a break.", "Ask again when they are back.")
    return None


def why_not_end_duty(duty, *, by):
    """Why `by` may not end a duty. Everybody may lay down their own, but the last lead or operator asks one first."""
    if duty.until is not None:
        return Refusal("ended", "This duty has ended already.")
    own = duty.person_id == by.pk
    if not own and (refusal := why_not_keep(duty.organisation_id, by=by)):
        return refusal
    operates = policies.holds(by, DutyKind.OPERATOR, duty.organisation_id)
    if duty.kind == DutyKind.OPERATOR and not own and not operates:
        return Refusal("operator-only", "Only somebody who runs this installation can end this.", _ASK_THE_LEAD)
    if duty.kind in {DutyKind.LEAD, DutyKind.OPERATOR} and not policies.somebody_else_holds(duty):
        words = f"Nobody else here {duty.get_kind_display()}."
        return Refusal("last", words, "Ask another person to take this duty. Then end this one.")
    return None


def why_not_take(upload, *, by):
    """Why a register that was sent may not be written now."""
    if refusal := why_not_keep(upload.organisation_id, by=by):
        return refusal
    if upload.state != UploadState.WAITING:
        return Refusal("taken", "This register was written already.", "Send it again if something is missing.")
    return None


def why_not_add(*, mail, known):
    """Why a person with this mail is not added by hand. known: the mails of everybody who is or was here."""
    if mail and mail.casefold() in known:
        words = "Somebody with this e-mail address is known here already."
        return Refusal("known", words, "Look for them in the list of people.")
    return None


def why_not_belong(organisation_id, *, by):
    """None for members of the organisation."""
    if policies.is_member(by, organisation_id):
        return None
    return Refusal("not-a-member", "You do not belong to this organisation.", "Answer one of its adverts.")


def why_not_begin(*, name, mail):
    """Why an organisation of this name may not be made: it has none, it is taken, or the mail address is none."""
    if not name.strip():
        return Refusal("no-name", "Say what the organisation is called.")
    if policies.is_taken(name):
        return Refusal("name-used", f"There is an organisation called {name.strip()} already.", "Choose another name.")
    try:
        validate_email(mail)
    except ValidationError:
        return Refusal("no-address", f"{mail} is not an e-mail address.", "Write it like name@example.org.")
    return None
