"""The form of the policy: a function that the planner folds, against the same in a subquery."""

from benchmarks.registry import benchmark
from benchmarks.replay import enter, replay
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World

PAGE = "SELECT id, name FROM {table} WHERE last_name = 'Brandt' ORDER BY sort_name, id LIMIT 50"
COPY = """
DROP TABLE IF EXISTS {table};
CREATE TABLE {table} AS SELECT id, agency_id, name, sort_name, last_name FROM partners_partner;
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (agency_id = {condition});
CREATE INDEX ON {table} (agency_id, sort_name, id);
CREATE INDEX ON {table} (agency_id, last_name);
GRANT SELECT ON {table} TO yokefellow_web;
ANALYZE {table}
"""
FORMS = {"policy_folded": "current_agency()", "policy_subquery": "(SELECT current_agency())"}


def estimated(world: World, table: str) -> int:
    """How many rows PostgreSQL expects of the agency in scope."""
    with world.connected_as("web").cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT id FROM {table}")
        ((plan,),) = cursor.fetchall()
        return int(plan[0]["Plan"]["Plan Rows"])


@benchmark("policy")
def policies(world: World) -> list[Result]:
    """A common name in the big agency, and how many rows the planner expects of that agency under each form."""
    owner, web = world.connected_as("owner"), world.connected_as("web")
    with owner.cursor() as cursor:
        for table, condition in FORMS.items():
            cursor.execute(COPY.format(table=table, condition=condition))
    owner.commit()
    enter(web, world.big.agency.pk)
    folded, subquery = (PAGE.format(table=table) for table in FORMS)
    subject, reference = in_turn(
        lambda: replay(web, [(folded, None)]), lambda: replay(web, [(subquery, None)]), rounds=world.scale.rounds * 5
    )
    expected = [estimated(world, table) for table in FORMS]
    with web.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM policy_folded")
        ((there,),) = cursor.fetchall()
    web.rollback()
    with owner.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(FORMS)}")
    owner.commit()
    remark = f"of {there:,} rows the planner expects {expected[0]:,} when folded and {expected[1]:,} under a subquery"
    return [
        Result("policy form", "current_agency()", "(SELECT current_agency())", subject, reference, Goal(1.1), remark)
    ]
