import Drawing
import Figures

// Small pictures in rows.
extension Script {
  mutating func plot(_ tiles: Tiles, on placed: PlacedPanel) -> [String] {
    let measure = TileMeasure(tiles)
    let across = placed.frame.width / Double(max(1, tiles.columns))
    let down = placed.frame.height / Double(max(1, tiles.rows.count))
    var plots: [String] = []
    for (row, members) in tiles.rows.enumerated() {
      for (column, tile) in members.enumerated() where tile.width > 0 && tile.height > 0 {
        let size = measure.size(of: tile)
        let rect = Rect(
          x: placed.frame.x + Double(column) * across + (across - size.width) / 2,
          y: placed.frame.y + Double(row) * down + (measure.pictureHeight - size.height) / 2,
          width: size.width, height: size.height)
        plots.append("\(store(picture(tile, rect, on: placed))) using 1:2:3 with rgbimage")
        placeFrame(tile, rect)
        placeCaption(
          tile, x: rect.middleX,
          y: placed.frame.y + Double(row) * down + measure.pictureHeight, limit: across - 4)
      }
    }
    return plots
  }

  /// The tile as a picture over its rectangle in the panel's axes, each pixel as often as it takes
  /// for its edges to stay sharp where viewers blur what they enlarge.
  private func picture(_ tile: Tiles.Tile, _ rect: Rect, on placed: PlacedPanel) -> Regions {
    let times = max(1, 112 / max(tile.width, tile.height))
    let (width, height) = (tile.width * times, tile.height * times)
    var colors: [Color] = []
    colors.reserveCapacity(width * height)
    for y in (0..<height).reversed() {
      let row = y / times * tile.width
      for x in 0..<width { colors.append(tile.colors[row + x / times]) }
    }
    func range(_ low: Double, _ high: Double, _ count: Int) -> ClosedRange<Double> {
      let half = (high - low) / Double(count) / 2
      return low + half...max(low + half, high - half)
    }
    let columns = placed.xRange.upperBound - placed.xRange.lowerBound
    let rows = placed.yRange.upperBound - placed.yRange.lowerBound
    func x(_ value: Double) -> Double {
      placed.xRange.lowerBound + (value - placed.frame.x) / placed.frame.width * columns
    }
    func y(_ value: Double) -> Double {
      placed.yRange.upperBound - (value - placed.frame.y) / placed.frame.height * rows
    }
    return Regions(
      xRange: range(x(rect.x), x(rect.right), width),
      yRange: range(y(rect.bottom), y(rect.y), height), width: width, height: height,
      colors: colors)
  }

  private mutating func placeFrame(_ tile: Tiles.Tile, _ rect: Rect) {
    add(
      "set object rectangle from screen \(x(rect.x)),\(y(rect.bottom))"
        + " to screen \(x(rect.right)),\(y(rect.y)) front fillstyle empty"
        + " border lc \(color(tile.frame ?? style.grid)) lw \(tile.frame == nil ? 0.5 : 1.6)")
  }

  private mutating func placeCaption(
    _ tile: Tiles.Tile, x middle: Double, y top: Double, limit: Double
  ) {
    for (line, text) in tile.caption.split(separator: "\n").enumerated() {
      let short = TextMeasure.shortened(String(text), size: TileMeasure.captionSize, limit: limit)
      add(
        "set label \(Quoting.quoted(short)) at screen \(x(middle)),"
          + y(top + 7 + Double(line) * TileMeasure.captionHeight)
          + " center norotate font \",\(number(TileMeasure.captionSize))\""
          + " textcolor \(color(style.text)) front")
    }
  }
}
