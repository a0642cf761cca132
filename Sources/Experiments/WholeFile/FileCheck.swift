import Datasets
import FileLanguage
import NeuralNet
import Tracking

/// Checks every key of a merged file by itself, whether a run uses it or not.
struct FileCheck {
  let problems: SpecProblems
  let tree: FileTree

  private var root: SpecNode { tree.root }
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// Reports every key and value that is wrong by itself.
  func check() {
    checkTop()
    checkData()
    checkModels()
    checkTrain()
    checkObjective()
    if let node = root["directions"] {
      _ = sections.section(node, FileKeys.directions, of: "directions")
      checkDirections(node)
    }
    if let node = root["figures"] {
      _ = sections.section(node, LookKeys.ofFile, of: "figures")
      if let entries = node.entries, !entries.isEmpty {
        LookReader(item: node, problems: problems).checkLengths()
      }
    }
    if let node = root["slurm"] { _ = SlurmReader(problems: problems).settings(node) }
    if let node = root["lint"] { _ = sections.section(node, FileKeys.lint, of: "lint") }
  }

  private func checkTop() {
    let known = FileKeys.all.map(\.name)
    sections.checkKeys(root.entries ?? [], known: known, in: "an experiment") { key in
      if TrainKeys.key(key) != nil || ProgramKeys.key(key) != nil {
        return "'\(key)' belongs under 'train:'"
      }
      if key == "split" || key == "source" || key == "normalize" {
        return "'\(key)' belongs under 'data:'"
      }
      return CellKeys.all.contains { $0.name == key } ? "'\(key)' is a cell of 'notebook:'" : nil
    }
    for key in ["title", "tags", "language"] {
      guard let node = root[key], case .value(let kind)? = FileKeys.key(key)?.shape else {
        continue
      }
      _ = sections.values.value(node, as: kind, of: key)
    }
  }

  private func checkData() {
    guard let node = root["data"] else {
      if tree.isProgram || tree.makesNoRun || problems.lacksBase || tree.isMisspelt("data") {
        return
      }
      problems.report(
        root.mark, "the file has no 'data'",
        [
          "expected data: {source: NAME}; NAME is one of: "
            + Sources.all.map(\.name).joined(separator: ", ")
        ])
      return
    }
    _ = DataReader(problems: problems).data(node)
  }

  private func checkModels() {
    if let model = root.entry("model"), let models = root.entry("models") {
      let second = model.keyMark.line > models.keyMark.line ? model : models
      problems.report(
        second.keyMark, "a file has 'model' or 'models', not both",
        ["a single network stands at 'model:', several by their names at 'models:'"])
    }
    guard let node = root["models"] else { return }
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "models"),
        ["expected a mapping of names to networks, such as {wide: {mlp: {hidden: [100]}}}"])
      return
    }
    for entry in entries {
      Names.checkFree(entry.key, entry.keyMark, "a model", problems)
    }
  }

  private func checkTrain() {
    guard let node = root["train"] else { return }
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "train"),
        ["expected a mapping, such as {optimizer: adam, epochs: 20}"])
      return
    }
    sections.checkKeys(
      entries, known: TrainKeys.all.map(\.name) + ProgramKeys.all.map(\.name), in: "train")
    checkKinds(entries)
    let reader = TrainReader(problems: problems)
    for entry in entries where entry.key != "model" {
      guard let key = TrainKeys.key(entry.key) else { continue }
      _ = reader.part(key, entry.value)
    }
    if let model = node["model"] {
      if let choice = tree.model(model, problems), choice.isInline {
        _ = NetworkReader(problems: problems).network(model, of: "model")
      }
    }
    EpochsOrSteps.check(node, problems)
  }

  /// Keys that no run of the file can use: those of networks where a program trains all of them, those of
  /// a program where there is none.
  private func checkKinds(_ entries: [SpecNode.Entry]) {
    if tree.isProgram {
      for entry in entries
      where TrainKeys.key(entry.key) != nil && !ProgramKeys.names.contains(entry.key) {
        let isParameter = tree.parameters.contains(entry.key)
        problems.report(
          entry.keyMark, "'\(entry.key)' is a key of networks, and a program trains here",
          [
            isParameter
              ? "the program's '\(entry.key)' stands under 'params'"
              : "a parameter of the program is written params: {\(entry.key): ...}"
          ])
      }
      for key in ["data", "models", "model"] {
        guard let entry = root.entry(key) else { continue }
        problems.report(
          entry.keyMark, "'\(key)' is for networks, and a program trains every sweep of the file",
          ["remove it, or write 'command' into the 'with' of the program's sweeps"])
      }
    } else if !tree.hasProgram {
      for entry in entries where ProgramKeys.key(entry.key) != nil {
        problems.report(
          entry.keyMark, "'\(entry.key)' is a key of an outside program, and the file has none",
          ["a program is written command: python train.py --lr {lr}"])
      }
    }
  }

  /// A metric cannot be better both ways.
  private func checkDirections(_ node: SpecNode) {
    for (one, other) in [("maximize", "minimize"), ("minimize", "maximize")] {
      let opposite = root["objective"]?[other]?.text
      for item in node[one]?.items ?? [] {
        guard let name = item.text else { continue }
        let isTwice = one == "minimize" && node[other]?.items?.contains { $0.text == name } == true
        guard isTwice || name == opposite else { continue }
        problems.report(
          item.mark, "\(Words.quoted(name)) cannot be better both ways",
          [
            name == opposite
              ? "objective: {\(other): \(name)} says the opposite"
              : "it stands under '\(other)' too"
          ])
      }
    }
  }

  private func checkObjective() {
    guard let node = root["objective"] else { return }
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "objective"),
        ["expected {minimize: METRIC} or {maximize: METRIC}"])
      return
    }
    sections.checkKeys(entries, known: FileKeys.objective.map(\.name), in: "objective")
    for entry in entries {
      guard case .text(let name)? = sections.values.value(entry.value, as: .text, of: entry.key)
      else { continue }
      if !tree.hasProgram, FileKeys.objective.contains(where: { $0.name == entry.key }) {
        MetricAdvice.reportImpossible(name, entry.value.mark, problems)
      }
    }
    if entries.isEmpty || entries.count > 1 && node["minimize"] != nil && node["maximize"] != nil {
      problems.report(
        entries.last?.keyMark ?? node.mark,
        "objective names \(entries.isEmpty ? "no" : "two") metrics",
        ["expected {minimize: METRIC} or {maximize: METRIC}"])
    }
  }
}
