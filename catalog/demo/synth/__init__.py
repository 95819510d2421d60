"""The demo library's instruments, bands and mixing desk."""

from catalog.demo.synth.render import render_track

__all__ = ["render_track"]
