/// What is to be said of a program's reports, each thing once.
public struct MetricNotes: Sendable {
  /// What a note is about; of a kind and a subject only the first is kept.
  enum Kind: Hashable {
    case notNumber, reserved, name, tooManyNames, longLine, pattern, table, file, record
  }

  private struct Subject: Hashable {
    let kind: Kind
    let subject: String
  }

  private var told: Set<Subject> = []
  private var waiting: [String] = []

  /// Makes notes of nothing.
  public init() {}

  /// As many are kept; a program that gives rise to more has been told enough.
  public static let most = 100

  /// The notes that came since the last call.
  public mutating func take() -> [String] {
    defer { waiting = [] }
    return waiting
  }

  /// Keeps a note where it is the first of its kind and subject.
  mutating func say(_ kind: Kind, _ subject: String, _ text: () -> String) {
    if told.count > Self.most || !told.insert(Subject(kind: kind, subject: subject)).inserted {
      return
    }
    waiting.append(told.count > Self.most ? "more of this kind is not said" : text())
  }

  /// Says that what stands under a name is no number.
  mutating func sayNotNumber(_ name: String, _ found: () -> String) {
    say(.notNumber, name) { "'\(name.prefix(100))' is no number and was ignored: \(found())" }
  }
}
