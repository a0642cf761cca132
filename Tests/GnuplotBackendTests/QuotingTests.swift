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

  @Test func everySignOfASCIIIsItselfOrItsOctalNumber() {
    let plain = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/-+=()_".unicodeScalars)
    for value in UInt8(0x20)...0x7E {
      let scalar = Unicode.Scalar(value)
      // A digit behind it must not become a part of the number.
      let isPlain = plain.contains(scalar)
      let sign = isPlain ? String(scalar) + "70" : "\\" + octal(value) + "\\067\\060"
      #expect(Quoting.quoted("\(Character(scalar))708a") == "\"\(sign)8a\"")
      #expect(Quoting.quoted(path: "\(Character(scalar))708a") == "\"\(sign)8a\"")
    }
    #expect(Quoting.quoted(path: "a\nb\u{1}") == "\"a\\012b\\001\"")
    #expect(Quoting.quoted(path: "ü1") == "\"\\303\\274\\061\"")
    #expect(Quoting.quoted("a\n1é1") == "\"a\\n1é1\"")
    #expect(Quoting.quoted("a\tb\u{7F}\u{9F}\u{FFFE}") == "\"a b\u{FFFD}\u{FFFD}\u{FFFD}\"")
  }

  private func octal(_ value: UInt8) -> String {
    [value / 64, value / 8 % 8, value % 8].map(String.init).joined()
  }
}
