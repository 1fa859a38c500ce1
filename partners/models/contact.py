"""How to reach a partner. What no longer holds keeps its row, with the day since when."""

from django.db import models
from django.db.models.functions import Lower, Right, Trim
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class Reach(AgencyOwned):
    """One way to reach the partner or the spouse."""

    class Whose(models.TextChoices):
        PARTNER = "partner", _("the partner")
        SPOUSE = "spouse", _("the spouse")

    whose = models.CharField(max_length=7, choices=Whose, default=Whose.PARTNER)
    added_at = models.DateTimeField(null=True, editable=False, help_text="unknown of what files brought")
    not_valid_since = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class EmailAddress(Reach):
    """An e-mail address; `norm` is what look-ups compare."""

    partner = OwnedKey("partners.Partner", related_name="emails", db_index=False)
    email = models.EmailField(max_length=254)
    norm = models.GeneratedField(
        expression=Lower(Trim("email")), output_field=models.CharField(max_length=254), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "partner", "whose", "norm"], name="email_once_per_partner")
        ]
        indexes = [models.Index(fields=["agency", "norm"], name="email_by_norm")]

    def __str__(self) -> str:
        return self.email


def digits_of(number: str) -> models.Func:
    """The digits of a column."""
    return models.Func(number, models.Value("[^0-9]"), models.Value(""), models.Value("g"), function="regexp_replace")


class Phone(Reach):
    """A telephone number as given; `digits` is what look-ups compare, `tail` the last seven of them, which stand
    however much of the prefix is written.
    """

    partner = OwnedKey("partners.Partner", related_name="phones", db_index=False)
    number = models.CharField(max_length=40)
    digits = models.GeneratedField(
        expression=digits_of("number"), output_field=models.CharField(max_length=40), db_persist=True
    )
    tail = models.GeneratedField(
        expression=Right(digits_of("number"), 7), output_field=models.CharField(max_length=7), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency", "partner"], name="phone_by_partner"),
            models.Index(fields=["agency", "digits"], name="phone_by_digits"),
            models.Index(fields=["agency", "tail"], name="phone_by_tail"),
        ]

    def __str__(self) -> str:
        return self.number


class Address(Reach):
    """A postal address."""

    partner = OwnedKey("partners.Partner", related_name="addresses", db_index=False)
    lines = models.TextField(help_text=_("street, one line per line"))
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "partner"], name="address_by_partner")]

    def __str__(self) -> str:
        return ", ".join(part for part in (*self.lines.splitlines(), self.city, self.country) if part)
