public import FileLanguage
import Foundation
import Tracking

/// The options of `labbook plot KIND`: the keys of a plot cell, written `--key VALUE`.
public enum PlotArguments {
  /// Cuts arguments into options and their values.
  ///
  /// - Returns: what the options are called, without dashes and as keys are written, and their values.
  /// - Throws: the first argument that is no option or has no value.
  public static func options(_ arguments: [String], of kind: any Plot.Type) throws(Diagnostics)
    -> [(name: String, value: String)]
  {
    let problems = SpecProblems()
    var found: [(name: String, value: String)] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--"), argument.count > 2 else {
        problems.report(mark(argument), "the plot \(kind.kind) takes options only", notes(kind))
        break
      }
      let parts = argument.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0]).replacing("-", with: "_")
      let key = kind.allKeys.first { $0.name == name }
      if parts.count == 2 {
        found.append((name, String(parts[1])))
      } else if let key, key.isFlag, rest.first?.hasPrefix("--") ?? true {
        found.append((name, "true"))
      } else if let value = rest.popFirst() {
        found.append((name, value))
      } else {
        problems.report(mark(argument), "\(argument) has no value")
      }
    }
    return try problems.finish(found)
  }

  /// The cell that options ask for.
  ///
  /// - Parameter usual: the looks that hold where the options say nothing.
  /// - Throws: everything that is wrong with them.
  public static func cell(
    _ kind: any Plot.Type, _ options: [(name: String, value: String)], of sweep: PlotSubject,
    usual: FigureLook = FigureLook()
  ) throws(Diagnostics) -> PlotCell {
    let problems = SpecProblems()
    let mark = mark("plot \(kind.kind)")
    var entries: [SpecNode.Entry] = []
    for (name, value) in options {
      let key = kind.allKeys.first { $0.name == name }
      let source = SpecSource(
        name: "--\(name.replacing("_", with: "-"))", folder: "", kind: .argument, text: value)
      let place = Mark(source, line: 1, column: 1, width: value.count)
      let nodes = nodes(value, of: key, place, problems)
      if let index = entries.firstIndex(where: { $0.key == name }) {
        entries[index].value.content = .list((entries[index].value.asList) + nodes)
      } else {
        let isList = nodes.count != 1
        entries.append(
          SpecNode.Entry(name, place, isList ? SpecNode(.list(nodes), place) : nodes[0]))
      }
    }
    let item = SpecNode(.mapping(entries), mark)
    PlotReader.checkKeys(item, kind, problems)
    let reader = PlotKeyReader(
      sweep: sweep, kind: kind.kind, item: item, mark: mark, problems: problems)
    let cell = PlotReader.cell(kind, reader, name: nil, usual: usual)
    return try problems.finish(cell)
  }

  /// A line an option, for `labbook plot --help`.
  public static var help: String {
    Plots.all.map { kind in
      let keys = kind.keys.map { key in
        let text = key.option + (key.isFlag ? "" : " \(key.name.uppercased())")
        return key.isRequired ? text : "[\(text)]"
      }
      let words = kind.summary.split(separator: " ").map(String.init)
      return lines(words, from: "  \(kind.kind):") + "\n" + lines(keys, from: "   ")
    }.joined(separator: "\n") + "\n\n  every kind:\n" + lines(shared, from: "   ")
  }

  /// Words in lines that a manual page has room for in 80 columns.
  private static func lines(_ words: [String], from beginning: String) -> String {
    var lines = [beginning]
    for word in words {
      let longer = (lines.last ?? "") + " " + word
      if longer.count <= 68 {
        lines[lines.count - 1] = longer
      } else {
        lines.append("    " + word)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The options that every figure has, or every figure of a kind that has a use for them.
  private static var shared: [String] {
    LookKeys.keys(of: CurvesPlot.self).map { key in
      "[\(key.option)\(key.isFlag ? " false" : " " + key.name.uppercased())]"
    }
  }

  /// A value as the file would write it; commas part the values of a list.
  private static func nodes(
    _ text: String, of key: Key?, _ mark: Mark, _ problems: SpecProblems
  ) -> [SpecNode] {
    guard key?.holdsList == true else {
      return [SpecNode(.scalar(text, isPlain: key?.isText != true), mark)]
    }
    var inner = text[...]
    if inner.hasPrefix("["), inner.hasSuffix("]") { inner = inner.dropFirst().dropLast() }
    return inner.split(separator: ",").map { part in
      SpecNode(.scalar(part.trimmingCharacters(in: .whitespaces), isPlain: true), mark)
    }
  }

  private static func mark(_ text: String) -> Mark {
    Mark(SpecSource(name: text, folder: "", kind: .argument, text: ""), line: 0, column: 1)
  }

  private static func notes(_ kind: any Plot.Type) -> [String] {
    ["expected " + kind.allKeys.map(\.option).joined(separator: ", ")]
  }
}

extension SpecNode {
  fileprivate var asList: [SpecNode] { items ?? [self] }
}

extension Key {
  fileprivate var isFlag: Bool {
    if case .value(.flag) = shape { true } else { false }
  }

  fileprivate var isText: Bool {
    if case .value(.text) = shape { true } else { false }
  }

  /// Whether several values may stand in it.
  package var holdsList: Bool {
    guard case .value(let kind) = shape else { return false }
    return Self.holdsList(kind)
  }

  private static func holdsList(_ kind: Setting.Kind) -> Bool {
    switch kind {
    case .list: true
    case .either(let kinds): kinds.contains(where: holdsList)
    case .orOff(let inner): holdsList(inner)
    default: false
    }
  }
}
