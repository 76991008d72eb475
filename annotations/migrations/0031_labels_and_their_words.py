"""Keep with each label what it was given to, and with each verdict what was labelled before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0030_sentences_of_verdicts_in_a_state")]

    operations = [
        migrations.AddField(
            model_name="annotation",
            name="words",
            field=models.TextField(
                blank=True,
                default="",
                db_default="",
                help_text="What the label was given to: the sentence may say something else by now.",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="was",
            field=models.TextField(
                blank=True,
                default="",
                db_default="",
                help_text=(
                    "What was labelled, where nobody has labelled what the sentence says by now."
                ),
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="comment",
            field=models.TextField(
                blank=True, help_text="What a reviewer asked who returned it."
            ),
        ),
    ]
