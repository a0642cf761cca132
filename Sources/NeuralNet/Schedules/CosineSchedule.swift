import Foundation
package import Tracking

/// A rate that falls along half a cosine (Loshchilov, Hutter, 2017, without restarts).
///
/// With v of the V updates behind the warm-up done: min_lr + (lr - min_lr) (1 + cos(pi v / V)) / 2.
package struct CosineSchedule: ScheduleKind {
  package static let choice = Choice(
    "cosine",
    settings: [
      Setting("min_lr", .number(.notNegative), default: .number(0), "the rate at the end"),
      .warmup,
    ],
    "down to min_lr along half a cosine")

  package static var isOpenEnded: Bool { false }

  package let least: Double

  package init(_ chosen: Chosen) { least = chosen.number("min_lr") }

  package func rate(_ moment: ScheduleMoment) -> Double {
    least + (moment.rate - least) * (1 + cos(Double.pi * moment.progress)) / 2
  }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    let (rate, least) = (request.rate, PythonText.number(least))
    return .formula(
      "\(least) + (\(rate) - \(least)) * (1 + math.cos(math.pi * progress)) / 2",
      usesProgress: true)
  }
}
