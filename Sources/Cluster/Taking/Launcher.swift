/// Who starts the tasks of a plan on some machines: a scheduler, or a person.
public protocol Launcher: AnyObject, Sendable {
  /// Hands tasks over; what they are called there, `nil` where nobody knows.
  ///
  /// - Throws: why they are not taken.
  func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String?

  /// Asks anew what has become of all that was handed over; whether there was an answer.
  func look() -> Bool

  /// What has become of the tasks of a job, as of the last look.
  func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState]

  /// Takes back those of some tasks of a job that have not begun; those at work are left alone.
  ///
  /// - Throws: why they are not taken back.
  func takeBack(_ tasks: [Int], of job: String) throws

  /// The job that has a plan's tasks though nobody noted it; `nil` where there is none.
  func job(of folder: PlanFolder) -> String?
}

extension Launcher {
  /// There is nothing to ask.
  public func look() -> Bool { true }

  /// Nobody has them.
  public func takeBack(_ tasks: [Int], of job: String) {}

  /// None.
  public func job(of folder: PlanFolder) -> String? { nil }
}

/// What has become of a task that was handed over.
public enum TaskState: Hashable, Sendable {
  /// It waits for a machine, and why.
  case waiting(String)
  /// It is at work.
  case working
  /// It is over, as the scheduler says.
  case over(String)
}

/// A scheduler that does not answer now, or takes nothing now.
public struct LauncherBusy: Error, CustomStringConvertible {
  /// What it says.
  public let description: String

  /// Makes the error of what it says.
  public init(_ description: String) { self.description = description }
}
