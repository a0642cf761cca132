import Foundation
public import Tracking

/// The file formats of a notebook's page.
public enum PageFormat: String, Hashable, Sendable, CaseIterable {
  /// One file for a browser.
  case html
  /// Markdown, with the figures beside it.
  case md
  /// A notebook of Jupyter.
  case ipynb

  /// A page in this format.
  public func text(_ page: NotebookPage) -> String {
    switch self {
    case .html: HTMLPage(page).text
    case .md: MarkdownPage(page).text
    case .ipynb: JupyterPage(page).text
    }
  }

  /// Writes a page into `folder/<experiment>/`, under another name first; the path.
  ///
  /// - Throws: `LabbookError` where the file cannot be written.
  public func write(_ page: NotebookPage, into folder: String) throws(LabbookError) -> String {
    let place = "\(folder)/\(page.experiment)"
    let path = "\(place)/index.\(rawValue)"
    do {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try Data(text(page).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .failure("'\(path)' cannot be written: \(fileReason(error))")
    }
    return path
  }
}
