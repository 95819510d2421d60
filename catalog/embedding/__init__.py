"""Fill a space with the vectors of all tracks that have audio, and switch to it."""
