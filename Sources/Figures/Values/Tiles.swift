public import Drawing

/// Small pictures in rows and columns, each with a line of text below.
///
/// Their centres lie at whole numbers from 0 on both axes, the first row on top.
public struct Tiles: Hashable, Sendable, Codable {
  /// One small picture.
  public struct Tile: Hashable, Sendable, Codable {
    /// Pixels across.
    public var width: Int
    /// Pixels down.
    public var height: Int
    /// Row by row from the top, each from the left.
    public var colors: [Color]
    /// What stands below it.
    public var caption: String
    /// The colour of a frame around it; `nil` for none.
    public var frame: Color?

    /// Makes a picture of `width` times `height` pixels.
    public init(
      width: Int, height: Int, colors: [Color], caption: String = "", frame: Color? = nil
    ) {
      self.width = width
      self.height = height
      self.colors = colors
      self.caption = caption
      self.frame = frame
      preconditionSound()
    }
  }

  /// Row by row from the top; rows may differ in length.
  public var rows: [[Tile]]
  /// The length of a picture's longer side, in points.
  public var size: Double
  /// The most lines of a caption: what is said by line breaks stands on lines of its own.
  public var captionLines: Int {
    rows.joined().map { $0.caption.isEmpty ? 0 : $0.caption.split(separator: "\n").count }.max()
      ?? 0
  }

  /// Makes rows of pictures.
  public init(rows: [[Tile]], size: Double = 56) {
    self.rows = rows
    self.size = size
  }

  /// The most pictures in a row.
  public var columns: Int { rows.map(\.count).max() ?? 0 }

  /// Pictures in as many rows as are needed.
  public init(_ tiles: [Tile], columns: Int, size: Double = 56) {
    self.init(
      rows: stride(from: 0, to: tiles.count, by: max(1, columns)).map {
        Array(tiles[$0..<min($0 + max(1, columns), tiles.count)])
      }, size: size)
  }
}
