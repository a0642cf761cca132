import GRDB
import Tracking

/// What the records of one reading share: each path, value, list of metrics and repeated text is kept once.
struct SharedWords {
  private let keys: [Int64: String]
  private let metrics: [Int64: Metric]
  private var stored: StoredValues
  private let values = SharedValues()
  private var numbers: [Int64: Int32] = [:]
  private var shapes = Shapes<RunParameters.Shape>()
  private var lists = Shapes<RunMetrics.Shape>()
  private var texts: Set<String> = []

  /// - Parameters:
  ///   - keys: the paths of parameters by their numbers.
  ///   - metrics: the metrics by theirs.
  init(_ db: Database, keys: [Int64: String], metrics: [Int64: Metric]) {
    (self.keys, self.metrics) = (keys, metrics)
    stored = StoredValues(db)
  }

  /// Things that runs share, by the numbers of what they are made of; most runs have those of the run
  /// before.
  private struct Shapes<Shape> {
    private var known: [[Int64]: Shape] = [:]
    private var last: (numbers: [Int64], shape: Shape)?
    /// The numbers of the run that is read.
    var reading: [Int64] = []

    mutating func shape(_ make: ([Int64]) -> Shape) -> Shape {
      if let last, last.numbers == reading { return last.shape }
      let shape = known[reading] ?? make(reading)
      known[reading] = shape
      last = (reading, shape)
      return shape
    }
  }

  /// A text that other runs have too.
  mutating func text(_ text: String) -> String { texts.insert(text).memberAfterInsert }

  /// The parameters that a statement reads: the number of the key, that of the value.
  mutating func parameters(_ rows: RowReader) throws -> RunParameters {
    shapes.reading.removeAll(keepingCapacity: true)
    var own: [Int32] = []
    while try rows.next() {
      let key = rows.integer(0)
      guard keys[key] != nil else { continue }
      shapes.reading.append(key)
      own.append(try number(of: rows.integer(1)))
    }
    let shape = shapes.shape { [keys, values] numbers in
      RunParameters.Shape(numbers.compactMap { keys[$0] }, values)
    }
    return RunParameters(shape: shape, numbers: own)
  }

  private mutating func number(of value: Int64) throws -> Int32 {
    if let known = numbers[value] { return known }
    let number = values.add(try stored.value(value))
    numbers[value] = number
    return number
  }

  /// The metrics that a statement reads: number, last value, last step, best value.
  mutating func metrics(_ rows: RowReader, isBad: Bool) throws -> RunMetrics {
    lists.reading.removeAll(keepingCapacity: true)
    var series: [RunMetrics.Series] = []
    while try rows.next() {
      let metric = rows.integer(0)
      guard metrics[metric] != nil else { continue }
      lists.reading.append(metric)
      series.append(
        RunMetrics.Series(
          last: rows.optionalNumber(1) ?? .nan, lastStep: Int(rows.integer(2)),
          best: rows.optionalNumber(3) ?? .nan))
    }
    let shape = lists.shape { [metrics] numbers in
      RunMetrics.Shape(numbers.compactMap { metrics[$0] })
    }
    return RunMetrics(shape, series, isBad: isBad)
  }
}
