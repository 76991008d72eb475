"""What was published, what happened, and what a text said: the database itself keeps it so."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
LOG = "rows are only ever appended"
TEXT = "a text is never changed; add a revision"


def append_only(table: str) -> tuple[str, str]:
    return (
        f"""
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change('{LOG}');
        CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{LOG}');
        """,
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_whole ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_house")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_change();"),
        migrations.RunSQL(*append_only("annotations_publication")),
        migrations.RunSQL(*append_only("annotations_auditevent")),
        migrations.RunSQL(
            f"""
            CREATE TRIGGER text_stays BEFORE UPDATE OF article_id, number, text, sha256, raw
                ON annotations_revision
                FOR EACH ROW EXECUTE FUNCTION refuse_change('{TEXT}');
            """,
            "DROP TRIGGER text_stays ON annotations_revision;",
        ),
    ]
