from django.db import migrations

from communications.erasing_sql import ERASE_CONSENT


class Migration(migrations.Migration):
    """The function looks for tables of this schema alone, and needs somebody named."""

    dependencies = [("communications", "0008_erasure")]

    operations = [migrations.RunSQL(ERASE_CONSENT, migrations.RunSQL.noop)]
