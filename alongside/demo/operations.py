"""What the demo can do that nothing else can: codes that are shown instead of sent. Refused wherever people are real."""

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from alongside.demo import queries
from alongside.people import operations as people
from alongside.people import queries as people_reads
from alongside.refusals import Refusal, Refused, stop_if


def _why_not_show_codes():
    """None in the demo, where every person is made up."""
    if settings.DEMO:
        return None
    return Refusal("not-demo", "Codes are shown in the demo only.", "Ask for a code on the sign-in page.")


def fresh_code(*, address):
    """Six digits that open for one person of the demo, once, within ten minutes. Refused for every other address."""
    stop_if(_why_not_show_codes())
    if not any(person["address"] == address.strip().lower() for person in queries.people() if person["address"]):
        words = f"Nobody in the demo has the address {address}."
        raise Refused(Refusal("nobody", words, "The page /demo/ says who is here."))
    return people.fresh_code(address=address)


def keep_claim_code(*, key, person, code):
    """Keep a claim code where the demo can show it. Elsewhere a code is shown once and kept as a digest only."""
    cache.set(queries.claim_key(key), {"person": person.pk, "code": code}, timeout=None)


@transaction.atomic
def fresh_claim_code(*, key, at):
    """Another claim code for somebody of the demo without a sign-in, when the first was used."""
    stop_if(_why_not_show_codes())
    kept = cache.get(queries.claim_key(key))
    if kept is None:
        raise Refused(Refusal("nobody", "Nobody in the demo waits for a claim code like this.", "Load the demo first."))
    person = people_reads.person(kept["person"])
    code = people.make_claim_code(person=person, at=at)
    keep_claim_code(key=key, person=person, code=code)
    return code


def date_letters(*, before, tellings):
    """Give the mails that were written while a year was told their own days; what is long read is taken away.

    before: names of the files that were there. tellings: (moment, whether it is news) in the order of sending.
    """
    fresh = [path for path in sorted(settings.POST_BOX.glob("*.eml")) if path.name not in before]
    for path, (moment, is_news) in zip(fresh, tellings, strict=False):
        if is_news:
            path.rename(path.with_name(f"{moment:%Y%m%d}-{moment:%H%M%S}-{path.name[16:]}"))
        else:
            path.unlink()
