public import Tracking

/// What one run of a plan asks of the store: what it is known by, and what it is.
public struct RunRequest: Hashable, Codable, Sendable {
  /// The hash of promise 2.
  public let key: String
  /// The same hash without the seed: runs that differ in their seed alone share it.
  public let configurationKey: String
  /// What the key is made of but for how long the run trains; `nil` where a run of another length is
  /// another computation from its first update on.
  public let lineage: String?
  /// Everything that decides its numbers.
  public var configuration: RunConfiguration
  /// What the files that it reads hold.
  public let files: FileFingerprints
  /// Updates of the whole run, if it does not end early; `nil` where the run says so itself.
  public let updates: Int?
  /// The variants of its sweep that it is, of which several may come out as one run; they are a sweep's
  /// words and decide no number.
  public var variants: [String] = []

  /// Makes a request.
  public init(
    key: String, configurationKey: String, lineage: String? = nil,
    configuration: RunConfiguration, files: FileFingerprints = FileFingerprints(),
    updates: Int? = nil
  ) {
    self.key = key
    self.configurationKey = configurationKey
    self.lineage = lineage
    self.configuration = configuration
    self.files = files
    self.updates = updates
  }

  /// The seed of everything random in the run.
  public var seed: Int { configuration.seed }

  /// By what its epochs are compared.
  public var objective: Objective { configuration.objective }

  /// Every resolved value that the run uses.
  public var parameters: [Hyperparameter] { configuration.hyperparameters }
}
