import Foundation
import Runs
import Tracking

/// All places where one run of a program tells its metrics, over all its attempts.
struct ProgramMetrics {
  private var sources: [any MetricSource] = []
  private(set) var book = MetricBook()
  private let origin: MetricOrigin
  private let folder: ProgramFolder

  /// Makes the metrics of a run, with what earlier attempts have told.
  ///
  /// - Throws: why a file of theirs cannot be read, or what is wrong with a pattern.
  init(_ origin: MetricOrigin, _ folder: ProgramFolder) throws {
    self.origin = origin
    self.folder = folder
    for attempt in 1..<folder.attempt {
      sources = try lines(of: attempt)
      try finish()
    }
    sources = try lines(of: folder.attempt) + shared()
  }

  /// The lines of one attempt: its output, and what it appended to `$LABBOOK_METRICS`.
  private func lines(of attempt: Int) throws -> [any MetricSource] {
    let own = LineSource(path: folder.places.metrics(attempt))
    switch origin {
    case .stdout: return [LineSource(path: folder.places.log(attempt)), own]
    case .pattern(let pattern):
      return [LineSource(path: folder.places.log(attempt), try PatternLines(pattern)), own]
    case .mlflow: return [LineSource(path: folder.places.logged(attempt), LoggedLines()), own]
    case .file, .csv, .eventFiles: return [own]
    }
  }

  /// Files that the program writes itself, which go on from attempt to attempt.
  private func shared() -> [any MetricSource] {
    switch origin {
    case .stdout, .pattern, .mlflow: []
    case .file(let path): [LineSource(path: place(path))]
    case .csv(let path): [TableSource(path: place(path))]
    case .eventFiles(let path): [EventFolder(path: place(path))]
    }
  }

  private func place(_ path: String) -> String {
    let filled = path.replacing("{run_dir}", with: folder.files)
    return filled.hasPrefix("/") ? filled : folder.files + "/" + filled
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Reads what was written since the last call.
  ///
  /// - Returns: whether more is there already.
  mutating func read() throws -> Bool {
    var hasMore = false
    for index in sources.indices {
      if try sources[index].read(into: &book, now: Self.now, limit: 1 << 22) { hasMore = true }
    }
    return hasMore
  }

  /// Reads all that is left, once the program has ended.
  mutating func finish() throws {
    for index in sources.indices { try sources[index].finish(into: &book, now: Self.now) }
  }

  /// The points that came since the last call.
  mutating func takePoints() -> [MetricPoint] { book.takeBatch().points }

  /// What is to be said since the last call.
  mutating func takeNotes() -> [String] { book.notes.take() }

  /// Of points of one metric and step the last.
  static func latest(_ points: [MetricPoint]) -> [MetricPoint] {
    struct Place: Hashable {
      let metric: Metric
      let step: Int
    }
    var seen: Set<Place> = []
    return points.reversed().filter {
      seen.insert(Place(metric: $0.metric, step: $0.step)).inserted
    }.reversed()
  }
}
