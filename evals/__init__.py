"""What the product is measured with: real cases and suites."""
