"""Every index of an agency's giving leads with the agency: one that does not is never the better one behind
row-level security, and each costs an import time.
"""

from django.db import connection

from agencies.models import Agency

STRAY = """
SELECT c.relname || ': ' || x.relname FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_attribute f ON f.attrelid = c.oid AND f.attnum = i.indkey[0]
WHERE c.relnamespace = 'public'::regnamespace AND c.relname ~ %s AND NOT i.indisprimary
  AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'agency_id')
  AND f.attname <> 'agency_id' ORDER BY 1
"""


def stray_indexes(tables: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(STRAY, [tables])
        return [name for (name,) in cursor.fetchall()]


def test_indexes_of_giving_lead_with_the_agency(inside: Agency):
    assert stray_indexes("^(funds|partners)_") == []


def test_the_question_finds_an_index_that_does_not(inside: Agency):
    assert any("user_id" in name for name in stray_indexes("^agencies_membership$"))
