import Cluster
import Testing

/// What `squeue --json` says, as Debian's and newer versions print it.
@Suite struct SlurmQueueTests {
  private static func queue(_ jobs: String...) throws -> SlurmQueue {
    try #require(SlurmQueue("{\"jobs\": [\(jobs.joined(separator: ","))], \"errors\": []}"))
  }

  private static func job(
    _ id: Int, task: String = "null", tasks: String = "", _ state: String, _ more: String = ""
  ) -> String {
    """
    {"job_id": \(id), "array_job_id": 7, "array_task_id": \(task), "array_task_string": "\(tasks)",
     "job_state": "\(state)", "standard_output": "/plan/logs/%a.log"\(more)}
    """
  }

  private static func states(_ queue: SlurmQueue, _ tasks: [Int]) -> [Int: TaskState] {
    queue.states(of: SubmittedJob(job: "7", tasks: tasks, timeMilliseconds: 0), logs: "/plan/logs")
  }

  /// Tasks that wait share one line, which lists them in several ways.
  @Test(arguments: ["1-3%2", "1,2,3", "1-2,3", "1-3:1%2", "1,2,..."])
  func whatWaitsSharesALine(_ list: String) throws {
    let queue = try Self.queue(
      Self.job(8, task: "0", "RUNNING"),
      Self.job(7, tasks: list, "PENDING", ", \"state_reason\": \"Resources\""))
    let waiting = TaskState.waiting("Resources")
    #expect(
      Self.states(queue, [0, 1, 2, 3]) == [0: .working, 1: waiting, 2: waiting, 3: waiting])
  }

  @Test func everyThirdTaskIsNamed() throws {
    let queue = try Self.queue(Self.job(7, tasks: "3-12:3%2", "PENDING"))
    #expect(Self.states(queue, Array(0...12)).keys.sorted() == [3, 6, 9, 12])
  }

  /// Tasks that were taken back before they began are named nowhere.
  @Test func whatWasTakenBackIsOver() throws {
    let queue = try Self.queue(
      Self.job(8, task: "0", "RUNNING"), Self.job(9, task: "1", "COMPLETED"),
      Self.job(7, "CANCELLED", ", \"exit_code\": 0"))
    let states = Self.states(queue, [0, 1, 2, 3])
    #expect(states[0] == .working)
    #expect(states[1] == .over("Slurm says COMPLETED"))
    for task in [2, 3] { #expect(states[task] == .over("Slurm says CANCELLED, exit 0:0")) }
    #expect(Self.states(queue, [0, 1]).count == 2)
  }

  /// A task that was begun again is where its new beginning is.
  @Test func whatAnotherHasIsNotTaken() throws {
    let queue = try Self.queue(
      """
      {"job_id": 7, "array_job_id": {"set": true, "infinite": false, "number": 7},
       "array_task_id": {"set": true, "infinite": false, "number": 0}, "array_task_string": "",
       "job_state": ["RUNNING"], "standard_output": "/other/logs/%a.log"}
      """)
    #expect(Self.states(queue, [0]).isEmpty)
    #expect(queue.job(logs: "/plan/logs") == nil)
    #expect(queue.job(logs: "/other/logs") == "7")
  }

  /// The exit of a task as both versions write it.
  @Test func whyATaskEndedIsSaid() throws {
    let old = try Self.queue(
      Self.job(
        7, task: "0", "FAILED",
        ", \"state_reason\": \"NonZeroExitCode\", \"exit_code\": 256, \"nodes\": \"n2\""))
    let new = try Self.queue(
      Self.job(
        7, task: "{\"set\": true, \"number\": 0}", "FAILED",
        """
        , "state_reason": "NonZeroExitCode", "nodes": "n2",
        "exit_code": {"return_code": {"set": true, "number": 1}, "signal": {"id": {"set": false}}}
        """))
    for queue in [old, new] {
      #expect(
        Self.states(queue, [0]) == [
          0: .over("Slurm says FAILED, NonZeroExitCode, exit 1:0 on n2")
        ])
    }
  }

  @Test(
    arguments: ["", "slurm_load_jobs error", "{\"jobs\": [], \"errors\": [{\"error\": 1}]}"])
  func noAnswerIsNone(_ text: String) { #expect(SlurmQueue(text) == nil) }
}
