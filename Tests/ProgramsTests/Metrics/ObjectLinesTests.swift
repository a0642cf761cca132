import Foundation
import Programs
import Testing

struct ObjectLinesTests {
  private struct Case: Decodable {
    let line: String
    let numbers: [[String]]
  }

  private func read(_ line: String) -> (reading: MetricReading?, notes: [String]) {
    var kind = ObjectLines()
    var notes = MetricNotes()
    let reading = Lines.reading(line, &kind, &notes)
    return (reading, notes.take())
  }

  private func bits(_ numbers: [(String, Double)]) -> [String] {
    // One not-a-number is as good as another.
    numbers.map { $0 + "=" + ($1.isNaN ? "nan" : String($1.bitPattern, radix: 16)) }
  }

  /// Fixtures/make_objects.py: what Python's readers find in the same lines, to the last bit.
  @Test func numbersAreWhatPythonReads() throws {
    let cases = try Fixture.json("objects.json", [Case].self)
    try #require(cases.count == 914)
    for item in cases {
      let reading = read(item.line).reading
      let found = reading.map { $0.values.map { ($0.name, $0.value) } }
      let wanted = item.numbers.map { ($0[0], Double($0[1]) ?? .zero) }
      // Python keeps the last of equal names within an object at the first's place.
      #expect(
        found.map { Set(bits($0)) }.map { $0.isSuperset(of: bits(wanted)) } == true, "\(item.line)")
      #expect(found?.count == wanted.count, "\(item.line)")
    }
  }

  @Test func noBeginningOfALineIsOne() throws {
    let cases = try Fixture.json("objects.json", [Case].self)
    for item in cases.prefix(150) {
      let bytes = Array(item.line.utf8)
      var kind = ObjectLines()
      var notes = MetricNotes()
      for count in 0..<bytes.count {
        #expect(Lines.reading(Array(bytes.prefix(count)), &kind, &notes) == nil)
      }
      #expect(Lines.reading(bytes + [0x7D], &kind, &notes) == nil)
      #expect(Lines.reading([0x78] + bytes, &kind, &notes) == nil)
    }
  }

  @Test(arguments: [
    "", " ", "{", "}", "loss 0.5", "[1, 2]", "{a: 1}", "{'a' 1}", "{'a': }", "{'a': 1 'b': 2}",
    "{1, 2}",
    "{'a': 1,, 'b': 2}", "{'a': 1}}", "{'a': 1} {'b': 2}", "x {'a': 1}", "{'a': [1}", "{'a': 'b}",
    "{\"a\": 1}; done", "INFO: [0]{'a': 1}",
  ])
  func whatIsNoObjectIsNone(_ line: String) {
    #expect(read(line).reading == nil)
    #expect(read(line).notes.isEmpty)
  }

  @Test func stepEpochAndTimeAreReserved() {
    let line = #"{"step": 12, "epoch": 3, "time": 1700000000.25, "loss": 0.5, "at": {"step": 7}}"#
    let reading = MetricReading(
      values: [NamedNumber("loss", 0.5), NamedNumber("at/step", 7)], step: 12, epoch: .number(3),
      timeMilliseconds: 1_700_000_000_250)
    #expect(read(line).reading == reading)
    #expect(
      read("{'step': 12.0, 'epoch': 0.25, 'time': 1700000000250}").reading
        == MetricReading(
          step: 12, epoch: .progress(0.25), timeMilliseconds: 1_700_000_000_250))
  }

  @Test(arguments: [
    ("{'step': 1.5}", "'step' is a whole number from 0; 1.5 was ignored"),
    ("{'step': -1}", "'step' is a whole number from 0; -1.0 was ignored"),
    ("{'step': 1e300}", "'step' is a whole number from 0; 1e+300 was ignored"),
    ("{'step': nan}", "'step' is a whole number from 0; nan was ignored"),
    ("{'epoch': -2}", "'epoch' is a number from 0; -2.0 was ignored"),
    ("{'epoch': inf}", "'epoch' is a number from 0; inf was ignored"),
    (
      "{'time': 3.5}", "'time' is Unix time in seconds (call a duration otherwise); 3.5 was ignored"
    ),
    ("{\"step\": \"3\"}", "'step' is no number and was ignored: \"3\""),
    ("{'loss': '0.5 s'}", "'loss' is no number and was ignored: '0.5 s'"),
    ("{'loss': ''}", "'loss' is no number and was ignored: ''"),
    ("{\"msg\": \"a, }b\"}", "'msg' is no number and was ignored: \"a, }b\""),
    ("{'done': True}", "'done' is no number and was ignored: True"),
    ("{'a': {'b': [1, 2]}}", "'a/b' is no number and was ignored: [1, 2]"),
    (
      "{'d': datetime.date(2024, 1, 2), 'x': 1}",
      "'d' is no number and was ignored: datetime.date(2024, 1, 2)"
    ),
    ("{'p': <a b='c, d'>, 'x': 1}", "'p' is no number and was ignored: <a b='c, d'>"),
  ])
  func whatIsNotTakenIsSaid(_ line: String, _ note: String) {
    let (reading, notes) = read(line)
    #expect(reading?.step == nil && reading?.epoch == nil && reading?.timeMilliseconds == nil)
    #expect(notes == [note])
    #expect(reading?.values.count == (line.contains("'x'") ? 1 : 0))
  }

  @Test func aNoteIsSaidOnceAName() {
    var kind = ObjectLines()
    var notes = MetricNotes()
    for _ in 0..<3 {
      _ = Lines.reading("{'a': 'x', 'b': 'y', 'c': None, 'd': null}", &kind, &notes)
    }
    #expect(notes.take().count == 2)
    for index in 0..<1000 { _ = Lines.reading("{'n\(index)': 'x'}", &kind, &notes) }
    let more = notes.take()
    #expect(more.count == MetricNotes.most - 2 + 1)
    #expect(more.last == "more of this kind is not said")
  }

  @Test(arguments: [
    ("{'x': tensor(0.5)}", 0.5), ("{'x': tensor(0.5, device='cuda:0')}", 0.5),
    ("{'x': tensor(0.5, grad_fn=<NllLossBackward0>)}", 0.5), ("{'x': tensor(3)}", 3),
    ("{'x': np.float64(-0.25)}", -0.25), ("{'x': numpy.float32(1e-3)}", 1e-3),
    ("{'x': Array(0.5, dtype=float32)}", 0.5), ("{'x': array(2., dtype=float32)}", 2),
    ("{'x': Decimal('0.1')}", 0.1), ("{'x': torch.tensor(1.)}", 1),
    ("{'x': <tf.Tensor: shape=(), dtype=float32, numpy=0.75>}", 0.75),
    (" \t{ \"x\" : 1 } ", 1), ("\u{1B}[32m{'x': 1}\u{1B}[0m", 1), ("{'x': 1,}", 1),
    ("100%|##| 2/2 [00:00<00:00, 9it/s]{'x': 1}", 1), ("5it [00:00, 2.1s/it] {'x': 1}", 1),
  ])
  func numbersAsLibrariesPrintThem(_ line: String, _ value: Double) {
    #expect(read(line).reading?.values == [NamedNumber("x", value)])
  }

  /// As the trainer of transformers 5 prints its logs: `f"{v:.4g}"`.
  @Test func numbersInQuotesOfPython() {
    let line = "{'loss': '2.303', 'grad_norm': '1e-05', 'num': 7, 'epoch': '1'}"
    #expect(
      read(line).reading
        == MetricReading(
          values: [
            NamedNumber("loss", 2.303), NamedNumber("grad_norm", 1e-5), NamedNumber("num", 7),
          ], epoch: .progress(1)))
    #expect(read("{'loss': 'nan', 'step': '3'}").reading?.step == 3)
  }

  @Test func keysOfOtherKinds() {
    let reading = read(
      "{0: 1, -2: 2, (1, 2): 3, True: 4, 'a': {3: 5}, \"\\u00e9\\ud83d\\ude00\\x41\": 6}")
    #expect(
      reading.reading?.values == [
        NamedNumber("0", 1), NamedNumber("-2", 2), NamedNumber("(1, 2)", 3), NamedNumber("True", 4),
        NamedNumber("a/3", 5), NamedNumber("é😀A", 6),
      ])
  }

  @Test func objectsInOneAnotherHaveAnEnd() {
    let deep = String(repeating: "{'a':", count: 5_000)
    #expect(read(deep).reading == nil)
    #expect(read(deep + "1" + String(repeating: "}", count: 5_000)).reading?.values == [])
    let shallow = String(repeating: "{'a':", count: 20) + "1" + String(repeating: "}", count: 20)
    #expect(read(shallow).reading?.values.map(\.value) == [1])
  }

  @Test func aLineThatIsCutIsSaid() {
    var kind = ObjectLines()
    var notes = MetricNotes()
    Array("{'a': 1}".utf8).withUnsafeBufferPointer {
      #expect(kind.read(ByteLine($0, length: 100), &notes) == nil)
    }
    #expect(notes.take().count == 1)
  }

  /// Lines with bytes changed, left out and doubled are read or not, and nothing ends.
  @Test func changedLinesDoNoHarm() throws {
    let cases = try Fixture.json("objects.json", [Case].self)
    var dice = Dice(state: 7)
    var kind = ObjectLines()
    var notes = MetricNotes()
    var readings = 0
    for _ in 0..<4000 {
      var bytes = Array(cases[Int.random(in: 0..<cases.count, using: &dice)].line.utf8)
      for _ in 0..<Int.random(in: 1..<4, using: &dice) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(3), at: place)
        }
      }
      if Lines.reading(bytes, &kind, &notes) != nil { readings += 1 }
    }
    #expect(readings > 100 && readings < 4000)
  }
}
