import FileLanguage
import NeuralNet
import Tracking

/// Reads a network: a list of layers, or `mlp`.
struct NetworkReader {
  let problems: SpecProblems
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// The most layers of a list.
  static let mostLayers = 10_000

  /// Reads a network.
  ///
  /// - Parameter name: what messages call it: `model 'wide'`.
  func network(_ node: SpecNode, of name: String) -> NetworkDraft? {
    if let items = node.items { return layers(items, node.mark, of: name) }
    guard let entries = node.entries else {
      let advice =
        node.text == nil || node.isEmpty
        ? []
        : [
          "the name of the model to train is written train: {model: NAME}"
        ]
      problems.report(node.mark, ValueReader.sentence(node, name), Self.expected + advice)
      return nil
    }
    guard let mlp = node.entry(MultilayerPerceptron.choice.name) else {
      var notes = Self.expected
      if let first = entries.first, Layers.all.contains(where: { $0.name == first.key }) {
        notes.append("a single layer is a list too: [{\(first.key): ...}]")
      }
      problems.report(
        entries.first?.keyMark ?? node.mark, "\(name) is neither a list of layers nor mlp", notes)
      return nil
    }
    sections.checkKeys(entries, known: [MultilayerPerceptron.choice.name], in: "a model")
    return self.mlp(mlp, of: name)
  }

  private static let expected = [
    "expected a list of layers, such as [{linear: 100}, relu, {linear: classes}],",
    "or {mlp: {hidden: [100], activation: relu, dropout: 0}}",
  ]

  private func mlp(_ entry: SpecNode.Entry, of name: String) -> NetworkDraft? {
    let choice = MultilayerPerceptron.choice
    guard let entries = entry.value.entries else {
      problems.report(
        entry.value.mark, ValueReader.sentence(entry.value, MultilayerPerceptron.choice.name),
        ["expected a mapping with the keys hidden, activation, dropout"])
      return nil
    }
    sections.checkKeys(entries, known: choice.settings.map(\.name), in: choice.name)
    return sections.resolve(choice, entries, at: entry.keyMark).map {
      NetworkDraft(form: .mlp($0), mark: entry.keyMark, layerMarks: [])
    }
  }

  private func layers(_ items: [SpecNode], _ mark: Mark, of name: String) -> NetworkDraft? {
    guard !items.isEmpty else {
      problems.report(mark, "\(name) is an empty list", Self.expected)
      return nil
    }
    guard items.count <= Self.mostLayers else {
      problems.report(mark, "\(name) has \(items.count) layers", ["at most \(Self.mostLayers)"])
      return nil
    }
    guard let whole = layers(items) else { return nil }
    return NetworkDraft(form: .layers(whole), mark: mark, layerMarks: items.map(Self.place))
  }

  /// The layers of a list, all of them or none.
  private func layers(_ items: [SpecNode]) -> [LayerSpec]? {
    let layers = items.map(layer)
    let whole = layers.compactMap { $0 }
    return whole.count == layers.count ? whole : nil
  }

  /// The place of a layer: that of its name.
  private static func place(_ item: SpecNode) -> NetworkDraft.LayerMark {
    let entry = item.entries?.first { entry in Layers.all.contains { $0.name == entry.key } }
    let inner = entry.map { holdsLayers($0.key) ? $0.value.items ?? [] : [] } ?? []
    return NetworkDraft.LayerMark(mark: entry?.keyMark ?? item.mark, layers: inner.map(place))
  }

  /// Whether the main value of a kind of layer is a list of layers.
  private static func holdsLayers(_ name: String) -> Bool {
    guard let choice = Layers.all.first(where: { $0.name == name }) else { return false }
    return choice.settings.contains { $0.name == choice.main && $0.kind == .layers }
  }

  private func layer(_ item: SpecNode) -> LayerSpec? {
    guard let entries = item.entries else {
      guard let name = item.text, !name.isEmpty, !item.isNull else {
        problems.report(
          item.mark, ValueReader.sentence(item, "a list of layers", isItem: true),
          ["expected a layer, such as relu or {linear: 100}"])
        return nil
      }
      return layer(name, at: item.mark, main: nil, [])
    }
    let named = entries.filter { entry in Layers.all.contains { $0.name == entry.key } }
    guard let first = named.first else {
      reportUnnamed(item, entries)
      return nil
    }
    if named.count > 1 {
      problems.report(
        named[1].keyMark, "two layers stand in one item: \(first.key) and \(named[1].key)",
        ["every layer is an item of the list: - {\(first.key): ...}, then - \(named[1].key)"])
      return nil
    }
    return layer(
      first.key, at: first.keyMark, main: first.value, entries.filter { $0.key != first.key })
  }

  private func reportUnnamed(_ item: SpecNode, _ entries: [SpecNode.Entry]) {
    let known = Layers.all.map(\.name)
    guard let first = entries.first else {
      problems.report(item.mark, "an empty mapping is no layer", alternatives("", among: known))
      return
    }
    if first.key == MultilayerPerceptron.choice.name {
      problems.report(
        first.keyMark, "mlp is a network of its own, not a layer of a list",
        ["write the model as {mlp: {...}}, without a list around it"])
    } else {
      reportUnknown(first.key, first.keyMark)
    }
  }

  private func reportUnknown(_ name: String, _ mark: Mark) {
    let known = Layers.all.map(\.name)
    if Scalars.integer(name) != nil {
      problems.report(
        mark, "a list of layers cannot hold a number", ["did you mean {linear: \(name)}?"])
      return
    }
    problems.report(
      mark, "there is no layer \(Words.quoted(name))", alternatives(name, among: known))
  }

  /// The keys every layer may have.
  static let common = ["name", "from", "share"]

  private func layer(
    _ name: String, at mark: Mark, main: SpecNode?, _ others: [SpecNode.Entry]
  ) -> LayerSpec? {
    guard let choice = Layers.all.first(where: { $0.name == name }) else {
      reportUnknown(name, mark)
      return nil
    }
    if Self.holdsLayers(name) { return outer(choice, at: mark, main, others) }
    let own = choice.settings.map(\.name).filter { $0 != choice.main }
    var settings = others
    if let main, main.isEmpty, !others.isEmpty, Self.isCompleteByName(choice) {
      // A name with further keys beside it: {relu, name: a} is {relu: , name: a} to YAML.
    } else if let main, main.entries != nil {
      // The settings may stand in a mapping of their own: {linear: {outputs: 8}}.
      sections.checkKeys(main.entries ?? [], known: choice.settings.map(\.name), in: name)
      settings += main.entries ?? []
    } else if let main {
      guard let key = choice.main else {
        problems.report(
          main.mark, "\(name) takes no value", ["write it as a bare name: - \(name)"])
        return nil
      }
      settings.append(SpecNode.Entry(key, mark, main))
    }
    sections.checkKeys(others, known: own + Self.common, in: "a layer \(name)")
    guard let chosen = resolve(choice, settings, at: mark) else { return nil }
    return wired(LayerSpec(chosen), choice, others)
  }

  /// Whether a layer may be written by its name alone.
  static func isCompleteByName(_ choice: Choice) -> Bool {
    !choice.settings.contains { $0.standard == nil }
  }

  /// A layer that holds others.
  private func outer(
    _ choice: Choice, at mark: Mark, _ main: SpecNode?, _ others: [SpecNode.Entry]
  ) -> LayerSpec? {
    sections.checkKeys(others, known: ["name", "from"], in: "a layer \(choice.name)")
    guard let items = main?.items, !items.isEmpty, items.count <= Self.mostLayers else {
      problems.report(
        main?.mark ?? mark, "\(choice.name) has no layers",
        ["expected a list of layers, such as \(choice.name): [{linear: 32}, relu, {linear: 32}]"])
      return nil
    }
    guard let inner = layers(items) else { return nil }
    return wired(LayerSpec(Chosen(choice.name), layers: inner), choice, others)
  }

  /// The layer with what the keys of every layer say: its name, what it reads, what it shares.
  private func wired(
    _ layer: LayerSpec, _ choice: Choice, _ entries: [SpecNode.Entry]
  ) -> LayerSpec? {
    var copy = layer
    let before = problems.list.count
    copy.name = text("name", entries)
    copy.share = text("share", entries)
    if let entry = entries.first(where: { $0.key == "from" }) {
      if choice.settings.contains(where: { $0.name == "inputs" }) {
        problems.report(
          entry.keyMark, "\(choice.name) says what it reads itself",
          ["write {\(choice.name): [a, b]} without 'from'"])
      }
      switch sections.values.value(entry.value, as: Self.sources, of: "from") {
      case .text(let name): copy.inputs = [name]
      case .list(let names): copy.inputs = names.map(\.display)
      default: break
      }
    }
    return problems.list.count == before ? copy : nil
  }

  /// What 'from' may hold.
  private static let sources = Setting.Kind.either([.text, .list(.text, count: 1...1000)])

  /// A layer's settings; a main value that is missing is told with the way to write it.
  private func resolve(
    _ choice: Choice, _ settings: [SpecNode.Entry], at mark: Mark
  ) -> Chosen? {
    if let main = choice.main, !settings.contains(where: { $0.key == main }),
      let setting = choice.settings.first(where: { $0.name == main }), setting.standard == nil
    {
      problems.report(
        mark, "\(choice.name) has no value",
        ["expected {\(choice.name): \(main)}: \(Words.expected(setting.kind))"])
      return nil
    }
    return sections.resolve(choice, settings, at: mark, mainName: choice.name)
  }

  private func text(_ key: String, _ entries: [SpecNode.Entry]) -> String? {
    guard let entry = entries.first(where: { $0.key == key }),
      case .text(let text) = sections.values.value(entry.value, as: .text, of: key)
    else { return nil }
    return text
  }
}
