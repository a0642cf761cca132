import Figures
import Foundation
import Tracking

/// The sizes and margins of all panels, then their places.
struct PanelPlan {
  private let figure: Figure
  private var settled: [[SettledPanel]]
  private var columnWidths: [Double]
  private var rowHeights: [Double]
  var left = 0.0
  var top = 0.0

  /// The widths of the frames of all columns together.
  private(set) var frameWidths = 0.0
  /// The heights of the frames of all rows together.
  private(set) var frameHeights = 0.0

  init(_ figure: Figure, _ room: LayoutRoom = LayoutRoom()) {
    self.figure = figure
    let columns = figure.columns
    settled = figure.panels.map { row in
      row.map { SettledPanel($0, columns: columns, style: figure.style, room) }
    }
    columnWidths = [Double](repeating: 0, count: columns)
    rowHeights = []
    // Frames of one column share their left margin, those of one row their height.
    for column in 0..<columns {
      let members = settled.compactMap { column < $0.count ? $0[column] : nil }
      let margin = members.map(\.leftMargin).max() ?? 0
      let frame = members.map(\.frameWidth).max() ?? 0
      let right = members.map(\.rightMargin).max() ?? 0
      for row in settled.indices where column < settled[row].count {
        settled[row][column].leftMargin = margin
        settled[row][column].widthGiven = frame
      }
      columnWidths[column] = margin + frame + right
      frameWidths += frame
    }
    for row in settled.indices where isWide(row) {
      let panel = settled[row][0]
      settled[row][0].widthGiven = width - panel.leftMargin - panel.rightMargin
    }
    let lines = titles
    var place = 0
    for row in settled.indices {
      for column in settled[row].indices {
        settled[row][column].titleLines = lines[place]
        settled[row][column].topMargin +=
          SettledPanel.titleHeight * Double(max(0, lines[place].count - 1))
        place += 1
      }
      let titled = settled[row].map(\.topMargin).max() ?? 0
      let frame = settled[row].map(\.frameHeight).max() ?? 0
      let bottom = settled[row].map(\.bottomMargin).max() ?? 0
      for column in settled[row].indices {
        settled[row][column].topMargin = titled
        if !settled[row][column].panel.isSquare { settled[row][column].frameHeight = frame }
      }
      rowHeights.append(titled + frame + bottom)
      frameHeights += frame
    }
  }

  /// Whether names along some axis are left out for want of room.
  var lacksNames: Bool { settled.joined().contains { $0.lacksNames } }

  var width: Double { columnWidths.reduce(0, +) }
  var height: Double { rowHeights.reduce(0, +) }

  func place(in layout: inout Layout) {
    var y = top
    for (row, height) in zip(settled, rowHeights) {
      var x = left
      for (panel, width) in zip(row, columnWidths) {
        panel.place(in: &layout, x: x, y: y)
        x += width
      }
      y += height
    }
  }

  /// Whether a row is one panel that takes the width of all columns: none that is left over of the
  /// row above it, and none whose shape is its own.
  private func isWide(_ row: Int) -> Bool {
    let columns = columnWidths.count
    guard columns > 1, settled[row].count == 1, settled.count > 1, !settled[row][0].isShaped else {
      return false
    }
    let isLeftOver = row == settled.count - 1 && row > 0 && settled[row - 1].count == columns
    return !isLeftOver
  }

  /// The lines above every panel, row by row: as they are where they fit in a few lines, else cut so that
  /// those which differ stay different.
  private var titles: [[String]] {
    let all = settled.joined()
    let limits = all.map { $0.shownWidth + 12 }
    let whole = all.map { TextMeasure.oneLine($0.panel.title) }
    let wrapped = zip(whole, limits).map {
      TextMeasure.wrapped($0, size: Style.panelTitleSize, limit: $1)
    }
    let areWhole = zip(whole, wrapped).allSatisfy { $0 == $1.joined(separator: " ") }
    if areWhole { return wrapped }
    return ShortNames { TextMeasure.width($0, size: Style.panelTitleSize) }.fitted(
      whole, to: limits
    ).map { $0.isEmpty ? [] : [$0] }
  }
}

/// One panel with its ranges, ticks and margins settled.
struct SettledPanel {
  let panel: Panel
  let style: Style
  let xRange: ClosedRange<Double>
  let yRange: ClosedRange<Double>
  let xTicks: [Tick]
  let yTicks: [Tick]
  let isTilted: Bool
  let frameWidth: Double
  var widthGiven: Double
  var frameHeight: Double
  var leftMargin: Double
  var rightMargin: Double
  var topMargin: Double
  var bottomMargin: Double

  /// The lines above it.
  var titleLines: [String] = []
  /// The lines beside its vertical axis.
  let yLines: [String]
  /// Whether its shape follows from what it shows.
  let isShaped: Bool

  static let titleHeight = 15.0
  private static let labelLimit = 240.0

  init(_ panel: Panel, columns: Int, style: Style, _ room: LayoutRoom) {
    self.panel = panel
    self.style = style
    let ranges = panel.isSquare ? SettledPanel.equal(panel) : panel.ranges
    xRange = ranges.x
    yRange = ranges.y
    let own = SettledPanel.ownSize(panel, style)
    isShaped = own != nil || panel.isSquare
    let size =
      own
      ?? SettledPanel.size(panel, ranges: ranges, columns: columns, room)
    frameWidth = size.width
    widthGiven = size.width
    frameHeight = size.height
    let xs = SettledPanel.thinned(
      panel.x.ticks(in: xRange, target: max(2, Int(size.width / 75))), panel.x, size.width)
    let ys = SettledPanel.thinned(
      panel.y.ticks(in: yRange, target: max(2, Int(size.height / 45))), panel.y, size.height)
    xTicks = xs
    yTicks = ys
    func width(_ tick: Tick) -> Double {
      min(
        SettledPanel.labelLimit,
        TextMeasure.width(TextMeasure.oneLine(tick.label), size: Style.tickSize))
    }
    let widestX = xs.map(width).max() ?? 0
    let slot = size.width / Double(max(1, xs.filter { !$0.isMinor }.count))
    var tilted = false
    if case .categories = panel.x.scale { tilted = widestX > slot - 6 }
    isTilted = tilted
    let tickHeight = tilted ? widestX * 0.58 + 16 : 18
    bottomMargin = tickHeight + (panel.x.label.isEmpty ? 6 : 22) + 4
    yLines = TextMeasure.wrapped(
      panel.y.label, size: Style.labelSize, limit: size.height + 20, most: 2)
    let beside = yLines.isEmpty ? 0 : 20 + SettledPanel.titleHeight * Double(yLines.count - 1)
    leftMargin = (ys.map(width).max() ?? 0) + 10 + beside
    if tilted { leftMargin = max(leftMargin, widestX * 0.75 - slot / 2) }
    topMargin = panel.title.isEmpty ? 6 : 22
    rightMargin = 18
    if let scale = panel.colorScale {
      let ticks = scale.axis.ticks(in: scale.range, target: 5)
      rightMargin = 34 + (ticks.map(width).max() ?? 0) + (scale.label.isEmpty ? 0 : 24)
    }
  }

  /// Names along an axis, so many as have room below or beside each other.
  private static func thinned(_ ticks: [Tick], _ axis: Axis, _ length: Double) -> [Tick] {
    guard case .categories(let names) = axis.scale, names.contains(where: { !$0.isEmpty }) else {
      return ticks
    }
    let most = max(2, Int(length / (Style.tickSize * 1.1)))
    guard ticks.count > most else { return ticks }
    let every = (ticks.count + most - 1) / most
    return ticks.enumerated().filter { $0.offset % every == 0 }.map(\.element)
  }

  /// Whether names along an axis are left out for want of room.
  var lacksNames: Bool {
    for (axis, ticks) in [(panel.x, xTicks), (panel.y, yTicks)] {
      if case .categories(let names) = axis.scale, ticks.count < names.count { return true }
    }
    return false
  }

  /// The size of small pictures and of boxes with arrows follows from them.
  private static func ownSize(_ panel: Panel, _ style: Style) -> (width: Double, height: Double)? {
    for layer in panel.layers {
      switch layer {
      case .tiles(let tiles): return TileMeasure(tiles).panel
      case .diagram(let diagram):
        let plan = DiagramPlan(diagram, style: style)
        return (plan.width, plan.height)
      default: continue
      }
    }
    return nil
  }

  /// The heights of frames of equal units over their widths.
  private static let ratios = 0.5...1.5

  /// Ranges in which a unit of x is as long as one of y, where what is drawn leaves room for that.
  private static func equal(_ panel: Panel) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    var (x, y) = panel.ranges
    let isFilled = panel.layers.contains { if case .regions = $0 { true } else { false } }
    let (across, down) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    guard !isFilled, across > 0, down > 0, across.isFinite, down.isFinite else { return (x, y) }
    func widened(_ range: ClosedRange<Double>, to length: Double) -> ClosedRange<Double> {
      let more = (length - (range.upperBound - range.lowerBound)) / 2
      return range.lowerBound - more...range.upperBound + more
    }
    if down / across < ratios.lowerBound { y = widened(y, to: across * ratios.lowerBound) }
    if down / across > ratios.upperBound { x = widened(x, to: down / ratios.upperBound) }
    return (x, y)
  }

  private static func size(
    _ panel: Panel, ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>), columns: Int,
    _ room: LayoutRoom
  ) -> (width: Double, height: Double) {
    let size = ownSize(panel, ranges: ranges, columns: columns)
    guard panel.isSquare else { return (size.width * room.across, size.height * room.down) }
    let both = min(room.across, room.down)
    return (size.width * both, size.height * both)
  }

  /// The size of a frame that has all the room it wants.
  private static func ownSize(
    _ panel: Panel, ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>), columns: Int
  ) -> (width: Double, height: Double) {
    for case .heatMap(let map) in panel.layers {
      let across = Double(map.rows.first?.count ?? 1)
      let down = Double(map.rows.count)
      let names = panel.x.ticks(in: ranges.x, target: 2).map(\.label).filter { $0.count <= 10 }
      let texts = (map.rows.joined().map(\.text) + names).map {
        TextMeasure.width($0, size: Style.tickSize)
      }
      let cell = max(44, min(92, (texts.max() ?? 0) + 12))
      return (max(200, min(860, across * cell)), max(110, min(640, down * 36)))
    }
    if case .categories(let names) = panel.y.scale, panel.layers.count == 1,
      case .regions = panel.layers[0]
    {
      return (520, max(322, min(640, Double(names.count) * 9)))
    }
    let width: Double =
      switch columns {
      case ...1: 520
      case 2: 380
      case 3: 280
      default: 225
      }
    guard panel.isSquare else { return (width, (width * (columns == 1 ? 0.62 : 0.78)).rounded()) }
    let ratio =
      (ranges.y.upperBound - ranges.y.lowerBound) / (ranges.x.upperBound - ranges.x.lowerBound)
    let square = columns == 1 ? 420.0 : width
    return (square, (square * max(ratios.lowerBound, min(ratios.upperBound, ratio))).rounded())
  }

  var shownWidth: Double { panel.isSquare ? frameWidth : widthGiven }

  func place(in layout: inout Layout, x: Double, y: Double) {
    let frame = Rect(
      x: x + leftMargin, y: y + topMargin, width: shownWidth, height: frameHeight)
    layout.panels.append(
      PlacedPanel(
        panel: panel, frame: frame, xRange: xRange, yRange: yRange, xTicks: xTicks, yTicks: yTicks))
    for (place, line) in titleLines.enumerated() {
      let above = SettledPanel.titleHeight * Double(titleLines.count - 1 - place)
      layout.texts.append(
        PlacedText(
          text: line, x: frame.middleX, y: frame.y - 11 - above, anchor: .center,
          size: Style.panelTitleSize, color: style.text))
    }
    placeXLabels(in: &layout, frame: frame)
    placeYLabels(in: &layout, frame: frame)
    if let scale = panel.colorScale { placeScale(scale, in: &layout, frame: frame) }
  }

  private func placeXLabels(in layout: inout Layout, frame: Rect) {
    var lowest = frame.bottom + 18
    for (tick, label) in zip(xTicks, short(xTicks)) where !tick.isMinor {
      let place = frame.x + panel.x.position(tick.value, in: xRange) * frame.width
      layout.texts.append(
        PlacedText(
          text: label, x: isTilted ? place + 4 : place, y: frame.bottom + (isTilted ? 10 : 13),
          anchor: isTilted ? .right : .center, size: Style.tickSize, color: style.text,
          rotation: isTilted ? 35 : 0))
      if isTilted {
        let drop = TextMeasure.width(label, size: Style.tickSize) * 0.58 + 16
        lowest = max(lowest, frame.bottom + drop)
      }
    }
    guard !panel.x.label.isEmpty else { return }
    layout.texts.append(
      PlacedText(
        text: TextMeasure.shortened(
          TextMeasure.oneLine(panel.x.label), size: Style.labelSize, limit: frame.width + 20),
        x: frame.middleX, y: lowest + 12, anchor: .center, size: Style.labelSize,
        color: style.text))
  }

  private func placeYLabels(in layout: inout Layout, frame: Rect) {
    let labels = short(yTicks)
    for (tick, label) in zip(yTicks, labels) where !tick.isMinor {
      let place = frame.bottom - panel.y.position(tick.value, in: yRange) * frame.height
      layout.texts.append(
        PlacedText(
          text: label, x: frame.x - 8, y: place, anchor: .right, size: Style.tickSize,
          color: style.text))
    }
    let widest = labels.map { TextMeasure.width($0, size: Style.tickSize) }.max() ?? 0
    for (place, line) in yLines.enumerated() {
      let further = SettledPanel.titleHeight * Double(yLines.count - 1 - place)
      layout.texts.append(
        PlacedText(
          text: line, x: frame.x - widest - 20 - further, y: frame.middleY, anchor: .center,
          size: Style.labelSize, color: style.text, rotation: 90))
    }
  }

  /// The colour bar: thin boxes from the bottom up, each reaching to the top so that no seam shows.
  private func placeScale(_ scale: ColorScale, in layout: inout Layout, frame: Rect) {
    let steps = 64
    let x = frame.right + 14
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let bottom = frame.bottom - frame.height * Double(step) / Double(steps)
      layout.boxes.append(
        PlacedBox(
          rect: Rect(x: x, y: frame.y, width: 12, height: bottom - frame.y),
          color: scale.color(atShare: share), opacity: 1))
    }
    var widest = 0.0
    for tick in scale.axis.ticks(in: scale.range, target: 5) where !tick.isMinor {
      let place = frame.bottom - scale.axis.position(tick.value, in: scale.range) * frame.height
      widest = max(widest, TextMeasure.width(tick.label, size: Style.tickSize))
      layout.texts.append(
        PlacedText(
          text: tick.label, x: x + 17, y: place, anchor: .left, size: Style.tickSize,
          color: style.text))
    }
    guard !scale.label.isEmpty else { return }
    layout.texts.append(
      PlacedText(
        text: TextMeasure.shortened(
          TextMeasure.oneLine(scale.label), size: Style.labelSize, limit: frame.height + 40),
        x: x + 17 + widest + 14, y: frame.middleY, anchor: .center, size: Style.labelSize,
        color: style.text, rotation: 90))
  }

  private func short(_ ticks: [Tick]) -> [String] {
    TextMeasure.shortened(
      ticks.map(\.label), size: Style.tickSize, limit: SettledPanel.labelLimit)
  }
}
