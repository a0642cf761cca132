import Tracking

/// A column that cannot be used as it is: why, and the line that makes it usable.
struct UnusableColumn {
  let name: String
  /// What is wrong, as a clause.
  let message: String
  let cures: [Cure]

  /// An entry below `data` that makes a column usable.
  enum Cure {
    case drop
    case fill(String)
    case dates([DatePart])
    case allCategories
    case missing([String])
    /// A key with its value as it is written.
    case key(String, String)
  }
}

/// All columns of a table that cannot be used, in one error.
struct UnusableColumns {
  let table: TextTable
  let wishes: ColumnWishes
  let settings: Chosen
  let columns: [UnusableColumn]

  private static let mostNamed = 20

  var error: DataError {
    let count = columns.count
    let named = columns.prefix(Self.mostNamed).map { "'\($0.name)' \($0.message)" }
    let more = count > Self.mostNamed ? ["and \(count - Self.mostNamed) more"] : []
    let head =
      count == 1
      ? "a column cannot be used as it is"
      : "\(count) columns cannot be used as they are"
    return DataError(
      setting: table.setting, place: table.path,
      head + ": " + (named + more).joined(separator: "; "),
      hint: "These lines under data make the file usable:\n"
        + lines.map { "  " + $0 }.joined(separator: "\n"))
  }

  /// What is to be written under `data`, with what stands there already.
  var lines: [String] {
    var drop = wishes.drop
    var (fill, dates, categories): ([String], [String], [String]) = ([], [], [])
    var missing: [String] = []
    var keys: [String] = []
    for column in columns {
      for cure in column.cures {
        let name = Self.word(column.name)
        switch cure {
        case .drop: drop.append(column.name)
        case .fill(let rule): fill.append("\(name): \(rule)")
        case .dates(let parts):
          dates.append("\(name): [\(parts.map(\.rawValue).joined(separator: ", "))]")
        case .allCategories: categories.append("\(name): all")
        case .missing(let words): missing += words.filter { !missing.contains($0) }
        case .key(let key, let value):
          let line = "\(key): \(value)"
          if !keys.contains(line) { keys.append(line) }
        }
      }
    }
    var lines = keys
    if !missing.isEmpty {
      let known = TableReading(settings).missing ?? TableReading.standardMissing
      missing.removeAll(where: known.contains)
      lines.append("missing: [\((known + missing).map(Self.word).joined(separator: ", "))]")
    }
    if drop.count > wishes.drop.count {
      lines.append("drop: [\(drop.map(Self.word).joined(separator: ", "))]")
    }
    for (key, entries) in [("fill", fill), ("dates", dates), ("categories", categories)]
    where !entries.isEmpty {
      lines.append("\(key): {\((written(key, but: entries) + entries).joined(separator: ", "))}")
    }
    return lines
  }

  /// The entries that the file has at a key, but for columns that get a new one.
  private func written(_ key: String, but new: [String]) -> [String] {
    guard case .mapping(let values) = settings.values[key] else { return [] }
    return values.byName.filter { name, _ in
      !new.contains { $0.hasPrefix(Self.word(name) + ": ") }
    }.map { "\(Self.word($0)): \($1.display)" }
  }

  /// A text as YAML has it within brackets.
  static func word(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == "-"
          || $0 == "." || $0 == " " || $0 == "/"
      } && text.last != " "
      && !["true", "false", "yes", "no", "on", "off", "null", "none", "nan", "y", "n"].contains(
        text.lowercased())
    return isPlain ? text : ParameterValue.json(text)
  }
}
