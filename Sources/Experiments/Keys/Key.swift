public import Tracking

/// A key of the experiment file: what it may hold, what it is by itself, a line for people.
///
/// The checks, `labbook keys` and `labbook schema` all read these values.
public struct Key: Sendable {
  /// The key as a file writes it.
  public let name: String
  /// What it may hold.
  public let shape: Shape
  /// What holds where the file says nothing, as text; empty where the key must be written, or where
  /// nothing is meant.
  public let standard: String
  /// Whether it must be written.
  public let isRequired: Bool
  /// One line for people.
  public let summary: String

  /// Makes the description of a key.
  public init(
    _ name: String, _ shape: Shape, default standard: String = "", isRequired: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.shape = shape
    self.standard = standard
    self.isRequired = isRequired
    self.summary = summary
  }

  /// Makes the description of a key from a room's setting.
  public init(_ setting: Setting) {
    self.init(
      setting.name, .value(setting.kind), default: setting.standard?.display ?? "",
      isRequired: setting.standard == nil, setting.summary)
  }

  /// What a key may hold.
  public indirect enum Shape: Sendable {
    case value(Setting.Kind)
    /// A mapping of these keys.
    case section([Key])
    /// One of several alternatives with settings of its own.
    case choice(ChoiceSet)
    /// A list of layers, or `mlp`.
    case network
    /// A mapping from names, or paths, to values of one shape.
    case map(Shape, of: String)
    case list(Shape)
    /// The first of these that reads the value.
    case either([Shape])
    /// What the inner shape may hold, or `none`.
    case orOff(Shape)
    /// The values of an axis: a list, `all`, or a range.
    case axis
    /// A value of whatever the key at that path may hold.
    case anything
    /// The cells of a notebook.
    case cells
  }
}

/// A kind of cell: the key that begins it, and all of its keys.
public struct CellKind: Sendable {
  /// The key that begins the cell; of a figure within the cell of a plot, what it shows.
  public let name: String
  /// All of the cell's keys; of a cell with kinds, the key that begins it.
  public let keys: [Key]
  /// What the key that begins the cell may name, each with its keys beside it; empty where it names
  /// nothing.
  public let kinds: [CellKind]
  /// One line for people.
  public let summary: String

  init(_ name: String, keys: [Key], _ summary: String) {
    self.name = name
    self.keys = keys
    self.summary = summary
    kinds = []
  }

  /// A cell whose first key names one of several kinds.
  init(_ name: String, kinds: [CellKind], _ question: String, _ summary: String) {
    self.name = name
    self.kinds = kinds
    self.summary = summary
    keys = [Key(name, .value(.word(kinds.map(\.name))), isRequired: true, question)]
  }
}

/// Alternatives for one key: optimizers, schedules, data sources.
public struct ChoiceSet: Sendable {
  /// What one of them is called: `optimizer`, `data source`.
  public let noun: String
  /// The key that holds the name in a mapping.
  public let nameKey: String
  /// The alternatives with the settings of each.
  public let choices: [Choice]
  /// Keys beside the alternatives' own.
  public let common: [Key]

  init(
    _ noun: String, nameKey: String = "name", _ choices: [Choice], common: [Key] = []
  ) {
    self.noun = noun
    self.nameKey = nameKey
    self.choices = choices
    self.common = common
  }

  /// The alternative of a name.
  public func choice(_ name: String) -> Choice? { choices.first { $0.name == name } }
}
