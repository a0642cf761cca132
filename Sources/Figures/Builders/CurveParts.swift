import Drawing
import Tracking

/// A run by what tells it apart in a figure.
struct RunName: Hashable {
  let configuration: String
  let seed: Int

  init(_ curve: CurveSeries) {
    configuration = curve.configuration
    seed = curve.seed
  }

  init(_ profile: LayerProfile) {
    configuration = profile.configuration
    seed = profile.seed
  }
}

/// Which metrics have a logarithmic axis.
struct CurveScales {
  private let quantities: Set<String>

  /// - Parameter asked: what the file says; `nil` decides by the values of each quantity.
  init(_ means: [MeanCurve], asked: Bool?) {
    var found: Set<String> = []
    for (quantity, own) in Dictionary(grouping: means, by: { $0.metric.quantity }) {
      let healthy = own.filter { !$0.isLost }
      let range = ValueSpread(healthy.isEmpty ? own : healthy)
      let isAccuracy = own.first?.metric.isHigherBetter == true
      if asked ?? (!isAccuracy && range.isWide) { found.insert(quantity) }
    }
    quantities = found
  }

  func isLogarithmic(_ metric: Metric) -> Bool { quantities.contains(metric.quantity) }
}

/// What the values of a panel's lines span.
struct ValueSpread {
  let values: [Double]

  init(_ means: [MeanCurve]) { values = means.flatMap { $0.ys } }

  /// Whether they are positive and reach over two powers of ten and more.
  var isWide: Bool {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max(), least > 0 else { return false }
    return most / least >= 100
  }
}

extension Metric {
  /// What is measured, whatever it is measured on: `loss` of `val/loss`.
  var quantity: String {
    name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// On what it is measured: `val` of `val/loss`.
  var part: String { name.lastIndex(of: "/").map { String(name[..<$0]) } ?? name }
}

extension Figure {
  /// Panels in rows of up to three, or of up to four where there are many.
  public static func rows(of panels: [Panel], columns: Int? = nil) -> [[Panel]] {
    let columns =
      columns.map { min($0, 5) }
      ?? (panels.count <= 3 ? panels.count : panels.count == 4 ? 2 : panels.count <= 9 ? 3 : 4)
    return stride(from: 0, to: panels.count, by: max(1, columns)).map {
      Array(panels[$0..<min($0 + max(1, columns), panels.count)])
    }
  }
}
