"""Every model of ours says whose its rows are (test 8 of the list): `agencies.checks` finds the ones that do not."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from agencies import checks
from agencies.checks import OWN_APPS, faults_of
from agencies.fields import OwnedKey
from agencies.guard import scope_of
from agencies.models import Agency, AgencyOwned, AuditEntry, Membership, Owned, Shared
from tests.guards.test_architecture import HEIGHT

# jobs.ScheduledRun says when a schedule last ran for the whole installation.
GLOBAL = {"accounts.User", "jobs.ScheduledRun"}


def test_every_model_declares_its_scope_and_keeps_it() -> None:
    assert checks.scopes_are_declared(None) == []


def test_every_app_of_ours_is_checked() -> None:
    assert set(HEIGHT) - {"config"} == OWN_APPS


def test_the_models_of_others_are_few_and_hold_no_agencys_data() -> None:
    """Accounts, sessions and what Django keeps about itself; a new one from a library is looked at first."""
    theirs = {model._meta.app_label for model in apps.get_models() if model._meta.app_label not in OWN_APPS}
    assert theirs == {"account", "auth", "contenttypes", "mfa", "sessions", "usersessions"}


def test_what_is_nobodys_is_named() -> None:
    """A table that all agencies share holds nothing of one of them."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]
    assert {model._meta.label for model in ours if scope_of(model) == "global"} == GLOBAL


@pytest.fixture
def isolated() -> Iterator[None]:
    """A register of models of its own, which knows those that the samples point to."""
    with isolate_apps("agencies") as registry:
        for model in (Agency, AuditEntry, Membership):
            registry.register_model("agencies", model)
        yield


def codes(model: type[models.Model]) -> list[str]:
    return sorted(str(fault.id) for fault in faults_of(model))


@pytest.mark.usefixtures("isolated")
class TestFaultsAreFound:
    def test_no_scope(self) -> None:
        class Silent(models.Model):  # noqa: DJ008 - a sample
            class Meta:
                app_label = "agencies"

        assert codes(Silent) == ["agencies.E001"]

    def test_unknown_scope(self) -> None:
        class Odd(models.Model):  # noqa: DJ008 - a sample
            scope: ClassVar[str] = "everybody"

            class Meta:
                app_label = "agencies"

        assert codes(Odd) == ["agencies.E001"]

    def test_scope_without_its_column(self) -> None:
        class Homeless(models.Model):  # noqa: DJ008 - a sample
            scope: ClassVar[str] = "agency"
            objects: ClassVar[Any] = Owned()

            class Meta:
                app_label = "agencies"

        assert codes(Homeless) == ["agencies.E003"]

    def test_a_column_that_may_be_empty(self) -> None:
        class Loose(models.Model):  # noqa: DJ008 - a sample
            scope: ClassVar[str] = "agency"
            agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
            objects: ClassVar[Any] = Owned()

            class Meta:
                app_label = "agencies"

        assert codes(Loose) == ["agencies.E003"]

    def test_a_column_of_another_scope(self) -> None:
        class Hidden(models.Model):  # noqa: DJ008 - a sample
            scope: ClassVar[str] = "global"
            agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Hidden) == ["agencies.E004"]

    def test_a_manager_that_answers_without_a_scope(self) -> None:
        class Quiet(AgencyOwned):
            objects: ClassVar[Any] = models.Manager()

            class Meta:
                app_label = "agencies"

        assert codes(Quiet) == ["agencies.E005"]

    def test_a_plain_key_inside_a_scope(self) -> None:
        class Crossing(AgencyOwned):
            membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Crossing) == ["agencies.E002"]

    def test_a_plain_key_to_a_shared_row(self) -> None:
        class Filed(AgencyOwned):
            entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Filed) == ["agencies.E002"]

    def test_a_plain_key_between_shared_rows(self) -> None:
        class Line(Shared):
            entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Line) == ["agencies.E002"]

    def test_a_key_from_a_shared_row_to_an_agencys(self) -> None:
        """The row may be nobody's: then no composite key looks at it."""

        class Upward(Shared):
            membership = OwnedKey(Membership, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Upward) == ["agencies.E006"]

    def test_a_bare_number_that_names_a_row(self) -> None:
        class Numbered(AgencyOwned):
            job_id = models.BigIntegerField()

            class Meta:
                app_label = "agencies"

        assert codes(Numbered) == ["agencies.E007"]

    def test_a_number_beside_its_kind_and_keys_to_shared_rows_are_good(self) -> None:
        class Told(Shared):
            thing_kind = models.CharField(max_length=9)
            thing_id = models.BigIntegerField()
            entry = OwnedKey(AuditEntry, related_name="+")

            class Meta:
                app_label = "agencies"

        class Filed(AgencyOwned):
            entry = OwnedKey(AuditEntry, related_name="+")

            class Meta:
                app_label = "agencies"

        assert (codes(Told), codes(Filed)) == ([], [])

    def test_a_good_model_has_none(self) -> None:
        class Good(AgencyOwned):
            membership = OwnedKey(Membership, related_name="+")

            class Meta:
                app_label = "agencies"

        assert codes(Good) == []
