import RunStorage

/// The filter of a search over experiments.
struct ExperimentFilter {
  static let attributes = ["name", "experiment_id", "creation_time", "last_update_time"]

  private enum Condition {
    case number(String, FilterClause.Comparator, Double)
    case attribute(String, RunSearch.TextComparison)
    case tag(String, RunSearch.TextComparison)
    case hasTag(String, Bool)
  }

  private var conditions: [Condition] = []

  /// Reads a filter; an empty one holds of all.
  ///
  /// - Throws: `TrackingError` where the text is none.
  init(_ text: String) throws(TrackingError) {
    for clause in try FilterClause.all(in: text) {
      conditions.append(try Self.condition(clause))
    }
  }

  /// Whether all of it holds of an experiment.
  func holds(_ experiment: TrackedExperiment) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .number(let key, let comparator, let value):
        Self.holds(experiment.number(key), comparator, value)
      case .attribute(let key, let comparison):
        comparison.holds(key == "name" ? experiment.name : String(experiment.id))
      case .tag(let key, let comparison):
        experiment.tags.contains { $0.key == key && comparison.holds($0.value) }
      case .hasTag(let key, let isThere):
        experiment.tags.contains { $0.key == key } == isThere
      }
    }
  }

  private static func condition(_ clause: FilterClause) throws(TrackingError) -> Condition {
    let name = try FilterName(clause.identifier, attributes: attributes)
    guard name.kind == .attribute || name.kind == .tag else {
      throw TrackingError(
        .invalid,
        "Invalid entity type '\(name.kind.rawValue)'. Valid entity types are ('attribute', "
          + "'tag', 'tags')")
    }
    if clause.comparator == .isNull || clause.comparator == .isNotNull {
      guard name.kind == .tag else {
        throw TrackingError(
          .invalid,
          "IS NULL / IS NOT NULL is only supported for tags, not for attribute "
            + "'\(name.key)'")
      }
      return .hasTag(name.key, clause.comparator == .isNotNull)
    }
    if name.kind == .attribute, name.key.hasSuffix("_time") {
      guard case .number(let value, _) = clause.operand,
        RunSearch.NumberComparison(rawValue: clause.comparator.rawValue) != nil
      else {
        throw TrackingError(
          .invalid,
          "Expected numeric value type for numeric attribute: \(name.key). Found "
            + clause.operand.written)
      }
      return .number(name.key, clause.comparator, value)
    }
    let comparison = try TextOperand.comparison(clause, name, listKey: "experiment_id")
    return name.kind == .tag ? .tag(name.key, comparison) : .attribute(name.key, comparison)
  }

  private static func holds(
    _ number: Int64, _ comparator: FilterClause.Comparator, _ value: Double
  ) -> Bool {
    let number = Double(number)
    return switch comparator {
    case .less: number < value
    case .lessOrEqual: number <= value
    case .greater: number > value
    case .greaterOrEqual: number >= value
    case .equal: number == value
    default: number != value
    }
  }
}

/// The order of experiments in a search.
struct ExperimentOrder {
  private var terms: [(key: String, isDescending: Bool)] = []

  /// Reads the entries of an order; without any the latest come first.
  ///
  /// - Throws: `TrackingError` where one is none.
  init(_ texts: [String]) throws(TrackingError) {
    for text in texts {
      let (name, isDescending) = try FilterName.order(
        text, attributes: ExperimentFilter.attributes)
      guard name.kind == .attribute else {
        throw TrackingError(.invalid, "Invalid order_by entity: \(name.kind.rawValue)")
      }
      terms.append((name.key, isDescending))
    }
    if texts.isEmpty { terms = [("creation_time", true)] }
    if !terms.contains(where: { $0.key == "experiment_id" }) {
      terms.append(("experiment_id", true))
    }
  }

  /// Whether one experiment comes before another.
  func isBefore(_ a: TrackedExperiment, _ b: TrackedExperiment) -> Bool {
    for term in terms {
      if term.key == "name" {
        if a.name == b.name { continue }
        let isLess = a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
        return isLess != term.isDescending
      }
      let (left, right) = (a.number(term.key), b.number(term.key))
      if left != right { return (left < right) != term.isDescending }
    }
    return false
  }
}

extension TrackedExperiment {
  /// What it has under the name of an attribute that is a number.
  fileprivate func number(_ key: String) -> Int64 {
    switch key {
    case "creation_time": created
    case "last_update_time": updated
    default: id
    }
  }
}
