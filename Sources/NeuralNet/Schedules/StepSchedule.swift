import Foundation
package import Tracking

/// A rate that falls every so many epochs: `torch.optim.lr_scheduler.StepLR`.
///
/// In epoch e, counted from 1: lr gamma^floor((e - 1) / step_size).
package struct StepSchedule: ScheduleKind {
  package static let choice = Choice(
    "step",
    settings: [
      Setting(
        "step_size", .integer(1...1_000_000_000), default: nil, "epochs between two drops"),
      Setting(
        "gamma", .number(.positive), default: .number(0.1), "factor of the rate at each drop"),
      .warmup,
    ],
    "the rate times gamma every step_size epochs")

  package static var isOpenEnded: Bool { true }

  package let stepSize: Int
  package let gamma: Double

  package init(_ chosen: Chosen) {
    stepSize = chosen.integer("step_size")
    gamma = chosen.number("gamma")
  }

  package func rate(_ moment: ScheduleMoment) -> Double {
    let drops = (moment.epoch - 1) / stepSize
    return moment.rate * pow(gamma, Double(drops))
  }

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    .formula(
      "\(request.rate) * \(PythonText.number(gamma)) ** ((epoch - 1) // \(stepSize))",
      usesProgress: false)
  }
}
