from django.db import migrations

# Until now a first look decided also of records that are to have a second one.
HOLD = """
    UPDATE feedback_donatedrecord AS record SET status = 'waiting'
    WHERE status <> 'waiting'
      AND EXISTS (
        SELECT FROM feedback_review
        WHERE record_id = record.id AND is_standing AND look = 1 AND is_drawn
      )
      AND NOT EXISTS (
        SELECT FROM feedback_review
        WHERE record_id = record.id AND is_standing AND look = 2
      )
"""
LET_GO = """
    UPDATE feedback_donatedrecord AS record
    SET status = CASE WHEN first.is_approved THEN 'approved' ELSE 'rejected' END
    FROM feedback_review AS first
    WHERE first.record_id = record.id AND first.is_standing AND first.look = 1
      AND NOT EXISTS (
        SELECT FROM feedback_review
        WHERE record_id = record.id AND is_standing AND look = 2
      )
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_entry_then")]

    operations = [migrations.RunSQL(HOLD, LET_GO)]
