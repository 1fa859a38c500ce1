"""What people enter about webhooks."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from delivery.event_kinds import event_kinds
from delivery.models import Webhook


class WebhookForm(forms.Form):
    """Which program, where it listens, and what it is told."""

    name = forms.CharField(label=_("Program"), max_length=60, help_text=_("For example: Accounting."))
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Where it listens, beginning with https://"),
        widget=forms.URLInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    kinds = forms.MultipleChoiceField(label=_("What it is told"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, webhook: Webhook | None = None, **kwargs: object) -> None:
        if webhook is not None:
            kwargs["initial"] = {"name": webhook.name, "url": webhook.url, "kinds": webhook.kinds}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [(kind.name, f"{kind.label} ({kind.name})") for kind in event_kinds()]
        cast(forms.MultipleChoiceField, self.fields["kinds"]).choices = offered
