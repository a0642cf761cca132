import Drawing
import Figures

extension Script {
  mutating func draw(_ placed: PlacedPanel) {
    let frame = placed.frame
    add("set lmargin at screen \(x(frame.x)); set rmargin at screen \(x(frame.right))")
    add("set tmargin at screen \(y(frame.y)); set bmargin at screen \(y(frame.bottom))")
    drawAxes(placed)
    var plots: [(command: String, name: String)] = []
    for layer in placed.panel.layers {
      let name = name(of: layer)
      plots += parts(of: layer, on: placed).map { ($0, name) }
    }
    if plots.isEmpty {
      if !placed.panel.isBare { placeEmptiness(frame) }
      // gnuplot draws axes only with a plot: a point outside the panel.
      let outside = [placed.xRange.lowerBound / 2 - 1, placed.yRange.lowerBound / 2 - 1]
      plots = [("\(store(outside.map { [$0] })) using 1:2 with dots", "")]
    }
    plot(plots)
  }

  /// What a layer adds to the plot command; what it places beside it is placed.
  private mutating func parts(of layer: Layer, on placed: PlacedPanel) -> [String] {
    switch layer {
    case .line(let line): return plot(line, on: placed)
    case .band(let band): return plot(band, on: placed)
    case .points(let points): return plot(points, on: placed)
    case .colored(let points): return plot(points, on: placed)
    case .regions(let regions): return ["\(store(regions)) using 1:2:3 with rgbimage"]
    case .heatMap(let map): place(map, on: placed)
    case .note(let note): place(note, on: placed)
    case .rule(let rule): return plot(rule, on: placed)
    case .tiles(let tiles): return plot(tiles, on: placed)
    case .diagram(let diagram): place(diagram, on: placed)
    }
    return []
  }

  /// Says that there is nothing to see.
  private mutating func placeEmptiness(_ frame: Rect) {
    add(
      "set label \(Quoting.quoted(style.wordsForNothing)) at screen \(x(frame.middleX)),\(y(frame.middleY)) center norotate"
        + " font \",\(number(Style.labelSize))\" textcolor \(color(style.muted)) front")
  }

  private mutating func drawAxes(_ placed: PlacedPanel) {
    let panel = placed.panel
    add("unset logscale")
    if panel.x.scale == .log { add("set logscale x 10") }
    if panel.y.scale == .log { add("set logscale y 10") }
    add("set xrange [\(number(placed.xRange.lowerBound)):\(number(placed.xRange.upperBound))]")
    add("set yrange [\(number(placed.yRange.lowerBound)):\(number(placed.yRange.upperBound))]")
    if panel.isBare {
      add("unset border; unset xtics; unset ytics; unset grid")
      return
    }
    let sides = panel.hasGrid ? 3 : 15
    add(
      !panel.hasUprightAxes
        ? "set border \(sides) lc \(color(style.muted)) lw 0.8" : "unset border")
    setTicks("x", placed.xTicks)
    setTicks("y", placed.yTicks)
    add(
      panel.hasGrid
        ? "set grid xtics ytics back lt 1 lc \(color(style.grid)) lw 0.6, lt 0 lw 0"
        : "unset grid")
  }

  /// An empty list of marks would give gnuplot's own.
  private mutating func setTicks(_ axis: String, _ ticks: [Tick]) {
    add(
      ticks.isEmpty
        ? "unset \(axis)tics" : "set \(axis)tics out nomirror scale 0.6,0.3 (\(marks(ticks)))")
  }

  /// Marks without labels, which stand apart as texts.
  private func marks(_ ticks: [Tick]) -> String {
    ticks.map { "\"\" \(number($0.value)) \($0.isMinor ? 1 : 0)" }.joined(separator: ", ")
  }

  private mutating func plot(_ line: Line, on placed: PlacedPanel) -> [String] {
    let places = line.xs.indices.filter { placed.panel.x.shows(line.xs[$0]) }
    let xs = places.map { line.xs[$0] }
    let ys = shown(places.map { line.ys[$0] }, placed.panel.y)
    guard zip(xs, ys).contains(where: { $0.isFinite && $1.isFinite }) else { return [] }
    // Cairo begins a wide line before its first point; an arrow without a head it does not.
    if xs.count == 2, line.stroke.width >= 6 {
      let way = store([[xs[0]], [ys[0]], [xs[1] - xs[0]], [ys[1] - ys[0]]])
      return ["\(way) using 1:2:3:4 with vectors nohead \(self.line(line.stroke))"]
    }
    let source = store([xs, ys])
    var plots: [String] = []
    if xs.count > 1 { plots.append("\(source) using 1:2 with lines \(self.line(line.stroke))") }
    if line.hasMarkers || xs.count == 1 {
      plots.append("\(source) using 1:2 with points \(marker(line.stroke)) lw 1.2")
    } else {
      plots += lonelyPoints(xs, ys, line.stroke)
    }
    return plots
  }

  /// Points between two gaps, which a line would not show.
  private mutating func lonelyPoints(_ xs: [Double], _ ys: [Double], _ stroke: Stroke) -> [String] {
    func has(_ index: Int) -> Bool {
      xs.indices.contains(index) && xs[index].isFinite && ys[index].isFinite
    }
    let lonely = xs.indices.filter { has($0) && !has($0 - 1) && !has($0 + 1) }
    guard !lonely.isEmpty else { return [] }
    let source = store([lonely.map { xs[$0] }, lonely.map { ys[$0] }])
    return ["\(source) using 1:2 with points \(marker(stroke, size: 0.7)) lw 1.2"]
  }

  private mutating func plot(_ band: Band, on placed: PlacedPanel) -> [String] {
    let places = band.xs.indices.filter { placed.panel.x.shows(band.xs[$0]) }
    let xs = places.map { band.xs[$0] }
    let upper = shown(places.map { band.upper[$0] }, placed.panel.y)
    // On a logarithmic axis a lower edge at or below zero lies at the panel's bottom.
    let isLog = placed.panel.y.scale == .log
    let lower = zip(places.map { band.lower[$0] }, upper).map { low, high in
      guard low.isFinite, high.isFinite else { return Double.nan }
      return isLog && low <= 0 ? placed.yRange.lowerBound : low
    }
    guard zip(xs, lower).filter({ $0.isFinite && $1.isFinite }).count > 1 else { return [] }
    return [
      "\(store([xs, lower, upper])) using 1:2:3 with filledcurves"
        + " fillcolor \(color(band.color)) fillstyle transparent solid \(number(band.opacity)) noborder"
    ]
  }

  private mutating func plot(_ points: Points, on placed: PlacedPanel) -> [String] {
    let xs = shown(points.xs, placed.panel.x)
    let ys = shown(points.ys, placed.panel.y)
    let kept = xs.indices.filter { xs[$0].isFinite && ys[$0].isFinite }
    guard !kept.isEmpty else { return [] }
    var plots: [String] = []
    if let bars = points.bars {
      let barred = kept.filter { bars.lower[$0] < bars.upper[$0] && bars.upper[$0].isFinite }
      let isLog = placed.panel.y.scale == .log
      let low = barred.map { index in
        isLog && bars.lower[index] <= 0 ? placed.yRange.lowerBound : bars.lower[index]
      }
      if !barred.isEmpty {
        let high = barred.map { bars.upper[$0] }
        let source = store([barred.map { xs[$0] }, barred.map { ys[$0] }, low, high])
        plots.append(
          "\(source) using 1:2:3:4 with yerrorbars pt 0 ps 0"
            + " lc \(color(points.stroke.color, opacity: 0.7)) lw 1.1")
      }
    }
    let source = store([kept.map { xs[$0] }, kept.map { ys[$0] }])
    plots.append(
      "\(source) using 1:2 with points \(marker(points.stroke, size: points.size)) lw 1.2")
    return plots
  }

  private mutating func plot(_ points: ColoredPoints, on placed: PlacedPanel) -> [String] {
    let kept = points.xs.indices.filter {
      placed.panel.x.shows(points.xs[$0]) && placed.panel.y.shows(points.ys[$0])
    }
    guard !kept.isEmpty else { return [] }
    let colors = kept.map { index -> Double in
      let color = points.colors[index]
      return Double(Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue))
    }
    let source = store([kept.map { points.xs[$0] }, kept.map { points.ys[$0] }, colors])
    return [
      "\(source) using 1:2:3 with points pt 7 ps \(number(0.55 * points.size)) lc rgb variable"
    ]
  }

  /// Values that the axis has a place for; the others break lines.
  private func shown(_ values: [Double], _ axis: Axis) -> [Double] {
    values.map { axis.shows($0) ? $0 : .nan }
  }

  private mutating func place(_ map: HeatMap, on placed: PlacedPanel) {
    let across = placed.frame.width / Double(max(1, map.rows.first?.count ?? 1))
    let down = placed.frame.height / Double(max(1, map.rows.count))
    let size = map.textSize(in: placed.frame)
    for (row, cells) in map.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        let rect = Rect(
          x: placed.frame.x + Double(column) * across,
          y: placed.frame.bottom - Double(row + 1) * down, width: across, height: down)
        place(cell, rect, textSize: size)
      }
    }
  }

  private mutating func place(_ cell: HeatMap.Cell, _ rect: Rect, textSize: Double) {
    add(
      "set object rectangle from screen \(x(rect.x)),\(y(rect.bottom))"
        + " to screen \(x(rect.right)),\(y(rect.y)) back fillcolor \(color(cell.color))"
        + " fillstyle solid border lc \(color(style.background)) lw 1.2")
    if cell.isHatched { hatch(rect) }
    guard textSize * (layout.isSized ? layout.unit : 1) >= LayoutRoom.leastText, !cell.text.isEmpty
    else { return }
    add(
      "set label \(Quoting.quoted(cell.text)) at screen \(x(rect.middleX)),\(y(rect.middleY))"
        + " center norotate font \",\(number((textSize * 10).rounded() / 10))\""
        + " textcolor \(color(cell.color.readableText)) front")
  }

  /// Slanted lines over a rectangle, from its lower left to its upper right.
  private mutating func hatch(_ rect: Rect) {
    let step = 8.0
    let faint = color(style.muted, opacity: 0.35)
    for start in stride(from: step, to: rect.width + rect.height, by: step) {
      let fromX = max(0, start - rect.height)
      let fromY = min(rect.height, start)
      let toX = min(rect.width, start)
      let toY = max(0, start - rect.width)
      add(
        "set arrow from screen \(x(rect.x + fromX)),\(y(rect.y + fromY))"
          + " to screen \(x(rect.x + toX)),\(y(rect.y + toY)) nohead front lc \(faint) lw 0.7")
    }
  }

  private mutating func place(_ note: Note, on placed: PlacedPanel) {
    guard placed.panel.x.shows(note.x), placed.panel.y.shows(note.y),
      placed.xRange.contains(note.x), placed.yRange.contains(note.y)
    else { return }
    if let halo = note.halo { placeHalo(of: note, halo, on: placed) }
    add(
      "set label \(Quoting.quoted(note.text)) at first \(number(note.x)),\(number(note.y))"
        + " \(note.anchor.rawValue) norotate font \",\(number(Style.tickSize))\" textcolor \(color(note.color)) front"
    )
  }

  /// A box behind a text.
  private mutating func placeHalo(of note: Note, _ halo: Color, on placed: PlacedPanel) {
    let width = TextMeasure.width(note.text, size: Style.tickSize) * 0.95
    let middle = placed.panel.x.position(note.x, in: placed.xRange) * placed.frame.width
    let left = placed.frame.x + middle - width * note.anchor.share
    let level = placed.panel.y.position(note.y, in: placed.yRange) * placed.frame.height
    let top = placed.frame.bottom - level - Style.tickSize * 0.6
    add(
      "set object rectangle from screen \(x(left - 2)),\(y(top + Style.tickSize * 1.2))"
        + " to screen \(x(left + width + 2)),\(y(top)) front fillcolor \(color(halo))"
        + " fillstyle transparent solid 0.85 noborder")
  }

  private mutating func plot(_ rule: Rule, on placed: PlacedPanel) -> [String] {
    let xs: [Double]
    let ys: [Double]
    switch rule.place {
    case .x(let value):
      guard placed.xRange.contains(value) else { return [] }
      (xs, ys) = ([value, value], [placed.yRange.lowerBound, placed.yRange.upperBound])
    case .y(let value):
      guard placed.yRange.contains(value) else { return [] }
      (xs, ys) = ([placed.xRange.lowerBound, placed.xRange.upperBound], [value, value])
    }
    return ["\(store([xs, ys])) using 1:2 with lines \(line(rule.stroke))"]
  }
}

extension Panel {
  /// Whether it has axes of its own, which stand upright in it: then it needs no frame.
  var hasUprightAxes: Bool { !hasGrid && y.tickValues?.isEmpty == true }

  /// Whether it shows small pictures.
  var isOfTiles: Bool { layers.contains { if case .tiles = $0 { true } else { false } } }

  /// Whether it shows what has neither axes nor grid: cells, small pictures, boxes.
  var isBare: Bool {
    layers.contains { layer in
      switch layer {
      case .heatMap, .tiles, .diagram: true
      default: false
      }
    }
  }
}

extension Note.Anchor {
  /// The share of a text that lies at the left of its point.
  fileprivate var share: Double {
    switch self {
    case .left: 0
    case .center: 0.5
    case .right: 1
    }
  }
}
