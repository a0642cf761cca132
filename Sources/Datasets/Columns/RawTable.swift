/// A table's feature columns with what is asked of each.
package struct RawTable: Sendable {
  package var cells: TableCells
  /// The plan of each feature with the place of its column in the file.
  package let plans: [(column: Int, plan: ColumnPlan)]
}
