/// The rows and columns of panels that curves are parted into, in the order of their appearance.
package struct CurveFacets {
  package let rows: [String]
  package let columns: [String]

  package init(_ curves: [CurveSeries]) {
    var rows: [String] = []
    var columns: [String] = []
    for curve in curves {
      if !rows.contains(curve.row) { rows.append(curve.row) }
      if !columns.contains(curve.column) { columns.append(curve.column) }
    }
    self.rows = rows.isEmpty ? [""] : rows
    self.columns = columns.isEmpty ? [""] : columns
  }

  /// Whether there is one panel a quantity.
  package var isSingle: Bool { rows == [""] && columns == [""] }
}
