"""Who is thanked for the gift of a fund or an employer, as it is typed into a form: by name or number."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.seats import Seat
from partners.models import Gift, GivingUnit, Partner
from partners.queries.givers import giver_named

SOFT_CHOICES = [
    ("advised_by", gettext_lazy("A donor-advised fund gave on their advice")),
    ("matching", gettext_lazy("An employer matched their gift")),
]
NAMED_AT_MOST = 4


class SoftCredited(forms.Form):
    """Fields that name who is thanked. The hidden one is who stood there when the form was opened, so that a name which
    several bear is not asked for again; other words are looked up anew, and none take the credit away.
    """

    soft_giver = forms.CharField(
        label=gettext_lazy("Soft credit: who is thanked"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Name, e-mail, phone or number of the partner because of whom a fund or an employer gave."
        ),
    )
    soft_kind = forms.ChoiceField(label=gettext_lazy("Because"), choices=SOFT_CHOICES, required=False)
    soft_partner = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)
    seat: Seat

    def credited(self, given: dict[str, Any]) -> Partner | None:
        """The partner whom the fields name, nobody where nothing is typed. What is unclear stands beside the field."""
        words, known = (given.get("soft_giver") or "").strip(), given.get("soft_partner")
        if not words:
            return None
        stood: Partner | None = Partner.objects.seen_by(self.seat).filter(pk=known).first() if known else None
        found = [stood] if stood and stood.name == words else [unit.partner for unit in givers_of(self.seat, words)]
        if len(found) != 1:
            self.add_error("soft_giver", unclear(words, found))
            return None
        giver: GivingUnit | None = given.get("giving_unit")
        if giver is not None and found[0] is not None and found[0].pk == giver.partner_id:
            self.add_error("soft_giver", _("This is the giver. A soft credit names somebody else, or nobody."))
        if not given.get("soft_kind") and "" not in dict(cast(Any, self.fields["soft_kind"]).choices):
            self.add_error("soft_kind", _("Say whether a fund or an employer gave."))
        return found[0]

    def offer_kind(self, stood: Mapping[str, Any]) -> None:
        """Offer the word that stands, also where it came from a file and is none of ours, or is not there."""
        field, kind = cast(forms.ChoiceField, self.fields["soft_kind"]), stood.get("soft_kind", "")
        if stood.get("soft_partner") and kind not in dict(SOFT_CHOICES):
            field.choices = [(kind, kind or _("Not said")), *SOFT_CHOICES]

    def soft_credit(self) -> dict[str, Any]:
        """What `record_gift` takes, from a valid form."""
        partner = self.cleaned_data["credited"]
        return {"soft_partner": partner, "soft_kind": self.cleaned_data["soft_kind"] if partner else ""}


def givers_of(seat: Seat, words: str) -> list[GivingUnit]:
    """The giving units of partners that words name, one for each partner."""
    return list({unit.partner_id: unit for unit in giver_named(seat, words) if unit.partner_id}.values())


def unclear(words: str, found: list[Partner | None]) -> str:
    """Why words name nobody, or several, and what to do."""
    if not found:
        return _("Nobody answers to “%(words)s”. Correct it, or leave it empty.") % {"words": words}
    named = ", ".join(numbered(partner) for partner in found[:NAMED_AT_MOST] if partner)
    return _("“%(words)s” may be several: %(named)s. Type the number.") % {"words": words, "named": named}


def numbered(partner: Partner) -> str:
    """A partner with a number that tells it from others of its name."""
    number = next((each.value for each in partner.external_ids.all()), "")
    return f"{partner.name} ({number})" if number else str(partner.name)


def as_credited(seat: Seat, gift: Gift) -> dict[str, Any]:
    """The soft credit of a gift as the form shows it. One query where there is one."""
    partner = Partner.objects.seen_by(seat).filter(pk=gift.soft_partner_id).first() if gift.soft_partner_id else None
    if partner is None:
        return {}
    return {"soft_giver": partner.name, "soft_partner": partner.pk, "soft_kind": gift.soft_kind}
