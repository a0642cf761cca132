import Drawing
import Experiments
import Figures
import Foundation
import NeuralNet
import Pages
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

/// Confusions, mistakes and weights of networks of small images whose weights are set by hand.
@Suite struct JudgedPicturesTests {
  /// Five images of two rows of three pixels; the first pixel decides which row of the table below.
  private static let pixels: [[UInt8]] = [
    [255, 0, 0, 0, 0, 51], [0, 255, 0, 0, 102, 0], [0, 0, 255, 0, 0, 0], [255, 0, 0, 0, 0, 0],
    [0, 255, 0, 0, 0, 0],
  ]
  private static let labels: [UInt8] = [0, 2, 1, 1, 1]

  private static func idx(_ sizes: [Int], _ bytes: [UInt8]) -> Data {
    var data = Data([0, 0, 8, UInt8(sizes.count)])
    for size in sizes { data.append(contentsOf: [0, 0, 0, UInt8(size)]) }
    return data + Data(bytes)
  }

  private static let files = [
    "images": idx([5, 2, 3], pixels.flatMap { $0 }), "labels": idx([5], labels),
  ]

  private static let text = """
    data: {source: idx, images: FOLDER/images, labels: FOLDER/labels}
    model: [flatten, {linear: {outputs: classes, bias: false}}]
    train: {epochs: 2, loss: cross-entropy, init: {name: constant}}
    notebook:
      - sweep: s
        seeds: 2
      - plot: confusion
      - plot: confusion
        seeds: all
        value: best
      - plot: images
        count: 2
      - plot: weights
      - plot: weights
        value: best
    """.replacing("{name: constant}", with: "zeros")

  /// Six columns: with the first pixel 0 is said, with the second 1, with the third 2.
  private static let last: [Float] = [
    4, 0, 0, 0, 0, 0,  // 0
    0, 2, 0, 0, 0, 0,  // 1
    0, 1, 3, 0, 0, -8,  // 2
  ]

  private static func stored(_ run: RunConfiguration) -> StoredRun {
    var stored = StoredRun()
    stored.add(.trainLoss, best: 1, last: 2)
    let isFirst = run.train.seed == 1
    func tensor(_ values: [Float]) -> [NamedTensor] {
      [NamedTensor(name: "1.weight", shape: [3, 6], values: values)]
    }
    // The best weights of the first seed always say 2, those of the second always say 1.
    var best = [Float](repeating: 0, count: 18)
    for column in 0..<6 { best[(isFirst ? 12 : 6) + column] = 1 }
    stored.weights = [
      RunFile.weights: tensor(isFirst ? last : last.map { -$0 }), RunFile.bestWeights: tensor(best),
    ]
    return stored
  }

  private func texts(_ figure: Figure) -> [[String]] {
    for case .heatMap(let map) in figure.panels[0][0].layers {
      return map.rows.reversed().map { $0.map { String($0.text.prefix { $0 != " " }) } }
    }
    return []
  }

  private func figures() throws -> [Figure] {
    let stored = try StoredExperiment(Self.text, files: Self.files, Self.stored)
    defer { stored.remove() }
    return try stored.figures()
  }

  @Test func rowsAreWhatIsTrueAndColumnsWhatWasSaid() throws {
    let figures = try figures()
    // Said of the five: 0, 1, 2, 0, 1; true are 0, 2, 1, 1, 1.
    #expect(texts(figures[0]) == [["1", "0", "0"], ["1", "1", "1"], ["0", "1", "0"]])
    #expect(figures[0].subtitle == "the train part; the first seed, after the last update")
    // The best weights of both seeds: five times 2 and five times 1.
    #expect(texts(figures[1]) == [["0", "1", "1"], ["0", "3", "3"], ["0", "1", "1"]])
    #expect(figures[1].subtitle == "the train part; sum over 2 seeds, best weights")
  }

  @Test func theWorstMistakesComeFirst() throws {
    let figure = try figures()[2]
    guard case .tiles(let tiles) = figure.panels[0][0].layers[0] else {
      Issue.record("no pictures")
      return
    }
    // Three mistakes. Their scores: row 1 (0, 2, 1), true 2; row 2 (0, 0, 3), true 1; row 3
    // (4, 0, 0), true 1. The last one's loss is the greatest: 4.036, then 3.095, then 1.408.
    #expect(figure.panels[0][0].title == "3 of 5 wrong")
    // softmax: e⁴ / (e⁴ + 2) = 96.5 %, e³ / (e³ + 2) = 90.9 %.
    #expect(
      tiles.rows.joined().map(\.caption) == ["is 1\nsaid 0, 96 %", "is 1\nsaid 2, 91 %"])
    let first = try #require(tiles.rows.first?.first)
    #expect(first.width == 3 && first.height == 2)
    #expect(first.colors.map(\.hex) == ["#ffffff"] + Array(repeating: "#000000", count: 5))
    #expect(figure.title == "s: mistakes")
  }

  @Test func filtersAreTheRowsOfTheWeight() throws {
    let figures = try figures()
    guard case .tiles(let tiles) = figures[3].panels[0][0].layers[0] else {
      Issue.record("no pictures")
      return
    }
    let drawn = Array(tiles.rows.joined())
    #expect(drawn.map { [$0.width, $0.height] } == [[3, 2], [3, 2], [3, 2]])
    // Of ±8: 4 is half of red, -8 blue; the picture's upper row holds the first three numbers.
    #expect(drawn[0].colors.map { $0 == .white } == [false, true, true, true, true, true])
    #expect(drawn[2].colors[5].hex == "#0b4f8a" && drawn[0].colors[0].hex == "#d9a380")
    #expect(drawn[2].colors[1] == Style.light.diverging(1 / 8.0))
    #expect(figures[3].subtitle == "after the last update")
    #expect(figures[4].subtitle == "best weights")
    // Before training all are zero: 18 of them, and after it 12 + the others.
    let histogram = figures[3].panels[1][0]
    #expect(histogram.title == "1.weight")
    let bands = histogram.layers.compactMap { if case .band(let band) = $0 { band } else { nil } }
    #expect(bands.map { ($0.upper.max() ?? 0) } == [18, 13])
    guard case .tiles(let best) = figures[4].panels[0][0].layers[0] else { return }
    #expect(
      best.rows.joined().map { Set($0.colors.map(\.hex)) } == [
        ["#ffffff"], ["#ffffff"], ["#b34700"],
      ])
  }
}
