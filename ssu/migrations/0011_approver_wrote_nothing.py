import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("ssu", "0010_corrected_and_planned"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="impactgoal",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="impactgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("writers__contains", [models.F("approved_by")]), _negated=True),
                    _connector="OR",
                ),
                name="goal_no_writer_approves",
            ),
        ),
    ]
