import Foundation

/// The first rows of a table as they stand, by which lines above it and its header are known.
struct TableHead {
  struct Row {
    /// From 1.
    let line: Int
    let fields: [String]
  }

  private(set) var rows: [Row] = []
  private let form: TableForm

  private static let mostRows = 200

  init(_ table: TextTable) {
    form = table.form
    var rows: [Row] = []
    table.text.head.withUnsafeBytes { bytes in
      var scanner = TableScanner(bytes, at: table.form.start, table.form.classes)
      while rows.count < Self.mostRows, scanner.skipEmptyLines() {
        let start = scanner.position
        var fields: [String] = []
        while let field = try? scanner.field() {
          fields.append(
            TextTable.text(bytes[field.start..<field.end], hasQuotes: field.hasQuotes))
          if field.endsRow { break }
        }
        if fields.isEmpty { break }
        rows.append(Row(line: TextPlace(of: start, in: bytes).line, fields: fields))
      }
    }
    self.rows = rows
  }

  /// The number of fields that most rows have, more than one; `nil` where there is none.
  var usualWidth: Int? {
    let counts = Dictionary(grouping: rows.map(\.fields.count)) { $0 }.mapValues(\.count)
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key).flatMap {
      $0 > 1 ? $0 : nil
    }
  }

  /// The same where nearly all rows below the first that has it have it too.
  var surestWidth: Int? {
    guard let width = usualWidth,
      let first = rows.firstIndex(where: { $0.fields.count == width })
    else { return nil }
    let below = rows[first...]
    let same = below.count { $0.fields.count == width }
    return same > 1 && same * 10 >= below.count * 9 ? width : nil
  }

  /// Lines above the first row that has as many fields as most; `nil` where the first has.
  var linesAbove: Int? {
    guard let width = usualWidth, let first = rows.first, first.fields.count != width else {
      return nil
    }
    return rows.first { $0.fields.count == width }.map { $0.line - 1 }
  }

  /// The names in the line right above the first row that has as many fields as most: as many without
  /// empty ones at its end, or one less, as R writes them; `nil` where it has none.
  var namesAbove: (names: [String], line: Int)? {
    guard let width = usualWidth,
      let first = rows.firstIndex(where: { $0.fields.count == width }), first > 0
    else { return nil }
    let above = rows[first - 1]
    var fields = above.fields
    while fields.last?.isEmpty == true { fields.removeLast() }
    guard fields.count > 1, numbers(fields).isEmpty, !fields.contains("") else { return nil }
    let row = Row(line: above.line, fields: fields)
    let names = fields.count == width - 1 ? row.namesWithRow : fields
    return names.count == width && Set(names).count == width ? (names, above.line) : nil
  }

  /// Names for rows that all have a field more than the first line.
  enum OneMore {
    /// Rows begin with a name of their own, as R writes tables.
    case namedRows([String])
    /// Rows end with a separator, so that their last field is empty.
    case endedRows([String])
  }

  /// The same where it is so; `nil` elsewhere.
  var oneMore: OneMore? {
    guard let width = usualWidth, let first = rows.first, rows.count > 1,
      first.fields.count == width - 1, numbers(first.fields).isEmpty,
      rows.dropFirst().allSatisfy({ $0.fields.count == width })
    else { return nil }
    let endsEmpty = rows.dropFirst().allSatisfy { $0.fields.last?.isEmpty == true }
    let names = endsEmpty ? first.fields + ["c\(width)"] : first.namesWithRow
    guard Set(names).count == names.count, !names.contains("") else { return nil }
    return endsEmpty ? .endedRows(names) : .namedRows(names)
  }

  /// Whether the first line begins with the number of rows below it.
  func countsRows(upTo most: Int) -> Bool {
    guard let first = rows.first?.fields, first.count > 1, let number = Int(first[0]) else {
      return false
    }
    return number > 3 && (most - 3...most).contains(number) && Int(first[1]) != nil
      && numbers(first).count < first.count
  }

  /// Whether a first line with numbers in it names the columns: a word stands above a column of numbers,
  /// or the numbers go on like years.
  var firstIsHeader: Bool {
    guard let first = rows.first?.fields, rows.count > 1 else { return false }
    let below = rows.dropFirst().filter { $0.fields.count == first.count }.map(\.fields)
    let isNumber = Set(numbers(first).map(\.place))
    let hasWordAbove = first.indices.contains { column in
      if isNumber.contains(column) || first[column].isEmpty { return false }
      let known = below.map { $0[column] }.filter { !Self.missing.contains($0.lowercased()) }
      return !known.isEmpty && numbers(known).count == known.count
        && !Self.missing.contains(first[column].lowercased())
    }
    return hasWordAbove || goesOn(numbers(first).map(\.value))
  }

  private static let missing = Set(MissingWords.standard)

  /// Three whole numbers and more, each the same step above the one before.
  private func goesOn(_ values: [Double]) -> Bool {
    guard values.count > 2, values.allSatisfy({ $0 == $0.rounded() }), values[1] > values[0] else {
      return false
    }
    return zip(values, values.dropFirst()).allSatisfy { $1 - $0 == values[1] - values[0] }
  }

  private func numbers(_ fields: [String]) -> [(place: Int, value: Double)] {
    fields.enumerated().compactMap { place, field in
      var field = field
      let number = field.withUTF8 { DecimalNumber(UnsafeRawBufferPointer($0)[...], form) }
      if case .finite(let value) = number { return (place, value) }
      return nil
    }
  }
}

extension TableHead.Row {
  /// Its fields with a name for the column of rows' names before them.
  var namesWithRow: [String] {
    var name = "row"
    while fields.contains(name) { name += "_name" }
    return [name] + fields
  }
}
