import Experiments
import Foundation
import Pages
import RunStorage
import Sweeps
import TestSupport
import Testing
import Tracking

struct JupyterPageTests {
  private static let notebook = """
    title: "A | b"
    data: {source: cubic, points: 20}
    model: {mlp: {hidden: [2]}}
    train: {epochs: 2}
    notebook:
      - text: |
          First *line*
          {{ count(rates, train/loss) }} runs "quoted"
      - sweep: rates
        over: {lr: [0.1, 0.2]}
      - {plot: curves, title: "One\\ntwo"}
      - {plot: final, metric: train/loss, x: lr}
      - {plot: curves, title: Bad}
      - {table: best, metric: train/loss, show: [train/loss]}
      - claim: Two of them
        that: count(train/loss) >= 1
      - sweep: later
        over: {lr: [0.5, 0.25]}
      - {table: best, metric: train/loss}
    """

  /// The file for a notebook whose last sweep was not run; the pictures are made by hand.
  private func file() throws -> String {
    let end = try #require(Self.notebook.firstRange(of: "  - sweep: later"))
    let trained = try TrainedExperiment(String(Self.notebook[..<end.lowerBound]))
    defer { trained.remove() }
    let experiment = try Experiment.parse(
      Self.notebook, name: "spirals.yaml", library: trained.library)
    let plan = try RunPlan(experiment, facts: PlanFacts(library: trained.library))
    let builder = try NotebookBuilder(experiment, plan, in: trained.store, library: trained.library)
    func picture(_ letter: String) -> PagePicture {
      let svg = "<?xml version=\"1.0\"?>\n<svg>\n<g id=\"\(letter)\"></g></svg>\n"
      return PagePicture(file: letter + ".svg", svg: svg, problem: nil)
    }
    let bad = PagePicture(file: nil, svg: nil, problem: .failure("no \"room\"\nleft"))
    return JupyterPage(builder.page([picture("x"), picture("y"), bad]).0).text
  }

  /// Letter by letter, but for the last cell, which says when and where.
  @Test func theFileIsWholeAsJupyterKeepsIt() throws {
    let lines = try file().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let own = lines.map { $0.contains("\"cell-13\"") ? String($0.prefix(107)) : $0 }
    let kept = #"""
      {
       "cells": [
        {"cell_type": "markdown", "id": "cell-1", "metadata": {}, "source": ["# A \\| b"]},
        {"cell_type": "markdown", "id": "cell-2", "metadata": {}, "source": ["First *line*\n", "2 runs \"quoted\""]},
        {"cell_type": "markdown", "id": "cell-3", "metadata": {}, "source": ["Sweep **rates**:\n", "\n", "- runs: 2 configurations, 2 runs\n", "- seed: 1\n", "- lr: 0.1, 0.2\n", "- training time: under 1 s in all"]},
        {"cell_type": "code", "execution_count": null, "id": "cell-4", "metadata": {}, "source": ["!cd . && labbook run spirals.yaml --only rates"], "outputs": []},
        {"cell_type": "code", "execution_count": null, "id": "cell-5", "metadata": {}, "source": ["# One two\n", "from IPython.display import SVG\n", "SVG(filename=\"x.svg\")"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": ["<svg>\n", "<g id=\"p1-x\"></g></svg>\n"], "text/plain": ["One\n", "two"]}}]},
        {"cell_type": "code", "execution_count": null, "id": "cell-6", "metadata": {}, "source": ["# rates: final\n", "from IPython.display import SVG\n", "SVG(filename=\"y.svg\")"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": ["<svg>\n", "<g id=\"p2-y\"></g></svg>\n"], "text/plain": ["rates: final"]}}]},
        {"cell_type": "code", "execution_count": null, "id": "cell-7", "metadata": {}, "source": ["# Bad"], "outputs": [{"output_type": "stream", "name": "stderr", "text": ["no \"room\"\n", "left\n"]}]},
        {"cell_type": "code", "execution_count": null, "id": "cell-8", "metadata": {}, "source": ["# rates: best by train/loss"], "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<div class=\"wide\"><table>\n", "<thead>\n", "<tr><th scope=\"col\" class=\"number\">lr</th><th scope=\"col\" class=\"number\">train/loss</th><th scope=\"col\" class=\"number\">train/loss</th></tr>\n", "</thead>\n", "<tbody>\n", "<tr><td class=\"number\">0.2</td><td class=\"number\">0.6111</td><td class=\"number\">0.6111</td></tr>\n", "<tr><td class=\"number\">0.1</td><td class=\"number\">0.8758</td><td class=\"number\">0.8758</td></tr>\n", "</tbody>\n", "</table></div>\n", "<p>Values are those of each run&#39;s epoch with the least train/loss.</p>"], "text/plain": [" lr  train/loss  train/loss\n", "0.2      0.6111      0.6111\n", "0.1      0.8758      0.8758\n", "Values are those of each run's epoch with the least train/loss.\n"]}}]},
        {"cell_type": "markdown", "id": "cell-9", "metadata": {}, "source": ["> ✓ **claim held:** Two of them\n", ">\n", "> count(train/loss) \\>= 1\n", ">\n", "> - count(train/loss) = 2"]},
        {"cell_type": "markdown", "id": "cell-10", "metadata": {}, "source": ["Sweep **later**:\n", "\n", "- runs: 2 configurations, 2 runs\n", "- seed: 1\n", "- lr: 0.5, 0.25\n", "- not run yet"]},
        {"cell_type": "code", "execution_count": null, "id": "cell-11", "metadata": {}, "source": ["!cd . && labbook run spirals.yaml --only later"], "outputs": []},
        {"cell_type": "code", "execution_count": null, "id": "cell-12", "metadata": {}, "source": ["# later: best by train/loss"], "outputs": [{"output_type": "stream", "name": "stderr", "text": ["the sweep 'later' is not run yet\n"]}]},
        {"cell_type": "markdown", "id": "cell-13", "metadata": {}, "source": ["How this was made:\n", "\n", "- co
       ],
       "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"}
       },
       "nbformat": 4,
       "nbformat_minor": 5
      }

      """#.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (line, expected) in zip(own, kept) { #expect(line == expected) }
    #expect(own.count == kept.count)
  }

  /// The last cell: a list of facts, each on its line.
  @Test func theLastCellSaysHowItWasMade() throws {
    let json = try JSONSerialization.jsonObject(with: Data(try file().utf8))
    let cells = try #require((json as? [String: Any])?["cells"] as? [[String: Any]])
    let lines = try #require(cells.last?["source"] as? [String])
    #expect(lines[2] == "- command: labbook run spirals.yaml\n")
    #expect(lines.last?.hasPrefix("- training time: ") == true)
    #expect(lines.dropLast().allSatisfy { $0.hasSuffix("\n") })
    #expect(cells.count == 13 && Set(cells.compactMap { $0["id"] as? String }).count == 13)
  }

  /// Both forms of a table end with what one should know of it.
  @Test func whatStandsUnderATableIsKept() throws {
    let trained = try TrainedExperiment(
      """
      data: {source: moons, points_per_class: 20, split: {val: 0.25}}
      model: [{linear: classes}]
      train: {epochs: 1}
      notebook:
        - sweep: s
          seeds: 2
        - table: confusion
      """)
    defer { trained.remove() }
    let builder = try NotebookBuilder(
      trained.experiment, trained.plan, in: trained.store, library: trained.library)
    let page = builder.page([]).0
    let notes = page.blocks.compactMap { block in
      if case .table(let table) = block { table.note } else { nil }
    }
    let json = try JSONSerialization.jsonObject(with: Data(JupyterPage(page).text.utf8))
    let cells = try #require((json as? [String: Any])?["cells"] as? [[String: Any]])
    let outputs = cells.compactMap { ($0["outputs"] as? [[String: Any]])?.first?["data"] }
    let tables = outputs.compactMap { $0 as? [String: [String]] }
    let note = try #require(notes.first)
    #expect(notes.count == 1 && tables.count == 1 && note.count > 10)
    #expect(tables.first?["text/plain"]?.last == note + "\n")
    #expect(tables.first?["text/html"]?.last == "<p>\(note)</p>")
  }

  /// A page with pictures, tables, claims and cells without results, by Jupyter's own reader.
  @Test(.enabled(if: WitnessPython.has("nbformat"), "\(WitnessPython.need)"))
  func jupyterReadsIt() throws {
    let path = NSTemporaryDirectory() + "labbook-jupyter-\(UUID().uuidString).ipynb"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(try file().utf8).write(to: URL(filePath: path))
    let program = """
      import sys, nbformat
      notebook = nbformat.read(sys.argv[1], nbformat.NO_CONVERT)
      nbformat.validate(notebook, relax_add_props=False)
      assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
      assert nbformat.current_nbformat == 4
      """
    #expect(try WitnessPython.complaint(["-W", "error", "-c", program, path]) == "")
  }
}
