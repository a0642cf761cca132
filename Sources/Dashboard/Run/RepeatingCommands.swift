import RunStorage
import Tracking

/// The lines of `labbook` that do a run again.
struct RepeatingCommands {
  /// What trained it, in the folder it was trained in; `nil` where that is not known.
  let trained: String?
  /// What trains it again from its first update and compares every bit; `nil` of a run that another
  /// program logged, of which Labbook has neither network nor command.
  let verifies: String?

  init(_ run: RunRecord, named name: String, _ environment: [String: String], store: String) {
    let folder = environment["folder"].map { "cd \(Self.word($0)) && " } ?? ""
    trained = run.isLogged ? nil : environment["command"].map { folder + $0 }
    verifies =
      !run.isLogged
      ? "labbook verify \(name) --db \(Self.word(store))"
        + (run.isProgram ? " --yes" : "") : nil
  }

  /// A word as a shell takes it.
  static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        let scalar = Unicode.Scalar(byte)
        return byte < 0x80
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || "-._/=:,@%+".unicodeScalars.contains(scalar))
      }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
