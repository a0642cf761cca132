import Foundation
import Machine
import TensorKernels
import Tracking

// R images, C channels, H rows and W columns of pixels.

/// Images of one or two folders on their way to bytes: what they are, then what they show.
struct ImageReading {
  private let folders: [ImageFolder]
  private let settings: [String]
  private let images: [[ImageFile]]
  /// C, H, W.
  let shape: [Int]
  /// SHA-256 of the classes and of all files' bytes in their order.
  let fingerprint: String
  /// What was found in the files, for people.
  private(set) var found: [String] = []

  /// Reads every file once and decodes none.
  ///
  /// - Throws: one error with all files that cannot be used, or where sizes differ and none is asked.
  init(
    _ folders: [ImageFolder], settings: [String], size: [Int]?, isGray: Bool?
  ) throws(DataError) {
    self.folders = folders
    self.settings = settings
    var images: [[ImageFile]] = []
    for (folder, setting) in zip(folders, settings) {
      images.append(try Self.inspect(folder, setting))
    }
    self.images = images
    let all = images.flatMap { $0 }
    let gray = isGray ?? all.allSatisfy(\.isGray)
    if isGray == nil { found.append(gray ? "images are gray" : "images have colours") }
    let own: [Int]
    if let size { own = size } else { own = try Self.size(folders, images, settings) }
    let others = all.count { $0.height != own[0] || $0.width != own[1] }
    if others > 0 {
      found.append(
        others == all.count
          ? "all images are brought to \(own[0]) x \(own[1])"
          : "\(others) of \(all.count) images are brought to \(own[0]) x \(own[1])")
    }
    shape = [gray ? 1 : 3] + own
    var digest = SHA256Digest()
    for (folder, images) in zip(folders, images) {
      digest.update("\(images.count)\n")
      for (file, image) in zip(folder.files, images) {
        digest.update("\(file.label) \(image.digest)\n")
      }
    }
    for name in folders[0].classes { digest.update(ParameterValue.json(name) + "\n") }
    fingerprint = digest.hex()
  }

  private static func inspect(
    _ folder: ImageFolder, _ setting: String
  ) throws(DataError) -> [ImageFile] {
    let files = folder.files
    let path = folder.path
    let results = madeInParallel(files.count) { number in
      Result { () throws(ImageFile.Problem) in
        try ImageFile(inspecting: path + "/" + files[number].name)
      }
    }
    return try all(results, folder, setting)
  }

  /// All values, or one error with every file that has none.
  private static func all<Value>(
    _ results: [Result<Value, ImageFile.Problem>], _ folder: ImageFolder, _ setting: String
  ) throws(DataError) -> [Value] {
    var problems: [String] = []
    var values: [Value] = []
    values.reserveCapacity(results.count)
    for (file, result) in zip(folder.files, results) {
      switch result {
      case .success(let value): values.append(value)
      case .failure(let problem): problems.append("\(file.name) \(problem.message)")
      }
    }
    if problems.isEmpty { return values }
    let most = 100
    let more = problems.count > most ? ["and \(problems.count - most) more"] : []
    throw DataError(
      setting: setting, place: folder.path,
      (problems.count == 1
        ? "an image cannot be used: " : "\(problems.count) images cannot be used: ")
        + (problems.prefix(most) + more).joined(separator: "; "),
      hint: "Fetch or make them anew, or remove them.")
  }

  /// The size that all images have.
  private static func size(
    _ folders: [ImageFolder], _ images: [[ImageFile]], _ settings: [String]
  ) throws(DataError) -> [Int] {
    struct Size: Hashable {
      let height: Int
      let width: Int
    }
    var seen: [Size: (count: Int, file: String)] = [:]
    for (folder, images) in zip(folders, images) {
      for (file, image) in zip(folder.files, images) {
        seen[Size(height: image.height, width: image.width), default: (0, file.name)].count += 1
      }
    }
    let sorted = seen.sorted {
      ($1.value.count, $0.key.height, $0.key.width) < ($0.value.count, $1.key.height, $1.key.width)
    }
    guard let first = sorted.first else { return [1, 1] }
    if sorted.count == 1 { return [first.key.height, first.key.width] }
    let named = sorted.prefix(6).map {
      "\($0.key.height) x \($0.key.width) in \($0.value.count) (\($0.value.file))"
    }
    let more = sorted.count > 6 ? " and \(sorted.count - 6) more" : ""
    throw DataError(
      setting: settings[0], place: folders[0].path,
      "the images have \(sorted.count) sizes (height x width): " + named.joined(separator: ", ")
        + more,
      hint:
        "Bring them to one by a line under data: size: [\(first.key.height), \(first.key.width)]")
  }

  // MARK: Pixels

  private var numbersOfImage: Int { shape.reduce(1, *) }

  /// What decides the bytes beside the files: a new way of decoding is a new number.
  private var name: String {
    SHA256Digest.hex(of: "images 1 \(shape) \(fingerprint)")
  }

  /// The pixels of every folder, R x C x H x W, decoded or as they were kept.
  func pixels(_ kept: DecodedFolder?) throws(DataError) -> [SharedArray<UInt8>] {
    let counts = images.map { $0.count * numbersOfImage }
    let total = counts.reduce(0, +)
    if let data = kept?.bytes(name, count: total) {
      var first = 0
      return counts.map { count in
        defer { first += count }
        return SharedArray(count: count) { target in
          let start = data.startIndex + first
          data.copyBytes(to: target, from: start..<start + count)
        }
      }
    }
    var parts: [SharedArray<UInt8>] = []
    for place in folders.indices { parts.append(try decoded(place)) }
    kept?.offer(name) { [parts] in
      var data = Data(capacity: total)
      for part in parts { data.append(part.elements) }
      return data
    }
    return parts
  }

  private func decoded(_ place: Int) throws(DataError) -> SharedArray<UInt8> {
    let (folder, images, size) = (folders[place], images[place], numbersOfImage)
    let (channels, height, width) = (shape[0], shape[1], shape[2])
    try MemoryLimit.check(
      rows: images.count, columns: size, bytes: 6, setting: settings[place], place: folder.path)
    let greatest = images.map { $0.width * $0.height }.max() ?? 0
    try MemoryLimit.check(
      rows: greatest, columns: 66, bytes: Parallel.cores, setting: settings[place],
      place: folder.path)
    let files = folder.files
    var results: [Result<Void, ImageFile.Problem>] = []
    let pixels = SharedArray<UInt8>(count: images.count * size) { target in
      guard let base = target.baseAddress else { return }
      // Every image has a place of its own.
      nonisolated(unsafe) let pixels = base
      results = madeInParallel(files.count) { number in
        Result { () throws(ImageFile.Problem) in
          let image = try ImageFile.read(
            folder.path + "/" + files[number].name, channels: channels, height: height,
            width: width, into: pixels + number * size)
          if image.digest != images[number].digest {
            throw ImageFile.Problem(message: "was changed while it was read")
          }
        }
      }
    }
    _ = try Self.all(results, folder, settings[place])
    return pixels
  }
}
