import Foundation
import Languages
import Testing

/// A notebook in Turkish: every word of Labbook's own, in pages and figures.
struct LanguageTests {
  private static func file(_ language: String) -> String {
    """
    experiment: deneme
    title: Kısa bir deneme
    language: \(language)
    data: {source: spiral, points_per_class: 40, split: {val: 0.25, test: 0.2}, normalize: standard}
    models:
      düz: [{linear: classes}]
      gizli: {mlp: {hidden: [8]}}
    train: {epochs: 6, log: {layers: true}}
    notebook:
      - text: "{{ mean(oranlar, val/loss) }}, {{ best(oranlar, val/accuracy) }}"
      - sweep: oranlar
        over: {model: all, lr: [1e-3, 1e-2, 1e9]}
        seeds: 5
      - plot: data
      - plot: curves
      - plot: curves
        metric: train/loss
        by: model
        smooth: 0.5
      - plot: final
        metric: val/accuracy
        x: lr
        by: model
      - plot: heatmap
        metric: val/loss
        x: lr
        y: model
      - plot: boundary
        frames: [0, 1, 3, 6]
        animate: true
      - plot: stretch
        animate: true
      - plot: stretch
        by: model
      - plot: confusion
      - plot: layers
        by: model
      - plot: gradients
      - plot: weights
      - plot: landscape
      - plot: network
      - plot: parallel
        metric: val/loss
      - plot: importance
        metric: val/accuracy
      - table: best
        metric: val/accuracy
        show: [train/loss, duration_s, status]
      - table: compare
        by: model
        against: düz
        metric: val/loss
      - table: compare
        by: lr
        against: 1e-3
        metric: val/accuracy
        pool: true
      - table: worst
      - table: confusion
      - table: gradcheck
      - table: step
        model: düz
        rows: [1, 2]
      - claim: Gizli katman
        that: mean(val/loss, model = 'gizli' and lr < 1) < mean(val/loss, model = 'düz' and lr < 1)
      - claim: Büyük
        that: mean(val/loss, lr = 0.001) < 0.5 or each(val/loss, model) > 3
      - claim: Doğruluk
        that: mean(val/accuracy, lr = 0.01) > 0
        decide_by: mean
      - sweep: sapan
        with: {model: düz, optimizer: sgd}
        over: {lr: [1e30, 1e-2]}
        seeds: 2
      - plot: curves
        log: none
      - table: best

    """
  }

  /// The page's visible words: what stands between tags, and what is said to those who do not see it.
  private func words(_ page: String) -> String {
    var text = page.components(separatedBy: "<body>").last ?? ""
    // Keys of the file with their values, as the file has them.
    text = text.components(separatedBy: "<summary>Bütün koşularda ortak olanlar")[0]
    for element in ["style", "code"] {
      let parts = text.components(separatedBy: "<\(element)")
      text =
        parts[0]
        + parts.dropFirst().map { $0.components(separatedBy: "</\(element)>").dropFirst().joined() }
        .joined()
    }
    let labels = text.matches(of: /aria-label="(?<label>[^"]*)"/).map { String($0.output.label) }
    return text.replacing(/<[^>]*>/, with: "\n") + "\n" + labels.joined(separator: "\n")
  }

  /// Pieces of English phrases that no Turkish one has, long enough to be no part of another word.
  private static let englishWords: [String] = {
    let own = Phrase.allCases.map { Language.turkish.template($0).lowercased() }
    let pieces = Phrase.allCases.flatMap { Template(Language.english.template($0)).fixed }
    let words = pieces.flatMap { $0.split { !$0.isLetter } }.map { $0.lowercased() }
      .filter { word in word.count > 4 && !own.contains { $0.contains(word) } }
    return Set(words).sorted()
  }()

  /// Names of files, programs and layers, which stay.
  private static let names: Set = [
    "linear", "accuracy", "labbook", "kernels", "weight", "train", "model", "status", "debian",
  ]

  /// What the processor of this machine calls itself, in any language.
  private static let processor: String = {
    let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return facts.firstMatch(of: /model name\s*: (?<name>.*)/).map { String($0.output.name) }
      ?? "no name"
  }()

  @Test func noEnglishWordIsLeftOnATurkishPage() throws {
    let place = try Workplace()
    try place.write("tr.yaml", Self.file("tr"))
    let outcome = try place.labbook("run", "tr.yaml")
    // The terminal speaks English.
    #expect(outcome.output.contains("claim held: Doğruluk"), "\(outcome.errors)")
    #expect(outcome.output.contains("Values are the final ones."))
    let page = try place.read("plots/deneme/index.html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"tr\">"))
    #expect(!page.contains("class=\"missing\"") && !page.contains("lang=\"en\""))
    let text = words(page).replacing(Self.processor, with: "")
    for word in Self.englishWords where !Self.names.contains(word) {
      let found = text.lowercased().firstRange(of: try Regex("\\b\(word)\\b"))
      #expect(found == nil, "\(word)")
    }
    #expect(Self.englishWords.count > 200)
    #expect(text.contains("iddia doğrulandı") && text.contains("doğrulama kaybı"))
    // Of numbers with a point only names and expressions are left.
    let numbers = text.replacing(/[0-9]+\.[0-9]+\.[0-9]+/, with: "").matches(
      of: /[0-9]+\.[0-9]+(?![.0-9\w])/
    ).map { String($0.output) }
    #expect(Set(numbers).isSubset(of: ["0.001", "0.5", "0.01"]), "\(numbers)")
    for name in ["index.md", "index.ipynb"] {
      let other = try place.read("plots/deneme/\(name)")
      #expect(other.contains("Bu sayfa nasıl oluştu") && other.contains("iddia doğrulandı"))
      #expect(!other.contains("How this was made") && !other.contains("claim held"))
    }
    #expect(try place.read("plots/deneme/oranlar-final.svg").contains(">öğrenme oranı<"))
    #expect(try place.read("plots/deneme/oranlar-final.svg").contains("0,"))
  }

  /// Programs read the same whatever the language is; nothing is trained for another one.
  @Test func filesAndKeysDoNotKnowTheLanguage() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file("en"))
    try place.write("t.yaml", Self.file("tr"))
    let first = try place.labbook("run", "e.yaml")
    #expect(try place.read("plots/deneme/index.html").contains("<html lang=\"en\">"))
    let exports = [["export", "runs", "--format", "csv"], ["runs", "--format", "json"]]
    let before = try exports.map { try place.labbook($0).output }
    let again = try place.labbook("run", "t.yaml")
    #expect(try exports.map { try place.labbook($0).output } == before)
    // What the terminal says, but for the path of the file.
    let words = [first, again].map { outcome in
      outcome.output.split(separator: "\n").filter { $0.contains("claim ") || $0.contains(" ± ") }
    }
    #expect(words[0] == words[1] && words[0].count > 20)
    func json(_ file: String) throws -> String {
      try place.labbook("report", file, "--format", "json").output
        .replacing("\"\(file)\"", with: "\"FILE\"")
    }
    #expect(try json("e.yaml") == json("t.yaml"))
  }

  @Test func anotherLanguageIsRefused() throws {
    let place = try Workplace()
    try place.write("n.yaml", "language: tur\ndata: {source: spiral}\nmodel: [{linear: classes}]\n")
    let outcome = try place.labbook("check", "n.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("n.yaml:1:11: error") && outcome.errors.contains("en or tr"))
    #expect(try place.labbook("keys", "language").output.contains("tr"))
  }

  /// A notebook leads to those of its own language, and the folder's page lists all.
  @Test func notebooksOfOneLanguageFollowEachOther() throws {
    let place = try Workplace()
    let rest =
      "\ndata: {source: spiral, points_per_class: 9}\nmodel: [{linear: classes}]\ntrain: {epochs: 1}\n"
    for (name, title, language) in [
      ("a", "Week 1", "en"), ("b", "2. hafta", "tr"), ("c", "Week 2", "en"),
      ("d", "10. hafta", "tr"),
    ] {
      try place.write("\(name).yaml", "title: \(title)\nlanguage: \(language)" + rest)
    }
    let outcome = try place.labbook("run", "d.yaml", "c.yaml", "b.yaml", "a.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let index = try place.read("plots/index.html")
    let links = index.matches(of: /<li(?<own>[^>]*)><a href="(?<folder>.)\//).map {
      "\($0.output.folder)\($0.output.own)"
    }
    #expect(links == ["a", "c", "b lang=\"tr\"", "d lang=\"tr\""])
    let turkish = try place.read("plots/b/index.html")
    #expect(turkish.contains("Bütün defterler") && turkish.contains("10. hafta →"))
    #expect(!turkish.contains("class=\"prev\"") && !turkish.contains("Week"))
    #expect(try place.read("plots/c/index.html").contains("← Week 1"))
    #expect(!(try place.read("plots/c/index.html")).contains("class=\"next\""))
  }
}
