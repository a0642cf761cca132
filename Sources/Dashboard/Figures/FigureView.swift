import Datasets
import Experiments
import Figures
import FileLanguage
import Foundation
import GnuplotBackend
import Pictures
import RunStorage
import Synchronization
import Tracking
import Web

/// `/figure.svg`, `.png`, `.pdf`: a figure as `labbook plot KIND` draws it, and `/figure.yaml`: the cell of
/// a notebook that draws it.
final class FigureView: WebService {
  private let store: RunStore
  private let library: DataLibrary
  private let writer = FigureWriter()
  /// One is drawn at a time; the others wait.
  private let place = Mutex(())

  init(store: RunStore, library: DataLibrary) {
    (self.store, self.library) = (store, library)
  }

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path.count == 1, head.path[0].hasPrefix("figure."),
      head.access.seesPages
    else { return .other }
    let ending = String(head.path[0].dropFirst("figure.".count))
    if ending == "yaml" { return .reply { try await self.answer { try self.yaml(head.query) } } }
    guard let format = PictureFormat(rawValue: ending) else { return .other }
    return .reply { try await self.answer { try self.drawn(head.query, format) } }
  }

  /// Answers, or says in plain words what is wrong with the address.
  private func answer(_ work: @escaping @Sendable () throws -> WebReply) async throws -> WebReply {
    try await Blocking.run {
      do { return try work() } catch {
        let problem = Problem.described(error)
        return .text(problem.description + "\n", status: problem.status == 2 ? 400 : 500)
      }
    }
  }

  private func drawn(_ query: WebQuery, _ format: PictureFormat) throws -> WebReply {
    try place.withLock { _ in try picture(query, format) }
  }

  private func picture(_ query: WebQuery, _ format: PictureFormat) throws -> WebReply {
    let (cell, maker) = try FigureOrder(query).cell(in: store, library)
    let drawn = try writer.picture(of: try maker.figure(cell), format)
    let type =
      switch format {
      case .svg: "image/svg+xml"
      case .png: "image/png"
      case .pdf: "application/pdf"
      }
    if query["download"] != nil {
      return .attachment(.data(drawn), name: "\(cell.name).\(format.rawValue)", type: type)
    }
    let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return WebReply(
      200, type: type,
      headers: [("Content-Security-Policy", policy), ("Cache-Control", "no-store")],
      body: .data(drawn))
  }

  private func yaml(_ query: WebQuery) throws -> WebReply {
    let order = try FigureOrder(query)
    // What is not right is no cell.
    _ = try order.cell(in: store, library)
    return .text(CellText(order).text)
  }
}
