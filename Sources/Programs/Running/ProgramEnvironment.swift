import Foundation
import Machine
import Runs
import Tracking

/// The environment in which a program is started.
struct ProgramEnvironment {
  /// The lines, each `NAME=VALUE`.
  let lines: [String]
  /// Those by which its processes are found again.
  let marks: [String]

  /// The environment of one attempt.
  ///
  /// - Parameters:
  ///   - cpus: how many cores it has.
  ///   - cards: what tells it which cards are its own.
  init(
    _ program: ProgramRun, run: String, _ folder: ProgramFolder, cpus: Int,
    cards: CardVariables
  ) {
    var values: [String: String] = [:]
    let cores = String(cpus)
    for name in ["OMP", "MKL", "OPENBLAS", "NUMEXPR"] { values[name + "_NUM_THREADS"] = cores }
    values["PYTHONUNBUFFERED"] = "1"
    values["PYTHONHASHSEED"] = String(Self.hashSeed(program.seed))
    for (name, value) in program.environment { values[name] = value }
    for name in program.handling.passedEnvironment {
      values[name] = ProcessInfo.processInfo.environment[name]
    }
    values.merge(cards.values) { _, own in own }
    values["LABBOOK_RUN"] = run
    values["LABBOOK_RUN_DIR"] = folder.files
    values["LABBOOK_PARAMS"] = folder.parameters
    values["LABBOOK_METRICS"] = folder.metrics(folder.attempt)
    values["LABBOOK_CHECKPOINT"] = folder.checkpoint
    values["LABBOOK_SEED"] = String(program.seed)
    values["LABBOOK_ATTEMPT"] = String(folder.attempt)
    values.merge(ParameterVariables.values(program.parameters)) { _, own in own }
    marks = Self.marks(run: run, files: folder.files)
    lines = OutsideProgram.environment(
      adding: values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" },
      without: { line in
        let name = String(line.prefix { $0 != "=" })
        // Whatever another labbook above this one has given is not this run's.
        return values[name] != nil || name.hasPrefix("LABBOOK_")
      })
  }

  /// The lines by which the processes of a run are found.
  static func marks(run: String, files: String) -> [String] {
    ["LABBOOK_RUN=" + run, "LABBOOK_RUN_DIR=" + files]
  }

  /// Python takes 0 to 4294967295.
  private static func hashSeed(_ seed: Int) -> UInt32 { UInt32(truncatingIfNeeded: seed) }
}
