import Machine
import Testing

@Suite struct OwnWordsTests {
  /// What glibc says and what Swift finds are the same where nothing is loaded before.
  @Test func theWordsOfThisProcessAreKnown() {
    #expect(OwnExecutable.words == CommandLine.arguments)
    #expect(!OwnExecutable.words.isEmpty)
  }
}
