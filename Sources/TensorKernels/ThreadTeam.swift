import CKernels
public import Machine
import Tracking

/// Threads that compute side by side: the one that asks, and helpers that wait for work.
///
/// Helpers spin for what comes within microseconds, then yield, then sleep; work takes no lock and
/// nothing from the heap. One thread at a time may ask.
public final class ThreadTeam: @unchecked Sendable {
  private let team: OpaquePointer?
  private let maker: ThreadMaker
  private var helpers: [WorkThread] = []
  /// How many threads are wanted; the one that asks among them.
  public private(set) var threads = 1
  private var isRefused = false

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

  /// Says how many threads work from now on; where so many cannot be made, as many as there are.
  public func resize(to count: Int) {
    let wanted = max(1, min(count, Self.most))
    if wanted == threads { return }
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
    threads = min(wanted, helpers.count + 1)
  }

  func run(_ work: UnsafePointer<lb_work>) { lb_team_run(team, work, Int32(threads)) }
}

/// A pass over blocks of rows, and one over all behind it, as a team does it at once.
package struct SharedWork {
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
  ///   - full: the instructions of a block of `rows` rows.
  ///   - last: those of what is left over behind the full blocks; `nil` where nothing is.
  ///   - after: those behind all blocks; `nil` for none.
  package func run(
    _ team: ThreadTeam, _ places: Range<Int>, rows: Int, full: SharedList?, last: SharedList?,
    after: SharedList?
  ) {
    work.pointee.full = full?.raw ?? lb_shared_list()
    work.pointee.last = last?.raw ?? lb_shared_list()
    work.pointee.after = after?.raw ?? lb_shared_list()
    work.pointee.lower = Int64(places.lowerBound)
    work.pointee.upper = Int64(places.upperBound)
    work.pointee.rows = Int64(rows)
    work.pointee.start = state.raw.pointee
    team.run(work)
  }
}
