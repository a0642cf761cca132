public import Tracking

/// A figure as a file asks for it, checked.
public struct PlotCell: Hashable, Sendable {
  /// What it shows.
  public let kind: Kind
  /// The sweep it speaks of.
  public let sweep: String
  /// The file's name without its extension; `nil` means `<sweep>-<kind>`.
  public let name: String?
  /// What stands above it, `nil` where the file says nothing.
  public let title: String?
  /// The metrics it draws; one but for curves.
  public let metrics: [Metric]
  /// A colour, or a picture, a value of this key.
  public let by: SweepKey?
  /// The key along the horizontal axis (final, heatmap).
  public let x: SweepKey?
  /// The key along the vertical axis (heatmap).
  public let y: SweepKey?
  /// What curves run along.
  public let axis: CurveAxis
  /// The interval drawn (fit); `nil` means that of the data.
  public let range: ClosedRange<Double>?
  /// Logarithmic axes; `nil` leaves it to the figure.
  public let logX: Bool?
  /// Logarithmic axes; `nil` leaves it to the figure.
  public let logY: Bool?
  /// Which of a run's values stands for it.
  public let value: MetricValue
  /// The formats it is drawn in.
  public let formats: [PictureFormat]
  /// The cell's place in the file.
  public let mark: Mark

  /// Makes a figure's description.
  public init(
    kind: Kind, sweep: String, name: String? = nil, title: String? = nil, metrics: [Metric] = [],
    by: SweepKey? = nil, x: SweepKey? = nil, y: SweepKey? = nil, axis: CurveAxis = .epoch,
    range: ClosedRange<Double>? = nil, logX: Bool? = nil, logY: Bool? = nil,
    value: MetricValue = .last, formats: [PictureFormat] = [.svg], mark: Mark
  ) {
    self.kind = kind
    self.sweep = sweep
    self.name = name
    self.title = title
    self.metrics = metrics
    self.by = by
    self.x = x
    self.y = y
    self.axis = axis
    self.range = range
    self.logX = logX
    self.logY = logY
    self.value = value
    self.formats = formats
    self.mark = mark
  }

  /// What a figure shows.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case curves, final, heatmap, boundary, fit
  }

  /// What curves run along.
  public enum CurveAxis: String, Hashable, Sendable, CaseIterable {
    case epoch, step, time
  }
}

/// The file format of a picture.
public enum PictureFormat: String, Hashable, Sendable, CaseIterable {
  case svg, png, pdf
}
