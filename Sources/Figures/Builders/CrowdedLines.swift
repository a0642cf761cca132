/// Lines of one look as one layer with breaks between them, so that a figure of thousands of lines stays
/// small and is drawn at once.
struct CrowdedLines {
  private var strokes: [Stroke] = []
  private var lines: [Stroke: Places] = [:]
  private var crosses: [Stroke: Places] = [:]

  private struct Places {
    var xs: [Double] = []
    var ys: [Double] = []
  }

  /// Adds a line.
  mutating func add(_ line: Line) {
    guard let last = line.xs.last else { return }
    note(line.stroke)
    lines[line.stroke, default: Places()].xs += line.xs + [last]
    lines[line.stroke, default: Places()].ys += line.ys + [.nan]
  }

  /// Adds the single points of a layer; other layers are none.
  mutating func add(_ layers: [Layer]) {
    for case .points(let points) in layers {
      note(points.stroke)
      crosses[points.stroke, default: Places()].xs += points.xs
      crosses[points.stroke, default: Places()].ys += points.ys
    }
  }

  private mutating func note(_ stroke: Stroke) {
    if lines[stroke] == nil && crosses[stroke] == nil { strokes.append(stroke) }
  }

  /// A layer a look, in the order of their first lines; points above.
  var layers: [Layer] {
    strokes.compactMap { stroke in
      lines[stroke].map { .line(Line(xs: $0.xs, ys: $0.ys, stroke: stroke)) }
    }
      + strokes.compactMap { stroke in
        crosses[stroke].map { .points(Points(xs: $0.xs, ys: $0.ys, stroke: stroke, size: 1.8)) }
      }
  }
}
