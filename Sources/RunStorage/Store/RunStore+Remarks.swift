import GRDB
public import Tracking

/// What people say of runs: tags, by which runs are found, and notes.
extension RunStore {
  /// Marks a run with a tag; once is enough.
  ///
  /// - Throws: `LabbookError` where the tag is no word of one line, or the store cannot be written.
  public func tag(_ run: RunID, _ tag: String) throws {
    guard !tag.isEmpty, tag.count <= 100, tag == tag.trimmed,
      tag.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "," })
    else {
      throw LabbookError.input(
        "'\(tag)' is not a tag",
        hint: "a tag has 1 to 100 characters, no commas, no line breaks and no spaces at its ends")
    }
    try write { db in
      try db.execute(
        sql: "INSERT OR IGNORE INTO tags (run, tag) SELECT id, ? FROM runs WHERE run = ?",
        arguments: [tag, run.description])
    }
  }

  /// Takes a tag from a run.
  ///
  /// - Throws: `LabbookError` where the run does not have it.
  public func untag(_ run: RunID, _ tag: String) throws {
    let had = try write { db in
      try db.execute(
        sql: "DELETE FROM tags WHERE tag = ? AND run = (SELECT id FROM runs WHERE run = ?)",
        arguments: [tag, run.description])
      return db.changesCount > 0
    }
    if had { return }
    let tags = try self.run(run)?.tags ?? []
    throw LabbookError.input(
      "run \(run.short) has no tag '\(tag)'",
      hint: tags.isEmpty ? "it has none" : "it has " + tags.joined(separator: ", "))
  }

  /// Sets what is noted about a run; an empty text takes the note away.
  public func setNote(_ text: String, of run: RunID) throws {
    try write { db in
      try db.execute(
        sql: "UPDATE runs SET note = ? WHERE run = ?",
        arguments: [text.isEmpty ? nil : text, run.description])
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
