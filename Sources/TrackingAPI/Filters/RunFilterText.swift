import RunStorage

/// The filter and the order of a search over runs, read from MLflow's texts.
enum RunFilterText {
  private static let attributes = [
    "artifact_uri", "end_time", "run_id", "run_name", "start_time", "status", "user_id", "created",
    "Created", "run name", "Run name", "Run Name",
  ]

  /// What must hold of a run.
  ///
  /// - Throws: `TrackingError` where the text is no filter.
  static func conditions(_ text: String) throws(TrackingError) -> [RunSearch.Condition] {
    var conditions: [RunSearch.Condition] = []
    for clause in try FilterClause.all(in: text) { conditions.append(try condition(clause)) }
    return conditions
  }

  /// By what runs are ordered.
  ///
  /// - Throws: `TrackingError` where the text is no order.
  static func order(_ text: String) throws(TrackingError) -> RunSearch.Order {
    let (name, isDescending) = try FilterName.order(text, attributes: attributes)
    if name.kind == .dataset {
      throw TrackingError(.invalid, "Runs are not ordered by their data sets: '\(text)'")
    }
    return RunSearch.Order(try field(name), descending: isDescending)
  }

  private static func field(_ name: FilterName) throws(TrackingError) -> RunSearch.Field {
    switch name.kind {
    case .metric: return .metric(name.key)
    case .parameter: return .parameter(name.key)
    case .tag: return .tag(name.key)
    case .dataset:
      guard let part = RunSearch.DatasetPart(rawValue: name.key) else {
        throw TrackingError(
          .invalid,
          "Invalid dataset attribute key '\(name.key)' specified. Valid keys are name, digest, context"
        )
      }
      return .dataset(part)
    case .attribute:
      switch name.key {
      case "start_time", "created", "Created": return .started
      case "end_time": return .ended
      case "run_id": return .id
      case "user_id": return .user
      case "status": return .status
      case "artifact_uri": return .artifacts
      default: return .name
      }
    }
  }

  private static func condition(
    _ clause: FilterClause
  ) throws(TrackingError) -> RunSearch.Condition {
    let name = try FilterName(clause.identifier, attributes: attributes)
    let field = try field(name)
    switch clause.comparator {
    case .isNull, .isNotNull:
      guard name.kind == .tag || name.kind == .parameter else {
        throw TrackingError(
          .invalid,
          "IS NULL / IS NOT NULL is only supported for tags and params, not for "
            + "'\(name.kind.rawValue)' '\(name.key)'")
      }
      return .present(field, clause.comparator == .isNotNull)
    default: break
    }
    switch field {
    case .metric, .started, .ended: return try number(clause, name, field)
    default: return .text(field, try TextOperand.comparison(clause, name, listKey: "run_id"))
    }
  }

  private static func number(
    _ clause: FilterClause, _ name: FilterName, _ field: RunSearch.Field
  ) throws(TrackingError) -> RunSearch.Condition {
    guard case .number(let value, _) = clause.operand else {
      let what =
        name.kind == .metric ? "metric" : "numeric attribute: \(name.key)"
      throw TrackingError(
        .invalid, "Expected numeric value type for \(what). Found \(clause.operand.written)")
    }
    guard let comparison = RunSearch.NumberComparison(rawValue: clause.comparator.rawValue) else {
      throw TrackingError(
        .invalid,
        "Invalid comparator '\(clause.comparator.rawValue)' not one of '{'>', '>=', '!=', "
          + "'=', '<', '<='}")
    }
    return .number(field, comparison, value)
  }
}
