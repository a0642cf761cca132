/// One run to be trained, as a value: what it is, how far it goes, what is kept of it.
///
/// It can be handed to another thread, written to a file, or trained on another machine.
public struct TrainingJob: Hashable, Codable, Sendable {
  /// What is asked of the store.
  public let request: RunRequest
  /// What people know the run by: the values of what varies, and the seed.
  public let label: String
  /// The updates that are asked for, if it does not end early; `nil` where the run says so itself.
  public let updates: Int?
  /// How much it computes, in any unit that all jobs share.
  public let cost: Double
  /// The epochs, or steps, that are asked for, after which it stops; `nil` for all.
  public let limit: Int?
  /// In what the limit is counted.
  public let measure: RunMeasure
  /// The sweep whose rule may end it when it arrives at a rung; `nil` where none may.
  public var judge: String?
  /// After which epochs its weights are kept for figures.
  public let keptEpochs: Set<Int>

  /// Makes a job.
  public init(
    _ request: RunRequest, label: String, updates: Int?, cost: Double, limit: Int? = nil,
    measure: RunMeasure = .epochs, judge: String? = nil, keptEpochs: Set<Int> = []
  ) {
    self.request = request
    self.label = label
    self.updates = updates
    self.cost = cost
    self.limit = limit
    self.measure = measure
    self.judge = judge
    self.keptEpochs = keptEpochs
  }

  /// What is to be trained.
  public var configuration: RunConfiguration { request.configuration }
}
