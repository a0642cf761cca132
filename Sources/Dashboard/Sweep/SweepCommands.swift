import Pages
import Results
import RunStorage
import Runs
import Tracking

/// The lines of `labbook` that do with a sweep what its page does not.
struct SweepCommands {
  /// The lines, each to copy.
  let html: String

  init(_ state: SweepState, store: RunStore) {
    let names =
      "--sweep \(Self.word(state.name.sweep)) --experiment \(Self.word(state.name.experiment))"
    let database = " --db \(Self.word(store.path))"
    let key = state.runs?.axes.first.map(\.storedName)
    var lines: [(what: String, line: String)] = [
      ("list its configurations", "labbook runs \(names) --by config"),
      (
        "draw its curves",
        "labbook plot curves \(names)" + (key.map { " --by \(Self.word($0))" } ?? "")
      ),
    ]
    if let key { lines.append(("compare", "labbook compare \(names) --by \(Self.word(key))")) }
    if state.remaining > 0 { lines.append(("stop it", "labbook stop \(names)")) }
    if let stopped = state.runs?.first(where: { $0.status == .stopped }) {
      lines.append(("let a stopped run go on", "labbook run FILE --continue \(stopped.id.short)"))
    }
    if state.record.former > 0 {
      lines.append(("see what of it is former", "labbook rm \(names) --former --dry-run"))
    }
    lines.append(("take its numbers out", "labbook export metrics \(names) --format csv"))
    let items = lines.map { what, line in
      "<div><dt>\(what)</dt><dd>\(Markup.command(line + database))</dd></div>"
    }
    html = "<h2>By hand</h2><dl>\(items.joined(separator: "\n"))</dl>"
  }

  /// A text as one word of a shell.
  static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789._-/=,".unicodeScalars.contains($0)
      }
      && !text.hasPrefix("-")
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
