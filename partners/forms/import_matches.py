"""Deciding on givers: the controls stand beside each giver, the form carries what is wrong with all."""

from django import forms


class MatchesForm(forms.Form):
    """Its controls are called do-<match>, take-<match>-<field> and all-<reason>."""

    sent = forms.CharField(widget=forms.HiddenInput, initial="1")
