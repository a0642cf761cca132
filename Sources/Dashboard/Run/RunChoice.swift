import Pages
import RunStorage
import Tracking
import Web

/// The run that the beginning of an id means, or the page that says why it means none.
enum RunChoice {
  case one(RunRecord)
  case page(WebReply)

  /// So many are offered where several begin so.
  private static let most = 20

  init(_ name: String, in store: RunStore) throws {
    let found = try store.runs(beginning: name, limit: Self.most + 1)
    if found.count == 1, let run = try store.run(found[0]) {
      self = .one(run)
    } else if found.isEmpty {
      self = .page(Self.missing("No run's id begins with '\(name.prefix(40))'."))
    } else {
      self = .page(try Self.choices(name, found, store))
    }
  }

  /// A page that says what is not there.
  static func missing(_ words: String) -> WebReply {
    PageFrame(
      title: "Not there",
      body:
        "<h1>Not there</h1><p>\(Markup.text(words))</p><p>\(Markup.link("/runs", "All runs"))</p>",
      part: .runs, status: 404
    ).reply
  }

  private static func choices(
    _ name: String, _ found: [RunID], _ store: RunStore
  ) throws -> WebReply {
    let names = try store.beginnings(of: found)
    let items = try found.prefix(most).compactMap { id -> String? in
      guard let run = try store.run(id) else { return nil }
      let short = names[id] ?? id.description
      return
        "<li data-row=\"\(short)\">\(Markup.dot(run.key))\(Markup.link("/runs/\(short)", "<code>\(short)</code>")) "
        + "\(Markup.status(run.status)) \(Markup.text(run.sweep.description)), seed \(run.seed)</li>"
    }
    let more =
      found.count > most ? "<p class=\"remark\">And more: write more of its digits.</p>" : ""
    return PageFrame(
      title: "Several runs",
      body:
        "<h1>Several runs begin with \(Markup.text(name))</h1><ul class=\"plain\">\(items.joined())</ul>\(more)",
      styles: ["run.css"], part: .runs, status: 300
    ).reply
  }
}
