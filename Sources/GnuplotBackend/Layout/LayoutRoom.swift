import Figures

/// The room that a figure has been given: by itself as much as it needs.
struct LayoutRoom {
  /// The width of the whole picture, in units of the layout.
  var width: Double?
  /// The height of the whole picture.
  var height: Double?
  /// Points of a unit.
  var unit = 1.0
  /// By how much the frames of panels are wider than they are by themselves.
  var across = 1.0
  /// By how much they are taller.
  var down = 1.0

  var isAsked: Bool { width != nil }

  /// The least that can be read, in points.
  static let leastText = 6.0
}

extension Layout {
  /// Points of a pixel of a page.
  static let pixel = 0.75
  /// The size of axis labels in a picture of a width that was asked for, in points.
  private static let usualFont = 9.0
  /// The same in a narrow one: the smallest text has three quarters of it.
  private static let leastFont = 8.0
  /// Frames of panels side by side are at least so wide, in units.
  private static let leastFrame = 120.0

  /// Lays out a figure of a size that was asked for: frames take the room that text leaves, and
  /// panels which would be too narrow go below each other.
  static func sized(_ figure: Figure) -> Layout {
    let natural = Layout(figure, LayoutRoom())
    let width = figure.size.width ?? natural.width * pixel
    let usual = usualFont * width / (natural.width * pixel)
    let font = figure.size.fontSize ?? min(usualFont, max(leastFont, usual))
    var room = LayoutRoom()
    room.unit = font / Style.labelSize
    room.width = width / room.unit
    room.height = figure.size.height.map { $0 / room.unit }
    var layout = natural
    for columns in stride(from: max(1, figure.columns), through: 1, by: -1) {
      let part = figure.inColumns(columns, tiles: width / room.unit)
      layout = fitted(part, &room)
      let isRoomy = layout.panels.allSatisfy { $0.frame.width >= leastFrame }
      if columns == 1 || (isRoomy && part.tileColumns >= min(3, figure.tileColumns)) { break }
    }
    // What cannot be narrower, such as a graph, makes all of the picture smaller.
    layout.unit = room.unit * min(1, width / room.unit / layout.width)
    layout.isSized = true
    return layout
  }

  private static func fitted(_ figure: Figure, _ room: inout LayoutRoom) -> Layout {
    room.across = 1
    room.down = 1
    for _ in 0..<5 {
      let plan = PanelPlan(figure, room)
      let wanted = (room.width ?? plan.width) - 2 * edge - (plan.width - plan.frameWidths)
      room.across = max(0.05, room.across * max(20, wanted) / max(1, plan.frameWidths))
      if room.height == nil { room.down = max(room.across, 0.3) }
    }
    var layout = Layout(figure, room)
    guard let height = room.height else { return layout }
    for _ in 0..<5 {
      let frames = PanelPlan(figure, room).frameHeights
      let wanted = height - (layout.height - frames)
      room.down = max(0.1, room.down * max(30, wanted) / max(1, frames))
      layout = Layout(figure, room)
    }
    layout.height = max(layout.height, height)
    return layout
  }
}

extension Figure {
  /// The fewest small pictures that stand side by side in a panel of such.
  fileprivate var tileColumns: Int {
    let counts = panels.joined().compactMap { panel -> Int? in
      guard panel.layers.count == 1, case .tiles(let tiles) = panel.layers[0] else { return nil }
      return tiles.columns
    }
    return counts.min() ?? 0
  }

  /// The same panels in rows of so many, small pictures in as many columns as there is room for.
  fileprivate func inColumns(_ columns: Int, tiles room: Double) -> Figure {
    var figure = self
    figure.panels = panels.flatMap { row in
      stride(from: 0, to: row.count, by: columns).map { start in
        row[start..<min(start + columns, row.count)].map {
          $0.fitted(tiles: room / Double(columns))
        }
      }
    }
    return figure
  }
}

extension Panel {
  /// The same with small pictures that fit a width.
  fileprivate func fitted(tiles room: Double) -> Panel {
    guard layers.count == 1, case .tiles(let tiles) = layers[0] else { return self }
    let each = TileMeasure(tiles).panel.width / Double(max(1, tiles.columns))
    let fits = max(1, Int((room - 70) / max(1, each)))
    guard fits < tiles.columns else { return self }
    var panel = self
    if case .categories(let names) = y.scale, names.allSatisfy(\.isEmpty) {
      panel = Panel(
        title: title,
        tiles: Tiles(tiles.rows.flatMap { $0 }, columns: fits, size: tiles.size))
    } else {
      var smaller = tiles
      smaller.size = max(16, tiles.size * Double(fits) / Double(tiles.columns))
      panel.layers = [.tiles(smaller)]
    }
    return panel
  }
}
