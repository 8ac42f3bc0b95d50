"""A store that cannot be reached is a plain sentence, not a traceback, and never shows the password."""

import pytest
from sqlalchemy import make_url

from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.instance import only_instance

NOBODY_LISTENS = "postgresql://hegui:planted-secret@127.0.0.1:1/hegui"


@pytest.fixture(params=["nobody listens", "no such database"])
def unreachable(request: pytest.FixtureRequest) -> str:
    if request.param == "nobody listens":
        return NOBODY_LISTENS
    server = make_url(request.getfixturevalue("postgresql"))
    return server.set(database="there_is_none").render_as_string(hide_password=False)


async def test_taking_the_lock_says_that_the_store_cannot_be_opened(unreachable: str) -> None:
    with pytest.raises(EnvironmentProblem, match="cannot be opened") as caught:
        async with only_instance(unreachable):
            pytest.fail("there is nothing to lock")
    assert "planted-secret" not in str(caught.value)


async def test_looking_at_it_says_that_the_store_cannot_be_opened(unreachable: str) -> None:
    database = Database(unreachable)
    with pytest.raises(EnvironmentProblem, match="cannot be opened") as caught:
        await database.check()
    await database.close()
    assert "planted-secret" not in str(caught.value)


async def test_an_error_of_what_runs_under_the_lock_stays_what_it_is(database_url: str) -> None:
    with pytest.raises(OSError, match="our own"):
        async with only_instance(database_url):
            raise OSError("our own")
