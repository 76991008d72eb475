"""Find sentences of any kind, proposed or not, and pass over publications by their time alone."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0027_search_one_by_one")]

    operations = [
        AddIndexConcurrently(
            model_name="candidate",
            index=models.Index(
                models.F("desk"),
                models.F("kind"),
                models.F("is_candidate"),
                models.OrderBy(models.F("check_worthiness"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="candidate_of_kind",
            ),
        ),
        RemoveIndexConcurrently(model_name="candidate", name="candidate_by_kind"),
        AddIndexConcurrently(
            model_name="publication",
            index=models.Index(
                models.F("desk"),
                models.F("sequence"),
                models.F("published_at"),
                name="publication_through_time",
            ),
        ),
    ]
