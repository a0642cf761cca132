import Figures

/// How large small pictures and their captions are.
struct TileMeasure {
  static let captionSize = 9.0
  static let captionHeight = 12.0
  private static let gap = 8.0
  private static let widestCaption = 104.0

  private let tiles: Tiles

  init(_ tiles: Tiles) { self.tiles = tiles }

  /// The picture alone: its longer side is as long as all pictures' longer sides.
  func size(of tile: Tiles.Tile) -> (width: Double, height: Double) {
    let longer = Double(max(1, tile.width, tile.height))
    return (tiles.size * Double(tile.width) / longer, tiles.size * Double(tile.height) / longer)
  }

  var pictureHeight: Double {
    tiles.rows.joined().map { size(of: $0).height }.max() ?? tiles.size
  }

  /// The panel that holds all of them.
  var panel: (width: Double, height: Double) {
    let captions = tiles.rows.joined().flatMap { $0.caption.split(separator: "\n") }
    let widest = captions.map { TextMeasure.width(String($0), size: TileMeasure.captionSize) }.max()
    let picture = tiles.rows.joined().map { size(of: $0).width }.max() ?? tiles.size
    let across = max(picture, min(TileMeasure.widestCaption, (widest ?? 0) + 4)) + TileMeasure.gap
    let down =
      pictureHeight + Double(tiles.captionLines) * TileMeasure.captionHeight + TileMeasure.gap
    return (
      max(170, across * Double(max(1, tiles.columns))), down * Double(max(1, tiles.rows.count))
    )
  }
}
