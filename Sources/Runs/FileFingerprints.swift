/// What the files that a run reads hold, as SHA-256 in hexadecimal digits.
public struct FileFingerprints: Hashable, Codable, Sendable {
  /// Of the data's files; empty where the data come from no file.
  public let data: String
  /// Of the file of initial weights; `nil` without one.
  public let initialWeights: String?

  /// Which rules made numbers of the data; `nil` for those of version 0.1.0, or where they come to the
  /// same.
  public let dataVersion: Int?

  /// Of the files of an outside program, by their paths; `nil` for a network.
  public let program: [String: String]?

  /// Of those files the ones that stand in the key with other contents, as the user has said that an edit
  /// changes no number; `nil` where there are none.
  public let accepted: [String: String]?

  /// Makes the fingerprints of a run.
  public init(
    data: String = "", initialWeights: String? = nil, dataVersion: Int? = nil,
    program: [String: String]? = nil, accepted: [String: String]? = nil
  ) {
    self.data = data
    self.dataVersion = dataVersion
    self.initialWeights = initialWeights
    self.program = program
    self.accepted = accepted
  }
}
