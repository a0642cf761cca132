import Pages
import Synchronization

/// The ways that only some servers have.
enum Navigation {
  /// Whether this server follows an experiment file.
  static let hasNotebook = Atomic<Bool>(false)

  /// The notebook's address, where there is one.
  static var notebook: String? { hasNotebook.load(ordering: .relaxed) ? "/notebook" : nil }
}

/// The style of notebooks, as an asset.
enum NotebookStyles {
  static let css =
    PackageResources.notebook_css + Array(("\n" + NotebookStyle.css(within: ".notebook")).utf8)
}
