import FileLanguage

extension FileTree {
  /// Whether every sweep of the notebook shows runs that the store has, so that none is made.
  var makesNoRun: Bool {
    let sweeps = (root["notebook"]?.items ?? []).filter { CellWord($0) == .sweep }
    return !sweeps.isEmpty && sweeps.allSatisfy { $0[CellKeys.stored.name] != nil }
  }
}
