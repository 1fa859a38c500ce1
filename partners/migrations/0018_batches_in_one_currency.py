from django.db import migrations

from partners.matched_sql import BATCH_COMES_TO


class Migration(migrations.Migration):
    """What a gift of a batch became in another currency is no part of what the batch comes to."""

    dependencies = [
        ("partners", "0017_go_live"),
    ]

    operations = [
        migrations.RunSQL(BATCH_COMES_TO, migrations.RunSQL.noop),
    ]
