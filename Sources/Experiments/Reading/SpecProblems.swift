import Tracking

/// Collects everything that is wrong while a file is read, so that all of it is told at once.
final class SpecProblems {
  private(set) var list: [Diagnostic] = []

  /// After so many errors further ones help nobody.
  static let most = 100

  /// Adds an error.
  func report(_ mark: Mark, _ message: String, _ notes: [String] = []) {
    list.append(Diagnostic(mark, message, notes: notes))
  }

  /// Adds errors found elsewhere.
  func report(_ diagnostics: [Diagnostic]) { list += diagnostics }
}

/// The lines below an unknown word: what there is, and what was probably meant.
func alternatives(_ word: String, among known: [String]) -> [String] {
  guard !known.isEmpty else { return [] }
  var notes = ["expected one of: " + known.joined(separator: ", ")]
  if let near = nearestName(to: word, among: known) { notes.append("did you mean '\(near)'?") }
  return notes
}

/// The file name that was probably meant.
func nearestFile(to name: String, among names: [String]) -> String? {
  nearestName(to: name, among: names.filter { !$0.hasPrefix(".") && $0 != name }.sorted())
}
