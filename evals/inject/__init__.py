"""Orders smuggled into what is handed in: what they say (`payloads`), where they stand (`carriers`), what came of one (`trial`)."""
