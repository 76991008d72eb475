from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_engines_of_desks")]

    operations = [
        migrations.AddField(
            model_name="sentence",
            name="cut_by_hand",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody split or merged it: it stays as it is.",
            ),
        ),
    ]
