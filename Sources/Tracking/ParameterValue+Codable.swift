extension ParameterValue: Codable {
  /// Reads what JSON says; a whole number is an integer, whichever it was written from.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .off
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else {
      self = .list(try container.decode([ParameterValue].self))
    }
  }

  /// Writes the value as JSON has it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .off: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    }
  }
}

extension Chosen: Codable {
  /// Reads `{"name": ..., SETTING: ...}`.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.singleValueContainer().decode([String: ParameterValue].self)
    guard case .text(let name)? = values.removeValue(forKey: "name") else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no name"))
    }
    self.init(name, values)
  }

  /// Writes the name beside the settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values.merging(["name": .text(name)]) { $1 })
  }
}

extension Chosen {
  /// The choice with every value of the kind that its settings want, and a default where a setting is
  /// newer than what was written.
  ///
  /// - Throws: `LabbookError` where there is no such choice, it lacks a value that has no default, or
  ///   has one that no file may have: what was stored may be anything.
  public func typed(by choices: [Choice], of what: String) throws(LabbookError) -> Chosen {
    guard let choice = choices.first(where: { $0.name == name }) else {
      throw .failure(
        "there is no \(what) '\(name)'", hint: "it was stored by a newer labbook; use that one")
    }
    var typed: [String: ParameterValue] = [:]
    for setting in choice.settings where setting.kind != .layers {
      guard let value = values[setting.name] ?? setting.standard else {
        throw .failure("the \(what) '\(name)' has no '\(setting.name)'")
      }
      let wanted = setting.kind.typed(value)
      guard setting.kind.holds(wanted) else {
        throw .failure(
          "'\(setting.name)' of the \(what) '\(name)' cannot be \(value.display.prefix(60))")
      }
      typed[setting.name] = wanted
    }
    return Chosen(name, typed)
  }
}

extension Setting.Kind {
  /// A value that JSON or the store may have made a whole number, as this kind holds it.
  fileprivate func typed(_ value: ParameterValue) -> ParameterValue {
    switch (self, value) {
    case (.number, .integer(let whole)): .number(Double(whole))
    case (.list(let inner, _), .list(let values)): .list(values.map(inner.typed))
    case (.orOff(let inner), _): value == .off ? .off : inner.typed(value)
    case (.either(let kinds), _):
      kinds.first { $0.holds(value) }.map { $0.typed(value) } ?? kinds[0].typed(value)
    default: value
    }
  }

  /// Whether a value can be one of this kind as it stands.
  fileprivate func holds(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.number(let range), .integer), (.number(let range), .number):
      value.asNumber.map(range.contains) ?? false
    case (.integer(let range), .integer(let whole)): range.contains(whole)
    case (.flag, .flag), (.text, .text), (.path, .text), (.layers, _): true
    case (.word(let words), .text(let word)): words.contains(word)
    case (.list(let inner, let count), .list(let values)):
      count.contains(values.count) && values.allSatisfy(inner.holds)
    case (.orOff(let inner), _): value == .off || inner.holds(value)
    case (.either(let kinds), _): kinds.contains { $0.holds(value) }
    default: false
    }
  }
}
