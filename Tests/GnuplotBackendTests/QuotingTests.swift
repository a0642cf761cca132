import GnuplotBackend
import Testing

@Suite struct QuotingTests {
  @Test func nothingIsLeftToSubstitute() {
    let text = "a'b\"c`d`$(e)@f\\n{g}_^~&%h;#!"
    let quoted = Quoting.quoted(text)
    for sign in "'`$@{}^~&%;#!" { #expect(!quoted.contains(sign), "\(sign) stands in \(quoted)") }
    #expect(quoted.dropFirst().dropLast().contains("\"") == false)
    #expect(quoted.contains("\\140d\\140"))
  }

  @Test func plainTextStaysReadable() {
    #expect(Quoting.quoted("val/loss (5 seeds), שלום 😀") == "\"val/loss (5 seeds), שלום 😀\"")
  }

  @Test func controlCharactersAreNotPassedOn() {
    #expect(Quoting.quoted("a\u{0}b\u{1B}c\nd") == "\"a\u{FFFD}b\u{FFFD}c\\nd\"")
  }

  @Test func pathsKeepEveryByte() {
    #expect(Quoting.quoted(path: "/a b/ü`.svg") == "\"/a b/\\303\\274\\140.svg\"")
  }
}
