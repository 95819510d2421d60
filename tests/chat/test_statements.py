"""A turn asks the database no oftener than it must: each statement costs a millisecond."""

import pytest
from django.db.backends.signals import connection_created

# One that begins a talk and makes a list.
MOST_STATEMENTS = 24


@pytest.fixture
def statements():
    """The statements of all threads from now on."""
    seen = []

    def noted(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    def note(sender, connection, **_):
        if noted not in connection.execute_wrappers:
            connection.execute_wrappers.append(noted)
            noting.append(connection)

    noting = []
    connection_created.connect(note)
    yield seen
    connection_created.disconnect(note)
    for connection in noting:
        connection.execute_wrappers.remove(noted)


async def test_a_turn_takes_few_statements(catalog, ada, open_client, statements):
    client = await open_client(ada)
    await client.say("5 pop songs")
    client.conversation = None
    statements.clear()

    reply = await client.say("5 jazz songs")

    assert reply.playlist["version"] == 2
    assert 10 < len(statements) <= MOST_STATEMENTS, "\n".join(statements)
