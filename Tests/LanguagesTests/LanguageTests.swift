import Languages
import Testing
import Tracking

/// Every language has every phrase, with the same values in it.
struct LanguageTests {
  private static let others = Language.all.filter { $0 != .english }

  @Test func theLanguagesAreThoseOfTheFile() {
    #expect(Language.all.map(\.code) == ["en", "tr"])
    #expect(Language(code: "tr") == .turkish && Language(code: "xx") == nil)
    #expect(Set(Language.all.map(\.code)).count == Language.all.count)
  }

  @Test(arguments: Language.all)
  func noPhraseIsMissing(_ language: Language) {
    for phrase in Phrase.allCases {
      let text = language.template(phrase)
      #expect(!text.isEmpty, "\(language.code): \(phrase)")
      #expect(text == text.trimmed, "\(language.code): \(phrase) begins or ends with a space")
      #expect(!Template(text).fixed.contains { $0.contains("{") }, "\(language.code): \(phrase)")
    }
  }

  /// What English writes out the other languages write out, too; numbers that only choose a word may go.
  @Test(arguments: others)
  func everyPhraseHasTheSameValues(_ language: Language) {
    for phrase in Phrase.allCases {
      let english = Template(Language.english.template(phrase))
      let own = Template(language.template(phrase))
      #expect(own.shown == english.shown, "\(language.code): \(phrase)")
      #expect(own.places.isSubset(of: english.places), "\(language.code): \(phrase)")
    }
  }

  /// Names of things, and words that both languages have.
  private static let alike: Set<Phrase> = [
    .counted, .keyModel, .keyMomentum, .partTest, .labbook, .blas, .momentumIs,
  ]

  @Test(arguments: others)
  func noPhraseIsLeftInEnglish(_ language: Language) {
    for phrase in Phrase.allCases where !Self.alike.contains(phrase) {
      #expect(
        language.template(phrase) != Language.english.template(phrase),
        "\(language.code): \(phrase)")
    }
  }

  @Test func valuesStandInTheirPlaces() {
    #expect(
      Language.english(.pointsDrawn, 2000, 3000) == "2000 of 3000 points are drawn, taken evenly.")
    #expect(
      Language.turkish(.pointsDrawn, 2000, 3000)
        == "3000 noktanın eşit aralıkla seçilmiş 2000 tanesi çizildi.")
    #expect(Language.english(.diverged, 1, 1) == "1 of 1 run diverged")
    #expect(Language.english(.withoutResult, 2, 8) == "2 of 8 runs have no result yet.")
    #expect(Language.turkish(.withoutResult, 2, 8) == "8 koşudan 2 tanesinin henüz sonucu yok.")
    #expect(Language.english(.timeInRuns, "3 s", "1,200", 1200) == "3 s in 1,200 runs")
  }

  @Test func namesOfFilesBecomeWords() {
    let turkish = Language.turkish
    #expect(turkish.metric(.valLoss) == "doğrulama kaybı")
    #expect(turkish.metric(.trainAccuracy) == "eğitim doğruluğu")
    #expect(turkish.metric(named: "layer/0/activation_mean") == "layer/0/activation_mean")
    #expect(turkish.metric(named: "energy") == "energy")
    #expect(turkish.key("lr") == "öğrenme oranı" && turkish.key("my.path") == "my.path")
    #expect(turkish.key("lr, model") == "öğrenme oranı, model")
    #expect(turkish.column("duration_s") == "süre (sn)")
    #expect(turkish.column("test/accuracy") == "test doğruluğu")
    for status in RunStatus.allCases {
      #expect(Language.english.status(status) == status.rawValue)
      #expect(turkish.status(status) != status.rawValue)
    }
  }

  /// In English every name is what the file says.
  @Test(arguments: [
    "lr", "model", "train/loss", "val/accuracy", "test/objective", "grad_norm", "duration_s", "g",
    "optimizer.momentum", "layer/0.weight/small", "x/loss", "loss",
  ])
  func englishKeepsNames(_ name: String) {
    let english = Language.english
    #expect(english.metric(named: name) == name && english.key(name) == name)
    #expect(english.column(name) == name && english.stepPart(name) == name)
    #expect(english.quantity(name) == name && english.part(name) == name)
  }

  @Test func statisticsCountFoldsInTheirLanguage() throws {
    var statistics = try #require(SeedStatistics([0.5, 0.75, 0.25]))
    #expect(statistics.words(.english) == statistics.description)
    #expect(
      statistics.words(.turkish) == "0,50 ± 0,25 (3)"
        || statistics.words(.turkish) == "0,5 ± 0,2 (3)")
    statistics.isOverFolds = true
    #expect(statistics.words(.english) == statistics.description)
    #expect(statistics.words(.turkish).hasSuffix(" (3 kat)"))
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
