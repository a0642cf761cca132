import Experiments
import RunStorage
import Tracking

/// A figure as the cell of a notebook that draws it, to paste.
struct CellText {
  /// The lines of the cell.
  let text: String

  init(_ order: FigureOrder) {
    let (name, sweep) = Self.sweep(order)
    var lines = sweep + ["- plot: \(order.kind.kind)", "  sweep: \(Self.scalar(name))"]
    var values: [(name: String, values: [String])] = []
    for option in order.options {
      let key = order.kind.allKeys.first { $0.name == option.name }
      let parts = key?.holdsList == true ? Self.parts(option.value) : [option.value]
      if let place = values.firstIndex(where: { $0.name == option.name }) {
        values[place].values += parts
      } else {
        values.append((option.name, parts))
      }
    }
    for (name, parts) in values {
      let written = parts.map { Self.scalar($0) }
      lines.append(
        "  \(name): " + (written.count == 1 ? written[0] : "[\(written.joined(separator: ", "))]"))
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The name of the sweep in a notebook, and its own cell where no file makes just these runs.
  private static func sweep(_ order: FigureOrder) -> (name: String, cell: [String]) {
    let own = order.sweep.sweep
    guard order.condition != nil || order.sweep.holdsLoggedRuns else { return (own, []) }
    let name = order.condition == nil ? own : "part of \(own)"
    var lines = [
      "- sweep: \(scalar(name))", "  stored: \(scalar(order.sweep.description))",
    ]
    if let condition = order.condition {
      lines.append(
        "  where: " + scalar(condition.split(whereSeparator: \.isNewline).joined(separator: " ")))
    }
    if order.isFormer { lines.append("  # runs that no file asks for any more are left out") }
    return (name, lines)
  }

  private static func parts(_ text: String) -> [String] {
    var inner = text[...]
    if inner.hasPrefix("["), inner.hasSuffix("]") { inner = inner.dropFirst().dropLast() }
    return inner.split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A text as YAML reads it back: plain where nothing in it means anything, else in double quotes.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0.isNumber || "-./_".contains($0) } == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || " -./_+".contains($0) }
      && text.last != " " && !text.hasPrefix("- ") && !text.hasPrefix("---") && text != "-"
    return isPlain ? text : ParameterValue.json(text)
  }
}
