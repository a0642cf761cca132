/// Columns that say which row it is.
enum RowNumbers {
  static func areMeant(by name: String) -> Bool {
    let word = name.lowercased()
    return word == "id" || word.hasSuffix("_id") || word.hasSuffix(" id") || name.hasSuffix("Id")
      || word == "index" || word == "no" || word == "nr" || word == "row"
  }

  static func are(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }
}
