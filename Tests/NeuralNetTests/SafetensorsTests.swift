import Foundation
import NeuralNet
import Testing
import Tracking

@Suite struct SafetensorsTests {
  private func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
  }

  @Test func readsWhatTheReferenceImplementationWrites() throws {
    let tensors = try Safetensors.read(path: fixture("weights.safetensors"))
    let byName = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    #expect(byName["0.weight"]?.shape == [3, 2])
    #expect(byName["0.weight"]?.values == [-1, -0.75, -0.5, -0.25, 0, 0.25])
    #expect(byName["0.bias"]?.values == [1e-30, -2.5, 3e30])  // F64 in the file
    #expect(byName["scalar"]?.shape == [])
    #expect(byName["scalar"]?.values == [7])
    #expect(byName["empty"]?.values == [])
    #expect(byName["with \"quotes\" and ä"]?.values == [1])
    #expect(tensors.count == 5)
  }

  /// Halves and brain floats with their smallest numbers, against NumPy.
  @Test func everyTypeOfNumberIsRead() throws {
    let wanted = try JSONDecoder().decode(
      [String: [Double]].self,
      from: Data(contentsOf: URL(fileURLWithPath: fixture("types.json"))))
    let tensors = try Safetensors.read(path: fixture("types.safetensors"))
    #expect(tensors.map(\.name) == ["bf16", "f16", "f32", "f64"])
    for tensor in tensors {
      #expect(tensor.shape == [4, 5])
      #expect(tensor.values.map(\.bitPattern) == wanted[tensor.name]?.map { Float($0).bitPattern })
    }
  }

  @Test func aFileOfPyTorchsOwnGetsTheLinesThatTurnIt() throws {
    let starts: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0x80, 0x02, 0x8A, 0x0A, 0x6C]]
    for start in starts {
      let path = NSTemporaryDirectory() + "labbook-\(UUID()).pt"
      try Data(start + [UInt8](repeating: 1, count: 100)).write(to: URL(fileURLWithPath: path))
      defer { try? FileManager.default.removeItem(atPath: path) }
      let problem = try #require(throws: LabbookError.self) { try Safetensors.read(path: path) }
      #expect(
        problem.message.hasSuffix(".pt is a file of PyTorch's own, and only safetensors are read"))
      let lines = problem.hint.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[1] == "  import torch; from safetensors.torch import save_file")
      #expect(lines[2].hasPrefix("  save_file(torch.load(\"labbook-"))
      #expect(lines[2].hasSuffix(".safetensors\")"))
    }
  }

  /// The whole file by the format's description: length, header, numbers, each little-endian.
  @Test func theFileIsPinned() {
    let data = Safetensors.encode(
      [
        NamedTensor(name: "0.weight", shape: [1, 2], values: [1, -2]),
        NamedTensor(name: "s", shape: [], values: [0.5]),
      ], metadata: ["b": "\"", "a": "pt"])
    let header =
      #"{"__metadata__":{"a":"pt","b":"\""},"#
      + #""0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"#
      + #""s":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length = [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0]
    let numbers: [UInt8] = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f]
    #expect(padded.utf8.count < 256)
    #expect(Array(data) == length + Array(padded.utf8) + numbers)
  }

  /// A part of other data is read as the whole of it, and the tensors come sorted by name.
  @Test func aSliceOfDataIsRead() throws {
    let file = Safetensors.encode([
      NamedTensor(name: "b", shape: [2], values: [1, 2]),
      NamedTensor(name: "a", shape: [1], values: [3]),
    ])
    let slice = (Data([1, 2, 3]) + file).dropFirst(3)
    let tensors = try Safetensors.decode(slice)
    #expect(tensors.map(\.name) == ["a", "b"])
    #expect(tensors.map(\.values) == [[3], [1, 2]])
  }

  @Test func aCounterOfBatchesOfAnyTypeIsRead() throws {
    let tensors = try Safetensors.decode(
      Data(
        file(
          #"{"0.num_batches_tracked": {"dtype": "I64", "shape": [], "data_offsets": [0, 8]}}"#,
          "abcdefgh"
        ).utf8))
    #expect(tensors == [NamedTensor(name: "0.num_batches_tracked", shape: [], values: [0])])
  }

  @Test func writesWhatItReads() throws {
    let tensors = [
      NamedTensor(
        name: "0.weight", shape: [2, 3],
        values: [1, -2, 3.5, .infinity, 0, Float.leastNonzeroMagnitude]),
      NamedTensor(name: "a \"b\".bias", shape: [1], values: [-0.0]),
    ]
    let data = Safetensors.encode(tensors, metadata: ["format": "pt"])
    #expect(try Safetensors.decode(data) == tensors)
    let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect((8 + header) % 8 == 0)  // numbers begin aligned, as the reference writes them
  }

  @Test(arguments: [
    ("", "only 0 bytes"),
    ("\u{1}\u{0}\u{0}", "only 3 bytes"),
    ("\u{7f}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}{}", "127 bytes long"),
    ("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}{}", "bytes long"),
    (file("not json"), "not a JSON object"),
    (file("[1, 2]"), "not a JSON object"),
    (file(String(repeating: "[", count: 100_000)), "not a JSON object"),
    (file(#"{"a": {"dtype": "F32", "shape": [2]}}"#), "not a JSON object"),
    (file(#"{"a": {"dtype": "F32", "shape": [1e99], "data_offsets": [0, 4]}}"#), "not a JSON"),
    (file(#"{"a": {"dtype": "I8", "shape": [1], "data_offsets": [0, 1]}}"#), "of type I8"),
    (file(#"{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}"#), "does not fit"),
    (
      file(
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, "abcd"),
      "does not fit"
    ),
    (file(#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}}"#, "abcd"), "offsets"),
    (file(#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}"#, "abcd"), "offsets"),
    (file(#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}"#, "abcd"), "offsets"),
    (file(#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}"#, "abcd"), "offsets"),
    (
      file(#"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}"#, "abcdefgh"), "offsets"
    ),
  ])
  func refusesHostileFiles(text: String, message: String) {
    let error = #expect(throws: LabbookError.self) { try Safetensors.decode(Data(text.utf8)) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func namesAFileThatCannotBeRead() {
    let error = #expect(throws: LabbookError.self) { try Safetensors.read(path: "/no/such.file") }
    #expect(error?.message.contains("/no/such.file") == true)
    #expect(error?.status == 2)
  }

  @Test func saysWhatDoesNotFitANetwork() throws {
    let graph = try Graph([linear(3), layer("relu"), linear(2)], input: Shape(2))
    let tensors = [
      NamedTensor(name: "0.weight", shape: [2, 3], values: Array(repeating: 0, count: 6)),
      NamedTensor(name: "0.bias", shape: [3], values: [0, 0, 0]),
      NamedTensor(name: "1.weight", shape: [2, 3], values: Array(repeating: 0, count: 6)),
      NamedTensor(name: "0.num_batches_tracked", shape: [], values: [0]),
    ]
    let problems = graph.mismatches(with: tensors)
    #expect(
      problems == [
        "the tensor '0.weight' is 2 x 3, expected 3 x 2", "there is no tensor '2.weight' (2 x 3)",
        "there is no tensor '2.bias' (2)", "the network has no parameter '1.weight'",
      ])
  }
}

/// A file of this header, filled up with spaces until its length is written in ASCII bytes.
private func file(_ header: String, _ body: String = "") -> String {
  var length = header.utf8.count
  var text = header
  while !isASCII(length) {
    text += " "
    length += 1
  }
  let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
  return String(decoding: bytes, as: UTF8.self) + text + body
}

private func isASCII(_ length: Int) -> Bool {
  (0..<8).allSatisfy { (length >> (8 * $0)) & 0xff < 128 }
}
