import Foundation
import Programs
import Testing
import Tracking

struct TableSourceTests {
  private struct Found: Equatable, CustomStringConvertible {
    let name: String
    let step: Int
    let value: Double
    var description: String { "\(name) \(step) \(value)" }

    init(_ name: String, _ step: Int, _ value: Double) {
      self.name = name
      self.step = step
      self.value = value
    }
  }

  private func found(_ book: inout MetricBook) -> [Found] {
    book.takeBatch().points.map { Found($0.metric.name, $0.step, $0.value) }
  }

  private func table(_ text: String) throws -> (found: [Found], notes: [String]) {
    let folder = try Folder()
    try folder.write("t.csv", text)
    var source = TableSource(path: folder.path + "/t.csv")
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    return (found(&book), book.notes.take())
  }

  /// Python's csv.reader makes the same fields of it.
  @Test func quotedFieldsMayHoldLineBreaks() throws {
    let (found, notes) = try table(
      "step,\"a\nnote\",loss\n1,\"two\nlines\",0.5\r\n2,\"say \"\"x\"\"\n\n,,\",0.25\n3,plain,0.125\n"
    )
    #expect(found == [Found("loss", 1, 0.5), Found("loss", 2, 0.25), Found("loss", 3, 0.125)])
    #expect(notes.contains { $0.contains("is no number") })
    // While the field is being written nothing is known of its row.
    let folder = try Folder()
    var source = TableSource(path: folder.path + "/t.csv")
    var book = MetricBook()
    try folder.write("t.csv", "step,note,loss\n1,\"two\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(self.found(&book).isEmpty)
    try folder.write("t.csv", "step,note,loss\n1,\"two\nlines\",0.5\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(self.found(&book) == [Found("loss", 1, 0.5)])
  }

  @Test func aQuoteThatIsNeverClosedIsSaid() throws {
    let (found, notes) = try table("step,note,loss\n1,a,0.5\n2,\"b,0.25\n")
    #expect(found == [Found("loss", 1, 0.5)])
    #expect(notes.contains { $0.contains("a quote of a row is not closed: 2,") })
    // A long file is not swallowed by it.
    let many = (3...400).map { "\($0),x,1\n" }.joined()
    let later = try table("step,note,loss\n2,\"b,0.25\n" + many).found
    #expect(later.last == Found("loss", 400, 1) && later.count > 200)
  }

  /// The way of Lightning's logger: rows go to the end, and where a metric is new the whole file is
  /// written with a longer line of names.
  @Test func aTableThatIsWrittenAnewWithMoreColumnsGoesOn() throws {
    let folder = try Folder()
    var source = TableSource(path: folder.path + "/metrics.csv")
    var book = MetricBook()
    #expect(try source.read(into: &book, now: 1, limit: 1 << 20) == false)
    try folder.write("metrics.csv", "epoch,step,train_loss\r\n0,9,0.5\r\n0,19,0.25\r\n")
    #expect(try source.read(into: &book, now: 1, limit: 1 << 20) == false)
    #expect(found(&book) == [Found("train_loss", 9, 0.5), Found("train_loss", 19, 0.25)])
    try folder.write(
      "metrics.csv",
      "epoch,step,train_loss,val_loss\r\n0,9,0.5,\r\n0,19,0.25,\r\n0,19,,0.75\r\n1,29,0.125,\r\n1,3"
    )
    #expect(try source.read(into: &book, now: 1, limit: 1 << 20) == false)
    #expect(found(&book) == [Found("val_loss", 19, 0.75), Found("train_loss", 29, 0.125)])
    try folder.append("metrics.csv", Data("9,0.0625,".utf8))
    try source.finish(into: &book, now: 1)
    #expect(found(&book) == [Found("train_loss", 39, 0.0625)])
    #expect(book.notes.take().isEmpty)
  }

  @Test func aTableOfTheSameLengthThatChangedIsReadAnew() throws {
    let folder = try Folder()
    var source = TableSource(path: folder.path + "/t.csv")
    var book = MetricBook()
    try folder.write("t.csv", "step,a\n1,5\n2,6\n3,7\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(found(&book).count == 3)
    try folder.write("t.csv", "step,a\n1,5\n2,8\n3,7\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(found(&book) == [Found("a", 2, 8), Found("a", 3, 7)])
    try folder.write("t.csv", "step,a\n1,5\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(found(&book).isEmpty)
    try folder.append("t.csv", Data("2,8\n3,7\n4,1\n".utf8))
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(found(&book) == [Found("a", 4, 1)])
  }

  @Test func aReadingIsBounded() throws {
    let folder = try Folder()
    let rows = (1...100).map { "\($0),\($0)\n" }.joined()
    try folder.write("t.csv", "step,a\n" + rows)
    var source = TableSource(path: folder.path + "/t.csv")
    var book = MetricBook()
    var readings = 0
    while try source.read(into: &book, now: 1, limit: 50) { readings += 1 }
    #expect(readings > 10)
    #expect(found(&book).map(\.step) == Array(1...100))
  }

  @Test func rowsWithoutAStepAreCounted() throws {
    #expect(
      try table("loss,acc\n1,0\n\n,0.5\n2,").found == [
        Found("loss", 1, 1), Found("acc", 1, 0), Found("acc", 2, 0.5), Found("loss", 3, 2),
      ])
    let epochs = try table("\u{FEFF}epoch;loss\n1;5\n2;6\n")
    #expect(epochs.found == [Found("loss", 1, 5), Found("loss", 2, 6)])
  }

  @Test func fieldsAsProgramsWriteThem() throws {
    // R's write.csv; a name with a comma; tabs.
    #expect(
      try table("\"\",\"step\",\"a, \"\"b\"\"\"\n\"1\",3,NA\n\"2\",4,-1e-3\n").found
        == [Found("a, \"b\"", 4, -0.001)])
    #expect(
      try table("step\ta\n1\tnan\n2\t inf \n").found.map(\.value.description) == ["nan", "inf"])
    #expect(try table("step,a\n1,5\nstep,a\n2,6\n").found == [Found("a", 1, 5), Found("a", 2, 6)])
  }

  @Test(arguments: [
    ("step,a\n1,x\n2,y\n", 0, ["'a' is no number and was ignored: x"]),
    ("step,a\n1,2,3\n", 1, ["a row has 3 fields and the table 2 names: 1,2,3"]),
    ("step,a,b\n1,2\n", 1, ["a row has 2 fields and the table 3 names: 1,2"]),
    ("1,2\n3,4\n", 2, ["the first line of the table holds numbers where names are expected: 1,2"]),
    ("step,a\n1,\"2\n", 0, ["a quote of a row is not closed: 1,\"2"]),
    ("step,a\n1.5,2\n", 1, ["'step' is a whole number from 0; 1.5 was ignored"]),
    ("", 0, []), ("\n\n", 0, []), ("step,a", 0, []),
  ])
  func whatIsOddIsSaid(_ text: String, _ count: Int, _ notes: [String]) throws {
    let result = try table(text)
    #expect(result.found.count == count)
    #expect(result.notes == notes)
  }

  @Test func changedTablesDoNoHarm() {
    let bytes = Array("epoch,step,\"a\",b\r\n0,9,0.5,\r\n1,19,,\"0.25\"\r\n".utf8)
    var dice = Dice(state: 3)
    for _ in 0..<2000 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int.random(in: 0..<bytes.count, using: &dice)] = UInt8.random(
          in: 0...255, using: &dice)
      }
      var kind = TableLines()
      var notes = MetricNotes()
      var reader = LineReader()
      changed.withUnsafeBytes { reader.take($0) { _ = kind.read($0, &notes) } }
      #expect(reader.openLength <= changed.count)
    }
  }
}
