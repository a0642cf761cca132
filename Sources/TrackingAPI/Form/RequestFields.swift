import Foundation
import Web

/// The fields of a request, checked in MLflow's way and with its words.
struct RequestFields {
  private var fields: [JSONField]
  /// Whether all fields had the types that the endpoint knows; then MLflow asks no further about types.
  private(set) var isTyped = true

  /// What a field is to be.
  enum Kind {
    case text, whole, number, flag, list, texts
    /// A word of a few, or its number.
    case word
  }

  /// One field that an endpoint knows.
  struct Known {
    let name: String
    let kind: Kind
    let isRequired: Bool

    static func required(_ name: String, _ kind: Kind = .text) -> Known {
      Known(name: name, kind: kind, isRequired: true)
    }

    static func optional(_ name: String, _ kind: Kind = .text) -> Known {
      Known(name: name, kind: kind, isRequired: false)
    }
  }

  /// Reads the fields of a request's body, or of its address where it is a GET.
  ///
  /// - Throws: `TrackingError` where the body is no JSON object, a field that is required is missing, or
  ///   one has another type.
  init(_ head: WebHead, _ body: Data, _ known: [Known]) throws(TrackingError) {
    fields =
      head.method == "GET" && body.isEmpty
      ? Self.fields(of: head.query, known) : try Self.fields(of: body)
    isTyped = known.allSatisfy { known in
      value(known.name).map { Self.fits($0, known.kind) } ?? true
    }
    for field in known { try check(field) }
  }

  private static func fields(of body: Data) throws(TrackingError) -> [JSONField] {
    if body.isEmpty { return [] }
    switch JSONReader.read(body) {
    case .object(let fields)?: return fields
    case .text(let text)?:
      // Older clients send their JSON as a text of JSON.
      if case .object(let fields)? = JSONReader.read(Data(text.utf8)) { return fields }
    case .null?: return []
    default: break
    }
    throw TrackingError(.badRequest, "The body of the request is not a JSON object.")
  }

  private static func fields(of query: WebQuery, _ known: [Known]) -> [JSONField] {
    known.compactMap { field in
      let values = query.all(field.name)
      guard let last = values.last else { return nil }
      let isList =
        switch field.kind {
        case .list, .texts: true
        default: false
        }
      if isList { return JSONField(name: field.name, value: .list(values.map { .text($0) })) }
      if case .flag = field.kind, let flag = Bool(last.lowercased()) {
        return JSONField(name: field.name, value: .flag(flag))
      }
      return JSONField(name: field.name, value: .text(last))
    }
  }

  /// What stands in a field; `nil` for null too.
  ///
  /// A run may be called by its old name.
  func value(_ name: String) -> JSON? {
    let found = fields.last { $0.name == name }?.value
    if found == nil || found == .null, name == "run_id" {
      return fields.last { $0.name == "run_uuid" }.flatMap { $0.value == .null ? nil : $0.value }
    }
    return found == .null ? nil : found
  }

  private func check(_ field: Known) throws(TrackingError) {
    guard let value = value(field.name), value != .text("") || !field.isRequired else {
      if field.isRequired {
        throw Self.refused("Missing value for required parameter '\(field.name)'.")
      }
      return
    }
    if isTyped || Self.passes(value, field.kind) { return }
    throw Self.invalid(field.name, value)
  }

  static func invalid(_ name: String, _ value: JSON) -> TrackingError {
    refused(
      "Invalid value \(Self.written(value)) for parameter '\(name)' supplied:  Hint: Value was of "
        + "type '\(value.typeName)'.")
  }

  private static func refused(_ message: String) -> TrackingError {
    TrackingError(
      .invalid, message + " See the API docs for more information about request parameters.")
  }

  /// A value as a message shows it.
  static func written(_ value: JSON) -> String {
    var writer = JSONWriter()
    writer.value(value, sorted: true)
    return String(decoding: writer.data.prefix(1000), as: UTF8.self)
  }

  /// Whether protocol buffers take a value for a field of the kind.
  private static func fits(_ value: JSON, _ kind: Kind) -> Bool {
    switch (kind, value) {
    case (.text, .text), (.word, .text), (.word, .whole), (.flag, .flag), (.whole, .whole),
      (.number, .whole), (.number, .number):
      true
    case (.whole, .number(let number)): number == number.rounded() && abs(number) < 9e18
    case (.whole, .text(let text)): Int64(text) != nil
    case (.number, .text(let text)): Self.number(text) != nil
    case (.list, .list): true
    case (.texts, .list(let values)):
      values.allSatisfy { if case .text = $0 { true } else { false } }
    default: false
    }
  }

  /// Whether MLflow's own look at a value is content with it.
  private static func passes(_ value: JSON, _ kind: Kind) -> Bool {
    switch (kind, value) {
    case (.whole, .number(let number)): number.isFinite
    case (.whole, .flag), (.number, .flag): true
    default: fits(value, kind)
    }
  }

  /// A number that is written as a text.
  static func number(_ text: String) -> Double? {
    switch text {
    case "NaN", "nan": .nan
    case "Infinity", "inf": .infinity
    case "-Infinity", "-inf": -.infinity
    default:
      text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(text) : nil
    }
  }
}

extension RequestFields {
  /// A text; empty where there is none.
  func text(_ name: String) throws(TrackingError) -> String {
    switch value(name) {
    case nil: return ""
    case .text(let text)?: return text
    case let other?: throw Self.invalid(name, other)
    }
  }

  /// A word, or the number that stands for it; empty where there is none.
  func word(_ name: String) throws(TrackingError) -> String {
    if case .whole(let number)? = value(name) { String(number) } else { try text(name) }
  }

  /// A text; `nil` where there is none.
  func optionalText(_ name: String) throws(TrackingError) -> String? {
    value(name) == nil ? nil : try text(name)
  }

  /// A whole number; `nil` where there is none.
  func whole(_ name: String) throws(TrackingError) -> Int64? {
    guard let value = value(name) else { return nil }
    guard let whole = Self.whole(value) else { throw Self.invalid(name, value) }
    return whole
  }

  /// A number; `nil` where there is none.
  func number(_ name: String) throws(TrackingError) -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = Self.number(value) else { throw Self.invalid(name, value) }
    return number
  }

  /// A list; empty where there is none.
  func list(_ name: String) throws(TrackingError) -> [JSON] {
    switch value(name) {
    case nil: return []
    case .list(let values)?: return values
    case let other?: throw Self.invalid(name, other)
    }
  }

  /// A list of texts; empty where there is none.
  func texts(_ name: String) throws(TrackingError) -> [String] {
    var texts: [String] = []
    for value in try list(name) {
      guard case .text(let text) = value else { throw Self.invalid(name, .list(try list(name))) }
      texts.append(text)
    }
    return texts
  }

  /// The whole number that a value is, also one in a text; `nil` for another.
  static func whole(_ value: JSON) -> Int64? {
    switch value {
    case .whole(let whole): whole
    case .number(let number): Int64(exactly: number)
    case .text(let text): Int64(text)
    default: nil
    }
  }

  /// The number that a value is, also one in a text; `nil` for another.
  static func number(_ value: JSON) -> Double? {
    switch value {
    case .whole(let whole): Double(whole)
    case .number(let number): number
    case .text(let text): number(text)
    default: nil
    }
  }
}
