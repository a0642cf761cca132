import Datasets
import Experiments
import Foundation
import NeuralNet
import Tracking

/// Loss, optimizer, schedule and first weights as Python code: a case a kind.
struct TorchTraining {
  let configuration: RunConfiguration
  let shape: DataShape
  let graph: Graph

  private var train: TrainConfiguration { configuration.train }
  var updatesPerEpoch: Int {
    let batch = max(1, train.batchSize.count(of: shape.trainRows))
    return max(1, (shape.trainRows + batch - 1) / batch)
  }
  var totalUpdates: Int {
    switch train.duration {
    case .steps(let steps): steps
    case .epochs(let epochs): epochs * updatesPerEpoch
    }
  }

  // MARK: Loss

  /// Whether the loss takes classes as they are; others take one-hot rows.
  var takesClasses: Bool { ["cross-entropy", "nll"].contains(train.loss?.name ?? "") }
  /// Whether a single output speaks for the second of two classes.
  var isSingle: Bool { !takesClasses && shape.classes == 2 && graph.output.count == 1 }

  func loss(_ chosen: Chosen) throws(LabbookError) -> String {
    switch chosen.name {
    case "cross-entropy":
      var arguments: [String] = []
      if let weights = chosen.list("class_weights") {
        arguments.append(
          "weight=torch.tensor(\(PythonText.value(.list(weights))), dtype=torch.float32)")
      }
      let smoothing = chosen.values["label_smoothing"]?.asNumber ?? 0
      if smoothing > 0 { arguments.append("label_smoothing=\(PythonText.number(smoothing))") }
      return PythonText.call("nn.CrossEntropyLoss", arguments)
    case "nll": return "nn.NLLLoss()"
    case "mse": return "nn.MSELoss()"
    case "l1": return "nn.L1Loss()"
    case "huber": return "nn.HuberLoss(delta=\(PythonText.number(chosen.number("delta"))))"
    case "bce": return "nn.BCELoss()"
    case "bce-with-logits": return "nn.BCEWithLogitsLoss()"
    default: throw .input("the loss '\(chosen.name)' cannot be written for PyTorch")
    }
  }

  /// The class of each row of outputs.
  var decision: String {
    guard isSingle else { return "outputs.argmax(1)" }
    return "(outputs[:, 0] > \(train.loss?.name == "bce-with-logits" ? "0" : "0.5")).long()"
  }

  /// The targets of a batch as the loss takes them.
  func targets(_ y: String) -> String {
    guard let classes = shape.classes, !takesClasses else { return y }
    return isSingle ? "\(y)[:, None].float()" : "nn.functional.one_hot(\(y), \(classes)).float()"
  }

  // MARK: Optimizer

  func optimizer() throws(LabbookError) -> String {
    let chosen = train.optimizer
    func number(_ key: String) -> String { PythonText.number(chosen.number(key)) }
    var arguments = ["network.parameters()", "lr=\(PythonText.number(train.learningRate))"]
    if train.weightDecay > 0 || chosen.name == "adamw" {
      arguments.append("weight_decay=\(PythonText.number(train.weightDecay))")
    }
    func add(_ key: String, unless standard: Double) {
      if chosen.number(key) != standard { arguments.append("\(key)=\(number(key))") }
    }
    switch chosen.name {
    case "sgd":
      add("momentum", unless: 0)
      add("dampening", unless: 0)
      if chosen.flag("nesterov") { arguments.append("nesterov=True") }
      return PythonText.call("torch.optim.SGD", arguments)
    case "adam", "adamw":
      if chosen.number("beta1") != 0.9 || chosen.number("beta2") != 0.999 {
        let betas = ["beta1", "beta2"].map { PythonText.float(chosen.number($0)) }
        arguments.append("betas=(\(betas.joined(separator: ", ")))")
      }
      add("eps", unless: 1e-8)
      return PythonText.call("torch.optim.\(chosen.name == "adam" ? "Adam" : "AdamW")", arguments)
    case "rmsprop":
      add("alpha", unless: 0.99)
      add("eps", unless: 1e-8)
      add("momentum", unless: 0)
      if chosen.flag("centered") { arguments.append("centered=True") }
      return PythonText.call("torch.optim.RMSprop", arguments)
    case "adagrad":
      add("lr_decay", unless: 0)
      add("initial_accumulator_value", unless: 0)
      add("eps", unless: 1e-10)
      return PythonText.call("torch.optim.Adagrad", arguments)
    default: throw .input("the optimizer '\(chosen.name)' cannot be written for PyTorch")
    }
  }

  /// Whether one-cycle has a momentum to move; one of 0 counts.
  private var hasMomentum: Bool {
    train.optimizer.values["beta1"] != nil || train.optimizer.values["momentum"] != nil
  }

  // MARK: Schedule

  private var warmup: Int {
    let epochs = train.schedule.values["warmup"]?.asNumber ?? 0
    return min(Int((epochs * Double(updatesPerEpoch)).rounded()), totalUpdates)
  }

  /// The function `rate(update, epoch)`; `nil` where the rate is constant or a class of PyTorch's
  /// sets it.
  func rateFunction() throws(LabbookError) -> String? {
    let chosen = train.schedule
    let rate = PythonText.number(train.learningRate)
    var lines: [String] = []
    if warmup > 0 {
      lines += ["if update < \(warmup):", "    return \(rate) * (update + 1) / \(warmup)"]
    }
    let done = "progress = (update - \(warmup)) / \(max(1, totalUpdates - warmup))"
    func number(_ key: String) -> String { PythonText.number(chosen.number(key)) }
    switch chosen.name {
    case "constant":
      if warmup == 0 { return nil }
      lines.append("return \(rate)")
    case "step":
      lines.append("return \(rate) * \(number("gamma")) ** ((epoch - 1) // \(number("step_size")))")
    case "exponential": lines.append("return \(rate) * \(number("gamma")) ** (epoch - 1)")
    case "cosine":
      let least = number("min_lr")
      lines += [
        done, "return \(least) + (\(rate) - \(least)) * (1 + math.cos(math.pi * progress)) / 2",
      ]
    case "linear": lines += [done, "return \(rate) + (\(number("end_lr")) - \(rate)) * progress"]
    case "one-cycle", "plateau": return nil
    default: throw .input("the schedule '\(chosen.name)' cannot be written for PyTorch")
    }
    return """
      def rate(update, epoch):
          \"""The learning rate of an update, counted from 0, in an epoch, counted from 1.\"""
      \(PythonText.indented(lines.joined(separator: "\n")))
      """
  }

  /// An optimizer that plateau lowers the rate of while the network's own is still warming up, and
  /// what the network's rate is; `nil` where there is no such warm-up.
  var warmPlateau: (rates: String, rate: String)? {
    guard train.schedule.name == "plateau", warmup > 0 else { return nil }
    let rate = PythonText.number(train.learningRate)
    return (
      "torch.optim.SGD([torch.zeros(1)], lr=\(rate))",
      "\(rate) * (updates + 1) / \(warmup) if updates < \(warmup)"
        + " else rates.param_groups[0][\"lr\"]"
    )
  }

  /// The class of PyTorch's that sets the rate, and whether it looks at the objective of epochs.
  var scheduler: (code: String, watchesEpochs: Bool)? {
    let chosen = train.schedule
    let names = (Schedules.all.first { $0.name == chosen.name }?.settings ?? []).map(\.name)
    func arguments(_ left: Set<String>) -> [String] {
      names.filter { !left.contains($0) }.map {
        "\($0)=\(PythonText.value(chosen.values[$0] ?? .off))"
      }
    }
    switch chosen.name {
    case "one-cycle":
      var all = ["optimizer", "max_lr=\(PythonText.number(train.learningRate))"]
      all.append("total_steps=\(totalUpdates)")
      all += arguments(hasMomentum ? [] : ["cycle_momentum", "base_momentum", "max_momentum"])
      if !hasMomentum { all.append("cycle_momentum=False") }
      return (PythonText.call("torch.optim.lr_scheduler.OneCycleLR", all), false)
    case "plateau":
      let mode = configuration.objective.direction == .minimize ? "min" : "max"
      let lowered = warmPlateau == nil ? "optimizer" : "rates"
      let all = [lowered, "mode=\"\(mode)\""] + arguments(["warmup"])
      return (PythonText.call("torch.optim.lr_scheduler.ReduceLROnPlateau", all), true)
    default: return nil
    }
  }

  // MARK: First weights

  /// What the program calls the parameters.
  var names: TorchNames { TorchNames(configuration.layers, graph) }

  /// The function `initialize(network)`; `nil` where PyTorch's own first weights are meant.
  func initialization() throws(LabbookError) -> String? {
    let name = train.initializer.name
    if name == "default" || name == "file" { return nil }
    var lines: [String] = []
    for parameter in graph.parameters where parameter.initial == nil {
      let name = names.name(of: parameter.name)
      let target = "network.get_parameter(\(PythonText.quoted(name)))"
      lines.append(parameter.isBias ? "nn.init.zeros_(\(target))" : try fill(target, parameter))
    }
    return "def initialize(network):\n    \"\"\"First weights: \(name).\"\"\"\n"
      + PythonText.indented(lines.joined(separator: "\n"))
  }

  private func fill(_ target: String, _ parameter: ParameterTensor) throws(LabbookError) -> String {
    let chosen = train.initializer
    let (inputs, outputs) = (Double(parameter.fanIn), Double(parameter.fanOut))
    func uniform(_ bound: Double) -> String {
      let text = PythonText.number(bound)
      return "nn.init.uniform_(\(target), -\(text), \(text))"
    }
    func normal(_ deviation: Double) -> String {
      "nn.init.normal_(\(target), 0, \(PythonText.number(deviation)))"
    }
    switch chosen.name {
    case "kaiming-uniform": return uniform(parameter.gain * (3 / inputs).squareRoot())
    case "kaiming-normal": return normal(parameter.gain / inputs.squareRoot())
    case "xavier-uniform": return uniform((6 / (inputs + outputs)).squareRoot())
    case "xavier-normal": return normal((2 / (inputs + outputs)).squareRoot())
    case "normal": return normal(chosen.number("std"))
    case "uniform": return uniform(chosen.number("bound"))
    case "zeros": return "nn.init.zeros_(\(target))"
    case "identity":
      return "nn.init.\(parameter.shape.sizes.count == 2 ? "eye_" : "dirac_")(\(target))"
    default: throw .input("the init '\(chosen.name)' cannot be written for PyTorch")
    }
  }
}
