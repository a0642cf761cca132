import Foundation
import RunStorage
import Tracking

/// What MLflow takes as ids and names, with its words for what it does not.
enum Names {
  /// The number of an experiment that a text names.
  ///
  /// - Throws: `TrackingError` where no experiment can be called so.
  static func experiment(_ text: String) throws(TrackingError) -> Int64 {
    guard let id = Int64(text) else {
      throw TrackingError(
        .invalid,
        "Invalid experiment ID '\(text)'. Experiment ID must be a valid integer.")
    }
    return id
  }

  /// The run that a text names.
  ///
  /// - Throws: `TrackingError` where no run can be called so.
  static func run(_ text: String) throws(TrackingError) -> RunID {
    if let run = RunID(text) { return run }
    let isID =
      text.unicodeScalars.count <= 256 && text.unicodeScalars.allSatisfy { isWord($0) || $0 == "-" }
      && text.first.map { $0 != "-" && $0 != "_" } ?? false
    guard isID else {
      throw TrackingError(
        .invalid,
        "Invalid value \(RequestFields.written(.text(text))) for parameter 'run_id' supplied.")
    }
    throw TrackingError(.missing, "Run with id=\(text) not found")
  }

  /// Checks the name of a metric, a parameter or a tag.
  ///
  /// - Parameter path: what the message calls it, such as `metrics[0].name`.
  static func check(_ name: String, at path: String) throws(TrackingError) {
    guard name.unicodeScalars.allSatisfy({ isWord($0) || "/.- :".unicodeScalars.contains($0) })
    else {
      throw invalid(
        path, .text(name),
        "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), "
          + "spaces ( ), colon(:) and slashes (/).")
    }
    let plain = normal(name)
    if plain != name || plain == "." || plain.hasPrefix("..") || plain.hasPrefix("/") {
      throw invalid(
        path, .text(name),
        "Names may be treated as files in certain cases, and must not resolve to other names when "
          + "treated as such. This name would resolve to '\(plain)'")
    }
  }

  /// Checks how long a text is.
  static func check(_ what: String, _ text: String, limit: Int) throws(TrackingError) {
    if text.utf8.count > limit, text.unicodeScalars.count > limit {
      throw TrackingError(
        .invalid, "'\(what)' exceeds the maximum length of \(limit) characters")
    }
  }

  /// A text cut to MLflow's limit, as MLflow does.
  static func cut(_ text: String, limit: Int) -> String {
    text.utf8.count <= limit || text.unicodeScalars.count <= limit
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }

  static func invalid(_ path: String, _ value: JSON, _ message: String) -> TrackingError {
    TrackingError(
      .invalid,
      "Invalid value \(RequestFields.written(value)) for parameter '\(path)' supplied: \(message)")
  }

  /// Letters, digits and the underscore, of any language.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// The path that a name is to a file system, as Python's `posixpath.normpath`.
  private static func normal(_ name: String) -> String {
    if name.isEmpty { return "." }
    let slashes = name.prefix { $0 == "/" }.count
    let root = slashes == 0 ? "" : slashes == 2 ? "//" : "/"
    var parts: [Substring] = []
    for part in name.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || root.isEmpty {
        parts.append(part)
      }
    }
    let path = root + parts.joined(separator: "/")
    return path.isEmpty ? "." : path
  }
}
