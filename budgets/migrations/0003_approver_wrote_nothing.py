import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("budgets", "0002_protect"),
        ("ssu", "0011_approver_wrote_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="budget",
            name="revision",
            field=models.PositiveIntegerField(default=0, help_text="how often its lines were changed"),
        ),
        migrations.AddField(
            model_name="budget",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approver", None),
                    models.Q(("writers__contains", [models.F("approver")]), _negated=True),
                    _connector="OR",
                ),
                name="budget_no_writer_approves",
            ),
        ),
    ]
