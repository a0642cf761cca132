package import Experiments
import FileLanguage
import Foundation
package import Runner
package import Runs
package import Sweeps
package import Tracking

/// A sweep of a small program, planned without a file: two rates, three seeds.
///
/// At step s of a run with rate r and seed n the program tells score/top5 = 1 - r (s - 3)^2 and
/// energy = r s, with s from 1 to 4 + n, which nobody knows before; at its end, once, tokens = 100 s.
package struct ProgramSweep: Sendable {
  /// The folder of the script.
  package let folder: String
  package static let rates = [0.125, 0.25]
  package static let seeds = 1...3
  package static let score = Metric("score/top5")
  package static let energy = Metric("energy")
  package static let tokens = Metric("tokens")
  package static let objective = Objective(score, .maximize)

  /// Writes the script into a folder.
  package init(in folder: String) throws {
    self.folder = folder
    try Self.script.write(toFile: folder + "/learn.sh", atomically: true, encoding: .utf8)
  }

  package static func lastStep(seed: Int) -> Int { 4 + seed }

  package static func score(_ rate: Double, _ step: Int) -> Double {
    1 - rate * Double((step - 3) * (step - 3))
  }

  /// The rates and their powers of two are exact, so that every number of the program is.
  private static let script = """
    rate=$1 seed=$2 file=$3 pause=$4
    step=0
    if [ -s "$file" ]; then step=$(cat "$file"); fi
    last=$((4 + seed))
    while [ $step -lt $last ]; do
      step=$((step + 1))
      [ "$pause" = 0 ] || sleep "$pause"
      awk "BEGIN { s = $step - 3
        printf \\"{\\\\\\"step\\\\\\": %d, \\\\\\"score/top5\\\\\\": %.17g, \\\\\\"energy\\\\\\": %.17g}\\\\n\\",
          $step, 1 - $rate * s * s, $rate * $step }"
      echo $step > "$file.new"
      mv "$file.new" "$file"
    done
    echo "{\\"step\\": $last, \\"tokens\\": $((last * 100))}"

    """

  private static let source = SpecSource(name: "program.yaml", folder: "", text: "over: {}")
  private static let mark = Mark(source, line: 1, column: 1)

  /// What the rate of a run is called.
  package static let rateKey = SweepKey.setting(
    .absolute(["train", "params", "rate"]), written: "params.rate")

  /// The sweep `programs` of the experiment `outside`.
  package var spec: SweepSpec {
    SweepSpec(
      name: "programs", mark: Self.mark,
      axes: [
        SweepSpec.Axis(
          path: .absolute(["train", "params", "rate"]), written: "params.rate", mark: Self.mark,
          values: Self.rates.map { SpecNode(.number($0), Self.mark) })
      ], seeds: .list(Array(Self.seeds)))
  }

  /// The program with a rate.
  package func configuration(rate: Double, seed: Int = 1) -> RunConfiguration {
    let command = ["sh", folder + "/learn.sh", "{rate}", "{seed}", "{checkpoint}", "{pause}"]
    return RunConfiguration(
      .program(ProgramRun(command: command, parameters: ["rate": .number(rate)], seed: seed)),
      objective: Self.objective,
      hyperparameters: [
        Hyperparameter("train.command", .text(command.joined(separator: " "))),
        Hyperparameter("train.params.rate", .number(rate)),
        Hyperparameter("train.seed", .integer(seed)),
      ])
  }

  /// What a plan asks of files: a program reads none that it knows.
  package static func facts() -> PlanFacts {
    PlanFacts(fingerprint: { _ in "" }, trainRows: { _ in 0 })
  }

  package func plan() throws -> RunPlan {
    try RunPlan(experiment: "outside", sweeps: [spec], facts: Self.facts()) { combination, _ in
      guard case .number(let rate)? = combination.substitutions.last?.value.content else {
        return .success(nil)
      }
      return .success(configuration(rate: rate))
    }
  }

  package func jobs() throws -> [SweepJobs] {
    try SweepJobs.of(try plan(), facts: Self.facts())
  }

  /// A notebook over the sweep.
  package func experiment(_ cells: [Cell]) -> Experiment {
    Experiment(
      name: "outside", file: "program.yaml", sweeps: [spec], cells: cells,
      spec: ExperimentSpec(file: "program.yaml", root: SpecNode(.mapping([]), Self.mark)))
  }

  /// A table over the sweep.
  package static func table(
    _ kind: TableCell.Kind, by metric: Metric? = nil, show: [String] = [],
    value: MetricValue = .best
  ) -> TableCell {
    TableCell(
      kind: kind, sweep: "programs", metric: metric, show: show,
      by: kind == .compare ? rateKey : nil,
      against: kind == .compare ? .number(rates[0]) : nil, value: value, title: nil, mark: mark)
  }

  /// A figure of the sweep.
  package static func plot(_ plot: any Plot, name: String) -> PlotCell {
    PlotCell(plot, sweep: "programs", name: name, mark: mark)
  }

  /// A text with one value.
  package static func text(_ expression: String) throws -> TextCell {
    let question = Question(try Formula(expression), sweep: "programs", mark: mark)
    return TextCell(
      markdown: "It is {{ \(expression) }}.",
      parts: [.markdown("It is "), .value(question), .markdown(".")], mark: mark)
  }
}
