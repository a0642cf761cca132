import Foundation
import Programs
import Testing

struct WrittenFilesTests {
  private var count = 0

  /// Writes a file of another length each time: clocks of file systems are coarse.
  private mutating func write(_ name: String, in folder: Folder) throws {
    count += 1
    try folder.write(name, String(repeating: "x", count: count))
  }

  @Test func aFileThatTwoRunsWroteIsNamedOnce() throws {
    var copy = self
    let folder = try Folder()
    try copy.write("model.pt", in: folder)
    try copy.write("data.npz", in: folder)
    var written = WrittenFiles()
    for (run, expected) in [("a", []), ("b", ["model.pt"]), ("c", [])] as [(String, [String])] {
      written.began(run, in: folder.path)
      try copy.write("model.pt", in: folder)
      try copy.write("train.py", in: folder)
      try copy.write("plots/page.html", in: folder)
      try copy.write("labbook.sqlite", in: folder)
      #expect(written.ended(run, in: folder.path, except: ["train.py"]) == expected)
    }
  }

  @Test func aFileThatOneLongRunWritesIsItsOwn() throws {
    var copy = self
    let folder = try Folder()
    var written = WrittenFiles()
    written.began("long", in: folder.path)
    for short in ["a", "b", "c"] {
      written.began(short, in: folder.path)
      try copy.write("long.log", in: folder)
      #expect(written.ended(short, in: folder.path, except: []).isEmpty)
    }
    #expect(written.ended("long", in: folder.path, except: []).isEmpty)
    // Whoever writes it now is another.
    written.began("d", in: folder.path)
    try copy.write("long.log", in: folder)
    #expect(written.ended("d", in: folder.path, except: []) == ["long.log"])
  }

  @Test func whatIsSaidNamesTheWayOut() {
    #expect(WrittenFiles.note([]) == nil)
    #expect(WrittenFiles.note(["a", "b"])?.hasPrefix("a and 1 more files") == true)
    #expect(WrittenFiles.note(["a"])?.contains("{run_dir}") == true)
  }
}
