"""Choosing among invitations that wait to be sent."""

from typing import cast

from django import forms
from django.http import QueryDict


class SendForm(forms.Form):
    """Whom to send to: those that are ticked, or, by the other button, all. The list itself holds the boxes."""

    def only(self) -> list[int] | None:
        """The ids that are ticked; None means all."""
        if "all" in self.data:
            return None
        ticked = cast("QueryDict", self.data).getlist("invitation")
        return [int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19]
