"""Every Jinja2 template that the offline drafter or a model reads."""
