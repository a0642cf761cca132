import Foundation
import RunStorage
import Runs
import Tracking
import Web

/// What the outside program of a run prints, line by line as it comes.
final class LogFeed: Feed {
  private let store: RunStore
  private let run: RunRecord
  private var attempt = 1
  private var offset: UInt64 = 0
  /// The beginning of a line that is not whole.
  private var rest = Data()
  /// The latest of what was told.
  private var told = ""
  private var left = 0
  private var hasEnded = false

  /// So much of a log is kept for who comes later, and read at once.
  private static let most = 1 << 18

  let looksBesideTheStore = true

  /// - Throws: `LabbookError` where there is no such run.
  init(_ query: WebQuery, in store: RunStore) throws {
    self.store = store
    run = try store.run(beginning: query["run"] ?? "")
    hasEnded = !store.isTrained(run.id)
    if try !readStored() { keep(readFiles()) }
  }

  func whole() -> FeedEvent {
    FeedEvent(
      name: "log",
      body: .object([
        ("text", .text(told)), ("left_out", .whole(left)), ("anew", .flag(true)),
        ("ended", .flag(hasEnded)),
      ]))
  }

  func news() -> [FeedEvent] {
    if hasEnded { return [] }
    // Whether it is at work is asked before its last lines are read.
    hasEnded = !store.isTrained(run.id)
    let text = readFiles()
    keep(text)
    if text.isEmpty, !hasEnded { return [] }
    return [
      FeedEvent(
        name: "log",
        body: .object([("text", .text(text)), ("ended", .flag(hasEnded))]))
    ]
  }

  /// The log of a run that has ended, which is in the store.
  private func readStored() throws -> Bool {
    let names = try store.artifacts(of: run.id).map(\.name)
    guard names.contains(RunFile.output) else { return false }
    keep(TerminalOutput.text(try store.artifact(RunFile.output, of: run.id)))
    return true
  }

  private func keep(_ text: String) {
    told += text
    let excess = told.utf8.count - Self.most
    guard excess > 0 else { return }
    left += excess
    told = String(decoding: told.utf8.dropFirst(excess), as: UTF8.self)
  }

  /// The whole lines that have come since.
  private func readFiles() -> String {
    let folder = store.programFolder(of: run.id)
    var text = ""
    while true {
      text += read(folder + "/output.\(attempt)")
      guard FileManager.default.fileExists(atPath: folder + "/output.\(attempt + 1)") else { break }
      text += TerminalOutput.text(rest)
      (attempt, offset, rest) = (attempt + 1, 0, Data())
    }
    if hasEnded {
      text += TerminalOutput.text(rest)
      rest = Data()
    }
    return text
  }

  private func read(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    guard let end = try? file.seekToEnd(), end > offset else { return "" }
    // Of a log that grew by much the beginning is left out.
    if end - offset > UInt64(Self.most) {
      left += Int(end - offset) - Self.most
      offset = end - UInt64(Self.most)
      rest = Data()
    }
    guard (try? file.seek(toOffset: offset)) != nil,
      let data = try? file.read(upToCount: Int(end - offset))
    else { return "" }
    offset += UInt64(data.count)
    rest += data
    guard let last = rest.lastIndex(of: UInt8(ascii: "\n")) else { return "" }
    let whole = Data(rest[...last])
    rest = Data(rest[rest.index(after: last)...])
    return TerminalOutput.text(whole)
  }
}
