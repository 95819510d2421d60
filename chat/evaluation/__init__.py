"""What `manage.py evaluate` measures of the talk, one for each name."""
