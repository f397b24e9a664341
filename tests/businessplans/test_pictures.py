"""Pictures in the plan: the mentee's alone, seen by whoever reads the plan, kept by its versions."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from tests.businessplans.test_pages import MOST_QUERIES, at, signed_in
from tests.cast import Cast
from tests.files.samples import photo_with_place, picture, upload
from tests.make import NOW
from tests.programmes.conftest import queries, text
from varpa.businessplans.actions import pictures as actions
from varpa.businessplans.actions import plans
from varpa.businessplans.actions.parts import NoSuchPart
from varpa.businessplans.models import BusinessPlan, Part, Picture
from varpa.files.models import File
from varpa.files.queries import content
from varpa.files.refusals import PhoneFormat, TooLarge, WrongKind
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.pictures import NoPhotographsPermission, NoWords, ShowsOthers

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def put(plan: BusinessPlan, by: Person, **changes: Any) -> Picture:
    given = {"part": "idea", "about": "Krāsns", "shows": "nobody", "now": LATER, **changes}
    given.setdefault("upload", upload(picture()))
    return actions.add_picture(plan=BusinessPlan.objects.get(pk=plan.pk), by=by, **given)


def send(client: Client, plan: BusinessPlan, **changes: Any) -> Any:
    given = {"ref": new_ref(), "about": "Krāsns", "shows": "nobody", "picture": upload(picture()), **changes}
    return client.post(at("pictures", plan, "idea"), given, follow=True)


def minor(cast: Cast, *, photographs: bool) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
    for kind in ("taking_part", *(["photographs"] if photographs else [])):
        record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)


def test_a_picture_stands_below_the_text(cast: Cast, shared: BusinessPlan) -> None:
    answer = send(signed_in(cast.elina), shared, about="Krāsns ar <krūzēm>")
    made = Picture.objects.get()
    assert answer.redirect_chain[0][0] == at("pictures", shared, "idea")
    for person in (cast.elina, cast.andris):
        page = text(signed_in(person).get(at("part", shared, "idea")))
        assert 'alt="Krāsns ar &lt;krūzēm&gt;"' in page
        assert at("picture", shared, made.ref) in page
    assert "<img" not in text(signed_in(cast.elina).get(at("part", shared, "customer")))


def test_whoever_reads_the_plan_sees_the_picture(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    made = put(plan, cast.elina)
    address = at("picture", plan, made.ref)
    assert signed_in(cast.elina).get(address).status_code == 200
    everybody = (cast.andris, cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.zane, cast.tomas)
    for person in everybody:
        assert signed_in(person).get(address).status_code == 404
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=LATER)
    assert signed_in(cast.andris).get(address).status_code == 200
    for person in everybody[1:]:
        assert signed_in(person).get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302
    plans.let_manager_read(plan=plan, reads=True, by=cast.elina, now=LATER)
    assert signed_in(cast.inga).get(address).status_code == 200


def test_a_picture_is_reached_through_its_own_plan_only(cast: Cast, shared: BusinessPlan) -> None:
    made = put(shared, cast.elina)
    other = plans.begin_plan(
        membership=cast.neighbours.mentee, title="Cits", by=cast.neighbours.mentee.person, now=NOW
    )
    stranger = signed_in(cast.neighbours.mentee.person)
    assert stranger.get(at("picture", other, made.ref)).status_code == 404
    assert stranger.post(at("unpicture", other, made.ref)).status_code == 404
    assert not Picture.objects.filter(withdrawn_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["andris", "inga", "zane"])
def test_nobody_else_puts_in_or_takes_out(cast: Cast, shared: BusinessPlan, name: str) -> None:
    plans.let_manager_read(plan=shared, reads=True, by=cast.elina, now=NOW)
    made, person = put(shared, cast.elina), getattr(cast, name)
    client = signed_in(person)
    assert send(client, shared).status_code in (403, 404)
    assert client.get(at("pictures", shared, "idea")).status_code in (403, 404)
    assert client.post(at("unpicture", shared, made.ref)).status_code in (403, 404)
    with pytest.raises(plans.OnlyTheMentee):
        put(shared, person)
    with pytest.raises(plans.OnlyTheMentee):
        actions.take_picture_out(picture=made, by=person, now=LATER)
    assert Picture.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"about": "  "}, NoWords),
        ({"shows": "others"}, ShowsOthers),
        ({"part": "dreams"}, NoSuchPart),
        ({"upload": upload(SVG, "a.svg", "image/svg+xml")}, WrongKind),
        ({"upload": upload(HEIC, "a.heic", "image/heic")}, PhoneFormat),
        ({"upload": upload(b"\xff\xd8\xff" + bytes(40 * 1024 * 1024))}, TooLarge),
    ],
)
def test_what_is_not_kept(
    cast: Cast, plan: BusinessPlan, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put(plan, cast.elina, **changes)
    assert not Picture.objects.exists()
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"picture": upload(SVG, "a.svg", "image/svg+xml")}, "Choose JPEG, PNG, WebP."),
        ({"picture": upload(HEIC, "a.heic")}, "Save it as JPEG and choose it again."),
        ({"picture": upload(b"\xff\xd8\xff" + bytes(11 * 1024 * 1024))}, "larger than 10 MB"),
        ({"picture": ""}, "Choose a picture or take one."),
        ({"about": ""}, "Write something here"),
        ({"shows": ""}, "Say who can be recognised in the picture."),
        ({"shows": "others"}, "Somebody else can be recognised in the picture"),
    ],
)
def test_the_page_says_why(cast: Cast, plan: BusinessPlan, changes: dict[str, Any], told: str) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    shown = text(send(signed_in(cast.elina), plan, **changes))
    assert told in shown
    assert 'aria-invalid="true"' in shown
    assert not Picture.objects.exists()


def test_place_and_device_are_taken_out(cast: Cast, plan: BusinessPlan) -> None:
    made = put(plan, cast.elina, upload=upload(photo_with_place()))
    kept = content(made.file)
    assert b"Telefons" not in kept
    assert b"slepeni" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_two_clicks_put_one_in(cast: Cast, plan: BusinessPlan) -> None:
    ref = new_ref()
    assert put(plan, cast.elina, ref=ref) == put(plan, cast.elina, ref=ref)
    assert Picture.objects.count() == File.objects.count() == 1
    assert Line.objects.filter(verb="business_plan.add_picture").count() == 1


def test_another_picture_from_the_same_form_is_put_in_too(cast: Cast, plan: BusinessPlan) -> None:
    """After "Back": another file, or the same one with other words; each of them once."""
    ref = new_ref()
    for _click in range(2):
        put(plan, cast.elina, ref=ref)
        put(plan, cast.elina, ref=ref, upload=upload(picture(size=(50, 50))))
        put(plan, cast.elina, ref=ref, about="Cita krāsns")
    assert [each.about for each in plan.pictures.order_by("pk")] == ["Krāsns", "Krāsns", "Cita krāsns"]


def test_there_is_an_end_to_pictures(cast: Cast, plan: BusinessPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    first = put(plan, cast.elina)
    with pytest.raises(actions.TooManyPictures):
        put(plan, cast.elina)
    actions.take_picture_out(picture=first, by=cast.elina, now=LATER)
    assert put(plan, cast.elina)


def test_taken_out_nobody_sees_it(cast: Cast, shared: BusinessPlan) -> None:
    made, client = put(shared, cast.elina), signed_in(cast.elina)
    for _click in range(2):
        assert client.post(at("unpicture", shared, made.ref)).status_code == 302
    made.refresh_from_db()
    assert made.file.withdrawn_at is not None
    for person in (cast.elina, cast.andris):
        assert signed_in(person).get(at("picture", shared, made.ref)).status_code == 404
    assert Line.objects.filter(verb="business_plan.take_picture_out").count() == 1


def test_a_version_keeps_its_pictures(cast: Cast, shared: BusinessPlan) -> None:
    made = put(shared, cast.elina)
    kept = plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    assert plans.keep_version(plan=shared, by=cast.elina, now=LATER) == kept
    actions.take_picture_out(picture=made, by=cast.elina, now=LATER)
    assert plans.keep_version(plan=shared, by=cast.elina, now=LATER).number == 2
    address = at("picture", shared, made.ref)
    for person in (cast.elina, cast.andris):
        client = signed_in(person)
        assert address in text(client.get(at("version", shared, 1)))
        assert address not in text(client.get(at("version", shared, 2)))
        assert text(client.get(at("version", shared, 2), {"with": "1"})).count(address) == 1
        assert client.get(address).status_code == 200
    restored = plans.restore_version(plan=shared, number=1, by=cast.elina, now=LATER)
    made.refresh_from_db()
    assert made.withdrawn_at is None
    assert list(restored.pictures.all()) == [made]
    plans.restore_version(plan=shared, number=2, by=cast.elina, now=LATER)
    assert not shared.pictures.filter(withdrawn_at=None).exists()


def test_the_mentor_sees_no_picture_of_a_version_from_before_sharing(
    cast: Cast, plan: BusinessPlan, part: Part
) -> None:
    made = put(plan, cast.elina)
    plans.keep_version(plan=plan, by=cast.elina, now=NOW)
    actions.take_picture_out(picture=made, by=cast.elina, now=NOW)
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=LATER)
    assert signed_in(cast.andris).get(at("picture", plan, made.ref)).status_code == 404
    assert signed_in(cast.elina).get(at("picture", plan, made.ref)).status_code == 200


def test_a_submitted_plan_keeps_its_pictures_as_they_are(cast: Cast, shared: BusinessPlan) -> None:
    made = put(shared, cast.elina)
    version = plans.submit_plan(plan=shared, by=cast.elina, now=LATER)
    with pytest.raises(plans.PlanIsSubmitted):
        put(shared, cast.elina)
    with pytest.raises(plans.PlanIsSubmitted):
        actions.take_picture_out(picture=made, by=cast.elina, now=LATER)
    assert list(version.pictures.all()) == [made]
    assert "multipart" not in text(signed_in(cast.elina).get(at("pictures", shared, "idea")))


def test_a_minor_is_shown_while_it_is_permitted(cast: Cast, shared: BusinessPlan) -> None:
    minor(cast, photographs=False)
    with pytest.raises(NoPhotographsPermission):
        put(shared, cast.elina, shows="writer")
    record_permission(membership=cast.mentee, kind="photographs", guardian="Anna", by=cast.inga, now=NOW)
    made = put(shared, cast.elina, shows="writer")
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    address, client = at("picture", shared, made.ref), signed_in(cast.andris)
    with clock.moved_to(LATER):
        assert client.get(address).status_code == 200
        withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
        assert client.get(address).status_code == 404
        for name, more in (("part", "idea"), ("version", 1)):
            assert address not in text(client.get(at(name, shared, more)))
        with zipfile.ZipFile(io.BytesIO(client.get(at("archive", shared)).content)) as packed:
            assert not [name for name in packed.namelist() if name.startswith("pictures/")]


def test_the_paper_shows_pictures_with_their_words(cast: Cast, shared: BusinessPlan) -> None:
    put(shared, cast.elina, upload=upload(picture("PNG", mode="RGBA")), about="Krāsns prototips")
    put(shared, cast.elina, part="customer", about="Klientu rinda")
    read = PdfReader(io.BytesIO(signed_in(cast.andris).get(at("document", shared)).content))
    assert sum(len(page.images) for page in read.pages) == 2
    whole = " ".join(page.extract_text() for page in read.pages)
    assert "Krāsns prototips" in whole
    # A part of pictures alone stands there too.
    assert "Klientu rinda" in whole


def test_a_picture_whose_bytes_are_gone_costs_nobody_the_paper(
    cast: Cast, shared: BusinessPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shared, cast.elina)
    File.objects.update(sha256="0" * 64)
    client = signed_in(cast.elina)
    assert client.get(at("document", shared)).status_code == 200
    assert client.get(at("archive", shared)).status_code == 200


def test_the_archive_holds_the_pictures(cast: Cast, shared: BusinessPlan) -> None:
    made = put(shared, cast.elina)
    with zipfile.ZipFile(io.BytesIO(signed_in(cast.elina).get(at("archive", shared)).content)) as packed:
        assert packed.read("pictures/01.jpg") == content(made.file)
        assert "![Krāsns](pictures/01.jpg)" in packed.read("plan.md").decode()
        told = json.loads(packed.read("plan.json"))["pictures"]
    assert told == [{"part": "idea", "file": "pictures/01.jpg", "about": "Krāsns"}]


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pages_with_pictures_ask_little_in_three_languages(
    cast: Cast, shared: BusinessPlan, language: str
) -> None:
    minor(cast, photographs=True)
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    put(shared, cast.elina)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    client = signed_in(cast.elina)
    pages = [at("pictures", shared, "idea"), at("part", shared, "idea"), at("version", shared, 1)]
    few = [queries(client, page) for page in pages]
    for _time in range(8):
        put(shared, cast.elina, shows="writer")
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= MOST_QUERIES
    assert f'<html lang="{language}"' in text(client.get(pages[0]))
