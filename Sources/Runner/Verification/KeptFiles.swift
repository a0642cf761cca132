import Foundation
import NeuralNet
import RunStorage
import Runs
import Tracking

/// The files of a run against their digests, and against what the same training leaves now.
struct KeptFiles {
  /// Tensors of the last weights.
  private(set) var tensors = 0
  /// Files that are the same.
  private(set) var same = 0
  /// The first one that is not.
  private(set) var difference: RunVerification.Difference?

  /// Compares every file that the store says the run has, and looks for weights that it should have.
  ///
  /// - Parameters:
  ///   - kept: what the store says.
  ///   - now: what the training left.
  init(
    _ kept: [ArtifactRecord], of run: RunID, in store: RunStore, _ now: [String: Data]
  ) throws {
    // A run of another version may have written the same in other words.
    let isSameVersion = try store.environment(of: run)["version"] == labbookVersion
    for record in kept {
      let found = try Self.compare(record.name, now[record.name], isSameVersion) {
        try store.artifact(record.name, of: run)
      }
      if record.name == RunFile.weights { tensors = found.tensors }
      if found.difference == nil { same += 1 }
      difference = difference ?? found.difference
    }
    let names = Set(kept.map(\.name))
    for name in [RunFile.weights, RunFile.bestWeights]
    where now[name] != nil && !names.contains(name) {
      difference = difference ?? .file(name, "the store does not have it")
    }
  }

  private static func compare(
    _ name: String, _ now: Data?, _ isSameVersion: Bool, _ read: () throws -> Data
  ) throws -> (tensors: Int, difference: RunVerification.Difference?) {
    let stored: Data
    do { stored = try read() } catch let error as LabbookError {
      return (0, .file(name, error.message))
    }
    guard name.hasSuffix(".safetensors") else {
      guard let now, isSameVersion, now != stored else { return (0, nil) }
      return (0, .file(name, "other bytes come out now"))
    }
    let weights = try Safetensors.decode(stored)
    guard let now else { return (weights.count, nil) }
    return (weights.count, compare(weights, try Safetensors.decode(now)))
  }

  private static func compare(
    _ stored: [NamedTensor], _ now: [NamedTensor]
  ) -> RunVerification.Difference? {
    let left = Dictionary(stored.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    guard Set(stored.map(\.name)) == Set(now.map(\.name)),
      now.allSatisfy({ left[$0.name]?.values.count == $0.values.count })
    else { return .tensors(stored: stored.map(\.name), now: now.map(\.name)) }
    for tensor in now {
      guard let before = left[tensor.name]?.values else { continue }
      for (place, value) in tensor.values.enumerated()
      where before[place].bitPattern != value.bitPattern {
        return .weight(tensor: tensor.name, place: place, stored: before[place], now: value)
      }
    }
    return nil
  }
}
