import FileLanguage
import Foundation
import Runs
import Tracking

/// Reads the keys of `train` that make a program, and whether they go together.
struct ProgramReader {
  let problems: SpecProblems
  /// The keys of `train` with their values.
  let train: [String: SpecNode]
  /// The folder of the experiment's file, in which the program works.
  let folder: String

  private var sections: SectionReader { SectionReader(problems: problems) }
  private var scalars: ProgramValues { ProgramValues(problems: problems) }

  /// The program; `nil` where something is wrong, which is reported.
  func program(_ files: ProgramFiles) -> ProgramRun? {
    let before = problems.list.count
    guard let node = train["command"] else { return nil }
    let words = words(node)
    let (parameters, environment) = (parameters, environment)
    if let words { check(words, parameters, node) }
    for problem in ParameterVariables.problems(with: parameters) { report(problem, node) }
    var handling = ProgramHandling()
    handling.folder = folder
    handling.metrics = metrics
    handling.passedEnvironment = texts("pass_env")
    handling.resumes = value("resume") == .flag(true)
    handling.timeoutSeconds = seconds("timeout")
    handling.idleSeconds = seconds("idle_timeout")
    handling.graceSeconds = seconds("grace") ?? handling.graceSeconds
    handling.cpus = cpus
    let seed = seed
    guard problems.list.count == before, let words else { return nil }
    let contents = contents(words, files)
    guard problems.list.count == before else { return nil }
    return ProgramRun(
      command: words, parameters: parameters, seed: seed, environment: environment,
      files: contents, handling: handling)
  }

  private func value(_ name: String) -> ParameterValue? {
    guard let node = train[name], case .value(let kind)? = ProgramKeys.key(name)?.shape else {
      return nil
    }
    return sections.values.value(node, as: kind, of: name)
  }

  private func words(_ node: SpecNode) -> [String]? {
    if node.items != nil {
      guard case .list(let items)? = value("command") else { return nil }
      return items.map(\.display)
    }
    guard case .text(let text)? = value("command") else { return nil }
    do throws(CommandProblem) {
      let words = try ShellWords.split(text)
      if !words.isEmpty { return words }
      problems.report(
        node.mark, "command has no words", ["expected a program, such as python train.py"])
    } catch { report(error, node) }
    return nil
  }

  /// Reports a problem at its place in the command.
  private func report(_ problem: CommandProblem, _ node: SpecNode) {
    let item = problem.place.flatMap { place in
      node.items.flatMap { $0.indices.contains(place.word) ? $0[place.word] : nil }
    }
    let parameter = problem.parameter.flatMap { train["params"]?.entry($0)?.keyMark }
    problems.report(
      problem.place == nil ? parameter ?? node.mark : (item ?? node).mark, problem.message,
      problem.hint.isEmpty ? [] : [problem.hint])
  }

  private var parameters: [String: ParameterValue] {
    guard let node = train["params"] else { return [:] }
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "params"),
        ["expected a mapping of names to values, such as {lr: 0.1, width: 64}"])
      return [:]
    }
    return SpecNode.flattened(entries).reduce(into: [:]) { found, entry in
      found[entry.key] = scalars.parameter(entry.value, entry.key)
    }
  }

  private var seed: Int {
    guard let node = train["seed"] else { return 1 }
    let kind = Setting.Kind.integer(Int.min...Int.max)
    if case .integer(let seed)? = sections.values.value(node, as: kind, of: "seed") { return seed }
    return 1
  }

  private var environment: [String: String] {
    guard case .mapping(let values)? = value("env") else { return [:] }
    for name in values.keys.sorted() where !Self.isVariable(name) || name.hasPrefix("LABBOOK_") {
      problems.report(
        train["env"]?.entry(name)?.keyMark ?? place,
        "\(Words.quoted(name)) cannot be a variable of the program's environment",
        ["expected letters, digits and '_'; LABBOOK_ is Labbook's own"])
    }
    return values.mapValues(\.display)
  }

  /// Where something is told that no key of its own holds.
  private var place: Mark {
    train["command"]?.mark ?? Mark(SpecSource(name: "", folder: "", text: ""), line: 0, column: 0)
  }

  private static func isVariable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != 0 }
  }

  private func texts(_ name: String) -> [String] {
    guard case .list(let items)? = value(name) else { return [] }
    return items.map(\.display)
  }

  private func seconds(_ name: String) -> Double? {
    guard let node = train[name], !node.isNone else { return nil }
    return scalars.seconds(node, name)
  }

  private var cpus: Int {
    guard let node = train["resources"],
      case .integer(let cpus)? = sections.section(node, ProgramKeys.resources, of: "resources")?[
        "cpus"]
    else { return 1 }
    return cpus
  }

  private var metrics: MetricOrigin {
    guard let node = train["metrics"] else { return .stdout }
    if node.text == "stdout" { return .stdout }
    guard node.entries != nil,
      let found = sections.section(node, ProgramKeys.metrics, of: "metrics")
    else {
      if node.entries == nil {
        problems.report(
          node.mark, ValueReader.sentence(node, "metrics"),
          [
            "expected stdout, or one of {file: PATH}, {pattern: REGEX}, {csv: PATH}, {tfevents: DIR}"
          ])
      }
      return .stdout
    }
    guard found.count == 1, let (key, value) = found.first else {
      problems.report(
        node.mark, "metrics come from one place",
        ["expected one of file, pattern, csv, tfevents; lines in $LABBOOK_METRICS are read anyway"])
      return .stdout
    }
    switch key {
    case "file": return .file(value.display)
    case "csv": return .csv(value.display)
    case "tfevents": return .eventFiles(value.display)
    default: return .pattern(value.display)
    }
  }

  /// Reports placeholders that are wrong, and parameters that reach nobody.
  private func check(
    _ words: [String], _ parameters: [String: ParameterValue], _ node: SpecNode
  ) {
    do throws(CommandProblems) {
      for problem in try CommandTemplate(words: words).problems(with: parameters) {
        report(problem, node)
      }
    } catch {
      for problem in error.all { report(problem, node) }
    }
  }

  /// The files whose contents are in the key.
  private func contents(_ words: [String], _ files: ProgramFiles) -> [String] {
    let asked = train["files"].map { _ in texts("files") }
    do throws(LabbookError) {
      return try files.paths(of: words, files: asked, inputs: texts("inputs"))
    } catch {
      let node = train["inputs"] ?? train["files"] ?? train["command"]
      problems.report(node?.mark ?? place, error.message, error.hint.isEmpty ? [] : [error.hint])
      return []
    }
  }
}
