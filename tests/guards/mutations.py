"""Remove one guard at a time and see that a guard test goes red (test 9): `python -m tests.guards.mutations`.

Each mutation is a run of its own in a database of its own, of the tests that are said to hold the guard. One whose
tests stay green has survived: then the guard is not tested, and the command fails. The first run removes nothing and
must be green. Also a plugin for pytest, which is how a mutation gets into its run. About ten minutes on two cores.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tools.stack import services

ROOT = Path(__file__).resolve().parents[2]
CHOSEN, NOTHING = "GUARD_MUTATION", "nothing removed"
WORKERS = 2


@dataclass(frozen=True)
class Mutation:
    """One guard less: by a statement in the database, or by a change in the program."""

    name: str
    tests: str
    sql: str = ""
    change: Callable[[], Any] | None = None


def put(where: str, name: str, value: Any) -> Callable[[], None]:
    """Replace one attribute of a module or class, named "module" or "module:Class". Raises AttributeError where there
    is none: then the guard has moved, and nothing would be removed.
    """

    def change() -> None:
        from importlib import import_module

        module, _, inside = where.partition(":")
        of = getattr(import_module(module), inside) if inside else import_module(module)
        getattr(of, name)
        setattr(of, name, value)

    return change


def let_anybody_sit(user: Any, slug: str) -> Any:
    """The door without the question whether the person is a member."""
    from agencies.lookups import agency_by_slug
    from agencies.models import Agency, Membership
    from agencies.scope import Scope, enter
    from agencies.seats import seat_of

    agency_id = agency_by_slug(slug)
    enter(Scope(agency_id=agency_id))
    return seat_of(Agency.objects.get(pk=agency_id), Membership.objects.order_by("pk").first())


def let_anybody_sit_in_alliances(user: Any, slug: str) -> Any:
    """The alliance's door without the question whether the person has a seat."""
    from django.db import connection

    from agencies.scope import Scope, enter
    from alliances.lookups import Place, alliance_by_slug
    from alliances.models import Representative
    from alliances.seats import sit_down

    alliance_id = alliance_by_slug(slug) or 0
    enter(Scope(alliance_id=alliance_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM alliances_representative ORDER BY id LIMIT 1")
        (found,) = cursor.fetchone()
    return sit_down(user, Place(alliance_id, None, Representative.objects.get(pk=found).pk))


def the_first_author(row: Any) -> frozenset[int]:
    """Who began something, without those who went on with it."""
    return frozenset({getattr(row, row.AUTHORS[0])})


def ask_nothing_about_what_was_seen() -> None:
    """Approvals go through whatever was read."""
    for where in (
        "budgets.operations.versions",
        "communications.operations.letters",
        "communications.operations.versions",
    ):
        put(where, "need_as_seen", lambda row, revision: None)()


def nothing_is_masked(prefix: str, seat: Any, *levels: Any) -> Any:
    from django.db.models import Q

    return Q(pk__in=[])


def no_fault(field: Any) -> bool:
    return False


def no_frame() -> Any:
    return nullcontext()


def pass_on(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    return execute(sql, params, many, context)


def unguarded_manager(self: Any) -> Any:
    from django.db import models

    return models.Manager.get_queryset(self)


def session_scope() -> None:
    from agencies import scope

    scope.SET = scope.SET.replace("true", "false")


def forget_declarations() -> None:
    put("agencies.access", "declare", lambda view, kind, verb="": view)()


def let_the_api_in(self: Any, request: Any, view: Any) -> bool:
    from agencies.access import sit

    request.seat = request._request.seat = sit(request.user, view.kwargs["agency"])
    return True


def only_the_own_claim(actor_id: int, *others: int | None) -> bool:
    """The rule of two people without the spouse."""
    return actor_id not in others


def spouses_alone(actor: Any, *others: int | None, own: Any, spouse: Any = None) -> None:
    """The rule of two people without oneself."""


def reopens_nothing(agency: Any, actor: Any, row: Any, reason: str) -> None:
    """Evidence goes, and the item that rested on it stays."""


def not_held(item: Any) -> Any:
    """An item without its lock."""
    from ssu.models import ActionItem

    return ActionItem.objects.select_related("unit").get(pk=item.pk)


def nothing_is_withheld() -> None:
    """Names are masked, free text is told."""
    from django.db.models import Q

    from ssu.models.discretion import yes

    for module in ("ssu.models.units", "ssu.models.rollout"):
        put(module, "is_withheld", lambda prefix, seat: yes(Q(pk__in=[])))()


ALSO_WHO_LEFT = """
CREATE OR REPLACE FUNCTION memberships_of(person bigint) RETURNS TABLE (agency_id bigint, membership_id bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT agency_id, id FROM public.agencies_membership WHERE user_id = person ORDER BY id $$
"""
RAW, CATALOG, IDOR, SCOPE = (f"tests/guards/test_{name}.py" for name in ("raw_sql", "catalog", "idor", "scope"))
CONNECTION, MODELS, VIEWS = (f"tests/guards/test_{name}.py" for name in ("connection", "models", "views"))
KEYS, POWERS = "tests/guards/test_keys.py", "tests/guards/test_powers.py"
STAYS = "tests/guards/test_rows_that_stay.py"
ITEMS, EVIDENCE, COACHING = (f"tests/ssu/test_{name}.py" for name in ("items", "evidence", "coaching"))
APPROVALS = "tests/guards/test_approvals.py"
BATCHES = "tests/partners/test_batches.py"
CANARIES, DOUBLE = "tests/guards/test_canaries.py", "tests/guards/test_double_submit.py"

MUTATIONS = [
    Mutation("a policy lets every row through", RAW, "ALTER POLICY scope ON ssu_unit USING (true)"),
    Mutation("a policy takes rows of others", RAW, "ALTER POLICY scope ON partners_partner WITH CHECK (true)"),
    Mutation("row-level security is off on a table", RAW, "ALTER TABLE partners_gift DISABLE ROW LEVEL SECURITY"),
    Mutation("row-level security is not forced", CATALOG, "ALTER TABLE ssu_unit NO FORCE ROW LEVEL SECURITY"),
    Mutation("the owner has no policy", RAW, "DROP POLICY owner ON ssu_unit"),
    Mutation("a job is everybody's", RAW, "ALTER POLICY scope ON jobs_job USING (true)"),
    Mutation(
        "reports of an alliance's members are open", RAW, "ALTER POLICY read ON alliances_submission USING (true)"
    ),
    Mutation(
        "a foreign key may leave its scope",
        CATALOG,
        "ALTER TABLE ssu_unit DROP CONSTRAINT ssu_unit_strategy_id_in_scope",
    ),
    Mutation(
        "a file may name another agency's job",
        f"{CATALOG} {KEYS}",
        "ALTER TABLE jobs_storedfile DROP CONSTRAINT jobs_storedfile_job_id_in_scope",
    ),
    Mutation("a plain key to a shared row is let through", MODELS, change=put("agencies.checks", "crosses", no_fault)),
    Mutation("the ledger can be changed by its owner", RAW, "DROP TRIGGER append_only ON funds_entry"),
    Mutation("the ledger can be changed by the web", POWERS, "GRANT UPDATE ON funds_entry TO yokefellow_web"),
    Mutation("a posted batch can be changed", BATCHES, "DROP TRIGGER batch_stands ON partners_giftbatch"),
    Mutation(
        "the rows of a posted batch can be changed", BATCHES, "DROP TRIGGER batch_rows_stand ON partners_batchrow"
    ),
    Mutation("the web may truncate", RAW, "GRANT TRUNCATE ON ssu_unit TO yokefellow_web"),
    Mutation("readonly may write", RAW, "GRANT INSERT, UPDATE, DELETE ON ssu_unit TO yokefellow_readonly"),
    Mutation("anybody may list all agencies", POWERS, "GRANT EXECUTE ON FUNCTION agency_ids() TO PUBLIC"),
    Mutation("the worker may delete the demo", POWERS, "GRANT EXECUTE ON FUNCTION delete_demo() TO yokefellow_worker"),
    Mutation("who has left may still enter", IDOR, ALSO_WHO_LEFT),
    Mutation(
        "a key of a form may be used twice",
        DOUBLE,
        "ALTER TABLE agencies_idempotencykey DROP CONSTRAINT one_effect_per_key",
    ),
    Mutation(
        "the manager answers without a scope",
        SCOPE,
        change=put("agencies.models.owned:Owned", "get_queryset", unguarded_manager),
    ),
    Mutation(
        "a model's manager is not looked at",
        MODELS,
        change=put("agencies.checks", "answers_without_scope", lambda model: False),
    ),
    Mutation("SQL without a scope is let through", SCOPE, change=put("agencies.guard", "refuse_unscoped", pass_on)),
    Mutation("membership is not asked for", IDOR, change=put("agencies.access", "sit", let_anybody_sit)),
    Mutation(
        "a seat in the alliance is not asked for",
        IDOR,
        change=put("alliances.access", "seat_in", let_anybody_sit_in_alliances),
    ),
    Mutation("the API asks for no right", IDOR, change=put("agencies.api:MayUse", "has_permission", let_the_api_in)),
    Mutation(
        "rights are not looked up",
        IDOR,
        change=put("agencies.seats:Seat", "can", lambda self, right, unit_id=None: True),
    ),
    Mutation("own units are all units", IDOR, change=put("agencies.seats:Seat", "unit_ids", lambda self, right: None)),
    Mutation(
        "the mark of the workspace is not checked",
        IDOR,
        change=put("agencies.access", "check_space", lambda request: None),
    ),
    Mutation(
        "the mark of the alliance is not checked",
        IDOR,
        change=put("alliances.access", "check_space", lambda request: None),
    ),
    Mutation("views declare nothing", VIEWS, change=forget_declarations),
    Mutation("the scope is the session's", CONNECTION, change=session_scope),
    Mutation("the request has no frame", CONNECTION, change=put("agencies.middleware", "fresh", no_frame)),
    Mutation("nothing is masked", CANARIES, change=put("ssu.models.discretion", "masked_for", nothing_is_masked)),
    Mutation("free text is not withheld", "tests/ssu/test_api.py", change=nothing_is_withheld),
    Mutation(
        "who claimed confirms",
        ITEMS,
        change=put("ssu.operations.items", "need_another_person", spouses_alone),
    ),
    Mutation(
        "the spouse confirms",
        ITEMS,
        change=put("ssu.operations.second_person", "is_another_person", only_the_own_claim),
    ),
    Mutation(
        "who helped to write approves",
        APPROVALS,
        change=put("agencies.models.written:Written", "authors", property(the_first_author)),
    ),
    Mutation(
        "words that were changed meanwhile are approved",
        "tests/communications/test_approving_seen.py tests/budgets/test_writers.py",
        change=ask_nothing_about_what_was_seen,
    ),
    Mutation(
        "the database lets a writer approve",
        APPROVALS,
        "ALTER TABLE budgets_budget DROP CONSTRAINT budget_no_writer_approves",
    ),
    Mutation(
        "removed evidence opens nothing", EVIDENCE, change=put("ssu.operations.evidence", "open_again", reopens_nothing)
    ),
    Mutation(
        "an item is not locked",
        "tests/ssu/test_concurrency.py",
        change=put("ssu.operations.acts", "locked", not_held),
    ),
    Mutation(
        "step 4 asks nobody",
        COACHING,
        change=put("ssu.operations.items", "need_team_coached", lambda item: None),
    ),
    Mutation("removed evidence is deleted", STAYS, "GRANT DELETE ON ssu_evidence TO yokefellow_web"),
    Mutation("a withdrawal is taken back", STAYS, "DROP TRIGGER written_once ON ssu_coachingsession"),
    Mutation("agreed words are changed", STAYS, "DROP TRIGGER agreed_words_stand ON communications_coremessage"),
    Mutation(
        "who has left is given a role",
        "tests/ssu/test_people_who_left.py",
        "DROP TRIGGER no_role_after_leaving ON agencies_rolegrant",
    ),
    Mutation(
        "a shared address moves away",
        "tests/accounts/test_shared_mailbox.py",
        "DROP TRIGGER shared_address_stays ON accounts_user",
    ),
]


# the plugin


def chosen() -> Mutation:
    """The mutation of this run."""
    return next((each for each in MUTATIONS if each.name == os.environ.get(CHOSEN)), Mutation(NOTHING, ""))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Change the program, after Django is set up and before any address is known."""
    change = chosen().change
    if change:
        change()


@pytest.fixture(scope="session", autouse=True)
def without_one_guard(django_db_setup: None, django_db_blocker: Any) -> None:
    """Change the database of this run."""
    from tests.factories.rows import provisioner

    if chosen().sql:
        with django_db_blocker.unblock(), provisioner() as cursor:
            cursor.execute(chosen().sql)


# the command


def run(env: dict[str, str], mutation: Mutation) -> tuple[Mutation, list[str], str]:
    """The tests that went red, and the end of what pytest said."""
    options = ["-q", "-n0", "-p", "no:cacheprovider", "-p", "tests.guards.mutations", "--tb=line"]
    stop = [] if mutation.name == NOTHING else ["-x"]
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *mutation.tests.split(), *options, *stop],
        cwd=ROOT,
        env={**env, CHOSEN: mutation.name},
        capture_output=True,
        text=True,
    )
    red = re.findall(r"^(?:FAILED|ERROR) \S*?test_(\w+\.py::\S+)", answer.stdout, re.MULTILINE)
    if answer.returncode > 1:
        raise SystemExit(f"pytest could not run: {answer.stdout[-2000:]}{answer.stderr[-2000:]}")
    return mutation, red, answer.stdout[-2000:]


def main(names: list[str]) -> int:
    """Run the mutations whose names hold one of these words, or all; print the table; 1 when one survived."""
    wanted = [each for each in MUTATIONS if not names or any(name in each.name for name in names)]
    control = Mutation(NOTHING, " ".join(sorted({mutation.tests for mutation in wanted})))
    survived = 0
    with services("test", durable=False) as stack:
        stack.provision()
        env = {name: value for name, value in stack.env.items() if name != "DJANGO_SETTINGS_MODULE"}
        _, red, end = run(env, control)
        if red:
            print(f"Without any mutation these are red: {', '.join(red)}\n{end}")
            return 1
        print(f"{'green':9} {NOTHING}", flush=True)
        with ThreadPoolExecutor(WORKERS) as pool:
            for mutation, red, end in pool.map(partial(run, env), wanted):
                survived += not red
                print(f"{'red' if red else 'SURVIVED':9} {mutation.name:45} {red[0] if red else end}", flush=True)
    print(f"{len(wanted)} mutations, {survived} survived.")
    return 1 if survived else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
