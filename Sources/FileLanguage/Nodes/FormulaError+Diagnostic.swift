extension FormulaError {
  /// The error as one of the file that holds the expression.
  ///
  /// It points into the text where that stands in one line as it was parsed, with or without quotes
  /// around it; into a text that YAML folds or escapes it cannot, so it points at the whole.
  ///
  /// - Parameters:
  ///   - text: the expression that was parsed.
  ///   - mark: the place of the scalar in the file.
  public func diagnostic(in text: String, at mark: Mark) -> Diagnostic {
    let rest = Array(mark.source.line(mark.line).dropFirst(max(0, mark.column - 1)))
    let letters = Array(text)
    var place = mark
    if rest.starts(with: letters) {
      place = mark.within(offset: column - 1, width: width)
    } else if rest.first == "\"" || rest.first == "'", rest.dropFirst().starts(with: letters) {
      place = mark.within(offset: column, width: width)
    }
    return Diagnostic(place, message, notes: hint.isEmpty ? [] : [hint])
  }
}
