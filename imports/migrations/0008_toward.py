from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0007_saved_mappings")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="toward",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="code of the designation for which its promises and stages are, where the file names none",
                max_length=80,
            ),
        ),
    ]
