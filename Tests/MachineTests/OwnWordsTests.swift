import Foundation
import Machine
import Testing

@Suite struct OwnWordsTests {
  /// What glibc says and what Swift finds are the same where nothing is loaded before.
  @Test func theWordsOfThisProcessAreKnown() {
    #expect(OwnExecutable.words == CommandLine.arguments)
    #expect(!OwnExecutable.words.isEmpty)
  }

  /// The kernel's word for the program and its link under `/proc` lead to one file.
  @Test func theFileOfThisProcessIsKnownWithoutProc() throws {
    let started = try #require(OwnExecutable.started)
    #expect(started.hasPrefix("/"))
    #expect(
      URL(filePath: started).resolvingSymlinksInPath()
        == URL(filePath: "/proc/self/exe").resolvingSymlinksInPath())
  }
}
