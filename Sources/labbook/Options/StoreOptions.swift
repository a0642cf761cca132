import ArgumentParser
import Foundation
import RunStorage

/// `--db`, and the store behind it.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The store. (default: LABBOOK_DB, else labbook.sqlite)", valueName: "path"),
    completion: .file())
  var path: String?

  func validate() throws {
    if resolvedPath.isEmpty { throw ValidationError("--db names no file.") }
    if resolvedPath == "-" {
      throw ValidationError(
        "The store is a file, and '-' stands for standard input; a file of that name is --db ./-")
    }
  }

  /// Where the store is, or would be.
  var resolvedPath: String { path ?? Self.standardPath }

  /// Where the store of a command without `--db` is.
  static var standardPath: String {
    let variable = ProcessInfo.processInfo.environment["LABBOOK_DB"] ?? ""
    return variable.isEmpty ? "labbook.sqlite" : variable
  }

  func openExisting() throws -> RunStore { try RunStore(at: resolvedPath, .existing) }

  func openOrCreate() throws -> RunStore { try RunStore(at: resolvedPath, .create) }
}
