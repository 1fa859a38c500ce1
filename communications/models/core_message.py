"""What a unit tells its partners, agreed once and said by all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from communications.models.agreed import AgreedWords, rules


class CoreMessage(AgreedWords):
    """One version of a unit's core messages: what every partner should hear, in a few sentences, and the single
    messages that answer what partners ask.
    """

    unit = OwnedKey("ssu.Unit", related_name="core_messages", db_index=False)
    text = models.TextField(blank=True, help_text=_("what every partner should hear, in a few sentences"))
    copied_from = OwnedKey("self", null=True, related_name="+", db_index=False)

    class Meta:
        constraints = rules("core_message")

    def __str__(self) -> str:
        return f"{self.unit_id}: version {self.version}"


class SetMessage(AgencyOwned):
    """A single message of a set: a headline, what is said, and the question that it answers."""

    core_message = OwnedKey(CoreMessage, related_name="messages", db_index=False)
    place = models.PositiveSmallIntegerField()
    headline = models.CharField(max_length=160)
    body = models.TextField(blank=True)
    answers = models.CharField(max_length=200, blank=True, help_text=_("the question of partners that it answers"))

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "core_message", "place"], name="one_message_per_place"),
        ]

    def __str__(self) -> str:
        return self.headline
