"""Drives a checkout of the original NotaGen, for the peer command and for a service of it; imports its inference/utils.py,
copies none of it. As a program:

Standard input: one JSON object with what to load and write, then one line with a budget of patches for each piece to
write. Standard output: one JSON object a line, {"event": "missing" | "fault" | "ready" | "piece", ...}. Everything that
the checkout prints goes to standard error. Ends when standard input does.
"""
import importlib.util
import json
import os
import queue
import sys
import threading
import time

PATCH_SIZE, PAD, BOS, EOS = 16, 0, 1, 2
BODY_START = [ord(c) for c in "[r:0/"]
LONGEST_TEXT = 102400
NEEDED = ["numpy", "torch", "transformers", "tokenizers", "samplings"]

answers = sys.stdout
requests = queue.Queue()


def answer(event, **values):
    answers.write(json.dumps({"event": event, **values}) + "\n")
    answers.flush()


def listen():
    """Queues the requests; the end of input ends the process, also in the middle of a piece."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def missing():
    """What the original needs and this Python lacks."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def load(settings):
    """Builds the original's model on the checkpoint, with the window and the sizes that were asked for."""
    started = time.perf_counter()
    sys.path.insert(0, os.path.join(settings["checkout"], "inference"))
    import config
    config.PATCH_LENGTH = settings["patchLength"]
    config.PATCH_NUM_LAYERS = settings["patchLayers"]
    config.CHAR_NUM_LAYERS = settings["charLayers"]
    config.HIDDEN_SIZE = settings["hidden"]
    import numpy
    import torch
    import transformers
    import utils
    torch.set_num_threads(settings["threads"])
    imported = time.perf_counter()
    heads = settings["hidden"] // 64
    # The position table keeps the rows of the checkpoint; the original has one number for rows and window.
    patches = transformers.GPT2Config(num_hidden_layers=settings["patchLayers"], max_length=settings["rows"],
                                      max_position_embeddings=settings["rows"], n_embd=settings["hidden"],
                                      num_attention_heads=heads, vocab_size=1)
    chars = transformers.GPT2Config(num_hidden_layers=settings["charLayers"], max_length=PATCH_SIZE + 1,
                                    max_position_embeddings=PATCH_SIZE + 1, hidden_size=settings["hidden"],
                                    num_attention_heads=heads, vocab_size=128)
    model = utils.NotaGenLMHeadModel(encoder_config=patches, decoder_config=chars)
    model.load_state_dict(torch.load(settings["weights"], map_location="cpu")["model"])
    model.eval()
    return model, utils.Patchilizer(), {
        "importSeconds": imported - started, "loadSeconds": time.perf_counter() - imported,
        "threads": torch.get_num_threads(),
        "versions": {"python": sys.version.split()[0], "numpy": numpy.__version__, "torch": torch.__version__,
                     "transformers": transformers.__version__}}


class LostText(Exception):
    """encode_generate drops the unfinished last line where it ends in a barline, and empty lines."""


def cut(patchilizer, text, window, kept):
    """The context that a stream cut leaves, as flat ids, and the lines that it keeps; None where nothing can go.

    As inference.py does it, but where that loses text: an empty piece behind the last newline is not a line, and of a slice
    that does not fit the window the oldest lines go, not the newest.
    """
    lines = text.splitlines(keepends=True)
    first = next((i for i, line in enumerate(lines) if line.startswith(("[r:", "[V:"))), len(lines))
    head, body = lines[:first], lines[first:]
    if len(body) <= 1:
        return None, kept
    kept = kept or len(body) // 2

    def encode(count):
        part = "".join(head + body[-count:])
        patches = patchilizer.encode_generate(part, patch_length=sys.maxsize)
        if patchilizer.decode(patches[1:]) != part:
            raise LostText
        return patches

    count = min(kept, len(body))
    patches = encode(count)
    if len(patches) >= window:
        while count > 1 and len(patches) > window * 3 // 4:
            count -= 1
            patches = encode(count)
    return (None if len(patches) >= window else [i for patch in patches for i in patch]), kept


def write(model, patchilizer, settings, budget, told=lambda text: None):
    """One piece: every patch by the original's own generate, in the loop of inference.py; told hears the text of each.

    Random numbers are numpy's, of which a process has one stream: one piece at a time.
    """
    import numpy
    import torch
    numpy.random.seed(settings["seed"])
    sampling = {"top_k": settings["topK"], "top_p": settings["topP"], "temperature": settings["temperature"]}
    window = settings["patchLength"]

    def generate(ids):
        return model.generate(torch.tensor(ids).reshape(1, 1, -1), **sampling)

    text = "".join(settings["prompt"])
    context = [BOS] * (PATCH_SIZE - 1) + [EOS]
    for patch in patchilizer.patchilize_metadata(settings["prompt"]):
        context += [ord(c) for c in patch] + [PAD] * (PATCH_SIZE - len(patch))
    in_body, kept, written, cuts, ended, full = False, None, 0, 0, False, False
    while True:
        patch = generate(context)
        if not in_body and patchilizer.decode([patch]).startswith("[r:"):
            in_body = True
            patch = BODY_START + generate(context + BODY_START)
        written += 1
        if patch[:2] == [BOS, EOS]:
            ended = True
            told("")
            break
        text += patchilizer.decode([patch])
        told(patchilizer.decode([patch]))
        end = patch.index(EOS) + 1 if EOS in patch else len(patch)
        context = context + patch[:end] + [PAD] * (len(patch) - end)
        if len(text) > LONGEST_TEXT or written == budget:
            break
        if len(context) >= window * PATCH_SIZE:
            try:
                context, kept = cut(patchilizer, text, window, kept)
            except LostText:
                raise LostText(f"after {written} patches its encoding loses text at a stream cut; choose another seed or"
                               f" -p patches={written}")
            cuts += 1
            if context is None:
                full = True
                break
    return {"text": text, "patches": written, "cuts": cuts, "ended": ended, "contextFull": full}


def main():
    global answers
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    threading.Thread(target=listen, daemon=True).start()
    settings = json.loads(requests.get())
    if missing():
        answer("missing", packages=missing())
        return
    try:
        model, patchilizer, loaded = load(settings)
        answer("ready", **loaded)
        while True:
            budget = int(requests.get())
            started = time.perf_counter()
            piece = write(model, patchilizer, settings, budget)
            answer("piece", **piece, seconds=time.perf_counter() - started)
    except LostText as problem:
        answer("fault", reason=str(problem))
    except BaseException as problem:
        answer("fault", reason=" ".join(f"{type(problem).__name__}: {problem}".split())[:400])


if __name__ == "__main__":
    main()
