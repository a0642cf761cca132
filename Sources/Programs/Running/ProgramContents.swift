import Foundation
import Runs
import Tracking

/// The contents of the files that decide what a program computes.
enum ProgramContents {
  /// Names the files that are no longer what the run's key was made of; empty where all are.
  static func changed(_ program: ProgramRun, since known: [String: String]) -> [String] {
    known.keys.sorted().filter { path in
      guard
        let bytes = try? Data(
          contentsOf: URL(fileURLWithPath: program.path(of: path)), options: .mappedIfSafe)
      else { return true }
      var digest = SHA256Digest()
      digest.update(bytes)
      return digest.hex() != known[path]
    }
  }
}
