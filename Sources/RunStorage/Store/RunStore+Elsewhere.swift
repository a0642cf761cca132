import Foundation
import GRDB
import Tracking

extension RunStore {
  /// A sentence on files of runs that lie in another folder than the one this process uses; `nil` where
  /// none do.
  ///
  /// It comes of a `LABBOOK_RUNS` that is not what it was when they were trained. Finished runs' files
  /// are read from there; a checkpoint is not, so that its run begins anew.
  public func remarkOnFolders() throws -> String? {
    if let unseen = unseenCheckpoints() { return unseen }
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT runs.run, artifacts.name, artifacts.path FROM artifacts
          JOIN runs ON runs.id = artifacts.run
          WHERE artifacts.path IS NOT NULL LIMIT 1000
          """)
    }
    for row in rows {
      let (run, name, path): (String, String, String) = (
        try row.value(0), try row.value(1), try row.value(2)
      )
      let tail = "/\(run)/\(name)"
      guard path.hasSuffix(tail), LostFiles.size(of: path) != nil,
        LostFiles.size(of: runsFolder + tail) == nil
      else { continue }
      return "note: files of runs lie in \(path.dropLast(tail.count)), not in \(runsFolder): "
        + "LABBOOK_RUNS was another one when they were trained; they are read from there"
    }
    return nil
  }

  /// Where `LABBOOK_RUNS` leads elsewhere, checkpoints that lie beside the store.
  private func unseenCheckpoints() -> String? {
    guard place.isElsewhere else { return nil }
    let beside = place.file + ".runs"
    guard beside != runsFolder else { return nil }
    let count = (RunFolder.names(beside) ?? []).count { name in
      RunID(name) != nil && LostFiles.size(of: "\(beside)/\(name)/\(RunFolder.checkpoint)") != nil
    }
    guard count > 0 else { return nil }
    let what = count == 1 ? "the checkpoint of 1 run" : "the checkpoints of \(count) runs"
    return "note: \(what) in \(beside) cannot be seen while LABBOOK_RUNS names "
      + "\(runsFolder): without it they would go on, with it they begin anew"
  }
}
