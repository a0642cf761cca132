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
  ///   - means: how many cores it has, what tells it which cards are its own, and where its tracking is.
  init(
    _ program: ProgramRun, run: String, _ folder: ProgramFolder, _ means: ProgramMeans
  ) {
    var values: [String: String] = [:]
    let cores = String(means.cpus)
    for name in ["OMP", "MKL", "OPENBLAS", "NUMEXPR"] { values[name + "_NUM_THREADS"] = cores }
    values["PYTHONUNBUFFERED"] = "1"
    values["PYTHONHASHSEED"] = String(Self.hashSeed(program.seed))
    for (name, value) in program.environment { values[name] = value }
    for name in program.handling.passedEnvironment {
      values[name] = ProcessInfo.processInfo.environment[name]
    }
    values.merge(means.cards.values) { _, own in own }
    values.merge(means.tracking) { _, own in own }
    values["LABBOOK_RUN"] = run
    values["LABBOOK_RUN_DIR"] = folder.files
    values["LABBOOK_PARAMS"] = folder.places.parameters
    values["LABBOOK_METRICS"] = folder.places.metrics(folder.attempt)
    values["LABBOOK_CHECKPOINT"] = folder.places.checkpoint
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
          || (!means.tracking.isEmpty && Self.otherTracking.contains(name))
      })
  }

  /// The lines by which the processes of a run are found.
  static func marks(run: String, files: String) -> [String] {
    ["LABBOOK_RUN=" + run, "LABBOOK_RUN_DIR=" + files]
  }

  /// What would lead an MLflow client to another server, run or experiment than it is given.
  private static let otherTracking: Set = [
    "MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME",
    "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_AUTH", "MLFLOW_REGISTRY_URI", "MLFLOW_RUN_ID",
    "MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME",
  ]

  /// Python takes 0 to 4294967295.
  private static func hashSeed(_ seed: Int) -> UInt32 { UInt32(truncatingIfNeeded: seed) }
}
