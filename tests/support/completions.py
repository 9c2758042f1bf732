"""A chat completions endpoint on a local port, made from the reference of OpenAI's API.

It sorts by words: the intent whose shown examples share most words with the message is the
likeliest. `script` replaces its next answers, for bad days.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "key-of-the-test"

Answer = tuple[int, bytes]


@dataclass
class Endpoint:
    """What was asked, and what is to be answered instead of the truth."""

    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    script: deque[Callable[[], Answer]] = field(default_factory=deque)
    released: threading.Event = field(default_factory=threading.Event)

    def say(self, content: str, finish_reason: str = "stop") -> None:
        """Next time the model says this."""
        self.script.append(lambda: (200, completion(content, finish_reason)))

    def fail(self, status: int) -> None:
        """Next time this status is the answer."""
        self.script.append(lambda: (status, error("made to fail")))

    def hang(self) -> None:
        """Next time there is no answer before the end of the test."""

        def wait() -> Answer:
            self.released.wait()
            return 503, error("too late")

        self.script.append(wait)


def completion(content: str, finish_reason: str = "stop") -> bytes:
    """A chat completion object."""
    message = {"role": "assistant", "content": content, "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason, "logprobs": None}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": "double",
            "choices": [choice],
            "usage": usage,
        }
    ).encode()


def error(message: str) -> bytes:
    """An error object."""
    told = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return json.dumps({"error": told}).encode()


def answer(request: dict[str, Any], authorization: str) -> Answer:
    """What a real one would say to the request."""
    if authorization != f"Bearer {KEY}":
        return 401, error("Incorrect API key provided")
    roles = [message["role"] for message in request["messages"]]
    if roles != ["system", "user"] or not request["model"]:
        return 400, error("Two messages and a model are needed")
    task, said = (message["content"] for message in request["messages"])
    if request["response_format"] == {"type": "json_object"} and "JSON" not in task:
        return 400, error("'messages' must contain the word 'json'")
    return 200, completion(json.dumps({"language": "", "intents": sort(task, said)}))


def sort(task: str, said: str) -> list[dict[str, Any]]:
    """The intents that the task shows, by words that their examples share with the message."""
    intents = json.loads(task[task.index("[{", task.index("be sorted")) :])
    words = words_of(said)
    shared = {
        intent["intent_id"]: max(
            (len(words & words_of(example)) / len(words_of(example)))
            for example in intent["examples"]
        )
        for intent in intents
        if words
    }
    total = max(1.0, sum(shared.values()))
    return [
        {"intent_id": intent_id, "confidence": round(0.95 * share / total, 3)}
        for intent_id, share in shared.items()
        if share > 0
    ][:5]


def words_of(text: str) -> set[str]:
    """The words of a text, small."""
    return set(re.findall(r"\w+", text.lower()))


@contextmanager
def serve_completions() -> Iterator[Endpoint]:
    """The endpoint at work on a port of the system's choice, until the context ends."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.requests.append(request)
            if endpoint.script:
                status, body = endpoint.script.popleft()()
            else:
                status, body = answer(request, self.headers.get("Authorization", ""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                pass  # the asker has given up

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    endpoint.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        endpoint.released.set()
        server.shutdown()
        server.server_close()
        serving.join()
