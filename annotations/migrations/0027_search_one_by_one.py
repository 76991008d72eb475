"""A condition that always holds, for lists that end as soon as a page is full.

Workers of a parallel plan read ahead of what is needed: hundreds of rows for eleven. PostgreSQL makes
no such plan for a statement that calls what is not safe beside itself; the call itself is gone by then.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION search_one_by_one() RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL UNSAFE
    AS $$ SELECT true $$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0026_corrections_and_retractions")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION search_one_by_one();")]
