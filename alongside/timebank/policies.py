"""Balances, worked out from the moves; nobody types one in."""

from django.db.models import Sum

from alongside.timebank.models import TimeAccount, TimeMove


def balance(account):
    """Minutes that an account has: below nothing for who took more than they gave. 0 for None."""
    return given(account) - taken(account)


def given(account):
    """Minutes that came to an account, for time its owner gave."""
    return _sum(TimeMove.objects.filter(given=account)) if account else 0


def taken(account):
    """Minutes that left an account, for time its owner got."""
    return _sum(TimeMove.objects.filter(taken=account)) if account else 0


def _sum(moves):
    return moves.aggregate(sum=Sum("minutes"))["sum"] or 0


def account_of(bank, person):
    """The account of a person, or of the organisation itself for None; None while nothing was ever asked."""
    return TimeAccount.objects.filter(bank=bank, person=person).first()
