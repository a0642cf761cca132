import Tracking

/// The place a residual branches from: no layer of its own, its gradients are summed like those of
/// every value that several layers read.
enum Duplicate {
  static let name = "duplicate"
}

extension WiredLayer {
  var isDuplicate: Bool { spec.kind.name == Duplicate.name }
}
