import Tracking

/// A number made of the means of some samples, and how sure it is: by the seeds that are common, and
/// where none are by parts of their own.
package struct Contrast: Sendable {
  /// The number with its standard error; `nil` where a part has fewer than two seeds.
  package let estimate: Estimate?
  /// The number of each common seed; empty where seeds are not common, or the number is not linear in
  /// means.
  package let values: [Double]
  /// How many seeds are common; `nil` where they are not.
  package let common: Int?
  /// Over which combinations it is.
  package let shared: Shared

  /// Which of the combinations that samples are pooled over all of them have.
  package enum Shared: Hashable, Sendable {
    case all
    /// So many, of more.
    case some(Int)
    /// None: between means over other configurations.
    case none
  }

  /// A sum of means, each times its coefficient, and of a constant.
  package init(_ samples: [SeedSample], coefficients: [Double], constant: Double = 0) {
    let blocks = SeedBlocks(samples).places.sorted { $0[0] < $1[0] }
    let parts = blocks.map { places in
      let common = CommonSeeds(places.map { samples[$0] })
      let values = common.seeds.indices.map { seed in
        zip(places, common.means).reduce(0) { $0 + coefficients[$1.0] * $1.1[seed] }
      }
      return (values, common)
    }
    let scale = parts.reduce(abs(constant)) { scale, part in
      max(scale, part.1.means.joined().map(abs).max() ?? 0)
    }
    let isEnough = parts.allSatisfy { $0.0.count > 1 } && !parts.isEmpty
    let isOne = parts.count == 1
    values = isOne ? parts[0].0.map { $0 + constant } : []
    common = isOne ? values.count : nil
    shared = Self.shared(parts.map(\.1))
    estimate =
      isEnough ? Estimate(parts: parts.map(\.0), constant: constant, scale: scale) : nil
  }

  /// Any function of the samples' means.
  package init<Failure: Error>(
    _ samples: [SeedSample], function: ([Double]) throws(Failure) -> Double
  ) throws(Failure) {
    let blocks = SeedBlocks(samples).places.sorted { $0[0] < $1[0] }
    let parts = blocks.map { places in CommonSeeds(places.map { samples[$0] }) }
    values = []
    common = blocks.count == 1 ? parts.first?.seeds.count : nil
    shared = Self.shared(parts)
    guard !parts.isEmpty, parts.allSatisfy({ $0.seeds.count > 1 }) else {
      estimate = nil
      return
    }
    var means = samples.map { _ in 0.0 }
    for (places, part) in zip(blocks, parts) {
      for (place, own) in zip(places, part.means) {
        means[place] = SeedStatistics(own)?.mean ?? .nan
      }
    }
    var without: [[Double]] = []
    for (places, part) in zip(blocks, parts) {
      var numbers: [Double] = []
      for seed in part.seeds.indices {
        var fewer = means
        for (place, own) in zip(places, part.means) {
          var rest = own
          rest.remove(at: seed)
          fewer[place] = SeedStatistics(rest)?.mean ?? .nan
        }
        numbers.append(try function(fewer))
      }
      without.append(numbers)
    }
    estimate = Estimate(value: try function(means), without: without)
  }

  private static func shared(_ parts: [CommonSeeds]) -> Shared {
    guard
      let part = parts.first(where: { $0.combinations.common < $0.combinations.most })
    else { return .all }
    return part.combinations.common == 0 ? .none : .some(part.combinations.common)
  }
}
