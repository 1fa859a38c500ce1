"""Beginning an agency, and changing what it says about itself."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from agencies import audit, regions
from agencies.lookups import agency_by_slug
from agencies.masking import Mask, changes_between
from agencies.models import Agency
from agencies.scope import Scope, enter
from core.errors import Refused
from core.quoting import quoted

SETTINGS = [
    "name",
    "legal_name",
    "tax_number",
    "address",
    "country",
    "locale",
    "impact_goal",
    "brand_promise",
    "base_currency",
    "time_zone",
    "fiscal_year_start",
    "unit_word",
    "unit_words",
    "default_source",
    "organization_code",
    "quiet_after_days",
    "board_met_on",
]
MASKS = {"tax_number": Mask.IDENTIFIER}
KNOWN: dict[str, Callable[[], regions.Choices]] = {
    "country": regions.countries,
    "locale": regions.locales,
    "time_zone": regions.time_zones,
    "base_currency": regions.currencies,
}


Judge = Callable[[Agency, Collection[str]], None]
_judges: list[Judge] = []


def register_settings_judge(judge: Judge) -> None:
    """An app whose rows rest on a setting refuses its change here: `judge(agency, changed)` gets the agency as it
    stands and the names of the settings that would change, and raises.
    """
    if judge not in _judges:
        _judges.append(judge)


class SlugTaken(Refused):
    """Another agency has this address."""

    code = "slug_taken"
    field = "slug"
    message = "This address is taken. Choose another one."


class AgencyInvalid(Refused):
    """A field of the agency does not fit; `field` names the first."""

    code = "invalid"
    status = 422

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.field = next(iter(errors))
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))


class BaseCurrencyFixed(Refused):
    """Every posting, receipt and sum was made in the base currency; another one would need a rate for each of them."""

    code = "base_currency_fixed"
    field = "base_currency"
    message = "The base currency cannot change: gifts, receipts and totals are kept in it."


class UnknownSettings(Refused):
    """What is no setting is not changed in silence."""

    code = "unknown_settings"
    status = 422

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(f"These are no settings of an agency: {', '.join(sorted(names))}.")


@transaction.atomic
def create_agency(*, actor: User | None, slug: str, name: str, **fields: Any) -> Agency:
    """Make an agency and enter its scope. Raises SlugTaken, or AgencyInvalid naming the field."""
    if agency_by_slug(slug) is not None:
        raise SlugTaken
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('agencies_agency_id_seq')")
        new_id = cursor.fetchone()[0]
    enter(Scope(agency_id=new_id))
    agency = Agency(pk=new_id, slug=slug, name=name, **fields)
    check(agency)
    agency.save(force_insert=True)
    audit.record(actor=actor, verb="create agency", of=agency, label=name)
    return agency


@transaction.atomic
def update_agency(*, agency: Agency, actor: User | None, reason: str = "", **settings: Any) -> Agency:
    """Change settings (names: SETTINGS); the audit trail gets what changed. Raises UnknownSettings, BaseCurrencyFixed,
    AgencyInvalid, and what the apps above raise whose rows rest on a setting.
    """
    if unknown := settings.keys() - set(SETTINGS):
        raise UnknownSettings(unknown)
    stands: Agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    before = {name: getattr(stands, name) for name in SETTINGS}
    changes = changes_between(before, settings, MASKS)
    if "base_currency" in changes:
        raise BaseCurrencyFixed
    if not changes:
        return stands
    for judge in _judges:
        judge(stands, changes)
    for name in changes:
        setattr(stands, name, settings[name])
    check(stands)
    stands.save(update_fields=list(changes))
    audit.record(actor=actor, verb="change settings", of=stands, label=stands.name, changes=changes, reason=reason)
    return stands


@transaction.atomic
def set_live_on(*, agency: Agency, actor: User | None, live_on: date | None, reason: str = "") -> Agency:
    """Put the go-live date into force, or take it out. Whether that may be is for the operation in which two people
    sign (`partners.operations.go_live`).
    """
    stands: Agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    changes = changes_between({"live_on": stands.live_on}, {"live_on": live_on})
    stands.live_on = live_on
    stands.save(update_fields=["live_on"])
    verb = "go live" if live_on else "take back go-live"
    audit.record(actor=actor, verb=verb, of=stands, label=stands.name, changes=changes, reason=reason)
    return stands


def check(agency: Agency) -> None:
    """Raise AgencyInvalid unless every field fits and country, locale, time zone and currency are real ones."""
    errors: dict[str, list[str]] = {}
    try:
        agency.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors = error.message_dict
    for name, choices in KNOWN.items():
        value = getattr(agency, name)
        if name not in errors and value not in dict(choices()):
            errors[name] = [f"{quoted(str(value))} is not known here."]
    if "time_zone" not in errors and agency.board_met_on and agency.board_met_on > agency.today():
        errors["board_met_on"] = ["This day is still to come. Enter the day of the last meeting."]
    if errors:
        raise AgencyInvalid(errors)
