"""What client and program say to each other: one JSON document a line, told apart by its keys."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from hegui.conversation.reply import Reply
from hegui.foundation.language.catalogue import Language

LONGEST_LINE = 64 * 1024  # bytes a client may send
LONGEST_LETTER = 4 * 1024 * 1024  # bytes the program may send


class Line(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def encoded(self) -> bytes:
        return self.model_dump_json().encode() + b"\n"


# ---- from the client ---------------------------------------------------------------------------------------------


class Who(Line):
    """Who comes: a registered person, or the operating-system user by `name`."""

    person: str | None = Field(default=None, min_length=1, max_length=64)
    language: Language | None = None
    name: str = Field(default="user", min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")


class Hello(Line):
    """The first line of every client."""

    hello: Who


class Said(Line):
    """Typed text."""

    text: str


class Pressed(Line):
    """The button of a message."""

    press: str = Field(max_length=38, pattern=r"^[a-z_]+(:[A-Za-z0-9_.-]+)*$")
    message: int | None = Field(default=None, ge=0, lt=2**53)


class Sent(Line):
    """A file of this machine."""

    file: str = Field(pattern=r"^/[^\x00]*$", max_length=4096)
    name: str = Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f/]+$")


class Shown(Line):
    """A letter is on the screen."""

    shown: str = Field(max_length=200)


class Ordered(Line):
    """An act of a command, instead of a hello: it is carried out here, since only the program writes."""

    order: str = Field(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$")
    given: dict[str, JsonValue]


Act = Said | Pressed | Sent
from_client: TypeAdapter[Hello | Act | Shown | Ordered] = TypeAdapter(Hello | Said | Pressed | Sent | Shown | Ordered)


# ---- from the program --------------------------------------------------------------------------------------------


class Known(Line):
    """Whom the program takes the client for."""

    person: str
    language: Language


class Welcome(Line):
    """The answer to a hello, and said again when the language changes."""

    welcome: Known


class Content(Line):
    """One letter. A `notice` answers nobody: the program speaks first."""

    id: str
    reply: Reply
    message: int
    notice: bool = False


class Letter(Line):
    """Something to be shown."""

    letter: Content


class Settled(Line):
    """The act of that number is handled, and what it says has left."""

    settled: int


class Problem(Line):
    """A line that was not taken, by its sentence in the catalogue."""

    problem: str


class Done(Line):
    """What an order came to."""

    done: JsonValue


class Refused(Line):
    """An order that was refused, by its sentence in the catalogue and what fills it."""

    refused: str
    params: dict[str, JsonValue] = {}


from_program: TypeAdapter[Welcome | Letter | Settled | Problem] = TypeAdapter(Welcome | Letter | Settled | Problem)
from_answer: TypeAdapter[Done | Refused | Problem] = TypeAdapter(Done | Refused | Problem)  # to an order
