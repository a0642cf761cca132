import RunStorage
import Tracking
import Web

/// What a program has told of a run through MLflow beside its settings, metrics and files: who ran it and
/// from what, the runs it stands among, data sets and models.
struct RunLogging {
  private let tags: [String: String]
  private let parent: RunRecord?
  private let children: [TrackedRun]
  private let hasMoreChildren: Bool
  private let datasets: [LoggedDataset]
  private let models: [Model]
  private let run: RunID

  /// A model that the run took or made.
  private struct Model {
    let id: String
    let step: Int64?
    let known: LoggedModel?
  }

  /// So many runs within the run are named.
  private static let mostChildren = 100

  /// - Returns: `nil` for a run of which nothing of it can have been told.
  /// - Throws: `LabbookError` where the store cannot be read.
  init?(_ run: RunRecord, _ store: RunStore) throws {
    guard run.isLogged || run.isProgram, let tracked = try store.trackedRun(run.id) else {
      return nil
    }
    self.run = run.id
    tags = Dictionary(
      tracked.tags.filter { $0.key.hasPrefix("mlflow.") }.map { ($0.key, $0.value) },
      uniquingKeysWith: { $1 })
    parent = try tags[Self.parentTag].flatMap { RunID($0) }.flatMap { try store.run($0) }
    var search = RunSearch(experiments: [tracked.experiment])
    search.conditions = [.text(.tag(Self.parentTag), .equal(run.id.description))]
    search.order = [RunSearch.Order(.started, descending: false)]
    search.limit = Self.mostChildren
    (children, hasMoreChildren) = try store.trackedRuns(search)
    datasets = try store.datasets(of: run.id)
    let linked = try store.models(of: run.id)
    models =
      try linked.inputs.map { Model(id: $0.model, step: nil, known: try store.model($0.model)) }
      + linked.outputs.map {
        Model(id: $0.model, step: $0.step, known: try store.model($0.model))
      }
  }

  private static let parentTag = "mlflow.parentRunId"

  /// The part of the page; `nil` where nothing was told.
  var markup: String? {
    let facts = [
      fact("user", text("mlflow.user")), fact("source", text("mlflow.source.name")),
      fact("commit", text("mlflow.source.git.commit")),
      fact("within", parent.map { link($0.id, $0.name) }),
      fact("runs within", within), fact("data sets", sets),
    ].compactMap { $0 }
    if facts.isEmpty, models.isEmpty { return nil }
    return "<section class=\"logged\"><h2>Logged</h2><dl>\(facts.joined())</dl>\(table)</section>"
  }

  private func fact(_ name: String, _ html: String?) -> String? {
    html.map { "<div><dt>\(name)</dt><dd>\($0)</dd></div>" }
  }

  private func text(_ tag: String) -> String? {
    tags[tag].flatMap { $0.isEmpty ? nil : Markup.clipped($0, to: 200) }
  }

  private func link(_ run: RunID, _ name: String?) -> String {
    Markup.link("/runs/\(run)", run.short) + (name.map { " " + Markup.clipped($0, to: 60) } ?? "")
  }

  private var within: String? {
    if children.isEmpty { return nil }
    return children.map { link($0.id, $0.name) }.joined(separator: ", ")
      + (hasMoreChildren ? " and more" : "")
  }

  private var sets: String? {
    if datasets.isEmpty { return nil }
    return datasets.map { set in
      let use = set.tags["mlflow.data.context"].map { ", " + Markup.clipped($0, to: 40) } ?? ""
      return "\(Markup.clipped(set.name, to: 80)) <span class=\"faint\">"
        + "\(Markup.clipped(set.digest, to: 40))\(use)</span>"
    }.joined(separator: "; ")
  }

  private var table: String {
    if models.isEmpty { return "" }
    let rows = models.map { model in
      let name = model.known.map { Markup.clipped($0.name, to: 80) } ?? ""
      let keeper = model.known?.keeper.flatMap { $0 == run ? nil : $0 }
      let place = keeper.map { " in \(link($0, nil))" } ?? ""
      let state = model.known.map { $0.isDeleted ? "deleted" : $0.status.rawValue } ?? "not here"
      let id = Markup.clipped(model.id, to: 40)
      return "<tr><th scope=\"row\">\(name)</th><td><code>\(id)</code>\(place)</td>"
        + "<td>\(model.step == nil ? "taken" : "made")</td>"
        + "<td class=\"number\">\(model.step.map(String.init) ?? "")</td><td>\(state)</td></tr>"
    }
    return """
      <div class="wide"><table><thead><tr><th scope="col">model</th><th scope="col">id</th>
      <th scope="col"></th><th scope="col" class="number">step</th><th scope="col">files</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
  }
}
