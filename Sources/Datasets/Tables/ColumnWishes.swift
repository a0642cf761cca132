import Tracking

/// What a file asks of a table's columns.
struct ColumnWishes {
  /// For every column of numbers; `nil` where the file names columns, or says nothing.
  private(set) var fillForAll: FillRule?
  private(set) var fill: [String: FillRule] = [:]
  /// The words of each category; `nil` for all that training rows have.
  private(set) var categories: [String: [String]?] = [:]
  private(set) var ordinal: [String: [String]] = [:]
  private(set) var dates: [String: [DatePart]] = [:]
  private(set) var leastCount = 1
  private(set) var hasIndicators = false
  private(set) var drop: [String] = []
  private(set) var id: String?

  init(_ settings: Chosen) {
    switch settings.values["fill"] {
    case .mapping(let rules): fill = rules.compactMapValues(FillRule.init)
    case let rule?: fillForAll = FillRule(rule)
    case nil: break
    }
    categories = Self.mapping(settings, "categories").mapValues { value in
      if case .list(let words) = value { return words.map(\.display) }
      return nil
    }
    ordinal = Self.mapping(settings, "ordinal").mapValues(Self.words)
    dates = Self.mapping(settings, "dates").mapValues {
      Self.words($0).compactMap(DatePart.init(rawValue:))
    }
    if case .integer(let count) = settings.values["min_count"] { leastCount = count }
    hasIndicators = settings.values["indicator"] == .flag(true)
    drop = settings.values["drop"].map(Self.words) ?? []
    if case .text(let name) = settings.values["id"] { id = name }
  }

  private static func mapping(_ settings: Chosen, _ key: String) -> [String: ParameterValue] {
    if case .mapping(let values) = settings.values[key] { return values }
    return [:]
  }

  private static func words(_ value: ParameterValue) -> [String] {
    switch value {
    case .list(let values): values.map(\.display)
    case .text(let word): [word]
    default: []
    }
  }

  /// Columns whose cells are words, whatever they look like.
  var asWords: [String] { Array(categories.keys) + ordinal.keys + dates.keys }

  /// The rule for a column of numbers; `nil` where a missing one is an error.
  func rule(_ name: String) -> FillRule? { fill[name] ?? fillForAll }

  /// Every name that is asked for, with the key that has it.
  var names: [(name: String, setting: String)] {
    drop.enumerated().map { ($1, drop.count == 1 ? "drop" : "drop.\($0)") }
      + (id.map { [($0, "id")] } ?? [])
      + [
        ("fill", Array(fill.keys)), ("categories", Array(categories.keys)),
        ("ordinal", Array(ordinal.keys)), ("dates", Array(dates.keys)),
      ].flatMap { key, names in names.sorted().map { ($0, "\(key).\($0)") } }
  }

  /// The keys of a source that prepares columns.
  static let settings: [Setting] = [
    Setting(
      "drop", .orOff(.either([.list(.text, count: 1...100_000), .text])), default: .off,
      "columns to leave out"),
    Setting(
      "id", .orOff(.text), default: .off, "a column to leave out that predict carries through"),
    Setting(
      "fill", .orOff(.either([rule, .mapping(rule)])), default: .off,
      "what stands for a missing number, for all columns or one by one"),
    Setting(
      "indicator", .flag, default: .flag(false),
      "a column of 0 and 1 beside each that misses values in the training part"),
    Setting(
      "categories",
      .orOff(.mapping(.either([.list(.text, count: 1...10_000), .word(["all"])]))), default: .off,
      "columns that are categories, each with its list of words or all"),
    Setting(
      "min_count", .orOff(.integer(1...Int(Int32.max))), default: .off,
      "training rows that a category needs to have a column of its own, by default 1"),
    Setting(
      "ordinal", .orOff(.mapping(.list(.text, count: 1...10_000))), default: .off,
      "columns whose words have an order: a number each, from 0"),
    Setting(
      "dates",
      .orOff(.mapping(.list(.word(DatePart.allCases.map(\.rawValue)), count: 1...5))),
      default: .off, "columns of dates with the parts that become numbers"),
  ]

  private static let rule = Setting.Kind.either([.word(FillRule.words), .number(.any)])
}
