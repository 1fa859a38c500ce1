from django.db import migrations

from transition.sql import ERASE_TRANSITION


class Migration(migrations.Migration):
    """The function looks for tables of this schema alone, and needs somebody named."""

    dependencies = [("transition", "0002_protect")]

    operations = [migrations.RunSQL(ERASE_TRANSITION, migrations.RunSQL.noop)]
