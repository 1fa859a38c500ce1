"""The search for names, as it stands now, for a database that was made before."""

from django.db import migrations

from partners import sql


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_indexes_by_agency")]

    operations = [migrations.RunSQL(sql.FIND_PARTNERS, migrations.RunSQL.noop)]
