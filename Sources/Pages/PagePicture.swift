import Foundation
public import Tracking

/// A figure as a page takes it in.
public struct PagePicture: Sendable {
  /// The drawing's file in the page's folder; `nil` where there is none.
  let file: String?
  /// The drawing as SVG.
  let svg: String?
  /// The same in dark colours, where it has none of its own.
  var night: String?
  /// Why there is none.
  let problem: LabbookError?

  /// Makes a picture of its parts.
  public init(file: String?, svg: String?, problem: LabbookError?) {
    self.file = file
    self.svg = svg
    self.problem = problem
  }
}

extension NotebookPictures {
  /// Pictures for a page that lies beside their files.
  ///
  /// A picture that was asked for in another format only is drawn once more, and not kept.
  public func pagePictures(_ drawn: [NotebookPicture]) -> [PagePicture] {
    drawn.map { picture in
      let names = picture.paths.map { PathText($0).name }
      guard picture.problem == nil else {
        return PagePicture(file: nil, svg: nil, problem: picture.problem)
      }
      do {
        let svg = try svg(of: picture)
        var page = PagePicture(
          file: names.first { $0.hasSuffix(".svg") } ?? names.first, svg: svg, problem: nil)
        page.night = try picture.nightPath.map { try String(contentsOfFile: $0, encoding: .utf8) }
        return page
      } catch {
        return PagePicture(
          file: names.first, svg: nil,
          problem: error as? LabbookError ?? .failure("the picture cannot be read: \(error)"))
      }
    }
  }

  private func svg(of picture: NotebookPicture) throws -> String {
    if let path = picture.paths.first(where: { $0.hasSuffix(".svg") }) {
      return try String(contentsOfFile: path, encoding: .utf8)
    }
    return try svg(picture.cell)
  }
}
