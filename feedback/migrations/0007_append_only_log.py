from django.db import migrations

# A no-op is let through, and so is the end of the actor's account.
LOG = """
    CREATE FUNCTION feedback_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.actor_id IS NULL THEN
                OLD.actor_id := NULL;
            END IF;
            IF NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'the log of curation is only added to'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER feedback_keep_entry BEFORE UPDATE OR DELETE
        ON feedback_curationentry FOR EACH ROW EXECUTE FUNCTION feedback_keep_entry();
    CREATE TRIGGER feedback_keep_entries BEFORE TRUNCATE
        ON feedback_curationentry EXECUTE FUNCTION feedback_keep_entry();
"""
# Edits go before their record within one transaction, so its end is when to look.
EDITS = """
    CREATE FUNCTION feedback_keep_edit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (
            SELECT FROM feedback_donatedrecord WHERE id = OLD.record_id
        ) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'an edit goes with its record, and changes never'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE CONSTRAINT TRIGGER feedback_keep_edit AFTER UPDATE OR DELETE
        ON feedback_recordedit DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION feedback_keep_edit();
"""
NO_LOG = """
    DROP TRIGGER feedback_keep_entries ON feedback_curationentry;
    DROP TRIGGER feedback_keep_entry ON feedback_curationentry;
    DROP FUNCTION feedback_keep_entry();
"""
NO_EDITS = """
    DROP TRIGGER feedback_keep_edit ON feedback_recordedit;
    DROP FUNCTION feedback_keep_edit();
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_curation")]

    operations = [
        migrations.RunSQL(LOG, NO_LOG),
        migrations.RunSQL(EDITS, NO_EDITS),
    ]
