import RunStorage

/// The comparison of a text that a clause asks for.
enum TextOperand {
  /// - Parameter listKey: the attribute that may be compared to a list.
  /// - Throws: `TrackingError` where the comparator or what is compared to is none for texts.
  static func comparison(
    _ clause: FilterClause, _ name: FilterName, listKey: String
  ) throws(TrackingError) -> RunSearch.TextComparison {
    switch (clause.comparator, clause.operand) {
    case (.equal, .text(let text)): return .equal(text)
    case (.notEqual, .text(let text)): return .notEqual(text)
    case (.like, .text(let text)): return .like(try checked(pattern: text))
    case (.likeAnyCase, .text(let text)): return .likeAnyCase(try checked(pattern: text))
    case (.among, .texts(let texts)), (.notAmong, .texts(let texts)):
      guard name.kind == .attribute || name.kind == .dataset else { throw refused(clause) }
      guard name.key == listKey || name.kind == .dataset else {
        throw TrackingError(
          .invalid,
          "Only ['\(listKey)'] attributes support comparison with a list of quoted string "
            + "values.")
      }
      return clause.comparator == .among ? .among(texts) : .notAmong(texts)
    case (.equal, _), (.notEqual, _), (.like, _), (.likeAnyCase, _), (.among, _), (.notAmong, _):
      let what = name.kind == .attribute ? "attributes" : "\(name.kind.rawValue) (e.g. 'my-value')"
      throw TrackingError(
        .invalid, "Expected a quoted string value for \(what). Got value \(clause.operand.written)")
    default: throw refused(clause)
    }
  }

  /// SQLite compares to no pattern that is longer.
  private static func checked(pattern: String) throws(TrackingError) -> String {
    if pattern.utf8.count <= 10_000 { return pattern }
    throw TrackingError(.invalid, "A pattern of LIKE has at most 10000 bytes.")
  }

  private static func refused(_ clause: FilterClause) -> TrackingError {
    TrackingError(
      .invalid,
      "Invalid comparator '\(clause.comparator.rawValue)' not one of '{'!=', '=', 'LIKE', "
        + "'ILIKE'}'")
  }
}

extension RunSearch.TextComparison {
  /// Whether a text is so.
  func holds(_ text: String) -> Bool {
    switch self {
    case .equal(let other): text == other
    case .notEqual(let other): text != other
    case .like(let pattern): Self.fits(Array(text), Array(pattern))
    case .likeAnyCase(let pattern):
      Self.fits(Array(text.lowercased()), Array(pattern.lowercased()))
    case .among(let texts): texts.contains(text)
    case .notAmong(let texts): !texts.contains(text)
    }
  }

  /// Whether a text fits a pattern in which `%` is any text and `_` any letter.
  private static func fits(_ text: [Character], _ pattern: [Character]) -> Bool {
    var (place, at) = (0, 0)
    // Where the last `%` stands, and how far the text was taken for it.
    var (star, taken): (Int?, Int) = (nil, 0)
    while place < text.count {
      if at < pattern.count, pattern[at] == "%" {
        (star, taken) = (at, place)
        at += 1
      } else if at < pattern.count, pattern[at] == "_" || pattern[at] == text[place] {
        at += 1
        place += 1
      } else if let last = star {
        taken += 1
        (place, at) = (taken, last + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "%" }
  }
}
