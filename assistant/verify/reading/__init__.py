"""What a document says, made ready for the checks: passages, statements, sentences, tables, lists; `Reading` holds them."""
