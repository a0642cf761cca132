public import Runner
import Tracking

/// What a plan folder says of itself, written once, before anybody works on it.
public struct WorkPlan: Hashable, Codable, Sendable {
  /// The version of what lies in a plan folder.
  public static let format = 1
  /// The version of this plan's folder.
  public var format = Self.format
  /// What the plan is called: the name of its folder.
  public let id: String
  /// The version of the program that wrote it; another one does not work on it.
  public let version: String
  /// The kernels that compute, on every machine: others would come to other bits.
  public let kernels: String
  /// The file of the store that asked for the runs; `nil` where nobody said it.
  public let store: String?
  /// The experiment that asked for the runs.
  public let experiment: String
  /// What people read above it.
  public let title: String?
  /// The sweeps that asked for the runs.
  public let sweeps: [Wave.SweepKeys]
  /// The folder from which relative paths are read.
  public let folder: String
  /// How many tasks there are, from 0.
  public let tasks: Int
  /// How many cores a task trains on.
  public let cores: Int
  /// Seconds of training between two checkpoints of a run.
  public let checkpointSeconds: Double
  /// Seconds that a task may take; `nil` where nobody ends it.
  public let limitSeconds: Double?

  /// Makes what a plan says of itself.
  public init(
    id: String, version: String, kernels: String, store: String?, experiment: String,
    title: String?, sweeps: [Wave.SweepKeys], folder: String, tasks: Int, cores: Int,
    checkpointSeconds: Double, limitSeconds: Double?
  ) {
    self.id = id
    self.version = version
    self.kernels = kernels
    self.store = store
    self.experiment = experiment
    self.title = title
    self.sweeps = sweeps
    self.folder = folder
    self.tasks = tasks
    self.cores = cores
    self.checkpointSeconds = checkpointSeconds
    self.limitSeconds = limitSeconds
  }
}
