public import FileLanguage
public import Runs
public import Search

/// One sweep of a file: what varies, what is set for all of it, and how it is gone through.
public struct SweepSpec: Hashable, Sendable {
  /// Its name in the file and the store.
  public let name: String
  /// The place of its name, or of its first key where it has none.
  public let mark: Mark
  /// Set for every run of the sweep.
  public let with: [Substitution]
  /// Each name sets several keys together; empty where there are none.
  public let variants: [Variant]
  /// What `over` varies, in the order of the file.
  public let axes: [Axis]
  /// The seeds of every configuration.
  public let seeds: Seeds
  /// What keeps combinations, `nil` for all.
  public let condition: Condition?
  /// How axes are combined.
  public let strategy: Strategy
  /// When configurations are not trained further; `nil` for never.
  public let stop: Stop?
  /// The sweep whose best configurations this one begins with; `nil` where it begins with the file.
  public let from: From?

  /// Makes a sweep.
  public init(
    name: String, mark: Mark, with: [Substitution] = [], variants: [Variant] = [],
    axes: [Axis] = [], seeds: Seeds = .own, condition: Condition? = nil,
    strategy: Strategy = .grid, stop: Stop? = nil, from: From? = nil
  ) {
    self.name = name
    self.mark = mark
    self.with = with
    self.variants = variants
    self.axes = axes
    self.seeds = seeds
    self.condition = condition
    self.strategy = strategy
    self.stop = stop
    self.from = from
  }

  /// One value written over the file's.
  ///
  /// Behind a reference, so that the combinations of a large sweep share it.
  public struct Substitution: Hashable, Sendable {
    private let content: Content

    private final class Content: Sendable {
      let path: SettingPath
      let value: SpecNode
      let keyMark: Mark
      let written: String

      init(_ path: SettingPath, _ value: SpecNode, keyMark: Mark, written: String) {
        self.path = path
        self.value = value
        self.keyMark = keyMark
        self.written = written
      }
    }

    /// Makes a substitution.
    public init(_ path: SettingPath, _ value: SpecNode, keyMark: Mark, written: String) {
      content = Content(path, value, keyMark: keyMark, written: written)
    }

    /// The path that is set.
    public var path: SettingPath { content.path }
    /// The value where it was written, so that an error points there.
    public var value: SpecNode { content.value }
    /// The place of the key it was written at.
    public var keyMark: Mark { content.keyMark }
    /// The path as it was written.
    public var written: String { content.written }

    /// Whether both write the same value, written at the same place.
    public static func == (a: Substitution, b: Substitution) -> Bool {
      a.content === b.content
        || a.path == b.path && a.keyMark == b.keyMark && a.written == b.written
          && a.value == b.value
    }

    /// Hashes where it was written, and the value.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(keyMark)
      hasher.combine(value)
    }
  }

  /// One value of the axis `variant`.
  public struct Variant: Hashable, Sendable {
    /// A name under `variants`.
    public let name: String
    /// The place of the name.
    public let mark: Mark
    /// What it sets.
    public let substitutions: [Substitution]

    /// Makes a variant.
    public init(name: String, mark: Mark, substitutions: [Substitution]) {
      self.name = name
      self.mark = mark
      self.substitutions = substitutions
    }
  }

  /// One key of `over` with all of its values; counted ranges are lists here, and a range that is
  /// searched has its ends or choices as values.
  public struct Axis: Hashable, Sendable {
    /// The path that varies.
    public let path: SettingPath
    /// The path as it was written.
    public let written: String
    /// The place of the key.
    public let mark: Mark
    /// The values in order.
    public let values: [SpecNode]
    /// What is searched; `nil` where the values are listed.
    public let range: SearchedRange?
    /// The place of what is searched.
    public let rangeMark: Mark?

    /// Makes an axis of listed values.
    public init(path: SettingPath, written: String, mark: Mark, values: [SpecNode]) {
      self.path = path
      self.written = written
      self.mark = mark
      self.values = values
      range = nil
      rangeMark = nil
    }

    /// Makes an axis that is searched.
    ///
    /// - Parameter choices: what a choice chooses from; empty for numbers.
    public init(
      path: SettingPath, written: String, mark: Mark, range: SearchedRange, rangeMark: Mark,
      choices: [SpecNode] = []
    ) {
      self.path = path
      self.written = written
      self.mark = mark
      self.range = range
      self.rangeMark = rangeMark
      values =
        range.kind == .choice
        ? choices : range.probes.map { SpecNode(.number($0), rangeMark) }
    }

    /// What a file would write for a value that was proposed: a number, or the choice of its place.
    package func node(_ value: Double) -> SpecNode {
      guard let range, let rangeMark else { return values[0] }
      switch range.kind {
      case .choice: return values[Int(value)]
      case .intUniform, .uniform, .logUniform: return SpecNode(.number(value), rangeMark)
      }
    }

    /// One value as a substitution.
    func substitution(_ value: SpecNode) -> Substitution {
      Substitution(path, value, keyMark: mark, written: written)
    }

    /// Its values as substitutions.
    public var substitutions: [Substitution] {
      values.map { Substitution(path, $0, keyMark: mark, written: written) }
    }
  }

  /// The seeds of every configuration.
  public enum Seeds: Hashable, Sendable {
    /// One run with `train.seed`.
    case own
    /// `train.seed`, and the numbers after it.
    case count(Int)
    case list([Int])

    /// The seeds of a configuration whose `train.seed` is `first`.
    public func values(from first: Int) -> [Int] {
      switch self {
      case .own: [first]
      case .count(let count): (0..<count).map { first &+ $0 }
      case .list(let seeds): seeds
      }
    }

    /// How many runs a configuration has.
    public var count: Int {
      switch self {
      case .own: 1
      case .count(let count): count
      case .list(let seeds): seeds.count
      }
    }
  }

  /// The text of `where` with its place.
  public struct Condition: Hashable, Sendable {
    /// The expression as it was written.
    public let text: String
    /// The place of the text.
    public let mark: Mark

    /// Makes a condition.
    public init(text: String, mark: Mark) {
      self.text = text
      self.mark = mark
    }
  }
}

extension SweepSpec {
  /// The names that the sweep writes over `train.model`.
  var modelsAsked: [String?] {
    (with + variants.flatMap(\.substitutions) + axes.flatMap(\.substitutions))
      .filter { $0.path == .absolute(["train", "model"]) }.map(\.value.text)
  }
}
