import CKernels
public import Machine
import Synchronization
import Tracking

/// Threads that compute side by side: the one that asks, and helpers that wait for work.
///
/// Helpers spin for what comes within microseconds, then yield, then sleep; work takes no lock and
/// nothing from the heap.
public final class ThreadTeam: @unchecked Sendable {
  private let team: OpaquePointer?
  private let maker: ThreadMaker
  private var helpers: [WorkThread] = []
  private var isRefused = false
  private let isTaken = Atomic<Bool>(false)
  private let allowed = Atomic<Int>(ThreadAllowance.one.word)

  /// How many threads may work; the one that asks among them.
  public var allowance: ThreadAllowance { ThreadAllowance(word: allowed.load(ordering: .relaxed)) }

  /// The most threads of a team.
  public static let most = 256

  /// Makes a team of one thread.
  ///
  /// - Parameter maker: who makes the helpers.
  public init(by maker: ThreadMaker = .system) {
    team = lb_team_make()
    self.maker = maker
  }

  deinit {
    guard let team else { return }
    lb_team_end(team, Int32(helpers.count))
    for helper in helpers { helper.join() }
    lb_team_free(team)
  }

  /// What programs made within a scope of a task compute with; `nil` for one thread.
  @TaskLocal public static var current: ThreadTeam?

  /// Calls `body`; programs made there compute with this team.
  public func compute<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try Self.$current.withValue(self) { Result(catching: body) }.get()
  }

  /// Says how many threads may work from now on.
  public func allow(_ allowance: ThreadAllowance) {
    allowed.store(allowance.word, ordering: .relaxed)
  }

  /// Makes helpers for so many threads; how many threads there are where so many cannot be made.
  package func prepare(_ threads: Int) -> Int {
    let wanted = max(1, min(threads, Self.most))
    while let team, helpers.count < wanted - 1, !isRefused {
      let number = Int32(helpers.count + 1)
      let address = Int(bitPattern: team)
      do throws(LabbookError) {
        helpers.append(
          try WorkThread("labbook.team.\(number)", stackBytes: 2 << 20, by: maker) {
            lb_team_serve(OpaquePointer(bitPattern: address), number)
          })
      } catch { isRefused = true }
    }
    return min(wanted, helpers.count + 1)
  }

  /// Takes the team for some work, unless another thread has it.
  package func take() -> Bool {
    isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  /// Leaves it to others.
  package func giveBack() { isTaken.store(false, ordering: .releasing) }

  func run(_ work: UnsafePointer<lb_work>, threads: Int) { lb_team_run(team, work, Int32(threads)) }
}

/// How many threads some work may have.
public struct ThreadAllowance: Hashable, Sendable {
  /// The most of them.
  public let count: Int
  /// Whether so many are taken whether they pay or not.
  public let isExact: Bool

  /// Allows at least one thread.
  public init(_ count: Int, exactly isExact: Bool = false) {
    self.count = max(1, min(count, ThreadTeam.most))
    self.isExact = isExact
  }

  /// The thread that asks, alone.
  public static let one = ThreadAllowance(1)
}

extension ThreadAllowance {
  /// Both in one number, which threads may read while another writes it.
  fileprivate var word: Int { 2 * count + (isExact ? 1 : 0) }

  fileprivate init(word: Int) { self.init(word / 2, exactly: word % 2 == 1) }
}

/// A pass over blocks of rows, and one over all behind it, as a team does it at once.
package struct TeamWork {
  private let work: UnsafeMutablePointer<lb_work>
  private let state: RunState

  /// Makes work on a program's state; `free` gives its memory back.
  package init(_ state: RunState) {
    self.state = state
    work = .allocate(capacity: 1)
    work.initialize(to: lb_work())
    work.pointee.state = state.raw
  }

  /// Gives the memory back.
  package func free() { work.deallocate() }

  /// Where the memory of each thread but the first lies, so many bytes for each.
  package func use(_ memory: UnsafeMutableRawPointer?, bytesEach: Int) {
    work.pointee.memory = memory?.assumingMemoryBound(to: CChar.self)
    work.pointee.bytes = Int64(bytesEach)
  }

  /// Does the work.
  ///
  /// - Parameters:
  ///   - threads: as many as the team has been prepared for, or fewer.
  ///   - full: the instructions of a block of `rows` rows.
  ///   - last: those of what is left over behind the full blocks; `nil` where nothing is.
  ///   - after: those behind all blocks; `nil` for none.
  package func run(
    _ team: ThreadTeam, threads: Int, _ places: Range<Int>, rows: Int, full: SharedList?,
    last: SharedList?, after: SharedList?
  ) {
    work.pointee.blocks = nil
    work.pointee.full = full?.raw ?? lb_shared_list()
    work.pointee.last = last?.raw ?? lb_shared_list()
    work.pointee.after = after?.raw ?? lb_shared_list()
    work.pointee.lower = Int64(places.lowerBound)
    work.pointee.upper = Int64(places.upperBound)
    work.pointee.rows = Int64(rows)
    work.pointee.start = state.raw.pointee
    team.run(work, threads: threads)
  }

  /// Does the work with whole blocks for each thread.
  package func run(
    _ team: ThreadTeam, threads: Int, _ places: Range<Int>, rows: Int, _ blocks: BlockWork,
    full: BlockList, last: BlockList, after: SharedList?
  ) {
    work.pointee.blocks = blocks.lists(full, last)
    work.pointee.after = after?.raw ?? lb_shared_list()
    work.pointee.lower = Int64(places.lowerBound)
    work.pointee.upper = Int64(places.upperBound)
    work.pointee.rows = Int64(rows)
    work.pointee.start = state.raw.pointee
    team.run(work, threads: threads)
  }
}
