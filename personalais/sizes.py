"""Bounds that the settings, the web server and the pages share."""

# Of a request's body. The largest that the site takes is a list of 5 MiB, in a form.
MAX_BODY_BYTES = 6 * 1024 * 1024
