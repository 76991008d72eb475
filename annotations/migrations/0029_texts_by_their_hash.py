"""Find any text of an article by its hash: one that was replaced comes in again only as a repeat."""

from django.contrib.postgres.indexes import HashIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0028_kinds_and_times_however_far")]

    operations = [
        AddIndexConcurrently(
            model_name="revision",
            index=HashIndex(fields=["sha256"], name="revision_by_hash"),
        ),
    ]
