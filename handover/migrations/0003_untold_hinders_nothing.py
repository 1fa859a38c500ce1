from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_protect")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="one_open_case_per_worker"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("told_at__isnull", False)),
                fields=("agency", "worker"),
                name="one_told_open_case_per_worker",
            ),
        ),
    ]
