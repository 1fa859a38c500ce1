"""The look on paper: logo and color, on the page and through the API, and to whom a logo is shown."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry, Look
from agencies.operations.look import (
    AccentTooPale,
    AccentWrong,
    LookChanged,
    NoLogo,
    choose_accent,
    remove_logo,
    set_logo,
    undo_look,
)
from agencies.queries.look import logo_as_address, look_now, with_row
from core.pictures import MAX_BYTES, made_anew
from jobs import keepers
from tests.factories.pictures import drawn, drawn_logo
from tests.programs import Program

Programs = Callable[[User], Program]
PALE, DARKER = "#ffd200", "#8c7300"


def page(agency: Agency, name: str = "look", *args: int) -> str:
    return reverse(name, args=[agency.slug, *args])


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def counts(agency: Agency) -> Look:
    with scope.of_agency(agency.pk):
        return look_now(agency)


def told(agency: Agency) -> list[tuple[str, dict[str, Any]]]:
    """What the audit trail says of the look."""
    verbs = ("choose accent", "choose logo", "remove logo", "undo look")
    return list(AuditEntry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", "changes"))


def test_logo_and_color_are_kept_and_written_down(inside: Agency, alice: User) -> None:
    choose_accent(agency=inside, actor=alice, accent=" #1B4D8F ")
    look = set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    kept = made_anew(drawn_logo("HLM"))
    digest = hashlib.sha256(kept.content).hexdigest()
    assert (look.accent, look.sha256, look.content_type) == ("#1b4d8f", digest, "image/png")
    assert str(look.logo).startswith(f"logos/{inside.pk}/")
    with default_storage.open(str(look.logo)) as file:
        assert file.read() == kept.content
    assert told(inside) == [
        ("choose accent", {"accent": ["", "#1b4d8f"]}),
        ("choose logo", {"logo": ["", digest[:12]]}),
    ]
    assert look_now(inside) == look


def test_choosing_the_same_again_writes_nothing(inside: Agency, alice: User) -> None:
    first = set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    assert set_logo(agency=inside, actor=alice, content=drawn_logo("HLM")) == first
    assert choose_accent(agency=inside, actor=alice, accent="#1b4d8f").pk != first.pk
    assert choose_accent(agency=inside, actor=alice, accent="#1b4d8f").pk == look_now(inside).pk
    assert Look.objects.count() == 2


def test_each_change_can_be_undone_while_it_is_the_newest(inside: Agency, alice: User) -> None:
    first = set_logo(agency=inside, actor=alice, content=drawn_logo("One"))
    second = set_logo(agency=inside, actor=alice, content=drawn_logo("Two"))
    assert first.sha256 != second.sha256
    back = undo_look(agency=inside, actor=alice, look=second)
    assert (back.sha256, back.logo.name) == (first.sha256, first.logo.name)
    gone = remove_logo(agency=inside, actor=alice)
    assert (gone.logo.name, gone.sha256, gone.width) == ("", "", None)
    again = undo_look(agency=inside, actor=alice, look=gone)
    assert again.sha256 == first.sha256
    with pytest.raises(LookChanged):
        undo_look(agency=inside, actor=alice, look=gone)
    assert [verb for verb, _changes in told(inside)][2:] == ["undo look", "remove logo", "undo look"]


def test_undoing_the_first_choice_is_the_look_without_one(inside: Agency, alice: User) -> None:
    first = choose_accent(agency=inside, actor=alice, accent="#1b4d8f")
    assert undo_look(agency=inside, actor=alice, look=first).accent == ""
    with pytest.raises(NoLogo):
        remove_logo(agency=inside, actor=alice)


@pytest.mark.parametrize("wrong", ["red", "1b4d8f", "#1b4d8", "#1b4d8g", "#fff;}*{}"])
def test_what_is_no_color_is_refused(inside: Agency, alice: User, wrong: str) -> None:
    with pytest.raises(AccentWrong):
        choose_accent(agency=inside, actor=alice, accent=wrong)
    assert not Look.objects.exists()


def test_a_pale_color_is_refused_and_a_darker_one_offered(inside: Agency, alice: User) -> None:
    with pytest.raises(AccentTooPale) as refused:
        choose_accent(agency=inside, actor=alice, accent=PALE)
    assert refused.value.offered == DARKER
    assert DARKER in str(refused.value)
    assert choose_accent(agency=inside, actor=alice, accent=DARKER).accent == DARKER


@pytest.mark.parametrize("wrong", [{"accent": "red"}, {"sha256": "0" * 64}, {"logo": "logos/1/x"}])
def test_the_database_keeps_no_half_a_look(inside: Agency, alice: User, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create(agency=inside, chosen_by=alice, **wrong)


def test_the_page_adds_replaces_removes_and_undoes(agency: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    assert "Add logo" in browser.get(page(agency)).content.decode()
    answer = browser.post(page(agency, "look_logo_add"), {"file": upload(drawn_logo("HLM"))}, follow=True)
    look = counts(agency)
    text = answer.content.decode()
    assert [word in text for word in ("Replace logo", "Logo saved.", page(agency, "look_logo", look.pk))] == [True] * 3
    assert page(agency, "look_undo", look.pk) in text
    text = browser.post(page(agency, "look_logo_remove"), follow=True).content.decode()
    assert ("Add logo" in text, "Logo removed." in text) == (True, True)
    browser.post(page(agency, "look_undo", counts(agency).pk))
    assert counts(agency).sha256 == look.sha256


def test_a_refused_picture_is_told_beside_its_field_and_nothing_is_lost(
    agency: Agency, alice: User, visit: Any
) -> None:
    browser = visit(alice)
    browser.post(page(agency, "look_logo_add"), {"file": upload(drawn_logo("HLM"))})
    stands = counts(agency)
    for content, status, words in (
        (b"<svg/>", 422, "This is not a PNG or JPEG picture."),
        (b"", 422, "This is not a PNG or JPEG picture."),
        (drawn() + b"\0" * MAX_BYTES, 422, "The file is larger than 2 MB."),
    ):
        answer = browser.post(page(agency, "look_logo_add"), {"file": upload(content)})
        assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert counts(agency).pk == stands.pk


def test_the_page_offers_the_darker_tone_as_a_button(agency: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    answer = browser.post(page(agency), {"accent": PALE})
    assert answer.status_code == 422
    text = " ".join(answer.content.decode().split())
    assert f'<button type="submit" name="accent" value="{DARKER}"' in text
    browser.post(page(agency), {"accent": [PALE, DARKER]})  # as a browser sends the field and the button
    assert counts(agency).accent == DARKER
    assert f'fill="{DARKER}"' in browser.get(page(agency)).content.decode()


def test_only_who_may_change_the_settings_changes_the_look(agency: Agency, dan: User, alice: User, visit: Any) -> None:
    with scope.of_agency(agency.pk):
        look = set_logo(agency=agency, actor=alice, content=drawn_logo("HLM"))
    browser = visit(dan)
    assert browser.get(page(agency)).status_code == 403
    posts = {"look": {"accent": "#1b4d8f"}, "look_logo_add": {"file": upload(drawn())}, "look_logo_remove": {}}
    assert {browser.post(page(agency, name), sent).status_code for name, sent in posts.items()} == {403}
    assert browser.post(page(agency, "look_undo", look.pk)).status_code == 403
    assert counts(agency).pk == look.pk


def test_a_member_sees_the_logo_and_nothing_in_it_runs(agency: Agency, dan: User, alice: User, visit: Any) -> None:
    with scope.of_agency(agency.pk):
        look = set_logo(agency=agency, actor=alice, content=drawn_logo("HLM"))
        bare = remove_logo(agency=agency, actor=alice)
    answer = visit(dan).get(page(agency, "look_logo", look.pk))
    assert answer.getvalue() == made_anew(drawn_logo("HLM")).content
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=86400"
    assert visit(dan).get(page(agency, "look_logo", bare.pk)).status_code == 404


def test_the_logo_of_another_agency_is_nobodys(
    agency: Agency, elsewhere: Agency, alice: User, mallory: User, visit: Any
) -> None:
    with scope.of_agency(elsewhere.pk):
        theirs = set_logo(agency=elsewhere, actor=mallory, content=drawn_logo("Secret"))
    browser = visit(alice)
    assert browser.get(page(agency, "look_logo", theirs.pk)).status_code == 404
    assert browser.get(page(elsewhere, "look_logo", theirs.pk)).status_code == 404
    assert browser.post(page(agency, "look_undo", theirs.pk)).status_code == 404
    with scope.of_agency(agency.pk):
        assert (look_now(agency).pk, logo_as_address(look_now(agency))) == (None, "")
        assert with_row([str(theirs.logo)]) == set()
    own = visit(mallory).get(page(elsewhere, "look_logo", theirs.pk))
    assert own.status_code == 200
    assert own.getvalue()


def test_a_lost_file_is_no_logo_and_no_error(
    inside: Agency, alice: User, visit: Any, caplog: pytest.LogCaptureFixture
) -> None:
    look = set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    assert logo_as_address(look).startswith("data:image/png;base64,")
    default_storage.delete(str(look.logo))
    assert logo_as_address(look_now(inside)) == ""
    assert "is lost" in caplog.text
    assert visit(alice).get(page(inside, "look_logo", look.pk)).status_code == 404


def test_the_api_does_the_same(inside: Agency, alice: User, dan: User, program: Programs) -> None:
    mine, theirs = program(alice), program(dan)
    assert theirs.get("look/") == {"id": None, "accent": "", "logo": None}
    assert mine.refused("look/", accent=PALE) == (422, "accent_too_pale", "accent")
    assert mine.send("look/", accent="#1B4D8F")[1]["accent"] == "#1b4d8f"
    status, said = mine.upload("look/logo/", file=upload(drawn()))
    assert (status, said["logo"]["width"], said["logo"]["content_type"]) == (200, 320, "image/png")
    assert theirs.status(f"look/{said['id']}/logo/") == 200
    assert mine.upload("look/logo/", file=upload(b"GIF89a"))[1]["code"] == "file_type"
    assert mine.upload("look/logo/", file=upload(drawn() + b"\0" * MAX_BYTES))[0] == 413
    assert theirs.send("look/", accent="#1b4d8f")[0] == 403
    status, bare = mine.send("look/logo/", method="delete")
    assert (status, bare["logo"]) == (200, None)
    assert mine.send(f"look/{bare['id']}/undo/")[1]["logo"] == said["logo"]
    assert mine.refused(f"look/{bare['id']}/undo/") == (409, "look_changed", None)
    assert mine.get("look/")["accent"] == "#1b4d8f"


def test_the_same_upload_under_a_key_is_one_choice(inside: Agency, alice: User, program: Programs) -> None:
    for _time in range(2):
        assert program(alice).upload("look/logo/", key="k", file=upload(drawn()))[0] == 200
    assert program(alice).upload("look/logo/", key="k", file=upload(drawn_logo("x")))[0] == 409
    assert Look.objects.count() == 1


def test_the_sweep_knows_which_logos_belong_to_a_look(inside: Agency, alice: User) -> None:
    look = set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    stray = f"logos/{inside.pk}/stray"
    assert "logos" in keepers.folders()
    assert keepers.without_row([str(look.logo), stray]) == [stray]
