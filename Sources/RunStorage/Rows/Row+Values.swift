import GRDB

extension Row {
  /// The value of a column.
  ///
  /// A store may hold anything, whatever its tables declare; the subscript of a row would end the
  /// program.
  /// - Throws: where the store has something else there.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws -> Value {
    try decode(Value.self, atIndex: column)
  }
}
