import ArgumentParser
import Experiments
import Foundation
import RunStorage
import Tracking

/// What a shell offers where a word is asked for, beyond the commands and options themselves.
///
/// The store is asked when the key is pressed: the one of `--db` in the line, else the standard one.
/// Where it cannot be read nothing is offered; completing never says an error.
extension CompletionKind {
  /// Experiment files.
  static let experiment = CompletionKind.file(extensions: ["yaml", "yml"])

  /// Beginnings of runs' ids, the newest first.
  static let run = CompletionKind.custom { words, _, beginning in
    offered(words, beginning) { store in
      var query = RunQuery()
      query.limit = 200
      query.order = .column(.createdAt, descending: true)
      return try store.runs(query).map { String($0.id.description.prefix(8)) }
    }
  }

  /// Names of sweeps.
  static let sweep = CompletionKind.custom { words, _, beginning in
    offered(words, beginning) { try $0.sweepNames().map(\.sweep) }
  }

  /// Names of experiments.
  static let experimentName = CompletionKind.custom { words, _, beginning in
    offered(words, beginning) { try $0.sweepNames().map(\.experiment) }
  }

  /// Names of metrics.
  static let metric = CompletionKind.custom { words, _, beginning in
    offered(words, beginning) { try $0.names().metrics }
  }

  /// Keys of a file: what `--by`, `--set` and `labbook keys` take.
  static let key = CompletionKind.custom { _, _, beginning in keys(beginning) }

  /// Options of a figure's kind and what they take.
  static let plotKey = CompletionKind.custom { words, index, beginning in
    switch PlotArguments.next(after: Array(words.prefix(max(0, index)))) {
    case .metric: offered(words, beginning) { try $0.names().metrics }
    case .key: keys(beginning)
    case .words(let known): matching(known, beginning)
    case .anything: []
    }
  }

  /// Names of shipped notebooks.
  static let example = CompletionKind.custom { _, _, beginning in
    matching((try? Examples().names) ?? [], beginning)
  }

  /// Kinds of figures, and experiment files of the folder that is typed.
  static let figure = CompletionKind.custom { _, _, beginning in
    matching(Plots.names + experimentFiles(beginning), beginning)
  }
}

/// Keys of a file that begin as typed.
private func keys(_ beginning: String) -> [String] {
  let rows = (try? FileKeys.rows()) ?? []
  // A bare key is short for one of the training.
  let bare = rows.map(\.path).filter { $0.hasPrefix("train.") }
    .map { String($0.dropFirst("train.".count)) }
  return matching(bare + rows.map(\.path), beginning)
}

/// What a store offers, without an error where there is none.
private func offered(
  _ words: [String], _ beginning: String, _ names: (RunStore) throws -> [String]
) -> [String] {
  var path = StoreOptions.standardPath
  if let place = words.lastIndex(of: "--db"), place + 1 < words.count { path = words[place + 1] }
  guard FileManager.default.fileExists(atPath: path),
    let store = try? RunStore(at: path, .existing), let found = try? names(store)
  else { return [] }
  return matching(found, beginning)
}

/// The names that begin as typed, each once.
private func matching(_ names: [String], _ beginning: String) -> [String] {
  var seen: Set<String> = []
  return names.filter { $0.hasPrefix(beginning) && seen.insert($0).inserted }
}

/// The experiment files and folders where a path begins.
private func experimentFiles(_ beginning: String) -> [String] {
  let folder = beginning.lastIndex(of: "/").map { String(beginning[...$0]) } ?? ""
  let entries =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
  return entries.sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    .map { folder + $0 }
}
