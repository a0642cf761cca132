package import TensorKernels

// R rows, C columns.

/// The rows of a source before `take`, `split` and normalisation.
package final class RawData: Sendable {
  /// Features in the source's own units and width.
  package enum Features: Sendable {
    case numbers(SharedArray<Double>)  // (R, C)
    /// Bytes that stand for byte / 255.
    case bytes(SharedArray<UInt8>)  // (R, C)
  }

  package enum Targets: Sendable {
    case classes([Int32])
    case values([Double])
    case none
  }

  package let outline: SourceOutline
  package let features: Features
  package let targets: Targets
  /// The test part the source brings along.
  package let ownTest: RawData?
  /// SHA-256 of the files' bytes; empty for generators.
  package let fingerprint: String

  package init(
    outline: SourceOutline, features: Features, targets: Targets, ownTest: RawData? = nil,
    fingerprint: String = ""
  ) {
    self.outline = outline
    self.features = features
    self.targets = targets
    self.ownTest = ownTest
    self.fingerprint = fingerprint
  }

  package var rows: Int { outline.rows }
  package var columns: Int { outline.featureShape.reduce(1, *) }
}

extension RawData: Weighed {
  package var byteCount: Int {
    let width =
      switch features {
      case .numbers: 8
      case .bytes: 1
      }
    return rows * columns * width + rows * 8 + (ownTest?.byteCount ?? 0)
  }
}
