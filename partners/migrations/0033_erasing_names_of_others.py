from django.db import migrations

from partners.erasing_sql import ERASE_PARTNERS


class Migration(migrations.Migration):
    """A line of the bank that is of several givers loses the name alone."""

    dependencies = [("partners", "0032_standing_from_indexes")]

    operations = [migrations.RunSQL(ERASE_PARTNERS, migrations.RunSQL.noop)]
