package import NeuralNet
import TensorKernels
package import Tracking

/// A file of comma-separated values with a line of names.
package struct CSVSource: DataSource {
  package let choice = Choice(
    "csv",
    settings: [
      Setting("path", .path, default: nil, "the file; its first line names the columns"),
      Setting("target", .orOff(.text), default: nil, "the column to predict; none for no target"),
      Setting(
        "features", .orOff(.either([.list(.text, count: 1...100_000), .text])), default: .off,
        "the columns to predict from; all others where it is left out"),
      Setting(
        "task", .orOff(.word(DataConfiguration.Task.allCases.map(\.rawValue))), default: .off,
        "what a target of numbers is; by default what the loss needs, else regression"),
    ],
    "a file of comma-separated values with a line of names")

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let settings = request.settings
    let table = try CSVTable(reading: settings.text("path"))
    var target: Int?
    if case .text(let name) = settings.values["target"] {
      target = try table.requiredColumn(name, setting: "target")
    }
    let features = try Self.features(settings, table, target)
    try MemoryLimit.check(
      rows: table.rows, columns: features.count, bytes: 20, setting: "path", place: table.path)
    let numbers = try table.numbers(features)
    var labels = CSVTarget(targets: .none, target: .none, counts: nil)
    if let target {
      labels = try CSVTarget(table, column: target, task: Self.task(request))
    }
    let outline = SourceOutline(
      rows: table.rows, classCounts: labels.counts, featureShape: [features.count],
      columnNames: features.map { table.columnNames[$0] }, target: labels.target)
    return RawData(
      outline: outline, features: .numbers(SharedArray(numbers)), targets: labels.targets,
      fingerprint: table.digest)
  }

  private static func task(_ request: SourceRequest) -> DataConfiguration.Task? {
    if case .text(let name) = request.settings.values["task"] {
      return DataConfiguration.Task(rawValue: name)
    }
    return request.lossTask
  }

  private static func features(
    _ settings: Chosen, _ table: CSVTable, _ target: Int?
  ) throws(DataError) -> [Int] {
    let names: [String]
    switch settings.values["features"] {
    case .text(let name): names = [name]
    case .list(let values): names = values.map(\.display)
    default: return try otherColumns(table, target)
    }
    var columns: [Int] = []
    for (index, name) in names.enumerated() {
      let setting = names.count == 1 ? "features" : "features.\(index)"
      let column = try table.requiredColumn(name, setting: setting)
      if column == target {
        throw DataError(
          setting: setting, "'\(name)' is the target and cannot be a feature too")
      }
      if columns.contains(column) {
        throw DataError(setting: setting, "'\(name)' stands twice in features")
      }
      columns.append(column)
    }
    return columns
  }

  private static func otherColumns(
    _ table: CSVTable, _ target: Int?
  ) throws(DataError) -> [Int] {
    let columns = table.columnNames.indices.filter { $0 != target }
    if columns.isEmpty {
      throw DataError(
        setting: "path", place: table.path, "there is no column beside the target")
    }
    if let nameless = columns.first(where: { table.columnNames[$0].isEmpty }) {
      throw DataError(
        setting: "path", place: table.path, "column \(nameless + 1) has no name",
        hint: "Give it one, or say which columns are features: features: [...]")
    }
    return columns
  }

  package func torch(_ settings: Chosen, _ shape: DataShape) throws(MissingForm) -> TorchSource {
    let names = shape.columnNames.map(PythonText.quoted).joined(separator: ", ")
    let cell = "row[\(settings.python("target"))]"
    var lines = [
      "with open(\(settings.python("path")), newline=\"\", encoding=\"utf-8-sig\") as file:",
      "    rows = list(csv.DictReader(file))",
      "features = [\(names)]",
      "x = np.array([[float(row[name]) for name in features] for row in rows])",
    ]
    switch shape.target {
    case .none: lines.append("return x, None")
    case .values: lines.append("return x, np.array([float(\(cell)) for row in rows])")
    case .classes(let classes):
      let isNumeric = classes.allSatisfy { Double($0) != nil }
      let listed = classes.map { isNumeric ? $0 : PythonText.quoted($0) }.joined(separator: ", ")
      let label = isNumeric ? "float(\(cell))" : cell
      lines.append("classes = [\(listed)]")
      lines.append("return x, np.array([classes.index(\(label)) for row in rows])")
    }
    return .function(lines.joined(separator: "\n"), imports: ["csv"])
  }
}

extension CSVTable {
  /// The place of a column, or an error with the nearest name.
  package func requiredColumn(_ name: String, setting: String) throws(DataError) -> Int {
    if let column = column(named: name) { return column }
    var hint = nearestName(to: name, among: columnNames).map { "Did you mean '\($0)'?" } ?? ""
    if hint.isEmpty {
      let names = columnNames.prefix(12).map { $0.isEmpty ? "''" : $0 }.joined(separator: ", ")
      hint = "Its columns are \(names)\(columnNames.count > 12 ? ", ..." : "")."
    }
    if columnNames.count == 1, columnNames[0].contains(where: { ";\t|".contains($0) }) {
      hint = "Its first line has no comma; columns are separated by commas."
    }
    throw DataError(setting: setting, "\(path) has no column '\(name)'", hint: hint)
  }
}
