from django.db import migrations

from partners import sql


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_team_notices")]

    operations = [migrations.RunSQL(sql.FIGURES_AFTER_IMPORT, "DROP FUNCTION figures_after_import(bigint)")]
