import Datasets
import Experiments
import NeuralNet
import Runs
import Tracking

/// Loss, optimizer, schedule and first weights as Python code, of what each kind says of itself.
struct TorchTraining {
  let configuration: NetworkRun
  let objective: Objective
  let shape: DataShape
  let graph: Graph

  private var train: TrainConfiguration { configuration.train }
  private var length: RunLength { configuration.length(trainRows: shape.trainRows) }
  var updatesPerEpoch: Int { max(1, length.updatesPerEpoch) }
  var totalUpdates: Int { length.updates }

  // MARK: Loss

  /// What the loss and its outputs are; a network that is not trained has none.
  private func loss() throws(LabbookError) -> any Loss {
    guard let chosen = train.loss, let loss = Losses.loss(chosen) else {
      throw .input("there is no loss '\(train.loss?.name ?? "none")'")
    }
    return loss
  }

  func lossCall() throws(LabbookError) -> String {
    let loss = try loss()
    do throws(MissingForm) { return try loss.torch().text } catch {
      throw Self.missing("loss", type(of: loss).choice, error)
    }
  }

  private static func missing(_ what: String, _ choice: Choice, _ error: MissingForm)
    -> LabbookError
  {
    .input("PyTorch has nothing for the \(what) '\(choice.name)': \(error.reason)")
  }

  /// What a single output is above where it speaks for the second of two classes.
  private var threshold: Double? {
    guard shape.classes != nil else { return nil }
    return OutputReading(loss: train.loss, classes: shape.classes, outputs: graph.output.count)
      .kind.threshold
  }

  /// The class of each row of outputs.
  var decision: String {
    guard let threshold else { return "outputs.argmax(1)" }
    return "(outputs[:, 0] > \(PythonText.number(threshold))).long()"
  }

  /// The targets of a batch as the loss takes them.
  func targets(_ y: String) throws(LabbookError) -> String {
    guard let classes = shape.classes, try !type(of: loss()).takesClassIndices else { return y }
    return threshold == nil
      ? "nn.functional.one_hot(\(y), \(classes)).float()" : "\(y)[:, None].float()"
  }

  // MARK: Optimizer

  func optimizer() throws(LabbookError) -> String {
    guard let optimizer = Optimizers.optimizer(train.optimizer) else {
      throw .input("there is no optimizer '\(train.optimizer.name)'")
    }
    // Where decay is apart PyTorch has one of its own, so it is always said.
    let saysDecay = train.weightDecay > 0 || optimizer.decaysApart
    let first: [TorchArgument?] = [
      .code("network.parameters()"), .number(train.learningRate, named: "lr"),
      saysDecay ? .number(train.weightDecay, named: "weight_decay") : nil,
    ]
    do throws(MissingForm) { return try optimizer.torch().after(first).text } catch {
      throw Self.missing("optimizer", type(of: optimizer).choice, error)
    }
  }

  // MARK: Schedule

  private var warmup: Int {
    let epochs = train.schedule.values[Setting.warmup.name]?.asNumber ?? 0
    return min(Int((epochs * Double(updatesPerEpoch)).rounded()), totalUpdates)
  }

  private func schedule() throws(LabbookError) -> TorchSchedule {
    guard let schedule = Schedules.schedule(train.schedule) else {
      throw .input("there is no schedule '\(train.schedule.name)'")
    }
    let request = TorchScheduleRequest(
      rate: train.learningRate, totalUpdates: totalUpdates,
      hasMomentum: Optimizers.hasMomentum(train.optimizer),
      minimizes: objective.direction == .minimize)
    do throws(MissingForm) { return try schedule.torch(request) } catch {
      throw Self.missing("schedule", type(of: schedule).choice, error)
    }
  }

  /// The function `rate(update, epoch)`; `nil` where the rate is constant or a class of PyTorch's
  /// sets it.
  func rateFunction() throws(LabbookError) -> String? {
    let rate = PythonText.number(train.learningRate)
    var lines: [String] = []
    if warmup > 0 {
      lines += ["if update < \(warmup):", "    return \(rate) * (update + 1) / \(warmup)"]
    }
    switch try schedule() {
    case .constant:
      if warmup == 0 { return nil }
      lines.append("return \(rate)")
    case .formula(let formula, let usesProgress):
      if usesProgress {
        lines.append("progress = (update - \(warmup)) / \(max(1, totalUpdates - warmup))")
      }
      lines.append("return " + formula)
    case .scheduler: return nil
    }
    return """
      def rate(update, epoch):
          \"""The learning rate of an update, counted from 0, in an epoch, counted from 1.\"""
      \(PythonText.indented(lines.joined(separator: "\n")))
      """
  }

  /// An optimizer that a class of PyTorch's lowers the rate of while the network's own is still
  /// warming up, and what the network's rate is; `nil` where there is no such warm-up.
  func warmPlateau() throws(LabbookError) -> (rates: String, rate: String)? {
    guard warmup > 0, case .scheduler(_, watchesEpochs: true) = try schedule() else { return nil }
    let rate = PythonText.number(train.learningRate)
    return (
      "torch.optim.SGD([torch.zeros(1)], lr=\(rate))",
      "\(rate) * (updates + 1) / \(warmup) if updates < \(warmup)"
        + " else rates.param_groups[0][\"lr\"]"
    )
  }

  /// The class of PyTorch's that sets the rate, and whether it looks at the objective of epochs.
  func scheduler() throws(LabbookError) -> (code: String, watchesEpochs: Bool)? {
    guard case .scheduler(let call, let watchesEpochs) = try schedule() else { return nil }
    let lowered = try warmPlateau() == nil ? "optimizer" : "rates"
    return (call.after([.code(lowered)]).text, watchesEpochs)
  }

  // MARK: First weights

  /// What the program calls the parameters.
  var names: TorchNames { TorchNames(configuration.layers, graph) }

  /// The function `initialize(network)`; `nil` where PyTorch's own first weights are meant, or a
  /// file's.
  func initialization() -> String? {
    guard case .weights(let values)? = Initializers.kind(train.initializer)?.origin else {
      return nil
    }
    let lines = graph.parameters.filter { $0.initial == nil }.map { parameter in
      let name = PythonText.quoted(names.name(of: parameter.name))
      return (parameter.isBias ? FirstValues.zeros : values(parameter))
        .torch("network.get_parameter(\(name))", isMatrix: parameter.shape.sizes.count == 2).text
    }
    return "def initialize(network):\n    \"\"\"First weights: \(train.initializer.name).\"\"\"\n"
      + PythonText.indented(lines.joined(separator: "\n"))
  }
}
