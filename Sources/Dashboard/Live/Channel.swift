import Foundation
import Tracking
import Web

/// A feed with its readers: each message is made once and kept for a while, for those who are slow.
///
/// It belongs to one thread, the hub's.
final class Channel {
  private let feed: any Feed
  /// Tells this channel's messages from those of an earlier one of the same view.
  private let mark: String
  /// How many messages there were.
  private var position = 0
  /// The latest messages; the last one is number `position`.
  private var kept: [Data] = []
  private var keptBytes = 0
  /// `whole` as it was at a position.
  private var whole: (position: Int, text: Data)?
  private var lastProblem: String?

  /// Who waits for the next message.
  var waiting: [Int: Waiting] = [:]
  /// Everybody who follows, those who are slow among them.
  var readers: Set<Int> = []
  /// When somebody followed last.
  var lastFollowed = ContinuousClock.now
  /// How many messages were made, for whoever counts.
  private(set) var made = 0

  private static let mostKept = 256
  private static let mostKeptBytes = 4 << 20

  init(_ feed: any Feed) {
    self.feed = feed
    mark = String(UInt64.random(in: .min ... .max), radix: 36)
  }

  var looksBesideTheStore: Bool { feed.looksBesideTheStore }

  /// Asks the feed for news and gives them to all who wait.
  func look() {
    do {
      for event in try feed.news() { append(event) }
      lastProblem = nil
    } catch {
      let problem = Problem.described(error).description
      if problem != lastProblem {
        append(FeedEvent(name: "problem", body: .object([("error", .text(problem))])))
      }
      lastProblem = problem
    }
  }

  private func append(_ event: FeedEvent) {
    position += 1
    made += 1
    let text = WebEvents.event(event.name, event.body.compact, id: "\(mark)-\(position)")
    kept.append(text)
    keptBytes += text.count
    while kept.count > 1, kept.count > Self.mostKept || keptBytes > Self.mostKeptBytes {
      keptBytes -= kept.removeFirst().count
    }
    answer(text) { [position, mark] in $0.place = .at(position, mark) }
  }

  /// What a reader has not been told; `nil` where that is nothing.
  func untold(_ reader: Reader) throws -> Data? {
    if case .at(let place, mark) = reader.place, place <= position,
      position - place <= kept.count
    {
      reader.place = .at(position, mark)
      if place == position { return nil }
      return Data(kept.suffix(position - place).joined())
    }
    reader.place = .at(position, mark)
    return try told()
  }

  /// Everything that was told so far, made once for all who ask at the same place.
  private func told() throws -> Data {
    if let whole, whole.position == position { return whole.text }
    let event = try feed.whole()
    made += 1
    let text = WebEvents.event(event.name, event.body.compact, id: "\(mark)-\(position)")
    whole = (position, text)
    return text
  }

  /// Tells all who wait that the server is still there.
  func beat() { answer(Data(": \n\n".utf8)) { _ in } }

  private func answer(_ text: Data, _ mark: (Reader) -> Void) {
    let all = waiting.values
    waiting = [:]
    for one in all {
      mark(one.reader)
      one.continuation.resume(returning: text)
    }
  }

  /// A reader who has been told all, and waits.
  struct Waiting {
    let reader: Reader
    let continuation: CheckedContinuation<Data?, Never>
  }
}
