package import TensorKernels

// R rows, C columns.

/// The rows of a source before `take`, `split` and normalisation.
package final class RawData: Sendable {
  /// Features in the source's own units and width.
  package enum Features: Sendable {
    /// The first C of `stride` numbers a row.
    case numbers(SharedArray<Double>, stride: Int)
    /// Columns from whose training rows it is yet to be learned how they become numbers.
    case table(RawTable)
    /// Bytes that stand for byte / 255.
    case bytes(SharedArray<UInt8>)  // (R, C)
  }

  package enum Targets: Sendable {
    case classes([Int32])
    /// `columns` numbers a row.
    case values([Double], columns: Int)
    case none
  }

  package let outline: SourceOutline
  package let features: Features
  package let targets: Targets
  /// Which rows stand in one part; `nil` where each stands for itself.
  package let groups: RowGroups?
  /// The test part the source brings along.
  package let ownTest: RawData?
  /// SHA-256 of the files' bytes; empty for generators.
  package let fingerprint: String
  /// What was found or left out on the way, for people.
  package let remarks: [String]
  /// Rows of the file that have no target.
  package let leftOutRows: Int
  /// How the source was read, 1 for what version 0.1.0 read alike.
  package let version: Int

  package init(
    outline: SourceOutline, features: Features, targets: Targets, groups: RowGroups? = nil,
    ownTest: RawData? = nil, fingerprint: String = "", remarks: [String] = [], leftOutRows: Int = 0,
    version: Int = 1
  ) {
    self.outline = outline
    self.features = features
    self.targets = targets
    self.groups = groups
    self.ownTest = ownTest
    self.fingerprint = fingerprint
    self.remarks = remarks
    self.leftOutRows = leftOutRows
    self.version = version
  }

  package var rows: Int { outline.rows }
  package var columns: Int { outline.featureShape.reduce(1, *) }
}

extension RawData: Weighed {
  package var byteCount: Int {
    let own =
      switch features {
      case .numbers(let numbers, _): numbers.count * 8
      case .table(let table): table.cells.byteCount
      case .bytes: rows * columns
      }
    return own + rows * 8 + (ownTest?.byteCount ?? 0)
  }
}
