"""A finished draft held against its case: what of it is not true (`look`), and what it leaves out (`coverage`)."""
