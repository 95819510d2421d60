"""What `manage.py evaluate` measures, one module or package for each name."""
