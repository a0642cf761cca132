import Foundation
import NeuralNet
import Tracking

/// A table as Python code: its form, and what the training part taught of its columns, as constants.
struct TorchTable {
  private let settings: Chosen
  private let data: PreparedData
  private let table: TextTable?
  private let reading: TableReading
  /// The columns to predict.
  private let targets: [String]

  /// The table of the test part, where it has one of its own.
  private var test: TorchTable? {
    guard case .text(let path) = settings.values["test_path"] else { return nil }
    let values = settings.values.merging(["path": .text(path), "test_path": .off]) { $1 }
    return TorchTable(Chosen(settings.name, values), data, losesRows: true)
  }
  private let losesRows: Bool

  private let signed: SignedPython

  init(_ settings: Chosen, _ data: PreparedData, losesRows: Bool = false) {
    self.settings = settings
    self.data = data
    let hasTest = settings.values["test_path"].map { $0 != .off } ?? false
    self.losesRows = losesRows || hasTest || data.leftOutRows > 0
    reading = TableReading(settings)
    targets = CSVSource.names(settings.values["target"])
    table = try? TextTable(
      reading: settings.text("path"), reading,
      wanted: targets + (data.recipes?.map(\.name) ?? data.shape.columnNames))
    let numbers = data.recipes?.filter { $0.kind == .numbers }.map(\.name)
    signed = SignedPython(table, (numbers ?? data.shape.columnNames) + targets)
  }

  var source: TorchSource {
    var blocks = definitions
    let test = test
    blocks.append("def load_data(rng):\n" + PythonText.indented(body(features + "\n" + answer)))
    if let test {
      let body = test.body(test.features + "\n" + test.answer)
      blocks.append("def load_test():\n" + PythonText.indented(body))
    }
    if let groups = data.groups {
      let values = body("return np.array([row[\(PythonText.quoted(groups))] for row in rows])")
      blocks.append("def load_groups():\n" + PythonText.indented(values))
    }
    var imports = ["csv"]
    let openings = [opening, test?.opening ?? ""]
    if openings.contains(where: { $0.hasPrefix("gzip.") }) { imports.append("gzip") }
    if openings.contains(where: { $0.hasPrefix("io.") }) { imports += ["io", "zipfile"] }
    if usesDates { imports.append("datetime") }
    return TorchSource(
      imports: imports, code: blocks.joined(separator: "\n\n\n"), hasOwnTest: test != nil)
  }

  // MARK: Reading

  private var form: TableForm { table?.form ?? TableForm() }
  private var path: String { settings.python("path") }

  private var opening: String {
    let found = table?.found ?? []
    let encoding =
      TextEncoding.allCases.map(\.rawValue).first { name in
        name != "utf-8" && (found.contains("letters are \(name)") || isSaid("encoding", name))
      } ?? "utf-8-sig"
    let text = "newline=\"\", encoding=\"\(encoding)\""
    if found.contains("it is packed by gzip") { return "gzip.open(\(path), \"rt\", \(text))" }
    if found.contains("it is packed by zip") {
      return "io.TextIOWrapper(\(zipMember), \(text))"
    }
    return "open(\(path), \(text))"
  }

  private var zipMember: String {
    "(lambda z: z.open(z.namelist()[0]))(zipfile.ZipFile(\(path)))"
  }

  private func isSaid(_ key: String, _ word: String) -> Bool {
    settings.values[key] == .text(word)
  }

  private var reader: String {
    let lines = form.comment.map { mark in
      "(line.split(\(PythonText.quoted(Self.text(mark))))[0] for line in file)"
    }
    switch form.separator {
    case .blanks: return "(line.split() for line in \(lines ?? "file"))"
    case .byte(let mark):
      return "csv.reader(\(lines ?? "file"), delimiter=\(PythonText.quoted(Self.text(mark))), "
        + "skipinitialspace=True)"
    }
  }

  private static func text(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }

  /// Lines of the file above the table.
  private var linesBefore: Int {
    table.map { $0.text.line(of: form.start) - 1 } ?? 0
  }

  /// Reads the rows, then does what `end` says.
  private func body(_ end: String) -> String {
    var lines = ["with \(opening) as file:"]
    if linesBefore > 0 { lines += ["    for _ in range(\(linesBefore)):", "        next(file)"] }
    lines.append(
      "    lines = [[cell.strip() for cell in line] for line in \(reader) if any(line)]")
    let listed = table?.columnNames.map(PythonText.quoted).joined(separator: ", ") ?? ""
    let isNamedByFile = form.hasHeader && reading.names == nil && table?.nameless.isEmpty == true
    if isNamedByFile {
      lines.append("names, lines = lines[0], lines[1:]")
    } else {
      lines.append("names = [\(listed)]")
      if form.hasHeader { lines.append("lines = lines[1:]") }
    }
    lines.append("rows = [dict(zip(names, line)) for line in lines]")
    return (lines + leavingOut + [end]).joined(separator: "\n")
  }

  /// Rows without a target are left out.
  private var leavingOut: [String] {
    let isWords = data.classNames?.allSatisfy { Double($0) == nil } ?? false
    let words = isWords && reading.missing == nil ? "{\"\"}" : "MISSING"
    return targets.isEmpty || !losesRows
      ? []
      : targets.map { name in
        let cell = "row[\(PythonText.quoted(name))]"
        return words == "MISSING"
          ? "rows = [row for row in rows if not is_missing(\(cell))]"
          : "rows = [row for row in rows if \(cell)]"
      }
  }

  // MARK: Columns

  private var features: String {
    guard let recipes = data.recipes else {
      let names = data.shape.columnNames.map(PythonText.quoted).joined(separator: ", ")
      return "features = [\(names)]\n"
        + "x = np.array([[\(number("name")) for name in features] for row in rows])"
    }
    let blocks = recipes.flatMap { recipe -> [String] in
      let name = PythonText.quoted(recipe.name)
      return [column(recipe, name)] + (recipe.hasIndicator ? ["missing(rows, \(name))"] : [])
    }
    return "x = np.hstack([\n" + blocks.map { "    \($0),\n" }.joined() + "])"
  }

  private func column(_ recipe: ColumnRecipe, _ name: String) -> String {
    let fill =
      recipe.fill.isEmpty
      ? "" : ", [" + recipe.fill.map(PythonText.number).joined(separator: ", ") + "]"
    func list(_ words: [String]) -> String {
      "[" + words.map(PythonText.quoted).joined(separator: ", ") + "]"
    }
    switch recipe.kind {
    case .numbers: return "numbers(rows, \(name)\(fill))"
    case .truths:
      return "truths(rows, \(name)\(fill))"
    case .ordinal(let order):
      let places = order.enumerated().map { "\(PythonText.quoted($1)): \($0)" }
      return "places(rows, \(name), {\(places.joined(separator: ", "))}\(fill))"
    case .categories(let words):
      let fillWord = recipe.fillWord.map { ", \(PythonText.quoted($0))" } ?? ""
      return "categories(rows, \(name), \(list(words))\(fillWord))"
    case .dates(let parts, let order):
      return "dates(rows, \(name), \(list(parts.map(\.rawValue))), \"\(order.rawValue)\"\(fill))"
    }
  }

  private var usesDates: Bool {
    data.recipes?.contains { if case .dates = $0.kind { true } else { false } } ?? false
  }

  /// The cell of a column as a float, its marks taken out; `name` as Python writes it.
  private func number(_ name: String) -> String {
    if !signed.columns.isEmpty { return "float(plain(\(name), row[\(name)]))" }
    var text = "row[\(name)]"
    if let mark = form.thousands {
      text += ".replace(\(PythonText.quoted(Self.text(mark))), \"\")"
    }
    if form.decimal != UInt8(ascii: ".") {
      text += ".replace(\(PythonText.quoted(Self.text(form.decimal))), \".\")"
    }
    return "float(\(text))"
  }

  private var answer: String {
    let names = targets.map(PythonText.quoted)
    switch data.shape.target {
    case .none: return "return x, None"
    case .values:
      let values = names.map(number)
      return "return x, np.array(["
        + (values.count == 1 ? values[0] : "[" + values.joined(separator: ", ") + "]")
        + " for row in rows])"
    case .classes(let classes):
      let isNumeric = classes.allSatisfy { Double($0) != nil }
      let listed = classes.map { isNumeric ? $0 : PythonText.quoted($0) }.joined(separator: ", ")
      let name = names.first ?? "\"\""
      let label = isNumeric ? number(name) : "row[\(name)]"
      return "classes = [\(listed)]\n"
        + "return x, np.array([classes.index(\(label)) for row in rows])"
    }
  }

  // MARK: What the columns are made by

  private var definitions: [String] { signed.definitions(form) + columnDefinitions }

  private var columnDefinitions: [String] {
    let needsMissing = data.recipes != nil || losesRows
    guard needsMissing else { return [] }
    let words = (reading.missing ?? MissingWords.standard).map {
      PythonText.quoted($0.lowercased())
    }
    var blocks = [
      "def is_missing(cell):\n    return cell.lower() in {\(words.joined(separator: ", "))}"
    ]
    guard let recipes = data.recipes else { return blocks }
    var used: Set<String> = []
    for recipe in recipes {
      used.insert(String(column(recipe, "").prefix { $0 != "(" }))
      if recipe.hasIndicator { used.insert("missing") }
    }
    let known = [
      ("numbers", Self.numbers(number("name"))), ("truths", Self.truths),
      ("places", Self.places),
      ("categories", Self.categories), ("dates", Self.dates), ("missing", Self.missing),
    ]
    blocks += known.filter { used.contains($0.0) }.map(\.1)
    return blocks
  }

  private static func numbers(_ cell: String) -> String {
    """
    def numbers(rows, name, fill=None):
        return np.array([fill if is_missing(row[name]) else [\(cell)] for row in rows])
    """
  }

  private static let places = """
    def places(rows, name, order, fill=None):
        return np.array([
            fill if is_missing(row[name]) else [order[row[name]]] for row in rows
        ], dtype=float)
    """

  private static let truths = """
    def truths(rows, name, fill=None):
        return np.array([
            fill if is_missing(row[name]) else [float(row[name].lower() == "true")] for row in rows
        ])
    """

  private static let categories = """
    def categories(rows, name, words, fill=None):
        cells = [fill if is_missing(row[name]) else row[name] for row in rows]
        return np.array([[float(cell == word) for word in words] for cell in cells])
    """

  private static let dates = """
    def dates(rows, name, parts, order, fill=None):
        def numbers(cell):
            first, _, time = cell.replace("T", " ").partition(" ")
            mark = next((sign for sign in first if not sign.isdigit()), None)
            pieces = first.split(mark) if mark else [first[:4], first[4:6], first[6:]]
            places = {"yearFirst": "ymd", "dayFirst": "dmy", "monthFirst": "mdy"}[order]
            year, month, day = (int(pieces[places.index(letter)]) for letter in "ymd")
            date = datetime.date(year, month, day)
            all_parts = {"weekday": date.weekday(), "hour": int(time[:2]) if time else 0}
            return [float(all_parts.get(part, getattr(date, part, 0))) for part in parts]

        return np.array([fill if is_missing(row[name]) else numbers(row[name]) for row in rows])
    """

  private static let missing = """
    def missing(rows, name):
        return np.array([[float(is_missing(row[name]))] for row in rows])
    """
}
