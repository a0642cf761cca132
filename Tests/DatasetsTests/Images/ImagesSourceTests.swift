import Datasets
import Foundation
import Testing
import Tracking

@Suite struct ImagesSourceTests {
  /// What Pillow reads in the fixtures.
  private struct Witness: Decodable {
    struct Case: Decodable {
      let mode: String
      let size: [Int]
      let rows: [[Double]]
    }
    let files: [String]
    let cases: [Case]
  }

  /// The decoders of JPEG differ by some levels where colours are stored at half the size.
  private static let levels = 3.0

  /// Pillow filters rows or columns first, whichever costs less, and rounds between the two.
  @Test func pixelsAreThoseOfPillow() throws {
    let witness = try Fixture.json("pictures.json", as: Witness.self)
    #expect(witness.files.count == 11)
    for wanted in witness.cases {
      let data = try prepare(
        "images",
        [
          "path": .text(Fixture.path("pictures")),
          "size": .list(wanted.size.map(ParameterValue.integer)),
          "color": .text(wanted.mode == "L" ? "gray" : "rgb"),
        ])
      #expect(data.train.featureShape == [wanted.mode == "L" ? 1 : 3] + wanted.size)
      #expect(data.classNames == ["cat", "dog"])
      #expect(data.train.labels == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
      for (name, (found, rows)) in zip(witness.files, zip(data.train.table, wanted.rows)) {
        let isResized = wanted.size != [9, 14] || name.contains("small")
        let most = name.contains(".jp") ? Self.levels : isResized ? 1 : 0
        let differences = zip(found, rows).map { abs(Double($0) * 255 - $1) }
        #expect(found.count == rows.count)
        #expect(
          (differences.max() ?? 0) < most + 1e-4, "\(name) \(wanted.mode) \(wanted.size)")
        #expect(differences.reduce(0, +) / Double(found.count) < 0.25)
      }
    }
  }

  // MARK: Folders

  /// A folder of classes with copies of the fixtures.
  private func folder(_ files: [String: Data]) throws -> String {
    let base = FileManager.default.temporaryDirectory
      .appendingPathComponent("labbook-" + UUID().uuidString)
    for (name, data) in files {
      let url = base.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url)
    }
    return base.path
  }

  private func picture(_ name: String) throws -> Data {
    try Data(contentsOf: Fixture.folder.appendingPathComponent("pictures/" + name))
  }

  @Test func classesAreFoldersInTheOrderOfTheirNamesOrNumbers() throws {
    let gray = try picture("cat/gray.png")
    let numbers = try folder(["10/a.png": gray, "9/a.png": gray, "9/.hidden.png": Data()])
    let data = try prepare("images", ["path": .text(numbers)])
    #expect(data.classNames == ["9", "10"] && data.train.featureShape == [1, 9, 14])
    let names = try folder(["b/a.png": gray, "a/a.png": gray, "c/a.png": gray])
    #expect(try prepare("images", ["path": .text(names)]).classNames == ["a", "b", "c"])
    let chosen = try prepare(
      "images", ["path": .text(names), "classes": .list([.text("c"), .text("a")])])
    #expect(chosen.classNames == ["c", "a"] && chosen.train.rows == 2)
    let unknown = try refusal("images", ["path": .text(names), "classes": .list([.text("bb")])])
    #expect(unknown.setting == "classes.0" && unknown.hint == "Did you mean 'b'?")
  }

  @Test func aFolderForTheTestPartHasItsClasses() throws {
    let gray = try picture("cat/gray.png")
    let train = try folder(["a/1.png": gray, "b/1.png": gray, "b/2.png": gray])
    let test = try folder(["b/1.png": gray])
    let data = try prepare("images", ["path": .text(train), "test_path": .text(test)])
    #expect(data.train.rows == 3 && data.test?.labels == [1])
    let other = try folder(["bb/1.png": gray])
    let error = try refusal("images", ["path": .text(train), "test_path": .text(other)])
    #expect(error.message == "there is no class 'bb' among those to train on")
    #expect(error.setting == "test_path" && error.hint == "Did you mean 'b'?")
  }

  @Test func whatDecidesTheNumbersDecidesTheFingerprint() throws {
    let (gray, deep) = (try picture("cat/gray.png"), try picture("dog/deep.png"))
    func fingerprint(_ files: [String: Data]) throws -> String {
      try prepare("images", ["path": .text(folder(files))]).fingerprint
    }
    let one = try fingerprint(["a/1.png": gray, "b/1.png": deep])
    #expect(try fingerprint(["a/x.png": gray, "b/y.png": deep]) == one)
    #expect(try fingerprint(["a/1.png": deep, "b/1.png": gray]) != one)
    #expect(try fingerprint(["a/1.png": gray, "c/1.png": deep]) != one)
    #expect(try fingerprint(["a/1.png": gray, "a/2.png": deep, "b/1.png": gray]) != one)
  }

  // MARK: Wrong input

  @Test func everyFileThatCannotBeUsedIsTold() throws {
    let gray = try picture("cat/gray.png")
    let photo = try picture("dog/colour.jpeg")
    var wrong = gray
    wrong[40] ^= 1
    let path = try folder([
      "a/good.png": gray, "a/empty.png": Data(), "a/cut.png": gray.dropLast(9),
      "b/wrong.png": wrong,
      "b/cut.jpg": photo.prefix(photo.count * 2 / 3), "b/page.jpg": Data("<!DOCTYPE html>".utf8),
      "b/moving.png": Data("GIF89a".utf8), "b/text.png": Data("hello".utf8),
    ])
    let error = try refusal("images", ["path": .text(path)])
    #expect(error.setting == "path" && error.place == path)
    #expect(
      error.message
        == "7 images cannot be used: a/cut.png is cut off; a/empty.png is empty: 0 bytes; "
        + "b/cut.jpg is cut off; b/moving.png is GIF, neither PNG nor JPEG; "
        + "b/page.jpg is a web page, neither PNG nor JPEG; b/text.png is neither PNG nor JPEG; "
        + "b/wrong.png is damaged")
  }

  @Test func foldersThatCannotBeMeantAreRefused() throws {
    let (gray, other) = (try picture("cat/gray.png"), try picture("dog/small/other.PNG"))
    let cases: [([String: Data], String, String)] = [
      (
        ["a.png": gray], "the images lie in the folder itself, a folder for each class is needed",
        "Move the images of each class into a folder of its name."
      ),
      (
        ["a/a.png": gray, "b/notes.txt": Data(), "c/x/y.txt": Data()],
        "there is no PNG or JPEG file in the folders 'b', 'c'",
        "Remove what is no class, or name the classes: classes: [...]"
      ),
      (
        ["a/a.png": gray, "a/b.png": other, "b/a.png": gray],
        "the images have 2 sizes (height x width): 9 x 14 in 2 (a/a.png), 12 x 7 in 1 (a/b.png)",
        "Bring them to one by a line under data: size: [9, 14]"
      ),
      (
        ["a/a.png": gray, "a/b.gif": gray], "an image is neither PNG nor JPEG: 'a/b.gif'", ""
      ),
      (
        ["train/a/a.png": gray, "test/a/a.png": gray],
        "its folders 'test', 'train' are parts of the data, not classes", ""
      ),
      (
        ["notes.txt": Data()],
        "there is no folder in it, a folder of images for each class is needed", ""
      ),
    ]
    for (files, message, hint) in cases {
      let path = try folder(files)
      let error = try refusal("images", ["path": .text(path)])
      #expect(error.message == message)
      if !hint.isEmpty { #expect(error.hint == hint) }
    }
    #expect(try refusal("images", ["path": .text("/nowhere")]).message == "/nowhere does not exist")
  }

  @Test func tenThousandAndOneClassesAreTooMany() throws {
    let path = try folder(["0/a.png": picture("cat/gray.png")])
    for number in 1...10_000 { mkdir(path + "/\(number)", 0o755) }
    let error = try refusal("images", ["path": .text(path)])
    #expect(
      error.message
        == "there are 10001 folders, and each is a class: at most 10000 are possible")
  }

  /// What a header promises is checked before memory is taken, and nothing traps on what follows it.
  @Test func hostileImagesAreRefused() throws {
    var huge = try picture("cat/gray.png")
    huge.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    huge = Self.summed(huge)
    var large = try picture("cat/gray.png")
    large.replaceSubrange(16..<24, with: [0, 0, 0x1F, 0xFF, 0, 0, 0x1F, 0xFF])
    large = Self.summed(large)
    let error = try refusal(
      "images", ["path": .text(folder(["a/huge.png": huge, "a/large.png": large]))])
    #expect(
      error.message == "2 images cannot be used: a/huge.png has more than 67 million pixels; "
        + "a/large.png is damaged: its header promises more pixels than the file can hold")
  }

  @Test func mutatedImagesNeverTrap() throws {
    var random = SequenceRandom(seed: 5)
    let originals = try [
      "cat/clear.png", "dog/palette.png", "dog/colour.jpeg", "dog/progressive.jpg",
    ]
    .map(picture)
    var files: [String: Data] = [:]
    for round in 0..<400 {
      var data = originals[round % originals.count]
      for _ in 0...random.next(below: 4) {
        data[random.next(below: data.count)] = UInt8(random.next(below: 256))
      }
      if random.next(below: 5) == 0 { data = data.prefix(random.next(below: data.count)) }
      if round % 2 == 0, data.starts(with: [0x89]) { data = Self.summed(data) }
      files["a/\(round)\(originals[round % originals.count][0] == 0x89 ? ".png" : ".jpg")"] = data
    }
    let path = try folder(files)
    let settings: [String: ParameterValue] = [
      "path": .text(path), "size": .list([.integer(3), .integer(5)]),
    ]
    let error = try refusal("images", settings)
    #expect(error.message.contains(" images cannot be used: "))
  }

  /// A PNG whose parts have their checksums again.
  private static func summed(_ data: Data) -> Data {
    var bytes = [UInt8](data)
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - place - 12 else { break }
      var sum = UInt32.max
      for byte in bytes[place + 4..<place + 8 + length] {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
      }
      sum = ~sum
      for offset in 0..<4 {
        bytes[place + 8 + length + offset] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * offset))
      }
      place += 12 + length
    }
    return Data(bytes)
  }
}

/// Numbers in a sequence, the same in every process (xorshift).
struct SequenceRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(below bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }
}
