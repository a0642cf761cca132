import Foundation
import GRDB

/// A store with many runs, filled straight through SQL in seconds.
///
/// Run `i` of 1, 2, ... has the quality `i * 7919 % 10007 / 10007`, which is its final `val/accuracy`; its
/// parameters run through a grid, five seeds a configuration.
public enum LargeStore {
  /// Fills an empty store that nobody else has open for writing.
  ///
  /// - Parameters:
  ///   - path: the store's file, with its tables.
  ///   - steps: points of each of the four metrics of a run.
  /// - Throws: SQLite's errors.
  public static func fill(_ path: String, runs: Int, steps: Int) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("large-store.sql")
    let sql = try String(contentsOf: file, encoding: .utf8)
      .replacing("$RUNS", with: String(runs)).replacing("$STEPS", with: String(steps))
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.write { try $0.execute(sql: sql) }
  }

  /// The final `val/accuracy` of run `i`, had it ended well.
  public static func quality(_ i: Int) -> Double { Double(i * 7919 % 10007) / 10007 }

  /// Where run `i` stands.
  public static func status(_ i: Int) -> String {
    i % 97 == 0 ? "diverged" : i % 101 == 0 ? "failed" : i % 53 == 0 ? "stopped" : "completed"
  }

  /// The id of run `i`.
  public static func run(_ i: Int) -> String {
    String(format: "%08x%024x", (i &* 2_654_435_761) & 0xffff_ffff, i)
  }
}
