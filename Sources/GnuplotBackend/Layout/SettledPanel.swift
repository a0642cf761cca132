import Figures

/// One panel with its ranges, ticks and margins settled.
struct SettledPanel {
  let panel: Panel
  let style: Style
  let xRange: ClosedRange<Double>
  let yRange: ClosedRange<Double>
  let xTicks: [Tick]
  let yTicks: [Tick]
  let isTilted: Bool
  /// The lines of each labelled tick of the horizontal axis, where its names are broken.
  let xLines: [[String]]
  /// The lines of each name beside a vertical axis, where they are broken for want of width.
  let nameLines: [[String]]
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
  /// The lines beside its colour bar.
  let scaleLines: [String]
  /// Whether its shape follows from what it shows.
  let isShaped: Bool
  /// Whether it is smaller than it is by itself.
  let isDense: Bool

  static let titleHeight = 15.0
  static let labelLimit = 240.0

  init(_ panel: Panel, columns: Int, style: Style, _ room: LayoutRoom) {
    self.panel = panel
    self.style = style
    isDense = room.isDense
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
    func width(_ tick: Tick) -> Double {
      min(
        SettledPanel.labelLimit,
        TextMeasure.width(TextMeasure.oneLine(tick.label), size: Style.tickSize))
    }
    let across = room.width
    let all = panel.x.ticks(in: xRange, target: max(2, Int(size.width / 75)))
    let room = SettledPanel.slot(all, panel.x, xRange, size.width) - SettledPanel.slotGap
    // Names that lie slanted take more of the axis than their height.
    let xs =
      (all.map(width).max() ?? 0) <= room
      ? all : SettledPanel.thinned(all, panel.x, size.width, each: Style.tickSize * 1.9)
    let ys = SettledPanel.thinned(
      panel.y.ticks(in: yRange, target: max(2, Int(size.height / 45))), panel.y, size.height,
      each: Style.tickSize * 1.1)
    (xTicks, yTicks) = (xs, ys)
    nameLines = across.flatMap { SettledPanel.rowNames(panel.y, ys, $0, size.height) } ?? []
    let widestX = xs.map(width).max() ?? 0
    let slot = SettledPanel.slot(xs, panel.x, xRange, size.width)
    var lines: [[String]]?
    if case .categories = panel.x.scale, widestX > slot - SettledPanel.slotGap {
      lines = SettledPanel.broken(xs, to: slot - SettledPanel.slotGap)
      isTilted = lines == nil
    } else {
      isTilted = false
    }
    xLines = lines ?? []
    let tilted = isTilted
    let tickHeight =
      tilted
      ? widestX * 0.58 + 16
      : 18 + SettledPanel.tickLine * Double(max(0, (xLines.map(\.count).max() ?? 1) - 1))
    bottomMargin = tickHeight + (panel.x.label.isEmpty ? 6 : 22) + 4
    yLines = TextMeasure.wrapped(
      panel.y.label, size: Style.labelSize, limit: size.height + 20, most: 2)
    let beside = yLines.isEmpty ? 0 : 20 + SettledPanel.titleHeight * Double(yLines.count - 1)
    let names = nameLines.joined().map { TextMeasure.width($0, size: Style.tickSize) }
    leftMargin = (names.max() ?? ys.map(width).max() ?? 0) + 10 + beside
    if tilted { leftMargin = max(leftMargin, widestX * 0.75 - slot / 2) }
    // Texts at the left of what is drawn have room there too.
    for case .note(let note) in panel.layers where note.anchor == .right {
      let place = panel.x.position(note.x, in: xRange) * size.width
      let text = TextMeasure.width(note.text, size: Style.tickSize)
      leftMargin = max(leftMargin, text + 10 - place + beside)
    }
    topMargin = panel.title.isEmpty ? 6 : 22
    rightMargin = isDense ? 8 : 18
    scaleLines = TextMeasure.wrapped(
      panel.colorScale?.label ?? "", size: Style.labelSize, limit: size.height + 40)
    if let scale = panel.colorScale {
      let ticks = scale.axis.ticks(in: scale.range, target: 5)
      rightMargin = 34 + (ticks.map(width).max() ?? 0) + (scaleLines.isEmpty ? 0 : 24)
      rightMargin += SettledPanel.titleHeight * Double(max(0, scaleLines.count - 1))
    }
  }

  /// Between the names of neighbouring places.
  private static let slotGap = 4.0
  /// From one line of a name along the horizontal axis to the next.
  static let tickLine = 13.0

  /// The room that each name along an axis has.
  private static func slot(
    _ ticks: [Tick], _ axis: Axis, _ range: ClosedRange<Double>, _ length: Double
  ) -> Double {
    let places = ticks.filter { !$0.isMinor }.map { axis.position($0.value, in: range) * length }
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }
    return gaps.min() ?? length / Double(max(1, places.count))
  }

  /// The names of ticks in at most three lines each; `nil` where a word is longer than a line.
  private static func broken(_ ticks: [Tick], to limit: Double) -> [[String]]? {
    let names = ticks.filter { !$0.isMinor }.map { TextMeasure.oneLine($0.label) }
    guard limit > 0 else { return nil }
    let lines = names.map { TextMeasure.wrapped($0, size: Style.tickSize, limit: limit) }
    let areWhole = zip(names, lines).allSatisfy { $0 == $1.joined(separator: " ") }
    return areWhole ? lines : nil
  }

  /// The shares of a picture's width that names beside a vertical axis may take, the first that is enough.
  private static let nameShares = [0.28, 0.34, 0.4]

  /// The lines of names beside a vertical axis in a picture of a width that was asked for, where they
  /// would leave too little of it; `nil` where they need not be broken, or a row has no room for it.
  private static func rowNames(
    _ axis: Axis, _ ticks: [Tick], _ width: Double, _ height: Double
  ) -> [[String]]? {
    guard case .categories = axis.scale, !ticks.isEmpty else { return nil }
    func measure(_ text: String) -> Double { TextMeasure.width(text, size: Style.tickSize) }
    let names = ticks.map { TextMeasure.oneLine($0.label) }
    let words = names.flatMap { $0.split(separator: " ") }.map { measure(String($0)) }
    let most = Int(height / Double(ticks.count) / nameLine)
    guard most > 1 else { return nil }
    for share in nameShares {
      let limit = max(width * share, words.max() ?? 0)
      guard names.contains(where: { measure($0) > limit }) else { return nil }
      let lines = names.map {
        TextMeasure.wrapped($0, size: Style.tickSize, limit: limit, most: min(3, most))
      }
      if zip(names, lines).allSatisfy({ $0 == $1.joined(separator: " ") }) { return lines }
    }
    return nil
  }

  /// From one line of a name beside a vertical axis to the next.
  static let nameLine = 12.0

  /// Names along an axis, so many as have room below or beside each other.
  private static func thinned(
    _ ticks: [Tick], _ axis: Axis, _ length: Double, each: Double
  ) -> [Tick] {
    guard case .categories(let names) = axis.scale, names.contains(where: { !$0.isEmpty }) else {
      return ticks
    }
    let most = max(2, Int(length / each))
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
    guard panel.isSquare else {
      var height = size.height * room.down
      if room.height == nil { height = max(height, leastHeight(panel, natural: size.height)) }
      return (size.width * room.across, height)
    }
    let both = min(room.across, room.down)
    return (size.width * both, size.height * both)
  }

  /// The height below which a narrow panel loses names or numbers.
  private static func leastHeight(_ panel: Panel, natural: Double) -> Double {
    // Two lines of a name in a row.
    for case .heatMap(let map) in panel.layers { return min(Double(map.rows.count), 40) * 24.5 }
    if case .categories(let names) = panel.y.scale {
      return min(natural, Double(names.count) * 12.5)
    }
    return panel.hasUprightAxes ? min(natural, 300) : 0
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
      return (
        max(200, min(860, across * cell)), max(110, min(max(640, min(down, 72) * 13), down * 36))
      )
    }
    if case .categories(let names) = panel.y.scale, panel.layers.count == 1,
      case .regions = panel.layers[0]
    {
      return (max(520, namesWidth(panel)), max(322, min(900, Double(names.count) * 12.5)))
    }
    let width: Double =
      switch columns {
      case ...1: max(520, namesWidth(panel))
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

  /// What the lines above it may take: in rows of many panels all between its neighbours.
  var titleWidth: Double {
    isDense ? leftMargin + shownWidth + rightMargin - 8 : shownWidth + 12
  }

  /// How far from the frame's middle they stand.
  var titleShift: Double { isDense ? (rightMargin - leftMargin) / 2 : 0 }

  /// The width that slanted names along the horizontal axis want.
  private static func namesWidth(_ panel: Panel) -> Double {
    guard case .categories(let names) = panel.x.scale, !panel.hasUprightAxes else { return 0 }
    return min(900, Double(names.count) * Style.tickSize * 1.95)
  }

  var shownWidth: Double { panel.isSquare ? frameWidth : widthGiven }
}
