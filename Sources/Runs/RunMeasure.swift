/// In what it is counted how far a run is to go.
public enum RunMeasure: String, Hashable, Codable, Sendable {
  /// Epochs.
  case epochs
  /// Steps, as an outside program tells them.
  case steps

  /// How far a run is that has done so many of each.
  public func place(epoch: Int?, step: Int?) -> Int { (self == .epochs ? epoch : step) ?? 0 }
}
