import Languages
import Testing

/// Numbers as a language writes them, and nothing else.
struct LanguageNumbersTests {
  @Test(arguments: [
    ("0.981 ± 0.004 (5)", "0,981 ± 0,004 (5)"), ("(8.76 ± 0.12)e+15 (5)", "(8,76 ± 0,12)e+15 (5)"),
    ("1.5e-05", "1,5e-05"), ("-0.25", "-0,25"), ("−0.5", "−0,5"), ("lr=0.01", "lr=0,01"),
    ("[0.1, 0.25]", "[0,1; 0,25]"), ("0.001, 0.01, 0.1", "0,001; 0,01; 0,1"),
    ("0.1, -0.5", "0,1; -0,5"), ("It is 0.5.", "It is 0,5."), ("0.5, and more", "0,5, and more"),
    ("1 - 0.9^t", "1 - 0,9^t"), ("0.5:", "0,5:"), ("2000", "2000"), ("10.", "10."),
  ])
  func numbersHaveTheSignOfTheLanguage(_ english: String, _ turkish: String) {
    #expect(Language.turkish.numbers(english) == turkish)
    #expect(Language.english.numbers(english) == english)
  }

  @Test(arguments: [
    "0.weight", "models.düz çizgiler.0.linear", "0.2.1", "x86-64-v4", "layer/0.5", "v1.5",
    "spiral-0.5b", "data.noise", "1.5x", "6.1.0-18-amd64", "a.0.5", "3.7GHz", "1, 2, 3", "e1.5",
  ])
  func whatOnlyHoldsANumberStays(_ text: String) {
    #expect(Language.turkish.numbers(text) == text)
  }

  @Test func countsAndDurations() {
    #expect(
      Language.english.grouped(41200) == "41,200" && Language.turkish.grouped(41200) == "41.200")
    #expect(
      Language.turkish.grouped(-1_234_567) == "-1.234.567" && Language.turkish.grouped(7) == "7")
    #expect(Language.english.counted(1, .nounSeed) == "1 seed")
    #expect(Language.english.counted(3, 5, .nounSeed) == "3 to 5 seeds")
    #expect(Language.turkish.counted(3, 5, .nounSeed) == "3–5 tohum")
    #expect(Language.turkish.counted(5, 5, .nounRun) == "5 koşu")
    #expect(Language.turkish.duration("3 m 05 s") == "3 dk 05 sn")
    #expect(Language.english.duration("1 h 12 m") == "1 h 12 m")
    #expect(Language.turkish.listed(["0.1", "1", "3"]) == "0,1; 1; 3")
    #expect(Language.turkish.listed(["1", "3"]) == "1, 3")
    #expect(Language.english.listed(["0.1", "1"]) == "0.1, 1")
    #expect(Language.english.list(["a", "b", "c"]) == "a, b and c")
    #expect(Language.turkish.list(["a", "b"]) == "a ve b" && Language.turkish.list([]).isEmpty)
  }

  @Test func turkishHasTwoLettersI() {
    let turkish = Language.turkish
    #expect(turkish.uppercased("istanbul ısı") == "İSTANBUL ISI")
    #expect(turkish.lowercased("IĞDIR İZMİR") == "ığdır izmir")
    #expect(turkish.capitalized("ilk tohum") == "İlk tohum" && turkish.capitalized("") == "")
    #expect(Language.english.uppercased("istanbul") == "ISTANBUL")
  }

  /// The order of a Turkish dictionary: c ç, g ğ, h ı i, o ö, s ş, u ü.
  @Test func wordsStandInTheOrderOfTheAlphabet() {
    let words = [
      "ağaç", "cam", "çam", "dağ", "ılık", "ilik", "2. hafta", "10. hafta", "İzmir", "Iğdır", "öz",
      "oz", "şal", "sal", "üç", "uç", "zil",
    ]
    let sorted = words.sorted { Language.turkish.isBefore($0, $1) ?? false }
    #expect(
      sorted == [
        "2. hafta", "10. hafta", "ağaç", "cam", "çam", "dağ", "Iğdır", "ılık", "ilik", "İzmir",
        "oz",
        "öz", "sal", "şal", "uç", "üç", "zil",
      ])
    #expect(Language.turkish.isBefore("İz", "iz") == nil)
    #expect(Language.english.isBefore("Week 2, 2", "week 2, 10") == true)
    #expect(Language.english.isBefore("zebra", "élan") == true)
  }
}
