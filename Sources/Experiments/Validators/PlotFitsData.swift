import Datasets
import Tracking

/// A picture of decision regions needs two features and classes; a fit one feature and a number.
enum PlotFitsData {
  static func check(_ plot: PlotCell, _ sweep: SweepFacts, _ problems: SpecProblems) {
    guard !sweep.hasFailed else { return }
    for shape in sweep.shapes {
      switch plot.kind {
      case .boundary: boundary(plot, shape, problems)
      case .fit: fit(plot, shape, problems)
      case .curves, .final, .heatmap: break
      }
    }
  }

  private static func boundary(_ plot: PlotCell, _ shape: DataShape, _ problems: SpecProblems) {
    if shape.features != 2 {
      problems.report(
        plot.mark,
        "the data of '\(plot.sweep)' has \(amount(shape.features)), a boundary needs two",
        ["remove the cell, or take data with two features"])
    } else if shape.classes == nil {
      problems.report(
        plot.mark, "the data of '\(plot.sweep)' has no classes, so there is no boundary",
        ["for numbers there is plot: fit"])
    }
  }

  private static func fit(_ plot: PlotCell, _ shape: DataShape, _ problems: SpecProblems) {
    if shape.features != 1 {
      problems.report(
        plot.mark, "the data of '\(plot.sweep)' has \(amount(shape.features)), a fit needs one",
        ["remove the cell, or take data with one feature"])
    } else if shape.values != 1 {
      problems.report(
        plot.mark, "the target of '\(plot.sweep)' is not one number, so there is no fit",
        shape.classes == nil ? [] : ["for classes there is plot: boundary"])
    }
  }

  private static func amount(_ features: Int) -> String {
    features == 1 ? "1 feature" : "\(features) features"
  }
}
