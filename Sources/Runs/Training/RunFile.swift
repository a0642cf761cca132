/// The names of the files that a finished run has.
public enum RunFile {
  /// The parameters after the last update.
  public static let weights = "weights.safetensors"
  /// The parameters at the epoch that the objective chose.
  public static let bestWeights = "best.safetensors"
  /// What was done to the data before the network got it, for inputs that come later.
  public static let inputs = "inputs.json"
  /// What an outside program printed.
  public static let output = "output.txt"
  /// The last state, from which a longer run goes on; only where one could.
  public static let state = "state.checkpoint"
  /// The parameters after an epoch that a figure of the run's file asks for.
  public static func weights(ofEpoch number: Int) -> String { "weights-\(number).safetensors" }
  /// The epoch after which a file of this name was kept; `nil` for any other file.
  public static func epoch(ofWeights name: String) -> Int? {
    guard name.hasPrefix("weights-"), name.hasSuffix(".safetensors") else { return nil }
    return Int(name.dropFirst("weights-".count).dropLast(".safetensors".count))
  }
  /// The layers and the loss, so that the run can be asked without its file.
  public static let network = "network.json"
}
