import FileLanguage
import Search
public import Tracking

/// One line of `labbook keys`.
public struct KeyRow: Hashable, Sendable {
  /// The key's path; `NAME` stands for any name, `0` for any place in a list of layers.
  public let path: String
  /// What it may hold, in words.
  public let type: String
  /// What holds without it; empty where nothing does.
  public let standard: String
  /// One line for people.
  public let summary: String
}

extension FileKeys {
  /// Every key of the file, or those at and below a path.
  ///
  /// - Parameter path: as sweeps write it; a bare key is short for `train.<key>`.
  /// - Throws: an error with the nearest path where there is none like it.
  public static func rows(below path: String? = nil) throws(LabbookError) -> [KeyRow] {
    let all = KeyRowWriter.rows(Self.all, below: "")
    guard let path, !path.isEmpty else { return all }
    for candidate in [path, "train." + path, "models.NAME.mlp." + path, "data." + path] {
      let found = all.filter { $0.path == candidate || $0.path.hasPrefix(candidate + ".") }
      if !found.isEmpty { return found }
    }
    let known = Set(all.map(\.path))
    let names = known.map { (path: $0, last: $0.split(separator: ".").last.map(String.init) ?? $0) }
      .sorted { ($0.path.count, $0.path) < ($1.path.count, $1.path) }
    let last = path.split(separator: ".").last.map(String.init) ?? path
    let meant = meantName(last, among: names.map(\.last))
    let near = meantName(path, among: names.map(\.path)) ?? names.first { $0.last == meant }?.path
    throw .input(
      "there is no key '\(path)'",
      hint: near.map { "Did you mean '\($0)'?" } ?? "'labbook keys' lists them all.")
  }
}

/// Turns descriptions of keys into lines.
enum KeyRowWriter {
  static func rows(_ keys: [Key], below prefix: String, of owner: String = "") -> [KeyRow] {
    keys.flatMap { key -> [KeyRow] in
      let path = prefix + key.name
      let row = KeyRow(
        path: path, type: type(key.shape),
        standard: key.isRequired ? "required" : key.standard,
        summary: owner.isEmpty ? key.summary : "\(owner): \(key.summary)")
      return [row] + below(key.shape, path)
    }
  }

  /// What a shape may hold, in words.
  private static func type(_ shape: Key.Shape) -> String {
    switch shape {
    case .value(let kind): Words.expected(kind)
    case .section(let keys): "a mapping of " + keys.map(\.name).joined(separator: ", ")
    case .choice(let set): "one of " + set.choices.map(\.name).joined(separator: ", ")
    case .network: "a list of layers, or mlp"
    case .map(let inner, let name): "a mapping from \(name)s to: \(type(inner))"
    case .list(let inner): "a list: \(type(inner))"
    case .either(let shapes): shapes.map(type).joined(separator: "; or ")
    case .orOff(let inner): type(inner) + ", or none"
    case .axis:
      "a list of values, all, {log: [a, b], count: n} or {linear: [a, b], count: n}; for a search "
        + SearchedRange.Kind.allCases.map { "{\($0.rawValue): [...]}" }.joined(separator: ", ")
    case .anything: "whatever the key holds"
    case .cells: "a list of cells: " + CellKeys.all.map(\.name).joined(separator: ", ")
    }
  }

  private static func below(_ shape: Key.Shape, _ path: String) -> [KeyRow] {
    switch shape {
    case .value, .axis, .anything: []
    case .section(let keys): rows(keys, below: path + ".")
    case .choice(let set): choice(set, path)
    case .network: NetworkRows.rows(below: path)
    case .map(let inner, let name): below(inner, "\(path).\(name.uppercased())")
    case .list(let inner), .orOff(let inner): below(inner, path)
    case .either(let shapes): shapes.flatMap { below($0, path) }
    case .cells: CellKeys.all.flatMap { cell($0, below: "\(path).\($0.name).") }
    }
  }

  /// The keys of a cell; one that several of its kinds have alike is one line.
  private static func cell(_ cell: CellKind, below prefix: String) -> [KeyRow] {
    var owners: [KeyRow: [String]] = [:]
    var order: [KeyRow] = []
    for kind in cell.kinds {
      for row in rows(kind.keys, below: prefix) {
        if owners[row] == nil { order.append(row) }
        owners[row, default: []].append(kind.name)
      }
    }
    let own = order.map { row in
      let names = owners[row] ?? []
      let isCommon = names.count == cell.kinds.count
      return KeyRow(
        path: row.path, type: row.type, standard: row.standard,
        summary: (isCommon ? "" : names.joined(separator: ", ") + ": ") + row.summary)
    }
    return rows(cell.keys, below: prefix) + own
  }

  private static func choice(_ set: ChoiceSet, _ path: String) -> [KeyRow] {
    let name =
      set.nameKey == "name"
      ? []
      : [
        KeyRow(
          path: "\(path).\(set.nameKey)",
          type: "one of " + set.choices.map(\.name).joined(separator: ", "), standard: "required",
          summary: "which \(set.noun)")
      ]
    // A setting that several of them have alike is one line.
    var owners: [Setting: [String]] = [:]
    var settings: [Setting] = []
    for choice in set.choices {
      for setting in choice.settings {
        if owners[setting] == nil { settings.append(setting) }
        owners[setting, default: []].append(choice.name)
      }
    }
    let own = settings.flatMap { setting in
      rows([Key(setting)], below: path + ".", of: (owners[setting] ?? []).joined(separator: ", "))
    }
    return name + own + rows(set.common, below: path + ".")
  }
}
