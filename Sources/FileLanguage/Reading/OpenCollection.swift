/// A list or mapping whose end has not been read yet.
struct OpenCollection {
  enum Kind { case list, mapping }

  let kind: Kind
  let mark: Mark
  let anchor: String?
  private var items: [SpecNode] = []
  private var entries: [SpecNode.Entry] = []
  private var merged: [SpecNode.Entry] = []
  private var pending: (key: String, mark: Mark)?
  private var lines: [String: Int] = [:]
  private var count = 1

  init(kind: Kind, mark: Mark, anchor: String?) {
    self.kind = kind
    self.mark = mark
    self.anchor = anchor
  }

  /// Takes the next item, key or value; `false` where a key is no word.
  mutating func add(_ node: SpecNode, count nodes: Int, _ problems: SpecProblems) -> Bool {
    count += nodes
    guard kind == .mapping else {
      items.append(node)
      return true
    }
    guard let (key, keyMark) = pending else {
      guard let text = node.text else {
        problems.report(
          node.mark, "a key must be one word or text, not a list or a mapping",
          ["put text with brackets or braces in quotes"])
        return false
      }
      pending = (text, node.mark)
      return true
    }
    pending = nil
    if key == "<<" {
      merge(node, problems)
    } else if let line = lines[key] {
      problems.report(
        keyMark, "the key '\(key)' stands here a second time",
        ["the first is in line \(line); remove one of the two"])
    } else {
      entries.append(SpecNode.Entry(key, keyMark, node))
    }
    if key != "<<" { lines[key] = lines[key] ?? keyMark.line }
    return true
  }

  /// Takes the entries that `<<` brings: those of the first mapping that has a key.
  private mutating func merge(_ node: SpecNode, _ problems: SpecProblems) {
    for part in node.items ?? [node] {
      guard let entries = part.entries else {
        problems.report(part.mark, "'<<' takes a mapping, or a list of mappings")
        continue
      }
      let known = Set(merged.map(\.key))
      merged += entries.filter { !known.contains($0.key) }
    }
  }

  /// The finished node with its number of nodes.
  func node(_ problems: SpecProblems) -> (SpecNode, Int)? {
    if kind == .list { return (SpecNode(.list(items), mark), count) }
    let own = Set(entries.map(\.key))
    let all = merged.filter { !own.contains($0.key) } + entries
    return (SpecNode(.mapping(all), mark), count)
  }
}
