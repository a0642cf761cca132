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

  /// Whether panels are smaller than they are by themselves, so that many fit a page.
  var isDense = false

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
  /// The same where a picture would be taller than a page.
  private static let leastDenseFrame = 48.0
  private static let mostDenseColumns = 6
  /// The height that a page of A4 leaves a picture, in points.
  private static let pageHeight = 24 * 72 / 2.54

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
      // What cannot be narrower must not become too small to be read.
      let isRead =
        room.unit * (width / room.unit / layout.width) * Style.noteSize >= LayoutRoom.leastText
      let isRoomy = isRead && layout.panels.allSatisfy { $0.frame.width >= leastFrame }
      if columns == 1 || (isRoomy && part.tileColumns >= min(3, figure.tileColumns)) { break }
    }
    if figure.size.height == nil, layout.height * room.unit > pageHeight {
      layout = dense(figure, room, than: layout)
    }
    // What cannot be narrower, such as a graph, makes all of the picture smaller.
    layout.unit = room.unit * min(1, width / room.unit / layout.width)
    layout.isSized = true
    layout.isTall = figure.size.height == nil && layout.height * layout.unit > pageHeight
    return layout
  }

  /// A picture that would be taller than a page with smaller panels: in the fewest columns in which it is
  /// not, or in the most in which panels can be seen.
  private static func dense(_ figure: Figure, _ room: LayoutRoom, than tall: Layout) -> Layout {
    var room = room
    room.isDense = true
    var best = tall
    for columns in 2...mostDenseColumns {
      let layout = fitted(figure.dense(columns, tiles: room.width ?? tall.width), &room)
      let isSeen = layout.panels.allSatisfy { $0.frame.width >= leastDenseFrame }
      guard isSeen, layout.width <= tall.width + 1 else { break }
      if layout.height < best.height { best = layout }
      if best.height * room.unit <= pageHeight { break }
    }
    return best
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
    figure.panels = blocks.flatMap { block in
      stride(from: 0, to: block.count, by: columns).map { start in
        block[start..<min(start + columns, block.count)].map {
          $0.fitted(tiles: room / Double(columns))
        }
      }
    }
    return figure
  }

  /// The panels of rows that go on from each other: as many of one sort in each, fewer in the last.
  private var blocks: [[Panel]] {
    var blocks: [[Panel]] = []
    var open: (count: Int, sort: String)?
    for row in panels {
      let sort = row.first?.sort ?? ""
      if let last = open, last.sort == sort, row.count <= last.count {
        blocks[blocks.count - 1] += row
        if row.count < last.count { open = nil }
      } else {
        blocks.append(row)
        open = (row.count, sort)
      }
    }
    return blocks
  }

  /// The same in rows of so many where names of axes stand once: below the lowest panels and beside the
  /// leftmost ones, or nowhere where they differ.
  fileprivate func dense(_ columns: Int, tiles room: Double) -> Figure {
    var figure = inColumns(columns, tiles: room)
    let all = panels.joined()
    let isOneX = Set(all.map(\.x.label)).count == 1
    let isOneY = Set(all.map(\.y.label)).count == 1
    for row in figure.panels.indices {
      for column in figure.panels[row].indices {
        let isLowest = !figure.panels[(row + 1)...].contains { $0.count > column }
        if !isOneX || !isLowest { figure.panels[row][column].x.hideName() }
        if !isOneY || column > 0 { figure.panels[row][column].y.hideName() }
      }
    }
    if !isOneX || !isOneY { figure.notes.append(noteOfLackingAxes) }
    return figure
  }
}

extension Axis {
  fileprivate mutating func hideName() {
    name = ""
    unit = nil
  }
}

extension Panel {
  /// What it shows: panels of one sort go on from each other.
  fileprivate var sort: String {
    let last =
      switch layers.last {
      case nil: ""
      case .line, .band: "lines"
      case .points, .colored, .note, .rule: "points"
      case .heatMap: "cells"
      case .regions: "regions"
      case .tiles: "tiles"
      case .diagram: "diagram"
      }
    return isSquare ? "plane" : last
  }

  /// The same with texts beside upright axes cut to a width, so that those that differ stay different.
  private func withNames(within limit: Double) -> Panel {
    var panel = self
    var members: [Double: [Int]] = [:]
    for case (let place, .note(let note)) in layers.enumerated() {
      members[note.x, default: []].append(place)
    }
    for places in members.values {
      let texts = places.map { place -> String in
        if case .note(let note) = layers[place] { note.text } else { "" }
      }
      let short = TextMeasure.shortened(texts, size: Style.tickSize, limit: limit)
      for (place, text) in zip(places, short) {
        guard case .note(var note) = layers[place] else { continue }
        note.text = text
        panel.layers[place] = .note(note)
      }
    }
    return panel
  }

  /// The same with small pictures that fit a width.
  fileprivate func fitted(tiles room: Double) -> Panel {
    if hasUprightAxes { return withNames(within: max(90, room * 0.3)) }
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
