import Tracking

/// The lines below an unknown word: what there is, and what was probably meant.
///
/// - Parameter otherNames: what other tools call what there is, in small letters without signs.
package func alternatives(
  _ word: String, among known: [String], otherNames: [String: String]
) -> [String] {
  guard !known.isEmpty else { return [] }
  var notes = ["expected one of: " + known.joined(separator: ", ")]
  if let near = meantName(word, among: known, otherNames: otherNames) {
    notes.append("did you mean '\(near)'?")
  }
  return notes
}

/// The name that was probably meant: a near one, what other tools call it, or a shorter form of it.
package func meantName(
  _ word: String, among known: [String], otherNames: [String: String]
) -> String? {
  if let near = nearestName(to: word, among: known) { return near }
  let plain = word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  if let name = otherNames[plain], known.contains(name) { return name }
  return known.first { $0.count > 2 && plain.hasPrefix($0.filter { $0 != "_" && $0 != "-" }) }
}
