"""Asking the model: within a budget of calls, tokens, time and bytes, and not for ever."""

import asyncio
from collections.abc import Iterable
from random import SystemRandom

import httpx

from annotations.engines.base import EngineFailed, Failure, Material, Usage
from annotations.engines.chat import answers
from annotations.engines.chat.answers import Judgement, Passing, Truncated
from annotations.engines.chat.endpoint import Endpoint
from annotations.engines.chat.questions import Question

LONGEST_WAIT = 10.0
JITTER = 0.5
OK = 200
CHANCE = SystemRandom()


class Asking:
    """One article's conversation with the model, and what it has cost so far."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._calls = self._tokens = self._dropped = 0

    @property
    def usage(self) -> Usage:
        return Usage(self._calls, self._tokens, self._dropped)

    async def judge(
        self, questions: Iterable[Question], material: Material
    ) -> dict[int, Judgement]:
        """Return a judgement for every sentence asked for, or fail as a whole."""
        judged: dict[int, Judgement] = {}
        try:
            async with asyncio.timeout(self._endpoint.seconds), self._client() as client:
                for question in questions:
                    judged |= await self._answer(client, question, material)
        except TimeoutError as error:
            raise EngineFailed(Failure.TOO_SLOW, f"{self._endpoint.seconds} s in all") from error
        self._dropped += sum(one.dropped for one in judged.values())
        return judged

    def _client(self) -> httpx.AsyncClient:
        """Make a client that goes nowhere else: no redirects, no proxies, no stored logins."""
        key = self._endpoint.key
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        return httpx.AsyncClient(
            headers=headers,
            timeout=self._endpoint.seconds_a_call,
            follow_redirects=False,
            trust_env=False,
        )

    async def _answer(
        self, client: httpx.AsyncClient, question: Question, material: Material
    ) -> dict[int, Judgement]:
        try:
            return await self._patiently(client, question)
        except Truncated as trouble:
            if len(question.asked) == 1:
                raise EngineFailed(trouble.failure, trouble.detail) from trouble
        judged: dict[int, Judgement] = {}
        for half in question.halves(self._endpoint.model, material):
            judged |= await self._answer(client, half, material)
        return judged

    async def _patiently(
        self, client: httpx.AsyncClient, question: Question
    ) -> dict[int, Judgement]:
        """Ask again after a passing trouble, each time a little later."""
        for pause in self._endpoint.pauses:
            try:
                return await self._once(client, question)
            except Truncated:
                raise
            except Passing as trouble:
                await asyncio.sleep(_wait(trouble.after, pause))
        try:
            return await self._once(client, question)
        except Truncated:
            raise
        except Passing as trouble:
            raise EngineFailed(trouble.failure, trouble.detail) from trouble

    async def _once(self, client: httpx.AsyncClient, question: Question) -> dict[int, Judgement]:
        self._spend(question)
        reply = answers.opened(await self._sent(client, question.body))
        self._tokens += (reply.tokens or question.tokens) - question.tokens
        if not reply.is_whole:
            raise Truncated
        return answers.judgements(reply.content, question.asked)

    def _spend(self, question: Question) -> None:
        """Take a call out of the budget, at what it may cost; the answer says what it did cost."""
        if self._calls >= self._endpoint.max_calls:
            raise EngineFailed(Failure.OVER_BUDGET, f"{self._calls} calls")
        if self._tokens + question.tokens > self._endpoint.max_tokens:
            raise EngineFailed(Failure.OVER_BUDGET, f"{self._tokens} tokens")
        self._calls += 1
        self._tokens += question.tokens

    async def _sent(self, client: httpx.AsyncClient, body: bytes) -> bytes:
        seconds = self._endpoint.seconds_a_call
        try:
            async with (
                asyncio.timeout(seconds),
                client.stream("POST", self._endpoint.address, content=body) as response,
            ):
                _check(response)
                return await self._read(response)
        except TimeoutError as error:
            raise Passing(Failure.TOO_SLOW, f"{seconds} s for a call") from error
        except httpx.TimeoutException as error:
            raise Passing(Failure.TOO_SLOW, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Passing(Failure.UNREACHABLE, type(error).__name__) from error

    async def _read(self, response: httpx.Response) -> bytes:
        """Read the body as it comes, never unpacked and never more than is allowed."""
        raw = bytearray()
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > self._endpoint.max_bytes:
                raise EngineFailed(Failure.TOO_LARGE, f"over {self._endpoint.max_bytes} bytes")
        return bytes(raw)


def _check(response: httpx.Response) -> None:
    """Let a good answer through; tell what may pass from what will not."""
    status = response.status_code
    if status == OK:
        return
    said = f"HTTP {status}"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise Passing(Failure.BUSY, said, _seconds(response.headers.get("Retry-After")))
    if status == httpx.codes.REQUEST_TIMEOUT or httpx.codes.is_server_error(status):
        raise Passing(Failure.BROKEN, said, _seconds(response.headers.get("Retry-After")))
    raise EngineFailed(Failure.REFUSED, said)


def _seconds(given: str | None) -> float | None:
    is_number = given is not None and given.isascii() and given.isdigit() and len(given) < 6
    return float(given) if given and is_number else None


def _wait(after: float | None, pause: float) -> float:
    """Return how long to wait: what the server asks for, within reason, and never all at once."""
    return min(max(after or 0.0, pause), LONGEST_WAIT) * (1 + JITTER * CHANCE.random())
