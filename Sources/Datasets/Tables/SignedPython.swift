import NeuralNet

/// What a Python program needs to read columns whose numbers carry a sign.
struct SignedPython {
  let columns: [(name: String, numbers: SignedNumbers)]

  /// - Parameter names: the columns that are read as numbers.
  init(_ table: TextTable?, _ names: [String]) {
    let found = table?.signedColumns(names.compactMap { table?.column(named: $0) }) ?? [:]
    columns = found.sorted { $0.key < $1.key }.compactMap { column, numbers in
      table.map { ($0.columnNames[column], numbers) }
    }
  }

  /// The function `plain(name, cell)` that leaves out the marks of numbers; nothing where no column has
  /// marks of its own.
  func definitions(_ form: TableForm) -> [String] {
    if columns.isEmpty { return [] }
    func written(_ marks: [String]) -> String {
      "(" + marks.map(PythonText.quoted).joined(separator: ", ") + ")"
    }
    let own = columns.map { "\(PythonText.quoted($0.name)): \(written($0.numbers.marks))" }
    let others = written([
      "", form.thousands.map { String(UnicodeScalar($0)) } ?? "",
      String(UnicodeScalar(form.decimal)),
    ])
    return [
      """
      SIGNED = {\(own.joined(separator: ", "))}


      def plain(name, cell):
          sign, thousands, decimal = SIGNED.get(name, \(others))
          return cell.replace(sign, "").strip().replace(thousands, "").replace(decimal, ".")
      """
    ]
  }
}
