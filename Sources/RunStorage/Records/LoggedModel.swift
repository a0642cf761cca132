import Foundation
import GRDB
public import Tracking

/// A model that a client of MLflow's logged.
public struct LoggedModel: Hashable, Sendable {
  /// How far its files are there.
  public enum Status: String, Hashable, Sendable {
    /// They are on their way.
    case pending
    /// They are whole.
    case ready
    /// They could not be uploaded.
    case failed
  }

  /// Its name in the tracking API: `m-` and 32 hexadecimal digits.
  public let id: String
  /// The number of its experiment.
  public let experiment: Int64
  /// What people call it.
  public let name: String
  /// What kind of model it is, such as `agent`; empty where that was not said.
  public let kind: String
  /// The run that made it; `nil` where none did.
  public let source: RunID?
  /// The run of its own that keeps its files, where no run made it; `nil` before the first one.
  public let shelf: RunID?
  /// How far its files are there.
  public let status: Status
  /// Unix time in milliseconds.
  public let createdAt: Int64
  /// Unix time of the last change in milliseconds.
  public let updatedAt: Int64
  /// Whether it was deleted; its files stay.
  public let isDeleted: Bool
  /// Parameters by name.
  public let parameters: [String: String]
  /// Tags by name.
  public let tags: [String: String]

  /// The run that keeps its files; `nil` before there is any.
  public var keeper: RunID? { source ?? shelf }
}

/// A value that was measured of a model.
public struct LoggedModelMetric: Hashable, Sendable {
  /// The metric's name.
  public var name: String
  /// Which run measured it.
  public var run: String
  /// The name of the data set it was measured on; empty where none was told.
  public var datasetName: String
  /// The digest of that data set.
  public var datasetDigest: String
  /// The step.
  public var step: Int64
  /// Unix time in milliseconds.
  public var time: Int64
  /// The value; not-a-number where it was measured so.
  public var value: Double

  /// Makes a value.
  public init(
    name: String, run: String, datasetName: String, datasetDigest: String, step: Int64,
    time: Int64, value: Double
  ) {
    (self.name, self.run, self.step, self.time, self.value) = (name, run, step, time, value)
    (self.datasetName, self.datasetDigest) = (datasetName, datasetDigest)
  }
}

/// Texts by name as an object of JSON.
enum NamedTexts {
  static func json(_ values: [String: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(values), as: UTF8.self)
  }

  static func values(_ json: String) -> [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
  }
}
