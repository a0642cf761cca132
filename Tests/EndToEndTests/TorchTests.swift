import Foundation
import Testing

/// Files whose runs PyTorch repeats: graphs, losses, optimizers and schedules of every kind.
///
/// Nothing is shuffled or dropped, since those random numbers differ.
private let files: [(name: String, text: String)] = [
  (
    "spiral",
    """
    data: {source: spiral, points_per_class: 40, split: {val: 0.2, test: 12}, normalize: standard}
    model: {mlp: {hidden: [16]}}
    train: {shuffle: false, epochs: 4, lr: 0.01, weight_decay: 0.01}
    """
  ),
  (
    "graph",
    """
    data: {source: blobs, points_per_class: 30, features: 3, split: {val: 0.2}, normalize: minmax}
    model:
      - {linear: 8, name: a}
      - {linear: 8, name: b, from: input}
      - {max: [a, b], name: m}
      - {elu: 0.5}
      - {residual: [{linear: 8}, {gelu: tanh}, {linear: 8}]}
      - {batch-norm: {momentum: 0.2}, name: n}
      - {linear: 8, name: s}
      - {linear: 8, share: s, name: t}
      - {concat: [n, t]}
      - {linear: classes}
    train:
      shuffle: false
      epochs: 4
      optimizer: {name: sgd, momentum: 0.9, nesterov: true}
      schedule: {name: cosine, warmup: 1}
      clip_norm: 0.5
      l1: 1e-3
      init: kaiming-uniform
    """
  ),
  (
    "one-hot",
    """
    data: {source: circles, points_per_class: 40, split: {val: 0.25}, scale: 2, shift: [1, -1]}
    model: [{prototypes: 8}, {softplus: 2}, {layer-norm: {eps: 1e-4}}, silu, {linear: 1}]
    train:
      shuffle: false
      steps: 9
      loss: bce-with-logits
      optimizer: {name: rmsprop, centered: true, momentum: 0.5}
      schedule: {name: step, step_size: 2, gamma: 0.5}
    """
  ),
  (
    "values",
    """
    data: {source: cubic, points: 50, split: {val: 10}}
    models: {net: {mlp: {hidden: [8, 8], activation: tanh}}}
    train:
      shuffle: false
      epochs: 6
      batch_size: full
      loss: {name: huber, delta: 0.2}
      optimizer: {name: adamw, beta1: 0.8, eps: 1e-6}
      schedule: {name: plateau, patience: 0, threshold: 0.5}
    """
  ),
  (
    "weights",
    """
    data: {source: xor, points_per_class: 30, split: {val: 0.2}, label_noise: 0.1}
    model: [{linear: 16, bias: false}, {leaky-relu: 0.1}, {linear: classes}]
    train:
      shuffle: false
      epochs: 4
      loss: {name: cross-entropy, label_smoothing: 0.1}
      optimizer: {name: adagrad, lr_decay: 0.01}
      lr: 0.05
      schedule: {name: one-cycle, div_factor: 10}
    """
  ),
  (
    "warm-plateau",
    """
    data: {source: moons, points_per_class: 30, split: {val: 0.2}}
    model: [{linear: 8}, {elu, name: e}, {linear: classes}]
    train:
      shuffle: false
      epochs: 8
      optimizer: {name: adam, beta1: 0, beta2: 0.9}
      schedule: {name: plateau, patience: 0, threshold: 0.5, factor: 0.5, warmup: 3}
    """
  ),
  (
    "cycled-momentum",
    """
    data: {source: moons, points_per_class: 30}
    model: [{linear: 8}, tanh, {linear: classes}]
    train: {shuffle: false, epochs: 5, optimizer: sgd, lr: 0.1, schedule: one-cycle}
    """
  ),
  (
    "table",
    """
    data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}, normalize: standard}
    model: [{linear: 8}, sigmoid, {linear: classes}, log-softmax]
    train: {shuffle: false, epochs: 4, loss: nll, init: xavier-normal}
    """
  ),
]

/// Programs for what numbers cannot be compared of: they must run.
private let others = [
  "data: {source: moons, points_per_class: 20, take: 30}\nmodel: {mlp: {hidden: [4], dropout: 0.2}}",
  "data: {source: linear, points: 20, features: 2}\nmodel: [{linear: 1}]\ntrain: {loss: l1}",
  "data: {source: cloud, points: 20}\nmodel: [{linear: 3}]\ntrain: {epochs: 0}",
]

@Suite(.serialized) struct TorchTests {
  private func place(_ text: String) throws -> Workplace {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write("e.yaml", text + "\n")
    return place
  }

  @Test(arguments: files.indices) func aProgramIsPrintedWithItsStart(_ index: Int) throws {
    let place = try place(files[index].text)
    let outcome = try place.labbook("torch", "e.yaml", "--start", "start")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("def make_network():"))
    #expect(place.exists("start/data.safetensors") && place.exists("start/weights.safetensors"))
    #expect(!place.exists("labbook.sqlite"))
  }

  @Test func anUnknownModelIsNamed() throws {
    let place = try place(files[3].text)
    let outcome = try place.labbook("torch", "e.yaml", "--model", "nett")
    #expect(outcome.status == 2 && outcome.errors.contains("Did you mean 'net'?"))
  }

  /// Runs programs in one Python, which takes seconds to load torch; each writes its output beside it.
  private static let runner = """
    import contextlib, runpy, sys
    for line in open("programs.txt"):
        program, *arguments = line.split()
        sys.argv = [program] + arguments
        with open(program + ".out", "w") as file, contextlib.redirect_stdout(file):
            runpy.run_path(program, run_name="__main__")
    """

  /// Both compute in single precision in another order; over some dozen updates 1e-3 is enough room
  /// and far less than what a wrong setting does.
  @Test(.enabled(if: Python.has("torch, safetensors"), "needs PyPI's torch (LABBOOK_PYTHON)"))
  func torchTrainsTheSame() throws {
    let place = try place("")
    var list = ""
    for (name, text) in files {
      try place.write("\(name).yaml", text + "\n")
      let run = try place.labbook("run", "\(name).yaml")
      try #require(run.status == 0, "\(run.errors)")
      let program = try place.labbook("torch", "\(name).yaml", "--start", "start-\(name)")
      try place.write("\(name).py", program.output)
      let start = "start-\(name)/"
      list += "\(name).py --data \(start)data.safetensors --init \(start)weights.safetensors\n"
    }
    try place.write("programs.txt", list)
    let result = try Python.run(["-c", Self.runner], in: place)
    try #require(result.status == 0, "\(result.errors)")
    let store = try StoreReader(place.store)
    for (name, _) in files { try compare(try place.read("\(name).py.out"), name, store) }
  }

  private func compare(_ output: String, _ name: String, _ store: StoreReader) throws {
    let lines = output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let points =
      "FROM metric_points JOIN run_table USING (run) WHERE experiment = '\(name)' AND metric_points.epoch"
    var compared = 0
    for line in lines.dropFirst() {
      for (metric, text) in zip(lines[0], line).dropFirst() {
        let ours = try store.number(
          "SELECT value \(points) = \(line[0]) "
            + "AND metric = '\(metric)'")
        let theirs = Double(text) ?? .nan
        let difference = abs((ours ?? .nan) - theirs)
        #expect(
          difference < 1e-3 * max(1, abs(theirs)),
          "\(name) \(metric) at \(line[0]): \(ours ?? .nan), torch \(theirs)")
        compared += 1
      }
    }
    let count = try store.number(
      "SELECT count(*) \(points) > 0 "
        + "AND metric GLOB '*/*' AND metric NOT GLOB 'time/*' AND metric != 'train/objective'")
    #expect(compared > 0 && Double(compared) == count)
  }

  @Test(.enabled(if: Python.has("torch"), "needs PyPI's torch (LABBOOK_PYTHON)"))
  func programsMakeTheirOwnData() throws {
    let place = try place("")
    var list = ""
    for (index, text) in (files.map(\.text) + others).enumerated() {
      try place.write("e.yaml", text + "\n")
      let program = try place.labbook("torch", "e.yaml")
      try #require(program.status == 0, "\(program.errors)")
      try place.write("p\(index).py", program.output)
      list += "p\(index).py\n"
    }
    try place.write("programs.txt", list)
    let result = try Python.run(["-c", Self.runner], in: place)
    #expect(result.status == 0, "\(result.errors)")
  }
}
