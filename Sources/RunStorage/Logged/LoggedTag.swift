/// What MLflow's tags are to Labbook.
enum LoggedTag {
  /// The run's note.
  static let note = "mlflow.note.content"
  /// The run's name.
  static let runName = "mlflow.runName"
  /// Who runs it.
  static let user = "mlflow.user"
  /// By what its epochs are compared: `maximize val/accuracy`; of a run or of its experiment.
  static let objective = "labbook.objective"

  /// The tag that `labbook runs` shows for one of MLflow's: `key=value`, or the key where the value is
  /// empty; `nil` for what MLflow itself notes and for what is no tag of one short line.
  static func shown(_ tag: LoggedText) -> String? {
    if tag.key.hasPrefix("mlflow.") || tag.key.hasPrefix("labbook.") { return nil }
    let text = tag.value.isEmpty ? tag.key : "\(tag.key)=\(tag.value)"
    guard text.utf8.count <= 400, text.count <= 100, text.first?.isWhitespace == false,
      text.last?.isWhitespace == false,
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "," })
    else { return nil }
    return text
  }
}
