import RunStorage
import Runs
import Sweeps
import Synchronization
import Tracking

/// Says, when a run arrives at a rung, whether its configuration goes on; all seeds of a configuration get
/// the same answer.
final class ArrivalJudge: Sendable {
  private struct Question: Hashable {
    let sweep: String
    let configuration: Int
    let rung: Int
  }

  private let store: RunStore
  private let writer: RunWriter
  private let sweeps = Mutex<[String: ArrivalSweep]>([:])
  private let answers = Mutex<[Question: Bool]>([:])

  init(_ store: RunStore, _ writer: RunWriter) {
    self.store = store
    self.writer = writer
  }

  /// Takes the sweeps as they are known now.
  func know(_ sweeps: [ArrivalSweep]) {
    self.sweeps.withLock { known in for sweep in sweeps { known[sweep.name] = sweep } }
  }

  /// The sweep of a name.
  func sweep(_ name: String) -> ArrivalSweep? { sweeps.withLock { $0[name] } }

  /// Whether a run goes on that has got to a rung.
  ///
  /// - Throws: where the store cannot be read or written.
  func goesOn(_ key: String, at rung: Int, of sweep: ArrivalSweep) throws -> Bool {
    guard let place = sweep.place(ofKey: key) else { return true }
    let question = Question(sweep: sweep.name, configuration: place, rung: rung)
    // One after the other: whoever comes second is compared with the first.
    return try answers.withLock { answers in
      if let known = answers[question] { return known }
      try writer.flush()
      let known = try StoreResults(store).results(ofKeys: sweep.keys.flatMap { $0 }, curves: true)
      let goesOn = sweep.rule.goesOn(
        place, at: rung, among: sweep.keys.map { $0.compactMap { known[$0] } }, sweep.direction)
      answers[question] = goesOn
      return goesOn
    }
  }
}
