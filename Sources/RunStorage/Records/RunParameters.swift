import Runs
public import Tracking

/// Every resolved value of a run by the path of the file, as a dictionary has them.
///
/// The runs of one reading share their paths and values: a run itself has a number for each.
public struct RunParameters: Sendable, Hashable, RandomAccessCollection {
  let shape: Shape
  /// The place of each path's value among the shared ones, in the order of the paths.
  let numbers: [Int32]

  /// The paths that many runs have, and the values of all of them.
  final class Shape: Sendable {
    let paths: [String]
    let values: SharedValues
    private let places: [String: Int]
    /// Where the fold stands.
    let fold: Int?
    /// Whether a network that was written in place stands at the key itself.
    let hasModelInPlace: Bool

    init(_ paths: [String], _ values: SharedValues) {
      (self.paths, self.values) = (paths, values)
      places = Dictionary(zip(paths, paths.indices)) { _, last in last }
      fold = places[RunConfiguration.foldPath]
      hasModelInPlace = paths.contains { $0.hasPrefix("train.model.") }
    }

    func place(of path: String) -> Int? { places[path] }

    static let none = Shape([], SharedValues())
  }

  static let none = RunParameters(shape: .none, numbers: [])

  /// How many paths there are.
  public var endIndex: Int { numbers.count }
  /// The first place.
  public var startIndex: Int { 0 }

  /// A path and its value.
  public subscript(place: Int) -> (key: String, value: ParameterValue) {
    (shape.paths[place], shape.values[numbers[place]])
  }

  /// What the run has at a path; `nil` for nothing.
  public subscript(path: String) -> ParameterValue? {
    shape.place(of: path).map { shape.values[numbers[$0]] }
  }

  /// Which part of the data judges the run; `nil` where the data has no folds.
  var fold: Int? {
    guard let place = shape.fold, case .integer(let fold) = shape.values[numbers[place]] else {
      return nil
    }
    return fold
  }

  /// Whether the run's network was written in place, so that its settings stand below `train.model`.
  public var hasModelInPlace: Bool { shape.hasModelInPlace }

  /// The paths.
  public var keys: [String] { shape.paths }

  /// The same as a dictionary.
  public var dictionary: [String: ParameterValue] {
    Dictionary(map { ($0.key, $0.value) }) { _, last in last }
  }

  /// The entries in the order of their names' bytes, the one order they are written in.
  public var byName: [(key: String, value: ParameterValue)] {
    sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// Whether both have the same values at the same paths.
  public static func == (a: RunParameters, b: RunParameters) -> Bool {
    if a.shape === b.shape, a.numbers == b.numbers { return true }
    return a.count == b.count && a.allSatisfy { b[$0.key] == $0.value }
  }

  /// Feeds how many there are: the order of the paths is no part of them.
  public func hash(into hasher: inout Hasher) { hasher.combine(numbers.count) }
}

/// The values that the runs of one reading have.
///
/// The reading adds to them before anybody has a run of it, and nobody does afterwards.
final class SharedValues: @unchecked Sendable {
  private var values: [ParameterValue] = []

  func add(_ value: ParameterValue) -> Int32 {
    values.append(value)
    return Int32(values.count - 1)
  }

  subscript(number: Int32) -> ParameterValue { values[Int(number)] }
}

/// The paths in which runs differ, found in one pass.
struct PathDifferences {
  private var first: [String: ParameterValue] = [:]
  private var differing: Set<String> = []
  private var shapes: [ObjectIdentifier: Known] = [:]

  /// What is known of the runs of one shape.
  private struct Known {
    /// Kept, so that no other shape takes its place in memory.
    let shape: RunParameters.Shape
    /// The number of the value that each path has in its first run; -1 where the path differs.
    var numbers: [Int32]
  }

  /// The paths that have at least two different values among the runs that have them.
  var paths: Set<String> { differing }

  mutating func add(_ parameters: RunParameters) {
    let name = ObjectIdentifier(parameters.shape)
    guard let known = shapes[name] else {
      var numbers = parameters.numbers
      for place in numbers.indices where isNew(parameters[place]) { numbers[place] = -1 }
      shapes[name] = Known(shape: parameters.shape, numbers: numbers)
      return
    }
    for place in parameters.numbers.indices {
      let number = known.numbers[place]
      guard number >= 0, parameters.numbers[place] != number else { continue }
      if isNew(parameters[place]) { shapes[name]?.numbers[place] = -1 }
    }
  }

  /// Whether a path has had another value before, now or earlier.
  private mutating func isNew(_ entry: (key: String, value: ParameterValue)) -> Bool {
    if differing.contains(entry.key) { return true }
    guard let known = first[entry.key] else {
      first[entry.key] = entry.value
      return false
    }
    if known == entry.value { return false }
    differing.insert(entry.key)
    return true
  }
}
