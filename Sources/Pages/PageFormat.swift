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
  ///
  /// - Parameter home: the folder in which commands are given, as seen from the page.
  public func text(_ page: NotebookPage, home: String = ".") -> String {
    switch self {
    case .html: HTMLPage(page).text
    case .md: MarkdownPage(page).text
    case .ipynb: JupyterPage(page, home: home).text
    }
  }

  /// Writes a page into the experiment's folder, under another name first; the path.
  ///
  /// - Throws: `LabbookError` where the file cannot be written.
  public func write(_ page: NotebookPage, into folder: PlotsFolder) throws(LabbookError) -> String {
    let path = try folder.file("index", rawValue)
    try folder.write(Data(text(page, home: folder.home).utf8), to: path)
    return path
  }
}
