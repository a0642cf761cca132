/// A key that a layer, loss, optimizer, schedule, initialiser, data source or section of the file
/// takes: its name, what it may hold, its default and one line for people.
///
/// The checks of a file, `labbook keys` and `labbook schema` all read these values, so that the
/// three cannot disagree.
public struct Setting: Hashable, Sendable {
  /// The name as written in a file.
  public let name: String
  /// What the key may hold.
  public let kind: Kind
  /// The value where the file says nothing; `nil` where the file must say it.
  public let standard: ParameterValue?
  /// One line for people.
  public let summary: String

  /// Makes the description of one key.
  ///
  /// - Parameters:
  ///   - name: the key as written in a file.
  ///   - kind: what it may hold.
  ///   - standard: the default; `nil` makes the key required.
  ///   - summary: one line for `labbook keys`.
  public init(
    _ name: String, _ kind: Kind, default standard: ParameterValue?, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.summary = summary
  }

  /// What a key may hold.
  public indirect enum Kind: Hashable, Sendable {
    /// A real number within bounds; not-a-number and the infinities never fit.
    case number(NumberRange)
    /// A whole number within bounds.
    case integer(ClosedRange<Int>)
    case flag
    case text
    /// The path of a file, relative to the file that says it.
    case path
    /// One of a few words.
    case word([String])
    /// A list of values of one kind, with bounds on how many.
    case list(Kind, count: ClosedRange<Int>)
    /// The first of these that reads the value.
    case either([Kind])
    /// A list of layers.
    case layers
    /// What the inner kind may hold, or `none`.
    case orOff(Kind)
  }
}

/// Bounds of a real number, each of them inside or outside the range.
public struct NumberRange: Hashable, Sendable {
  /// The lower bound; minus infinity for none.
  public let lower: Double
  /// The upper bound; infinity for none.
  public let upper: Double
  /// Whether the lower bound itself fits.
  public let includesLower: Bool
  /// Whether the upper bound itself fits.
  public let includesUpper: Bool

  /// Makes a range of finite doubles; an infinite bound means none on that side.
  public init(
    _ lower: Double, _ upper: Double, includesLower: Bool = true, includesUpper: Bool = true
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  /// Every finite number.
  public static let any = NumberRange(-.infinity, .infinity)
  /// Above 0.
  public static let positive = NumberRange(0, .infinity, includesLower: false)
  /// At least 0.
  public static let notNegative = NumberRange(0, .infinity)
  /// From 0 to 1.
  public static let share = NumberRange(0, 1)
  /// From 0 to 1, without 1.
  public static let shareBelowOne = NumberRange(0, 1, includesUpper: false)

  /// Whether `value` is finite and within the bounds.
  public func contains(_ value: Double) -> Bool {
    value.isFinite
      && (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }

  /// The bounds in words, for an error or the reference: `above 0`, `from 0 to 1`.
  public var description: String {
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): "any"
    case (true, false): includesLower ? "at least \(text(lower))" : "above \(text(lower))"
    case (false, true): includesUpper ? "at most \(text(upper))" : "below \(text(upper))"
    case (true, true):
      (includesLower ? "from \(text(lower))" : "above \(text(lower))")
        + (includesUpper ? " to \(text(upper))" : " and below \(text(upper))")
    }
  }

  private func text(_ value: Double) -> String { ParameterValue.number(value).json }
}

/// One of several alternatives a file can name, with the settings only it has: an optimizer, a
/// layer, a data source.
public struct Choice: Hashable, Sendable {
  /// The name as written in a file.
  public let name: String
  /// The setting that `name: value` gives in a list of layers (`linear: 100` sets `outputs`).
  public let main: String?
  /// The keys only this alternative has.
  public let settings: [Setting]
  /// What other tools call it, in small letters without signs, so that it is found by these names.
  public let otherNames: [String]
  /// One line for people.
  public let summary: String

  /// Makes the description of one alternative.
  public init(
    _ name: String, main: String? = nil, settings: [Setting] = [], otherNames: [String] = [],
    _ summary: String
  ) {
    self.name = name
    self.main = main
    self.settings = settings
    self.otherNames = otherNames
    self.summary = summary
  }

  /// The choice with every setting at its default; one that has none is off.
  ///
  /// - Parameter value: of the main setting, where it is not the default.
  public func standard(main value: ParameterValue? = nil) -> Chosen {
    Chosen(
      name,
      Dictionary(
        uniqueKeysWithValues: settings.map { setting in
          let own = setting.name == main ? value : nil
          return (setting.name, own ?? setting.standard ?? .off)
        }))
  }
}

/// A choice as it was made: its name and a value for every one of its settings.
public struct Chosen: Hashable, Sendable {
  /// The name as written in a file.
  public let name: String
  /// A value for every setting of the choice.
  public let values: [String: ParameterValue]

  /// Makes a choice of a name and resolved values.
  public init(_ name: String, _ values: [String: ParameterValue] = [:]) {
    self.name = name
    self.values = values
  }

  /// The real number at `key`, which the checks have put there.
  public func number(_ key: String) -> Double {
    guard let number = values[key]?.asNumber else { missing(key) }
    return number
  }

  /// The whole number at `key`, which the checks have put there.
  public func integer(_ key: String) -> Int {
    guard case .integer(let value) = values[key] else { missing(key) }
    return value
  }

  /// The truth value at `key`, which the checks have put there.
  public func flag(_ key: String) -> Bool {
    guard case .flag(let value) = values[key] else { missing(key) }
    return value
  }

  /// The text at `key`, which the checks have put there.
  public func text(_ key: String) -> String {
    guard case .text(let value) = values[key] else { missing(key) }
    return value
  }

  /// The list at `key`, which the checks have put there; `nil` where it is off or absent.
  public func list(_ key: String) -> [ParameterValue]? {
    guard case .list(let value) = values[key] else { return nil }
    return value
  }

  private func missing(_ key: String) -> Never {
    preconditionFailure("\(name) has no checked value for \(key): \(values)")
  }
}
