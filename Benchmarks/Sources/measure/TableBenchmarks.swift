import Datasets
import Foundation
import Tracking

/// Reading of tables, from the path to rows of which all is known.
enum TableBenchmarks {
  /// Reads a table and prints how long that took, by the clock and on all processors, and the most memory
  /// that the process held, less what it held before.
  ///
  /// - Parameter target: the column to predict; empty for none.
  static func read(_ path: String, target: String) throws {
    guard let choice = Sources.all.first(where: { $0.name == "csv" }) else { exit(2) }
    var values: [String: ParameterValue] = [:]
    for setting in choice.settings { values[setting.name] = setting.standard ?? .off }
    values["path"] = .text(path)
    values["target"] = target.isEmpty ? .off : .text(target)
    let (start, startCPU, before) = (wallSeconds(), processorSeconds(), greatestMemory())
    let shape = try DataLibrary().shape(of: DataConfiguration(source: Chosen("csv", values)))
    let seconds = wallSeconds() - start
    report([
      "part": "tables", "rows": shape.trainRows, "seconds": seconds,
      "cpu": processorSeconds() - startCPU, "bytes": greatestMemory() - before,
    ])
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The most memory that this process held; `getrusage` begins with that of whoever started it.
  private static func greatestMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
  }
}
