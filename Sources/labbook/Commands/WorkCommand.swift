import ArgumentParser
import Cluster
import Datasets
import Foundation
import Machine
import Programs
import Runner
import Runs
import TensorKernels
import Terminal
import Tracking

struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Train the runs of one task of a plan.",
    discussion: """
      `labbook run FILE --on slurm` and `--on plan` write plans. A task writes its own segment of the plan's \
      folder and opens no store; it may be ended at any time and started again, anywhere that sees the \
      folder. 0: all of its runs have ended; 130: it was asked to leave before.

      EXAMPLES:
        labbook work labbook.sqlite.runs/plans/20261129-201500-3f2a9c1d --task 0
        parallel labbook work PLAN --task {} ::: 0 1 2 3
      """)

  @Argument(
    help: ArgumentHelp("The folder of the plan.", valueName: "plan"), completion: .directory)
  var path: String
  @Option(help: "Which of its tasks.") var task: Int
  @Option(
    help: "Cores to train on. (default: what the scheduler gave, else what the plan says)")
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...4096).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 4096.")
    }
    if task < 0 { throw ValidationError("--task counts from 0.") }
  }

  func run() throws {
    let folder = try PlanFolder(existing: path)
    let plan = try folder.plan()
    guard plan.version == labbookVersion else {
      throw LabbookError.input(
        "the plan was written by labbook \(plan.version), and this is \(labbookVersion)",
        hint: "every machine needs the same program")
    }
    guard let body = KernelBody(rawValue: plan.kernels) else {
      throw LabbookError.input("the plan asks for the kernels '\(plan.kernels)', which are none")
    }
    do throws(LabbookError) { try KernelBody.use(body) } catch {
      throw LabbookError.input(
        "the plan asks for the kernels \(plan.kernels), and \(error.message)",
        hint: "plan with --kernels and a level that every machine has; " + error.hint)
    }
    guard FileManager.default.changeCurrentDirectoryPath(plan.folder) else {
      throw LabbookError.failure(
        "the folder '\(plan.folder)', from which the plan reads relative paths, is not here")
    }
    let work = try TaskWork(folder, task: task, options(plan))
    let cores = jobs ?? Self.given() ?? plan.cores
    let hasPrograms = work.jobs.contains { $0.configuration.network == nil }
    let slots = ProgramSlots(
      jobs: cores, runs: max(1, work.jobs.count),
      cards: hasPrograms ? try MachineCards.find(nil) : .none)
    let executor = ThreadExecutor(
      Trainers.all(DataLibrary(), slots, checksData: true), cores: cores)
    let report = try work.run(executor)
    say("task \(task): \(report.ended) of \(Quantity.count(report.runs, "run")) have ended")
    if let why = report.why { StandardError.write("note: \(why)\n") }
    if !report.isWhole { throw ExitCode(130) }
  }

  private func options(_ plan: WorkPlan) -> TaskWork.Options {
    var options = TaskWork.Options()
    options.environment = RunSurroundings.current(version: labbookVersion)
    options.environment["threads"] = "auto"
    options.say = { StandardError.write($0 + "\n") }
    options.environment["plan"] = plan.id
    let variables = ProcessInfo.processInfo.environment
    if let job = variables["SLURM_ARRAY_JOB_ID"] ?? variables["SLURM_JOB_ID"] {
      options.environment["slurm_job"] = "\(job)_\(task)"
      if let seconds = Self.seconds(variables) ?? plan.limitSeconds {
        options.endsAt = ContinuousClock.now + .seconds(seconds - SessionAge.seconds)
      }
    }
    if let limit = plan.limitSeconds { options.graceSeconds = min(10, limit / 8) }
    return options
  }

  /// How long the scheduler lets the job run, by its own clock alone: the clock of this machine may be a
  /// day off.
  private static func seconds(_ variables: [String: String]) -> Double? {
    guard let start = variables["SLURM_JOB_START_TIME"].flatMap(Double.init),
      let end = variables["SLURM_JOB_END_TIME"].flatMap(Double.init), end > start
    else { return nil }
    return end - start
  }

  /// The cores that a scheduler gave this task; `nil` where none did.
  private static func given() -> Int? {
    let variables = ProcessInfo.processInfo.environment
    for name in ["SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"] {
      if let count = variables[name].flatMap({ Int($0) }), count > 0 { return count }
    }
    return nil
  }
}
