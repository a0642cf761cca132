import Foundation
package import Tracking

/// One rise and one fall of the rate over the whole run: `torch.optim.lr_scheduler.OneCycleLR`
/// (Smith, Topin, 2018).
///
/// The rate goes from lr / div_factor to lr over the first `pct_start` of the updates, then down to
/// lr / div_factor / final_div_factor along half a cosine or a line; with `three_phase` down to where
/// it began first. Momentum (beta1 of adam and adamw) goes the other way.
package struct OneCycle: ScheduleKind {
  package static let choice = Choice(
    "one-cycle",
    settings: [
      Setting(
        "pct_start", .number(.share), default: .number(0.3), "share of the updates that rise"),
      Setting(
        "anneal_strategy", .word(["cos", "linear"]), default: .text("cos"),
        "along half a cosine or a line"),
      Setting("div_factor", .number(.positive), default: .number(25), "lr over the first rate"),
      Setting(
        "final_div_factor", .number(.positive), default: .number(1e4),
        "the first rate over the last"),
      Setting("three_phase", .flag, default: .flag(false), "fall to the first rate, then further"),
      Setting(
        "cycle_momentum", .flag, default: .flag(true),
        "whether momentum, or beta1, goes the other way; optimizers without one are left alone"),
      Setting(
        "base_momentum", .number(.shareBelowOne), default: .number(0.85),
        "momentum at the highest rate"),
      Setting(
        "max_momentum", .number(.shareBelowOne), default: .number(0.95),
        "momentum at the first and the last rate"),
    ],
    "one rise to lr and one fall over the whole run, as torch's OneCycleLR")

  package static var isOpenEnded: Bool { false }

  private let chosen: Chosen

  package init(_ chosen: Chosen) { self.chosen = chosen }

  package func rate(_ moment: ScheduleMoment) -> Double {
    let rate = moment.rate
    let first = rate / chosen.number("div_factor")
    let last = first / chosen.number("final_div_factor")
    return value(
      moment, rise: (first, rate), fall: (rate, chosen.flag("three_phase") ? first : last),
      end: (first, last))
  }

  package func momentum(_ moment: ScheduleMoment) -> Double? {
    guard chosen.flag("cycle_momentum") else { return nil }
    let (base, most) = (chosen.number("base_momentum"), chosen.number("max_momentum"))
    return value(moment, rise: (most, base), fall: (base, most), end: (most, most))
  }

  /// The value of an update by its phase.
  private func value(
    _ moment: ScheduleMoment, rise: (Double, Double), fall: (Double, Double), end: (Double, Double)
  ) -> Double {
    let update = Double(moment.update)
    let share = chosen.number("pct_start") * Double(moment.totalUpdates)
    let last = Double(moment.totalUpdates) - 1
    var phases = [(end: share - 1, from: rise.0, to: rise.1)]
    if chosen.flag("three_phase") { phases.append((2 * share - 2, fall.0, fall.1)) }
    let final = chosen.flag("three_phase") ? end : fall
    phases.append((last, final.0, final.1))
    var start = 0.0
    for (index, phase) in phases.enumerated() {
      if update <= phase.end || index == phases.count - 1 {
        let length = phase.end - start
        let part = length == 0 ? 1 : (update - start) / length
        return anneal(phase.from, phase.to, part)
      }
      start = phase.end
    }
    return moment.rate
  }

  private func anneal(_ from: Double, _ to: Double, _ part: Double) -> Double {
    chosen.text("anneal_strategy") == "cos"
      ? to + (from - to) / 2 * (1 + cos(Double.pi * part)) : (to - from) * part + from
  }
}

extension OneCycle {
  private static let momentumSettings: Set = ["cycle_momentum", "base_momentum", "max_momentum"]

  package func torch(_ request: TorchScheduleRequest) throws(MissingForm) -> TorchSchedule {
    let left = request.hasMomentum ? [] : Self.momentumSettings
    var arguments: [TorchArgument?] = [
      .code(request.rate, named: "max_lr"), .integer(request.totalUpdates, named: "total_steps"),
    ]
    arguments += Self.choice.torchArguments(of: chosen, without: left)
    if !request.hasMomentum { arguments.append(.value(.flag(false), named: "cycle_momentum")) }
    return .scheduler(
      TorchCall("torch.optim.lr_scheduler.OneCycleLR", arguments), watchesEpochs: false)
  }
}

extension Choice {
  /// Every setting by its name, in the order of the documentation.
  func torchArguments(of chosen: Chosen, without left: Set<String>) -> [TorchArgument?] {
    settings.map(\.name).filter { !left.contains($0) }.map {
      .value(chosen.values[$0] ?? .off, named: $0)
    }
  }
}
