public import FileLanguage
public import Tracking

/// A figure as a file asks for it, checked.
public struct PlotCell: Hashable, Sendable {
  /// What it shows, with the keys that only figures of its kind have.
  public let plot: any Plot
  /// The sweep it speaks of; `nil` where its kind speaks of none.
  public let sweep: String?
  /// The file's name without its extension.
  public let name: String
  /// What stands above it, `nil` where the file says nothing.
  public let title: String?
  /// How it looks, whatever it shows.
  public let look: FigureLook
  /// The cell's place in the file.
  public let mark: Mark

  /// Makes a figure's description.
  ///
  /// - Parameter name: `nil` means `<sweep>-<kind>`.
  public init(
    _ plot: any Plot, sweep: String?, name: String? = nil, title: String? = nil,
    look: FigureLook = FigureLook(), mark: Mark
  ) {
    self.plot = plot
    self.sweep = sweep
    self.name = name ?? (sweep.map { $0 + "-" } ?? "") + type(of: plot).kind
    self.title = title
    self.look = look
    self.mark = mark
  }

  /// The formats it is drawn in.
  public var formats: [PictureFormat] { look.formats.isEmpty ? [.svg] : look.formats }
  /// The colours its files are drawn in.
  public var theme: PictureTheme { look.theme ?? .light }

  /// The name of what it shows, as a file writes it.
  public var kind: String { type(of: plot).kind }

  /// The sweeps it speaks of: one or none.
  public var sweeps: [String] { sweep.map { [$0] } ?? [] }

  /// Whether two cells ask for the same at the same place.
  public static func == (a: PlotCell, b: PlotCell) -> Bool {
    AnyHashable(a.plot) == AnyHashable(b.plot) && a.sweep == b.sweep && a.name == b.name
      && a.title == b.title && a.look == b.look && a.mark == b.mark
  }

  /// Hashes what tells cells apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(plot))
    hasher.combine(name)
    hasher.combine(mark)
  }
}
