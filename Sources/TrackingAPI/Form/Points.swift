import RunStorage

/// Metric points as requests have them.
enum Points {
  /// The point of a request that logs one.
  static func point(_ fields: RequestFields) throws(TrackingError) -> LoggedPoint {
    let key = try fields.text("key")
    try Names.check(key, at: "name")
    let value = try fields.number("value") ?? .nan
    let time = try fields.whole("timestamp") ?? 0
    return try checked(
      LoggedPoint(key, value, time: time, step: try fields.whole("step") ?? 0), at: "timestamp")
  }

  /// The point of a batch at a place of its list.
  static func point(_ value: JSON, _ place: Int) throws(TrackingError) -> LoggedPoint {
    guard case .object(let fields) = value else {
      throw RequestFields.invalid("metrics[\(place)]", value)
    }
    // One look at each field: a batch has a thousand of them.
    var (key, number, time, step): (JSON, JSON, JSON, JSON) = (.null, .null, .null, .null)
    for field in fields {
      switch field.name {
      case "key": key = field.value
      case "value": number = field.value
      case "timestamp": time = field.value
      case "step": step = field.value
      default: break
      }
    }
    guard key != .null, key != .text("") else { throw missing("key", place) }
    guard case .text(let name) = key else { throw invalid("key", key, place) }
    guard number != .null, number != .text("") else { throw missing("value", place) }
    guard let measured = RequestFields.number(number) else { throw invalid("value", number, place) }
    guard time != .null, time != .text("") else { throw missing("timestamp", place) }
    guard let at = RequestFields.whole(time) else { throw invalid("timestamp", time, place) }
    if step == .null { step = .whole(0) }
    guard let taken = RequestFields.whole(step) else { throw invalid("step", step, place) }
    try Names.check(name, at: "metrics[\(place)].name")
    return try checked(
      LoggedPoint(name, measured, time: at, step: taken), at: "metrics[\(place)].timestamp")
  }

  private static func checked(
    _ point: LoggedPoint, at path: String
  ) throws(TrackingError) -> LoggedPoint {
    try Names.check("Metric name", point.key, limit: 250)
    if point.time < 0 {
      throw Names.invalid(
        path, .whole(point.time),
        "metric '\(point.key)' (value=\(point.value)). Timestamp must be a nonnegative long (64-bit "
          + "integer) ")
    }
    return point
  }

  private static func missing(_ name: String, _ place: Int) -> TrackingError {
    TrackingError(
      .invalid,
      "Missing value for required parameter 'metrics[\(place)].\(name)'. See the API docs for more "
        + "information about request parameters.")
  }

  private static func invalid(_ name: String, _ value: JSON, _ place: Int) -> TrackingError {
    RequestFields.invalid("metrics[\(place)].\(name)", value)
  }
}
