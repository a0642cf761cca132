import Foundation
import Testing

/// Figures, tables and comparisons from the store tell variants apart as the file does.
struct StoredVariantsTests {
  private let file = """
    data: {source: moons, points_per_class: 40, split: {val: 0.3}}
    models: {b model: {mlp: {hidden: [4]}}, a model: {mlp: {hidden: [8]}}}
    train: {epochs: 4, batch_size: 16, model: b model}
    notebook:
      - sweep: rates
        over: {model: [b model, a model], lr: [0.01, 0.1]}
        seeds: 2
      - {plot: curves, by: model, name: curves}
      - {plot: final, metric: val/accuracy, x: lr, by: model, name: final}
      - sweep: tricks
        variants:
          plain: {}
          z momentum: {optimizer: {name: sgd, momentum: 0.9}}
          same: {activation: relu}
          a decay: {weight_decay: 0.1, lr: 0.01}
        over: {dropout: [0, 0.5]}
        seeds: 2
      - {plot: curves, by: variant, name: variants}
      - {plot: final, metric: val/loss, x: variant, by: dropout, name: bars}

    """

  private func trained() throws -> Workplace {
    let place = try Workplace()
    try place.write("v.yaml", file)
    #expect(try place.labbook("run", "v.yaml").status == 0)
    return place
  }

  /// A picture without the groups in which gnuplot has drawn nothing: they tell with which pen the
  /// picture before it in the same process ended.
  private func drawn(_ svg: String) -> String {
    svg.replacing(#/<g [^>]*>\s*<\/g>\s*/#) { _ in "" }
  }

  /// The file's picture and the store's are one, letter by letter.
  @Test(arguments: [
    ("curves", ["curves", "--sweep", "rates", "--by", "model"]),
    (
      "final",
      ["final", "--sweep", "rates", "--metric", "val/accuracy", "--x", "lr", "--by", "model"]
    ),
    ("variants", ["curves", "--sweep", "tricks", "--by", "variant"]),
    (
      "bars",
      ["final", "--sweep", "tricks", "--metric", "val/loss", "--x", "variant", "--by", "dropout"]
    ),
  ])
  func theStoreDrawsAsTheFileDoes(_ name: String, _ arguments: [String]) throws {
    let place = try trained()
    let outcome = try place.labbook(["plot"] + arguments + ["--out", "own.svg"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try drawn(place.read("own.svg")) == drawn(place.read("plots/v/\(name).svg")))
  }

  @Test func theViewHasEveryVariantOfARun() throws {
    let place = try trained()
    let store = try StoreReader(place.store)
    let rows =
      "SELECT variant || ' ' || COUNT(*) FROM run_variants WHERE sweep = 'tricks' GROUP BY variant"
    #expect(try store.texts(rows) == ["a decay 4", "plain 4", "same 4", "z momentum 4"])
    // Two of them are the same runs.
    #expect(try store.number("SELECT COUNT(DISTINCT run) FROM run_variants") == 12)
    #expect(try store.number("SELECT COUNT(*) FROM run_variants WHERE sweep = 'rates'") == 0)
    let compared = try place.labbook(
      "compare", "--sweep", "tricks", "--by", "variant", "--metric", "val/loss", "--format", "csv")
    #expect(compared.status == 0, "\(compared.errors)")
    let names = compared.output.split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",")[0] }
    #expect(Set(names) == ["plain", "z momentum", "same", "a decay"])
    let none = try place.labbook("plot", "curves", "--sweep", "rates", "--by", "variant")
    #expect(none.status == 2 && none.errors.contains("the sweep 'rates' has no variants"))
  }

  /// What the latest file calls a variant holds.
  @Test func aNameThatTheFileHasChangedIsChanged() throws {
    let place = try trained()
    try place.write("v.yaml", file.replacing("z momentum", with: "heavy ball"))
    #expect(try place.labbook("run", "v.yaml").status == 0)
    let names = "SELECT DISTINCT variant FROM run_variants ORDER BY variant"
    #expect(
      try StoreReader(place.store).texts(names) == ["a decay", "heavy ball", "plain", "same"])
  }
}
