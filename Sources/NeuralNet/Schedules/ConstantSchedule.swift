package import Tracking

/// The same rate throughout, lr.
package struct ConstantSchedule: ScheduleKind {
  package static let choice = Choice(
    "constant", settings: [.warmup], "the same rate throughout")

  package static var isOpenEnded: Bool { true }

  package init(_ chosen: Chosen) {}

  package func rate(_ moment: ScheduleMoment) -> Double {
    moment.rate
  }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    .constant
  }
}
