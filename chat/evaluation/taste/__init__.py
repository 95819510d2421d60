"""How much each piece of a taste adds, measured on real dialogues."""
