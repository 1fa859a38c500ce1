"""The shape of what people enter about budgets."""

from budgets.forms.grid import GridForms
from budgets.forms.lines import LineForm
from budgets.forms.start import StartForm
from budgets.forms.would import WouldForm

__all__ = ["GridForms", "LineForm", "StartForm", "WouldForm"]
