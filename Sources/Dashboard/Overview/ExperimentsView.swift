import Foundation
import RunStorage
import Synchronization
import Terminal
import Tracking
import Web

/// `/`: experiments and their sweeps; the same as `/experiments.csv` and `/experiments.json`.
final class ExperimentsView: WebService {
  private let store: RunStore
  /// What was read last, with the store's version; what runs is read anew, for its time left goes down.
  private let last = Mutex<(version: Int64, list: SweepList)?>(nil)

  init(store: RunStore) { self.store = store }

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages else {
      return .other
    }
    switch head.path {
    case []: return .reply { try await Blocking.run { try self.page() } }
    case ["experiments.csv"]: return .reply { try await Blocking.run { try self.file(.csv) } }
    case ["experiments.json"]: return .reply { try await Blocking.run { try self.file(.json) } }
    default: return .other
    }
  }

  private func list() throws -> SweepList {
    let version = try store.dataVersion()
    if let known = last.withLock({ $0 }), known.version == version,
      known.list.sweeps.allSatisfy({ $0.counts[.running] == nil })
    {
      return known.list
    }
    let list = try SweepList(store)
    last.withLock { $0 = (version, list) }
    return list
  }

  private func page() throws -> WebReply {
    let list = try list()
    let names = try store.beginnings(of: list.progress.values.compactMap(\.bestRun))
    return PageFrame(
      title: "Experiments", body: ExperimentsPage(list: list, names: names).body,
      styles: ["overview.css"], part: .experiments
    ).reply
  }

  private func file(_ format: TableFormat) throws -> WebReply {
    let text = try list().table.text(format)
    let type = format == .csv ? "text/csv; charset=utf-8" : "application/json"
    return WebReply(200, type: type, body: .data(Data(text.utf8)))
  }
}
