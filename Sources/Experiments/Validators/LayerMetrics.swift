import Tracking

/// Metrics of every layer are for a later version.
enum LayerMetrics {
  static func check(_ draft: RunDraft) -> [Diagnostic] {
    guard let part = draft.train["log"], part.values["layers"] == .flag(true), let node = part.node
    else { return [] }
    return [
      Diagnostic(
        node["layers"]?.mark ?? node.mark, "metrics of layers are not there yet",
        notes: ["write layers: false, or remove it"])
    ]
  }
}
