import Pages
import RunStorage
import Tracking

/// What a run is, as its file says it: model, data, training.
struct RunSettings {
  let run: RunRecord

  /// The settings that say most, in a few lines.
  var summary: String {
    let sections = sections
    let parts = sections.filter { $0.name != "other" || sections.count == 1 }.map { section in
      let shown = section.values.prefix(8)
      let rows = shown.map {
        "<div><dt>\(Markup.clipped($0.name, to: 60))</dt><dd>\(Self.value($0.value))</dd></div>"
      }
      let left = section.values.count - shown.count
      return "<div class=\"setting\"><h3>\(section.name)</h3><dl>\(rows.joined())</dl>"
        + (left > 0 ? "<p class=\"remark\">\(left) more below</p>" : "") + "</div>"
    }
    return parts.isEmpty ? "" : "<section class=\"settings\">\(parts.joined())</section>"
  }

  /// Every parameter by its path.
  var all: String? {
    if run.parameters.isEmpty { return nil }
    let rows = run.parameters.byName.map { path, value in
      "<tr><th scope=\"row\">\(Markup.clipped(path, to: 120))</th><td>\(Self.value(value))</td></tr>"
    }
    return """
      <details class="part"><summary><h2>All \(run.parameters.count) parameters</h2></summary>
      <div class="wide"><table><thead><tr><th scope="col">parameter</th><th scope="col">value</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details>
      """
  }

  private static func value(_ value: ParameterValue) -> String {
    Markup.clipped(value.display, to: 200)
  }

  /// One part of the file.
  struct Section {
    let name: String
    var values: [(name: String, value: ParameterValue)]
  }

  /// The parameters under `model`, `data`, `train` and, of a program, `program`; what people look for
  /// first stands first.
  var sections: [Section] {
    var found: [String: [(name: String, value: ParameterValue)]] = [:]
    for (path, value) in run.parameters.byName {
      let (section, name) = place(path)
      found[section, default: []].append((name, value))
    }
    return ["program", "model", "data", "train", "other"].compactMap { name in
      guard let values = found[name] else { return nil }
      let sorted = values.enumerated().sorted { a, b in
        (Self.rank(a.element.name), a.offset) < (Self.rank(b.element.name), b.offset)
      }
      return Section(name: name, values: sorted.map(\.element))
    }
  }

  private func place(_ path: String) -> (section: String, name: String) {
    func rest(_ prefix: String) -> String { String(path.dropFirst(prefix.count)) }
    if path == "train.command" { return ("program", "command") }
    if path.hasPrefix("train.params.") { return ("program", rest("train.params.")) }
    if path == "train.model" { return ("model", "model") }
    if path.hasPrefix("train.model.") { return ("model", rest("train.model.")) }
    if case .text(let model)? = run.parameters["train.model"], path.hasPrefix("models.\(model).") {
      return ("model", rest("models.\(model)."))
    }
    if path.hasPrefix("models.") { return ("model", rest("models.")) }
    if path.hasPrefix("data.") { return ("data", rest("data.")) }
    if path.hasPrefix("train.") { return ("train", rest("train.")) }
    return ("other", path)
  }

  private static let first = [
    "command", "model", "source", "path", "optimizer", "lr", "batch_size", "epochs", "steps",
    "loss",
    "schedule", "weight_decay", "seed",
  ]

  private static func rank(_ name: String) -> Int { first.firstIndex(of: name) ?? first.count }
}
