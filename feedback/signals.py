"""What the feedback tells the rooms above."""

from django.dispatch import Signal

# What a listener never wants to hear has changed: `user`; `ruled`, a refusing.Ruled;
# `asked`: what whoever asked for it gave along to know the answer by, None for nothing.
# Sent after it is committed.
refusals_moved = Signal()
