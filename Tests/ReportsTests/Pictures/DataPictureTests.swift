import Datasets
import Experiments
import Figures
import Foundation
import Pages
import Pictures
import RunStorage
import Sweeps
import Terminal
import TestSupport
import Testing
import Tracking

@Suite struct DataPictureTests {
  @Test func rowsAreDrawnInTheirOwnUnits() throws {
    let stored = try StoredExperiment(
      """
      data: {source: csv, path: FOLDER/d.csv, target: c, normalize: standard}
      model: [{linear: classes}]
      train: {epochs: 1}
      notebook:
        - sweep: s
        - plot: data
      """, files: ["d.csv": csv("u,v,c", "0,10,p", "4,10,q", "0,20,r", "4,20,q")]
    ) { _ in nil }
    defer { stored.remove() }
    let sample = DataSample(
      columns: ["u", "v"], rows: [[0, 10], [4, 10], [0, 20], [4, 20]],
      target: .classes([0, 1, 2, 1], names: ["p", "q", "r"]))
    #expect(try stored.figures() == [Figure.data(sample, title: "s: csv")])
  }

  @Test func aNumberToPredictHasItsName() throws {
    let stored = try StoredExperiment(
      """
      data: {source: csv, path: FOLDER/d.csv, target: t, normalize: minmax}
      model: [{linear: 1}]
      train: {epochs: 1, loss: mse}
      notebook:
        - sweep: s
          over: {data.normalize: [none, minmax]}
        - plot: data
          title: own
      """, files: ["d.csv": csv("u,t", "0,10", "4,-3", "2,7")]
    ) { _ in nil }
    defer { stored.remove() }
    let sample = DataSample(
      columns: ["u"], rows: [[0], [4], [2]], target: .values([10, -3, 7], name: "t"))
    // Data that differ in their normalisation alone are one picture.
    #expect(try stored.figures() == [Figure.data(sample, title: "own")])
  }

  /// The picture of `labbook data` alone: what stands behind the tables.
  private func picture(_ text: String, _ files: [String: Data]) throws -> [String] {
    let stored = try StoredExperiment(text, files: files) { _ in nil }
    defer { stored.remove() }
    let sweep = try #require(stored.plan.sweeps.first)
    let configuration = try #require(sweep.runs.first).configuration.data
    let data = try stored.library.prepare(configuration)
    let report = try DataReport(
      name: "d", data, try stored.library.summary(of: configuration))
    let blocks = report.text(TextStyle(isColored: false)).components(separatedBy: "\n\n")
    return (blocks.last ?? "").split(separator: "\n").map(String.init)
  }

  @Test func aTerminalShowsPointsInTheirPlaces() throws {
    let lines = try picture(
      """
      data: {source: csv, path: FOLDER/d.csv, target: c, normalize: standard}
      model: [{linear: classes}]
      train: {epochs: 1}
      notebook:
        - sweep: s
      """, ["d.csv": csv("u,v,c", "0,10,p", "4,10,q", "0,20,p")])
    // Three of four corners: the upper right one is empty.
    let blank: Character = "\u{2800}"
    #expect(lines.count == 20 && lines.allSatisfy { $0.count == 64 })
    #expect(lines[0].first == "\u{2801}" && lines[0].last == blank)
    #expect(lines[19].first == "\u{2840}" && lines[19].last == "\u{2880}")
    #expect(lines.joined().count { $0 != blank } == 3)
  }

  @Test func aTerminalShowsImagesAsLetters() throws {
    func idx(_ sizes: [Int], _ bytes: [UInt8]) -> Data {
      var data = Data([0, 0, 8, UInt8(sizes.count)])
      for size in sizes { data.append(contentsOf: [0, 0, 0, UInt8(size)]) }
      return data + Data(bytes)
    }
    let lines = try picture(
      """
      data: {source: idx, images: FOLDER/images, labels: FOLDER/labels, normalize: standard}
      model: [flatten, {linear: classes}]
      train: {epochs: 1}
      notebook:
        - sweep: s
      """,
      [
        "images": idx(
          [3, 3, 2], [255, 0, 255, 204, 0, 51] + [0, 0, 0, 204, 204, 0] + [9, 9, 9, 9, 9, 9]),
        "labels": idx([3], [1, 0, 1]),
      ])
    // A letter for two pixels, one above the other, the first image of class 0 and then of 1; the
    // third row stands over nothing. Means of ten letters: 0, 0.4; 0.4, 0 - and 1, 0.4; 0, 0.1.
    #expect(lines == [" =  @=", "=    ."])
  }
}
