"""Migrations from nothing in seconds: for development and tests, whose databases are made anew again and again.

After each step Django renders the changed model anew, and with it every model related to it or to a model that it
points to. Nearly every model here points to its agency, so each of some 600 steps renders most of the others: 45
seconds, of which PostgreSQL works two. No step of the schema reads those others. What a migration's own Python code
gets is rendered whole all the same: `is_delayed` is Django's own mark for that.

A live installation migrates Django's way. `tests/real_servers/test_quick_migrations.py` holds that both make the same.
"""

from django.db.migrations.state import ProjectState


def only_itself(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    """The models to render after a change of this one. Stands in for `ProjectState._find_reload_model`."""
    state.is_delayed = True
    return {(app_label, model_name)}


def install() -> None:
    """From now on this process migrates so."""
    ProjectState._find_reload_model = only_itself  # type: ignore[attr-defined]
