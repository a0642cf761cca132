import Foundation
import Machine
import Runner

/// What `labbook serve` tells the `labbook run` that it has started, on its standard input.
///
/// Each line is a JSON list of keys: of the runs at work those go on, the others are interrupted, and none
/// begins. Where the input ends, whoever led has ended, and everything is interrupted as by Ctrl-C.
struct LeadingInput {
  private let wanted: WantedRuns

  init(_ wanted: WantedRuns) { self.wanted = wanted }

  /// Listens from now on, beside everything else.
  func listen() throws {
    let wanted = wanted
    _ = try WorkThread("labbook.lead", stackBytes: 1 << 20) {
      while let line = readLine() {
        guard let keys = try? JSONDecoder().decode([String].self, from: Data(line.utf8)) else {
          continue
        }
        wanted.keepAtWork(Set(keys))
      }
      wanted.endAll()
    }
  }
}
