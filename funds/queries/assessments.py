"""What the rules ask of a month, and what was assessed of it already: the figures of a run before it is posted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Sum

from core.money import Money
from core.periods import add_months
from funds.models import AssessmentLine, AssessmentRule, Designation
from funds.shares import share_of

Part = tuple[int, int, str]
"""Rule, designation, currency."""

# What was given to designations, day by day: gifts with their reversals and refunds, and what came out of suspense.
GIVEN = """
SELECT a.designation_id, p.date, e.currency, -sum(e.amount)
FROM funds_posting p
LEFT JOIN funds_posting o ON o.agency_id = p.agency_id AND o.id = p.reverses_id
JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
WHERE p.date >= %(first)s AND p.date < %(next)s AND a.kind = 'designation' AND (
  coalesce(o.kind, p.kind) = 'gift' OR coalesce(o.kind, p.kind) = 'transfer' AND EXISTS (
    SELECT FROM funds_entry s JOIN funds_account sa ON sa.agency_id = s.agency_id AND sa.id = s.account_id
    WHERE s.agency_id = p.agency_id AND s.posting_id = p.id AND sa.kind = 'suspense'
  )
) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Due:
    """What one rule asks of one designation: of `base` its `share`, of which `before` was posted."""

    rule: AssessmentRule
    designation_id: int
    base: Money
    share: Money
    before: Money

    @property
    def amount(self) -> Money:
        """What is still to be posted; below zero where less was given than was assessed."""
        return self.share - self.before


def dues(month: date) -> list[Due]:
    """What the rules ask of a month now, by rule, designation and currency. Four queries, whatever there is."""
    first, last = month, add_months(month, 1) - timedelta(days=1)
    before = assessed(month)
    rules = {rule.pk: rule for rule in AssessmentRule.objects.filter(pk__in=[key[0] for key in before])}
    rules |= {rule.pk: rule for rule in AssessmentRule.objects.within(first, last)}
    bases = based(given(first), rules.values())
    keys = sorted({*bases, *before})
    return [due(rules[key[0]], key, bases[key], before[key]) for key in keys]


def due(rule: AssessmentRule, key: Part, base: int, before: int) -> Due:
    """One line, of minor units."""
    _rule, designation_id, currency = key
    amounts = (Money(minor, currency) for minor in (base, share_of(base, rule.percent), before))
    return Due(rule, designation_id, *amounts)


def given(first: date) -> list[tuple[int, date, str, int]]:
    """(designation, day, currency, minor units) of a month."""
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, {"first": first, "next": add_months(first, 1)})
        return [(pk, day, currency, int(minor)) for pk, day, currency, minor in cursor.fetchall()]


def based(given: Iterable[tuple[int, date, str, int]], rules: Iterable[AssessmentRule]) -> Counter[Part]:
    """What each rule takes its share of: every amount falls under one rule at most."""
    found, rows = Counter[Part](), list(given)
    kinds = dict(Designation.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "kind"))
    known = sorted(rules, key=narrowness, reverse=True)
    for designation, day, currency, minor in rows:
        rule = next((rule for rule in known if is_for(rule, designation, kinds[designation], day)), None)
        if rule is not None:
            found[rule.pk, designation, currency] += minor
    return found


def narrowness(rule: AssessmentRule) -> tuple[int, int]:
    """How narrow a rule is: one designation, a kind, all; of two alike the newer one."""
    return (2 if rule.designation_id else 1 if rule.kind else 0), rule.pk


def is_for(rule: AssessmentRule, designation: int, kind: str, day: date) -> bool:
    """Whether a rule is for what a designation received on a day. Its own destination pays nothing to itself."""
    in_force = rule.starts_on <= day and (rule.ends_on is None or day <= rule.ends_on)
    meant = rule.designation_id in (None, designation) and rule.kind in ("", kind)
    return in_force and meant and rule.destination_id != designation


def assessed(month: date) -> Counter[Part]:
    """What runs that stand have posted of a month."""
    standing = AssessmentLine.objects.filter(run__month=month, run__posting__reversals=None)
    sums = standing.values_list("rule", "designation", "currency").annotate(total=Sum("amount")).order_by()
    return Counter({(rule, designation, currency): int(total) for rule, designation, currency, total in sums})
