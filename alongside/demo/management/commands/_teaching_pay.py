"""The money of Teaching together: a small grant, and too often late."""

from alongside.contributions.states import Method, OfferState
from alongside.demo.management.commands._shapes import BANK, CASH, work
from alongside.people.states import Channel

PHONE = Channel.PHONE


def pay(w):
    """Offers and their money. The grant is small, and the money was late more than once."""
    care = {"costs_pence": 4500, "costs_words": "Somebody to be with my brother for three hours"}
    bus = {"costs_pence": 620, "costs_words": "Bus, and data for the phone"}
    part = {"state": OfferState.PART, "pence": 5000, "method": Method.BANK}
    voucher = {"state": OfferState.ACCEPTED, "method": Method.VOUCHER, "shop": "Owl and Pen Books"}
    autumn = {"offered": 116, "on": 105, "approved": 62, "sent": 58}
    later = {"state": OfferState.LATER, "reason": "I need my evenings this month."}
    return [
        work(w, "teaching", "aoife", "First meeting, by phone", offered=320, on=306, answer=CASH, channel=PHONE,
             approved=302, sent=298, **bus),
        work(w, "teaching", "aoife", "Read the first lesson and write on it", offered=262, on=243, answer=BANK,
             channel=PHONE, approved=205, sent=188, arrived=185, **bus),
        work(w, "teaching", "aoife", "The part about waiting, second draft", offered=150, on=132, channel=PHONE,
             answer=BANK, approved=96, sent=91, arrived=89, minutes=240, rate=1),
        work(w, "teaching", "aoife", "Meeting about what the doctors wrote back", offered=48, on=34, channel=PHONE,
             answer=BANK, approved=19, **bus),
        work(w, "teaching", "aoife", "Teach the first spring afternoon with Dr Okafor", offered=4, on=-17, rate=1,
             minutes=240, **bus),
        work(w, "teaching", "jules", "Chair, and get ready with the other chair", offered=255, on=243, answer=BANK,
             approved=240, sent=234, arrived=231, minutes=240),
        work(w, "teaching", "jules", "Teach the autumn afternoon", offered=140, on=76, answer=part, rate=1,
             minutes=240, approved=72, sent=66, arrived=63),
        work(w, "teaching", "jules", "Get the spring pairs ready", offered=20, on=11, answer=BANK),
        work(w, "teaching", "oleksandr", "Write half a page about the word “insight”", offered=241, on=222, rate=3,
             answer={"state": OfferState.GIVEN, "given_to": "The night shelter on Quay Street"}, approved=219, sent=215,
             arrived=212),
        work(w, "teaching", "oleksandr", "Talk with the faculty’s finance board", offered=170, on=165,
             answer={"state": OfferState.DECLINED, "reason": "Not a room for me just now."}),
        work(w, "teaching", "oleksandr", "Meeting about what the doctors wrote back", offered=46, on=34, answer=BANK,
             approved=29, held=(26, "The account has changed, and we wait for the new one. Oleksandr, please look at it.")),
        work(w, "teaching", "brendan", "Reading the first lesson aloud", offered=258, on=243, answer=BANK,
             approved=200, sent=196, arrived=193, **care),
        work(w, "teaching", "sam", "Say what a first appointment is like", offered=200, on=188, answer=voucher,
             approved=181, sent=178),
        work(w, "teaching", "kit", "Try out the new exercises", offered=40, on=10, answer=later),
        work(w, "teaching", "kit", "Play the doctor, so that others can practise", answer=BANK, arrived=55, **autumn),
        work(w, "teaching", "dee", "Practise with the doctors, as a parent", answer=CASH, **autumn),
        work(w, "teaching", "sam", "Practise with the doctors", answer=voucher, **autumn),
    ]  # fmt: skip
