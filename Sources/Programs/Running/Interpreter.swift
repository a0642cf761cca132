import Foundation
import Machine
public import Runs
import Tracking

/// What runs a program that is a text, and what it finds installed.
public enum Interpreter {
  /// The rows of `run_environment` for a program: `interpreter`, and `packages` of Python; nothing where
  /// nobody answers quickly.
  public static func values(of program: ProgramRun) -> [String: String] {
    if let index = program.command.firstIndex(where: { isPython(PathText($0).name) }) {
      let words = program.command[...index]
      if !words.contains(where: { $0.contains("{") }) { return python(Array(words), program) }
    }
    guard let first = program.command.first, others.contains(PathText(first).name),
      let answer = ask([first], ["--version"], program),
      let line = answer.split(separator: "\n").first(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return [:] }
    return ["interpreter": String(line.prefix(200))]
  }

  private static let others: Set = ["Rscript", "R", "julia", "node", "ruby", "perl", "octave"]

  private static func isPython(_ name: String) -> Bool {
    ["python", "pypy"].contains { stem in
      name.hasPrefix(stem) && name.dropFirst(stem.count).allSatisfy { $0.isNumber || $0 == "." }
    }
  }

  /// Nothing of the current folder is imported.
  private static let question = [
    "import sys",
    "sys.path = [p for p in sys.path if p]",
    "version = '.'.join(map(str, sys.version_info[:3]))",
    "lines = [[sys.implementation.name, version, sys.executable or '']]",
    "try:",
    "    import importlib.metadata as m",
    "    found = {(d.metadata['Name'], d.version) for d in m.distributions()}",
    "    lines += sorted(p for p in found if p[0])",
    "except Exception: pass",
    "sys.stdout.write(''.join('\\t'.join(map(str, line)) + '\\n' for line in lines))",
  ].joined(separator: "\n")

  private static func python(_ words: [String], _ program: ProgramRun) -> [String: String] {
    guard let answer = ask(words, ["-c", question], program) else { return [:] }
    let lines = answer.split(separator: "\n").map { $0.split(separator: "\t") }
    guard let first = lines.first, first.count >= 2 else { return [:] }
    let path = first.count > 2 ? " (\(first[2]))" : ""
    var values = ["interpreter": "\(first[0]) \(first[1])\(path)"]
    let packages = lines.dropFirst().filter { $0.count == 2 }.map { "\($0[0]) \($0[1])" }
    if !packages.isEmpty { values["packages"] = packages.joined(separator: ", ") }
    return values
  }

  private static func ask(
    _ words: [String], _ further: [String], _ program: ProgramRun
  ) -> String? {
    guard let first = words.first else { return nil }
    // A path is meant from the folder in which the program works.
    let name = first.contains("/") ? program.path(of: first) : first
    let answer = try? OutsideProgram.ask(
      name, Array(words.dropFirst()) + further, seconds: seconds, bytes: 4 << 20)
    return answer.flatMap { $0.status == 0 ? $0.text : nil }
  }

  private static let seconds = 5.0
}
