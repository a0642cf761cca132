import RunStorage
import Runs
import Sweeps
import Tracking

extension SweepPlan {
  /// How many of its runs were made with other contents of the program's files, which the user has
  /// accepted with `--accept`; `nil` where none were.
  func acceptedRuns(in store: RunStore) throws -> SweepView.AcceptedRuns? {
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
    return SweepView.AcceptedRuns(count: count, of: programs.count, files: edited.sorted())
  }
}
