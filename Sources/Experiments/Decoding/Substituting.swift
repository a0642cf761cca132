import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// Writes a sweep's value over the file's, by the rules that bases are merged by.
///
/// Each function gives the new node, or `nil` where the combination has no such key.
enum Substituting {
  private static var merger: SpecMerger { SpecMerger(SpecProblems()) }

  /// `value` at `rest` below `data`.
  static func data(_ value: SpecNode, at rest: [String], over node: SpecNode) -> SpecNode? {
    guard let first = rest.first else { return merger.merge(value, over: node, at: ["data"]) }
    let entries =
      node.entries ?? [
        SpecNode.Entry("source", node.mark, node)
      ]
    let common = DataKeys.all.common.map(\.name)
    if first == "source" {
      let old = entries.first { $0.key == "source" }?.value.text
      let kept = entries.filter { $0.key != "source" && ($0.key != first) }
        .filter { old == value.text || common.contains($0.key) }
      return SpecNode(
        .mapping([SpecNode.Entry("source", value.mark, value)] + kept), node.mark)
    }
    let source = entries.first { $0.key == "source" }?.value.text ?? ""
    let own = DataKeys.all.choice(source)?.settings.map(\.name) ?? []
    guard common.contains(first) || own.contains(first) else { return nil }
    return set(value, at: rest, in: entries, node.mark)
  }

  /// `value` at `rest` below a key of `train`.
  static func train(
    _ key: Key, _ value: SpecNode, at rest: [String], over node: SpecNode?
  ) -> SpecNode? {
    guard let setting = rest.first else {
      return node.map { merger.merge(value, over: $0, at: ["train", key.name]) } ?? value
    }
    guard case .choice(let set) = key.shape else {
      let entries = node.flatMap { $0.isNone ? [] : $0.entries } ?? []
      return Self.set(value, at: rest, in: entries, node?.mark ?? value.mark)
    }
    let nameNode = node.flatMap { $0.entries == nil ? $0 : $0[set.nameKey] }
    let name = nameNode?.text ?? key.standard
    guard let choice = set.choice(name), choice.settings.contains(where: { $0.name == setting })
    else { return nil }
    let mark = node?.mark ?? value.mark
    let named = SpecNode.Entry(
      set.nameKey, mark, nameNode ?? SpecNode(.scalar(name, isPlain: true), mark))
    return Self.set(value, at: rest, in: node?.entries ?? [named], mark)
  }

  /// `value` at a path below `train` of an outside program: a key, or a name below `params` or `env`.
  ///
  /// A parameter must be one that the program has, unless the whole of `params` is given.
  static func program(_ value: SpecNode, at path: [String], over node: SpecNode?) -> SpecNode? {
    func flat(_ node: SpecNode) -> SpecNode {
      guard path[0] == "params", let entries = node.entries else { return node }
      return SpecNode(.mapping(SpecNode.flattened(entries)), node.mark)
    }
    guard path.count > 1 else {
      return node.map { merger.merge(flat(value), over: flat($0), at: ["train", path[0]]) } ?? value
    }
    let name = path.dropFirst().joined(separator: ".")
    let entries = node.map(flat)?.entries ?? []
    if path[0] == "params", !entries.contains(where: { $0.key == name }) { return nil }
    return set(value, at: [name], in: entries, node?.mark ?? value.mark)
  }

  /// `value` at `rest` below a network.
  static func network(_ value: SpecNode, at rest: [String], over node: SpecNode) -> SpecNode? {
    guard let first = rest.first else { return merger.merge(value, over: node, at: ["model"]) }
    let name = MultilayerPerceptron.choice.name
    if first == name {
      guard let mlp = node[name], let entries = node.entries, rest.count <= 3 else { return nil }
      guard rest.count > 1 else { return set(value, at: [name], in: entries, node.mark) }
      guard SettingPath.modelKeys.contains(rest[1]), let inner = mlp.entries else { return nil }
      if rest.count == 3 {
        guard let list = mlp[rest[1]], var items = list.items, let index = Int(rest[2]),
          items.indices.contains(index)
        else { return nil }
        items[index] = value
        let changed = set(SpecNode(.list(items), list.mark), at: [rest[1]], in: inner, mlp.mark)
        return set(changed, at: [name], in: entries, node.mark)
      }
      let changed = set(value, at: [rest[1]], in: inner, mlp.mark)
      return set(changed, at: [name], in: entries, node.mark)
    }
    return layers(value, at: rest, over: node)
  }

  /// `value` at a place of a list of layers, and below it.
  private static func layers(
    _ value: SpecNode, at path: [String], over node: SpecNode
  ) -> SpecNode? {
    guard let index = path.first.flatMap({ Int($0) }), var items = node.items,
      items.indices.contains(index)
    else { return nil }
    if path.count == 1 {
      items[index] = value
    } else {
      guard let changed = layer(value, at: Array(path.dropFirst()), over: items[index]) else {
        return nil
      }
      items[index] = changed
    }
    return SpecNode(.list(items), node.mark)
  }

  private static func layer(_ value: SpecNode, at path: [String], over item: SpecNode) -> SpecNode?
  {
    let entries =
      item.entries ?? [
        SpecNode.Entry(item.text ?? "", item.mark, SpecNode(.mapping([]), item.mark))
      ]
    guard let key = path.first,
      let own = entries.first(where: { entry in Layers.all.contains { $0.name == entry.key } }),
      let choice = Layers.all.first(where: { $0.name == own.key })
    else { return nil }
    if path.count > 1 {
      // The layers within a layer: 2.residual.0.linear.
      guard key == own.key,
        let inner = layers(value, at: Array(path.dropFirst()), over: own.value)
      else { return nil }
      return SpecNode(
        .mapping(
          entries.map { $0.key == key ? SpecNode.Entry(key, $0.keyMark, inner) : $0 }), item.mark)
    }
    let settings = choice.settings.map(\.name)
    if key == own.key, choice.main == nil { return nil }
    guard key == own.key || (settings.contains(key) && key != choice.main) else { return nil }
    return set(value, at: [key], in: entries, item.mark)
  }

  /// Entries with `value` at a path of one or two keys.
  private static func set(
    _ value: SpecNode, at path: [String], in entries: [SpecNode.Entry], _ mark: Mark
  ) -> SpecNode {
    guard let key = path.first else { return value }
    var copy = entries
    let index = copy.firstIndex { $0.key == key }
    let rest = Array(path.dropFirst())
    let old = index.map { copy[$0].value }
    let inner =
      rest.isEmpty
      ? old.map { merger.merge(value, over: $0, at: [key]) } ?? value
      : set(value, at: rest, in: old?.entries ?? [], old?.mark ?? value.mark)
    let entry = SpecNode.Entry(key, index.map { copy[$0].keyMark } ?? value.mark, inner)
    if let index { copy[index] = entry } else { copy.append(entry) }
    return SpecNode(.mapping(copy), mark)
  }
}
