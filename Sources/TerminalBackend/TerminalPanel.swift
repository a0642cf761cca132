import Drawing
import Figures
import Terminal
import Tracking

/// One panel of a figure as lines of a terminal.
struct TerminalPanel {
  private let panel: Panel
  private let series: TerminalSeries
  private let width: Int
  private let height: Int
  private let style: TextStyle
  private let ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)

  init(_ panel: Panel, series: TerminalSeries, width: Int, _ style: TextStyle) {
    self.panel = panel
    self.series = series
    self.width = width
    self.style = style
    ranges = panel.ranges
    // Every name along an upright axis has a line.
    if case .categories(let names) = panel.y.scale {
      height = max(16, min(Self.mostRows, names.count))
    } else {
      height = 16
    }
  }

  private static let mostRows = 64

  var lines: [String] {
    for layer in panel.layers {
      switch layer {
      case .heatMap(let map): return headed(table(map))
      case .tiles(let tiles): return headed(smallPictures(tiles))
      case .diagram(let diagram):
        return headed(TerminalDiagram(diagram, width: width).lines)
      default: continue
      }
    }
    let ticks = panel.y.ticks(in: ranges.y, target: 5).filter { !$0.isMinor }
    let margin = min(width / 3, ticks.map { displayWidth(of: printable($0.label)) }.max() ?? 0)
    let labels = shortNames(ticks.map(\.label), to: margin)
    let inner = width - margin - 5
    var rows = pictureRows(inner)
    let letters = endLetters()
    for row in rows.indices {
      let label = ticks.lastIndex { self.row(of: $0.value) == row }.map { labels[$0] } ?? ""
      let padding = String(repeating: " ", count: max(0, margin - displayWidth(of: label)))
      rows[row] = padding + label + (label.isEmpty ? " │" : " ┤") + rows[row]
      if let ends = letters[row] { rows[row] += " " + ends }
    }
    return headed(rows + xLines(margin: margin, inner: inner) + TerminalNotes(panel, width).lines)
  }

  private func headed(_ lines: [String]) -> [String] {
    var head: [String] = []
    head += wrapped(printable(panel.title), to: width).map { style.strong($0) }
    return head + wrapped(printable(panel.y.label), to: width) + lines
  }

  private func smallPictures(_ tiles: Tiles) -> [String] {
    var names: [String] = []
    if case .categories(let all) = panel.y.scale { names = all.reversed() }
    return TerminalTiles(tiles, rowNames: names, width: width, style).lines
  }

  private func row(of value: Double) -> Int {
    let share = panel.y.position(value, in: ranges.y)
    let dots = Int(saturating: ((1 - max(0, min(1, share))) * Double(4 * height - 1)).rounded())
    return dots / 4
  }

  // MARK: What is drawn

  private func pictureRows(_ inner: Int) -> [String] {
    for case .regions(let regions) in panel.layers where !regions.classes.isEmpty {
      return regionRows(regions, inner)
    }
    if case .regions(let regions)? = panel.layers.first { return shadeRows(regions, inner) }
    var canvas = DotCanvas(width: inner, height: height)
    for layer in panel.layers {
      switch layer {
      case .line(let line): draw(line, on: &canvas)
      case .points(let points):
        for (x, y) in zip(points.xs, points.ys) {
          dot(x, y, series.place(points.stroke) ?? 0, on: &canvas)
        }
      case .colored(let points):
        for (x, y) in zip(points.xs, points.ys) { dot(x, y, nil, on: &canvas) }
      case .band, .heatMap, .regions, .note, .rule, .tiles, .diagram: break
      }
    }
    return lettered(canvas.lines(style))
  }

  /// The rows with the letters of points on them, where no colours tell series apart: of many points only
  /// where no line would be hidden.
  private func lettered(_ rows: [String]) -> [String] {
    guard !style.isColored, series.count > 1 else { return rows }
    var letters = rows.map(Array.init)
    let hasLines = panel.layers.contains { if case .line = $0 { true } else { false } }
    for case .points(let points) in panel.layers where !hasLines || points.xs.count <= 100 {
      guard let place = series.place(points.stroke) else { continue }
      for (x, y) in zip(points.xs, points.ys) where panel.x.shows(x) && panel.y.shows(y) {
        let share = panel.x.position(x, in: ranges.x)
        let row = row(of: y)
        guard (0...1).contains(share), (0...1).contains(panel.y.position(y, in: ranges.y)) else {
          continue
        }
        // The letter stands where its dot is: a place is two dots wide.
        let column = Int((share * Double(2 * letters[row].count - 1)).rounded()) / 2
        letters[row][column] = TerminalSeries.letter(place)
      }
    }
    return letters.map { String($0) }
  }

  private func dot(_ x: Double, _ y: Double, _ group: Int?, on canvas: inout DotCanvas) {
    guard panel.x.shows(x), panel.y.shows(y) else { return }
    canvas.dot(
      x: panel.x.position(x, in: ranges.x), y: panel.y.position(y, in: ranges.y), group: group)
  }

  private func draw(_ line: Line, on canvas: inout DotCanvas) {
    let group = series.place(line.stroke) ?? 0
    var before: (x: Double, y: Double)?
    for (x, y) in zip(line.xs, line.ys) {
      guard panel.x.shows(x), panel.y.shows(y) else {
        before = nil
        continue
      }
      let here = (panel.x.position(x, in: ranges.x), panel.y.position(y, in: ranges.y))
      let from = before ?? here
      let across = abs(here.0 - from.x) * Double(2 * canvas.width)
      let down = abs(here.1 - from.y) * Double(4 * height)
      let steps = max(1, min(4000, Int(saturating: max(across, down).rounded(.up))))
      for step in 0...steps {
        let share = Double(step) / Double(steps)
        canvas.dot(
          x: from.x + (here.0 - from.x) * share, y: from.y + (here.1 - from.y) * share, group: group
        )
      }
      before = here
    }
  }

  /// The letters of the curves that end in each row, at its right.
  private func endLetters() -> [Int: String] {
    var ends: [Int: [Int]] = [:]
    for case .line(let line) in panel.layers {
      guard let place = series.place(line.stroke),
        let last = line.ys.lastIndex(where: panel.y.shows)
      else { continue }
      let row = row(of: line.ys[last])
      if ends[row]?.contains(place) != true { ends[row, default: []].append(place) }
    }
    return ends.mapValues { places in
      places.prefix(1).map { style.series(String(TerminalSeries.letter($0)), $0) }.joined()
        + (places.count > 1 ? "+" : "")
    }
  }

  /// A letter a place for the class decided there, upper case where data of a class lies.
  private func regionRows(_ regions: Regions, _ inner: Int) -> [String] {
    let across = min(inner, 2 * height)
    return (0..<height).map { row in
      (0..<across).map { column in
        let x = Double(column) / Double(max(1, across - 1)) * Double(regions.width - 1)
        let y = (1 - Double(row) / Double(height - 1)) * Double(regions.height - 1)
        let name = regions.classes[Int(y.rounded()) * regions.width + Int(x.rounded())]
        return style.series(String(TerminalSeries.letter(name)), name)
      }.joined()
    }
  }

  /// A sign a place for how light the colour is there.
  private func shadeRows(_ regions: Regions, _ inner: Int) -> [String] {
    let signs = Array(" .:-=+*#%@")
    guard regions.width > 0, regions.height > 0 else { return [] }
    return (0..<height).map { row in
      String(
        (0..<inner).map { column -> Character in
          let x = Double(column) / Double(max(1, inner - 1)) * Double(regions.width - 1)
          let y = (1 - Double(row) / Double(height - 1)) * Double(regions.height - 1)
          let color = regions.colors[Int(y.rounded()) * regions.width + Int(x.rounded())]
          return signs[Int((color.luminance.squareRoot() * 9).rounded())]
        })
    }
  }

  // MARK: The horizontal axis

  private func xLines(margin: Int, inner: Int) -> [String] {
    var across = inner
    for case .regions(let regions) in panel.layers where !regions.classes.isEmpty {
      across = min(inner, 2 * height)
    }
    let ticks = panel.x.ticks(in: ranges.x, target: max(2, across / 10)).filter { !$0.isMinor }
    var rule = Array(repeating: Character("─"), count: across)
    var labels = ""
    let numbered = numbers(of: ticks, across)
    for tick in numbered.ticks {
      let share = panel.x.position(tick.value, in: ranges.x)
      let place = max(0, min(across - 1, Int(saturating: (share * Double(across - 1)).rounded())))
      rule[place] = "┬"
      let label = printable(tick.label)
      let start = max(0, margin + 2 + place - displayWidth(of: label) / 2)
      let used = displayWidth(of: labels)
      guard used == 0 || start > used, start + displayWidth(of: label) <= width else { continue }
      labels += String(repeating: " ", count: start - used) + label
    }
    var lines = [String(repeating: " ", count: margin) + " └" + String(rule), labels]
    for name in wrapped(printable(panel.x.label), to: width) {
      let room = width - displayWidth(of: name)
      let indent = max(0, min(room, margin + 2 + (across - displayWidth(of: name)) / 2))
      lines.append(String(repeating: " ", count: indent) + name)
    }
    return lines + numbered.names
  }

  /// Names along the axis as numbers with a list of what they mean, where they have no room side by
  /// side.
  private func numbers(of ticks: [Tick], _ across: Int) -> (ticks: [Tick], names: [String]) {
    guard case .categories = panel.x.scale else { return (ticks, []) }
    let needed = ticks.reduce(0) { $0 + displayWidth(of: printable($1.label)) + 1 }
    let widest = ticks.map { displayWidth(of: printable($0.label)) }.max() ?? 0
    guard needed > across || widest + 1 > across / max(1, ticks.count) else { return (ticks, []) }
    let list = ticks.enumerated().map { "\($0.offset + 1) \(printable($0.element.label))" }
    return (
      ticks.enumerated().map { Tick($0.element.value, "\($0.offset + 1)") },
      wrapped(list.joined(separator: "; "), to: width)
    )
  }

  // MARK: Heat maps

  private func table(_ map: HeatMap) -> [String] {
    let heads = panel.x.ticks(in: ranges.x, target: 2).map { printable($0.label) }
    let all = heads.indices.map { column in
      ([heads[column]] + map.rows.compactMap { column < $0.count ? $0[column].text : nil })
        .map { displayWidth(of: $0) }.max() ?? 0
    }
    let room = max(width / 3, width - all.reduce(0) { $0 + 2 + $1 })
    let names = shortNames(
      panel.y.ticks(in: ranges.y, target: map.rows.count).map(\.label), to: room)
    let margin = names.map { displayWidth(of: $0) }.max() ?? 0
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - displayWidth(of: text))) + text
    }
    func line(_ name: String, _ cells: [String], _ columns: Range<Int>) -> String {
      padded(name, margin)
        + columns.map { column in
          "  " + fitted(padded(column < cells.count ? cells[column] : "", all[column]), to: width)
        }.joined()
    }
    // Columns that have no room side by side go on below.
    var lines: [String] = []
    for columns in Self.blocks(all, width - margin) {
      if !lines.isEmpty { lines.append("") }
      lines += map.rows.indices.reversed().map { row in
        line(row < names.count ? names[row] : "", map.rows[row].map(\.text), columns)
      }
      lines.append(line("", heads, columns))
    }
    let indent = padded("", min(margin, width / 3)) + "  "
    return lines
      + wrapped(printable(panel.x.label), to: max(10, width - indent.count)).map { indent + $0 }
  }

  /// The columns that stand side by side in a width, block after block.
  private static func blocks(_ widths: [Int], _ width: Int) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var used = 0
    for (column, own) in widths.enumerated() {
      if column > start, used + 2 + own > width {
        blocks.append(start..<column)
        (start, used) = (column, 0)
      }
      used += 2 + own
    }
    return blocks + [start..<widths.count]
  }
}
