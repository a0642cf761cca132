import Foundation
import RunStorage

/// What a search of models asks, and the pages of its answer.
struct ModelSearch {
  struct Order: Decodable {
    let fieldName: String?
    let ascending: Bool?
    let datasetName: String?
    let datasetDigest: String?
  }
  struct Dataset: Decodable {
    let datasetName: String?
    let datasetDigest: String?

    /// Whether a metric was measured on it; what is not said of it fits all.
    func fits(_ metric: LoggedModelMetric) -> Bool {
      (datasetName ?? metric.datasetName) == metric.datasetName
        && (datasetDigest ?? metric.datasetDigest) == metric.datasetDigest
    }
  }
  struct Sent: Decodable {
    let experimentIds: [String]?
    let filter: String?
    let datasets: [Dataset]?
    let maxResults: WholeNumber?
    let orderBy: [Order]?
    let pageToken: String?
  }
  struct Found {
    let model: LoggedModel
    let metrics: [LoggedModelMetric]
  }

  private let sent: Sent
  private let filter: ModelFilter
  private let limit: Int
  private let offset: Int

  init(_ sent: Sent) throws {
    self.sent = sent
    filter = try ModelFilter(sent.filter ?? "")
    let most = sent.maxResults?.value ?? 100
    guard (1...1000).contains(most) else {
      throw TrackingError(.invalid, "'max_results' must be from 1 to 1000, not \(most)")
    }
    limit = Int(most)
    let token = sent.pageToken ?? ""
    guard let offset = token.isEmpty ? 0 : Int(token), offset >= 0 else {
      throw TrackingError(.invalid, "Invalid page token '\(token.prefix(100))'")
    }
    self.offset = offset
    if sent.experimentIds?.isEmpty != false {
      throw TrackingError(.invalid, "'experiment_ids' names no experiment")
    }
  }

  /// A page, with the token of the next; `nil` where there is none.
  func page(of store: RunStore) throws -> ([Found], String?) {
    let experiments = (sent.experimentIds ?? []).compactMap { Int64($0) }
    var found = try store.models(ofExperiments: experiments).map {
      Found(model: $0, metrics: try store.metrics(ofModel: $0.id))
    }
    let datasets = sent.datasets ?? []
    found = found.filter { filter.holds($0, on: datasets) }
    // Where no metric is asked for, any that was measured on one of the data sets will do.
    if !datasets.isEmpty, !filter.asksForMetrics {
      found = found.filter { model in
        model.metrics.contains { metric in datasets.contains { $0.fits(metric) } }
      }
    }
    for order in (sent.orderBy ?? []).reversed() { try sort(&found, by: order) }
    let page = found.dropFirst(offset).prefix(limit)
    let hasMore = offset + page.count < found.count
    return (Array(page), hasMore ? String(offset + page.count) : nil)
  }

  /// Sorts by a field, equal ones staying as they were; models without it come last.
  private func sort(_ found: inout [Found], by order: Order) throws {
    let name = try ModelField(order.fieldName ?? "")
    let isUp = order.ascending ?? true
    let dataset = Dataset(datasetName: order.datasetName, datasetDigest: order.datasetDigest)
    let keyed = found.enumerated().map { place, found in
      (place, found, name.values(of: found, on: [dataset]).first)
    }
    found = keyed.sorted { a, b in
      switch (a.2, b.2) {
      case (let x?, let y?) where x != y: return isUp ? x < y : y < x
      case (.some, nil): return true
      case (nil, .some): return false
      default: return a.0 < b.0
      }
    }.map(\.1)
  }
}
