import ArgumentParser
import Datasets
import Experiments
import FileLanguage
import Foundation
import Machine
import Programs
import Runner
import Runs
import Sweeps
import Tracking

/// The experiment of a program, written from the command that starts it: `labbook init --from`.
struct ProgramExperiment {
  /// The file that is written.
  let path: String
  /// What stands in it.
  let text: String
  /// What was found, as a sentence.
  let summary: String

  /// Asks the program for its help, starts it once until its second report, and writes what it was told.
  ///
  /// - Throws: `LabbookError` where the command cannot be read, or the program told no metric.
  init(_ command: String) throws {
    var proposal: CommandProposal
    do throws(CommandProblem) {
      proposal = try CommandProposal(
        command, isFile: { FileManager.default.fileExists(atPath: $0) }, ask: Self.help)
    } catch { throw LabbookError.input("--from: \(error.message)", hint: error.hint) }
    guard !proposal.program.isEmpty else {
      throw LabbookError.input(
        "--from names no program", hint: "labbook init --from \"python train.py --lr 0.1\"")
    }
    proposal.addSeed()
    let others = proposal.isHydra ? Self.settings(&proposal) : proposal.unused
    let (metrics, pattern) = try Self.metrics(proposal)
    let (objective, isGuessed) = try Self.objective(metrics, command)
    path = Self.fileName(proposal.program)
    text = Self.file(proposal, objective, isGuessed: isGuessed, others: others, pattern: pattern)
    summary =
      "\(proposal.parameters.count) parameter\(proposal.parameters.count == 1 ? "" : "s"), "
      + "metrics \(metrics.map(\.name).joined(separator: ", ")), judged by \(objective.metric)"
      + (pattern == nil
        ? "" : "\n  its lines are no JSON, so they are read by a pattern; see that it fits")
  }

  /// The name of the file that is written: that of the script, or a module's last.
  private static func fileName(_ program: String) -> String {
    let isFile = program.contains("/") || FileManager.default.fileExists(atPath: program)
    let name =
      isFile ? PathText(program).stem : program.split(separator: ".").last.map(String.init)
    return (name.flatMap { $0.isEmpty ? nil : $0 } ?? "program") + ".yaml"
  }

  /// What the program's help says; nothing where it has none within some seconds.
  private static func help(_ words: [String]) -> ProgramHelp {
    ProgramHelp(answer(words + ["--help"]))
  }

  private static func answer(_ words: [String]) -> String {
    guard let name = words.first,
      let answer = try? OutsideProgram.ask(
        name, Array(words.dropFirst()),
        seconds: Double(OutsideProgram.patience(usual: 60)))
    else { return "" }
    return answer.text
  }

  /// The settings of a program of Hydra that were not typed, as its `--cfg job` prints them.
  ///
  /// One of them that is the seed becomes Labbook's.
  private static func settings(_ proposal: inout CommandProposal) -> [String] {
    let used = Set(proposal.parameters.map(\.name))
    var open: [(depth: Int, name: String)] = []
    var found: [String] = []
    for line in answer(proposal.asked + ["--cfg", "job"]).split(whereSeparator: \.isNewline) {
      let depth = line.prefix { $0 == " " }.count
      let parts = line.dropFirst(depth).split(separator: ":", maxSplits: 1)
      guard let key = parts.first, !key.hasPrefix("-"), !key.hasPrefix("#"), line.contains(":")
      else { continue }
      open.removeAll { $0.depth >= depth }
      let name = (open.map(\.name) + [String(key)]).joined(separator: ".")
      let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
      if value.isEmpty {
        open.append((depth, String(key)))
      } else if !used.contains(name) {
        if !proposal.addSeed(setting: name) { found.append("\(name)=\(value)") }
      }
    }
    return found
  }

  /// What the program tells, and the pattern by which it was understood where its lines are no JSON.
  private static func metrics(
    _ proposal: CommandProposal
  ) throws -> (metrics: [Metric], pattern: String?) {
    let first = try trial(proposal, pattern: nil)
    if !first.metrics.isEmpty { return (first.metrics, nil) }
    if let failure = first.failure, !failure.contains("it ended without") {
      throw LabbookError.failure("the program told no metric: \(failure)")
    }
    if let pattern = PatternProposal.pattern(in: first.output) {
      let second = try trial(proposal, pattern: pattern)
      if !second.metrics.isEmpty { return (second.metrics, pattern) }
    }
    throw LabbookError.failure(
      "the program told no metric",
      hint: "it needs one line, such as print(json.dumps({\"val/accuracy\": accuracy}), flush=True)"
    )
  }

  /// The program as it was typed, until its second report.
  private static func trial(
    _ proposal: CommandProposal, pattern: String?
  ) throws -> TryOut.Result {
    let text = file(
      proposal, Objective(Metric("loss"), .minimize), isGuessed: true, others: [],
      pattern: pattern, isTrial: true)
    let library = DataLibrary()
    let experiment = try Experiment.parse(text, name: "init.yaml", library: library)
    let plan = try GrowingPlan(experiment, facts: PlanFacts(library: library)).plan
    let jobs = try SweepJobs.trials(of: plan)
    guard
      let result = TryOut.run(
        jobs, Trainers.all(library, ProgramSlots(jobs: 1, runs: 1), reports: 2)
      ).first
    else {
      throw ExitCode(130)
    }
    return result
  }

  /// What judges a run: a metric of a validation part before others, accuracies before losses.
  private static func objective(
    _ metrics: [Metric], _ command: String
  ) throws -> (Objective, isGuessed: Bool) {
    let ranked = metrics.sorted { a, b in
      (rank(a), a.name) < (rank(b), b.name)
    }
    guard let metric = ranked.first else {
      throw LabbookError.failure("the program told no metric")
    }
    return (Objective(metric, direction(metric) ?? .minimize), metric.direction == nil)
  }

  /// Which way is better, by the name; also where Labbook itself would not be sure.
  private static func direction(_ metric: Metric) -> Direction? {
    let word = metric.name.lowercased().split { !$0.isLetter && !$0.isNumber }.last ?? ""
    let higher: Set = [
      "acc", "accuracy", "precision", "recall", "map", "iou", "dice", "bleu", "score", "reward",
      "return",
      "r2", "auroc", "top1", "top5",
    ]
    return metric.direction ?? (higher.contains(String(word)) ? .maximize : nil)
  }

  private static func rank(_ metric: Metric) -> Int {
    let isHeldOut = metric.name.contains("val") || metric.name.contains("eval")
    let kind = direction(metric) == .maximize ? 0 : direction(metric) == .minimize ? 1 : 2
    return (isHeldOut ? 0 : 10) + kind
  }

  // MARK: The file

  private static func file(
    _ proposal: CommandProposal, _ objective: Objective, isGuessed: Bool, others: [String],
    pattern: String? = nil, isTrial: Bool = false
  ) -> String {
    var lines = ["train:"]
    let command = proposal.words.map(word).joined(separator: " ")
    lines.append("  command: " + ParameterValue.json(command))
    if !proposal.parameters.isEmpty {
      lines.append("  params:")
      for parameter in proposal.parameters {
        let values = parameter.values.map(scalar)
        lines.append(
          "    \(key(parameter.name)): "
            + (parameter.isList ? "[\(values.joined(separator: ", "))]" : values[0]))
      }
    }
    if !others.isEmpty { lines.append("  # it also takes " + others.joined(separator: " ")) }
    if !proposal.environment.isEmpty {
      lines.append("  env:")
      for (name, value) in proposal.environment { lines.append("    \(name): \(scalar(value))") }
    }
    if let pattern {
      lines.append("  metrics: {pattern: '\(pattern.replacing("'", with: "''"))'}")
    }
    // Nobody waits a day for a program that tells nothing.
    if isTrial { lines.append("  timeout: 5m") }
    lines.append("")
    lines.append(
      "objective: {\(objective.direction.rawValue): \(scalar(objective.metric.name))}"
        + (isGuessed ? "    # the name does not say which way is better: maximize or minimize" : "")
    )
    if !isTrial, let (name, values) = axis(proposal.parameters) {
      lines += ["", "over:", "  \(key(name)): [\(values.joined(separator: ", "))]"]
    }
    if proposal.hasSeed { lines.append("seeds: 3") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Three values around the rate, where there is one.
  private static func axis(
    _ parameters: [CommandProposal.Parameter]
  ) -> (name: String, values: [String])? {
    let rates = ["lr", "learning_rate", "eta", "alpha"]
    let found = parameters.first { parameter in
      let last = parameter.name.split(separator: ".").last.map(String.init) ?? ""
      return rates.contains(last) && !parameter.isList
    }
    guard let found, let rate = Double(found.value), rate > 0, rate.isFinite else { return nil }
    return (
      found.name,
      [rate / 10, rate, rate * 10].map { value in
        ParameterValue.number((value * 1e12).rounded() / 1e12).json
      }
    )
  }

  private static func key(_ name: String) -> String {
    name.contains(".") ? "'\(name)'" : name
  }

  /// A word as the command's text holds it: quotes stand only where a blank, a quote or a backslash asks
  /// for them.
  private static func word(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && !word.contains { $0.isWhitespace || "'\"\\".contains($0) }
    return isPlain ? word : ShellWords.quoted(word)
  }

  /// A text as YAML reads it back as the same kind of value.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-+./".unicodeScalars.contains($0))
      } && !text.hasPrefix("-.") && text != "-"
    return isPlain ? text : ParameterValue.json(text)
  }
}
