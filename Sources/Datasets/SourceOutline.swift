/// What a source says about its rows before making them.
package struct SourceOutline: Hashable, Sendable {
  package let rows: Int
  /// Rows of each class; `nil` where the target is no class.
  package let classCounts: [Int]?
  package let featureShape: [Int]
  package let columnNames: [String]
  package let target: DataShape.Target
  /// Rows of the test part that the source brings along; `nil` where it brings none.
  package let ownTestRows: Int?

  package init(
    rows: Int, classCounts: [Int]?, featureShape: [Int], columnNames: [String],
    target: DataShape.Target, ownTestRows: Int? = nil
  ) {
    self.rows = rows
    self.classCounts = classCounts
    self.featureShape = featureShape
    self.columnNames = columnNames
    self.target = target
    self.ownTestRows = ownTestRows
  }
}
