import Foundation
import Languages

/// Rows of data as people look at them, in their own units.
public struct DataSample: Hashable, Sendable {
  /// A name for every column.
  public var columns: [String]
  /// Row by row, a number a column.
  public var rows: [[Double]]
  /// What is to be learned of the rows.
  public var target: Target

  /// What is to be learned of rows.
  public enum Target: Hashable, Sendable {
    /// The class of each row, and the classes' names.
    case classes([Int], names: [String])
    /// A number a row, and what it is called.
    case values([Double], name: String)
    case none
  }

  /// Makes a sample; every row has a number a column.
  public init(columns: [String], rows: [[Double]], target: Target) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a number for every column")
    self.columns = columns
    self.rows = rows
    self.target = target
  }
}

extension Figure {
  /// The most columns that are drawn against each other.
  private static let mostPairs = 5
  /// The most columns with a histogram each.
  private static let mostHistograms = 16

  /// A look at rows of numbers: classes in the plane, a number against its one feature, columns
  /// against each other with a histogram of each on the diagonal, or histograms of many columns.
  ///
  /// A number to predict counts as a column where there are several.
  public static func data(_ sample: DataSample, title: String, style: Style = .light) -> Figure {
    DataBuilder(sample, title, style).figure(mostPairs, mostHistograms)
  }
}

/// Puts a look at data together.
private struct DataBuilder {
  private let title: String
  private let style: Style
  private let names: [String]
  private let columns: [[Double]]
  private let classes: [Int]
  private let classNames: [String]
  private let isRegression: Bool

  init(_ sample: DataSample, _ title: String, _ style: Style) {
    self.title = title
    self.style = style
    var columns = sample.columns.indices.map { column in sample.rows.map { $0[column] } }
    var names = sample.columns
    var classes = Array(repeating: 0, count: sample.rows.count)
    var classNames: [String] = []
    switch sample.target {
    case .classes(let labels, let all): (classes, classNames) = (labels, all)
    case .values(let values, let name):
      columns.append(values)
      names.append(name)
    case .none: break
    }
    if case .values = sample.target { isRegression = true } else { isRegression = false }
    self.columns = columns
    self.names = names
    self.classes = classes
    self.classNames = classNames
  }

  func figure(_ mostPairs: Int, _ mostHistograms: Int) -> Figure {
    var notes: [String] = []
    let panels: [[Panel]]
    switch columns.count {
    case 1: panels = [[histogram(0, x: names[0], y: language(.rowsAxis))]]
    case 2: panels = [[scatter(0, 1, isSquare: !isRegression)]]
    case ...mostPairs: panels = pairs
    default:
      let shown = Array(columns.indices.prefix(mostHistograms))
      panels = Figure.rows(
        of: shown.map { histogram($0, x: names[$0], y: language(.rowsAxis)) })
      let left = columns.count - shown.count
      if left > 0 { notes.append(language(.furtherColumns, left)) }
    }
    let most = DataBuilder.mostPoints
    if columns.count > 1, columns.count <= mostPairs, classes.count > most {
      notes.append(language(.pointsDrawn, most, classes.count))
    }
    let missing = columns.joined().count { !$0.isFinite }
    if missing > 0 { notes.append(language(.numbersNotFinite, missing)) }
    return Figure(title: title, panels: panels, legend: legend, notes: notes, style: style)
  }

  private static let mostPoints = 2000
  private var language: Language { style.language }

  private var legend: [LegendEntry] {
    guard classNames.count > 1 else { return [] }
    return [LegendEntry(language(.classHeading), .none)]
      + classNames.enumerated().map { index, name in
        columns.count > 5 || columns.count == 1
          ? LegendEntry(name, .box(style.classColor(index)))
          : LegendEntry(name, .marker(style.classStroke(index)))
      }
  }

  /// Columns against each other below the diagonal, a histogram of each on it.
  private var pairs: [[Panel]] {
    let last = columns.count - 1
    return columns.indices.map { row in
      (0...row).map { column in
        let x = row == last ? names[column] : ""
        return column == row
          ? histogram(column, x: x, y: column == 0 ? language(.rowsAxis) : "")
          : scatter(column, row, x: x, y: column == 0 ? names[row] : "", isSquare: false)
      }
    }
  }

  private func scatter(
    _ x: Int, _ y: Int, x xName: String? = nil, y yName: String? = nil, isSquare: Bool
  ) -> Panel {
    let points = ClassPoints(xs: columns[x], ys: columns[y], classes: classes)
    return Panel(
      x: Axis(xName ?? names[x]), y: Axis(yName ?? names[y]),
      layers: Figure.points(points, style), isSquare: isSquare && areAlike(x, y))
  }

  /// Whether two columns reach about as far, so that one unit may be drawn as long for both.
  private func areAlike(_ x: Int, _ y: Int) -> Bool {
    let a = Axis("").fitted(to: columns[x])
    let b = Axis("").fitted(to: columns[y])
    let ratio = (a.upperBound - a.lowerBound) / (b.upperBound - b.lowerBound)
    return ratio > 0.4 && ratio < 2.5
  }

  /// Steps over equal stretches, a colour a class.
  private func histogram(_ column: Int, x: String, y: String) -> Panel {
    let values = columns[column]
    let finite = values.filter(\.isFinite)
    let bins = Bins(finite)
    let groups = classNames.isEmpty ? [0] : Array(classNames.indices)
    var layers: [Layer] = []
    for group in groups {
      let members = zip(values, classes).filter { $0.1 == group || classNames.isEmpty }.map(\.0)
      guard !members.isEmpty else { continue }
      let steps = bins.steps(members)
      let color = style.classColor(group)
      layers.append(
        .band(
          Band(
            xs: steps.xs, lower: steps.xs.map { _ in 0 }, upper: steps.ys, color: color,
            opacity: groups.count > 6 ? 0.1 : 0.28)))
      layers.append(
        .line(Line(xs: steps.xs, ys: steps.ys, stroke: Stroke(color: color, width: 1.2))))
    }
    return Panel(x: Axis(x), y: Axis(y), layers: layers)
  }
}

/// Equal stretches of a line with counts in each.
struct Bins: Hashable {
  let range: ClosedRange<Double>
  let count: Int

  /// As many stretches as the square root of the values' number, 8 to 40.
  init(_ values: [Double]) {
    self.init(
      Axis("").fitted(to: values, room: 0),
      count: max(8, min(40, Int(Double(values.count).squareRoot().rounded()))))
  }

  init(_ range: ClosedRange<Double>, count: Int) {
    self.range = range
    self.count = count
  }

  func counts(_ values: [Double]) -> [Int] {
    var counts = Array(repeating: 0, count: count)
    let width = range.upperBound - range.lowerBound
    for value in values where value.isFinite && range.contains(value) {
      counts[min(count - 1, Int((value - range.lowerBound) / width * Double(count)))] += 1
    }
    return counts
  }

  /// The outline of the counts, from zero to zero.
  func steps(_ values: [Double]) -> (xs: [Double], ys: [Double]) {
    let width = (range.upperBound - range.lowerBound) / Double(count)
    var xs = [range.lowerBound]
    var ys = [0.0]
    for (index, number) in counts(values).enumerated() {
      let left = range.lowerBound + width * Double(index)
      xs += [left, left + width]
      ys += [Double(number), Double(number)]
    }
    return (xs + [range.upperBound], ys + [0])
  }
}
