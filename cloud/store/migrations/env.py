"""Alembic's entry: migrations run on the connection that `cloud.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from cloud.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
