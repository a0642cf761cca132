import Foundation
import Programs
import Testing
import Tracking

struct EventFolderTests {
  private static let second = "events.out.tfevents.2.host"

  /// Fixtures/make_events.py: name, step, milliseconds and value of every scalar.
  private struct Scalar: Decodable, Hashable {
    let name: String
    let step: Int
    let time: Int64
    let value: String

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      step = try list.decode(Int.self)
      time = try list.decode(Int64.self)
      value = try list.decode(String.self)
    }

    init(_ point: MetricPoint) {
      name = point.metric.name
      step = point.step
      time = point.timeMilliseconds
      value = point.value.description
    }
  }

  @Test func scalarsInAllEncodingsAreRead() throws {
    let wanted = try Fixture.json("events.json", [Scalar].self)
    try #require(wanted.count == 31)
    var source = EventFolder(path: Fixture.folder + "/events")
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    let points = book.takeBatch().points
    #expect(points.count == wanted.count)
    func rounded(_ scalar: Scalar) -> String {
      let value = Double(scalar.value).map { $0.isNaN ? "nan" : String($0.bitPattern) } ?? "?"
      return "\(scalar.name) \(scalar.step) \(scalar.time) \(value)"
    }
    #expect(Set(points.map { rounded(Scalar($0)) }) == Set(wanted.map(rounded)))
    #expect(
      Set(book.notes.take()) == [
        "'train/weights' is no number and was ignored: a histogram",
        "'train/note/text_summary' is no number and was ignored: a tensor of several values or of text",
        "'several' is no number and was ignored: a tensor of several values or of text",
        "'several_content' is no number and was ignored: a tensor of several values or of text",
        "'text' is no number and was ignored: a tensor of several values or of text",
      ])
  }

  @Test func aRecordThatIsHalfWrittenIsWaitedFor() throws {
    let bytes = try Fixture.data("events/" + Self.second)
    let folder = try Folder()
    var source = EventFolder(path: folder.path)
    var book = MetricBook()
    var counts: Set<Int> = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 17)
      try folder.append("run/" + Self.second, bytes[start..<end])
      _ = try source.read(into: &book, now: 1, limit: 1 << 20)
      counts.insert(book.waiting)
      start = end
    }
    #expect(counts.count > 15)
    let points = book.takeBatch().points
    #expect(points.count == 22)
    #expect(points.allSatisfy { $0.metric.name.hasPrefix("run/") })
    try source.finish(into: &book, now: 1)
    let open = "is damaged"
    #expect(!book.notes.take().contains { $0.contains(open) || $0.contains("written to its end") })
  }

  @Test func aFileThatEndsWithinARecordIsSaid() throws {
    let bytes = try Fixture.data("events/" + Self.second)
    let folder = try Folder()
    try folder.write(Self.second, bytes.prefix(bytes.count - 1))
    var source = EventFolder(path: folder.path)
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    #expect(book.notes.take().contains { $0.contains("ends within the record at byte") })
  }

  @Test func aDamagedRecordIsSaidWithItsPlaceAndOthersAreRead() throws {
    var bytes = try Fixture.data("events/" + Self.second)
    // The first record is the file's version: 12 bytes before its contents, 4 behind them.
    let first = Int(bytes[0]) + 16
    let folder = try Folder()
    func read(_ name: String) throws -> (count: Int, notes: [String]) {
      try folder.write(name + "/" + Self.second, bytes)
      var source = EventFolder(path: folder.path + "/" + name)
      var book = MetricBook()
      try source.finish(into: &book, now: 1)
      return (book.takeBatch().points.count, book.notes.take())
    }
    let path = "/" + Self.second + ": the record at byte \(first) is damaged: "
    bytes[first + 20] ^= 1
    let damaged = try read("a")
    #expect(damaged.count == 21)
    #expect(
      damaged.notes.contains(folder.path + "/a" + path + "its bytes do not fit their checksum"))
    bytes[first + 1] ^= 1
    let lost = try read("b")
    #expect(lost.count == 0)
    #expect(
      lost.notes == [
        folder.path + "/b" + path
          + "its length does not fit its checksum; nothing behind it is read"
      ])
  }

  @Test func filesOfAFolderAreReadInTheOrderOfTheirNames() throws {
    let folder = try Folder()
    for (name, file) in [("events.out.tfevents.9", "3"), ("events.out.tfevents.10", "2")] {
      try folder.write(name, try Fixture.data("events/events.out.tfevents.\(file).host"))
    }
    try folder.write("other.txt", "no event file")
    var source = EventFolder(path: folder.path)
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    // "10" stands before "9", whose values are therefore the last.
    let last = book.takeBatch().points.filter { $0.metric.name == "double_val" }
    #expect(last.map(\.step).sorted() == [1, 2])
    #expect(last.first { $0.step == 1 }?.value == 8)
    #expect(book.metricCount == 22)
  }

  @Test func oneFileMayBeNamed() throws {
    var source = EventFolder(path: Fixture.folder + "/events/events.out.tfevents.3.host")
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    #expect(book.takeBatch().points.map(\.metric.name) == ["float_val", "double_val"])
  }

  @Test func nothingThereIsWaitedFor() throws {
    var source = EventFolder(path: "/nowhere/at/all")
    var book = MetricBook()
    #expect(try source.read(into: &book, now: 1, limit: 1) == false)
    try source.finish(into: &book, now: 1)
    #expect(book.takeBatch().points.isEmpty && book.notes.take().isEmpty)
  }

  /// Files with bytes changed, left out and doubled are read or not, and nothing ends.
  ///
  /// Two of three have right checksums again, so that what is behind them meets the bytes.
  @Test func changedFilesDoNoHarm() throws {
    let whole = Array(try Fixture.data("events/" + Self.second))
    var dice = Dice(state: 11)
    let folder = try Folder()
    var damaged = 0
    for round in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1..<5, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: bytes[place...].prefix(5), at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        }
      }
      if round % 3 > 0 { bytes = Self.summed(bytes) }
      try folder.write("x.tfevents", Data(bytes))
      var source = EventFolder(path: folder.path)
      var book = MetricBook()
      try source.finish(into: &book, now: 1)
      #expect(book.takeBatch().points.count <= whole.count)
      if book.notes.take().contains(where: { $0.contains("damaged") }) { damaged += 1 }
    }
    #expect(damaged > 50)
  }

  /// Writes the right checksums where records are.
  private static func summed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var start = 0
    while start + 16 <= bytes.count {
      let length = (0..<8).reduce(0) {
        $0 | Int(bytes[start + $1] & ($1 < 4 ? 0xFF : 0)) << (8 * $1)
      }
      guard length <= bytes.count - start - 16 else { break }
      put(checksum(bytes[start..<(start + 8)]), start + 8)
      put(checksum(bytes[(start + 12)..<(start + 12 + length)]), start + 12 + length)
      start += length + 16
    }
    return bytes

    func put(_ sum: UInt32, _ place: Int) {
      for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
    }
  }

  private static let sums: [UInt32] = (0..<256).map { byte in
    var sum = UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
    return sum
  }

  /// Castagnoli's checksum, turned and moved.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = ~0
    for byte in bytes { sum = sums[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
    sum = ~sum
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
