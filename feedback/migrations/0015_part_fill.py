from django.db import migrations

# A contributor stays where the newest release that holds anything of theirs put it.
FILL = """
    UPDATE feedback_donatedrecord AS record SET part = newest.part
    FROM (
        SELECT DISTINCT ON (held.pseudonym) held.pseudonym, released.part
        FROM feedback_releasedrecord AS released
        JOIN feedback_donatedrecord AS held ON held.id = released.record_id
        ORDER BY held.pseudonym, released.id DESC
    ) AS newest
    WHERE record.pseudonym = newest.pseudonym
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0014_record_part")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
