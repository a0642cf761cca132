import Drawing
import Foundation
import Languages
import Tracking

extension Figure {
  /// A metric over two keys of the sweep: a cell's colour and number are the mean over its runs.
  ///
  /// A cell whose runs all diverged is grey and hatched; where some did, the number is the others'
  /// mean and the cell says how many there were.
  public static func heatMap(_ values: [SweepValue], options: SweepOptions) -> Figure {
    HeatMapBuilder(values, options).figure
  }
}

/// Puts a heat map together.
private struct HeatMapBuilder {
  private let values: [SweepValue]
  private let options: SweepOptions
  private let xs: KeyValues
  private let ys: KeyValues
  private let cells: [[[SweepValue]]]
  private let means: [[Double?]]

  init(_ values: [SweepValue], _ options: SweepOptions) {
    self.values = values
    self.options = options
    let xs = KeyValues(values.map(\.x))
    let ys = KeyValues(values.map(\.y))
    self.xs = xs
    self.ys = ys
    var cells = [[[SweepValue]]](
      repeating: [[SweepValue]](repeating: [], count: xs.values.count), count: ys.values.count)
    for value in values {
      guard let column = xs.place(value.x), let row = ys.place(value.y) else { continue }
      cells[row][column].append(value)
    }
    self.cells = cells
    means = cells.map { row in row.map { $0.statistics?.mean } }
  }

  /// Numbers rise upwards; names come in their order from above.
  private var isUpward: Bool { ys.numbers != nil }

  var figure: Figure {
    let known = means.joined().compactMap { $0 }
    let scale = colorScale(known)
    let format = CellFormat(known)
    let rows = cells.indices.map { row in
      cells[row].indices.map { cell(row, $0, scale, format) }
    }
    let ordered = isUpward ? rows : rows.reversed()
    let labels = isUpward ? ys.labels : ys.labels.reversed()
    let map = HeatMap(rows: ordered)
    let panel = Panel(
      x: Axis(options.xName, scale: .categories(xs.labels)),
      y: Axis(options.yName, scale: .categories(labels)),
      layers: [isPicture ? .regions(map.picture) : .heatMap(map)],
      colorScale: known.isEmpty ? nil : scale, hasGrid: false)
    return Figure(
      title: options.title, subtitle: subtitle, panels: [[panel]], notes: notes,
      style: options.style)
  }

  /// More cells than this along a side are drawn as one picture, without gaps and numbers.
  private static let mostCells = 40

  private var isPicture: Bool {
    xs.values.count > Self.mostCells || ys.values.count > Self.mostCells
  }

  private func colorScale(_ known: [Double]) -> ColorScale {
    let least = known.min() ?? 0
    let most = known.max() ?? 1
    let isPositive = least > 0
    let isWide = isPositive && !options.isHigherBetter && most / least >= 50
    let isLog = isPositive && (options.logY ?? isWide)
    let axis = Axis("", scale: isLog ? .log : .linear)
    let range = axis.fitted(to: [least, most], room: 0)
    return ColorScale(
      label: options.isHigherBetter
        ? options.valueName : language(.lighterIsLess, options.valueName), range: range,
      scale: isLog ? .log : .linear, isReversed: !options.isHigherBetter)
  }

  private func cell(_ row: Int, _ column: Int, _ scale: ColorScale, _ format: CellFormat)
    -> HeatMap.Cell
  {
    let runs = cells[row][column]
    let diverged = runs.count(where: \.hasDiverged)
    guard let mean = means[row][column] else {
      if runs.isEmpty { return HeatMap.Cell(color: options.style.background, text: "") }
      return HeatMap.Cell(
        color: options.style.absent, text: language(diverged > 0 ? .statusDiverged : .noValue),
        isHatched: true)
    }
    let text = format.text(mean)
    let note =
      diverged > 0 ? " " + language(.someOf, runs.count - diverged, runs.count) : ""
    return HeatMap.Cell(color: scale.color(mean), text: text + note)
  }

  private var language: Language { options.style.language }

  private var subtitle: String {
    let counts = cells.joined().compactMap { $0.statistics?.count }
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return "" }
    return language(.meanOver, language.counted(least, most, options.seeds))
  }

  private var notes: [String] {
    var notes = options.notes
    let diverged = values.count(where: \.hasDiverged)
    if diverged > 0 {
      notes.append(language(.divergedCells, diverged, values.count))
    }
    if cells.joined().contains(where: \.isEmpty) { notes.append(language(.emptyCells)) }
    if isPicture {
      notes.append(language(.tooManyCells, xs.values.count, ys.values.count))
    }
    return notes
  }
}

/// How the numbers of a heat map are written: with the same decimals, so many that values which differ
/// are told apart, or, where they differ by more than a hundred times, with three digits each.
private struct CellFormat {
  private let decimals: Int?

  init(_ values: [Double]) {
    let sizes = values.map { abs($0) }.filter { $0 > 0 }
    guard let least = sizes.min(), let most = sizes.max(), most < 1e5, least >= 1e-4,
      least / most > 0.01
    else {
      decimals = nil
      return
    }
    let few = max(0, min(6, 2 - Int(Foundation.log10(most).rounded(.down))))
    // What differs in rounding alone is equal.
    let different = Set(values.map { String(format: "%.9g", $0) }).count
    func told(_ decimals: Int) -> Int {
      Set(values.map { String(format: "%.*f", decimals, $0) }).count
    }
    // Two digits more at most: what differs further on is noise.
    decimals = (few...few + 2).first { told($0) == different } ?? (few + 2)
  }

  func text(_ value: Double) -> String {
    if let decimals { return String(format: "%.*f", decimals, value) }
    // Of the least numbers there is no smaller unit.
    guard value.isFinite, abs(value) > 1e-300 else { return Axis.text(value) }
    let unit = Foundation.pow(10, Foundation.log10(abs(value)).rounded(.down) - 2)
    return Axis.text((value / unit).rounded() * unit)
  }
}

extension HeatMap {
  /// The cells as one picture, every cell as a square of several points, so that its edges stay sharp.
  var picture: Regions {
    let (across, down) = (rows.first?.count ?? 0, rows.count)
    let (wide, tall) = (max(1, 480 / max(1, across)), max(1, 480 / max(1, down)))
    var colors: [Color] = []
    colors.reserveCapacity(across * down * wide * tall)
    for row in rows {
      let line = row.flatMap { Array(repeating: $0.color, count: wide) }
      for _ in 0..<tall { colors += line }
    }
    func range(_ count: Int, _ times: Int) -> ClosedRange<Double> {
      let edge = 0.5 - 0.5 / Double(times)
      return -edge...max(-edge, Double(count - 1) + edge)
    }
    return Regions(
      xRange: range(across, wide), yRange: range(down, tall), width: across * wide,
      height: down * tall, colors: colors)
  }
}
