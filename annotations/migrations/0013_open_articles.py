"""Labels that rewrite a row of an article in its place, not in each of its indexes."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

TABLES = ("article", "verdict")


def room(percent: int) -> str:
    """Say how full the pages of the tables are filled at first; the rest is for changed rows."""
    return ";".join(f"ALTER TABLE annotations_{one} SET (fillfactor = {percent})" for one in TABLES)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0012_batches_comments_and_keys")]

    operations = [
        migrations.RemoveIndex("article", "article_queue_open"),
        migrations.AddField(
            "article",
            "is_open",
            models.GeneratedField(
                expression=GreaterThan(F("open_candidates"), 0),
                output_field=models.BooleanField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                F("desk"), F("id").desc(), condition=Q(is_open=True), name="article_queue_open"
            ),
        ),
        migrations.RunSQL(room(85), room(100)),
    ]
