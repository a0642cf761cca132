package import Tracking

/// A rate that goes to another one in a line.
///
/// With v of the V updates behind the warm-up done: lr + (end_lr - lr) v / V.
package struct LinearSchedule: ScheduleKind {
  package static let choice = Choice(
    "linear",
    settings: [
      Setting("end_lr", .number(.notNegative), default: .number(0), "the rate at the end"),
      .warmup,
    ],
    "down to end_lr in a line")

  package static var isOpenEnded: Bool { false }

  package let end: Double

  package init(_ chosen: Chosen) { end = chosen.number("end_lr") }

  package func rate(_ moment: ScheduleMoment) -> Double {
    moment.rate + (end - moment.rate) * moment.progress
  }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    let (rate, end) = (request.rate, PythonText.number(end))
    return .formula("\(rate) + (\(end) - \(rate)) * progress", usesProgress: true)
  }
}
