"""A list of people comes in from a spreadsheet: looked at first, written once, refused rows given back."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alongside.organisations import operations, queries
from alongside.organisations.models import Membership, RegisterUpload
from alongside.organisations.tests import factories as make
from alongside.people.models import Contact, Person
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make.organisation()


@pytest.fixture
def dee(here):
    return make.holder("Dee", here, "LEAD")


def send(here, by, content=None, name="people.csv", at=None):
    return operations.send_register(
        organisation=here, name=name, content=content or make.register_csv(), by=by, at=at or timezone.now()
    )


def take(upload, by):
    return operations.take_register(upload_id=upload.pk, on=make.ON, by=by, at=make.AT)


def through_the_page(client, here, content, name):
    url = reverse("organisations:send_register", args=[here.pk])
    once = client.get(url).context["form"]["once"].value()
    return client.post(url, {"once": once, "file": SimpleUploadedFile(name, content)})


def test_nothing_is_written_before_yes(here, dee, client):
    make.signs_in(client, dee)
    before = Person.objects.count()
    review = client.get(through_the_page(client, here, make.register_csv(), "people.csv")["Location"])
    assert (Person.objects.count(), Membership.objects.count()) == (before, 1)
    page = review.content.decode()
    assert "Yes, add 3 people" in page
    assert "Žofie O’Neill-García" in page
    assert [row.code for row in review.context["review"].refused] == [
        "duplicate",
        "name-missing",
        "name-not-a-name",
    ]


def test_yes_writes_every_ready_row_once_and_a_second_press_none(here, dee, client):
    make.signs_in(client, dee)
    review_url = through_the_page(client, here, make.register_csv(), "people.csv")["Location"]
    upload = RegisterUpload.objects.get()
    once = client.get(review_url).context["yes"]["once"].value()
    yes = reverse("organisations:take_register", args=[upload.pk])
    assert client.post(yes, {"yes-once": once}).status_code == 302
    assert client.post(yes, {"yes-once": once}).status_code == 302
    names = sorted(m.person.shown_name for m in queries.members_of(here))
    assert names == ["Asha Example", "Bo Example", "Dee", "Žofie O’Neill-García"]
    assert Contact.objects.filter(value="asha@example.org").count() == 1
    assert Membership.objects.get(person__shown_name="Asha Example").since.isoformat() == "2026-04-03"
    told = client.get(review_url, follow=True).content.decode()
    assert "<b>3</b> people were added" in told
    assert "3 lines were not taken" in told


def test_register_of_three_hundred_with_merged_headings_is_read_and_written_whole(here, dee):
    upload = send(here, dee, make.register_xlsx(), "register.xlsx")
    review = queries.review(upload)
    assert len(review.fresh) + len(review.refused) == 300
    assert {row.code for row in review.refused} == {"duplicate", "name-missing"}
    before = JournalLine.objects.count()
    taken = take(upload, dee)
    assert taken.counts == {"added": len(review.fresh), "known": 0, "refused": len(review.refused)}
    assert queries.members_of(here).count() == len(review.fresh) + 1
    assert JournalLine.objects.count() == before + 2 * len(review.fresh) + 1


def test_refused_rows_are_given_back_with_their_reasons(here, dee, client):
    make.signs_in(client, dee)
    upload = send(here, dee)
    before_yes = client.get(reverse("organisations:refused_rows", args=[upload.pk]))
    take(upload, dee)
    after_yes = client.get(reverse("organisations:refused_rows", args=[upload.pk]))
    assert before_yes.content == after_yes.content
    assert "attachment" in after_yes["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(after_yes.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Line", "Why we could not take it"]
    assert [row[0] for row in rows[1:]] == ["6", "7", "8"]
    assert all(row[1] for row in rows[1:])
    assert "'=1+1" in rows[3], "a cell must not start to calculate when somebody opens the file"
    assert "second time" not in after_yes.content.decode("utf-8-sig"), "notes are not taken, so not given back"


def test_person_known_by_mail_is_not_made_twice_and_stays_as_they_are(here, dee):
    asha = make.member("Asha", here, mail="Asha@Example.org")
    upload = send(here, dee)
    assert [row.shown_name for row in queries.review(upload).known] == ["Asha Example"]
    assert take(upload, dee).counts == {"added": 2, "known": 1, "refused": 3}
    asha.refresh_from_db()
    assert asha.shown_name == "Asha"
    assert not Person.objects.filter(shown_name="Asha Example").exists()


def test_person_who_left_is_not_called_back_by_a_list(here, dee):
    asha = make.member("Asha", here, mail="asha@example.org")
    operations.end_membership(membership_id=Membership.objects.get(person=asha).pk, on=make.ON, by=asha, at=make.AT)
    assert take(send(here, dee), dee).counts["known"] == 1
    assert not queries.is_member(asha, here.pk)


def test_same_list_a_second_time_adds_only_who_cannot_be_known_by_mail(here, dee):
    take(send(here, dee), dee)
    second = queries.review(send(here, dee))
    assert [row.shown_name for row in second.known] == ["Asha Example", "Žofie O’Neill-García"]
    assert [row.shown_name for row in second.fresh] == ["Bo Example"]
    assert second.alike == {second.fresh[0].line}, "somebody here has this name: the page says so"


def test_mail_known_in_another_organisation_says_nothing_here(here, dee):
    make.member("Asha", make.organisation("Far Valley"), mail="asha@example.org")
    assert queries.review(send(here, dee)).known == ()


def test_columns_can_be_changed_and_are_read_again(here, dee, client):
    make.signs_in(client, dee)
    upload = send(here, dee, b"Wer,Kontakt\nAsha,asha@example.org\nBo,bo@example.org\n")
    url = reverse("organisations:review_register", args=[upload.pk])
    first = client.get(url)
    assert first.context["review"].refusal.code == "register-no-names"
    assert "Yes, add" not in first.content.decode()
    assert client.post(url, {"column-0": "name", "column-1": "mail"}).status_code == 302
    assert [(r.shown_name, r.mail) for r in client.get(url).context["review"].fresh] == [
        ("Asha", "asha@example.org"),
        ("Bo", "bo@example.org"),
    ]
    twice = client.post(url, {"column-0": "name", "column-1": "name"})
    assert "Two columns are both" in twice.content.decode()


def test_what_only_the_person_may_say_is_not_kept(here, dee, client):
    make.signs_in(client, dee)
    upload = send(here, dee, b"Name,Role,Access needs,Diagnosis\nAsha,Peer worker,Large print,private\n")
    page = client.get(reverse("organisations:review_register", args=[upload.pk])).content.decode()
    assert page.count("We do not keep this. Ask the person.") == 2
    assert "private" not in page
    take(upload, dee)
    upload.refresh_from_db()
    assert (bytes(upload.content), upload.refused) == (b"", "")


def test_no_throws_the_file_away_and_writes_nobody(here, dee, client):
    make.signs_in(client, dee)
    upload = send(here, dee)
    client.post(reverse("organisations:drop_register", args=[upload.pk]))
    assert not RegisterUpload.objects.exists()
    assert Person.objects.count() == 1


def test_sent_register_is_gone_after_a_day(here, dee, client):
    make.signs_in(client, dee)
    old = send(here, dee, at=timezone.now() - timedelta(days=1, minutes=1))
    assert client.get(reverse("organisations:review_register", args=[old.pk])).status_code == 404
    new = send(here, dee)
    assert list(RegisterUpload.objects.all()) == [new]
    assert operations.forget_uploads(at=timezone.now() + timedelta(days=2)) == 1


def test_register_is_taken_once_whatever_the_token(here, dee):
    upload = send(here, dee)
    take(upload, dee)
    before = (Person.objects.count(), JournalLine.objects.count())
    with pytest.raises(Refused, match="taken"):
        take(upload, dee)
    assert (Person.objects.count(), JournalLine.objects.count()) == before


def test_fault_in_the_middle_writes_nobody(here, dee, monkeypatch):
    upload = send(here, dee)
    plain, calls = operations._add_row, []

    def fails_on_the_third(row, *args, **kwargs):
        calls.append(row)
        if len(calls) == 3:
            raise OSError("the disk is full")
        return plain(row, *args, **kwargs)

    monkeypatch.setattr(operations, "_add_row", fails_on_the_third)
    with pytest.raises(OSError, match="disk"):
        take(upload, dee)
    upload.refresh_from_db()
    assert (Person.objects.count(), upload.state) == (1, "WAITING")


def test_file_that_cannot_be_read_is_refused_in_words_and_not_kept(here, dee, client):
    make.signs_in(client, dee)
    for content, name in ((b"%PDF-1.7 x", "people.pdf"), (b"\x89PNG\r\n", "people.xlsx"), (b"\x00\xff\xfe", "a.csv")):
        page = through_the_page(client, here, content, name)
        assert page.status_code == 200, name
        assert page.context["form"].non_field_errors(), name
    assert through_the_page(client, here, b"", "empty.csv").context["form"].errors.keys() == {"file"}
    assert not RegisterUpload.objects.exists()


def test_register_is_only_for_who_keeps_it(here, dee, client):
    upload = send(here, dee)
    asha = make.member("Asha", here)
    eli = make.holder("Eli", make.organisation("Far Valley"), "LEAD")
    for who in (asha, eli):
        with pytest.raises(Refused, match="not-asked"):
            send(here, who)
        with pytest.raises(Refused, match="not-asked"):
            take(upload, who)
        make.signs_in(client, who)
        for name in ("review_register", "refused_rows", "register_told"):
            assert client.get(reverse(f"organisations:{name}", args=[upload.pk])).status_code == 404
    assert Person.objects.filter(shown_name="Asha Example").count() == 0


def test_review_asks_as_much_for_three_rows_as_for_one(here, dee, client, queries_of):
    make.signs_in(client, dee)
    one = send(here, dee, b"Name,E-mail\nAsha,asha@example.org\n,\n")
    three = send(here, dee, b"Name,E-mail\nAsha,a@example.org\nBo,b@example.org\nCy,c@example.org\n,d@example.org\n")
    for upload in (one, three):
        url = reverse("organisations:review_register", args=[upload.pk])
        assert queries_of(lambda url=url: client.get(url)) == 7
