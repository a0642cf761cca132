import Foundation
import Testing
import Tracking

struct HiddenCharactersTests {
  /// Python's `json.loads` and Foundation give the text back.
  @Test func escapesInJSONMeanTheSame() throws {
    let text = "a\u{1B}\u{7F}\u{9B}\u{202E}\u{2028}\u{FEFF}\u{E0041}\u{200D}👩‍🔬é\n\t\"\\"
    let json = HiddenCharacters.escapedInJSON("[" + ParameterValue.json(text) + "]\n")
    #expect(!json.unicodeScalars.contains { $0 != "\n" && HiddenCharacters.isHidden($0) })
    let back = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String]
    #expect(back == [text])
    // Keys are hashes of canonical JSON, which stays as it was.
    #expect(ParameterValue.json("\u{7F}\u{202E}") == "\"\u{7F}\u{202E}\"")
  }

  @Test func pythonNamesCharactersByEightDigits() {
    #expect(
      HiddenCharacters.escapedInPython("\"\u{E0041}\u{9B}é\"") == "\"\\U000e0041\\U0000009bé\"")
  }

  @Test func lineBreaksAndShapesStay() {
    func shown(_ text: String) -> String { HiddenCharacters.replaced(in: text) { _ in "?" } }
    #expect(shown("a\nb\r\tc") == "a\nb??c")
    #expect(shown("👩‍🔬 ᠠ\u{180B} a\u{180B}") == "👩‍🔬 ᠠ\u{180B} a?")
  }
}
