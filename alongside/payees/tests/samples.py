"""A new account that waits to be confirmed, for the tests that go through every page."""

from alongside.payees import operations


def samples(scene):
    owner = scene.people["recorder"]
    for account in ("38290008", "38290009"):
        payee = operations.set_payee(
            person=owner, name="A Writer", sort_code="200415", account=account, by=owner, at=scene.at
        )
    return {"payee": payee.pk}
