"""What stands in the changing parts of an address: an object of a chain, or a plain value.

A newcomer that no line here explains fails the IDOR matrix: say which model its id belongs to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.guard import scope_of
from tests.factories.addresses import Address, Parameter
from tests.factories.rows import scoped_models
from tests.factories.world import Chain

# Space, word before the id, name of the parameter: which model, where the name alone does not say it.
OBJECTS: dict[tuple[str, str, str], str] = {
    ("a", "people", "pk"): "agencies.Membership",
    ("a", "invitations", "pk"): "agencies.Invitation",
    ("a", "outbox", "pk"): "delivery.OutgoingMessage",
    ("a", "webhooks", "pk"): "delivery.Webhook",
    ("a", "events", "delivery"): "delivery.WebhookDelivery",
    ("a", "notices", "pk"): "delivery.Notice",
    ("a", "tasks", "pk"): "delivery.Task",
    ("a", "views", "pk"): "agencies.SavedView",
    ("a", "look", "pk"): "agencies.Look",
    ("a", "programs", "pk"): "agencies.ApiKey",
    ("a", "keys", "pk"): "agencies.ApiKey",
    ("a", "jobs", "pk"): "jobs.Job",
    ("a", "files", "file_pk"): "jobs.StoredFile",
    ("a", "imports", "pk"): "imports.ImportRun",
    ("a", "mappings", "pk"): "imports.SavedMapping",
    ("a", "units", "pk"): "ssu.Unit",
    ("a", "appeals", "emergency"): "ssu.EmergencyAppeal",
    ("a", "discretion", "lowering"): "ssu.Lowering",
    ("a", "team", "service"): "ssu.TeamMember",
    ("a", "spouse", "spouse"): "ssu.Worker",
    ("a", "readings", "reading"): "ssu.Reading",
    ("a", "sessions", "session"): "ssu.CoachingSession",
    ("a", "plans", "planned_talk"): "ssu.PlannedTalk",
    ("a", "planned-talks", "planned_talk"): "ssu.PlannedTalk",
    ("a", "areas", "area"): "ssu.CoachingArea",
    ("a", "excuses", "excuse"): "ssu.CoachingExcuse",
    ("a", "evidence", "evidence"): "ssu.Evidence",
    ("a", "strategies", "pk"): "ssu.Strategy",
    ("a", "tactics", "tactic"): "ssu.Tactic",
    ("a", "core-messages", "pk"): "communications.CoreMessage",
    ("a", "guidelines", "pk"): "communications.Guidelines",
    ("a", "designations", "pk"): "funds.Designation",
    ("a", "postings", "pk"): "funds.Posting",
    ("a", "accounts", "pk"): "funds.Account",
    ("a", "assessment-rules", "pk"): "funds.AssessmentRule",
    ("a", "rules", "pk"): "funds.AssessmentRule",
    ("a", "journals", "pk"): "funds.JournalExport",
    ("a", "lines", "line_id"): "budgets.Line",
    ("a", "lines", "pk"): "partners.GiftLine",
    ("a", "givers", "pk"): "partners.GiverAssignment",
    ("a", "batches", "pk"): "partners.GiftBatch",
    ("a", "rows", "row_id"): "partners.BatchRow",
    ("a", "bank-lines", "pk"): "partners.StatementLine",
    ("a", "matches", "pk"): "partners.BankMatch",
    ("a", "reach", "way"): "partners.EmailAddress",
    ("a", "emails", "pk"): "partners.EmailAddress",
    ("a", "phones", "pk"): "partners.Phone",
    ("a", "addresses", "pk"): "partners.Address",
    ("a", "runs", "pk"): "reports.StatementRun",
    ("a", "files", "pk"): "reports.StatementIssue",
    ("a", "issues", "pk"): "reports.StatementIssue",
    ("a", "statements", "pk"): "partners.GivingUnit",
    ("a", "reviews", "pk"): "partners.ReviewItem",
    ("a", "commitments", "pk"): "partners.Commitment",
    ("a", "contacts", "pk"): "partners.Contact",
    ("a", "hand-overs", "pk"): "handover.Case",
    ("a", "passings", "pk"): "handover.Passing",
    ("a", "steps", "act"): "handover.PassingAct",
    ("a", "transition", "pk"): "transition.Plan",
    ("a", "transitions", "pk"): "transition.Plan",
    ("a", "guarantees", "account"): "funds.Designation",
    ("a", "waves", "pk"): "transition.Wave",
    ("a", "shifts", "pk"): "transition.Shift",
    ("a", "acts", "act"): "transition.ShiftAct",
    ("a", "gifts", "line"): "partners.GiftLine",
    ("a", "talks", "talk"): "transition.TalkedOver",
    ("a", "calls", "pk"): "partners.Partner",
    ("a", "signatures", "pk"): "partners.GoLiveSignature",
    ("a", "follow-ups", "pk"): "partners.FollowUp",
    ("a", "giving-units", "pk"): "partners.GivingUnit",
    ("a", "holders", "pk"): "partners.Holder",
    ("a", "relations", "pk"): "partners.Relation",
    ("a", "undertakings", "pk"): "partners.Undertaking",
    ("a", "line-preferences", "pk"): "budgets.Preference",
    ("a", "apart", "pk"): "partners.NotSame",
    ("a", "merges", "pk"): "partners.Merge",
    ("a", "tags", "pk"): "partners.Tag",
    ("a", "tags", "tag"): "partners.Tag",
    ("a", "messages", "message_pk"): "communications.LetterMessage",
    ("alliances", "prayer", "pk"): "alliances.PrayerRequest",
    ("alliances", "rhythms", "pk"): "alliances.Rhythm",
    ("alliances", "items", "pk"): "alliances.AgendaItem",
    ("alliances", "agreements", "pk"): "alliances.Agreement",
    ("alliances", "measures", "pk"): "alliances.Indicator",
    ("alliances", "periods", "pk"): "alliances.Period",
    ("alliances", "overlaps", "pk"): "alliances.Overlap",
    ("alliances", "reviews", "pk"): "alliances.Submission",
    ("alliances", "publications", "pk"): "alliances.Publication",
    ("alliances", "members", "pk"): "alliances.Member",
    ("alliances", "invitations", "pk"): "alliances.SeatInvitation",
    ("alliances", "people", "pk"): "alliances.Representative",
}
# Plain values by the parameter's name, or by the word before it and the name.
VALUES: dict[str, Any] = {
    "reports/report": "grid",
    "core-message/version": 1,
    "guidelines/version": 1,
    "part": "explanation",
    "take/part": "stage",
    "goal/version": 1,
    "what": "email",
    "listing": "matrix",
    "reason": "stated",
    "intake/step": "lock",
    "year": 2025,
    "month": 5,
    "currency": "USD",
    "key": "1.1",
    "role": "staff",
    "number": 1,
    "step": "adopt",
    "audience": "implementing",
    "note/act": "notice",
}
# A part of the rows that an address means, where the table holds more: kept as SQL over the table.
MEANT: dict[str, str] = {
    "ssu.Evidence": "kind = 'file'",
    "ssu.CoachingSession": "kind = 'coached' AND withdrawn_at IS NULL",
    "delivery.Notice": "url = '/me/'",
    "delivery.Task": "kind = 'own'",
    "partners.Partner": "merged_into_id IS NULL",
    "funds.Account": "kind = 'deposit'",
    "agencies.Invitation": "held_since IS NOT NULL",
    "transition.Wave": "opened_on IS NOT NULL",
    "transition.Shift": "amount IS NOT NULL",
}


class Unexplained(LookupError):
    """A changing part of an address for which nobody said what it is."""


@dataclass(frozen=True)
class Filled:
    """An address with values in it: `objects` are those that are ids, by parameter."""

    address: Address
    values: dict[str, Any]
    objects: dict[str, type[models.Model]]

    @property
    def path(self) -> str:
        return self.address.path(self.values)

    def but(self, name: str, value: int) -> str:
        """The same address with another id."""
        return self.address.path({**self.values, name: value})


def space_of(address: Address) -> str:
    """`a`, `api` or `alliances`: the first word of the address."""
    return address.route.partition("/")[0]


def value_for(parameter: Parameter) -> Any:
    """The plain value of a parameter, or None."""
    return VALUES.get(f"{parameter.after}/{parameter.name}", VALUES.get(parameter.name))


def model_of(address: Address, parameter: Parameter) -> type[models.Model] | None:
    """The model of an id; None for a plain value. `unit_id`, and `units/` before an id, name their model themselves."""
    space = "alliances" if space_of(address) == "alliances" else "a"
    named = OBJECTS.get((space, parameter.after, parameter.name))
    if named:
        return apps.get_model(named)
    if value_for(parameter) is not None:
        return None
    word = parameter.name.removesuffix("_id").removesuffix("_pk").replace("_", "")
    plural = parameter.after.replace("-", "").replace("_", "")
    kind = "alliance" if space == "alliances" else "agency"
    for model in scoped_models():
        name = model._meta.model_name or ""
        if scope_of(model) in (kind, "shared") and (name == word or (word == "pk" and plural in (name, f"{name}s"))):
            return model
    raise Unexplained(f"{address}: say in tests/factories/parameters.py what <{parameter.name}> is")


def unexplained(address: Address) -> list[str]:
    """The changing parts of one address that nobody explained, as sentences."""
    faults = []
    for parameter in address.parameters()[1:]:
        try:
            model_of(address, parameter)
        except Unexplained as fault:
            faults.append(str(fault))
    return faults


def fill_in(cursor: Cursor, address: Address, chain: Chain) -> Filled:
    """The address with the chain's own objects."""
    space, *rest = address.parameters()
    values: dict[str, Any] = {space.name: chain.slug}
    objects: dict[str, type[models.Model]] = {}
    for parameter in rest:
        model = model_of(address, parameter)
        if model is None:
            values[parameter.name] = value_for(parameter)
            continue
        parents = {known: values[name] for name, known in objects.items()}
        values[parameter.name] = pick(cursor, chain, model, parents)
        objects[parameter.name] = model
    return Filled(address, values, objects)


def pick(cursor: Cursor, chain: Chain, model: type[models.Model], parents: dict[type[models.Model], int]) -> int:
    """A row of the chain below the objects that stand before it in the address."""
    keys = {
        field.column: parents[field.related_model]
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model in parents
    }
    return chain.pick(cursor, model, MEANT.get(model._meta.label, ""), **keys)


Choose = Callable[[Address], bool]


def below(*spaces: str) -> Choose:
    """Addresses of these spaces: `below("a", "api")`."""
    return lambda address: space_of(address) in spaces and bool(address.parameters())
