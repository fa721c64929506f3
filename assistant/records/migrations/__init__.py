"""How a database gets from one version to the next; alembic runs `env` and the files in `versions`."""
