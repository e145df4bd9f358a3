"""The original NotaGen as a service: FastAPI and uvicorn in front of it, and a Redis that keeps its texts.

What a company is usually told to build, as a peer that the command load drives like serve. Every patch comes from the
generate of a checkout, which NOTAGEN_CHECKOUT names; the loop around it is that of the peer command. One piece is written
at a time, since the original's random numbers are numpy's, of which a process has one stream. Needs NotaGen's
requirements, and fastapi, uvicorn and redis:

    NOTAGEN_CHECKOUT=NotaGen venv/bin/python deploy/original/service.py --port 8081 --redis redis://127.0.0.1:6379

Prints its address and "ready" when the weights are loaded.
"""
import argparse
import hashlib
import importlib.util
import json
import os
import pathlib
import queue
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "src/main/resources/io/notagenbench"
TINY = RESOURCES / "checkpoint/tiny.pth"
KEPT_SECONDS = 7 * 24 * 3600
PATIENCE_SECONDS = 0.2
NEEDED = ("fastapi", "uvicorn", "redis")

# As the peer command has it: PyTorch's threads spin for milliseconds otherwise, and whoever shares the cores waits for that.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")

sys.path.insert(0, str(RESOURCES / "arms/original"))
import original


def arguments():
    parser = argparse.ArgumentParser(description="Serves the original NotaGen at POST /v1/completions.")
    parser.add_argument("--checkout", default=os.environ.get("NOTAGEN_CHECKOUT"),
                        help="sources of NotaGen; by default the folder that NOTAGEN_CHECKOUT names")
    parser.add_argument("--weights", type=pathlib.Path, default=TINY, help="checkpoint; the suite's tiny one if not given")
    parser.add_argument("--patch-length", type=int, default=64, help="window in patches of a request that names none")
    parser.add_argument("--threads", type=int, default=0, help="of PyTorch; 0 is PyTorch's own default")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 is any free one")
    parser.add_argument("--redis", help="redis://host:port; no cache if it is not given")
    given = parser.parse_args()
    if not given.checkout or not pathlib.Path(given.checkout, "inference/utils.py").is_file():
        parser.error(f"{given.checkout} is not a checkout of NotaGen: name one with --checkout or NOTAGEN_CHECKOUT.")
    if not given.weights.is_file():
        parser.error(f"There is no checkpoint {given.weights}.")
    lacking = original.missing() + [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        parser.error(f"{sys.executable} lacks {', '.join(lacking)}: install them with pip.")
    return given


def sizes(weights):
    """The sizes of a model, from the shapes of its weights."""
    import torch
    shapes = {name: tensor.shape for name, tensor in torch.load(weights, map_location="cpu")["model"].items()}

    def layers(prefix):
        return sum(name.startswith(prefix) and name.endswith(".ln_1.weight") for name in shapes)

    rows, hidden = shapes["patch_level_decoder.base.wpe.weight"]
    return {"rows": rows, "hidden": hidden, "patchLayers": layers("patch_level_decoder.base.h."),
            "charLayers": layers("char_level_decoder.base.transformer.h.")}


class Gone(Exception):
    """The client has closed its connection."""


class Texts:
    """Whole texts in a Redis. One that does not answer costs a request a short wait, and is no error."""

    def __init__(self, url):
        import redis
        self.fault = redis.RedisError
        self.redis = url and redis.Redis.from_url(url, socket_timeout=PATIENCE_SECONDS,
                                                  socket_connect_timeout=PATIENCE_SECONDS)

    def get(self, key):
        try:
            known = self.redis and self.redis.get(key)
            return json.loads(known) if known else None
        except self.fault as problem:
            print(f"Redis: {problem}", file=sys.stderr)
            return None

    def put(self, key, text):
        try:
            if self.redis:
                self.redis.set(key, json.dumps(text), ex=KEPT_SECONDS)
        except self.fault as problem:
            print(f"Redis: {problem}", file=sys.stderr)


class Writer:
    """The one thread that has the model."""

    def __init__(self, given):
        import torch
        self.sha256 = hashlib.sha256(given.weights.read_bytes()).hexdigest()
        self.settings = {"checkout": given.checkout, "weights": str(given.weights), "patchLength": given.patch_length,
                         "threads": given.threads or torch.get_num_threads(), **sizes(given.weights)}
        self.thread = ThreadPoolExecutor(1)
        self.model, self.patchilizer, self.loaded = self.thread.submit(original.load, self.settings).result()

    def key(self, piece, budget):
        told = json.dumps([self.sha256, self.loaded["versions"], piece, budget], sort_keys=True)
        return "notagen-original:" + hashlib.sha256(told.encode()).hexdigest()

    def write(self, piece, budget):
        """Yields the text of each patch, and then whether the model ended the piece."""
        patches, gone = queue.Queue(), threading.Event()

        def told(text):
            if gone.is_set():
                raise Gone
            patches.put(text)

        def run():
            if gone.is_set():
                return
            patches.put(time.perf_counter())
            try:
                patches.put(original.write(self.model, self.patchilizer, {**self.settings, **piece}, budget, told))
            except Gone:
                pass
            except Exception as problem:
                patches.put(problem)

        self.thread.submit(run)
        try:
            while True:
                news = patches.get()
                if isinstance(news, Exception):
                    raise news
                yield news
                if isinstance(news, dict):
                    return
        finally:
            gone.set()


def application(given, writer, texts):
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse, StreamingResponse
    from pydantic import BaseModel, ConfigDict, Field

    class StreamOptions(BaseModel):
        model_config = ConfigDict(extra="forbid")
        include_usage: bool = False

    class Completion(BaseModel):
        model_config = ConfigDict(extra="forbid")
        prompt: str = Field("%Romantic\n%Chopin, Frederic\n%Keyboard\n", pattern="\n$")
        model: str = given.weights.stem
        seed: int = Field(0, ge=0, lt=1 << 32)
        temperature: float = Field(1.2, gt=0)
        top_p: float = Field(0.9, ge=0, le=1)
        top_k: int = Field(9, ge=0, le=128)
        patches: int = Field(0, ge=0)
        patch_length: int = Field(given.patch_length, ge=8, le=writer.settings["rows"])
        stream: bool = False
        stream_options: StreamOptions = StreamOptions()

    app = FastAPI()

    @app.get("/v1/models")
    def models():
        return {"object": "list", "data": [{
            "id": given.weights.stem, "object": "model", "sha256": writer.sha256, "backend": "pytorch", "device": "cpu",
            "precision": "fp32", "batch": 1, "patch_length": given.patch_length}]}

    @app.post("/v1/completions")
    def completions(request: Completion):
        arrived = time.perf_counter()
        piece = {"seed": request.seed, "topK": request.top_k, "topP": request.top_p, "temperature": request.temperature,
                 "patchLength": request.patch_length, "prompt": request.prompt.splitlines(keepends=True)}
        key = writer.key(piece, request.patches)
        known = texts.get(key)
        identity = {"id": "cmpl-" + key[-12:], "object": "text_completion", "created": int(time.time()),
                    "model": request.model}

        def chunk(text, finish=None):
            return {**identity, "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": finish}]}

        def patches(end):
            """The text of each patch; what is known at the end goes to end."""
            if known:
                yield from known["patches"]
                end.update(ended=known["ended"], patches=known["patches"], timings={})
                return
            written, entered, first = [], 0, 0
            for news in writer.write(piece, request.patches):
                if isinstance(news, float):
                    entered = news
                elif isinstance(news, str):
                    first = first or time.perf_counter()
                    written.append(news)
                    yield news
                else:
                    texts.put(key, {"patches": written, "ended": news["ended"]})
                    end.update(ended=news["ended"], patches=written, timings={
                        "queue_ms": (entered - arrived) * 1e3, "first_patch_ms": (first - entered) * 1e3})

        def usage(end):
            characters = sum(map(len, end["patches"]))
            return {"usage": {"prompt_tokens": len(request.prompt), "completion_tokens": characters,
                              "total_tokens": len(request.prompt) + characters}, "seed": request.seed,
                    "timings": {**end["timings"], "total_ms": (time.perf_counter() - arrived) * 1e3,
                                "patches": len(end["patches"])}}

        def events():
            end = {}
            try:
                for text in patches(end):
                    yield chunk(text)
                yield chunk("", "stop" if end["ended"] else "length")
                if request.stream_options.include_usage:
                    yield {**identity, "choices": [], **usage(end)}
            except Exception as problem:
                yield {"error": {"message": str(problem), "type": "server_error", "param": None, "code": "failed"}}

        headers = {"X-Cache": "hit" if known else "miss" if texts.redis else "bypass"}
        if request.stream:
            return StreamingResponse(stream(events()), media_type="text/event-stream", headers=headers)
        end = {}
        text = "".join(patches(end))
        return JSONResponse({**chunk(text, "stop" if end["ended"] else "length"), **usage(end)}, headers=headers)

    return app


def stream(events):
    """Server-sent events."""
    for event in events:
        yield f"data: {json.dumps(event)}\n\n"
    yield "data: [DONE]\n\n"


def main():
    given = arguments()
    import uvicorn
    listener = socket.create_server((given.host, given.port))
    writer = Writer(given)
    server = uvicorn.Server(uvicorn.Config(application(given, writer, Texts(given.redis)), log_level="warning"))
    print(f"http://{given.host}:{listener.getsockname()[1]}/\nready", flush=True)
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
