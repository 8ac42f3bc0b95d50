"""A Bot API server on loopback: what Telegram accepts, refuses and loses, with scripted people at the far end.

`async with BotApiServer() as server:` in a test; `python -m tests.bot_api_server --port 8081` for a program outside,
which then adds updates by POST /control/says and reads what was accepted from GET /control/ledger.
"""

import argparse
import asyncio
import contextlib
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl

from aiohttp import ClientError, ClientSession, ClientTimeout, web

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Hegui", "username": "hegui_test_bot"}
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_MARKUP = 10_000
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
TAG = re.compile(r"<(/?)([a-z-]*)([^<>]*)>|<")
ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)[a-z]+;")
DATE = 1_795_485_600

Params = dict[str, Any]
FaultKind = Literal["status", "too_many", "html_502", "reset", "lost", "cut", "late", "blocked", "migrated"]


class Refused(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Fault:
    """Something that goes wrong for the next `times` calls of `method`, after `skip` that go well."""

    kind: FaultKind
    method: str = "sendMessage"
    times: int = 1
    skip: int = 0
    chat: int | None = None
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    seconds: float = 0.0
    new_chat: int = 0
    accepts: bool = False  # for status, html_502 and reset: whether the call has its effect all the same


@dataclass
class Message:
    """A message as the person sees it now. `moment` counts events: it grows when the message is edited."""

    message_id: int
    chat: int
    text: str
    raw: str = ""
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    document: tuple[str, bytes] | None = None
    moment: int = 0
    edits: int = 0
    preview: bool = True
    paid: bool = False

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]

    def data_of(self, label: str) -> str:
        return next(b["callback_data"] for row in self.buttons for b in row if label in b["text"])


class Person:
    """Somebody in a private chat with the bot."""

    def __init__(self, server: "BotApiServer", number: int, name: str, language: str) -> None:
        self.server = server
        self.id = number
        self._me = {"id": number, "is_bot": False, "first_name": name, "language_code": language}
        self._chat = {"id": number, "type": "private", "first_name": name}
        self._acted_at = 0

    def says(self, text: str, **more: Any) -> int:
        """Sends a text; returns the update's number."""
        return self._sends(text=text, **more)

    def forwards(self, text: str) -> int:
        return self._sends(text=text, forward_origin={"type": "hidden_user", "sender_user_name": "Z", "date": DATE})

    def sends_file(
        self, name: str, content: bytes, media_type: str = "application/pdf", size: int | None = None
    ) -> int:
        file = self.server.keep(name, content, size)
        return self._sends(document={**file, "file_name": name, "mime_type": media_type})

    def sends_photo(self, content: bytes = b"jpeg", caption: str | None = None) -> int:
        small = self.server.keep("small.jpg", b"small")
        large = self.server.keep("large.jpg", content)
        sizes = [{**small, "width": 90, "height": 60}, {**large, "width": 900, "height": 600}]
        return self._sends(photo=sizes, **({"caption": caption} if caption else {}))

    def sticker(self) -> int:
        file = self.server.keep("s.webp", b"s")
        shape = {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
        return self._sends(sticker={**file, **shape})

    def presses(self, label: str) -> int:
        """Presses the newest button whose label holds this text."""
        for message in reversed(self.messages):
            if any(label in text for text in message.labels):
                return self.presses_data(message.data_of(label), message.message_id)
        raise AssertionError(f"no button {label!r}; the last message has {self.messages[-1:]}")

    def presses_data(self, data: str, message_id: int) -> int:
        self._acted_at = self.server.moment
        message = {"message_id": message_id, "date": DATE, "chat": self._chat, "from": BOT, "text": "…"}
        number = self.server.next_number()
        query = {"id": str(number), "from": self._me, "message": message, "chat_instance": "1", "data": data}
        return self.server.push({"callback_query": query})

    def blocks(self) -> int:
        self.server.blocked.add(self.id)
        return self._turned("member", "kicked")

    def unblocks(self) -> int:
        self.server.blocked.discard(self.id)
        return self._turned("kicked", "member")

    @property
    def messages(self) -> list[Message]:
        return self.server.chats.get(self.id, [])

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    async def sees(self, fragment: str, timeout: float = 5) -> Message:  # noqa: ASYNC109
        """Waits for a message with this text that is newer than the person's last act, and returns it."""

        def found() -> Message | None:
            newer = (m for m in reversed(self.messages) if m.moment > self._acted_at)
            return next((m for m in newer if fragment in m.text), None)

        try:
            await self.server.until(found, timeout)
        except TimeoutError:
            raise AssertionError(f"{fragment!r} did not come; last: {self.texts[-3:]}") from None
        seen = found()
        assert seen is not None
        return seen

    def _sends(self, **content: Any) -> int:
        self._acted_at = self.server.moment
        head = {"message_id": self.server.next_number(), "date": DATE, "chat": self._chat, "from": self._me}
        return self.server.push({"message": {**head, **content}})

    def _turned(self, before: str, after: str) -> int:
        def status(name: str) -> Params:
            return {"status": name, "user": BOT, **({"until_date": 0} if name == "kicked" else {})}

        change = {"chat": self._chat, "from": self._me, "date": DATE}
        states = {"old_chat_member": status(before), "new_chat_member": status(after)}
        return self.server.push({"my_chat_member": {**change, **states}})


class BotApiServer:
    """One bot's server. `ledger` holds what was accepted, in order; `calls` counts calls by method."""

    def __init__(
        self, token: str = TOKEN, *, latency_seconds: float = 0.0, per_second: int | None = None, retry_after: int = 3
    ) -> None:
        self.token = token
        self.latency_seconds = latency_seconds
        self.per_second = per_second  # messages in any second, all chats together; more are refused with 429
        self.retry_after = retry_after
        self.flooded = 0  # how many were refused
        self._times: deque[float] = deque()
        self.ledger: list[Message] = []
        self.chats: dict[int, list[Message]] = {}
        self.calls: dict[str, int] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.answered: list[str] = []
        self.actions: list[tuple[int, str]] = []
        self.blocked: set[int] = set()
        self.unknown_chats: set[int] = set()
        self.webhook = ""
        self.webhook_secret = ""
        self.updates_held = False  # nobody is called meanwhile
        self.webhook_answers: list[int] = []  # statuses; 0 where nobody answered
        self._calling: asyncio.Task[None] | None = None
        self.moment = 0
        self.updates: list[dict[str, Any]] = []
        self.confirmed_up_to = 0
        self.last_poll: Params = {}
        self._next_update = 1000
        self._number = 0
        self._faults: list[Fault] = []
        self._files: dict[str, tuple[str, bytes, int]] = {}
        self._people: dict[int, Person] = {}
        self._allowed: set[str] | None = None
        self._poll: asyncio.Task[Any] | None = None
        self._poll_number = 0
        self._changed = asyncio.Event()
        self._runner: web.ServerRunner | None = None
        self.url = ""
        self._methods: dict[str, Callable[[Params], Awaitable[Any] | Any]] = {
            "getMe": lambda _: BOT,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "editMessageText": self._edit_message_text,
            "answerCallbackQuery": self._answer_callback_query,
            "sendChatAction": self._send_chat_action,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": lambda p: self.commands.get(_menu(p), []),
            "getFile": self._get_file,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: {
                "url": self.webhook,
                "has_custom_certificate": False,
                "pending_update_count": len(self.updates),
            },
        }

    # ---- for tests ----------------------------------------------------------------------------------------------

    async def start(self, port: int = 0) -> None:
        server = web.Server(self._handle, access_log=None, request_factory=_request)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._calling:
            self._calling.cancel()
            await asyncio.gather(self._calling, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    def person(self, number: int = 501, name: str = "Ann", language: str = "zh-hans") -> Person:
        return self._people.setdefault(number, Person(self, number, name, language))

    def fault(self, kind: FaultKind, method: str = "sendMessage", **more: Any) -> Fault:
        """Adds a fault; see `Fault`."""
        made = Fault(kind, method, **more)
        self._faults.append(made)
        return made

    def push(self, content: dict[str, Any], update_id: int | None = None) -> int:
        """Adds an update as it is, unless it is of a kind that the bot does not ask for."""
        number = self._next_update if update_id is None else update_id
        self._next_update = number + 1
        if self._allowed is None or not self._allowed.isdisjoint(content):
            self.push_raw({"update_id": number, **content})
        return number

    def push_raw(self, update: Any) -> None:
        self.updates.append(update)
        self._happened()

    def keep(self, name: str, content: bytes, size: int | None = None) -> Params:
        """A file that can be fetched; `size` may lie."""
        number = f"file{self.next_number()}"
        length = len(content) if size is None else size
        self._files[number] = (name, content, length)
        return {"file_id": number, "file_unique_id": f"u{number}", "file_size": length}

    def next_number(self) -> int:
        self._number += 1
        return self._number

    async def until(self, holds: Callable[[], Any], timeout: float = 5) -> None:  # noqa: ASYNC109
        """Waits until the condition holds; looks again whenever something happens here, and now and then."""
        async with asyncio.timeout(timeout):
            while not holds():
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.02)

    def _happened(self) -> None:
        self.moment += 1
        self._changed.set()

    # ---- HTTP ---------------------------------------------------------------------------------------------------

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            params = await _params(request)
            return await self._call(request, token, method, params)
        if path.startswith("/file/bot"):
            token, _, name = path[9:].partition("/")
            return self._file(token, name)
        return await self._control(request)

    async def _call(self, request: web.BaseRequest, token: str, method: str, params: Params) -> web.StreamResponse:
        self.calls[method] = self.calls.get(method, 0) + 1
        if self.latency_seconds:
            await asyncio.sleep(self.latency_seconds)
        try:
            if method not in self._methods:
                raise Refused(404, "Not Found")
            self._check(token)
            fault = self._fault_for(method, params)
            if fault is None:
                return _ok(await self._do(method, params))
            return await self._go_wrong(request, fault, method, params)
        except Refused as refused:
            return _refusal(refused)

    def _check(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise Refused(404, "Not Found")
        if token != self.token:
            raise Refused(401, "Unauthorized")

    async def _do(self, method: str, params: Params) -> Any:
        result = self._methods[method](params)
        return await result if isinstance(result, Awaitable) else result

    def _fault_for(self, method: str, params: Params) -> Fault | None:
        for fault in self._faults:
            if fault.method == method and fault.chat in (None, int(params.get("chat_id", 0))):
                if fault.skip:
                    fault.skip -= 1
                    return None
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None

    async def _go_wrong(
        self, request: web.BaseRequest, fault: Fault, method: str, params: Params
    ) -> web.StreamResponse:
        result = await self._do(method, params) if fault.accepts or fault.kind in ("lost", "cut", "late") else None
        match fault.kind:
            case "html_502":
                page = "<html><head><title>502 Bad Gateway</title></head></html>"
                return web.Response(status=502, text=page, content_type="text/html")
            case "cut":
                whole = json.dumps({"ok": True, "result": result}).encode()
                return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
            case "late":
                await asyncio.sleep(fault.seconds)
                return _ok(result)
            case "reset" | "lost":
                if request.transport:
                    request.transport.abort() if fault.kind == "reset" else request.transport.close()
                return web.Response()
            case _:
                raise _refused_by(fault)

    def _file(self, token: str, name: str) -> web.StreamResponse:
        self._check(token)
        number = name.rpartition("/")[2]
        if number not in self._files:
            return web.Response(status=404, text='{"ok":false,"error_code":404,"description":"Not Found"}')
        return web.Response(body=self._files[number][1])

    async def _control(self, request: web.BaseRequest) -> web.StreamResponse:
        """For a program outside: people say things, and what was accepted can be read."""
        match request.path:
            case "/control/says":
                said = await request.json()
                for act in said:
                    person = self.person(act["person"], language=act.get("language", "zh-hans"))
                    if "press" in act:
                        person.presses(act["press"])
                    else:
                        person.says(act["text"])
                return web.json_response({"pending": len(self.updates)})
            case "/control/ledger":
                rows = [{"chat": m.chat, "message_id": m.message_id, "text": m.text} for m in self.ledger]
                return web.json_response({"calls": self.calls, "pending": len(self.updates), "accepted": rows})
            case "/control/counts":
                counts = {"pending": len(self.updates), "accepted": len(self.ledger), "flooded": self.flooded}
                return web.json_response({"calls": self.calls, **counts})
            case _:
                return web.Response(status=404)

    # ---- methods ------------------------------------------------------------------------------------------------

    async def _get_updates(self, params: Params) -> Any:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.last_poll = params
        self._poll_number += 1
        mine = self._poll_number
        self._changed.set()
        offset = int(params.get("offset", 0))
        if "allowed_updates" in params:
            self._allowed = set(json.loads(params["allowed_updates"])) or None
        self._confirm(offset)
        limit = min(int(params.get("limit", 100)), 100)
        try:
            await self.until(lambda: self.updates or mine != self._poll_number, float(params.get("timeout", 0)))
        except TimeoutError:
            return []
        if mine != self._poll_number:
            said = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refused(409, said)
        return self.updates[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset:
            self.confirmed_up_to = max(self.confirmed_up_to, offset - 1)
            kept = [u for u in self.updates if isinstance(u, dict) and u.get("update_id", 0) >= offset]
            self.updates = kept

    def _within_limits(self) -> None:
        """As Telegram does it: a message too many is refused, and counts as little as one that was never sent."""
        if self.per_second is None:
            return
        now = asyncio.get_running_loop().time()
        while self._times and self._times[0] <= now - 1:
            self._times.popleft()
        if len(self._times) >= self.per_second:
            self.flooded += 1
            said = f"Too Many Requests: retry after {self.retry_after}"
            raise Refused(429, said, retry_after=self.retry_after)
        self._times.append(now)

    def _send_message(self, params: Params) -> Any:
        self._within_limits()
        chat = self._chat(params)
        text = _visible(params.get("text", ""), params.get("parse_mode"))
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if _units(text) > LONGEST_TEXT:
            raise Refused(400, "Bad Request: message is too long")
        return self._accept(chat, text, params)

    def _send_document(self, params: Params) -> Any:
        chat = self._chat(params)
        caption = _visible(params.get("caption", ""), params.get("parse_mode"))
        if _units(caption) > LONGEST_CAPTION:
            raise Refused(400, "Bad Request: message caption is too long")
        upload = params.get("document")
        if not isinstance(upload, web.FileField):
            raise Refused(400, "Bad Request: there is no document in the request")
        content = upload.file.read()
        if not content:
            raise Refused(400, "Bad Request: file must be non-empty")
        sent = self._accept(chat, caption, params, (upload.filename, content))
        return {**sent, "document": {**self.keep(upload.filename, content), "file_name": upload.filename}}

    def _accept(self, chat: int, text: str, params: Params, document: tuple[str, bytes] | None = None) -> Params:
        buttons = _buttons(params)
        preview = not json.loads(params.get("link_preview_options", "{}")).get("is_disabled", False)
        number = self.next_number()
        raw = params.get("text", params.get("caption", ""))
        self._happened()
        paid = params.get("allow_paid_broadcast") == "true"
        message = Message(number, chat, text, raw, buttons, document, moment=self.moment, preview=preview, paid=paid)
        self.ledger.append(message)
        self.chats.setdefault(chat, []).append(message)
        return _described(message)

    def _edit_message_text(self, params: Params) -> Any:
        chat = self._chat(params)
        number = int(params["message_id"])
        message = next((m for m in self.chats.get(chat, ()) if m.message_id == number), None)
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message.document:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        text = _visible(params.get("text", ""), params.get("parse_mode"))
        if _units(text) > LONGEST_TEXT:
            raise Refused(400, "Bad Request: message is too long")
        buttons = _buttons(params)
        if (message.raw, message.buttons) == (params.get("text"), buttons):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup "
                "are exactly the same as a current content and reply markup of the message",
            )
        self._happened()
        message.text, message.raw, message.buttons = text, params.get("text", ""), buttons
        message.edits += 1
        message.moment = self.moment
        return _described(message)

    def _answer_callback_query(self, params: Params) -> bool:
        if params["callback_query_id"] in self.answered:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered.append(params["callback_query_id"])
        self._happened()
        return True

    def _send_chat_action(self, params: Params) -> bool:
        self.actions.append((self._chat(params), params["action"]))
        return True

    def _set_my_commands(self, params: Params) -> bool:
        self.commands[_menu(params)] = json.loads(params["commands"])
        return True

    def _get_file(self, params: Params) -> Any:
        number = params["file_id"]
        if number not in self._files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = self._files[number][2]
        if size > LARGEST_DOWNLOAD:
            raise Refused(400, "Bad Request: file is too big")
        return {
            "file_id": number,
            "file_unique_id": f"u{number}",
            "file_size": size,
            "file_path": f"documents/{number}",
        }

    def _set_webhook(self, params: Params) -> bool:
        url, secret = params["url"], params.get("secret_token", "")
        if not re.fullmatch(r"https?://[^\s]+", url):
            raise Refused(400, "Bad Request: bad webhook: invalid webhook URL specified")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        if "allowed_updates" in params:
            self._allowed = set(json.loads(params["allowed_updates"])) or None
        self.webhook, self.webhook_secret = url, secret
        if self._calling is None:
            self._calling = asyncio.create_task(self._call_webhook())
        self._happened()
        return True

    async def _call_webhook(self) -> None:
        """Calls with the first open update of each chat at a time; what is not answered with 2XX comes again."""
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            while True:
                heads = self._heads() if self.webhook and not self.updates_held else []
                answers = await asyncio.gather(*(self._deliver(session, update) for update in heads))
                self.webhook_answers += answers
                if not heads or not any(200 <= answer < 300 for answer in answers):
                    self._changed.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 0.05)

    def _heads(self) -> list[Any]:
        heads: dict[str, Any] = {}
        for update in self.updates:
            heads.setdefault(_chat_of(update), update)
        return list(heads.values())[:40]

    async def _deliver(self, session: ClientSession, update: Any) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret} if self.webhook_secret else {}
        try:
            async with session.post(self.webhook, json=update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    self.updates.remove(update)
                    self._happened()
                return answer.status
        except (ClientError, TimeoutError):
            return 0

    def _delete_webhook(self, params: Params) -> bool:
        self.webhook = ""
        if params.get("drop_pending_updates") == "true":
            self.updates.clear()
        return True

    def _chat(self, params: Params) -> int:
        try:
            chat = int(params["chat_id"])
        except (KeyError, ValueError):
            raise Refused(400, "Bad Request: chat not found") from None
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat in self.unknown_chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat


def _chat_of(update: Any) -> str:
    for content in update.values() if isinstance(update, dict) else ():
        if isinstance(content, dict):
            return str(content.get("chat", content.get("from")))
    return ""


def _request(*parts: Any) -> web.BaseRequest:
    return web.BaseRequest(*parts, asyncio.get_running_loop(), client_max_size=LARGEST_UPLOAD)


async def _params(request: web.BaseRequest) -> Params:
    query = dict(request.query) if request.query_string else {}
    if request.content_type.startswith("multipart/"):
        return {**query, **await request.post()}
    body = await request.read()
    if request.content_type == "application/json":
        return {**query, **json.loads(body)}
    return {**query, **dict(parse_qsl(body.decode()))} if body else query


def _refused_by(fault: Fault) -> Refused:
    match fault.kind:
        case "too_many" if fault.retry_after is None:
            return Refused(429, "Too Many Requests")
        case "too_many":
            return Refused(
                429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after or 0
            )
        case "blocked":
            return Refused(403, "Forbidden: bot was blocked by the user")
        case "migrated":
            said = "Bad Request: group chat was upgraded to a supergroup chat"
            return Refused(400, said, migrate_to_chat_id=fault.new_chat)
        case _:
            return Refused(fault.code, fault.description)


def _ok(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


def _refusal(refused: Refused) -> web.Response:
    answer: Params = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        answer["parameters"] = refused.parameters
    return web.Response(status=refused.code, body=json.dumps(answer).encode(), content_type="application/json")


def _described(message: Message) -> Params:
    chat = {"id": message.chat, "type": "private", "first_name": "Ann"}
    return {"message_id": message.message_id, "date": DATE, "chat": chat, "from": BOT, "text": message.text}


def _menu(params: Params) -> str:
    scope = json.loads(params.get("scope", '{"type": "default"}'))["type"]
    return f"{scope}/{params.get('language_code', '')}"


def _buttons(params: Params) -> list[list[dict[str, str]]]:
    markup = params.get("reply_markup")
    if not markup:
        return []
    if len(markup.encode()) > LONGEST_MARKUP:
        raise Refused(400, "Bad Request: reply markup is too long")
    rows: list[list[dict[str, str]]] = json.loads(markup)["inline_keyboard"]
    for row in rows:
        for button in row:
            if not button["text"]:
                raise Refused(400, "Bad Request: can't parse inline keyboard button: text buttons are unallowed")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def _visible(text: str, parse_mode: str | None) -> str:
    """The text without its tags. Refused where tags are unknown, crossed or left open, or `<` and `&` are bare."""
    if parse_mode != "HTML" or ("<" not in text and "&" not in text):
        return text
    opened: list[str] = []
    for tag in TAG.finditer(text):
        closing, name, _ = tag.groups()
        if name is None or name not in TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{name}" at byte offset 0')
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise Refused(400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 0")
    if opened:
        raise Refused(400, f"Bad Request: can't parse entities: Can't find end tag corresponding to \"{opened[-1]}\"")
    if ENTITY.search(text):
        raise Refused(400, "Bad Request: can't parse entities: unsupported entity")
    return unescape(TAG.sub("", text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def _serve(port: int, latency_seconds: float, token: str, per_second: int | None) -> None:
    server = BotApiServer(token, latency_seconds=latency_seconds, per_second=per_second)
    await server.start(port)
    print(json.dumps({"base_url": server.base_url, "base_file_url": server.base_file_url}), flush=True)  # noqa: T201
    await asyncio.Event().wait()


def main() -> None:
    options = argparse.ArgumentParser(description="A Bot API server on loopback.")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--latency-ms", type=float, default=0)
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--per-second", type=int)
    given = options.parse_args()
    asyncio.run(_serve(given.port, given.latency_ms / 1000, given.token, given.per_second))


if __name__ == "__main__":
    main()
