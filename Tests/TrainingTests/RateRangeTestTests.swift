import Datasets
import Experiments
import Foundation
import NeuralNet
import Testing
import Tracking
import Training

@Suite struct RateRangeTestTests {
  /// Rates over eight decades, a thousand of them.
  private static let rates = (0..<1000).map { pow(10, -7 + 8 * Double($0) / 999) }

  @Test func theSmoothedLossHasNoBias() {
    let test = RateRangeTest(rates: [1, 2, 3], losses: [4, 2, 6], beta: 0.5)
    // m = 2, 2, 4 over 1/2, 3/4, 7/8.
    #expect(test.smoothed == [4, 2 / 0.75, 4 / 0.875])
    let flat = RateRangeTest(rates: Self.rates, losses: Self.rates.map { _ in 3 }, beta: 0.9)
    #expect(flat.smoothed.allSatisfy { abs($0 - 3) < 1e-12 })
    #expect(flat.reading == nil)
  }

  /// A loss that falls as a logistic curve around 10^-3 and explodes at 10^-1: the steepest place is
  /// the logistic's middle, the least is where both slopes are equal.
  @Test func theCurveIsReadAtItsSteepestAndItsLeast() throws {
    let losses = Self.rates.map { rate in
      let place = log10(rate)
      return 2 / (1 + exp(4 * (place + 3))) + 0.5 + exp(6 * (place + 1))
    }
    let reading = try #require(
      RateRangeTest(rates: Self.rates, losses: losses, beta: 0).reading)
    #expect(abs(log10(reading.steepest) + 3) < 0.05)
    let slope = { (place: Double) in
      let e = exp(4 * (place + 3))
      return -8 * e / ((1 + e) * (1 + e)) + 6 * exp(6 * (place + 1))
    }
    #expect(slope(log10(reading.minimum) - 0.02) < 0 && slope(log10(reading.minimum) + 0.02) > 0)
    #expect(reading.suggestion == reading.minimum / 10)
    #expect(!reading.isOpen)
  }

  @Test func aLossThatStillFallsSaysSo() throws {
    let losses = Self.rates.map { 1 / (1 + exp(3 * log10($0))) }
    let reading = try #require(
      RateRangeTest(rates: Self.rates, losses: losses, beta: 0).reading)
    #expect(reading.isOpen)
  }

  /// The suggested rate lies before the edge, where the explosion is seen only behind it.
  ///
  /// Gradient descent on the mean of squares diverges above 2 / (greatest curvature), which is 1 for
  /// the bias alone; at the bottom single precision rounds the first growing updates away.
  @Test func gradientDescentExplodesBeyondItsLimit() throws {
    let test = try test(of: "sgd", updates: 400)
    let reading = try #require(test.reading)
    #expect(reading.minimum > 0.003 && reading.suggestion < 1)
    let last = try #require(test.rates.last)
    #expect(last > 0.5 && last < 10)
    #expect(test.rates[0] == 1e-6)
    #expect(abs(test.rates[1] / test.rates[0] - pow(1e7, 1 / 399.0)) < 1e-9)
  }

  @Test func aTestIsTheSameEveryTimeAndItsMeanIsOverSeeds() throws {
    let first = try test(of: "adam", updates: 60)
    #expect(try test(of: "adam", updates: 60).losses == first.losses)
    let second = try test(of: "adam", updates: 60, seed: 2)
    #expect(second.losses != first.losses)
    let mean = RateRangeTest(meanOf: [first, second])
    #expect(mean.losses[5] == (first.losses[5] + second.losses[5]) / 2)
    #expect(mean.smoothed[7] == (first.smoothed[7] + second.smoothed[7]) / 2)
  }

  /// The whole test in double precision: geometric rates, batches in the order of each epoch, the
  /// smoothing with a quarter of a decade as its memory, the end at four times the least.
  @Test(arguments: [TrainConfiguration.Shuffle.everyEpoch, .once, .never])
  func everyLossIsTheWitnesss(_ shuffle: TrainConfiguration.Shuffle) throws {
    let data = try HandMadeData()
    let configuration = try handMadeRun {
      $0.train.shuffle = shuffle
      // Neither the schedule nor the rate matters; penalties and clipping do.
      $0.train.schedule = try chosen("cosine", of: Schedules.all)
      $0.train.learningRate = 1e9
      $0.train.weightDecay = 0.1
      $0.train.clipNorm = 0.5
      $0.train.log = TrainConfiguration.Log()
    }
    var settings = RateRangeTest.Settings()
    (settings.from, settings.to, settings.updates) = (1e-3, 1, 25)
    let test = try RateRangeTest(configuration, data: data.prepared, settings)
    let start = try #require(
      ReferenceNetwork(HandMadeTraining(configuration, data.prepared).first))
    var same = ReferenceTraining()
    (same.batch, same.epochs, same.updates, same.everyUpdates) = (8, 9, 25, 1)
    (same.weightDecay, same.clipNorm) = (0.1, 0.5)
    same.order = { epoch in
      let order = RowOrder(count: 46)
      if shuffle != .never { order.shuffle(seed: 3, draw: shuffle == .once ? 1 : epoch) }
      return (0..<46).map { order[$0] }
    }
    let rates = (0..<25).map { 1e-3 * pow(10, 3 * Double($0) / 24) }
    same.rate = { update, _, _ in rates[update] }
    let losses = same.run(start, train: data.train, val: data.val, test: data.test)
      .compactMap { $0.values["batch/loss"] }
    #expect(losses.count == 25 && test.losses.count == 25)
    for index in losses.indices {
      #expect(abs(test.losses[index] - losses[index]) < 5e-5, "\(index)")  // single precision
      #expect(abs(test.rates[index] - rates[index]) < 1e-12)
    }
    expectSmoothed(test, memory: 4)  // 25 updates of 3 decades: a quarter of one is 2.1, at least 4
  }

  /// m_i = beta m_(i-1) + (1 - beta) loss_i over 1 - beta^i, with beta = 1 - 1/memory.
  private func expectSmoothed(_ test: RateRangeTest, memory: Double) {
    let beta = 1 - 1 / memory
    var mean = 0.0
    for (index, loss) in test.losses.enumerated() {
      mean = beta * mean + (1 - beta) * loss
      let expected = mean / (1 - pow(beta, Double(index + 1)))
      #expect(abs(test.smoothed[index] - expected) < 1e-9 * abs(expected))
    }
  }

  /// With many updates a decade the loss passes four times its least in small steps.
  @Test(arguments: [(400, "sgd"), (5_000, "sgd"), (100_000, "sgd"), (5_000, "adam")])
  func itEndsWhereTheSmoothedLossIsFourTimesTheLeast(_ updates: Int, _ optimizer: String) throws {
    let test = try test(of: optimizer, updates: updates)
    expectSmoothed(test, memory: Double(updates) / 28)  // seven decades
    var lowest = Double.infinity
    let least = test.smoothed.map { value in
      lowest = min(lowest, value)
      return lowest
    }
    let explosion = test.smoothed.indices.first { $0 > 9 && test.smoothed[$0] > 4 * least[$0] }
    #expect(test.losses.count < updates)
    #expect(explosion == test.losses.count - 1)
  }

  /// An epoch's updates, at least 200 and at most 2000; the last rate is the one asked for.
  @Test func itHasAsManyUpdatesAsAnEpochWithinLimits() throws {
    for (points, batch, expected) in [(40, 8, 200), (300, 1, 300), (2_100, 1, 2_000)] {
      let test = try test(of: "sgd", updates: nil, points: points, batch: "\(batch)", to: 1e-5)
      #expect(test.losses.count == expected)
      #expect(abs((test.rates.last ?? 0) - 1e-5) < 1e-15)
    }
    let standard = RateRangeTest.Settings()
    #expect(standard.from == 1e-6 && standard.to == 10 && standard.updates == nil)
  }

  @Test func withoutATargetThereIsNoLoss() throws {
    let data = try HandMadeData()
    let error = #expect(throws: LabbookError.self) {
      try RateRangeTest(handMadeRun { $0.train.loss = nil }, data: data.prepared)
    }
    #expect(error == .input("the data 'csv' has no target, so no loss"))
  }

  /// 200 losses, not smoothed: 3 at first, then down in a line to `bottom` at place 149, then up.
  ///
  /// The first ten are left out, five on each side make a slope.
  private func curve(bottom: Double, end: Double? = nil) -> RateRangeTest {
    let losses = (0..<200).map { place -> Double in
      if place < 100 { return 3 }
      if place < 150 { return 3 + (bottom - 3) * Double(place - 99) / 50 }
      return end ?? bottom + Double(place - 149)
    }
    return RateRangeTest(rates: (0..<200).map { Double($0 + 1) }, losses: losses, beta: 0)
  }

  @Test func aReadingIsOfTheLeastLossAndTheSteepestFall() throws {
    let reading = try #require(curve(bottom: 1).reading)
    #expect(reading.minimum == 150 && reading.minimumLoss == 1)
    #expect(reading.suggestion == 15)
    // The first place whose ten neighbours all lie on the falling line.
    #expect((104...145).contains(Int(reading.steepest) - 1))
    #expect(!reading.isOpen)
    // It has to fall by more than a twentieth.
    #expect(curve(bottom: 3 * 0.949).reading != nil)
    #expect(curve(bottom: 3 * 0.951).reading == nil)
    // Too few losses say nothing.
    let few = RateRangeTest(
      rates: (1...10).map(Double.init), losses: (1...10).map { 1 / Double($0) }, beta: 0)
    #expect(few.reading == nil)
  }

  /// The first losses, where the mean is still of few, are no minimum; what follows an infinite one is
  /// not looked at, and then the curve does not go on falling at its last rate.
  @Test func theEndsOfACurveAreReadWithCare() throws {
    var losses = (0..<200).map { 3 - Double($0) / 100 }
    losses[4] = -50
    let rates = (0..<200).map { Double($0 + 1) }
    let early = try #require(RateRangeTest(rates: rates, losses: losses, beta: 0).reading)
    #expect(early.minimum == 200 && early.isOpen)
    losses[4] = 3
    losses[150] = .infinity
    let broken = try #require(RateRangeTest(rates: rates, losses: losses, beta: 0).reading)
    #expect(broken.minimum == 150 && !broken.isOpen)
    let almost = try #require(curveThatRises(atTheLast: 1).reading)
    #expect(almost.isOpen)
    #expect(try #require(curveThatRises(atTheLast: 2).reading).isOpen == false)
  }

  private func curveThatRises(atTheLast count: Int) -> RateRangeTest {
    let losses = (0..<200).map { $0 < 200 - count ? 3 - Double($0) / 100 : 2 }
    return RateRangeTest(rates: (0..<200).map { Double($0 + 1) }, losses: losses, beta: 0)
  }

  @Test func aMeanGoesAsFarAsTheShortest() {
    let one = RateRangeTest(rates: [1, 2, 3], losses: [2, 4, 6], beta: 0)
    let two = RateRangeTest(rates: [1, 2], losses: [4, 8], beta: 0)
    let mean = RateRangeTest(meanOf: [one, two])
    #expect(mean.rates == [1, 2] && mean.losses == [3, 6] && mean.smoothed == [3, 6])
    #expect(RateRangeTest(meanOf: []).losses.isEmpty)
  }

  private func test(
    of optimizer: String, updates: Int?, seed: Int = 1, points: Int = 200, batch: String = "full",
    to last: Double = 10
  ) throws -> RateRangeTest {
    let file = """
      data: {source: linear, points: \(points), noise: 0.1}
      model: [{linear: 1}]
      train: {optimizer: \(optimizer), batch_size: \(batch), seed: \(seed)}
      """
    let library = DataLibrary()
    let experiment = try Experiment.parse(file, library: library)
    let sweep = try #require(experiment.sweeps.first)
    let configuration = try #require(experiment.members(of: sweep).first?.configuration)
    var settings = RateRangeTest.Settings()
    settings.updates = updates
    settings.to = last
    return try RateRangeTest(
      configuration, data: library.prepare(configuration.data), settings)
  }
}
