"""The agency's own words for groups of partners."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Tag


class TagForm(forms.Form):
    """What a tag is called."""

    name = forms.CharField(label=_("Name"), max_length=60)


class GiveTagForm(forms.Form):
    """Which tag is given."""

    tag: "forms.ModelChoiceField[Tag]" = forms.ModelChoiceField(None, label=_("Tag"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Tag]", self.fields["tag"]).queryset = Tag.objects.in_use().order_by("norm")


class TagAllForm(GiveTagForm):
    """Which tag is given to all that are shown; `expected` is to how many."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MergeForm(forms.Form):
    """Into which tag another goes."""

    into: "forms.ModelChoiceField[Tag]" = forms.ModelChoiceField(None, label=_("Merge into"), empty_label=None)

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Tag.objects.in_use().exclude(pk=tag.pk).order_by("norm")
        cast("forms.ModelChoiceField[Tag]", self.fields["into"]).queryset = others
