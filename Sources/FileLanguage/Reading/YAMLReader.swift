import CYaml

// The parser is Yams' libyaml, read event by event: composing nodes would stop at the first of two
// equal keys without its place, and give an alias the place of its anchor.

/// Turns the text of one source into a tree of nodes, each with its place.
package struct YAMLReader {
  /// The most nodes of one source, each alias counted as the nodes it stands for.
  package static let mostNodes = 100_000

  /// The most collections that may stand within each other.
  package static let deepest = 64

  private let source: SpecSource
  private let lineIndex: LineIndex
  private let problems: SpecProblems
  private var anchors: [String: Anchored] = [:]
  private var open: [OpenCollection] = []
  private var root: SpecNode?
  private var nodeCount = 0

  /// What an anchor stands for, with its number of nodes; open ones have none yet.
  private struct Anchored {
    var node: SpecNode?
    var count: Int
  }

  /// Reads a source.
  ///
  /// - Returns: `nil` where the text is no tree; `problems` says why.
  package static func read(_ source: SpecSource, text: String, problems: SpecProblems) -> SpecNode?
  {
    var reader = YAMLReader(source: source, problems: problems)
    return reader.parse(text) ? reader.root : nil
  }

  private init(source: SpecSource, problems: SpecProblems) {
    self.source = source
    self.problems = problems
    lineIndex = LineIndex(source)
  }

  /// Feeds the text to libyaml; `false` where it is not YAML.
  private mutating func parse(_ text: String) -> Bool {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return false }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    var copy = text
    return copy.withUTF8 { bytes in
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
          problems.report([YAMLProblem(parser, lineIndex).diagnostic])
          return false
        }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return true }
        guard take(event) else { return false }
      }
    }
  }

  /// Takes one event; `false` where reading cannot go on.
  private mutating func take(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      if root == nil { return true }
      problems.report(
        lineIndex.mark(event.start_mark), "a second document begins here",
        ["an experiment is one document: remove the line '---'"])
      return false
    case YAML_SCALAR_EVENT: return takeScalar(event)
    case YAML_ALIAS_EVENT: return takeAlias(event)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      return begin(.list, event, anchor: data.anchor, tag: data.tag)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      return begin(.mapping, event, anchor: data.anchor, tag: data.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return end()
    default: return true
    }
  }

  private mutating func takeScalar(_ event: yaml_event_t) -> Bool {
    let data = event.data.scalar
    let mark = lineIndex.mark(event.start_mark, end: event.end_mark)
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    let text = String(decoding: bytes, as: UTF8.self)
    let isText = data.style != YAML_PLAIN_SCALAR_STYLE || name(data.tag) == Self.textTag
    guard count(1, at: mark) else { return false }
    checkTag(data.tag, at: mark)
    let node = SpecNode(.scalar(text, isPlain: !isText), mark)
    if let anchor = name(data.anchor) { anchors[anchor] = Anchored(node: node, count: 1) }
    return place(node, count: 1)
  }

  private mutating func takeAlias(_ event: yaml_event_t) -> Bool {
    let mark = lineIndex.mark(event.start_mark, end: event.end_mark)
    let alias = name(event.data.alias.anchor) ?? ""
    guard let anchored = anchors[alias] else {
      problems.report(
        mark, "there is no anchor '&\(alias)' above this line",
        anchors.isEmpty
          ? ["an alias repeats what was marked with '&'; put text that begins with '*' in quotes"]
          : alternatives(alias, among: anchors.keys.sorted(), otherNames: [:]))
      return false
    }
    guard let node = anchored.node else {
      problems.report(mark, "'*\(alias)' stands within what it repeats")
      return false
    }
    guard count(anchored.count, at: mark) else { return false }
    return place(node, count: anchored.count)
  }

  private mutating func begin(
    _ kind: OpenCollection.Kind, _ event: yaml_event_t, anchor: UnsafeMutablePointer<UInt8>?,
    tag: UnsafeMutablePointer<UInt8>?
  ) -> Bool {
    let mark = lineIndex.mark(event.start_mark)
    guard count(1, at: mark) else { return false }
    checkTag(tag, at: mark)
    guard open.count < Self.deepest else {
      problems.report(mark, "lists and mappings are nested more than \(Self.deepest) deep here")
      return false
    }
    let anchor = name(anchor)
    if let anchor { anchors[anchor] = Anchored(node: nil, count: 0) }
    open.append(OpenCollection(kind: kind, mark: mark, anchor: anchor))
    return true
  }

  private mutating func end() -> Bool {
    guard let closed = open.popLast() else { return false }
    guard let (node, count) = closed.node(problems) else { return true }
    if let anchor = closed.anchor { anchors[anchor] = Anchored(node: node, count: count) }
    return place(node, count: count)
  }

  /// Puts a whole node where it belongs: into the innermost open collection, or at the root.
  private mutating func place(_ node: SpecNode, count: Int) -> Bool {
    guard !open.isEmpty else {
      root = node
      return true
    }
    return open[open.count - 1].add(node, count: count, problems)
  }

  private mutating func count(_ nodes: Int, at mark: Mark) -> Bool {
    nodeCount += nodes
    guard nodeCount <= Self.mostNodes else {
      problems.report(
        mark, "here the file has more than 100000 values, aliases written out",
        ["a file has at most 100000 values; does an alias repeat aliases?"])
      return false
    }
    return true
  }

  private static let textTag = "tag:yaml.org,2002:str"
  private static let knownTags = Set(
    ["str", "int", "float", "bool", "null", "map", "seq"].map { "tag:yaml.org,2002:" + $0 } + ["!"])

  private func checkTag(_ tag: UnsafeMutablePointer<UInt8>?, at mark: Mark) {
    guard let tag = name(tag), !Self.knownTags.contains(tag) else { return }
    problems.report(
      mark,
      "the tag \(Words.quoted(tag.replacing("tag:yaml.org,2002:", with: "!!"))) means nothing here",
      ["put text that begins with '!' in quotes"])
  }

  private func name(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
