"""The suites of `jiping eval`, one file each."""
