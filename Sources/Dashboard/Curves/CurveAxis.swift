import Datasets
import Experiments
import Pictures
import RunStorage
import Runs
import Synchronization
import Tracking

/// Where the points of curves stand along an axis.
final class CurveAxis: Sendable {
  let kind: CurvesPlot.Axis
  private let store: RunStore
  private let library: DataLibrary
  /// What is known of each configuration's rows.
  private let samples = Mutex<[String: SamplesSeen]>([:])

  init(_ kind: CurvesPlot.Axis, _ store: RunStore, _ library: DataLibrary) {
    (self.kind, self.store, self.library) = (kind, store, library)
  }

  /// The place of each point of a run's curve; `start` is the run's first moment in Unix milliseconds.
  ///
  /// - Throws: `LabbookError` where samples are asked of a program's run, or its data cannot be read.
  func places(of curve: Curve, _ run: RunRecord, start: Int64) throws -> [Double] {
    guard kind == .samples else { return curve.places(along: kind, start: start) }
    if let known = samples.withLock({ $0[run.configuration] }) { return known.places(of: curve) }
    guard !run.isProgram, run.parameters["train.model"] != nil else {
      throw LabbookError.input(
        "axis: nobody knows how many samples run \(run.id.short) has seen: it is a program's",
        hint: "choose axis=step, epoch or time")
    }
    let stored = try store.configuration(of: run.id, in: library)
    let network = try stored.configuration.network(for: "an axis of samples")
    let seen = try SamplesSeen(network, library)
    samples.withLock { $0[run.configuration] = seen }
    return seen.places(of: curve)
  }

  /// Whether the place of a point follows from the point alone, so that those told before stay: not of
  /// several points within an epoch, which are parted by what comes after.
  ///
  /// - Parameter epoch: that of the point before the curve's first one.
  func staysPut(_ curve: Curve, after epoch: Int?) -> Bool {
    guard kind == .epoch else { return true }
    let epochs = (epoch.map { [$0] } ?? []) + curve.epochs
    return zip(epochs, epochs.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// What the axis is called.
  var name: String { kind == .time ? "seconds since the run's first point" : kind.rawValue }
}
