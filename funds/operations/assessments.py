"""The agency's share of what is given: making and ending rules, and posting what they ask of a month."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.periods import add_months, month_start
from funds import locks
from funds.models import AssessmentLine, AssessmentRule, AssessmentRun, Designation, Posting
from funds.operations.posting import Leg, check_month, post
from funds.queries.assessments import Due, dues
from funds.queries.balances import accounts_of

BY_RULE = "rule"


class WrongPercent(Refused):
    """A share is a part."""

    code = "percent"
    field = "percent"
    message = "Enter more than 0 and at most 100 percent, with four decimals at most."


class OneOrAKind(Refused):
    """A rule is for one designation, for a kind, or for all."""

    code = "rule_scope"
    field = "kind"
    message = "Choose one designation, or a kind of designations, not both. Leave both empty for all."


class ToItself(Refused):
    """A share goes to somebody else."""

    code = "rule_to_itself"
    field = "destination"
    message = "The share would stay where it is. Choose another designation to receive it."


class RulesOverlap(Refused):
    """For one day and designation one rule of a width is in force."""

    code = "rules_overlap"
    field = "starts_on"

    def __init__(self, other: AssessmentRule) -> None:
        super().__init__(f"The rule “{other.name}” is in force for the same then. End it the day before.")


class EndsBeforeItBegins(Refused):
    """Dates in order."""

    code = "rule_dates"
    field = "ends_on"
    message = "The rule begins later than this day. Choose that day or a later one."


class NothingToAssess(Refused):
    """A run posts what is still missing of a month, and nothing twice."""

    code = "nothing_to_assess"
    message = "Nothing is left to assess of this month: everything that the rules ask was posted."


class MonthNotOver(Refused):
    """A share is taken of what a whole month brought."""

    code = "month_not_over"
    field = "month"
    message = "This month is not over. Assess it when it is; the figures so far can be looked at any time."


@transaction.atomic
def add_rule(
    *,
    agency: Agency,
    actor: User | None,
    name: str,
    percent: Decimal,
    destination: Designation,
    starts_on: date,
    designation: Designation | None = None,
    kind: str = "",
    ends_on: date | None = None,
) -> AssessmentRule:
    """Begin a rule. Raises WrongPercent, OneOrAKind, ToItself, EndsBeforeItBegins, RulesOverlap."""
    locks.hold(locks.ASSESSMENT, agency)
    if not 0 < percent <= 100 or percent != round(percent, 4):
        raise WrongPercent
    if designation and kind:
        raise OneOrAKind
    if designation and designation.pk == destination.pk:
        raise ToItself
    if ends_on and ends_on < starts_on:
        raise EndsBeforeItBegins
    alike = AssessmentRule.objects.filter(designation=designation, kind=kind).exclude(ends_on__lt=starts_on)
    other = (alike.filter(starts_on__lte=ends_on) if ends_on else alike).first()
    if other is not None:
        raise RulesOverlap(other)
    rule: AssessmentRule = AssessmentRule.objects.create(
        agency=agency,
        name=name,
        percent=percent,
        designation=designation,
        kind=kind,
        destination=destination,
        starts_on=starts_on,
        ends_on=ends_on,
        made_by=actor,
    )
    changes = {"percent": str(percent), "starts_on": str(starts_on), "to": destination.code}
    audit.record(actor=actor, verb="add assessment rule", of=rule, label=name, changes=changes)
    return rule


@transaction.atomic
def end_rule(*, agency: Agency, actor: User | None, rule: AssessmentRule, on: date) -> AssessmentRule:
    """Let a rule end with a day; the next one may begin on the day after. Raises EndsBeforeItBegins."""
    locks.hold(locks.ASSESSMENT, agency)
    row: AssessmentRule = AssessmentRule.objects.select_for_update().get(pk=rule.pk)
    if on < row.starts_on:
        raise EndsBeforeItBegins
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    audit.record(actor=actor, verb="end assessment rule", of=row, label=row.name, changes={"ends_on": str(on)})
    return row


@transaction.atomic
def assess_month(*, agency: Agency, actor: User | None, month: date, key: str) -> AssessmentRun:
    """Post what the rules ask of a month and was not posted yet, on its last day: a second run posts only what has
    come since. Once per idempotency `key`; two at once wait for each other.

    Raises MonthNotOver, NothingToAssess, MonthClosed.
    """
    first = month_start(month)
    last = add_months(first, 1) - timedelta(days=1)
    if last >= agency.today():
        raise MonthNotOver

    def effect() -> dict[str, Any]:
        locks.hold(locks.ASSESSMENT, agency)
        wanted = [each for each in dues(first) if each.amount.minor]
        if not wanted:
            raise NothingToAssess
        check_month(agency, last)
        run = posted(agency, actor, first, last, wanted)
        audit.record(actor=actor, verb="assess", of=run.posting, label=f"{first:%Y-%m}, {len(wanted)} lines")
        return {"run": run.pk}

    answer = once(agency=agency, endpoint="assess_month", key=key, content={"month": first}, effect=effect)
    found: AssessmentRun = AssessmentRun.objects.select_related("posting").get(pk=answer["run"])
    return found


def posted(agency: Agency, actor: User | None, first: date, last: date, wanted: list[Due]) -> AssessmentRun:
    """The posting of a run, two entries for each line, and its lines."""
    accounts = accounts_of({pk for each in wanted for pk in (each.designation_id, each.rule.destination_id)})
    legs = [
        Leg(accounts[pk], amount)
        for each in wanted
        for pk, amount in ((each.designation_id, each.amount), (each.rule.destination_id, -each.amount))
    ]
    posting = post(
        agency=agency,
        actor=actor,
        on=last,
        kind=Posting.Kind.ASSESSMENT,
        legs=legs,
        source=BY_RULE,
        reason=f"{first:%Y-%m}",
    )
    run: AssessmentRun = AssessmentRun.objects.create(agency=agency, month=first, posting=posting)
    AssessmentLine.objects.bulk_create(
        AssessmentLine(
            agency=agency,
            run=run,
            rule=each.rule,
            designation_id=each.designation_id,
            currency=each.amount.currency,
            base=each.base.minor,
            share=each.share.minor,
            amount=each.amount.minor,
        )
        for each in wanted
    )
    return run
