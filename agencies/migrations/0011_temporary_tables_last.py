from django.db import migrations

FUNCTIONS = ("agency_by_slug", "agency_ids", "memberships_of")


class Migration(migrations.Migration):
    """Functions of the owner look into temporary tables last: whoever calls them may have made one of any name."""

    dependencies = [("agencies", "0010_erasure")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {name} SET search_path = pg_catalog, public",
        )
        for name in FUNCTIONS
    ]
