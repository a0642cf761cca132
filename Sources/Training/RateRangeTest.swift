public import Datasets
import Foundation
import NeuralNet
public import Runs
import TensorKernels
public import Tracking

/// The learning-rate range test: the rate rises geometrically from update to update until the loss
/// explodes, and the curve says which rate to take.
///
/// With n updates from rate a to rate b, update i has the rate a (b/a)^(i/(n - 1)). The loss of each
/// batch, before its update, is smoothed by an exponential mean without bias, m_i / (1 - beta^i) with
/// m_i = beta m_(i-1) + (1 - beta) loss_i. The test ends early where the smoothed loss is greater than
/// four times the least so far, or not finite. (L. N. Smith, Cyclical learning rates for training
/// neural networks, 2017; smoothing and end as in fastai's `lr_find`.)
public struct RateRangeTest: Sendable {
  /// How the test is done.
  public struct Settings: Hashable, Sendable {
    /// The first rate.
    public var from = 1e-6
    /// The last rate.
    public var to = 10.0
    /// How many updates; `nil` for an epoch's, at least 200 and at most 2000.
    public var updates: Int?

    /// Makes the standard test.
    public init() {}
  }

  /// The rate of each update that was done.
  public let rates: [Double]
  /// The mean loss of each update's batch, before the update.
  public let losses: [Double]
  /// The losses smoothed.
  public let smoothed: [Double]

  /// Does the test on a network of its own seed; its rate and schedule do not matter.
  ///
  /// - Throws: what keeps the network from being made, or where it has no loss.
  public init(
    _ run: NetworkRun, data: PreparedData, _ settings: Settings = Settings()
  ) throws(LabbookError) {
    guard run.train.loss != nil else {
      throw .input("the data '\(run.data.source.name)' has no target, so no loss")
    }
    var test = run
    test.train.schedule = Chosen(ConstantSchedule.choice.name)
    let perEpoch = run.length(trainRows: data.train.networkData.rows).updatesPerEpoch
    let updates = settings.updates ?? min(2_000, max(200, perEpoch))
    test.train.duration = .steps(updates)
    let trainer = try RunTrainer(test, objective: Objective(.trainLoss, .minimize), data: data)
    let ratio = settings.to / settings.from
    let rates = (0..<updates).map { settings.from * pow(ratio, Double($0) / Double(updates - 1)) }
    let beta = Self.beta(updates: updates, decades: log10(ratio))
    let losses = KernelEnvironment.flushingDenormals { trainer.losses(rates, beta: beta) }
    self.init(rates: Array(rates.prefix(losses.count)), losses: losses, beta: beta)
  }

  /// Makes a test of known losses.
  public init(rates: [Double], losses: [Double], beta: Double) {
    precondition(rates.count == losses.count)
    self.rates = rates
    self.losses = losses
    smoothed = Self.smoothed(losses, beta: beta)
  }

  /// The mean of tests that differ in their seed, as far as the shortest goes.
  public init(meanOf tests: [RateRangeTest]) {
    let count = tests.map(\.rates.count).min() ?? 0
    func mean(_ values: (RateRangeTest) -> [Double]) -> [Double] {
      (0..<count).map { index in
        tests.reduce(0) { $0 + values($1)[index] } / Double(tests.count)
      }
    }
    rates = Array(tests.first?.rates.prefix(count) ?? [])
    losses = mean(\.losses)
    smoothed = mean(\.smoothed)
  }

  /// The smoothing's memory is a quarter of a decade of rates, and at least four updates.
  static func beta(updates: Int, decades: Double) -> Double {
    1 - 1 / max(4, Double(updates) / (4 * max(decades, 0.1)))
  }

  static func smoothed(_ losses: [Double], beta: Double) -> [Double] {
    var mean = 0.0
    var weight = 1.0
    return losses.map { loss in
      mean = beta * mean + (1 - beta) * loss
      weight *= beta
      return mean / (1 - weight)
    }
  }
}

extension RateRangeTest {
  /// What the curve says.
  public struct Reading: Hashable, Sendable {
    /// The rate at which the smoothed loss is least.
    public let minimum: Double
    /// The least smoothed loss.
    public let minimumLoss: Double
    /// The rate at which the smoothed loss falls fastest over the logarithm of the rate.
    public let steepest: Double
    /// Whether the loss still fell at the last rate that was tried.
    public let isOpen: Bool

    /// The rate to begin with: a tenth of that where the loss is least.
    public var suggestion: Double { minimum / 10 }
  }

  /// Reads the curve; `nil` where the loss never falls by a twentieth of what it begins with.
  public var reading: Reading? {
    let finite = smoothed.prefix { $0.isFinite }
    let settled = min(finite.count / 10, 10)
    guard finite.count > 10, let start = finite.dropFirst(settled).first,
      let least = finite.indices.dropFirst(settled).min(by: { finite[$0] < finite[$1] }),
      start - finite[least] > 0.05 * abs(start)
    else { return nil }
    let window = max(1, finite.count / 40)
    let slopes = (settled...least).compactMap { index -> (place: Int, slope: Double)? in
      guard index >= settled + window, index + window <= least else { return nil }
      return (index, finite[index + window] - finite[index - window])
    }
    let steepest = slopes.min { $0.slope < $1.slope }?.place ?? (settled + least) / 2
    return Reading(
      minimum: rates[least], minimumLoss: finite[least], steepest: rates[steepest],
      isOpen: least >= finite.count - 2 && finite.count == rates.count)
  }
}

extension RunTrainer {
  /// The mean loss of each batch while the rate follows `rates`, until the smoothed loss explodes.
  fileprivate func losses(_ rates: [Double], beta: Double) -> [Double] {
    let batch = min(train.rows, length.batchRows)
    let isOrdered = run.train.shuffle == .never || batch >= train.rows
    let order = isOrdered ? nil : RowOrder(count: train.rows)
    var losses: [Double] = []
    var next = train.rows
    var epoch = 0
    var (mean, weight, least) = (0.0, 1.0, Double.infinity)
    for rate in rates {
      if next >= train.rows {
        epoch += 1
        next = 0
        order?.shuffle(
          seed: run.train.seed, draw: run.train.shuffle == .once ? 1 : epoch)
        program.bind(train, order: order)
      }
      let places = next..<min(next + batch, train.rows)
      next = places.upperBound
      let loss = program.step(places, rate: rate).lossSum / Double(places.count)
      guard loss.isFinite else { break }
      losses.append(loss)
      mean = beta * mean + (1 - beta) * loss
      weight *= beta
      let smoothed = mean / (1 - weight)
      least = min(least, smoothed)
      if losses.count > 10, smoothed > 4 * least { break }
    }
    return losses
  }
}
