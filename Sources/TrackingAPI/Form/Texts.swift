import RunStorage

/// Keys with texts as requests have them: parameters and tags.
enum Texts {
  private static let keyLimit = 250

  /// A parameter, its text cut to MLflow's 6,000 letters.
  static func parameter(_ key: String, _ value: String, at path: String) throws(TrackingError)
    -> LoggedText
  {
    try Names.check(key, at: path)
    try Names.check("Param key", key, limit: keyLimit)
    return LoggedText(key, Names.cut(value, limit: 6_000))
  }

  /// A tag of a run, its text cut to MLflow's 8,000 letters.
  static func tag(
    _ key: String, _ value: String, at path: String, named: String = "key"
  ) throws(TrackingError) -> LoggedText {
    try Names.check(key, at: path)
    try Names.check(named, key, limit: keyLimit)
    return LoggedText(key, Names.cut(value, limit: 8_000))
  }

  /// A tag of an experiment.
  static func experimentTag(_ key: String, _ value: String) throws(TrackingError) -> LoggedText {
    try Names.check(key, at: "name")
    try Names.check("key", key, limit: keyLimit)
    try Names.check("value", value, limit: 20_000)
    return LoggedText(key, value)
  }

  /// A tag of an experiment, of a request's list.
  static func experimentTag(_ value: JSON, at path: String) throws(TrackingError) -> LoggedText {
    let (key, text) = try pair(value, at: path)
    return try experimentTag(key, text)
  }

  /// The key and value of an object; a value that is not there is empty.
  static func pair(
    _ value: JSON, at path: String
  ) throws(TrackingError) -> (key: String, value: String) {
    guard case .object = value else { throw RequestFields.invalid(path, value) }
    guard let key = value["key"], key != .null, key != .text("") else {
      throw TrackingError(
        .invalid,
        "Missing value for required parameter '\(path).key'. See the API docs for more "
          + "information about request parameters.")
    }
    guard case .text(let name) = key else { throw RequestFields.invalid("\(path).key", key) }
    switch value["value"] {
    case nil, .null?: return (name, "")
    case .text(let text)?: return (name, text)
    case let other?: throw RequestFields.invalid("\(path).value", other)
    }
  }
}
