import FileLanguage
import Tracking

/// Reads a cell with a figure.
struct PlotReader {
  private let cell: CellReader
  private var problems: SpecProblems { cell.problems }

  init(_ cell: CellReader) { self.cell = cell }

  /// The figure; `nil` where something is wrong, which is reported.
  func plot(_ pictures: inout PictureNames) -> Cell? {
    guard let entry = cell.item.entry("plot"),
      let kind = Self.kind(entry.value, problems)
    else { return nil }
    let isFree = kind.needs == .nothing
    Self.checkKeys(cell.item, kind, problems)
    let sweep = isFree ? nil : cell.sweep()
    let name = pictures.name(
      cell.item["name"], sweep: isFree ? nil : sweep?.sweep.name ?? "", kind: kind.kind,
      line: entry.value.mark.line)
    guard isFree || sweep != nil else { return nil }
    if let sweep, sweep.hasPrograms, kind.looksIntoNetworks {
      problems.report(
        entry.value.mark, sweep.networkProblem("the plot \(kind.kind)"),
        ["figures of metrics are " + Plots.ofMetrics.joined(separator: ", ")])
      return nil
    }
    let reader = PlotKeyReader(
      sweep: sweep.map { PlotSubject($0, cell) } ?? .none, kind: kind.kind, item: cell.item,
      mark: entry.value.mark, problems: problems)
    let usual = LookReader.ofFile(cell.tree.root, SpecProblems())
    return Self.cell(kind, reader, name: name, usual: usual).map(Cell.plot)
  }

  /// The cell of a kind whose keys are known ones.
  ///
  /// - Parameter usual: the looks that hold where the cell says nothing.
  static func cell(
    _ kind: any Plot.Type, _ reader: PlotKeyReader, name: String?, usual: FigureLook
  ) -> PlotCell? {
    let title = reader.text(PlotKeys.title)
    var look = LookReader(item: reader.item, problems: reader.problems).look(
      LookKeys.keys(of: kind))
    look.hasNoTitle = reader.value(PlotKeys.title) == .off
    guard let plot = kind.init(reader) else { return nil }
    return PlotCell(
      plot, sweep: kind.needs == .nothing ? nil : reader.sweep.name, name: name, title: title,
      look: look.over(usual), mark: reader.mark)
  }

  private static func kind(_ node: SpecNode, _ problems: SpecProblems) -> (any Plot.Type)? {
    let known = Plots.names
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(
        node.mark, ValueReader.sentence(node, "plot"),
        ["expected one of: " + known.joined(separator: ", ")])
      return nil
    }
    if let kind = Plots.kind(text) { return kind }
    problems.report(
      node.mark, "there is no plot \(Words.quoted(text))", alternatives(text, among: known))
    return nil
  }

  /// Reports keys that figures of the kind do not have.
  static func checkKeys(_ item: SpecNode, _ kind: any Plot.Type, _ problems: SpecProblems) {
    let allowed = kind.allKeys.map(\.name)
    let others = Plots.keyNames.subtracting(allowed)
    let own = (item.entries ?? []).filter { $0.key != "plot" }
    for entry in own where others.contains(entry.key) {
      problems.report(
        entry.keyMark, "the plot \(kind.kind) has no use for '\(entry.key)'",
        ["expected one of: " + allowed.joined(separator: ", ")])
    }
    SectionReader(problems: problems).checkKeys(
      own.filter { !others.contains($0.key) }, known: allowed, in: "the plot \(kind.kind)")
  }
}
