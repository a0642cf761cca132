package import Languages
package import Tracking

/// The values of some runs, by what else was chosen and by their seeds.
package struct SeedSample: Sendable {
  /// Values by what else was chosen, each with its seed.
  package typealias Values = [String: [(seed: Int, value: Double)]]

  package var values: Values = [:]
  /// Over which axes the values are pooled; none where each seed has one combination.
  package var axes: [String] = []
  /// What n counts.
  package var replicate = Replicate.seed

  package init(values: Values = [:], axes: [String] = [], replicate: Replicate = .seed) {
    self.values = values
    self.axes = axes
    self.replicate = replicate
  }

  /// Each seed's mean over all that was chosen: what n counts.
  package var seedMeans: [Int: Double] { Self.means(values.keys.sorted().flatMap(values(of:))) }

  /// Over the seeds.
  package var statistics: SeedStatistics? {
    SeedStatistics(
      seedMeans.sorted { $0.key < $1.key }.map(\.value), isOverFolds: replicate == .fold)
  }

  func values(of choice: String) -> [(seed: Int, value: Double)] { values[choice] ?? [] }

  /// The mean of each seed's values.
  static func means(_ values: [(seed: Int, value: Double)]) -> [Int: Double] {
    Dictionary(grouping: values, by: \.seed).mapValues { values in
      values.reduce(0) { $0 + $1.value } / Double(values.count)
    }
  }
}

/// What runs that are alike otherwise differ in: n counts its values.
package enum Replicate: String, Sendable {
  case seed
  case dataSeed = "data seed"
  case fold

  /// The axis whose values are data seeds.
  static let dataSeedAxis = "data.seed"

  /// What it is called.
  package var noun: Phrase {
    switch self {
    case .seed: .nounSeed
    case .dataSeed: .nounDataSeed
    case .fold: .nounFold
    }
  }
}

/// The means of several samples over what they have in common: of combinations that are alike the seeds
/// that all of them have.
struct CommonSeeds {
  /// The seeds, sorted.
  let seeds: [Int]
  /// The mean of each sample at each of the seeds.
  let means: [[Double]]
  /// How many combinations all have, and the most that one has.
  let combinations: (common: Int, most: Int)

  init(_ samples: [SeedSample]) {
    var common = Set(samples.first?.values.keys.map { $0 } ?? [])
    for sample in samples { common.formIntersection(sample.values.keys) }
    combinations = (common.count, samples.map(\.values.count).max() ?? 0)
    let choices = common.sorted()
    let shared = choices.map { choice in
      samples.dropFirst().reduce(into: Set(samples[0].values(of: choice).map(\.seed))) {
        $0.formIntersection($1.values(of: choice).map(\.seed))
      }
    }
    let each = samples.map { sample -> [Int: Double] in
      if choices.isEmpty { return sample.seedMeans }
      return SeedSample.means(
        zip(choices, shared).flatMap { choice, seeds in
          sample.values(of: choice).filter { seeds.contains($0.seed) }
        })
    }
    let isOne = Set(samples.map(\.replicate)).count < 2
    seeds = (each.first?.keys.filter { seed in isOne && each.allSatisfy { $0[seed] != nil } } ?? [])
      .sorted()
    let known = seeds
    means = each.map { means in known.compactMap { means[$0] } }
  }
}

/// Samples of which none has seeds in common with one of another block.
struct SeedBlocks {
  /// The places of each block's samples.
  private(set) var places: [[Int]] = []

  init(_ samples: [SeedSample]) {
    let seeds = samples.map { Set($0.seedMeans.keys) }
    for index in samples.indices {
      let linked = places.indices.filter { block in
        places[block].contains { other in
          samples[index].replicate == samples[other].replicate
            && seeds[index].intersection(seeds[other]).count > 1
        }
      }
      let merged = linked.flatMap { places[$0] } + [index]
      places = places.indices.filter { !linked.contains($0) }.map { places[$0] } + [merged]
    }
  }
}
