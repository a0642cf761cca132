import Drawing
package import Figures
public import Tracking

extension PictureFormat {
  /// The format that a path's extension names.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }
}

/// A figure as commands of gnuplot, which only draws: places, ticks, legend and breaks of lines are
/// settled before.
package struct Script: Hashable, Sendable {
  /// The commands from the first `set` to the last `plot`; they read the file named by the string
  /// `data` and draw to the terminal and output that are set.
  package private(set) var commands = ""
  package private(set) var data = FigureData()
  /// What each curve, band or picture of the plot commands is called, in their order; empty where it
  /// has no name.
  package private(set) var names: [String] = []
  package let layout: Layout
  let style: Style
  private let legend: [LegendEntry]
  private let dotsPerInch: Double?
  /// Pixels to the inch where nothing is said.
  private static let usualDots = 192.0

  /// Writes the script of a figure.
  package init(_ figure: Figure) {
    style = figure.style
    legend = figure.legend
    dotsPerInch = figure.size.dotsPerInch
    layout = Layout(figure)
    add("set encoding utf8")
    add("set multiplot")
    add("unset key")
    for (index, panel) in layout.panels.enumerated() {
      add("unset label; unset arrow; unset object")
      if index == 0 { placeFurniture() }
      draw(panel)
    }
    drawLegendLines()
    add("unset multiplot")
  }

  /// The command that chooses the terminal for a format, at the figure's size.
  ///
  /// - Parameter share: how many of its usual pixels along a side a PNG has.
  package func terminal(_ format: PictureFormat, share: Double = 1) -> String {
    // Points of a unit: where no size was asked for a PDF has as many points as a page has pixels.
    let unit = layout.isSized ? layout.unit : 1
    let font = "font \"\(Style.font),\(number(Style.labelSize))\" noenhanced"
    let background = "background \"\(style.background.hex)\""
    switch format {
    case .svg:
      return "set terminal svg size \(Int(layout.width.rounded(.up))),"
        + "\(Int(layout.height.rounded(.up))) dynamic \(font) \(background)"
    case .png:
      let points = layout.isSized ? layout.unit : Layout.pixel
      let times = share * points * (dotsPerInch ?? Self.usualDots) / 72
      return "set terminal pngcairo size \(Int((times * layout.width).rounded())),"
        + "\(Int((times * layout.height).rounded())) \(font)"
        + " fontscale \(number(0.75 * times)) linewidth \(number(times))"
        + " pointscale \(number(times)) \(background)"
    case .pdf:
      return "set terminal pdfcairo size \(number(unit * layout.width / 72))in,"
        + "\(number(unit * layout.height / 72))in \(font) fontscale \(number(0.75 * unit))"
        + " linewidth \(number(2 * unit)) pointscale \(number(unit)) \(background)"
    }
  }

  /// The attributes that give an SVG its size: pixels of a page, or the points that were asked for.
  var svgSize: String {
    guard layout.isSized else {
      return "width=\"\(Int(layout.width.rounded(.up)))\""
        + " height=\"\(Int(layout.height.rounded(.up)))\""
    }
    func points(_ units: Double) -> String {
      number((units * layout.unit * 100).rounded() / 100) + "pt"
    }
    return "width=\"\(points(layout.width))\" height=\"\(points(layout.height))\""
  }

  mutating func add(_ line: String) { commands += line + "\n" }

  /// Adds a plot command of parts, each with its name.
  mutating func plot(_ parts: [(command: String, name: String)]) {
    add("plot \\\n  " + parts.map(\.command).joined(separator: ", \\\n  "))
    names += parts.map(\.name)
  }

  /// What the legend calls a layer; empty where it does not name exactly one thing of this look.
  func name(of layer: Layer) -> String {
    let names = Set(legend.filter { $0.explains(layer) }.map(\.label))
    return names.count == 1 ? names.first ?? "" : ""
  }

  mutating func store(_ columns: [[Double]]) -> String { data.append(columns) }

  mutating func store(_ regions: Regions) -> String { data.append(regions) }

  func x(_ value: Double) -> String { number(value / layout.width) }

  func y(_ value: Double) -> String { number(1 - value / layout.height) }

  func number(_ value: Double) -> String {
    precondition(value.isFinite, "only finite numbers stand in a script")
    return value.description
  }

  /// A colour with its transparency, as gnuplot reads it.
  func color(_ color: Color, opacity: Double = 1) -> String {
    guard opacity < 1 else { return "rgb \"\(color.hex)\"" }
    let clear = String(Int((255 * (1 - max(0, opacity))).rounded()), radix: 16)
    return "rgb \"#" + (clear.count < 2 ? "0" : "") + clear + color.hex.dropFirst() + "\""
  }

  func line(_ stroke: Stroke) -> String {
    "lc \(color(stroke.color, opacity: stroke.opacity)) lw \(number(stroke.width))"
      + " dt \(stroke.dash.pattern)"
  }

  func marker(_ stroke: Stroke, size: Double = 1) -> String {
    "pt \(stroke.marker.number) ps \(number(0.55 * size * stroke.marker.scale))"
      + " lc \(color(stroke.color, opacity: stroke.opacity))"
  }

  /// The legend's lines, as curves of a panel that covers the picture: gnuplot draws neighbouring
  /// arrows of one colour with the dash of the first.
  private mutating func drawLegendLines() {
    guard !layout.lines.isEmpty else { return }
    add(
      "unset label; unset arrow; unset object; unset border; unset xtics; unset ytics; unset grid")
    add("unset logscale; set lmargin at screen 0; set rmargin at screen 1")
    add("set bmargin at screen 0; set tmargin at screen 1")
    add("set xrange [0:\(number(layout.width))]; set yrange [\(number(layout.height)):0]")
    let plots = layout.lines.map { item in
      let source = store([[item.fromX, item.toX], [item.fromY, item.toY]])
      return (command: "\(source) using 1:2 with lines \(line(item.stroke))", name: "")
    }
    plot(plots)
  }

  /// What belongs to the whole figure: texts, the legend's markers and boxes, colour bars.
  private mutating func placeFurniture() {
    for box in layout.boxes {
      add(
        "set object rectangle from screen \(x(box.rect.x)),\(y(box.rect.bottom))"
          + " to screen \(x(box.rect.right)),\(y(box.rect.y)) front"
          + " fillcolor \(color(box.color)) fillstyle transparent solid \(number(box.opacity)) noborder"
      )
    }
    for item in layout.markers {
      add(
        "set label \"\" at screen \(x(item.x)),\(y(item.y)) front point \(marker(item.stroke, size: 1.15)) lw 1.2"
      )
    }
    for text in layout.texts {
      let turn = text.rotation == 0 ? "norotate" : "rotate by \(number(text.rotation))"
      add(
        "set label \(Quoting.quoted(text.text)) at screen \(x(text.x)),\(y(text.y))"
          + " \(text.anchor.rawValue) \(turn) font \",\(number(text.size))\""
          + " textcolor \(color(text.color)) front")
    }
  }
}

extension LegendEntry {
  /// Whether its sign looks like a layer.
  fileprivate func explains(_ layer: Layer) -> Bool {
    switch (layer, sign) {
    case (.line(let line), .line(let sign)), (.line(let line), .lineAndBand(let sign)),
      (.line(let line), .lineAndMarker(let sign)):
      line.stroke.color == sign.color && line.stroke.dash == sign.dash
    case (.band(let band), .lineAndBand(let sign)): band.color == sign.color
    case (.points(let points), .marker(let sign)), (.points(let points), .lineAndMarker(let sign)):
      points.stroke.color == sign.color && points.stroke.marker == sign.marker
    default: false
    }
  }
}

extension Dash {
  var pattern: String {
    switch self {
    case .solid: "solid"
    case .dashed: "(7,4)"
    case .dotted: "(2,3)"
    case .dashDotted: "(8,3,2,3)"
    }
  }
}

extension Marker {
  var number: Int {
    switch self {
    case .plus: 1
    case .cross: 2
    case .openSquare: 4
    case .square: 5
    case .circle: 6
    case .disc: 7
    case .openTriangle: 8
    case .triangle: 9
    case .diamond: 13
    }
  }

  /// What makes all markers look equally large.
  var scale: Double {
    switch self {
    case .diamond: 1.3
    case .triangle, .openTriangle: 1.15
    case .square, .openSquare: 0.9
    default: 1
    }
  }
}
