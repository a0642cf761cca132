import RunStorage
import Runs
import Synchronization
import Tracking

/// The runs that are to be trained together, as an executor sees them.
public final class Wave: Sendable {
  /// The runs, in order.
  public let runs: [AssignedRun]
  private let shared: SharedWork
  private let source: WaveSource

  init(_ runs: [AssignedRun], _ shared: SharedWork, _ source: WaveSource) {
    self.runs = runs
    self.shared = shared
    self.source = source
  }

  /// Whether more runs may come while those of the wave are at work.
  public var grows: Bool { source.growsOnArrival }

  /// The runs that have become known since, asked for when there is time for one; none where there are none.
  public func more() -> [AssignedRun] {
    guard grows else { return [] }
    do { return try source.more() } catch {
      shared.fail(error)
      return []
    }
  }

  /// Whether what is being trained is to end before its next update, and nothing more is to begin.
  public var isStopping: Bool { shared.stop.isRaised }

  /// Opens a run for training; it is counted and shown from now on.
  public func open(_ run: AssignedRun) -> Opening {
    do {
      return try opening(run)
    } catch {  // The store cannot be used any more, by nobody.
      shared.fail(error)
      return .done
    }
  }

  private func opening(_ run: AssignedRun) throws -> Opening {
    let (job, board) = (run.job, shared.board)
    switch try shared.store.claim(
      run.run, limit: job.limit, job.measure, environment: shared.options.environment)
    {
    case .busy:
      board.isBusyElsewhere(run.run)
      return .busy
    case .finished(let status):
      board.wasFinishedElsewhere(run.run, job, status)
      return .done
    case .removed:
      board.say("\(job.label): was removed from the store meanwhile")
      board.wasFinishedElsewhere(run.run, job, .planned)
      return .done
    case .claimed(let claim):
      let recorder = shared.writer.recorder(for: claim, start: nil)
      let control = RunControl(shared.stop)
      board.began(run.run, job, control)
      return .opened(StoreSink(recorder, job, shared, control), control)
    }
  }

  /// Says why a run is not begun; the work counts as not done.
  public func hinder(_ why: String) {
    shared.board.hinder(why)
    shared.board.say(why, once: why)
  }

  /// Tells people something.
  ///
  /// - Parameter once: what of it is said a single time; `nil` where it is said whenever it comes.
  public func say(_ text: String, once: String? = nil) { shared.board.say(text, once: once) }
}
