import Foundation
import Programs
import Testing
import Tracking

struct LineSourceTests {
  @Test func aFileIsFollowed() throws {
    let folder = try Folder()
    var source = LineSource(path: folder.path + "/out")
    var book = MetricBook()
    #expect(try source.read(into: &book, now: 1, limit: 100) == false)
    try folder.write("out", "hello\n{\"a\": 1}\n{\"a\"")
    #expect(try source.read(into: &book, now: 1, limit: 100) == false)
    #expect(book.takeBatch().points.map(\.value) == [1])
    try folder.append("out", Data(": 2}\r{'a': 3}\n{'a': 4}".utf8))
    #expect(try source.read(into: &book, now: 1, limit: 100) == false)
    #expect(book.takeBatch().points.map(\.value) == [2, 3])
    try source.finish(into: &book, now: 1)
    #expect(book.takeBatch().points.map(\.value) == [4])
    #expect(source.bytesRead == 41)
    // A shorter file is another one.
    try folder.write("out", "{'a': 5}\n")
    #expect(try source.read(into: &book, now: 1, limit: 100) == false)
    #expect(book.takeBatch().points.map(\.value) == [5])
  }

  /// Longer than before, and of other bytes: no new size tells it.
  @Test func aFileThatWasWrittenAnewIsReadAnew() throws {
    let folder = try Folder()
    try folder.write("out", "{'step': 1, 'a': 1}\n")
    var source = LineSource(path: folder.path + "/out")
    var book = MetricBook()
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    try folder.write("out", "{'step': 1, 'a': 2}\n{'step': 2, 'a': 3}\n")
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    let batch = book.takeBatch()
    #expect(batch.points.map(\.value) == [2, 3])
    #expect(batch.mayReplace)
    _ = try source.read(into: &book, now: 1, limit: 1 << 20)
    #expect(book.takeBatch().points.isEmpty)
  }

  @Test func aReadingIsBounded() throws {
    let folder = try Folder()
    try folder.write("out", String(repeating: "{'a': 1}\n", count: 10))
    var source = LineSource(path: folder.path + "/out")
    var book = MetricBook()
    #expect(try source.read(into: &book, now: 1, limit: 30))
    #expect(book.takeBatch().points.count == 3)
    try source.finish(into: &book, now: 1)
    #expect(book.takeBatch().points.count == 7)
  }

  @Test func whatIsNoFileIsAnError() throws {
    let folder = try Folder()
    var source = LineSource(path: folder.path)
    var book = MetricBook()
    #expect(throws: LabbookError.self) { try source.read(into: &book, now: 1, limit: 1) }
  }

  /// Fixtures/make_tqdm.py: a bar of tqdm with dicts printed while it is drawn.
  @Test func dictsBesideABarAreRead() throws {
    var source = LineSource(path: Fixture.folder + "/tqdm.log")
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    let points = book.takeBatch().points
    func values(_ name: String) -> [Double] {
      points.filter { $0.metric.name == name }.map(\.value)
    }
    #expect(values("loss") == [5.0, 10, 15, 20].map { 1 / $0 })
    #expect(values("grad_norm") == [1.25, 2.5, 3.75, 5])
    #expect(values("eval_loss") == [0.2, 0.1])
    #expect(values("train_loss") == [0.25])
    #expect(points.filter { $0.metric.name == "loss" }.map(\.epoch) == [0, 1, 1, 2])
    #expect(points.filter { $0.metric.name == "loss" }.map(\.step) == [1, 2, 3, 4])
    #expect(book.notes.take().isEmpty)
  }
}
