"""Find publications by what publishers ask for, however few they are; made while people go on working."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LANGUAGE_ALONE = models.Func(
    models.F("article_language"),
    models.Value("-"),
    models.Value(1),
    function="split_part",
    output_field=models.TextField(),
)
INDEXES = (
    models.Index("desk", LANGUAGE_ALONE, "sequence", name="publication_by_language"),
    models.Index(
        models.F("desk"),
        models.F("claimant"),
        models.F("sequence"),
        condition=models.Q(("claimant", ""), _negated=True),
        name="publication_by_claimant",
    ),
    models.Index(
        models.F("desk"),
        models.F("rating"),
        models.F("sequence"),
        condition=models.Q(("rating__isnull", False)),
        name="publication_by_rating",
    ),
    models.Index("desk", "published_at", name="publication_by_time"),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0023_indexes_of_claimants")]

    operations = [AddIndexConcurrently(model_name="publication", index=one) for one in INDEXES]
