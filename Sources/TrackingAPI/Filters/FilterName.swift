/// What a filter or an order names: `metrics.loss`, `params."my key"`, `status`.
struct FilterName: Hashable {
  enum Kind: String {
    case metric, parameter, tag, attribute, dataset
  }

  let kind: Kind
  let key: String

  /// Reads a name.
  ///
  /// - Parameter attributes: the attributes that there are.
  /// - Throws: `TrackingError` where it names none of what there is.
  init(_ written: String, attributes: [String]) throws(TrackingError) {
    let parts = written.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isQuoted = written.first.map { "`'\"".contains($0) } ?? false
    let word = parts.count > 1 && !isQuoted ? Self.trimmed(String(parts[0])) : "attribute"
    let rest = parts.count > 1 && !isQuoted ? String(parts[1]) : written
    switch word {
    case "metric", "metrics": kind = .metric
    case "parameter", "parameters", "param", "params": kind = .parameter
    case "tag", "tags": kind = .tag
    case "attribute", "attributes", "attr", "run": kind = .attribute
    case "dataset", "datasets": kind = .dataset
    default:
      throw TrackingError(
        .invalid,
        "Invalid entity type '\(word)'. Valid values are ['metric', 'parameter', 'tag', "
          + "'attribute', 'dataset']")
    }
    key = Self.trimmed(rest)
    if kind == .attribute, !attributes.contains(key) {
      throw TrackingError(
        .invalid, "Invalid attribute key '\(key)' specified. Valid keys are '\(attributes)'")
    }
  }

  /// Without the quotes or backticks around it.
  private static func trimmed(_ text: String) -> String {
    FilterToken(kind: .text, written: text).content
  }

  /// Reads one entry of an order: a name, then `ASC` or `DESC`.
  ///
  /// - Throws: `TrackingError` where it is none.
  static func order(
    _ text: String, attributes: [String]
  ) throws(TrackingError) -> (name: FilterName, isDescending: Bool) {
    let tokens: [FilterToken]
    do throws(TrackingError) { tokens = try FilterToken.all(in: text) } catch {
      throw TrackingError(.invalid, "Invalid order_by clause '\(text)'. Could not be parsed.")
    }
    guard let first = tokens.first, first.kind == .name || first.kind == .text, tokens.count <= 2
    else {
      throw TrackingError(.invalid, "Invalid order_by clause '\(text)'. Could not be parsed.")
    }
    let name = try FilterName(first.written, attributes: attributes)
    guard tokens.count == 2 else { return (name, false) }
    switch tokens[1].written.uppercased() {
    case "ASC": return (name, false)
    case "DESC": return (name, true)
    default:
      throw TrackingError(.invalid, "Invalid ordering key in order_by clause '\(text)'.")
    }
  }
}
