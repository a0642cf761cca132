import Foundation
public import Languages
public import NeuralNet
public import Terminal
import Tracking

/// What `labbook gradcheck` found in one network.
public struct GradientReport {
  private let check: GradientCheck
  private let language: Language

  /// Makes the report of a check; its table is in a language.
  public init(_ check: GradientCheck, _ language: Language = .english) {
    self.check = check
    self.language = language
  }

  /// One row a module, then the whole graph.
  public var table: Table {
    var table = Table(
      [
        language(.layer), language(.kind), "dy/dx", "dy/dw", language(.difference),
        language(.compared), language(.skipped), language(.gradients),
      ].map { Table.Column($0) })
    for part in check.modules + [check.whole].compactMap({ $0 }) { table.append(row(part)) }
    return table
  }

  private func row(_ part: GradientCheck.Part) -> [Table.Cell] {
    let isWhole = part.name.isEmpty
    return [
      .words(isWhole ? language(.loss) : part.name),
      .words(isWhole ? language(.wholeGraph) : part.kind),
      .words(part.stateJacobians.map(Self.size).joined(separator: ", ")),
      .words(part.weightJacobian.map(Self.size) ?? ""),
      Table.Cell(.number(part.difference), text: String(format: "%.1e", part.difference)),
      Table.Cell(.integer(part.compared)), Table.Cell(.integer(part.skipped)),
      .words(language(part.isRight ? .right : .wrong)),
    ]
  }

  private static func size(_ jacobian: (rows: Int, columns: Int)) -> String {
    "(\(jacobian.rows), \(jacobian.columns))"
  }

  /// The Jacobians of small modules, a matrix each; empty where none were asked for.
  public var matrices: String {
    check.jacobians.map { jacobian in
      let size = "(\(jacobian.rows.count), \(jacobian.rows.first?.count ?? 0))"
      return "\nJacobian of \(jacobian.title), \(size)\n" + NumberMatrix.text(jacobian.rows)
    }.joined()
  }

  /// What the numbers are, and whether all of them are right.
  public var verdict: String {
    let wrong = (check.modules + [check.whole].compactMap { $0 }).filter { !$0.isRight }
    let limit = String(format: "%.0e", GradientCheck.tolerance)
    if wrong.isEmpty { return "All gradients are right: no difference is above \(limit).\n" }
    let names = wrong.map { $0.name.isEmpty ? "the whole graph" : "'\($0.name)' (\($0.kind))" }
    return "Wrong by more than \(limit): " + names.joined(separator: ", ") + "\n"
  }
}

/// Numbers in rows and columns for people.
package enum NumberMatrix {
  /// The most rows and columns that are written out.
  package static let most = 12

  /// The matrix as aligned lines; what goes beyond `most` is `...`.
  package static func text(_ rows: [[Double]]) -> String {
    var lines = rows.prefix(most).map { row in
      row.prefix(most).map(number) + (row.count > most ? ["..."] : [])
    }
    if rows.count > most { lines.append(["..."]) }
    let width = lines.joined().map(\.count).max() ?? 0
    return lines.map { line in
      "  "
        + line.map { String(repeating: " ", count: width - $0.count) + $0 }.joined(separator: "  ")
        + "\n"
    }.joined()
  }

  /// A number with 4 digits.
  package static func number(_ value: Double) -> String {
    String(format: "%.4g", value == 0 ? 0 : value)
  }
}
