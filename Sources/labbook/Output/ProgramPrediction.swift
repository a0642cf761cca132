import Foundation
import Programs
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// How long outside programs will take, by those of their runs that have ended.
struct ProgramPrediction {
  /// The sentence.
  let text: String

  /// Asks the store how long completed runs of the same commands took; `nil` where no program is left
  /// to be run.
  init?(_ waiting: [PlannedRun], of experiment: String, in store: RunStore?, _ slots: ProgramSlots)
    throws
  {
    let programs = waiting.compactMap { run -> ProgramRun? in
      if case .program(let program) = run.configuration.body { program } else { nil }
    }
    guard let first = programs.first else { return nil }
    let slots = max(1, min(programs.count, slots.slots(of: first)))
    let runs = "\(Quantity.count(programs.count)) run\(programs.count == 1 ? "" : "s") of a program"
    let commands = Set(programs.map(\.name))
    var query = RunQuery()
    query.experiment = experiment
    query.statuses = [.completed]
    query.limit = 1000
    let known = try store?.runs(query) ?? []
    let seconds = known.filter { run in
      guard case .text(let command)? = run.parameters["train.command"] else { return false }
      return commands.contains(command)
    }.compactMap(\.durationSeconds)
    guard !seconds.isEmpty else {
      text = "\(runs), \(slots) at a time; how long one takes is known once one has ended"
      return
    }
    let mean = seconds.reduce(0, +) / Double(seconds.count)
    let whole = mean * Double(programs.count) / Double(slots)
    text =
      "Predicted: \(runs), \(slots) at a time, \(Quantity.duration(whole)) in all "
      + "(\(SeedStatistics.text(mean)) s each, by \(seconds.count) that ended)"
  }
}
