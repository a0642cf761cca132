import Foundation
package import Tracking

/// A rate that falls every epoch: `torch.optim.lr_scheduler.ExponentialLR`.
///
/// In epoch e, counted from 1: lr gamma^(e - 1).
package struct ExponentialSchedule: ScheduleKind {
  package static let choice = Choice(
    "exponential",
    settings: [
      Setting("gamma", .number(.positive), default: nil, "factor of the rate each epoch"),
      .warmup,
    ],
    "the rate times gamma every epoch")

  package static var isOpenEnded: Bool { true }

  package let gamma: Double

  package init(_ chosen: Chosen) { gamma = chosen.number("gamma") }

  package func rate(_ moment: ScheduleMoment) -> Double {
    moment.rate * pow(gamma, Double(moment.epoch - 1))
  }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    .formula(
      "\(request.rate) * \(PythonText.number(gamma)) ** (epoch - 1)", usesProgress: false)
  }
}
