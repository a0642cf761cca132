/// Hands tasks to nobody: a person, or another launcher, starts them.
public final class HandLauncher: Launcher {
  private let tell: @Sendable (PlanFolder, WorkPlan) -> Void

  /// Makes a launcher.
  ///
  /// - Parameter tell: says to people what there is to start.
  public init(_ tell: @escaping @Sendable (PlanFolder, WorkPlan) -> Void) { self.tell = tell }

  /// Says what there is to start.
  public func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) -> String? {
    tell(folder, plan)
    return nil
  }

  /// Nobody knows.
  public func look() -> Bool { false }

  /// Nobody knows.
  public func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] { [:] }
}
