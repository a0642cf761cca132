import Experiments
import Foundation
import Tracking
import Web

/// How curves are asked for beside their runs, as an address says it.
struct CurveQuestion: Hashable, Sendable {
  /// What is drawn; empty means loss and accuracy, or what else is shown of the runs.
  var metrics: [Metric] = []
  /// What curves run along.
  var axis = CurvesPlot.Axis.step
  /// How much of the smoothed value before each point keeps, from 0 to below 1.
  var smoothing = 0.0
  /// What the band around a mean reaches over.
  var band = SeedBand.std
  /// Whether the axis along which curves run is logarithmic: its stretches are equal there.
  var logX = false
  /// Whether the values' axis is: bands are those of logarithms.
  var logY = false
  /// The keys whose values have a line each; empty for a line a run.
  var by = ""
  /// The keys whose values have a row of panels each; empty for one row.
  var rows = ""
  /// The keys whose values have a column of panels each; empty for one column.
  var columns = ""
  /// The part of the axis that is wanted; `nil` for all.
  var range: ClosedRange<Double>?
  /// About how many points of a line are wanted at most.
  var points = 2_000

  /// Nothing but the usual.
  init() {}

  /// Reads an address.
  ///
  /// - Throws: `LabbookError` that names the item, what was expected and what was found.
  init(_ query: WebQuery) throws(LabbookError) {
    metrics = query.all("metric").flatMap { $0.split(separator: ",") }.map { Metric(String($0)) }
    guard metrics.count <= 20 else {
      throw .input("metric: \(metrics.count) are named, at most 20 can be")
    }
    axis = try Self.word("axis", query) ?? .step
    band = try Self.word("band", query) ?? .std
    smoothing = try Self.number("smooth", query, 0..<1, "from 0 to below 1") ?? 0
    points = Int(try Self.number("points", query, 4..<20_001, "from 4 to 20000") ?? 2_000)
    (by, rows, columns) = (query["by"] ?? "", query["rows"] ?? "", query["columns"] ?? "")
    let log = query["log"] ?? ""
    guard ["", "none", "x", "y", "xy"].contains(log) else {
      throw .input("log: expected x, y or xy, found '\(log)'")
    }
    (logX, logY) = (log.hasPrefix("x"), log.hasSuffix("y"))
    let all = -Double.greatestFiniteMagnitude..<Double.greatestFiniteMagnitude
    let from = try Self.number("from", query, all, "a number")
    let to = try Self.number("to", query, all, "a number")
    guard from != nil || to != nil else { return }
    let (low, high) = (from ?? all.lowerBound, to ?? all.upperBound)
    guard low <= high else { throw .input("from: expected at most 'to', found \(low)") }
    range = low...high
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ query: WebQuery
  ) throws(LabbookError) -> Word? where Word.RawValue == String {
    guard let text = query[name], !text.isEmpty else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw .input("\(name): expected one of \(known), found '\(text)'")
  }

  private static func number(
    _ name: String, _ query: WebQuery, _ range: Range<Double>, _ words: String
  ) throws(LabbookError) -> Double? {
    guard let text = query[name], !text.isEmpty else { return nil }
    if let number = Double(text), range.contains(number) { return number }
    throw .input("\(name): expected a number \(words), found '\(text)'")
  }
}
