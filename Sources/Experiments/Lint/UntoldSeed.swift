/// A program whose random numbers Labbook cannot choose.
enum UntoldSeed: LintRule {
  static let name = "untold-seed"
  static let reason =
    "without a seed the program's random numbers are either the same in every run, so that repetitions "
    + "say nothing, or others each time, so that no run can be made again"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.programs.compactMap { sweep, programs in
      guard !programs.contains(where: ProgramSweep.isToldItsSeed) else { return nil }
      return Finding(
        mark: experiment.mark(ofTrain: "command", in: sweep),
        message: "the program is never told its seed",
        fix: "write --seed {seed} into the command, or let the program read $LABBOOK_SEED")
    }
  }
}
