import Drawing

extension Panel {
  /// Every x that the layers need to show.
  public var xValues: [Double] {
    let shown = y.shown
    return layers.flatMap { layer -> [Double] in
      switch layer {
      case .line(let line): shown.xs(line.xs, line.ys)
      case .band(let band): shown.xs(band.xs, band.upper)
      case .points(let points): points.xs
      case .colored(let points): points.xs
      case .heatMap(let map): [-0.5, Double(map.rows.first?.count ?? 1) - 0.5]
      case .regions(let regions): [regions.xRange.lowerBound, regions.xRange.upperBound]
      case .note(let note): [note.x]
      case .rule(let rule): if case .x(let value) = rule.place { [value] } else { [] }
      case .tiles, .diagram: []
      }
    }
  }

  /// Every y that the layers need to show.
  public var yValues: [Double] {
    layers.flatMap { layer -> [Double] in
      switch layer {
      case .line(let line): line.ys
      case .band(let band): band.lower + band.upper
      case .points(let points): Panel.ends(of: points)
      case .colored(let points): points.ys
      case .heatMap(let map): [-0.5, Double(map.rows.count) - 0.5]
      case .regions(let regions): [regions.yRange.lowerBound, regions.yRange.upperBound]
      case .note(let note): [note.y]
      case .rule(let rule): if case .y(let value) = rule.place { [value] } else { [] }
      case .tiles, .diagram: []
      }
    }
  }

  private static func ends(of points: Points) -> [Double] {
    points.ys + (points.bars.map { $0.lower + $0.upper } ?? [])
  }

  /// The ranges of both axes; regions and heat maps fill their panel to the edge.
  public var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let fills = layers.contains { layer in
      switch layer {
      case .heatMap, .regions: true
      default: false
      }
    }
    let room = fills ? 0 : 0.04
    return (x.fitted(to: xValues, room: room), y.fitted(to: yValues, room: room))
  }
}
