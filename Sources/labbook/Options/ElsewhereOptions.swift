import ArgumentParser

/// Where runs are trained: here, on Slurm, or by whoever starts the tasks of a plan.
struct ElsewhereOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where runs are trained: here, slurm, or plan, which writes the tasks for any other launcher. "
        + "(default: slurm for a file with 'slurm:', else here)", valueName: "place"))
  var on: Place?
  @Flag(help: "Hand the runs over and end; the same command takes in later what has come.")
  var detach = false

  enum Place: String, ExpressibleByArgument, CaseIterable {
    case here, slurm, plan
  }

  func validate() throws {
    if detach, on == .here {
      throw ValidationError("--detach hands runs over to Slurm or to a plan, and --on is here.")
    }
  }
}
