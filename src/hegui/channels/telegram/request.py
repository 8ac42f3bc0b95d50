"""PTB's requests on one aiohttp session: a fraction of httpx's work, and honest about what was never sent."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CALL_SECONDS = 10.0
UPLOAD_SECONDS = 18.0
DOWNLOAD_SECONDS = 120.0
CONNECT_SECONDS = 5.0  # below all others, so that running out of it means: not a byte has left
CHUNK = 64 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OWN_WORDS = ("from", "text", "entities", "reply_markup", "link_preview_options")
NEVER_LEFT = (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError)


class NotSent(TimedOut):
    """Certainly not sent: no connection was free, or none came about."""


class AiohttpRequest(BaseRequest):
    """Calls over a pool of connections. Time-outs bound the whole exchange; PTB's finer ones are added up."""

    def __init__(self, *, pool_size: int = 64, call_seconds: float = CALL_SECONDS, proxy: str | None = None) -> None:
        self._pool_size = pool_size
        self._call_seconds = call_seconds
        self._proxy = proxy
        self._open: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._call_seconds

    async def initialize(self) -> None:
        if self._open is None or self._open.closed:
            self._open = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        if self._open is not None:
            closing, self._open = self._open, None
            await closing.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        seconds = UPLOAD_SECONDS if request_data and request_data.contains_files else self._call_seconds
        if isinstance(read_timeout, int | float):
            seconds = read_timeout
        body = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=FORM if isinstance(body, bytes) else None,
                timeout=_within(seconds),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _translated(error) from error

    async def download(self, url: str, target: Path, *, most: int) -> int:
        """Writes the file at `url` to `target` and returns its size; stops as soon as it is over `most` bytes."""
        size = 0
        try:
            async with self._session.get(url, timeout=_within(DOWNLOAD_SECONDS), allow_redirects=False) as response:
                _refuse_absent(response.status)
                with await asyncio.to_thread(target.open, "wb") as file:
                    async for chunk in response.content.iter_chunked(CHUNK):
                        size += len(chunk)
                        if size > most:
                            raise BadRequest("file is too big")
                        file.write(chunk)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _translated(error) from error
        return size

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As PTB does it, without writing people's words to the log where the answer was cut.

        Telegram sends our own message back. Only its number is wanted: objects made of the rest cost a seventh of
        all that sending costs.
        """
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        result = answer.get("result") if isinstance(answer, dict) else None
        if isinstance(result, dict) and "message_id" in result:
            for name in OWN_WORDS:
                result.pop(name, None)
        return answer

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._open is None:
            raise NotSent("The connection is closed.")
        return self._open


def _within(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, connect=min(CONNECT_SECONDS, seconds / 2))


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.url_encoded_parameters().encode()
    form = aiohttp.FormData(quote_fields=False)  # quoted, a Chinese file name would arrive as %E6%95%B4…
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form


def _refuse_absent(status: int) -> None:
    if status in (400, 404, 410):
        raise BadRequest("file is gone")
    if status != 200:
        raise NetworkError(f"The file server answered {status}.")


def _translated(error: Exception) -> TelegramError:
    """PTB's error of the same meaning. Only class names: an address in the text would carry the token."""
    name = type(error).__name__
    if isinstance(error, NEVER_LEFT):
        return NotSent(name)
    return TimedOut(name) if isinstance(error, TimeoutError) else NetworkError(name)
