import RunStorage
import Runs
import Sweeps
import Tracking

extension SweepPlan {
  /// How many of its runs were made with other contents of the program's files, which the user has
  /// accepted with `--accept`; `nil` where none were.
  func acceptedNote(in store: RunStore) throws -> String? {
    let programs = runs.filter { $0.files.program != nil }
    guard !programs.isEmpty else { return nil }
    let known = try store.programFiles(ofKeys: programs.map(\.key))
    var edited: Set<String> = []
    let count = programs.count { run in
      guard let now = run.files.program, let before = known[run.key], before != now else {
        return false
      }
      edited.formUnion(now.keys.filter { now[$0] != before[$0] })
      return true
    }
    guard count > 0 else { return nil }
    let files = edited.sorted().joined(separator: ", ")
    return
      "\(count) of \(programs.count) \(programs.count == 1 ? "run" : "runs") "
      + "\(count == 1 ? "was" : "were") made before an edit of \(files), which --accept says changes "
      + "no number."
  }
}
