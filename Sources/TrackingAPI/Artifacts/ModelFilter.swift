import Foundation
import RunStorage
import Tracking

/// A value of a model by which models are compared.
enum ModelValue: Hashable, Comparable {
  case number(Double)
  case text(String)

  static func < (a: ModelValue, b: ModelValue) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x < y
    case (.text(let x), .text(let y)): x < y
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

/// A field of models as searches name it: `name`, `metrics.loss`, `params.lr`, `tags.stage`.
enum ModelField: Hashable {
  case attribute(String)
  case metric(String)
  case parameter(String)
  case tag(String)

  private static let attributes: Set = [
    "name", "model_id", "model_type", "status", "source_run_id", "creation_timestamp",
    "creation_time", "last_updated_timestamp", "experiment_id",
  ]

  init(_ text: String) throws {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    let name = parts.count == 2 ? Self.unquoted(parts[1]) : ""
    switch (parts.first ?? "", parts.count) {
    case ("metrics", 2), ("metric", 2): self = .metric(name)
    case ("params", 2), ("param", 2): self = .parameter(name)
    case ("tags", 2), ("tag", 2): self = .tag(name)
    case ("attributes", 2), ("attribute", 2): self = try Self.attribute(of: name)
    default: self = try Self.attribute(of: Self.unquoted(text))
    }
  }

  private static func attribute(of name: String) throws -> ModelField {
    guard attributes.contains(name) else {
      throw TrackingError(
        .invalid,
        "Models are searched by metrics.NAME, params.NAME, tags.NAME and "
          + attributes.sorted().joined(separator: ", ") + ", not by '\(name.prefix(100))'")
    }
    return .attribute(name)
  }

  private static func unquoted(_ text: String) -> String {
    let isQuoted =
      text.count >= 2 && (text.hasPrefix("\"") || text.hasPrefix("`"))
      && text.first == text.last
    return isQuoted ? String(text.dropFirst().dropLast()) : text
  }

  /// What a model has of it, on data sets where some are named.
  func values(
    of found: ModelSearch.Found, on datasets: [ModelSearch.Dataset]
  ) -> [ModelValue] {
    let model = found.model
    switch self {
    case .metric(let name):
      return found.metrics.filter { metric in
        metric.name == name && (datasets.isEmpty || datasets.contains { $0.fits(metric) })
      }.map { .number($0.value) }
    case .parameter(let name): return model.parameters[name].map { [.text($0)] } ?? []
    case .tag(let name): return model.tags[name].map { [.text($0)] } ?? []
    case .attribute("name"): return [.text(model.name)]
    case .attribute("model_id"): return [.text(model.id)]
    case .attribute("model_type"): return [.text(model.kind)]
    case .attribute("status"): return [.text(model.status.message)]
    case .attribute("experiment_id"): return [.text(String(model.experiment))]
    case .attribute("source_run_id"): return model.source.map { [.text($0.description)] } ?? []
    case .attribute("last_updated_timestamp"): return [.number(Double(model.updatedAt))]
    case .attribute: return [.number(Double(model.createdAt))]
    }
  }
}

/// Conditions on models, joined by AND.
struct ModelFilter {
  private struct Condition {
    let field: ModelField
    let comparator: String
    let value: ModelValue
    let list: [String]
  }

  private var conditions: [Condition] = []

  /// Whether one of the conditions is on a metric.
  var asksForMetrics: Bool {
    conditions.contains { if case .metric = $0.field { true } else { false } }
  }

  /// Takes `metrics.loss < 0.5 AND params.lr = '0.1'`.
  ///
  /// - Throws: `TrackingError` where it is none.
  init(_ text: String) throws {
    guard !text.allSatisfy(\.isWhitespace) else { return }
    let pattern =
      #/^\s*([A-Za-z_]+(?:\.(?:"[^"]*"|`[^`]*`|[^\s=!<>]+))?)\s*(!=|<=|>=|=|<|>|\bILIKE\b|\bLIKE\b|\bNOT\s+IN\b|\bIN\b)\s*(\([^)]*\)|'[^']*'|"[^"]*"|[-+0-9.eE]+)\s*(?:AND\b|$)/#
      .ignoresCase()
    var rest = text[...]
    while !rest.allSatisfy(\.isWhitespace) {
      guard let match = rest.firstMatch(of: pattern) else {
        throw TrackingError(
          .invalid,
          "Invalid filter '\(text.prefix(200))': expected conditions such as "
            + "\"metrics.loss < 0.5 AND params.lr = '0.1'\"")
      }
      conditions.append(try Self.condition(match.1, match.2, match.3))
      rest = rest[match.range.upperBound...]
    }
  }

  private static func condition(
    _ field: Substring, _ comparator: Substring, _ value: Substring
  ) throws -> Condition {
    let word = comparator.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let field = try ModelField(String(field))
    if word.hasSuffix("IN") {
      let items = value.dropFirst().dropLast().split(separator: ",").map(unquoted)
      return Condition(field: field, comparator: word, value: .text(""), list: items)
    }
    let isText = value.hasPrefix("'") || value.hasPrefix("\"")
    if !isText, Double(value) == nil {
      throw TrackingError(.invalid, "'\(value.prefix(100))' in the filter is no number")
    }
    return Condition(
      field: field, comparator: word,
      value: isText ? .text(unquoted(value)) : .number(Double(value) ?? 0), list: [])
  }

  private static func unquoted(_ text: Substring) -> String {
    let plain = text.trimmingCharacters(in: .whitespaces)
    let isQuoted = plain.count >= 2 && (plain.hasPrefix("'") || plain.hasPrefix("\""))
    return isQuoted ? String(plain.dropFirst().dropLast()) : plain
  }

  func holds(_ found: ModelSearch.Found, on datasets: [ModelSearch.Dataset]) -> Bool {
    conditions.allSatisfy { condition in
      condition.field.values(of: found, on: datasets).contains { Self.holds($0, condition) }
    }
  }

  private static func holds(_ value: ModelValue, _ condition: Condition) -> Bool {
    switch condition.comparator {
    case "=": return value == condition.value
    case "!=": return value != condition.value
    case "<": return value < condition.value
    case "<=": return value <= condition.value
    case ">": return value > condition.value
    case ">=": return value >= condition.value
    default: break
    }
    guard case .text(let text) = value else { return false }
    switch condition.comparator {
    case "IN": return condition.list.contains(text)
    case "NOT IN": return !condition.list.contains(text)
    default:
      guard case .text(let pattern) = condition.value else { return false }
      let isBlind = condition.comparator == "ILIKE"
      return like(
        Array(isBlind ? text.lowercased() : text), Array(isBlind ? pattern.lowercased() : pattern))
    }
  }

  /// SQL's LIKE: `%` is any text, `_` one letter; in time of text times pattern.
  private static func like(_ text: [Character], _ pattern: [Character]) -> Bool {
    var (i, j, star, mark) = (0, 0, -1, 0)
    while i < text.count {
      if j < pattern.count, pattern[j] != "%", pattern[j] == "_" || pattern[j] == text[i] {
        (i, j) = (i + 1, j + 1)
      } else if j < pattern.count, pattern[j] == "%" {
        (star, mark, j) = (j, i, j + 1)
      } else if star >= 0 {
        (mark, j) = (mark + 1, star + 1)
        i = mark
      } else {
        return false
      }
    }
    return pattern[j...].allSatisfy { $0 == "%" }
  }
}
