import Experiments
import GnuplotBackend
import Tracking

extension FigureWriter {
  /// A writer that says on standard error while gnuplot is silent.
  static var telling: FigureWriter { FigureWriter { StandardError.write($0 + "\n") } }

  /// What to say before training of an experiment whose figures cannot be drawn; `nil` where they can,
  /// or there are none.
  static func missing(for experiment: Experiment) -> String? {
    let figures = experiment.cells.count { if case .plot = $0 { true } else { false } }
    guard figures > 0, let missing = missing() else { return nil }
    return (figures == 1 ? "1 figure" : "\(figures) figures")
      + " of '\(experiment.name)' will be missing. \(missing.message)\n\(missing.hint), or look at "
      + "them in the terminal: labbook plot FILE --terminal"
  }
}
