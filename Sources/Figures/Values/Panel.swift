/// One pair of axes with what is drawn on them, first layers undermost.
public struct Panel: Hashable, Sendable, Codable {
  /// What stands above it.
  public var title: String
  /// Its place or axis along x.
  public var x: Axis
  /// Its place or axis along y.
  public var y: Axis
  /// What is drawn, undermost first.
  public var layers: [Layer]
  /// What the colours of a heat map mean; drawn as a bar beside the panel.
  public var colorScale: ColorScale?
  /// Whether a unit of x is as long as one of y.
  public var isSquare: Bool
  /// Whether faint lines run from the ticks.
  public var hasGrid: Bool

  /// Makes a panel of two axes and layers.
  public init(
    title: String = "", x: Axis, y: Axis, layers: [Layer], colorScale: ColorScale? = nil,
    isSquare: Bool = false, hasGrid: Bool = true
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
    self.colorScale = colorScale
    self.isSquare = isSquare
    self.hasGrid = hasGrid
  }
}

extension Panel {
  /// A panel of boxes and arrows, without axes.
  public init(title: String = "", diagram: Diagram) {
    self.init(
      title: title, x: Axis("", scale: .categories([""])), y: Axis("", scale: .categories([""])),
      layers: [.diagram(diagram)], hasGrid: false)
  }

  /// A panel of small pictures; `rowNames` stand at the left of the rows.
  public init(title: String = "", tiles: Tiles, rowNames: [String] = []) {
    let names = tiles.rows.indices.map { $0 < rowNames.count ? rowNames[$0] : "" }
    self.init(
      title: title,
      x: Axis("", scale: .categories(Array(repeating: "", count: max(1, tiles.columns)))),
      y: Axis("", scale: .categories(names.reversed())), layers: [.tiles(tiles)], hasGrid: false)
  }
}
