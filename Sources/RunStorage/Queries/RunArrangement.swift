public import Tracking

/// The rows of a table of runs in their order, without what stands in them: 8 to 20 bytes a row, so that
/// any window of a long table is read by itself.
///
/// It is how the store stood when it was made: windows of one arrangement join without gap or repeat
/// while runs are trained.
public struct RunArrangement: Sendable {
  /// The numbers of the runs; those of a row stand together.
  let rows: [Int64]
  /// Where the rows of the table begin and what they are; `nil` where each is one run.
  private let spans: [Span]?
  /// What the runs under each heading share.
  private let headings: [ParameterValue]

  /// A row of the table.
  struct Span {
    /// Its first run's place among `rows`.
    let start: Int32
    /// How many runs it has.
    let count: Int32
    /// The place of its heading; -1 of a run, -2 of a configuration.
    let kind: Int32

    static let run: Int32 = -1
    static let configuration: Int32 = -2
  }

  init(_ rows: [Int64], spans: [Span]? = nil, headings: [ParameterValue] = []) {
    (self.rows, self.spans, self.headings) = (rows, spans, headings)
  }

  /// What a row of the table is.
  public enum Kind: Hashable, Sendable {
    /// One run.
    case run
    /// The runs of one configuration.
    case configuration
    /// What follows shares this value; off where it lacks it.
    case heading(ParameterValue)
  }

  /// How many rows the table has, headings among them.
  public var count: Int { spans?.count ?? rows.count }
  /// How many runs.
  public var runs: Int { rows.count }

  /// What a row is, and how many runs it has.
  public func entry(_ place: Int) -> (kind: Kind, runs: Int) {
    guard let spans else { return (.run, 1) }
    let span = spans[place]
    switch span.kind {
    case Span.run: return (.run, 1)
    case Span.configuration: return (.configuration, Int(span.count))
    default: return (.heading(headings[Int(span.kind)]), Int(span.count))
    }
  }

  /// The numbers of a row's runs.
  func members(_ place: Int) -> ArraySlice<Int64> {
    guard let spans else { return rows[place..<(place + 1)] }
    let span = spans[place]
    return rows[Int(span.start)..<Int(span.start + span.count)]
  }
}
