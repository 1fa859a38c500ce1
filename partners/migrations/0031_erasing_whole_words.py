from django.db import migrations

from partners.erasing_sql import ERASE_PARTNERS


class Migration(migrations.Migration):
    """The function looks for tables of this schema alone, for whole words, and needs somebody named."""

    dependencies = [("partners", "0030_gift_sums")]

    operations = [migrations.RunSQL(ERASE_PARTNERS, migrations.RunSQL.noop)]
