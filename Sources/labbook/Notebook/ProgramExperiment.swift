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
    do throws(CommandProblem) { proposal = try CommandProposal(command) } catch {
      throw LabbookError.input("--from: \(error.message)", hint: error.hint)
    }
    // The script, not the number behind it.
    let script = proposal.program.last { FileManager.default.fileExists(atPath: $0) }
    guard let first = script ?? proposal.program.first else {
      throw LabbookError.input(
        "--from names no program", hint: "labbook init --from \"python train.py --lr 0.1\"")
    }
    let options = Self.help(proposal.program)
    if !proposal.hasSeed, let seed = options.first(where: { $0 == "--seed" }) {
      proposal.addSeed(seed)
    }
    let metrics = try Self.metrics(proposal)
    let (objective, isGuessed) = try Self.objective(metrics, command)
    path = PathText(first).stem + ".yaml"
    text = Self.file(proposal, objective, isGuessed: isGuessed, others: options)
    summary =
      "\(proposal.parameters.count) parameter\(proposal.parameters.count == 1 ? "" : "s"), "
      + "metrics \(metrics.map(\.name).joined(separator: ", ")), judged by \(objective.metric)"
  }

  /// The options that the program's help names; none where it has no help within some seconds.
  private static func help(_ program: [String]) -> [String] {
    guard let name = program.first,
      let answer = try? OutsideProgram.ask(
        name, Array(program.dropFirst()) + ["--help"], seconds: 20)
    else { return [] }
    return CommandProposal.options(inHelp: answer.text)
  }

  private static func metrics(_ proposal: CommandProposal) throws -> [Metric] {
    // As it was typed: nothing varies.
    let text = file(
      proposal, Objective(Metric("loss"), .minimize), isGuessed: true, others: [], varies: false)
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
    if !result.metrics.isEmpty { return result.metrics }
    if let failure = result.failure, !failure.contains("it ended without") {
      throw LabbookError.failure("the program told no metric: \(failure)")
    }
    throw LabbookError.failure(
      "the program told no metric",
      hint: "it needs one line, such as print(json.dumps({\"val/accuracy\": accuracy}), flush=True)"
    )
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
    return (Objective(metric, metric.direction ?? .minimize), metric.direction == nil)
  }

  private static func rank(_ metric: Metric) -> Int {
    let isHeldOut = metric.name.contains("val") || metric.name.contains("eval")
    let kind = metric.direction == .maximize ? 0 : metric.direction == .minimize ? 1 : 2
    return (isHeldOut ? 0 : 10) + kind
  }

  // MARK: The file

  private static func file(
    _ proposal: CommandProposal, _ objective: Objective, isGuessed: Bool, others: [String],
    varies: Bool = true
  ) -> String {
    var lines = ["train:"]
    let words = proposal.words.map { $0.hasPrefix("{") ? $0 : ShellWords.quoted($0) }
    let command = words.map { word in
      // Quotes around a placeholder change nothing, and read worse.
      word.hasPrefix("'") && word.contains("={") && !word.contains(" ")
        ? String(word.dropFirst().dropLast()) : word
    }.joined(separator: " ")
    lines.append("  command: " + ParameterValue.json(command))
    if !proposal.parameters.isEmpty {
      lines.append("  params:")
      for (name, value) in proposal.parameters {
        lines.append("    \(key(name)): \(scalar(value))")
      }
    }
    let known = Set(
      proposal.parameters.map { "--" + $0.name.replacing("_", with: "-") } + ["--seed"])
    let left = others.filter { !known.contains($0.replacing("_", with: "-")) }
    if !left.isEmpty { lines.append("  # it also takes " + left.joined(separator: " ")) }
    lines.append("")
    lines.append(
      "objective: {\(objective.direction.rawValue): \(scalar(objective.metric.name))}"
        + (isGuessed ? "    # the name does not say which way is better: maximize or minimize" : "")
    )
    if varies, let (name, values) = axis(proposal.parameters) {
      lines += ["", "over:", "  \(key(name)): [\(values.joined(separator: ", "))]"]
    }
    if proposal.hasSeed { lines.append("seeds: 3") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Three values around the rate, where there is one.
  private static func axis(
    _ parameters: [(name: String, value: String)]
  ) -> (name: String, values: [String])? {
    let rates = ["lr", "learning_rate", "eta", "alpha"]
    let found = parameters.first { parameter in
      let last = parameter.name.split(separator: ".").last.map(String.init) ?? ""
      return rates.contains(last)
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
