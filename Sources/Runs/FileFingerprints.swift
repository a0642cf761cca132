/// What the files that a run reads hold, as SHA-256 in hexadecimal digits.
public struct FileFingerprints: Hashable, Codable, Sendable {
  /// Of the data's files; empty where the data come from no file.
  public let data: String
  /// Of the file of initial weights; `nil` without one.
  public let initialWeights: String?

  /// Makes the fingerprints of a run.
  public init(data: String = "", initialWeights: String? = nil) {
    self.data = data
    self.initialWeights = initialWeights
  }
}
