"""What a message tells of a mood without naming one: valence and arousal, learned."""
