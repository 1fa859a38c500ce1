"""Words that everybody reads tell neither name nor place, also not a part: alias, region, code, copy, file."""

from types import SimpleNamespace
from typing import Any

import pytest

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
        ("", TRUE_NAME),
        ("Project Cedar", ""),
    ],
)
def test_plain_words_and_short_ones_inside_of_others_tell_nothing(said: str, name: str) -> None:
    assert not tells(said, name)


def test_texts_lose_names_and_parts() -> None:
    text = "The Tamrin People of Tamrin Valley; a Tamrin house, a Tamrinese song."
    assert without(text, [TRUE_NAME, TRUE_PLACE], "…") == "The … of …; a … house, a Tamrinese song."
    assert without("nothing here", ["", " "], "…") == "nothing here"


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
