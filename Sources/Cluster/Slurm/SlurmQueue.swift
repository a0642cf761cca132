import Foundation

/// What `squeue --json -t all` says of one job, whichever version prints it.
package struct SlurmQueue {
  private let items: [Item]

  /// Reads what was printed; `nil` where it is not that, or says that nobody answered.
  package init?(_ text: String) {
    guard let start = text.firstIndex(of: "{"),
      let answer = try? JSONDecoder().decode(Answer.self, from: Data(text[start...].utf8)),
      answer.errors?.isEmpty ?? true
    else { return nil }
    items = answer.jobs
  }

  /// What it says of the tasks of a job whose logs lie in a folder: a number alone may be another's, given
  /// again after the controller forgot ours.
  ///
  /// Tasks that have not begun share one line. It names none of them once they were taken back, and not all
  /// where the list is long: it is of all that no other line names.
  package func states(of job: SubmittedJob, logs: String) -> [Int: TaskState] {
    var states: [Int: TaskState] = [:]
    var rest: TaskState?
    for item in items where item.isOf(job.job) && item.logs(in: logs) {
      let list = item.tasks ?? ""
      if list.isEmpty, let task = item.task?.number {
        states[task] = item.state
      } else if !list.isEmpty, let tasks = BatchScript.numbers(list) {
        for task in tasks { states[task] = item.state }
      } else {
        rest = item.state
      }
    }
    if let rest { for task in job.tasks where states[task] == nil { states[task] = rest } }
    return states
  }

  /// The number of a job whose logs lie in a folder.
  package func job(logs: String) -> String? {
    items.first { $0.output != nil && $0.logs(in: logs) }
      .flatMap { $0.array.number.flatMap { $0 > 0 ? $0 : nil } ?? $0.id.number }.map(String.init)
  }

  private struct Answer: Decodable {
    let jobs: [Item]
    let errors: [Problem]?
  }

  private struct Problem: Decodable {}

  private struct Item: Decodable {
    let id: Number
    let array: Number
    let task: Number?
    let tasks: String?
    let names: Names
    let reason: String?
    let exit: ExitCode?
    let nodes: String?
    let output: String?

    func isOf(_ job: String) -> Bool { array.number == Int(job) || id.number == Int(job) }

    func logs(in folder: String) -> Bool { output?.hasPrefix(folder + "/") ?? true }

    private enum CodingKeys: String, CodingKey {
      case id = "job_id"
      case array = "array_job_id"
      case task = "array_task_id"
      case tasks = "array_task_string"
      case names = "job_state"
      case reason = "state_reason"
      case exit = "exit_code"
      case nodes
      case output = "standard_output"
    }

    /// Completing, suspended and the like are not over yet.
    var state: TaskState {
      let states = names.names
      let waiting = ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "SPECIAL_EXIT"]
      let working = [
        "RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "RESIZING", "SIGNALING", "STAGE_OUT",
      ]
      if states.contains(where: waiting.contains) { return .waiting(reason ?? "") }
      if states.contains(where: working.contains) { return .working }
      var why = states.joined(separator: " ")
      if let reason, !reason.isEmpty, reason != "None" { why += ", \(reason)" }
      if let exit { why += ", exit \(exit.status):\(exit.signal)" }
      if let nodes, !nodes.isEmpty { why += " on \(nodes)" }
      return .over("Slurm says " + why)
    }
  }

  /// A number, plain or as newer versions write it.
  private struct Number: Decodable {
    let number: Int?

    private struct Wrapped: Decodable {
      let set: Bool?
      let number: Int?
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let plain = try? container.decode(Int.self) {
        number = plain
      } else if let wrapped = try? container.decode(Wrapped.self) {
        number = wrapped.set == false ? nil : wrapped.number
      } else {
        number = nil
      }
    }
  }

  /// A word, or a list of them.
  private struct Names: Decodable {
    let names: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(String.self) {
        names = one.split(separator: "|").map(String.init)
      } else {
        names = try container.decode([String].self)
      }
    }
  }

  /// A status as `wait` gives it, or as newer versions write it.
  private struct ExitCode: Decodable {
    let status: Int
    let signal: Int

    private struct Parts: Decodable {
      let return_code: Number?
      let signal: Signal?
    }

    private struct Signal: Decodable {
      let id: Number?
      let signal_id: Number?
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let raw = try? container.decode(Int.self) {
        (status, signal) = ((raw >> 8) & 0xFF, raw & 0x7F)
      } else {
        let parts = try? container.decode(Parts.self)
        status = parts?.return_code?.number ?? 0
        signal = (parts?.signal?.id ?? parts?.signal?.signal_id)?.number ?? 0
      }
    }
  }
}
