/// A search over runs as MLflow has it, read and checked.
public struct RunSearch: Sendable {
  /// The experiments whose runs are searched, by their numbers.
  public var experiments: [Int64]
  /// Whether runs that were deleted are found; `nil` for both kinds.
  public var deleted: Bool? = false
  /// What holds of every run that is found.
  public var conditions: [Condition] = []
  /// In which order they come; then the latest first, then by their ids.
  public var order: [Order] = []
  /// At most so many.
  public var limit = 1000
  /// So many are left out at the beginning.
  public var offset = 0

  /// Asks for all runs of some experiments.
  public init(experiments: [Int64]) { self.experiments = experiments }

  /// What a condition or an order looks at.
  public enum Field: Hashable, Sendable {
    /// The latest value of a metric.
    case metric(String)
    /// A parameter, a text.
    case parameter(String)
    /// A tag, a text.
    case tag(String)
    /// When it began or ended, Unix time in milliseconds.
    case started, ended
    /// Its id, name, user, artifacts' place, and where it stands in MLflow's words: texts.
    case id, name, user, artifacts, status
    /// Something of the data sets that it took, of which one must be so: a text.
    case dataset(DatasetPart)
  }

  /// What is looked at of a data set that a run took.
  public enum DatasetPart: String, Hashable, Sendable {
    case name, digest
    /// What it was to the run, such as `train`.
    case context
  }

  /// What holds of a run.
  public enum Condition: Sendable {
    /// A number compares so to another.
    case number(Field, NumberComparison, Double)
    /// A text is so.
    case text(Field, TextComparison)
    /// A parameter or tag is there, or is not.
    case present(Field, Bool)
  }

  /// How numbers compare.
  public enum NumberComparison: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case equal = "="
    case notEqual = "!="
    case greaterOrEqual = ">="
    case greater = ">"
  }

  /// What a text is compared to.
  public enum TextComparison: Hashable, Sendable {
    case equal(String)
    case notEqual(String)
    /// A pattern in which `%` is any text and `_` any letter.
    case like(String)
    /// The same without regard to capitals.
    case likeAnyCase(String)
    case among([String])
    case notAmong([String])
  }

  /// By what runs are ordered; those without a value come last.
  public struct Order: Hashable, Sendable {
    /// What is looked at.
    public let field: Field
    /// Whether the greatest comes first.
    public let isDescending: Bool

    /// Makes an order.
    public init(_ field: Field, descending: Bool) {
      self.field = field
      isDescending = descending
    }
  }
}
