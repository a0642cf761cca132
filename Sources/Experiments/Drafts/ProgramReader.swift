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
    let resources = ProgramResources(train["resources"], problems)
    (handling.cpus, handling.gpus) = (resources.cpus, resources.gpus)
    handling.memoryBytes = resources.memoryBytes
    if value("snapshot") == .flag(true) { handling.isSnapshot = true }
    let absent = absent(parameters)
    let seed = seed
    guard problems.list.count == before, let words else { return nil }
    let contents = contents(words, files)
    if handling.isSnapshot == true {
      handling.inputs = inputs(files)
      checkSnapshot(contents, handling.inputs ?? [])
    }
    guard problems.list.count == before else { return nil }
    return ProgramRun(
      command: words, parameters: parameters, seed: seed, environment: environment,
      files: contents, absent: absent.isEmpty ? nil : absent, handling: handling)
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
    values("params", such: "{lr: 0.1, width: 64}")
  }

  /// Parameters that are not in the key at some value; a name that is none is reported.
  private func absent(_ parameters: [String: ParameterValue]) -> [String: ParameterValue] {
    let found = values("absent", such: "{ema: false}")
    for name in found.keys.sorted() where parameters[name] == nil {
      let near = nearestName(to: name, among: parameters.keys.sorted())
      problems.report(
        train["absent"]?.entry(name)?.keyMark ?? place,
        "\(Words.quoted(name)) is no parameter of the program",
        [
          near.map { "did you mean '\($0)'?" }
            ?? "expected names that stand under params, each with the value that means 'not there'"
        ])
    }
    return found
  }

  private func values(_ key: String, such example: String) -> [String: ParameterValue] {
    guard let node = train[key] else { return [:] }
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, key),
        ["expected a mapping of names to values, such as \(example)"])
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

  private var metrics: MetricOrigin {
    guard let node = train["metrics"] else { return .stdout }
    if node.text == "stdout" { return .stdout }
    if node.text == "mlflow" { return .mlflow }
    guard node.entries != nil,
      let found = sections.section(node, ProgramKeys.metrics, of: "metrics")
    else {
      if node.entries == nil {
        problems.report(
          node.mark, ValueReader.sentence(node, "metrics"),
          [
            "expected stdout, mlflow, or one of {file: PATH}, {pattern: REGEX}, {csv: PATH}, {tfevents: DIR}"
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

  /// Those of the files that are data.
  private func inputs(_ files: ProgramFiles) -> [String] {
    (try? files.paths(of: [], files: [], inputs: texts("inputs"))) ?? []
  }

  /// A snapshot is a copy of the experiment's folder: what lies elsewhere is not in it.
  private func checkSnapshot(_ contents: [String], _ inputs: [String]) {
    let outside = contents.first { path in
      !inputs.contains(path)
        && (path.hasPrefix("/") || path.split(separator: "/").contains(".."))
    }
    guard let outside else { return }
    problems.report(
      train["snapshot"]?.mark ?? place,
      "a snapshot holds files of the experiment's folder, and \(Words.quoted(outside)) lies elsewhere",
      ["write its path from that folder, or leave 'snapshot' out"])
  }
}
