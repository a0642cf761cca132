/// A part of a figure whose lists belong together, so that who draws it may rely on their lengths.
protocol FigurePart {
  /// What does not fit, in a few words; `nil` where all does.
  var problem: String? { get }
}

extension FigurePart {
  /// Stops at a part that a builder put together wrongly.
  func preconditionSound() {
    precondition(problem == nil, problem ?? "")
  }
}

extension Line: FigurePart {
  var problem: String? { xs.count == ys.count ? nil : "a line has as many x as y" }
}

extension Band: FigurePart {
  var problem: String? {
    xs.count == lower.count && xs.count == upper.count ? nil : "a band has equal lists"
  }
}

extension Points: FigurePart {
  var problem: String? {
    if xs.count != ys.count { return "points have as many x as y" }
    guard let bars else { return nil }
    return bars.lower.count == xs.count && bars.upper.count == xs.count
      ? nil : "a bar for every point"
  }
}

extension ColoredPoints: FigurePart {
  var problem: String? {
    xs.count == ys.count && ys.count == colors.count ? nil : "lists of one length"
  }
}

extension HeatMap: FigurePart {
  var problem: String? {
    Set(rows.map(\.count)).count <= 1 ? nil : "the rows of a heat map are equally long"
  }
}

extension Regions: FigurePart {
  var problem: String? {
    if !isArea(width, height, of: colors.count) { return "a colour for every point of the grid" }
    let isWhole = classes.isEmpty || classes.count == colors.count
    return isWhole && classes.allSatisfy { $0 >= 0 } ? nil : "a class for every point of the grid"
  }
}

extension Tiles.Tile: FigurePart {
  var problem: String? {
    isArea(width, height, of: colors.count) ? nil : "a colour for every pixel"
  }
}

extension Tiles: FigurePart {
  var problem: String? { rows.joined().lazy.compactMap(\.problem).first }
}

extension Diagram: FigurePart {
  var problem: String? {
    edges.allSatisfy { $0.from >= 0 && $0.from < $0.to && nodes.indices.contains($0.to) }
      ? nil : "arrows lead onwards"
  }
}

extension Layer: FigurePart {
  var problem: String? {
    switch self {
    case .line(let line): line.problem
    case .band(let band): band.problem
    case .points(let points): points.problem
    case .colored(let points): points.problem
    case .heatMap(let map): map.problem
    case .regions(let regions): regions.problem
    case .tiles(let tiles): tiles.problem
    case .diagram(let diagram): diagram.problem
    case .note, .rule: nil
    }
  }
}

/// Whether `count` things fill a grid.
private func isArea(_ width: Int, _ height: Int, of count: Int) -> Bool {
  let (product, isTooLarge) = width.multipliedReportingOverflow(by: height)
  return width >= 0 && height >= 0 && !isTooLarge && product == count
}
