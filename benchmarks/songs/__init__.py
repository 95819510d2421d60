"""Songs made for measuring speed."""
