"""Facts of strangers: planted into exemplars (`canaries`), and looked for in prompts and in reports (`trial`)."""
