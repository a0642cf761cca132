import GRDB

extension Statement {
  /// Calls `body` with each row of the result.
  func forEach(arguments: StatementArguments, _ body: (Row) throws -> Void) throws {
    let rows = try Row.fetchCursor(self, arguments: arguments)
    while let row = try rows.next() { try body(row) }
  }
}
