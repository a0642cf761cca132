import FileLanguage
public import Runs
public import Tracking

/// What layers put out, and the norms of their gradients, against depth.
public struct LayersPlot: Plot {
  /// The name of the kind.
  public static let kind = "layers"
  /// It draws means over seeds.
  public static let hasBands = true
  /// One line for people.
  public static let summary = "mean and deviation of activations and norms of gradients by depth"
  /// The keys beside those that every figure has.
  public static let keys = [PlotKeys.by, epoch]

  private static let epoch = Key(
    "epoch", .value(.integer(1...Int.max)), default: "the last", "the epoch that is shown")

  /// A colour a value of this key.
  public let by: SweepKey?
  /// The epoch that is shown; `nil` means each run's last.
  public let epoch: Int?

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    by = reader.key(PlotKeys.by)
    epoch = reader.integer(Self.epoch)
    Self.checkLogged(reader)
    let durations = reader.sweep.configurations.map { $0.network?.train.duration.epochs }
    if let epoch, !reader.sweep.hasFailed, !durations.isEmpty,
      durations.allSatisfy({ $0.map { $0 < epoch } ?? false })
    {
      let most = durations.compactMap { $0 }.max() ?? 0
      reader.problems.report(
        reader.place(of: Self.epoch),
        "no run of '\(reader.sweep.name)' has an epoch \(epoch)",
        ["they end after \(most == 1 ? "1 epoch" : "\(most) epochs")"])
    }
  }

  /// Layers are measured where the file asks for it.
  static func checkLogged(_ reader: PlotKeyReader) {
    guard let metrics = reader.sweep.metrics, !reader.sweep.hasFailed,
      !metrics.contains(where: { $0.isOfLayer })
    else { return }
    reader.problems.report(
      reader.mark, "no run of '\(reader.sweep.name)' measures its layers",
      ["write train: {log: {layers: true}}"])
  }
}

extension Metric {
  /// Whether it is measured of one layer or one parameter.
  public var isOfLayer: Bool { name.hasPrefix("layer/") }
}
