import Foundation

/// Measures parts of Labbook and prints a line of JSON for each: `measure limit | kernels | steps |
/// writer | queries | curves STORE | table FILE TARGET`.
@main
struct Measure {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let part = arguments.first else {
      FileHandle.standardError.write(
        Data(
          ("usage: measure limit|kernels|steps|writer|queries STORE|curves STORE"
            + "|table FILE TARGET\n").utf8))
      exit(2)
    }
    switch part {
    case "limit": report(["part": "limit", "gflops": arithmeticLimit() * 1e-9])
    case "kernels": KernelBenchmarks.run()
    case "steps": StepBenchmarks.run(only: Array(arguments.dropFirst()))
    case "writer": try StoreBenchmarks.writer()
    case "queries": try StoreBenchmarks.queries(at: arguments.last ?? "")
    case "curves": try StoreBenchmarks.curves(at: arguments.last ?? "")
    case "table":
      guard arguments.count == 3 else { exit(2) }
      try TableBenchmarks.read(arguments[1], target: arguments[2])
    default: exit(2)
    }
  }
}
