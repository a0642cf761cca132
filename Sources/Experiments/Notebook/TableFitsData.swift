import Datasets
import FileLanguage
import Tracking

/// A table over rows needs a part that the data has, with classes or a number to compare with.
enum TableFitsData {
  /// The part a table speaks of: that of the cell, or the one furthest from training.
  static func part(_ written: DataPart?, _ sweep: SweepFacts) -> DataPart {
    written
      ?? [DataPart.test, .val].first { part in
        !sweep.shapes.isEmpty && sweep.shapes.allSatisfy { rows(part, $0) > 0 }
      } ?? .train
  }

  /// Reports what keeps the table from being made.
  static func check(_ table: TableCell, _ sweep: SweepFacts, _ problems: SpecProblems) {
    guard !sweep.hasFailed, table.kind == .worst || table.kind == .confusion else { return }
    for shape in sweep.shapes {
      if rows(table.part, shape) == 0 {
        problems.report(
          table.mark, "the data of '\(table.sweep)' has no \(table.part.rawValue) part",
          ["give it one: split: {\(table.part == .test ? "test" : "val"): 0.2}"])
      } else if table.kind == .confusion, shape.classes == nil {
        problems.report(
          table.mark, "the data of '\(table.sweep)' has no classes, so there is no confusion",
          shape.values == nil ? [] : ["for numbers there is table: worst"])
      } else if shape.target == .none {
        problems.report(
          table.mark, "the data of '\(table.sweep)' has no target, so no row is wrong",
          ["remove the cell, or take data with a target"])
      }
    }
  }

  private static func rows(_ part: DataPart, _ shape: DataShape) -> Int {
    switch part {
    case .train: shape.trainRows
    case .val: shape.valRows
    case .test: shape.testRows
    }
  }
}
