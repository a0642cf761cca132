/// Which runs a task trains, so that tasks are worth starting and end at about the same time.
public struct Packing: Hashable, Sendable {
  /// The runs of each task by their place in the list, longest first; no task is empty.
  public let tasks: [[Int]]

  /// What a machine allows.
  public struct Limits: Hashable, Sendable {
    /// The most tasks that an array may have.
    public var mostTasks = 1_000
    /// How many tasks are at work at once; `nil` where nobody says it.
    public var atOnce: Int?
    /// Seconds that a task should take at least.
    public var leastSeconds = 15.0 * 60
    /// How many runs a task trains at a time.
    public var cores = 1

    /// Makes the usual limits.
    public init() {}
  }

  /// Of tasks that are at work at once so many are made, so that those that end early take another.
  private static let oversupply = 4

  /// Packs runs: as many tasks as their time is worth, each given the longest run that is left when it has
  /// the least to do.
  ///
  /// - Parameter seconds: what each run takes on one core, as predicted.
  public init(_ seconds: [Double], _ limits: Limits) {
    let total = seconds.reduce(0, +)
    let cores = Double(max(1, limits.cores))
    let worth = total / max(limits.leastSeconds * cores, 1e-9)
    let most = min(
      seconds.count, max(1, limits.mostTasks),
      limits.atOnce.map { max(1, $0) * Self.oversupply } ?? .max)
    let count = max(1, min(most, worth >= Double(most) ? most : Int(worth.rounded(.down))))
    var heap = TaskHeap(count)
    var tasks = Array(repeating: [Int](), count: count)
    let order = seconds.indices.sorted {
      seconds[$0] == seconds[$1] ? $0 < $1 : seconds[$0] > seconds[$1]
    }
    for run in order { tasks[heap.give(seconds[run])].append(run) }
    self.tasks = tasks.filter { !$0.isEmpty }
  }
}

/// Tasks by how much they have to do; of equal ones the first.
private struct TaskHeap {
  private var items: [(seconds: Double, runs: Int, task: Int)]

  init(_ count: Int) { items = (0..<count).map { (0, 0, $0) } }

  private func precedes(_ a: Int, _ b: Int) -> Bool { items[a] < items[b] }

  /// The task with the least to do, which gets so much more.
  mutating func give(_ seconds: Double) -> Int {
    let task = items[0].task
    items[0].seconds += seconds
    items[0].runs += 1
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < items.count else { return task }
      let child = left + 1 < items.count && precedes(left + 1, left) ? left + 1 : left
      guard precedes(child, place) else { return task }
      items.swapAt(child, place)
      place = child
    }
  }
}
