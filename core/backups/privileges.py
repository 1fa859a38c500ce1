"""Default privileges stand in the way of a restore, and are part of the backup: they go first and come back with it.

pg_dump writes a table's privileges as the difference from PostgreSQL's own defaults. Restored where provisioning has
set other defaults, the ledger would again be open to UPDATE, and functions granted to everybody would be closed to all.
"""

from django.db import connection

from core.backups.refusals import CannotRestore

GRANTED_IN_SCHEMAS = """
    SELECT DISTINCT format(
      'ALTER DEFAULT PRIVILEGES IN SCHEMA %s REVOKE ALL ON %s FROM %s', d.defaclnamespace::regnamespace,
      CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' END,
      a.grantee::regrole
    ) FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) a
    WHERE d.defaclrole = current_user::regrole AND d.defaclnamespace <> 0 AND a.grantee <> 0
"""
OPEN_FUNCTIONS = "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC"
LEFT = "SELECT count(*) FROM pg_default_acl WHERE defaclrole = current_user::regrole"


def reset_defaults() -> None:
    """Give the current role PostgreSQL's own default privileges; raises CannotRestore if some cannot be taken back."""
    with connection.cursor() as cursor:
        cursor.execute(GRANTED_IN_SCHEMAS)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        cursor.execute(OPEN_FUNCTIONS)
        cursor.execute(LEFT)
        if cursor.fetchone() != (0,):
            raise CannotRestore("This role has default privileges that provisioning did not make. Use a new database.")
