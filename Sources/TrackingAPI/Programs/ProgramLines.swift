import Foundation
import RunStorage

/// Points as lines of the file which a program's own process reads.
struct ProgramLines {
  /// Metrics of which only values of step 0 came, so that one more may mean that no step is told.
  private var stepless: Set<String> = []
  /// Metrics that had another step.
  private var stepped: Set<String> = []

  /// Lines of JSON, one a step and time, in the order of the points:
  /// `{"metrics": {"loss": 0.5}, "step": 3, "time": 1.5}`.
  ///
  /// MLflow's client sends step 0 where a program tells none. The second and later values of a metric that has
  /// no other step are written without it, so that they count up and none replaces another.
  mutating func lines(_ points: [LoggedPoint]) throws -> Data {
    var text = ""
    var index = points.startIndex
    while index < points.endIndex {
      let first = points[index]
      let step = told(first)
      var names: Set<String> = [first.key]
      var values = ["\(try Self.json(first.key)): \(Self.number(first.value))"]
      index += 1
      while index < points.endIndex, points[index].step == first.step,
        points[index].time == first.time, !names.contains(points[index].key),
        wouldTell(points[index]) == step
      {
        _ = told(points[index])
        names.insert(points[index].key)
        values.append("\(try Self.json(points[index].key)): \(Self.number(points[index].value))")
        index += 1
      }
      text += "{\"metrics\": {\(values.joined(separator: ", "))}"
      if let step { text += ", \"step\": \(step)" }
      text += ", \"time\": \(Self.seconds(first.time))}\n"
    }
    return Data(text.utf8)
  }

  private func wouldTell(_ point: LoggedPoint) -> Int64? {
    point.step == 0 && stepless.contains(point.key) && !stepped.contains(point.key)
      ? nil : point.step
  }

  private mutating func told(_ point: LoggedPoint) -> Int64? {
    defer {
      if point.step == 0 { stepless.insert(point.key) } else { stepped.insert(point.key) }
    }
    return wouldTell(point)
  }

  private static func json(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return "\(value)"
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let rest = String((milliseconds % 1000).magnitude)
    return (milliseconds < 0 ? "-" : "") + "\((milliseconds / 1000).magnitude)."
      + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
