"""The catalog in arrays, as search reads it.

PostgreSQL is the store of record. Each process that searches holds what it searches by
(years, attributes, credits, tags, words, vectors) in columns, and brings them up to
date before each search with the tracks that changed. Why: docs/decisions/columns.md.
"""
