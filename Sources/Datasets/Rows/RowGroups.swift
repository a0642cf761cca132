/// Which rows belong together, by the values of a column.
package struct RowGroups: Hashable, Sendable {
  /// The column that says it.
  package let column: String
  /// The values in the order in which they first appear.
  package let names: [String]
  /// For every row the place of its value.
  package let codes: [Int32]

  /// Takes a value a row.
  package init(column: String, values: [String]) {
    self.column = column
    var names: [String] = []
    var places: [String: Int32] = [:]
    codes = values.map { value in
      if let known = places[value] { return known }
      let place = Int32(names.count)
      places[value] = place
      names.append(value)
      return place
    }
    self.names = names
  }
}
