public import ArgumentParser
public import Experiments
import Reports
import Tracking

extension PlotCell.CurveAxis: ExpressibleByArgument {}
extension MetricValue: ExpressibleByArgument {}

/// What a figure of `labbook plot KIND` shows, as the keys of a plot cell.
struct PlotOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What is drawn; curves take several.", valueName: "metric"))
  var metric: [String] = []
  @Option(help: ArgumentHelp("A colour, or a picture, for each value of a key.", valueName: "key"))
  var by: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The key along the x axis; for fit the interval, such as -4,4.", valueName: "key"))
  var x: String?
  @Option(help: ArgumentHelp("The key along the y axis of a heatmap.", valueName: "key"))
  var y: String?
  @Option(help: "What curves run along.") var axis: PlotCell.CurveAxis?
  @Option(help: "Logarithmic axes: x, y, xy or none. (default: by the values)")
  var log: LogAxes?
  @Option(help: "The final value, or that of the epoch the objective chose.")
  var value: MetricValue?
  @Option(help: "What stands above the figure.") var title: String?

  enum LogAxes: String, ExpressibleByArgument, CaseIterable {
    case x, y, xy, none
  }

  /// The options that were written.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--metric", !metric.isEmpty), ("--by", by != nil), ("--x", x != nil), ("--y", y != nil),
      ("--axis", axis != nil), ("--log", log != nil), ("--value", value != nil),
      ("--title", title != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// The cell that asks for the figure.
  func cell(_ kind: PlotCell.Kind, sweep: String, _ maker: FigureMaker) throws -> PlotCell {
    let needs: [(String, Bool)] =
      switch kind {
      case .final: [("--metric", !metric.isEmpty), ("--x", x != nil)]
      case .heatmap: [("--metric", !metric.isEmpty), ("--x", x != nil), ("--y", y != nil)]
      case .curves, .boundary, .fit: []
      }
    if let missing = needs.first(where: { !$0.1 }) {
      throw LabbookError.input("a figure of kind \(kind.rawValue) needs \(missing.0)")
    }
    if kind != .curves && metric.count > 1 {
      throw LabbookError.input("a figure of kind \(kind.rawValue) takes one metric")
    }
    let source = SpecSource(name: "--sweep \(sweep)", folder: "", kind: .argument, text: sweep)
    return PlotCell(
      kind: kind, sweep: sweep, title: title, metrics: metric.map { Metric($0) },
      by: try by.map(maker.key), x: kind == .fit ? nil : try x.map(maker.key),
      y: try y.map(maker.key), axis: axis ?? .epoch, range: kind == .fit ? try range() : nil,
      logX: log.map { $0 == .x || $0 == .xy }, logY: log.map { $0 == .y || $0 == .xy },
      value: value ?? .last, mark: Mark(source, line: 1, column: 1))
  }

  private func range() throws -> ClosedRange<Double>? {
    guard let x else { return nil }
    let ends = x.filter { !"[] ".contains($0) }.split(separator: ",").map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low < high, low.isFinite,
      high.isFinite
    else { throw LabbookError.input("--x \(x) is no interval", hint: "write it as --x -4,4") }
    return low...high
  }
}
