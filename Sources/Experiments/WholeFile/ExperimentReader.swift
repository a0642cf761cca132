import Datasets
import FileLanguage
import Foundation
import Languages
import Runs
import Tracking

/// From a merged tree to a checked experiment; every error is collected on the way.
struct ExperimentReader {
  let file: String
  private(set) var root: SpecNode
  let problems: SpecProblems
  let library: DataLibrary

  /// The experiment, or everything that is wrong with it.
  func experiment(overrides texts: [String]) throws(Diagnostics) -> Experiment {
    let changed = FileOverrides(texts, over: root, problems)
    var copy = self
    copy.root = changed.root
    return try copy.experiment(changed.ofRuns)
  }

  private func experiment(_ texts: [String]) throws(Diagnostics) -> Experiment {
    let tree = FileTree(root)
    let overrides = OverrideReader(problems: problems, tree: tree)
      .substitutions(texts)
    let spec = ExperimentSpec(file: file, root: root, overrides: overrides)
    FileCheck(problems: problems, tree: tree).check()
    let name = experimentName()
    // What is missing may stand in the base that cannot be read.
    if problems.lacksBase { return try problems.finish(nil) }
    let open = OpenKeyReader(problems: problems, tree: tree).keys(root["open"])
    let notebook = NotebookReader(
      problems: problems, tree: tree, overrides: overrides, open: open)
    let (specs, stored) = notebook.sweeps()
    let reader = ConfigurationReader(spec, library: library)
    let check = SweepCheck(problems: problems, reader: reader)
    let found = specs.reduce(into: [SweepFacts]()) { $0.append(check.check($1, below: $0)) }
    checkUnusedOverrides(overrides, reader)
    let unused = checkUnusedModels(tree, reader, found)
    let cells = notebook.cells(found + stored.map(SweepFacts.init))
    return try problems.finish(
      Experiment(
        name: name, title: root["title"]?.text,
        tags: (root["tags"]?.items ?? []).compactMap(\.text),
        language: root["language"]?.text.flatMap { Language(code: $0) } ?? .english,
        file: file, sweeps: specs, stored: stored, cells: cells, open: open, spec: spec,
        unusedModels: unused,
        members: Dictionary(
          found.map { ($0.sweep.name, $0.sweep.members) }, uniquingKeysWith: { first, _ in first }),
        decoded: reader.decoded, library: library))
  }

  func experimentName() -> String {
    if let node = root["experiment"] {
      guard let text = node.text, !text.isEmpty, !node.isNull else {
        problems.report(
          node.mark, ValueReader.sentence(node, "experiment"), ["expected its name in the store"])
        return ""
      }
      _ = Names.check(text, node.mark, "the experiment", problems)
      return text
    }
    let name = file == FileText.standardInput ? "stdin" : PathText(file).stem
    let quiet = SpecProblems()
    if !Names.check(name, root.mark, "the experiment", quiet), let wrong = quiet.list.first {
      let start = Mark(root.mark.source, line: 1, column: 1)
      problems.report(
        start, "\(wrong.message), and it is the file's: \(Words.quoted(name))",
        ["write experiment: NAME"])
    }
    return name
  }

  private func checkUnusedOverrides(
    _ overrides: [SweepSpec.Substitution], _ reader: ConfigurationReader
  ) {
    guard problems.list.isEmpty else { return }
    for override in overrides where !reader.used.contains(override.keyMark) {
      problems.report(
        override.keyMark, "no run of the file can use '\(override.written)'")
    }
  }

  /// Checks the models that no run uses against the file's own data and loss.
  private func checkUnusedModels(
    _ tree: FileTree, _ reader: ConfigurationReader, _ sweeps: [SweepFacts]
  ) -> [String] {
    let used = Set(sweeps.flatMap { $0.sweep.members.map(\.configuration.modelName) })
    let isWhole = sweeps.allSatisfy { !$0.hasFailed }
    let asked = Set(sweeps.flatMap { $0.sweep.spec.modelsAsked } + [root["train"]?["model"]?.text])
    var unused: [String] = []
    for model in tree.models where !used.contains(model.name) {
      unused.append(model.name)
      // Where a sweep has failed its own networks are known in part: of them only values are checked.
      reader.checkUnused(
        model.name, model.node, fits: isWhole || !asked.contains(model.name), problems)
    }
    return unused
  }
}
