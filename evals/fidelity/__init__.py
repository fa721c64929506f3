"""What of a draft is not true: `look` counts it."""
