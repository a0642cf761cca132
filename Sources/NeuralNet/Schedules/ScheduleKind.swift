package import Tracking

/// How the learning rate goes over a run: one kind of schedule.
///
/// A new one is a file beside its siblings and a line in `Schedules`.
package protocol ScheduleKind: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Whether a run of more updates has the same rates at those of a shorter one.
  static var isOpenEnded: Bool { get }

  /// Makes the schedule of checked settings.
  init(_ chosen: Chosen)

  /// The rate of an update behind the warm-up.
  func rate(_ moment: ScheduleMoment) -> Double

  /// What stands in the place of the optimizer's momentum; `nil` leaves it that.
  func momentum(_ moment: ScheduleMoment) -> Double?

  /// What follows the objective, before training; `nil` where nothing does.
  func plateau(rate: Double) -> Plateau?

  /// What it is in PyTorch.
  func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule
}

extension ScheduleKind {
  package func momentum(_ moment: ScheduleMoment) -> Double? { nil }
  package func plateau(rate: Double) -> Plateau? { nil }
}

extension Setting {
  /// What every schedule has.
  package static let warmup = Setting(
    "warmup", .number(.notNegative), default: .number(0),
    "epochs over which the rate first rises in a line")
}

/// An update of a run, as a schedule looks at it.
package struct ScheduleMoment {
  /// `train.lr`.
  package let rate: Double
  /// Updates done before it.
  package let update: Int
  /// Its epoch, counted from 1.
  package let epoch: Int
  /// Updates over which the rate first rises.
  package let warmupUpdates: Int
  /// All updates of the run.
  package let totalUpdates: Int
  /// Where `plateau` stands.
  package let plateau: Plateau?

  /// The share of the updates behind the warm-up that are done.
  package var progress: Double {
    Double(update - warmupUpdates) / Double(max(1, totalUpdates - warmupUpdates))
  }
}
