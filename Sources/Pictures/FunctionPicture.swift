package import Experiments
import Figures
import NeuralNet
import Tracking

extension FunctionPlot: Picture {
  /// Points along the interval.
  private static let count = 601

  /// The functions over the interval, computed by the project's own modules.
  package func draw(_ cell: PlotCell, by _: FigureMaker?) throws -> Painting {
    let step = (range.upperBound - range.lowerBound) / Double(Self.count - 1)
    let xs = (0..<Self.count).map { range.lowerBound + step * Double($0) }
    let curves = functions.compactMap { name -> FunctionCurve? in
      guard let choice = ActivationCurve.all.first(where: { $0.name == name }) else { return nil }
      let settings = choice.settings.compactMap { setting in
        setting.standard.map { (setting.name, $0) }
      }
      let chosen = Chosen(name, Dictionary(settings) { first, _ in first })
      let curve = ActivationCurve(chosen, at: xs)
      return FunctionCurve(name: name, xs: xs, values: curve.values, slopes: curve.slopes)
    }
    let title = cell.title ?? functions.joined(separator: ", ")
    return { Figure.functions(curves, title: title, style: $0) }
  }
}
