import Datasets
import Experiments
import NeuralNet
import Runs
import Tracking

/// Puts the parts of a PyTorch program together.
struct TorchText {
  let configuration: NetworkRun
  let objective: Objective
  let data: PreparedData
  let training: TorchTraining

  private var shape: DataShape { data.shape }
  private var train: TrainConfiguration { configuration.train }
  private var isTrained: Bool { train.loss != nil }
  private var names: TorchNames { training.names }

  func text() throws(LabbookError) -> String {
    let source = try source()
    let preparation = TorchPreparation(
      configuration: configuration.data, data: data, hasOwnTest: source.hasOwnTest)
    let network = try TorchNetwork(configuration.layers, input: Shape(shape.featureShape))
    var blocks = [
      source.code, preparation.code, Self.readParts, try network.code(),
    ]
    if let code = names.code { blocks.append(code) }
    if let code = training.initialization() { blocks.append(code) }
    if isTrained {
      if let augmentation = configuration.data.augmentation { blocks.append(augmentation.torch) }
      if let code = try training.rateFunction() { blocks.append(code) }
      blocks.append(try evaluation())
    }
    blocks.append(try main())
    blocks.append("if __name__ == \"__main__\":\n    main()")
    let body = blocks.joined(separator: "\n\n\n") + "\n"
    return heading(source, of: body) + "\n\n\n" + body
  }

  private func source() throws(LabbookError) -> TorchSource {
    let chosen = configuration.data.source
    do throws(DataError) {
      let source = try Sources.named(chosen.name)
      do throws(MissingForm) { return try source.torch(chosen, data) } catch {
        throw DataError("PyTorch has nothing for the data source '\(chosen.name)': \(error.reason)")
      }
    } catch { throw .input(error.text, hint: error.hint) }
  }

  /// The description and the imports that the rest of the program needs.
  private func heading(_ source: TorchSource, of body: String) -> String {
    let title = configuration.modelName.filter { $0 != "\\" && $0 != "\"" && !$0.isNewline }
    let own = ["argparse"] + source.imports + (body.contains("math.") ? ["math"] : [])
    var imports = own.sorted().map { "import \($0)" }
    if body.contains("OrderedDict(") { imports.append("from collections import OrderedDict") }
    imports += ["", "import numpy as np", "import torch", "from torch import nn"]
    return """
      \"""The model "\(title)" on the data of "\(configuration.data.source.name)".

      Random numbers are NumPy's and PyTorch's own; --data and --init take Labbook's rows and first
      weights instead. Prints the metrics of every epoch as CSV.
      \"""

      \(imports.joined(separator: "\n"))
      """
  }

  private static let readParts = """
    def read_parts(path):
        \"""Parts that Labbook has written.\"""
        from safetensors.torch import load_file

        tensors = load_file(path)
        names = [name for name in ("train", "val", "test") if name + ".x" in tensors]
        return {name: (tensors[name + ".x"], tensors.get(name + ".y")) for name in names}
    """

  private var hasClasses: Bool { shape.classes != nil }

  private func evaluation() throws(LabbookError) -> String {
    let correct = hasClasses ? "(\(training.decision) == y).sum().item()" : nil
    var lines = [
      "network.eval()", "with torch.no_grad():", "    outputs = network(x)",
      "    loss = loss_function(outputs, \(try training.targets("y"))).item()",
    ]
    lines.append("    return loss" + (correct.map { ", \($0) / len(x)" } ?? ","))
    return """
      def evaluate(network, loss_function, x, y):
          \"""Loss\(hasClasses ? " and accuracy" : "") of a part, in inference mode.\"""
      \(PythonText.indented(lines.joined(separator: "\n")))
      """
  }

  private func main() throws(LabbookError) -> String {
    let targetType = hasClasses ? "torch.int64" : "torch.float32"
    let target = hasClasses ? "" : ".reshape(len(x), -1)"
    var lines = [
      "parser = argparse.ArgumentParser()",
      "parser.add_argument(\"--data\", help=\"rows that Labbook has written\")",
      "parser.add_argument(\"--init\", help=\"first weights that Labbook has written\")",
      "options = parser.parse_args()", "",
      "torch.manual_seed(\(train.seed))",
      "rng = np.random.default_rng(\(abs(configuration.data.seed)))",
      "parts = read_parts(options.data) if options.data else make_parts(rng)",
      "parts = {",
      "    name: (",
      "        torch.as_tensor(x, dtype=torch.float32),",
      "        None if y is None else torch.as_tensor(y).to(\(targetType)),",
      "    )",
      "    for name, (x, y) in parts.items()",
      "}",
    ]
    if isTrained, !hasClasses {
      lines.append(
        "parts = {name: (x, y\(target)) for name, (x, y) in parts.items()}")
    }
    lines += ["network = make_network()"]
    if training.initialization() != nil { lines.append("initialize(network)") }
    lines += firstWeights
    lines.append("")
    lines += isTrained ? try loop() : ["print(network(parts[\"train\"][0]))"]
    return "def main():\n" + PythonText.indented(lines.joined(separator: "\n"))
  }

  private var firstWeights: [String] {
    let load = [
      "from safetensors.torch import load_file", "",
    ]
    func loaded(_ path: String) -> String {
      let weights = "load_file(\(path))"
      return "network.load_state_dict(\(names.code == nil ? weights : "renamed(\(weights))"))"
    }
    if let path = Initializers.path(train.initializer) {
      return load + [loaded("options.init or \(PythonText.quoted(path))")]
    }
    return ["if options.init:"]
      + (load + [loaded("options.init")]).map { PythonText.indented($0) }
  }

  // MARK: The loop

  private func loop() throws(LabbookError) -> [String] {
    guard isTrained else { return [] }
    let others = [("val", shape.valRows), ("test", shape.testRows)].filter { $0.1 > 0 }.map(\.0)
    let measured = hasClasses ? ["loss", "accuracy"] : ["loss"]
    let columns =
      ["epoch"] + (["train"] + others).flatMap { part in measured.map { "\(part)/\($0)" } }
    var lines = [
      "loss_function = \(try training.lossCall())",
      "optimizer = \(try training.optimizer())",
    ]
    let scheduler = try training.scheduler()
    if let warm = try training.warmPlateau() { lines.append("rates = \(warm.rates)") }
    if let scheduler { lines.append("scheduler = \(scheduler.code)") }
    lines += [
      "x, y = parts[\"train\"]", "updates = 0",
    ]
    if train.earlyStopping != nil { lines.append("best, best_epoch = None, 0") }
    if train.shuffle == .once { lines.append("order = torch.randperm(len(x))") }
    if train.shuffle == .never { lines.append("order = torch.arange(len(x))") }
    lines.append("print(\"\(columns.joined(separator: ","))\")")
    lines.append(epochLine)
    lines.append(PythonText.indented(try epoch(others, scheduler).joined(separator: "\n")))
    return lines
  }

  private var epochs: Int {
    switch train.duration {
    case .epochs(let epochs): epochs
    case .steps(let steps): (steps + training.updatesPerEpoch - 1) / training.updatesPerEpoch
    }
  }

  private var epochLine: String { "for epoch in range(1, \(epochs + 1)):" }

  private func epoch(
    _ others: [String], _ scheduler: (code: String, watchesEpochs: Bool)?
  ) throws(LabbookError) -> [String] {
    var lines = ["network.train()"]
    if train.shuffle == .everyEpoch { lines.append("order = torch.randperm(len(x))") }
    lines.append("total, \(hasClasses ? "correct, " : "")seen = 0.0, \(hasClasses ? "0, " : "")0")
    let batch = configuration.length(trainRows: shape.trainRows).batchRows
    lines.append("for rows in order.split(\(batch)):")
    lines.append(PythonText.indented(try update(scheduler).joined(separator: "\n")))
    lines.append("metrics = {\"train/loss\": total / seen}")
    if hasClasses { lines.append("metrics[\"train/accuracy\"] = correct / seen") }
    for part in others {
      let names = hasClasses ? "loss, accuracy" : "loss,"
      lines.append("\(names) = evaluate(network, loss_function, *parts[\"\(part)\"])")
      lines.append("metrics[\"\(part)/loss\"] = loss")
      if hasClasses { lines.append("metrics[\"\(part)/accuracy\"] = accuracy") }
    }
    lines.append("print(epoch, *metrics.values(), sep=\",\")")
    lines += ending(scheduler)
    return lines
  }

  private func ending(_ scheduler: (code: String, watchesEpochs: Bool)?) -> [String] {
    let objective = "metrics[\(PythonText.quoted(self.objective.metric.name))]"
    var lines: [String] = []
    if let scheduler, scheduler.watchesEpochs { lines.append("scheduler.step(\(objective))") }
    if let patience = train.earlyStopping?.patience {
      let sign = self.objective.direction == .minimize ? "<" : ">"
      lines += [
        "if best is None or \(objective) \(sign) best:",
        "    best, best_epoch = \(objective), epoch",
        "if epoch - best_epoch >= \(patience):", "    break",
      ]
    }
    return lines
  }

  private func update(
    _ scheduler: (code: String, watchesEpochs: Bool)?
  ) throws(LabbookError) -> [String] {
    var lines: [String] = []
    if case .steps(let steps) = train.duration, steps % training.updatesPerEpoch != 0 {
      lines += ["if updates == \(steps):", "    break"]
    }
    if let warm = try training.warmPlateau() { lines.append("rate = \(warm.rate)") }
    let own = try training.warmPlateau() == nil ? nil : "rate"
    if let rate = try training.rateFunction() == nil ? own : "rate(updates, epoch)" {
      lines += ["for group in optimizer.param_groups:", "    group[\"lr\"] = \(rate)"]
    }
    lines += [
      "outputs = network(\(configuration.data.augmentation == nil ? "x[rows]" : "augment(x[rows])"))",
      "loss = loss_function(outputs, \(try training.targets("y[rows]")))",
      "optimizer.zero_grad()", "loss.backward()",
    ]
    if let norm = train.clipNorm {
      lines.append("nn.utils.clip_grad_norm_(network.parameters(), \(PythonText.number(norm)))")
    }
    if train.l1 > 0 {
      lines += [
        "for weight in network.parameters():",
        "    weight.grad.add_(weight.detach().sign(), alpha=\(PythonText.number(train.l1)))",
      ]
    }
    lines.append("optimizer.step()")
    if let scheduler, !scheduler.watchesEpochs {
      lines += ["if updates + 1 < \(training.totalUpdates):", "    scheduler.step()"]
    }
    lines += ["updates += 1", "total += loss.item() * len(rows)", "seen += len(rows)"]
    if hasClasses {
      lines.append("correct += (\(training.decision) == y[rows]).sum().item()")
    }
    return lines
  }
}
