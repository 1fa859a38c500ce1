from django.db import migrations

# Deleting the demo switches triggers off and empties tables of agencies. Where a worker is broken into, nothing of the
# kind may be at hand: the owner alone does it, whose address only a development machine has beside the worker's.


class Migration(migrations.Migration):
    dependencies = [("home", "0002_readonly")]
    operations = [
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION delete_demo() FROM yokefellow_worker",
            "GRANT EXECUTE ON FUNCTION delete_demo() TO yokefellow_worker",
        )
    ]
