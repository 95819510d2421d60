"""Questions as people type them: of songs, the list, the catalog, the past, the player."""
