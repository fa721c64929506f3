"""A number of a report against the figures of its case: what it is said of, whether that is true, and what arithmetic makes it so."""
