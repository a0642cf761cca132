import Dashboard
import Foundation
import Machine
import RunStorage
import Testing
import Tracking
import Web

/// The notebook's service, with a stand-in for the `labbook` that trains: it notes how it was started and what
/// it is told, and stays until its input ends.
private final class Followed {
  let folder = FileManager.default.temporaryDirectory.path + "/labbook-follow-" + UUID().uuidString
  let store: RunStore
  let service: NotebookService
  var file: String { folder + "/e.yaml" }

  init(_ text: String, readOnly: Bool = false, trainer: String? = nil) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let script =
      trainer
      ?? "echo started >> \(folder)/told; while read line; do echo \"$line\" >> \(folder)/told; done"
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: folder + "/labbook"))
    chmod(folder + "/labbook", 0o755)
    try Data(text.utf8).write(to: URL(filePath: folder + "/e.yaml"))
    let order = ServeOrder(
      store: store.path, file: folder + "/e.yaml", host: "127.0.0.1", port: nil, token: nil,
      readOnly: readOnly, share: false, labbook: folder + "/labbook")
    service = try #require(try NotebookService(order, store))
  }

  deinit {
    service.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func save(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: file)) }

  /// What the trainers were told, a line each; `started` where one was.
  var told: [String] {
    let text = (try? String(contentsOfFile: folder + "/told", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  func get(_ path: String..., query: WebQuery = WebQuery([]), access: WebAccess = .reading)
    async throws
    -> WebReply?
  {
    let head = WebHead("GET", path, query: query, access: access)
    guard case .answer(_, let work) = service.handling(of: head) else { return nil }
    return try await work(Data())
  }

  func page() async throws -> String {
    guard case .data(let data) = try #require(try await get("notebook")).body else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Waits until the page says something; the page.
  @discardableResult
  func page(where isSo: (String) -> Bool) async throws -> String {
    let end = ContinuousClock.now + .seconds(600)
    var last = ""
    while ContinuousClock.now < end {
      last = try await page()
      if isSo(last) { return last }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the page never came to it: \(last)")
    return last
  }

  func reaches(_ isSo: () -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < end {
      if isSo() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }
}

private let text = """
  data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
  model: {mlp: {hidden: [4]}}
  train: {optimizer: adam, lr: 0.01, epochs: 2}
  notebook:
    - text: "## A heading"
    - sweep: main
      over: {lr: [0.1, 0.2]}
    - text: A second text
  """

struct FollowedNotebookTests {
  @Test func aRightFileIsShownAndTrained() async throws {
    let followed = try Followed(text)
    let page = try await followed.page { $0.contains("A heading") }
    #expect(page.contains("0 of 2 runs"))
    #expect(page.contains("/assets/notebook.js") && !page.contains("style="))
    #expect(try await followed.reaches { followed.told == ["started"] })
    #expect(try await followed.get("notebook", access: .tracking) == nil)
    #expect(try await followed.get("notebook", access: .none) == nil)
  }

  @Test func aNotebookSaysItsLanguage() async throws {
    let followed = try Followed("language: tr\n" + text)
    try await followed.page { $0.contains("A heading") && $0.contains("notebook\" lang=\"tr\"") }
    try followed.save(text)
    try await followed.page { $0.contains("notebook\" lang=\"en\"") }
  }

  @Test func errorsStandAtTheirLinesAndAreText() async throws {
    let followed = try Followed(text)
    try await followed.page { $0.contains("A heading") }
    try followed.save(
      text.replacing("adam", with: "<b>adma</b>").replacing("over:", with: "ovre:"))
    let page = try await followed.page { $0.contains("2 errors") }
    #expect(page.contains("e.yaml:3:20"), "the place of the optimizer")
    #expect(page.contains("e.yaml:7:5"), "the place of the key")
    #expect(page.contains("&lt;b&gt;adma&lt;/b&gt;") && !page.contains("<b>adma"))
    #expect(page.contains("^~~~"))
    // The last right notebook stays, faint.
    #expect(page.contains("class=\"notebook stale\"") && page.contains("A heading"))
    try followed.save(text)
    try await followed.page { !$0.contains("error") && !$0.contains("notebook stale") }
  }

  /// A text is edited: no other process is started, none is told anything.
  @Test func whatChangesNoRunLeavesTheTrainerAlone() async throws {
    let followed = try Followed(text)
    #expect(try await followed.reaches { followed.told == ["started"] })
    try followed.save(text.replacing("A heading", with: "Another heading"))
    try await followed.page { $0.contains("Another heading") }
    #expect(followed.told == ["started"])
  }

  /// The first trainer goes on with the runs that are still wanted; a second one trains what is new.
  @Test func aSaveTellsWhichRunsAreStillWanted() async throws {
    let followed = try Followed(text)
    #expect(try await followed.reaches { followed.told == ["started"] })
    try followed.save(text.replacing("[0.1, 0.2]", with: "[0.2, 0.3, 0.4]"))
    #expect(try await followed.reaches { followed.told.filter { $0 == "started" }.count == 2 })
    #expect(try await followed.reaches { followed.told.count == 3 })
    let lists = followed.told.compactMap {
      try? JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    // Of what is wanted now; the first trainer alone is told.
    #expect(lists.map(\.count) == [3])
  }

  /// Nothing begins while the file is wrong; when it is right again a trainer is started anew.
  @Test func aWrongFileLetsNothingBegin() async throws {
    let followed = try Followed(text)
    #expect(try await followed.reaches { followed.told == ["started"] })
    try followed.save(text.replacing("adam", with: "adma"))
    try await followed.page { $0.contains("1 error") }
    #expect(try await followed.reaches { followed.told.count == 2 })
    let keys = try JSONDecoder().decode([String].self, from: Data(followed.told[1].utf8))
    #expect(keys.count == 2, "what is at work goes on")
    try followed.save(text)
    #expect(try await followed.reaches { followed.told.filter { $0 == "started" }.count == 2 })
  }

  @Test func whatKeepsItFromTrainingIsSaid() async throws {
    let followed = try Followed(
      text, trainer: "echo 'error: the disk <is> full' >&2; exit 1")
    let page = try await followed.page { $0.contains("the disk") }
    #expect(page.contains("ended with status 1") && page.contains("&lt;is&gt;"))
  }

  @Test func readOnlyTrainsNothing() async throws {
    let followed = try Followed(text, readOnly: true)
    let page = try await followed.page { $0.contains("A heading") }
    #expect(page.contains("nothing is trained here"))
    #expect(followed.told.isEmpty)
  }

  @Test func aBaseIsFollowedToo() async throws {
    let followed = try Followed("base: base.yaml\n" + text.replacing("## A heading", with: "x"))
    try await followed.page { $0.contains("base.yaml") && $0.contains("1 error") }
    try Data("title: From the base\n".utf8).write(
      to: URL(filePath: followed.folder + "/base.yaml"))
    try await followed.page { $0.contains("From the base") && !$0.contains("1 error") }
    try Data("title: From another base\n".utf8).write(
      to: URL(filePath: followed.folder + "/base.yaml"))
    try await followed.page { $0.contains("From another base") }
  }

  /// The events of a reader who has the page as it is now.
  private func events(_ followed: Followed) async throws -> AsyncStream<Data> {
    func mark() async throws -> String {
      let page = try await followed.page()
      return String(
        try #require(page.firstMatch(of: /data-since="(?<mark>[^"]+)"/)).output.mark)
    }
    while true {
      let since = try await mark()
      let reply = try #require(
        try await followed.get(
          "events", query: WebQuery([.init("view", "notebook"), .init("since", since)])))
      guard case .events(let events) = reply.body else { throw NoEvents() }
      let stream = events.make()
      // What has changed meanwhile, as a trainer that started, makes it another page.
      if try await mark() == since { return stream }
    }
  }

  private struct NoEvents: Error {}

  /// A reader who has a page is sent what a save has changed, and nothing else.
  @Test func whatHasChangedIsSent() async throws {
    let followed = try Followed(text, trainer: "read line")
    try await followed.page { $0.contains("A second text") }
    let stream = try await events(followed)
    try followed.save(text.replacing("A second text", with: "A third text"))
    for await data in stream {
      let event = String(decoding: data, as: UTF8.self)
      #expect(!event.contains("A heading"))
      guard event.contains("A third text") else { continue }
      #expect(event.hasPrefix("id: ") && event.contains("event: notebook"))
      #expect(event.contains("\"order\""))
      break
    }
  }
}
