import Pages
import RunStorage
import Terminal
import Tracking

/// The values that the runs of a table have, with how many have each: a click adds one to the filter.
struct Facets {
  let request: TableRequest
  let names: TableNames
  let tally: RunTally

  /// A field that can be narrowed.
  struct Facet: Hashable {
    let name: String
    let values: [Value]
    /// Whether there are more values than are shown.
    let isCut: Bool

    struct Value: Hashable {
      let words: String
      let runs: Int
      /// The filter with it.
      let filter: String
    }
  }

  /// So many fields, and so many values of each, are shown.
  private static let (most, mostValues) = (30, 12)

  /// Fields that have several values, those of a few before those of many.
  var facets: [Facet] {
    let fields = tally.fields.filter { field in
      guard field.values.count > 1 || field.field == .column("tag") else { return false }
      guard case .parameter(let path) = field.field else { return true }
      return tally.differing.contains(path)
    }
    let (few, many) = (fields.filter { !$0.isCut }, fields.filter(\.isCut))
    return (few + many).prefix(Self.most).map(facet)
  }

  private func facet(_ field: RunTally.FieldCount) -> Facet {
    let name: String
    switch field.field {
    case .column(let column): name = column
    case .parameter(let path): name = names.short(path)
    case .metric(let metric): name = metric.name
    }
    var values = field.values.prefix(Self.mostValues).map { value, runs in
      Facet.Value(
        words: value.display, runs: runs,
        filter: FilterClause.equal(name, value).added(to: request.filter))
    }
    let lacking = tally.runs - field.having
    if lacking > 0, field.field != .column("tag") {
      values.append(
        Facet.Value(
          words: "none", runs: lacking,
          filter: FilterClause.equal(name, .off).added(to: request.filter)))
    }
    return Facet(
      name: name, values: values, isCut: field.isCut || field.values.count > Self.mostValues)
  }

  /// The facets as HTML.
  var markup: String {
    let facets = facets
    let isWholeShown = facets.reduce(0) { $0 + $1.values.count } <= 40
    let parts = facets.map { facet in
      let isOpen = isWholeShown || facet.name == "status" || facet.values.count <= 3
      let values = facet.values.map { value in
        "<li>"
          + Markup.link(
            request.with { $0.filter = value.filter }.address(),
            Markup.clipped(value.words, to: 40))
          + " <span class=\"count\">\(Quantity.count(value.runs))</span></li>"
      }
      let more =
        facet.isCut ? "<li class=\"faint\">and more: filter by it, as in a &lt; b</li>" : ""
      return "<details\(isOpen ? " open" : "")><summary>\(Markup.clipped(facet.name, to: 40))"
        + "</summary><ul>\(values.joined())\(more)</ul></details>"
    }
    if parts.isEmpty { return "" }
    return "<aside class=\"facets\" aria-label=\"Values to filter by\"><details open data-narrow>"
      + "<summary>Values to filter by</summary>\(parts.joined(separator: "\n"))</details></aside>"
  }

  /// The clauses of the filter, each with a way to take it out.
  var chips: String {
    let clauses = FilterClause.clauses(of: request.filter)
    if clauses.isEmpty { return "" }
    let chips = clauses.map { clause in
      let rest = request.with { $0.filter = clause.removed(from: request.filter) }
      return "<li><code>\(Markup.clipped(clause.text, to: 80))</code>"
        + Markup.link(rest.address(), "×", "aria-label=\"Take this condition out\"") + "</li>"
    }
    return "<ul class=\"chips\">\(chips.joined())</ul>"
  }
}
