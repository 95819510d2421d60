"""Cover art for the demo library, drawn as SVG."""
