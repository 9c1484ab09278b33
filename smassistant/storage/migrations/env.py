"""What Alembic runs: the steps, on the connection and in the transaction it is given."""

from alembic import context

from smassistant.storage import registry_rows

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=registry_rows.PersonRow.metadata,
    # SQLite can change a column only by copying the table.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
