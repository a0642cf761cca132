import Foundation
import Tracking

/// From the target's own units to those that are trained in, and back.
///
/// Per value: t = (f(y) - offset) / divisor, where f is the logarithm for `log` and nothing otherwise.
public struct TargetTransform: Codable, Hashable, Sendable {
  private let isLogarithm: Bool
  private let offset: [Double]
  private let divisor: [Double]

  /// Nothing is done.
  public static let none = TargetTransform(isLogarithm: false, offset: [], divisor: [])

  private init(isLogarithm: Bool, offset: [Double], divisor: [Double]) {
    self.isLogarithm = isLogarithm
    self.offset = offset
    self.divisor = divisor
  }

  /// Learns from the training rows alone.
  ///
  /// - Throws: an error where the target is no number, or has no logarithm in some row.
  init(
    _ raw: RawData, _ train: [Int32], _ configuration: DataConfiguration
  ) throws(DataError) {
    let kind = configuration.targetTransform
    guard kind != .none else {
      self = .none
      return
    }
    guard case .values(let values, let columns) = raw.targets else {
      throw DataError(
        setting: "target_transform",
        "target_transform needs numbers to predict, the target has none",
        hint: "Leave it out, or write task: regression.")
    }
    if kind == .log {
      try Self.checkLogarithms(values, columns, "")
      if case .values(let values, let columns)? = raw.ownTest?.targets {
        try Self.checkLogarithms(values, columns, " of the test table")
      }
      self.init(isLogarithm: true, offset: [], divisor: [])
      return
    }
    let statistics = (0..<columns).map { column in
      ColumnStatistics(train.map { values[Int($0) * columns + column] })
    }
    self.init(
      isLogarithm: false,
      offset: statistics.map { kind == .standard ? $0.mean : $0.minimum },
      divisor: statistics.map {
        $0.isConstant(rows: train.count)
          ? 1 : kind == .standard ? $0.deviation : $0.maximum - $0.minimum
      })
  }

  private static func checkLogarithms(
    _ values: [Double], _ columns: Int, _ table: String
  ) throws(DataError) {
    guard let place = values.firstIndex(where: { $0 <= 0 }) else { return }
    throw DataError(
      setting: "target_transform",
      "the target is \(ParameterValue.number(values[place]).json) in row \(place / columns + 1)"
        + "\(table), which has no logarithm",
      hint: "Write target_transform: standard, or shift the target in the file.")
  }

  /// From trained units to the target's own: the exponential where `isLogarithm`, else value times
  /// factor plus addend, one entry a target, or none for as they are.
  package var wayBack: (isLogarithm: Bool, factors: [Double], addends: [Double]) {
    (isLogarithm, divisor, offset)
  }

  /// Whether values are trained in their own units.
  public var isNone: Bool { !isLogarithm && offset.isEmpty }

  /// A value as it is trained.
  func apply(_ value: Double, column: Int) -> Float {
    if isLogarithm { return Float(log(value)) }
    return offset.isEmpty ? Float(value) : Float((value - offset[column]) / divisor[column])
  }

  /// What a network says in the target's own units.
  public func undone(_ value: Double, column: Int) -> Double {
    if isLogarithm { return exp(value) }
    return offset.isEmpty ? value : value * divisor[column] + offset[column]
  }
}
