import Figures
import Foundation
import Tracking

/// The sizes and margins of all panels, then their places.
struct PanelPlan {
  private let figure: Figure
  private var settled: [[SettledPanel]]
  private var columnWidths: [Double]
  private var rowHeights: [Double]
  /// Whether a row is small pictures alone, which take their own width beside what columns have.
  private let isSpanning: [Bool]
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
    let isSpanning = figure.panels.map { row in
      columns > 1 && figure.panels.count > 1 && row.count == 1 && row[0].isOfTiles
    }
    self.isSpanning = isSpanning
    // Frames of one column share their left margin, those of one row their height.
    for column in 0..<columns {
      let members = zip(settled, isSpanning).compactMap { row, isSpanning in
        column < row.count && !isSpanning ? row[column] : nil
      }
      let margin = members.map(\.leftMargin).max() ?? 0
      let frame = members.map(\.frameWidth).max() ?? 0
      let right = members.map(\.rightMargin).max() ?? 0
      for row in settled.indices where column < settled[row].count && !isSpanning[row] {
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

  var width: Double {
    let spanning = zip(settled, isSpanning).map { row, isSpanning in
      isSpanning ? row[0].leftMargin + row[0].frameWidth + row[0].rightMargin : 0
    }
    return max(columnWidths.reduce(0, +), spanning.max() ?? 0)
  }
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
    let limits = all.map { $0.titleWidth }
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
