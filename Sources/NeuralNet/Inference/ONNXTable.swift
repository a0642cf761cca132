/// What is done to the cells of a table before its numbers are scaled, and how answers are told, as
/// operators of ONNX.
///
/// Every column is an input of its own, (rows, 1): numbers in double precision, where not-a-number is
/// a missing one, or texts, where the words for a missing value are those of the run. Parts of a date
/// are inputs of numbers, as no operator reads a date.
public struct ONNXTable: Hashable, Sendable {
  /// The columns in the order in which the network gets them.
  public let columns: [Column]
  /// From what the network puts out to numbers in their own units; `nil` where classes are told.
  public let target: Target?

  /// Makes a table of its columns.
  public init(columns: [Column], target: Target?) {
    self.columns = columns
    self.target = target
  }

  /// One column and the numbers that it becomes.
  public struct Column: Hashable, Sendable {
    /// Its name in the table.
    public let name: String
    /// What its cells are.
    public let cells: Cells
    /// What stands for a missing value, one for each number; empty where nothing does.
    public let fill: [Double]
    /// Whether a number of its own says where the value was missing.
    public let hasIndicator: Bool

    /// Makes a column.
    public init(_ name: String, _ cells: Cells, fill: [Double] = [], hasIndicator: Bool = false) {
      self.name = name
      self.cells = cells
      self.fill = fill
      self.hasIndicator = hasIndicator
    }
  }

  /// What the cells of a column are.
  public enum Cells: Hashable, Sendable {
    case numbers
    /// A number for each word; another word is a missing value. The second list are the words for a
    /// missing value.
    case words([Word], missing: [String])
    /// The place of each word among `count` columns of 0 and 1; another word is all zeros.
    case places([Word], count: Int, missing: [String])
    /// Numbers under names, each an input of its own.
    case parts([String])
  }

  /// A word with the number or place that it stands for.
  public struct Word: Hashable, Sendable {
    let text: String
    let number: Int

    /// Makes a word.
    public init(_ text: String, _ number: Int) {
      self.text = text
      self.number = number
    }
  }

  /// value = exp(output) or output factor + addend, one entry a target.
  public struct Target: Hashable, Sendable {
    let isLogarithm: Bool
    let factors: [Double]
    let addends: [Double]

    /// Makes a way back; no factors are the outputs as they are.
    public init(isLogarithm: Bool = false, factors: [Double] = [], addends: [Double] = []) {
      precondition(factors.count == addends.count)
      self.isLogarithm = isLogarithm
      self.factors = factors
      self.addends = addends
    }
  }
}

extension ONNXWriter {
  private static func to(_ element: ONNXGraph.Element) -> [(String, ONNXGraph.Attribute)] {
    [("to", .integer(element.rawValue))]
  }

  /// The inputs of a table and their way to what the first layer gets.
  mutating func input(_ table: ONNXTable, _ map: ONNXModel.InputMap) {
    var parts: [String] = []
    for (place, column) in table.columns.enumerated() {
      parts += numbers(of: column, "column.\(place)")
    }
    let all = parts.count == 1 ? parts[0] : graph.add("Concat", parts, [("axis", .integer(1))])
    begin(all, map)
  }

  /// The values of a column in double precision, each (rows, some).
  private mutating func numbers(of column: ONNXTable.Column, _ name: String) -> [String] {
    let (values, missing): ([String], String)
    switch column.cells {
    case .numbers:
      graph.input(column.name, [1], .double)
      (values, missing) = ([column.name], graph.add("IsNaN", [column.name]))
    case .parts(let names):
      for part in names { graph.input(part, [1], .double) }
      (values, missing) = (names, graph.add("IsNaN", [names.first ?? ""]))
    case .words(let words, let missingWords):
      graph.input(column.name, [1], .string)
      let numbers = encoded(
        column.name, words.filter { !missingWords.contains($0.text) }, otherwise: .nan)
      values = [graph.add("Cast", [numbers], Self.to(.double))]
      missing = isMissing(column, missingWords)
    case .places(let words, let count, let missingWords):
      graph.input(column.name, [1], .string)
      let filled = column.fill.first.map { Int($0) } ?? -1
      let known = words.filter { !missingWords.contains($0.text) }
      let place = encoded(
        column.name, known + missingWords.map { ONNXTable.Word($0, filled) }, otherwise: -1)
      let places = graph.constant(name + ".places", [1, count], (0..<count).map { Float($0) })
      values = [graph.add("Cast", [graph.add("Equal", [place, places])], Self.to(.double))]
      missing = isMissing(column, missingWords)
    }
    var result = values
    if case .places = column.cells {
    } else if !column.fill.isEmpty {
      for (index, value) in values.enumerated() {
        let fill = graph.constant(name + ".fill.\(index)", [1], doubles: [column.fill[index]])
        result[index] = graph.add("Where", [graph.add("IsNaN", [value]), fill, value])
      }
    }
    return column.hasIndicator ? result + [graph.add("Cast", [missing], Self.to(.double))] : result
  }

  private mutating func isMissing(_ column: ONNXTable.Column, _ words: [String]) -> String {
    guard column.hasIndicator else { return "" }
    return graph.add(
      "Cast", [encoded(column.name, words.map { ONNXTable.Word($0, 1) }, otherwise: 0)],
      Self.to(.double))
  }

  /// The numbers of words, (rows, 1).
  private mutating func encoded(
    _ input: String, _ words: [ONNXTable.Word], otherwise: Double
  ) -> String {
    graph.add(
      "LabelEncoder", [input],
      [
        ("keys_strings", .strings(words.map(\.text))),
        ("values_floats", .floats(words.map { Double($0.number) })),
        ("default_float", .float(otherwise)),
      ], isOfTables: true)
  }

  /// What the network says in words: the class of each row, or its values in their own units.
  mutating func answers(_ table: ONNXTable, _ reading: OutputReading, _ classes: [String]?) {
    let width = network.output.count
    if let target = table.target {
      var values = graph.add("Cast", [last], Self.to(.double))
      if target.isLogarithm { values = graph.add("Exp", [values]) }
      if !target.factors.isEmpty {
        let factors = graph.constant("target.factor", [width], doubles: target.factors)
        let addends = graph.constant("target.addend", [width], doubles: target.addends)
        values = graph.add("Add", [graph.add("Mul", [values, factors]), addends])
      }
      graph.add("Identity", [values], output: "values")
      graph.output("values", [width], .double)
    } else if let classes {
      let place: String
      if let threshold = reading.kind.threshold {
        let bound = graph.constant("threshold", [1], [Float(threshold)])
        place = graph.add("Cast", [graph.add("Greater", [last, bound])], Self.to(.int64))
      } else {
        place = graph.add("ArgMax", [last], [("axis", .integer(1)), ("keepdims", .integer(0))])
      }
      let rows = graph.constant("rows", integers: [-1])
      let flat = graph.add("Reshape", [place, rows])
      graph.add(
        "LabelEncoder", [flat],
        [
          ("keys_int64s", .integers(Array(classes.indices))),
          ("values_strings", .strings(classes)), ("default_string", .string("")),
        ], output: "class", isOfTables: true)
      graph.output("class", [], .string)
    }
  }
}
