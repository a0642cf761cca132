import ArgumentParser
import Cluster
import Datasets
import Experiments
import FileLanguage
import Foundation
import Machine
import RunStorage
import Runner
import Runs
import TensorKernels
import Tracking
import Training

extension ElsewhereOptions {
  private func place(of experiment: Experiment) -> Place {
    on ?? (experiment.slurm == nil ? .here : .slurm)
  }

  /// Whether runs are trained on other machines.
  func goesAway(_ experiment: Experiment) -> Bool { place(of: experiment) != .here }

  /// What Slurm is asked for: the file's words, and the user's own where it has none.
  private func settings(of experiment: Experiment) throws -> SlurmSettings {
    do throws(Diagnostics) {
      return (experiment.slurm ?? SlurmSettings()).over(try SlurmSettings.own())
    } catch {
      StandardError.write(error.description + "\n")
      throw ExitCode(2)
    }
  }

  private func options(_ settings: SlurmSettings) -> SlurmOptions {
    var options = SlurmOptions()
    options.partition = settings.partition
    options.account = settings.account
    options.time = settings.time
    options.cpus = settings.cpus ?? 1
    options.gpus = settings.gpus
    options.memory = settings.memory
    options.hasWholeNodes = settings.hasWholeNodes ?? false
    options.array = settings.array
    options.options = settings.options
    options.setup = settings.setup
    options.wrap = settings.wrap
    options.shell = settings.shell ?? options.shell
    if let limit = settings.limitSeconds {
      options.graceSeconds = max(1, min(options.graceSeconds, Int(limit / 4)))
    }
    return options
  }

  /// The executor that trains elsewhere; `nil` where runs are trained here.
  func executor(
    for loaded: LoadedExperiment, in store: RunStore, library: DataLibrary, seconds: Double
  ) throws -> ClusterExecutor? {
    let experiment = loaded.experiment
    let place = place(of: experiment)
    if place == .here {
      if detach {
        throw LabbookError.input(
          "--detach hands runs over, and \(experiment.file) trains here",
          hint: "add --on slurm or --on plan, or 'slurm:' to the file")
      }
      return nil
    }
    let settings = try settings(of: experiment)
    let wanted = options(settings)
    var options = ClusterExecutor.Options(
      runsFolder: store.runsFolder, version: labbookVersion, kernels: KernelBody.current.rawValue,
      experiment: experiment.name, title: experiment.title,
      predict: {
        try Self.seconds(of: $0, library, taskSeconds: (settings.taskMinutes ?? 15) * 60)
      },
      settled: { keys in
        Set(
          try store.currentRuns(ofKeys: keys)
            .filter { $0.value.status.isResult || $0.value.status == .failed }.keys)
      })
    options.store = store.file
    options.halted = { keys in
      Set(try store.currentRuns(ofKeys: keys).filter(\.value.isHalted).keys)
    }
    options.checkpointSeconds = max(seconds, ClusterExecutor.leastCheckpointSeconds)
    options.limits.cores = wanted.cpus
    options.limits.atOnce = settings.array
    options.limits.leastSeconds = (settings.taskMinutes ?? 15) * 60
    options.limitSeconds = settings.limitSeconds
    options.detaches = detach
    let launcher: any Launcher =
      place == .slurm
      ? try SlurmLauncher(wanted, executable: OwnExecutable.url.path)
      : HandLauncher { folder, plan in
        let last = plan.tasks - 1
        StandardError.write(
          """
          the plan has \(plan.tasks) task\(plan.tasks == 1 ? "" : "s"); start each, on any machine that sees \
          the folder, in any order:
            labbook work \(BatchScript.word(folder.path)) --task N        (N from 0 to \(last))

          """)
      }
    return ClusterExecutor(launcher, options)
  }

  /// The turn at the plans of a store; `nil` where runs are trained here.
  func turn(for experiment: Experiment, in store: RunStore) throws -> PlansTurn? {
    if place(of: experiment) == .here { return nil }
    return try PlansTurn(store.runsFolder) {
      StandardError.write(
        "another labbook hands over or takes in runs of this store: this one waits for it\n")
    }
  }

  /// Seconds of runs on one core: of networks as `check` predicts them, of programs as long as a task
  /// should be.
  private static func seconds(
    of runs: [AssignedRun], _ library: DataLibrary, taskSeconds: Double
  ) throws -> [Double] {
    let networks = runs.lazy.compactMap(\.job.configuration.network)
    if networks.isEmpty { return runs.map { _ in taskSeconds } }
    let prediction = try TrainingPrediction(networks, library: library)
    let costs = runs.map { $0.job.configuration.network == nil ? 0 : $0.job.cost }
    let unit = prediction.coreSeconds / max(costs.reduce(0, +), .leastNormalMagnitude)
    return zip(runs, costs).map {
      $0.job.configuration.network == nil ? taskSeconds : $1 * unit
    }
  }

  /// Runs that a plan has are not trained here too.
  func checkNoneIsAway(_ keys: [String], _ store: RunStore) throws {
    let waiting = Set(keys)
    if waiting.isEmpty { return }
    for folder in PlanFolder.open(in: store.runsFolder, of: store.file) {
      if waiting.isDisjoint(with: try folder.keys()) { continue }
      throw LabbookError.input(
        "runs of this file are at work elsewhere, in the plan \(folder.name)",
        hint: "--on slurm or --on plan takes in what comes of them; 'labbook stop FILE' ends them; "
          + "to forget them: rm -r \(BatchScript.word(folder.path))")
    }
  }

  /// Says what goes on after this command; its exit status.
  func sayLeft(_ experiment: Experiment, in store: RunStore) -> Int32 {
    let words = place(of: experiment) == .slurm ? " --on slurm" : " --on plan"
    let db =
      store.path == StoreOptions.standardPath ? "" : " --db " + BatchScript.word(store.path)
    let run = "labbook run \(experiment.file)\(words)\(db)"
    let stop = "labbook stop \(experiment.file)\(db)"
    let width = max(run.count, stop.count)
    func padded(_ text: String) -> String {
      text + String(repeating: " ", count: width - text.count)
    }
    StandardError.write(
      """
      runs are at work elsewhere and go on; nothing is drawn yet
        \(padded(run))   takes in what has come, begins what follows from it, and draws
        \(padded(stop))   ends them

      """)
    return detach ? 0 : 130
  }

  /// Prints the batch script of every file that goes to Slurm.
  func printScripts(of loaded: [LoadedExperiment]) throws {
    for item in loaded where place(of: item.experiment) == .slurm {
      let script = try BatchScript.text(
        options(settings(of: item.experiment)), executable: OwnExecutable.url.path,
        name: item.experiment.name, plan: "PLAN", tasks: [0])
      print(script)
    }
  }
}
