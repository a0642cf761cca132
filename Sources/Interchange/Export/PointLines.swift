package import RunStorage
import Terminal
import Tracking

/// The records of measured values, written byte by byte: a store has many millions.
package struct PointLines {
  package static let columns = [
    "run", "experiment", "sweep", "seed", "metric", "step", "epoch", "value", "time",
  ]

  private let lines: RecordLines
  private let isJSON: Bool

  package init(json: Bool) {
    lines = RecordLines(Self.columns, json: json)
    isJSON = json
  }

  package var header: String { lines.header }

  /// The lines of one curve.
  package func text(_ curve: Curve, of run: RunRecord) -> String {
    let (before, marks) = frame(run, curve.metric)
    var text = ""
    text.reserveCapacity(curve.steps.count * (before.utf8.count + 64))
    for index in curve.steps.indices {
      text += before
      text += String(curve.steps[index])
      text += marks.epoch
      text += String(curve.epochs[index])
      text += marks.value
      text += number(curve.values[index])
      text += marks.time
      text += String(curve.times[index])
      text += marks.end
    }
    return text
  }

  private typealias Marks = (epoch: String, value: String, time: String, end: String)

  /// What is the same in every line of a curve: what stands before the step, and between numbers.
  private func frame(_ run: RunRecord, _ metric: Metric) -> (before: String, marks: Marks) {
    let words: [ParameterValue] = [
      .text(run.id.description), .text(run.sweep.experiment), .text(run.sweep.sweep),
      .integer(run.seed), .text(metric.name),
    ]
    let whole = RecordLines(Array(Self.columns.prefix(5)), json: isJSON).line(words)
    if isJSON {
      return (
        String(whole.dropLast(2)) + ", \"step\": ",
        (", \"epoch\": ", ", \"value\": ", ", \"time\": ", "}\n")
      )
    }
    return (String(whole.dropLast()) + ",", (",", ",", ",", "\r\n"))
  }

  private func number(_ value: Double) -> String {
    let value = ParameterValue.number(value)
    return isJSON ? value.json : value.display
  }
}
