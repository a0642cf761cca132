import Foundation
import Tracking

/// What Fixtures/make_draws.py worked out anew: draws of sources, splits, label noise, normalising.
struct Draws: Decodable {
  let sources: [Source]
  let partitions: [Parted]
  let noises: [Noise]
  let table: Table
  let images: Images

  static func read() throws -> Draws { try Fixture.json("draws.json", as: Draws.self) }

  /// All rows of a source under a seed.
  struct Source: Decodable {
    let source: String
    let seed: Int
    let settings: [String: Double]
    let rows: [[Double]]
    let labels: [Int32]?
    let values: [Double]?

    /// The settings as a file would have them: whole numbers but for `noise` and `factor`.
    var parameters: [String: ParameterValue] {
      Dictionary(
        uniqueKeysWithValues: settings.map { name, value in
          (name, name == "noise" || name == "factor" ? .number(value) : .integer(Int(value)))
        })
    }
  }

  /// The rows of train, val and test.
  struct Parted: Decodable {
    let rows: Int
    let classes: [Int32]?
    let take: Int?
    let val: Double?
    let test: Double?
    let seed: Int
    let parts: [[Int32]]
  }

  struct Noise: Decodable {
    let labels: [Int32]
    let train: [Int32]
    let share: Double
    let seed: Int
    let noisy: [Int32]
  }

  /// A table of 20 columns, split by seed 5, scaled by 2 and shifted by -1.
  struct Table: Decodable {
    let rows: [[Double]]
    let words: [String]
    let parts: [[Int]]
    let labels: [Int32]
    let noisy: [Int32]
    let standard: [[Double]]
    let minmax: [[Double]]
    /// Least, greatest, mean and population deviation of each column's training rows.
    let before: [[Double]]
  }

  /// Pictures of two channels with a test part of their own, split by seed 3.
  struct Images: Decodable {
    let files: [[UInt8]]
    let labels: [Int32]
    let test_labels: [Int32]
    let parts: [[Int]]
    let standard: [[Double]]
    let test_standard: [[Double]]
    let before: [[Double]]
    let fingerprint: String
  }
}
