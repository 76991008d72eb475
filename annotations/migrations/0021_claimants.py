"""Each name of a claimant once on a desk, kept by the database itself, to be searched by any part.

Names that are new are inserted in one order, so that two workers who store the same do not wait for
each other in a circle.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION search_folded(content text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT lower(unaccent(normalize(content, NFC)))
$$;
CREATE FUNCTION search_part(content text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '%' || regexp_replace(search_folded(content), '([\\\\%_])', '\\\\\\1', 'g') || '%'
$$;
CREATE FUNCTION claimants_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_claimant (desk_id, name, folded)
    SELECT desk_id, claimant_name, search_folded(claimant_name) FROM fresh
    WHERE claimant_name <> '' AND NOT EXISTS (SELECT FROM annotations_claimant known
        WHERE known.desk_id = fresh.desk_id AND known.name = fresh.claimant_name)
    GROUP BY desk_id, claimant_name ORDER BY desk_id, claimant_name
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION claimant_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_claimant (desk_id, name, folded)
    VALUES (NEW.desk_id, NEW.claimant_name, search_folded(NEW.claimant_name)) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER claimants_added AFTER INSERT ON annotations_candidate
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION claimants_added();
CREATE TRIGGER claimant_changed AFTER UPDATE OF claimant_name, desk_id ON annotations_candidate
    FOR EACH ROW WHEN (NEW.claimant_name <> ''
        AND (OLD.claimant_name, OLD.desk_id) IS DISTINCT FROM (NEW.claimant_name, NEW.desk_id))
    EXECUTE FUNCTION claimant_changed();
"""
DROP_FUNCTIONS = """
DROP TRIGGER claimant_changed ON annotations_candidate;
DROP TRIGGER claimants_added ON annotations_candidate;
DROP FUNCTION claimant_changed, claimants_added, search_part, search_folded;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0020_imports")]

    operations = [
        migrations.CreateModel(
            name="Claimant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("folded", models.TextField()),
                ("desk", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.desk")),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("folded", name="gin_trgm_ops"), name="claimant_by_part"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("desk", "name"), name="claimant_once_a_desk")],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]
