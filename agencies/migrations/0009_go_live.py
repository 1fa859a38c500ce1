from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_api_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="live_on",
            field=models.DateField(
                blank=True,
                help_text="the go-live date: what happened before is history and tells nobody anything; none: not live yet",
                null=True,
            ),
        ),
    ]
