"""Find artists by misspelt names: trigrams of their keys, indexed."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# As catalog/models/near.py writes it. Spaces count for nothing: "fleet wood mac".
MAKE = r"""
CREATE FUNCTION catalog_trigrams(key text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
    SELECT array_agg(DISTINCT substr(padded, i, 3))
    FROM (SELECT '  ' || replace(key, ' ', '') || ' ' AS padded) AS name,
         generate_series(1, length(padded) - 2) AS i
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0021_first_source_tags"),
    ]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION catalog_trigrams(text)"),
        migrations.AddIndex(
            model_name="artist",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("key"),
                    function="catalog_trigrams",
                    output_field=django.contrib.postgres.fields.ArrayField(
                        models.TextField(), size=None
                    ),
                ),
                name="catalog_artist_trigrams_idx",
            ),
        ),
    ]
