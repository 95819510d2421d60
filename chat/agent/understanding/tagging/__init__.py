"""What is learned of names and commands: a sequence tagger over the text encoder."""
