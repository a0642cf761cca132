import Foundation
import Machine
import Tracking

/// The processes that train what a file asks for: `labbook run`, which trains and tells the store.
///
/// A save that asks for something else lets those that are at work end the runs that the file no longer
/// wants and go on with the others; what is new is trained by a new process. It is used by one thread.
final class FollowedTrainer {
  private let program: String
  private let store: String
  private let file: String
  private var children: [Child] = []
  /// What the newest process was started for; `nil` where a save has to start one.
  private var identity: WorkIdentity?
  private var failure: Failure?

  private struct Child {
    let program: LedProgram
    let isNewest: Bool
  }

  /// How the newest process ended, where it did not end well.
  struct Failure: Hashable, Sendable {
    let status: Int32
    let words: [String]
  }

  /// How training stands.
  struct State: Hashable, Sendable {
    /// How many processes train.
    var atWork = 0
    /// How the newest one ended, where not well.
    var failure: Failure?
    /// Why none was started.
    var hindrance: String?
  }

  private var hindrance: String?

  init(program: String, store: String, file: String) {
    (self.program, self.store, self.file) = (program, store, file)
  }

  var state: State { State(atWork: children.count, failure: failure, hindrance: hindrance) }

  /// Trains what a file asks for, unless that is at work or done.
  ///
  /// What could not be trained before is tried again.
  func follow(_ work: WorkIdentity, keys: [String]) {
    _ = look()
    if work == identity, failure == nil, hindrance == nil { return }
    if work != identity { keepAtWork(keys) }
    (identity, failure, hindrance) = (work, nil, nil)
    do {
      let words = ["run", "--led", "--db=\(store)", "--", file]
      let started = try LedProgram(
        path: program, words, environment: OutsideProgram.environment(adding: ["NO_COLOR=1"]))
      children = children.map { Child(program: $0.program, isNewest: false) }
      children.append(Child(program: started, isNewest: true))
    } catch { hindrance = "\(error)" }
  }

  /// Lets nothing begin, and what is at work go on: the file does not say what it wants.
  func pause(keys: [String]) {
    keepAtWork(keys)
    identity = nil
  }

  private func keepAtWork(_ keys: [String]) {
    guard !children.isEmpty, let line = try? JSONEncoder().encode(keys) else { return }
    for child in children { child.program.tell(String(decoding: line, as: UTF8.self)) }
  }

  /// Looks which processes have ended; whether any has.
  func look() -> Bool {
    var hasChanged = false
    children.removeAll { child in
      guard let status = child.program.exitStatus else { return false }
      hasChanged = true
      // One that a save has let go says what is the newest one's to say.
      if child.isNewest, status != 0 {
        failure = Failure(status: status, words: child.program.lastWords)
      }
      return true
    }
    return hasChanged
  }

  /// Lets everything that is at work be interrupted, and waits until it has been.
  ///
  /// - Parameter seconds: those that have not ended within that time are killed.
  func end(within seconds: Double) {
    for child in children { child.program.close() }
    let end = ContinuousClock.now + .seconds(seconds)
    while !children.isEmpty, ContinuousClock.now < end {
      _ = look()
      usleep(10_000)
    }
    for child in children { child.program.kill() }
  }
}
