import Foundation
import Testing

/// What `export model` puts before the first layer, and the facts it keeps in the file.
struct ExportModelTests {
  /// The file of a network that was trained on a table whose numbers can be worked out by hand.
  private func file(_ preparation: String) throws -> Data {
    let place = try Workplace()
    try place.write("t.csv", "u,v,kind\n0,10,p\n1,20,q\n0,30,p\n1,60,q\n")
    try place.write(
      "e.yaml",
      """
      data:
        {source: csv, path: t.csv, target: kind, scale: [2, 0.1], shift: [1, -2], \(preparation)}
      model: [{linear: classes}]
      train: {epochs: 1}
      """)
    try #require(try place.labbook("run", "e.yaml").status == 0)
    let run = try #require(try StoreReader(place.store).text("SELECT min(run) FROM run_table"))
    try #require(try place.labbook("export", "model", run, "--out", "net.onnx").status == 0)
    return try Data(contentsOf: URL(filePath: place.path + "/net.onnx"))
  }

  /// The doubles of a constant: its name (field 8), then its bytes (field 9) with their count.
  private func doubles(_ name: String, in file: Data) throws -> [Double] {
    let ends = file.ranges(of: Data(name.utf8)).map(\.upperBound)
    let end = try #require(ends.first { file[$0] == 0x4A })
    let count = Int(file[end + 1])
    let bytes = Array(file[(end + 2)..<(end + 2 + count)])
    return stride(from: 0, to: count, by: 8).map { start in
      let bits = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Double(bitPattern: bits)
    }
  }

  private func isNear(_ numbers: [Double], _ expected: [Double]) -> Bool {
    numbers.count == expected.count && zip(numbers, expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test func theInputIsScaledMovedAndStandardised() throws {
    let file = try file("normalize: standard")
    // 2u + 1 is 1, 3, 1, 3: mean 2, deviation 1. v/10 - 2 is -1, 0, 1, 4: mean 1, population
    // deviation sqrt((4 + 1 + 0 + 9) / 4).
    let deviation = 3.5.squareRoot()
    #expect(isNear(try doubles("input.factor", in: file), [2, 0.1 / deviation]))
    #expect(isNear(try doubles("input.addend", in: file), [-1, -3 / deviation]))
    let text = String(decoding: file, as: UTF8.self)
    // Each text has its field and its length before it.
    for (name, value) in [
      ("labbook.loss", "cross-entropy"), ("columns", "[\"u\",\"v\"]"),
      ("classes", "[\"p\",\"q\"]"),
    ] {
      let length = Unicode.Scalar(UInt8(value.count))
      #expect(text.contains("\(name)\u{12}\(length)\(value)"), "\(name)")
    }
    #expect(text.ranges(of: "labbook.run").count == 1)
  }

  @Test func theInputIsBroughtBetweenZeroAndOne() throws {
    let file = try file("normalize: minmax")
    #expect(isNear(try doubles("input.factor", in: file), [1, 0.02]))
    #expect(isNear(try doubles("input.addend", in: file), [0, -0.2]))
  }
}
