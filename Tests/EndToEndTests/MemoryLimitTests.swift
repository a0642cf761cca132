import Foundation
import Testing

/// `ulimit -v`: what malloc cannot give ends a process, so that little of it may be taken in advance.
struct MemoryLimitTests {
  /// With an arena for each thread a run of two took 341 MB of addresses, with one for all 148 MB.
  @Test func threadsTakeNoAddressesInAdvanceWhereThoseAreLimited() throws {
    let place = try Workplace()
    try place.write(
      "x.yaml",
      OddPathsTests.small.replacing("epochs: 1", with: "epochs: 2000000") + "seeds: 2\n")
    let tool = try RunningTool(
      executable: "/bin/sh",
      ["-c", "ulimit -v 2000000; exec \"$TOOL\" run x.yaml --jobs 2"], folder: place.path,
      environment: ["TOOL": toolPath])
    var kilobytes = 0
    let isTraining = try tool.reaches {
      let status = try status(of: tool)
      kilobytes = status["VmPeak"] ?? 0
      return status["Threads"] ?? 0 >= 4
    }
    #expect(isTraining)
    tool.terminate()
    _ = try tool.wait()
    #expect(kilobytes > 100_000 && kilobytes < 250_000)
  }

  /// The numbers that Linux tells of a process.
  private func status(of tool: RunningTool) throws -> [String: Int] {
    let path = "/proc/\(tool.id)/status"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      lines.compactMap { line in
        let words = line.split(whereSeparator: { ": \t".contains($0) })
        return words.count > 1 ? Int(words[1]).map { (String(words[0]), $0) } : nil
      }, uniquingKeysWith: { first, _ in first })
  }
}
