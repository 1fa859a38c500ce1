"""The migration operation that gives an app's tables their policies and keys: `Protect()` closes every migration that
adds a table.
"""

from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, Model

from agencies import policies
from agencies.fields import OwnedKey


def column_of(model: type[Model]) -> str | None:
    """`agency_id` or `alliance_id`, when every row of the model belongs to exactly one of them; else None."""
    columns = {field.column for field in model._meta.local_fields if not field.null}
    return next((name for name in ("agency_id", "alliance_id") if name in columns), None)


def kind_of(model: type[Model]) -> str | None:
    """The kind of scope that a table's columns tell, for models as migrations know them."""
    column = column_of(model)
    if column:
        return column.removesuffix("_id")
    columns = {field.column for field in model._meta.local_fields}
    return "shared" if {"agency_id", "alliance_id"} <= columns else None


def key_column(model: type[Model]) -> str | None:
    """The column that stands before the id in the composite keys of a model: its scope's, or the owner of a shared
    row.
    """
    return policies.SHARED_OWNER if kind_of(model) == "shared" else column_of(model)


def can_hold(model: type[Model], to: type[Model]) -> bool:
    """Whether a composite key can keep a row of `model` and one of `to` in one scope: of one kind both, or an
    agency's row that names a shared one, whose owner is the agency's id.
    """
    kinds = kind_of(model), kind_of(to)
    return kinds[0] is not None and (kinds[0] == kinds[1] or kinds == ("agency", "shared"))


class Protect(Operation):
    """Secure the scoped tables of this app that the migration knows: policies, scope keys, composite foreign keys,
    append-only.

    `append_only` and `read_only` (written by triggers alone) name models, `frozen` the columns that may still change,
    `written_once` those that change from nothing to something and never again;
    `policies` replaces or adds conditions: {model: [(name, verb, condition), …]}, all joined by OR to none: a table
    named there gets exactly these and no `scope` policy; `shared_keys` names the shared models that keys point to.
    Safe to repeat: what stands already is left or replaced.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        append_only: tuple[str, ...] = (),
        read_only: tuple[str, ...] = (),
        frozen: dict[str, tuple[str, ...]] | None = None,
        policies: dict[str, list[tuple[str, str, str]]] | None = None,
        shared_keys: tuple[str, ...] = (),
        written_once: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.append_only = append_only
        self.read_only = read_only
        self.frozen = frozen or {}
        self.policies = policies or {}
        self.shared_keys = shared_keys
        self.written_once = written_once or {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that Django's own state knows changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        alias = schema_editor.connection.alias
        models = to_state.apps.get_app_config(app_label).get_models(include_auto_created=True)
        mine = [model for model in models if router.allow_migrate_model(alias, model)]
        for write in (self.security, self.owner, self.scope_key, self.foreign_keys, self.rights):
            for model in mine:
                for statement in write(model, constraints(schema_editor, model._meta.db_table)):
                    schema_editor.execute(statement, params=None)

    def security(self, model: type[Model], there: set[str]) -> list[str]:
        """Policies for any table with a scope; a table named in `policies` gets those."""
        kind, table = kind_of(model), model._meta.db_table
        own = self.policies.get(model._meta.model_name or "")
        if own is None:
            return policies.secure(table, policies.CONDITIONS[kind]) if kind else []
        statements = [s for s in policies.secure(table, "true") if '"scope"' not in s]
        for policy_name, verb, condition in own:
            statements += policies.policy(table, policy_name, condition, verb=verb)
        return statements

    def owner(self, model: type[Model], there: set[str]) -> list[str]:
        """The owner's column of a shared table that takes part in keys, when missing."""
        table, takes_part = model._meta.db_table, owned_keys(model) or model._meta.model_name in self.shared_keys
        missing = policies.owner_check_name(table) not in there
        return policies.shared_owner(table) if kind_of(model) == "shared" and takes_part and missing else []

    def scope_key(self, model: type[Model], there: set[str]) -> list[str]:
        """The unique key (scope, id), when missing; of shared tables only where keys point to them."""
        column, table = key_column(model), model._meta.db_table
        wanted = kind_of(model) != "shared" or model._meta.model_name in self.shared_keys
        missing = policies.key_name(table) not in there
        return policies.scope_key(table, column) if column and wanted and missing else []

    def foreign_keys(self, model: type[Model], there: set[str]) -> list[str]:
        """One composite foreign key per OwnedKey, when missing."""
        column, table = key_column(model), model._meta.db_table
        statements: list[str] = []
        for field in owned_keys(model):
            to = field.related_model
            if column and policies.foreign_key_name(table, field.column) not in there:
                before = key_column(to) or column
                statements += policies.foreign_key(table, field.column, to._meta.db_table, column, before)
        return statements

    def rights(self, model: type[Model], there: set[str]) -> list[str]:
        """What the application roles may not do to a table."""
        table, name = model._meta.db_table, model._meta.model_name
        once = policies.written_once(table, *self.written_once[name]) if name in self.written_once else []
        if name in self.append_only:
            return policies.append_only(table)
        if name in self.frozen:
            return policies.frozen(table, *self.frozen[name]) + once
        if once:
            return once
        return policies.read_only(table) if name in self.read_only else []

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Tables take their policies with them when they go; a table that stays must stay protected."""

    def describe(self) -> str:
        return "Protect the scoped tables of this app"

    @property
    def migration_name_fragment(self) -> str:
        return "protect"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        names = ("append_only", "read_only", "frozen", "policies", "shared_keys", "written_once")
        given = {name: getattr(self, name) for name in names}
        return (self.__class__.__name__, [], {key: value for key, value in given.items() if value})


def owned_keys(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """The foreign keys that must stay inside the scope."""
    return [field for field in model._meta.local_fields if isinstance(field, OwnedKey)]


def constraints(schema_editor: BaseDatabaseSchemaEditor, table: str) -> set[str]:
    """The names of the constraints that the table has."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s)", [f'"{table}"'])
        return {row[0] for row in cursor.fetchall()}
