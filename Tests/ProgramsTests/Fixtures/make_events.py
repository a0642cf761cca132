"""Writes events/: event files of TensorBoard by tensorboardX and by TensorBoard's own messages, and
events.json with what is in them. Needs tensorboardX, tensorboard and NumPy.
"""

import json
import os
import pathlib
import shutil
import struct

import numpy
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboardX import SummaryWriter

here = pathlib.Path(__file__).parent / "events"
shutil.rmtree(here, ignore_errors=True)
(here / "train").mkdir(parents=True)
expected = []


def expect(name, step, seconds, value):
    expected.append([name, step, round(seconds * 1000), repr(float(value))])


# simple_value, among what is no number.
writer = SummaryWriter(str(here / "train"), flush_secs=1)
for step in range(5):
    seconds = 1_700_000_000.125 + step
    writer.add_scalar("loss", 1 / (step + 1), step * 10, walltime=seconds)
    expect("train/loss", step * 10, seconds, numpy.float32(1 / (step + 1)))
writer.add_scalar("bad", float("nan"), 3, walltime=seconds)
expect("train/bad", 3, seconds, float("nan"))
writer.add_histogram("weights", numpy.arange(10.0), 3, walltime=seconds)
writer.add_text("note", "a text", 3, walltime=seconds)
writer.add_scalar("loss", 0.5, 5_000_000_000, walltime=seconds)
expect("train/loss", 5_000_000_000, seconds, 0.5)
writer.close()
[made] = (here / "train").iterdir()
os.rename(made, here / "train" / "events.out.tfevents.1.host")


def event(step, tag, tensor=None, **summary):
    value = summary_pb2.Summary.Value(tag=tag, tensor=tensor, **summary)
    return event_pb2.Event(wall_time=1_700_000_100.5, step=step, summary=summary_pb2.Summary(value=[value]))


def write(name, events):
    with open(here / name, "wb") as file:
        records = RecordWriter(file)
        for item in events:
            records.write(item.SerializeToString())
        records.flush()


# Tensors: in fields of their type, and as bytes.
events = [event_pb2.Event(wall_time=1_700_000_100.5, file_version="brain.Event:2")]
T = types_pb2
scalar = tensor_shape_pb2.TensorShapeProto()
one = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=1)])
two = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=2)])


def add(tag, value, shape=scalar, **fields):
    step = len(events)
    events.append(event(step, tag, tensor_pb2.TensorProto(tensor_shape=shape, **fields)))
    if value is not None:
        expect(tag, step, 1_700_000_100.5, value)


half = int(numpy.float16(0.1).view(numpy.uint16))
brain = struct.unpack("<I", struct.pack("<f", -0.75))[0] >> 16
add("float_val", numpy.float32(0.1), dtype=T.DT_FLOAT, float_val=[0.1])
add("double_val", 0.1, dtype=T.DT_DOUBLE, double_val=[0.1])
add("int_val", -7, dtype=T.DT_INT32, int_val=[-7])
add("int64_val", -(2**40), dtype=T.DT_INT64, int64_val=[-(2**40)])
add("bool_val", 1, dtype=T.DT_BOOL, bool_val=[True])
add("uint32_val", 2**32 - 1, dtype=T.DT_UINT32, uint32_val=[2**32 - 1])
add("uint64_val", 2**63, dtype=T.DT_UINT64, uint64_val=[2**63])
add("half_val", numpy.float16(0.1), dtype=T.DT_HALF, half_val=[half])
add("bfloat_val", -0.75, dtype=T.DT_BFLOAT16, half_val=[brain])
for name, kind, number in [
    ("float", T.DT_FLOAT, numpy.float32(-0.3)), ("double", T.DT_DOUBLE, numpy.float64(1e-300)),
    ("int32", T.DT_INT32, numpy.int32(-5)), ("uint8", T.DT_UINT8, numpy.uint8(250)),
    ("int16", T.DT_INT16, numpy.int16(-300)), ("int8", T.DT_INT8, numpy.int8(-3)),
    ("int64", T.DT_INT64, numpy.int64(2**50)), ("uint16", T.DT_UINT16, numpy.uint16(65535)),
    ("uint32", T.DT_UINT32, numpy.uint32(2**31)), ("uint64", T.DT_UINT64, numpy.uint64(2**60)),
    ("half", T.DT_HALF, numpy.float16(6e-8)), ("half_inf", T.DT_HALF, numpy.float16(numpy.inf)),
]:
    add("content_" + name, number, dtype=kind, tensor_content=number.tobytes())
add("content_one", numpy.float32(2), shape=one, dtype=T.DT_FLOAT, tensor_content=numpy.float32(2).tobytes())
add("several", None, shape=two, dtype=T.DT_FLOAT, float_val=[1, 2])
add("several_content", None, shape=two, dtype=T.DT_FLOAT, tensor_content=numpy.float32([1, 2]).tobytes())
add("text", None, dtype=T.DT_STRING, string_val=[b"a"])
# A description without a value, as of hyperparameters.
events.append(event(99, "described", metadata=summary_pb2.SummaryMetadata(display_name="x")))
write("events.out.tfevents.2.host", events)
# A second file of the folder goes on, and back.
write("events.out.tfevents.3.host", [event(2, "float_val", simple_value=0.25), event(1, "double_val", simple_value=8.0)])
expect("float_val", 2, 1_700_000_100.5, 0.25)
expect("double_val", 1, 1_700_000_100.5, 8.0)
# The last of one metric and step counts.
seen = {(name, step): [name, step, time, value] for name, step, time, value in expected}
(here.parent / "events.json").write_text(json.dumps(list(seen.values()), indent=0).replace(",\n", ", ") + "\n")
