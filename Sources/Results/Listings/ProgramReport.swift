public import Runs
import Sweeps
import Terminal
import Tracking

/// What will be started of outside programs, in full: a part of `labbook check`.
struct ProgramReport {
  private let sweep: SweepPlan
  private let programs: [ProgramRun]
  private let slots: (ProgramRun) -> String

  /// The programs of a sweep; `nil` where it has none.
  ///
  /// - Parameter slots: says what of the machine the runs of a program take.
  init?(_ sweep: SweepPlan, _ slots: @escaping (ProgramRun) -> String) {
    self.sweep = sweep
    self.slots = slots
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
      "slots       " + printable(slots(first)))
    if first.handling.resumes { lines.append("resume      goes on from its checkpoint") }
    if first.handling.isSnapshot == true {
      lines.append("snapshot    runs are started from a copy of these files, made with the plan")
    }
    for (name, value) in (first.absent ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append("absent      \(printable(name)) is not in the key where it is \(value.display)")
    }
    let accepted = (sweep.runs.first?.files.accepted ?? [:]).keys.sorted()
    if !accepted.isEmpty {
      lines.append(
        "accepted    edits of " + accepted.map { printable($0) }.joined(separator: ", ")
          + " change no number (--accept)")
    }
    for advice in try CommandTemplate(words: first.command).wordsForShells {
      lines.append("advice      " + printable(advice.message) + "; " + printable(advice.hint))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ program: ProgramRun) throws -> String { try program.shownCommand }

  private func metrics(_ origin: MetricOrigin) -> String {
    let place =
      switch origin {
      case .stdout: "JSON lines and Python dicts of its output"
      case .pattern(let pattern): "lines of its output that match \(printable(pattern))"
      case .file(let path): "lines of RUN_DIR/\(printable(path))"
      case .csv(let path): "the table RUN_DIR/\(printable(path))"
      case .eventFiles(let path): "event files in RUN_DIR/\(printable(path))"
      case .mlflow: "what it logs to MLflow, which is served to it"
      }
    return place + ", and lines of $LABBOOK_METRICS"
  }
}

extension ProgramRun {
  /// The command in full, as a shell would take it, with names where its run's own paths will stand.
  ///
  /// - Throws: where a parameter cannot be put into it.
  public var shownCommand: String {
    get throws {
      let context = CommandContext(
        runDirectory: "RUN_DIR", checkpoint: "CHECKPOINT", parametersPath: "PARAMS.json",
        seed: seed, cpus: handling.cpus ?? 1, attempt: 1)
      return try CommandTemplate(words: command).words(parameters: parameters, context: context)
        .map { printable(ShellWords.quoted($0)) }.joined(separator: " ")
    }
  }
}
