import Foundation
import NeuralNet
import Runner
import Testing

@Suite struct SurroundingsTests {
  @Test func theMachineAndTheCommandAreTold() throws {
    let words = ["labbook", "run", "it's here.yaml", "--set", "lr=1e-3", ""]
    let values = RunSurroundings.current(version: "1.2.3", arguments: words)
    #expect(values["version"] == "1.2.3")
    #expect(values["command"] == "labbook run 'it'\\''s here.yaml' --set lr=1e-3 ''")
    // Asked of the system by other ways.
    #expect(values["cores"] == String(ProcessInfo.processInfo.activeProcessorCount))
    #expect(values["folder"] == FileManager.default.currentDirectoryPath)
    #expect(values["host"] == ProcessInfo.processInfo.hostName)
    #expect(values["numerics"] == String(NumericsVersion.current))
    let facts = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    if let model = facts.firstMatch(of: /model name\s*: (.*)/) {
      #expect(values["cpu"] == String(model.1))
    }
    for key in ["host", "cpu", "kernels", "blas", "cores", "folder", "system", "numerics"] {
      #expect(values[key]?.isEmpty == false, "\(key)")
    }
    #expect((values["git_commit"] == nil) == (values["git_dirty"] == nil))
  }

  @Test func gitsAnswerIsRead() {
    let clean = "# branch.oid 8f3a\n# branch.head main\n"
    #expect(GitState(porcelain: clean)?.commit == "8f3a")
    #expect(GitState(porcelain: clean)?.isDirty == false)
    let dirty = clean + "1 .M N... 100644 100644 100644 aaa bbb file.swift\n"
    #expect(GitState(porcelain: dirty)?.isDirty == true)
    #expect(GitState(porcelain: "# branch.oid (initial)\n# branch.head main\n") == nil)
    #expect(GitState(porcelain: "") == nil)
  }
}
