"""Words that everybody reads tell neither name nor place, also not a part: alias, region, code, copy, file."""

import unicodedata
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from ssu import operations
from ssu.models import Unit, Worker
from ssu.telling import tells, without
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("The Tamrin People", TRUE_NAME),
        ("Tamrin team", TRUE_NAME),
        ("tamrín", TRUE_NAME),
        ("TAMRIN-VALLEY", TRUE_PLACE),
        ("TAM-RIN 1", TRUE_NAME),
        ("Tamrinese", TRUE_NAME),
        ("Anna M", "Anna Miller"),
        ("Li", "Li"),
        ("王伟 team", "王伟"),
        ("北京队", "北京"),
        ("塔姆林队", "塔姆林族"),
        ("थारू दल", "थारू जाति"),
        ("ทีมอาข่า", "ชาวอาข่า"),
        ("타루족팀", "타루족"),
        ("the tome hills", "Tomé Hills"),
        ("Lodz 1", "Łódź"),
        ("Sonderby", "Sønderby"),
        ("IGDIR", "Iğdır"),
        ("তাঁতি দল", "তাঁতি জাতি"),
        ("தோடர் குழு", "தோடர் மக்கள்"),
        ("Tome\u0301", "Tomé Hills"),
        ("Tam\u200brin", TRUE_NAME),
        ("فريق تَمرين", "تمرين"),
    ],
)
def test_a_part_is_enough(said: str, name: str) -> None:
    assert tells(said, name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Project Cedar", TRUE_NAME),
        ("People of the river", TRUE_NAME),
        ("Green Valley", TRUE_PLACE),
        ("Central Asia", "Central Tamrin"),
        ("Project Light", "Li"),
        ("河流团队", "塔姆林 团队"),
        ("नदी दल", "थारू जाति"),
        ("", TRUE_NAME),
        ("Project Cedar", ""),
    ],
)
def test_plain_words_and_short_ones_inside_of_others_tell_nothing(said: str, name: str) -> None:
    assert not tells(said, name)


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("The Tamrin People of Tamrin Valley; a Tamrin house.", [TRUE_NAME, TRUE_PLACE], "The … of …; a … house."),
        ("A Tamrinese song of TAM-RIN, by Ann", [TRUE_NAME], "A … song of …, by Ann"),
        ("In Tomé every house has water", ["Tomé Hills"], "In … every house has water"),
        ("In Tome\u0301\u0301, Tome", ["Tomé Hills"], "In …, …"),
        ("我们在塔姆林山区", ["塔姆林族"], "我们在…山区"),
        ("थारू गाँव में", ["थारू जाति"], "… गाँव में"),
        ("tam tamrin rin", [TRUE_NAME], "…"),
        ("nothing here", ["", " "], "nothing here"),
    ],
)
def test_texts_lose_each_word_that_tells(text: str, names: list[str], left: str) -> None:
    assert without(text, names, "…") == left


LETTERS = st.text(alphabet=st.sampled_from("tamrin TAMRÍ-é̄塔姆林थारू जाติ.\u200b1"), max_size=30)


@given(text=LETTERS, names=st.lists(LETTERS, max_size=3))
@example(text="tam塔姆rin", names=["塔姆林", "tamrin"])
def test_what_is_left_tells_nothing(text: str, names: list[str]) -> None:
    assert not tells(without(text, names, "…"), *names)


@given(text=st.text(max_size=30), names=st.lists(st.text(max_size=12), max_size=3))
def test_any_text_that_tells_nothing_stays_as_it_is(text: str, names: list[str]) -> None:
    left = without(text, names, "…")
    assert not tells(left, *names)
    if not tells(text, *names):
        assert left == unicodedata.normalize("NFC", text)


GIVEAWAYS = {"alias": "Tamrin team", "region": TRUE_PLACE, "code": "TAMRIN-VALLEY"}


@pytest.mark.parametrize(("field", "words"), GIVEAWAYS.items())
def test_a_closed_unit_is_given_no_words_that_tell(
    inside: Agency, units: SimpleNamespace, alice: User, field: str, words: str, make_unit: Any
) -> None:
    told: dict[str, Any] = {field: words}
    with pytest.raises(Refused) as caught:
        operations.edit_unit(agency=inside, actor=alice, unit=units.closed, **told)
    assert (caught.value.code, caught.value.field) == (f"{field}_tells", field)  # type: ignore[attr-defined]
    given = {"alias": "Project Oak", "place": TRUE_PLACE, "code": "U9", field: words}
    with pytest.raises(Refused) as caught:
        make_unit(given.pop("code"), TRUE_NAME, "closed", **given)
    assert caught.value.code == f"{field}_tells"
    assert not Unit.objects.filter(pk=units.closed.pk, **{field: words}).exists()


@pytest.mark.parametrize(("field", "words"), GIVEAWAYS.items())
def test_a_level_is_not_raised_over_words_that_tell(
    inside: Agency, units: SimpleNamespace, alice: User, field: str, words: str
) -> None:
    plain: dict[str, Any] = {"name": TRUE_NAME, "place": TRUE_PLACE, "alias": "Project Oak", field: words}
    operations.edit_unit(agency=inside, actor=alice, unit=units.open, **plain)
    with pytest.raises(Refused) as caught:
        operations.edit_unit(agency=inside, actor=alice, unit=units.open, discretion="closed")
    assert caught.value.code == f"{field}_tells"
    assert Unit.objects.get(pk=units.open.pk).discretion == "open"
    healed: dict[str, Any] = {field: {"alias": "Project Oak", "region": "Central Asia", "code": "U7"}[field]}
    operations.edit_unit(agency=inside, actor=alice, unit=units.open, discretion="closed", **healed)
    assert Unit.objects.get(pk=units.open.pk).discretion == "closed"


def test_a_careful_unit_keeps_its_place_alone(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    operations.edit_unit(agency=inside, actor=alice, unit=units.careful, place="Tamrin Town", code="KARETH-1")
    with pytest.raises(Refused) as caught:
        operations.edit_unit(agency=inside, actor=alice, unit=units.careful, code="TAMRIN-1")
    assert caught.value.code == "code_tells"
    with pytest.raises(Refused) as caught:
        operations.edit_unit(agency=inside, actor=alice, unit=units.careful, alias="Kareth One")
    assert caught.value.code == "alias_tells"


def test_a_persons_alias_tells_no_part_of_the_name(inside: Agency, alice: User) -> None:
    worker = operations.add_worker(agency=inside, actor=alice, name="Anna Miller", last_name="Miller")
    said = {"name": "Anna Miller", "last_name": "Miller", "discretion": "closed"}
    for alias in ("Anna M", "A. Miller", "Miller team"):
        with pytest.raises(Refused) as caught:
            operations.edit_worker(agency=inside, actor=alice, worker=worker, alias=alias, **said)
        assert caught.value.code == "alias_tells"
    operations.edit_worker(agency=inside, actor=alice, worker=worker, alias="Cedar", **said)
    assert Worker.objects.get(pk=worker.pk).alias == "Cedar"
