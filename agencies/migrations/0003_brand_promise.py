from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_protect")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="brand_promise",
            field=models.TextField(
                blank=True,
                default="",
                help_text="what partners may count on, in a sentence; the messages of every unit stand under it",
            ),
            preserve_default=False,
        ),
    ]
