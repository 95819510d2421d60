"""Static files under hashed names, those that modules import included."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrites imports of ES modules, so that a browser never mixes two versions."""

    support_js_module_import_aggregation = True
