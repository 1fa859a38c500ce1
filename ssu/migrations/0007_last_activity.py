"""When something was last done to an item: nothing until somebody did something, so that an item that an agency adds to
all roll-outs makes no quiet unit look busy.
"""

from django.db import migrations, models

NEVER_TOUCHED = """
UPDATE ssu_actionitem AS item SET last_activity_at = NULL
WHERE NOT EXISTS (
  SELECT FROM ssu_itemevent AS event WHERE event.agency_id = item.agency_id AND event.item_id = item.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("ssu", "0006_own_items")]

    operations = [
        migrations.AlterField(
            model_name="actionitem",
            name="last_activity_at",
            field=models.DateTimeField(help_text="when its last event was written, if ever", null=True),
        ),
        migrations.RunSQL(NEVER_TOUCHED, migrations.RunSQL.noop),
    ]
