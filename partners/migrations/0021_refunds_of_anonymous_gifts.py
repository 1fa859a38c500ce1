from django.db import migrations

HIDE = """
WITH RECURSIVE hidden AS (
  SELECT agency_id, id FROM partners_gift WHERE anonymous
  UNION
  SELECT h.agency_id, before.id FROM hidden h CROSS JOIN LATERAL (
    SELECT c.gift_id AS id FROM partners_giftcorrection c WHERE c.agency_id = h.agency_id AND c.replacement_id = h.id
    UNION ALL
    SELECT r.id FROM partners_gift r WHERE r.agency_id = h.agency_id AND r.reverses_id = h.id
  ) before
)
UPDATE partners_gift g SET anonymous = true FROM hidden h
WHERE g.agency_id = h.agency_id AND g.id = h.id AND NOT g.anonymous
"""


class Migration(migrations.Migration):
    """Who asked to stay unknown was named in what was corrected before, and in what was given back. Rows alone: the
    owner of the tables sees those of all agencies (ADR 8).
    """

    dependencies = [("partners", "0020_entered_from_the_bank")]

    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
