"""The descriptors of a recording, one file for each side of the music."""
