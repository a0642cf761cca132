/// The name in `candidates` that `name` was most likely meant to be; `nil` where none is near.
///
/// Damerau-Levenshtein distance with unit costs, letters compared without case; near means at most
/// a third of the longer name's length, and at least one edit is always allowed. Names of more than
/// 200 characters are near to none.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  guard let wanted = comparable(name) else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    guard let letters = comparable(candidate) else { continue }
    let limit = max(1, max(wanted.count, letters.count) / 3)
    if abs(wanted.count - letters.count) > limit { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
  }
  return best?.name
}

/// The letters of a name without case; `nil` where it is too long to be compared.
private func comparable(_ name: String) -> [Character]? {
  guard name.utf8.count <= 16 * longestName else { return nil }
  let start = name.prefix(longestName + 1)
  return start.count > longestName ? nil : Array(start.lowercased())
}

/// The longest name that is compared, in characters: the distance costs the product of both lengths.
private let longestName = 200

/// The distance, from three rows of the table.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var before: [Int] = []
  var above = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      let substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var least = min(substitution, above[j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        least = min(least, before[j - 2] + 1)
      }
      row.append(least)
    }
    (before, above) = (above, row)
  }
  return above[b.count]
}
