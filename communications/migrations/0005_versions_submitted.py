from django.db import migrations, models

# Until now a version was submitted by being written, and replaced by the next one that somebody agreed to.
SUBMITTED = """
UPDATE communications_coremessage SET submitted_at = written_at WHERE submitted_at IS NULL;
UPDATE communications_coremessage AS earlier SET superseded_at = (
  SELECT min(later.approved_at) FROM communications_coremessage AS later
  WHERE later.agency_id = earlier.agency_id AND later.unit_id = earlier.unit_id
    AND later.version > earlier.version AND later.approved_at IS NOT NULL
) WHERE superseded_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("communications", "0004_guidelines")]

    operations = [
        migrations.RunSQL(SUBMITTED, reverse_sql=migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="coremessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at", None), ("submitted_at__isnull", False), _connector="OR"),
                name="core_message_approved_when_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="coremessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at", None), ("superseded_at", None)),
                fields=("agency", "unit"),
                name="core_message_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="coremessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at__isnull", False), ("superseded_at", None)),
                fields=("agency", "unit"),
                name="core_message_one_counts",
            ),
        ),
    ]
