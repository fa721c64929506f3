"""绩评助手: the product without a screen."""
