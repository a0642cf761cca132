import Foundation
import NeuralNet

// R rows, C columns, H hidden, K outputs.

/// The network linear(H), tanh, linear(K) in double precision: the witness of `RunTrainer`.
///
/// Plain loops; it shares no code with the training core.
struct ReferenceNetwork {
  var hidden: [[Double]]  // (H, C)
  var hiddenBias: [Double]  // (H)
  var output: [[Double]]  // (K, H)
  var outputBias: [Double]  // (K)

  /// The network with the parameters of tensors by their names.
  init?(_ tensors: [NamedTensor]) {
    func numbers(_ name: String) -> [Double] {
      tensors.first { $0.name == name }?.values.map(Double.init) ?? []
    }
    func matrix(_ name: String, rows: Int) -> [[Double]] {
      let all = numbers(name)
      guard rows > 0, all.count % rows == 0 else { return [] }
      let width = all.count / rows
      return (0..<rows).map { Array(all[$0 * width..<($0 + 1) * width]) }
    }
    hiddenBias = numbers("0.bias")
    outputBias = numbers("2.bias")
    hidden = matrix("0.weight", rows: hiddenBias.count)
    output = matrix("2.weight", rows: outputBias.count)
    guard !hidden.isEmpty, !output.isEmpty, tensors.count == 4 else { return nil }
  }

  /// What each of the three layers puts out for a row.
  func layers(_ row: [Double]) -> [[Double]] {
    let first = Self.linear(hidden, hiddenBias, row)
    let second = first.map { tanh($0) }
    return [first, second, Self.linear(output, outputBias, second)]
  }

  private static func linear(_ weights: [[Double]], _ bias: [Double], _ x: [Double]) -> [Double] {
    zip(weights, bias).map { weights, bias in zip(weights, x).reduce(bias) { $0 + $1.0 * $1.1 } }
  }

  /// All numbers in the order 0.weight, 0.bias, 2.weight, 2.bias.
  var flat: [Double] {
    get { hidden.flatMap { $0 } + hiddenBias + output.flatMap { $0 } + outputBias }
    set {
      var rest = newValue[...]
      func take(_ count: Int) -> [Double] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
      }
      hidden = hidden.map { take($0.count) }
      hiddenBias = take(hiddenBias.count)
      output = output.map { take($0.count) }
      outputBias = take(outputBias.count)
    }
  }

  /// The four parameters by name, as ranges of `flat`.
  var parameters: [(name: String, range: Range<Int>)] {
    var start = 0
    let counts = [
      ("0.weight", hidden.count * (hidden.first?.count ?? 0)), ("0.bias", hiddenBias.count),
      ("2.weight", output.count * hidden.count), ("2.bias", outputBias.count),
    ]
    return counts.map { name, count in
      defer { start += count }
      return (name, start..<start + count)
    }
  }
}

/// What a row should give: a class, or numbers.
enum ReferenceTarget {
  case label(Int)
  case number(Double)
}

/// Rows with their targets.
struct ReferenceRows {
  var rows: [[Double]]
  var targets: [ReferenceTarget]
}

extension ReferenceNetwork {
  /// Loss, whether it is right, and the loss's derivative by the outputs, of one row: cross-entropy
  /// for a label, the square of the difference for a number.
  static func loss(
    _ outputs: [Double], _ target: ReferenceTarget
  ) -> (loss: Double, isRight: Bool, slope: [Double]) {
    switch target {
    case .label(let label):
      let top = outputs.max() ?? 0
      let sum = outputs.reduce(0) { $0 + exp($1 - top) }
      let slope = outputs.enumerated().map { index, value in
        exp(value - top) / sum - (index == label ? 1 : 0)
      }
      return (log(sum) + top - outputs[label], outputs.firstIndex(of: top) == label, slope)
    case .number(let number):
      let difference = outputs[0] - number
      return (difference * difference, false, [2 * difference])
    }
  }

  /// Mean loss and share of right rows.
  func measure(_ data: ReferenceRows) -> (loss: Double, accuracy: Double) {
    var (loss, right) = (0.0, 0)
    for (row, target) in zip(data.rows, data.targets) {
      let found = Self.loss(layers(row)[2], target)
      loss += found.loss
      right += found.isRight ? 1 : 0
    }
    return (loss / Double(data.rows.count), Double(right) / Double(data.rows.count))
  }

  /// Sum of losses, number of right rows, and the gradient of the mean loss in the order of `flat`.
  func pass(_ data: ReferenceRows) -> (loss: Double, right: Int, gradient: [Double]) {
    var (loss, right) = (0.0, 0)
    var slopes = self
    slopes.flat = flat.map { _ in 0 }
    let share = 1 / Double(data.rows.count)
    for (row, target) in zip(data.rows, data.targets) {
      let layers = layers(row)
      let found = Self.loss(layers[2], target)
      loss += found.loss
      right += found.isRight ? 1 : 0
      for (k, slope) in found.slope.enumerated() {
        slopes.outputBias[k] += slope * share
        for h in layers[1].indices { slopes.output[k][h] += slope * share * layers[1][h] }
      }
      for h in layers[1].indices {
        let back = found.slope.indices.reduce(0) { $0 + found.slope[$1] * output[$1][h] }
        let slope = back * (1 - layers[1][h] * layers[1][h]) * share
        slopes.hiddenBias[h] += slope
        for c in row.indices { slopes.hidden[h][c] += slope * row[c] }
      }
    }
    return (loss, right, slopes.flat)
  }
}

/// Gradient descent with momentum, penalties and clipping, epoch by epoch, and everything a run
/// measures of it by the metric's name.
struct ReferenceTraining {
  /// The momentum of the update before which so many were done.
  var momentum: (Int) -> Double = { _ in 0 }
  var weightDecay = 0.0
  var l1 = 0.0
  var clipNorm: Double?
  var batch = 1
  var epochs = 1
  /// Updates of the whole run, where they end it within an epoch.
  var updates = Int.max
  var everyUpdates: Int?
  /// The order of the rows in an epoch.
  var order: (Int) -> [Int] = { _ in [] }
  /// The rate before `update` updates in `epoch`, given the objectives of the epochs so far.
  var rate: (_ update: Int, _ epoch: Int, _ objectives: [Double]) -> Double = { _, _, _ in 0.1 }
  /// What the schedule is given of an epoch.
  var objective = "val/loss"

  /// One step as the trainer tells it.
  struct Step {
    let step: Int
    let epoch: Int
    var values: [String: Double] = [:]
    /// The weights after it.
    var weights: [Double] = []
  }

  /// Trains a network and tells every step.
  func run(
    _ start: ReferenceNetwork, train: ReferenceRows, val: ReferenceRows, test: ReferenceRows
  ) -> [Step] {
    var network = start
    var velocity = [Double](repeating: 0, count: network.flat.count)
    var steps: [Step] = []
    var done = 0
    var objectives: [Double] = []
    func judged(_ step: inout Step) {
      for (name, part) in [("val", val), ("test", test)] {
        let found = network.measure(part)
        step.values[name + "/loss"] = found.loss
        if case .label = part.targets[0] { step.values[name + "/accuracy"] = found.accuracy }
      }
      step.weights = network.flat
    }
    var first = Step(step: 0, epoch: 0)
    judged(&first)
    steps.append(first)
    for epoch in 1...epochs where done < updates {
      var sums = Sums()
      let order = order(epoch)
      var place = 0
      while place < train.rows.count, done < updates {
        let taken = order[place..<min(place + batch, order.count)]
        place += taken.count
        let rows = ReferenceRows(
          rows: taken.map { train.rows[$0] }, targets: taken.map { train.targets[$0] })
        let rate = rate(done, epoch, objectives)
        let found = network.pass(rows)
        sums.add(found, network.flat, self, rows: taken.count, rate: rate, rows)
        update(&network, &velocity, found.gradient, rate: rate, done: done)
        done += 1
        if let everyUpdates, done % everyUpdates == 0 {
          var step = Step(step: done, epoch: epoch)
          step.values["batch/loss"] = found.loss / Double(taken.count)
          if case .label = rows.targets[0] {
            step.values["batch/accuracy"] = Double(found.right) / Double(taken.count)
          }
          steps.append(step)
        }
      }
      var step = Step(step: done, epoch: epoch)
      sums.tell(&step.values, network, self)
      judged(&step)
      objectives.append(step.values[objective] ?? .nan)
      steps.append(step)
    }
    return steps
  }

  private func update(
    _ network: inout ReferenceNetwork, _ velocity: inout [Double], _ gradient: [Double],
    rate: Double, done: Int
  ) {
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // As torch.nn.utils.clip_grad_norm_.
    let factor = clipNorm.map { min(1, $0 / (norm + 1e-6)) } ?? 1
    var weights = network.flat
    for index in weights.indices {
      let sign = weights[index] > 0 ? 1.0 : weights[index] < 0 ? -1 : 0
      let slope = gradient[index] * factor + weightDecay * weights[index] + l1 * sign
      velocity[index] = done == 0 ? slope : momentum(done) * velocity[index] + slope
      weights[index] -= rate * velocity[index]
    }
    network.flat = weights
  }

  /// What the updates of an epoch add up to.
  private struct Sums {
    var rows = 0
    var loss = 0.0
    var right = 0
    var penalty = 0.0
    var norms: [Double] = []
    var rate = 0.0
    var lastGradient: [Double] = []
    var lastRows = ReferenceRows(rows: [], targets: [])

    mutating func add(
      _ pass: (loss: Double, right: Int, gradient: [Double]), _ weights: [Double],
      _ training: ReferenceTraining, rows count: Int, rate: Double, _ batch: ReferenceRows
    ) {
      rows += count
      loss += pass.loss
      right += pass.right
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      let sizes = weights.reduce(0) { $0 + abs($1) }
      penalty += (training.weightDecay / 2 * squares + training.l1 * sizes) * Double(count)
      norms.append(pass.gradient.reduce(0) { $0 + $1 * $1 }.squareRoot())
      self.rate = rate
      lastGradient = pass.gradient
      lastRows = batch
    }

    /// The values of an epoch by name; layers on the rows of the last update, after it.
    func tell(
      _ values: inout [String: Double], _ network: ReferenceNetwork, _ training: ReferenceTraining
    ) {
      values["train/loss"] = loss / Double(rows)
      if case .label = lastRows.targets[0] {
        values["train/accuracy"] = Double(right) / Double(rows)
      }
      if training.weightDecay > 0 || training.l1 > 0 {
        values["train/objective"] = (loss + penalty) / Double(rows)
      }
      values["lr"] = rate
      values["grad_norm"] = norms.reduce(0, +) / Double(norms.count)
      let outputs = lastRows.rows.map(network.layers)
      for layer in 0..<3 {
        let all = outputs.flatMap { $0[layer] }
        let mean = all.reduce(0, +) / Double(all.count)
        let spread = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
        values["layer/\(layer)/activation_mean"] = mean
        values["layer/\(layer)/activation_std"] = spread.squareRoot()
      }
      for (name, range) in network.parameters {
        let squares = lastGradient[range].reduce(0) { $0 + $1 * $1 }
        values["layer/\(name)/grad_norm"] = squares.squareRoot()
        let small = network.flat[range].count { abs($0) < 1e-3 }
        values["layer/\(name)/small"] = Double(small) / Double(range.count)
      }
    }
  }
}
