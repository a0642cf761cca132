"""Writes tqdm.log: what a program leaves in a file that shows a bar of tqdm and prints dicts. Needs tqdm."""

import contextlib
import io
import pathlib

import tqdm

output = io.StringIO()
with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
    for step in tqdm.tqdm(range(1, 21), mininterval=0, file=output):
        if step % 5 == 0:
            # As Hugging Face's trainer does it without its own way through tqdm.
            print({"loss": 1 / step, "grad_norm": step * 0.25, "learning_rate": 5e-05, "epoch": step / 10})
        if step % 10 == 0:
            tqdm.tqdm.write(str({"eval_loss": 2 / step, "eval_runtime": 1.5, "epoch": step / 10}), file=output)
    print({"train_runtime": 12.5, "train_loss": 0.25, "epoch": 2.0})
pathlib.Path(__file__).with_name("tqdm.log").write_bytes(output.getvalue().encode())
