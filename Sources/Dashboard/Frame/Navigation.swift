import Synchronization

/// The ways that only some servers have.
enum Navigation {
  /// Whether this server follows an experiment file.
  static let hasNotebook = Atomic<Bool>(false)

  /// The way to the notebook, where there is one.
  static var notebook: String {
    hasNotebook.load(ordering: .relaxed) ? "<a href=\"/notebook\">Notebook</a> " : ""
  }
}
