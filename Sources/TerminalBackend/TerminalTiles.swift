import Drawing
import Figures
import Terminal

/// Small pictures as letters, side by side with their captions below.
struct TerminalTiles {
  private let tiles: Tiles
  private let rowNames: [String]
  private let width: Int
  private let style: TextStyle

  /// Columns of a terminal that a small picture may take.
  private static let widest = 28
  private static let letters = Array(" .:-=+*#%@")

  init(_ tiles: Tiles, rowNames: [String], width: Int, _ style: TextStyle) {
    self.tiles = tiles
    self.rowNames = rowNames
    self.width = width
    self.style = style
  }

  var lines: [String] {
    let names = shortNames(rowNames, to: width)
    return tiles.rows.enumerated().flatMap { index, row -> [String] in
      let name = index < names.count ? names[index] : ""
      return (name.isEmpty ? [] : [style.strong(name)]) + lines(of: row)
    }
  }

  private func lines(of row: [Tiles.Tile]) -> [String] {
    let blocks = row.map(block)
    var lines: [String] = []
    var group: [[String]] = []
    var used = 0
    for block in blocks + [[]] {
      let needed = (block.map { displayWidth(of: $0) }.max() ?? 0) + 2
      if block.isEmpty || (used > 0 && used + needed > width) {
        lines += TerminalTiles.beside(group)
        (group, used) = ([], 0)
      }
      if !block.isEmpty {
        group.append(block)
        used += needed
      }
    }
    return lines
  }

  /// A picture's lines and its caption; a letter stands for one pixel across and two down.
  private func block(_ tile: Tiles.Tile) -> [String] {
    guard tile.width > 0, tile.height > 0 else { return [""] }
    let across = min(TerminalTiles.widest, tile.width)
    let step = Double(tile.width) / Double(across)
    let down = max(1, Int((Double(tile.height) / step / 2).rounded()))
    let rows = (0..<down).map { row in
      String(
        (0..<across).map { column -> Character in
          let x = min(tile.width - 1, Int((Double(column) + 0.5) * step))
          let y = min(tile.height - 1, Int((Double(row) + 0.5) * 2 * step))
          return letter(tile.colors[y * tile.width + x])
        })
    }
    return rows
      + tile.caption.split(separator: "\n").flatMap { wrapped(printable(String($0)), to: 26) }
  }

  /// Light colours are thick letters: pictures are bright on dark.
  private func letter(_ color: Color) -> Character {
    let last = Double(TerminalTiles.letters.count - 1)
    return TerminalTiles.letters[Int((color.luminance.squareRoot() * last).rounded())]
  }

  private static func beside(_ blocks: [[String]]) -> [String] {
    let widths = blocks.map { $0.map { displayWidth(of: $0) }.max() ?? 0 }
    return (0..<(blocks.map(\.count).max() ?? 0)).map { line in
      var text = zip(blocks, widths).map { block, width in
        let part = line < block.count ? block[line] : ""
        return part + String(repeating: " ", count: width - displayWidth(of: part))
      }.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
