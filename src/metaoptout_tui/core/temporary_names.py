"""What temporary folders are called, so that one that a killed process left is found by its name alone."""

REHEARSAL_PREFIX = "metaoptout-tui-rehearsal-"
