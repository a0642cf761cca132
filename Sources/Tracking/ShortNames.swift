/// Names cut to a width, so that names that differ stay different.
///
/// Of names of as many words each, those that are too long keep the words in which they differ. Others
/// lose their middle; where different names would become one text by that, they go on behind their
/// beginning from where they differ.
public struct ShortNames {
  private let measure: (String) -> Double

  /// Makes a cutter for a measure of widths.
  public init(width: @escaping (String) -> Double) { measure = width }

  /// The names as they fit into a width each, in their order; equal names are equal texts.
  public func fitted(_ names: [String], to limits: [Double]) -> [String] {
    precondition(names.count == limits.count, "a limit a name")
    var short = zip(names, limits).map { middle($0, to: $1) }
    let cut = names.indices.filter { short[$0] != names[$0] }
    if cut.isEmpty { return short }
    if Set(cut.map { names[$0] }).count > 1,
      let words = words(cut.map { names[$0] }, to: cut.map { limits[$0] })
    {
      for (place, text) in zip(cut, words) { short[place] = text }
    }
    separate(Array(names.indices), of: names, to: limits, in: &short)
    number(names, in: &short)
    return short
  }

  /// The same with one width for all.
  public func fitted(_ names: [String], to limit: Double) -> [String] {
    fitted(names, to: names.map { _ in limit })
  }

  /// One name cut in its middle, so that both its ends are seen.
  public func middle(_ name: String, to limit: Double) -> String {
    guard measure(name) > limit else { return name }
    let characters = Array(name)
    func short(_ kept: Int) -> String {
      let front = (kept + 1) / 2
      return String(characters.prefix(front)) + "…" + String(characters.suffix(kept - front))
    }
    return short(most(characters.count - 1, to: limit, short))
  }

  /// How many characters, from 1 to `count`, a text of them may have.
  private func most(_ count: Int, to limit: Double, _ text: (Int) -> String) -> Int {
    var (fits, tooMany) = (1, max(1, count) + 1)
    while tooMany - fits > 1 {
      let middle = (fits + tooMany) / 2
      if measure(text(middle)) <= limit { fits = middle } else { tooMany = middle }
    }
    return fits
  }

  /// Names of as many words each, with the words in which they differ and as many of the others,
  /// from the first on, as there is room for; `nil` where they are made otherwise.
  private func words(_ names: [String], to limits: [Double]) -> [String]? {
    let all = names.map { $0.split(separator: " ", omittingEmptySubsequences: false) }
    guard let first = all.first, first.count <= 100, all.allSatisfy({ $0.count == first.count })
    else { return nil }
    func texts(_ kept: Set<Int>) -> [String]? {
      let texts = all.map { words in
        words.indices.map { kept.contains($0) ? String(words[$0]) : "…" }
          .reduce(into: [String]()) { if $1 != "…" || $0.last != "…" { $0.append($1) } }
          .joined(separator: " ")
      }
      return zip(texts, limits).allSatisfy { measure($0) <= $1 } ? texts : nil
    }
    var kept = Set(first.indices.filter { place in all.contains { $0[place] != first[place] } })
    guard var best = texts(kept) else { return nil }
    for place in first.indices where !kept.contains(place) {
      guard let more = texts(kept.union([place])) else { break }
      kept.insert(place)
      best = more
    }
    return best
  }

  /// Cuts anew, from where they differ, those of `places` whose different names are one text.
  private func separate(
    _ places: [Int], of names: [String], to limits: [Double], in short: inout [String],
    after known: Int = -1
  ) {
    for group in Dictionary(grouping: places, by: { short[$0] }).values {
      let different = Set(group.map { names[$0] })
      let common = Self.commonPrefix(different)
      guard different.count > 1, common > known else { continue }
      for place in group {
        short[place] = cut(Array(names[place]), from: common, to: limits[place])
      }
      separate(group, of: names, to: limits, in: &short, after: common)
    }
  }

  private static func commonPrefix(_ names: Set<String>) -> Int {
    let all = names.map(Array.init)
    guard let first = all.first else { return 0 }
    return first.indices.first { place in
      all.contains { place >= $0.count || $0[place] != first[place] }
    } ?? first.count
  }

  /// The beginning of a name, then what stands from a place on, as far as there is room.
  private func cut(_ name: [Character], from place: Int, to limit: Double) -> String {
    var head = place == 0 ? 0 : most(place, to: limit / 3) { String(name.prefix($0)) }
    // A little of what stands before the place, where it ends a word.
    var start = place
    while start > head, place - start < 4, name[start - 1] != " " { start -= 1 }
    if start <= head + 1 { (head, start) = (0, 0) }
    let opening = start == 0 ? "" : String(name.prefix(head)) + "…"
    func text(_ beyond: Int) -> String {
      let end = min(name.count, place + beyond)
      return opening + String(name[start..<end]) + (end < name.count ? "…" : "")
    }
    return text(most(name.count - place, to: limit, text))
  }

  /// What is still one text for different names gets a number.
  private func number(_ names: [String], in short: inout [String]) {
    var owners: [String: String] = [:]
    var given: [String: String] = [:]
    for place in names.indices {
      if let text = given[names[place]], owners[text] == names[place] {
        short[place] = text
        continue
      }
      var text = short[place]
      var count = 1
      while let owner = owners[text], owner != names[place] {
        count += 1
        text = short[place] + " (\(count))"
      }
      owners[text] = names[place]
      given[names[place]] = text
      short[place] = text
    }
  }
}
