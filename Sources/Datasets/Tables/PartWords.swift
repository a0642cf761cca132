import CTables
import Foundation

/// The distinct words of a column in one part of a table, as their bytes stand in the file.
///
/// They are valid while the walk that made them lives.
struct PartWords {
  let list: OpaquePointer?

  var count: Int { list.map { Int(lb_words_count($0)) } ?? 0 }

  /// A word's bytes, and whether doubled quotes in it stand for one.
  func bytes(_ code: Int) -> (bytes: UnsafeRawBufferPointer, hasQuotes: Bool) {
    var (count, hasQuotes) = (Int64(0), Int32(0))
    let start = list.flatMap { lb_words_text($0, Int64(code), &count, &hasQuotes) }
    return (UnsafeRawBufferPointer(start: start, count: Int(count)), hasQuotes != 0)
  }

  func text(_ code: Int) -> String {
    let (bytes, hasQuotes) = bytes(code)
    return TextTable.text(bytes[...], hasQuotes: hasQuotes)
  }
}

/// The words of all parts of a column as one list.
struct WordMerge {
  /// Sorted by their scalars, each once; those that stand for a missing value left out.
  private(set) var names: [String] = []
  /// For every part and every word of it the place of the word; -1 where it stands for a missing value.
  private(set) var places: [[Int32]]
  /// Whether a word that is not empty stands for a missing value.
  private(set) var hasMissingWords = false

  init(_ parts: [PartWords], _ missing: MissingWords) {
    places = parts.map { [Int32](repeating: -1, count: $0.count) }
    if !mergeBytes(parts, missing) { mergeTexts(parts, missing) }
  }

  private struct Entry {
    /// The first eight bytes, the first one the highest.
    let key: UInt64
    let bytes: UnsafeRawBufferPointer
    let part: Int32
    let code: Int32

    func precedes(_ other: Entry) -> Bool {
      if key != other.key { return key < other.key }
      let order = compare(other)
      return order != 0 ? order < 0 : bytes.count < other.bytes.count
    }

    func equals(_ other: Entry) -> Bool {
      key == other.key && bytes.count == other.bytes.count && compare(other) == 0
    }

    private func compare(_ other: Entry) -> Int32 {
      guard let own = bytes.baseAddress, let others = other.bytes.baseAddress else { return 0 }
      return memcmp(own, others, min(bytes.count, other.bytes.count))
    }
  }

  /// Words of ASCII without doubled quotes are equal where their bytes are, and sorted as these are.
  ///
  /// - Returns: false, and nothing done, where there are others.
  private mutating func mergeBytes(_ parts: [PartWords], _ missing: MissingWords) -> Bool {
    var entries: [Entry] = []
    entries.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for (part, words) in parts.enumerated() {
      for code in 0..<words.count {
        let (bytes, hasQuotes) = words.bytes(code)
        if hasQuotes || bytes.contains(where: { $0 >= 0x80 }) { return false }
        if missing.contains(bytes[...]) {
          if !bytes.isEmpty { hasMissingWords = true }
          continue
        }
        var key: UInt64 = 0
        for place in 0..<8 { key = key << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
        entries.append(Entry(key: key, bytes: bytes, part: Int32(part), code: Int32(code)))
      }
    }
    entries.sort { $0.precedes($1) }
    for place in entries.indices {
      let entry = entries[place]
      if place == 0 || !entry.equals(entries[place - 1]) {
        names.append(String(decoding: entry.bytes, as: UTF8.self))
      }
      places[Int(entry.part)][Int(entry.code)] = Int32(names.count - 1)
    }
    return true
  }

  private mutating func mergeTexts(_ parts: [PartWords], _ missing: MissingWords) {
    // A quote may be written in two ways, so that two words are one text.
    let texts = parts.map { words in (0..<words.count).map(words.text) }
    let known = texts.joined().filter { !missing.contains($0) }
    hasMissingWords = texts.joined().contains { !$0.isEmpty && missing.contains($0) }
    names = Set(known).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    places = texts.map { $0.map { order[$0] ?? -1 } }
  }
}
