"""Have the claimants that the house already knows found."""

from django.db import migrations

FILL = """
INSERT INTO annotations_claimant (desk_id, name, folded)
SELECT desk_id, claimant_name, search_folded(claimant_name) FROM annotations_candidate
WHERE claimant_name <> '' GROUP BY desk_id, claimant_name
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0021_claimants")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
