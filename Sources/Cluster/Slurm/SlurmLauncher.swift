import Foundation
import Machine
import Synchronization
public import Tracking

/// Hands tasks to Slurm: one `sbatch` a hand-over, one `squeue` a look.
public final class SlurmLauncher: Launcher {
  private let options: SlurmOptions
  private let executable: String
  private let seen = Mutex<SlurmQueue?>(nil)

  /// Whether this machine can ask Slurm at all.
  public static var isHere: Bool {
    ["squeue", "scancel"].allSatisfy { OutsideProgram.find($0) != nil }
  }

  /// One that only looks and takes back.
  public init() {
    options = SlurmOptions()
    executable = ""
  }

  /// Makes a launcher.
  ///
  /// - Parameter executable: the program, at a path that all machines see.
  /// - Throws: `LabbookError` where there is no Slurm.
  public init(_ options: SlurmOptions, executable: String) throws(LabbookError) {
    for program in ["sbatch", "squeue"] where OutsideProgram.find(program) == nil {
      throw .input(
        "there is no '\(program)' on the PATH: this machine hands nothing to Slurm",
        hint: "run it where you submit jobs, with --on here, or with --on plan")
    }
    self.options = options
    self.executable = executable
  }

  /// Writes the batch script beside the plan and hands it over.
  public func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String? {
    let script = try BatchScript.text(
      options, executable: executable, name: plan.experiment, plan: folder.path, tasks: tasks)
    let path = folder.path + "/batch.sh"
    try PlanFile.write(Data(script.utf8), to: path)
    let answer = try ask("sbatch", ["--parsable", path])
    let lines = answer.text.split(separator: "\n")
    let id = lines.last?.prefix { $0 != ";" } ?? ""
    if answer.status != 0, Self.busyWords.contains(where: answer.text.contains) {
      throw LauncherBusy("Slurm is busy: " + lines.map(String.init).joined(separator: "; "))
    }
    guard answer.status == 0, Int(id) != nil else {
      throw LabbookError.failure(
        "sbatch takes no tasks: " + lines.map(String.init).joined(separator: "; "),
        hint: "'labbook run … --on slurm --dry-run' prints the batch script")
    }
    return String(id)
  }

  /// What `sbatch` says where it may take the same tasks later.
  private static let busyWords = [
    "timed out", "Unable to contact", "temporarily", "Connection refused", "try again",
    "MaxSubmitJobs", "QOSMaxSubmit", "AssocMaxSubmit", "Transport endpoint",
  ]

  /// Asks `squeue` once for all jobs of the user.
  public func look() -> Bool {
    let answer = try? ask("squeue", ["--json", "-t", "all", "--me"])
    let queue = answer.flatMap { $0.status == 0 ? SlurmQueue($0.text) : nil }
    seen.withLock { $0 = queue }
    return queue != nil
  }

  /// What the last look has shown of a job.
  public func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] {
    seen.withLock { $0?.states(of: job, logs: folder.path + "/logs") } ?? [:]
  }

  /// One `scancel` of what waits: it says itself that what has begun meanwhile goes on.
  public func takeBack(_ tasks: [Int], of job: String) throws {
    let answer = try ask(
      "scancel", ["--state=PENDING", "\(job)_[\(BatchScript.array(tasks))]"])
    guard answer.status == 0 else {
      let why = answer.text.split(separator: "\n").joined(separator: "; ")
      throw LabbookError.failure("scancel takes no tasks back: " + why)
    }
  }

  /// The job whose logs lie in a plan's folder.
  public func job(of folder: PlanFolder) -> String? {
    seen.withLock { $0?.job(logs: folder.path + "/logs") }
  }

  /// What a program of Slurm's says, errors too: lists whole, and nothing left out that a user does not want to
  /// see elsewhere.
  private func ask(_ program: String, _ words: [String]) throws(LabbookError) -> ProgramAnswer {
    let filters = ["ACCOUNT", "LICENSES", "NAMES", "PARTITION", "QOS"].map { " SQUEUE_" + $0 }
    let script = "unset\(filters.joined()); exec \"$@\" 2>&1"
    return try OutsideProgram.ask(
      "sh", ["-c", script, "sh", program] + words, adding: ["LC_ALL=C", "SLURM_BITSTR_LEN=0"],
      seconds: Double(OutsideProgram.patience(usual: 60)), bytes: 256 << 20)
  }
}
