import Figures
import Terminal

/// The texts that stand on a panel as a list below it, by the axes of names that they belong to.
struct TerminalNotes {
  private let panel: Panel
  private let width: Int

  init(_ panel: Panel, _ width: Int) {
    self.panel = panel
    self.width = width
  }

  var lines: [String] {
    var notes: [Note] = []
    for case .note(let note) in panel.layers { notes.append(note) }
    guard !notes.isEmpty else { return [] }
    let parts: [String]
    if case .categories(let names) = panel.x.scale {
      parts = Self.grouped(notes, names) { $0.x }.map { name, own in
        "\(name): " + own.sorted { $0.y > $1.y }.map(\.text).joined(separator: ", ")
      }
    } else if case .categories(let names) = panel.y.scale {
      parts = Self.grouped(notes, names) { $0.y }.reversed().map { name, own in
        "\(name): " + own.sorted { $0.x < $1.x }.map(\.text).joined(separator: ", ")
      }
    } else {
      parts = notes.map(\.text)
    }
    return parts.flatMap { wrapped(printable($0), to: width) }
  }

  /// The notes at each name of an axis.
  private static func grouped(
    _ notes: [Note], _ names: [String], _ place: (Note) -> Double
  ) -> [(name: String, notes: [Note])] {
    names.enumerated().compactMap { index, name in
      let own = notes.filter { abs(place($0) - Double(index)) < 0.5 }
      return own.isEmpty ? nil : (name, own)
    }
  }
}
