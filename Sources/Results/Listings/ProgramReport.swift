import Runs
import Sweeps
import Terminal
import Tracking

/// What will be started of outside programs, in full: a part of `labbook check`.
struct ProgramReport {
  private let sweep: SweepPlan
  private let programs: [ProgramRun]

  /// The programs of a sweep; `nil` where it has none.
  init?(_ sweep: SweepPlan) {
    self.sweep = sweep
    programs = sweep.runs.compactMap {
      if case .program(let program) = $0.configuration.body { program } else { nil }
    }
    if programs.isEmpty { return nil }
  }

  /// The words of the first and the last run, and the files that are in the key.
  func text(_ style: TextStyle) throws -> String {
    var lines = [style.strong("Program of \(sweep.name)")]
    guard let first = programs.first, let last = programs.last else { return "" }
    lines.append("first run   " + (try words(first)))
    if programs.count > 1 { lines.append("last run    " + (try words(last))) }
    let folder = first.handling.folder
    lines.append("works in    " + (folder.isEmpty ? "the current folder" : printable(folder)))
    lines.append("metrics     " + metrics(first.handling.metrics))
    lines.append(
      first.files.isEmpty
        ? "in the key  no file: an edit of the program goes unnoticed ('files' names some)"
        : "in the key  " + first.files.map { printable($0) }.joined(separator: ", "))
    lines.append(
      "cores       \(first.handling.cpus) a run"
        + (first.handling.resumes ? "; goes on from its checkpoint" : ""))
    for advice in try CommandTemplate(words: first.command).wordsForShells {
      lines.append("advice      " + printable(advice.message) + "; " + printable(advice.hint))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ program: ProgramRun) throws -> String {
    let context = CommandContext(
      runDirectory: "RUN_DIR", checkpoint: "CHECKPOINT", parametersPath: "PARAMS.json",
      seed: program.seed, cpus: program.handling.cpus, attempt: 1)
    return try CommandTemplate(words: program.command)
      .words(parameters: program.parameters, context: context)
      .map { printable(ShellWords.quoted($0)) }.joined(separator: " ")
  }

  private func metrics(_ origin: MetricOrigin) -> String {
    let place =
      switch origin {
      case .stdout: "JSON lines and Python dicts of its output"
      case .pattern(let pattern): "lines of its output that match \(printable(pattern))"
      case .file(let path): "lines of RUN_DIR/\(printable(path))"
      case .csv(let path): "the table RUN_DIR/\(printable(path))"
      case .eventFiles(let path): "event files in RUN_DIR/\(printable(path))"
      }
    return place + ", and lines of $LABBOOK_METRICS"
  }
}
