import Drawing
import Foundation
public import Languages

/// One axis of a panel: what it measures and how values are laid along it.
public struct Axis: Hashable, Sendable, Codable {
  /// How values become places.
  public enum Scale: Hashable, Sendable, Codable {
    case linear
    /// By powers of ten; values of zero or less have no place.
    case log
    /// Names at whole numbers from 0.
    case categories([String])
  }

  /// What it measures.
  public var name: String
  /// The unit, in brackets after the name.
  public var unit: String?
  /// How values become places.
  public var scale: Scale
  /// What is shown; `nil` takes it from the layers.
  public var range: ClosedRange<Double>?
  /// Ticks at these values instead of round ones.
  public var tickValues: [Double]?

  /// Whether values between whole numbers mean nothing, as with epochs.
  public var isWhole = false
  /// In which its numbers are written.
  public var language = Language.english

  /// Makes an axis; without a range it fits what is drawn.
  public init(
    _ name: String, unit: String? = nil, scale: Scale = .linear,
    range: ClosedRange<Double>? = nil, tickValues: [Double]? = nil
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.range = range
    self.tickValues = tickValues
  }

  /// The name with its unit, as it stands beside the axis.
  public var label: String { unit.map { name.isEmpty ? $0 : "\(name) (\($0))" } ?? name }

  /// Whether a value has a place on the axis.
  public func shows(_ value: Double) -> Bool { shown.shows(value) }

  var shown: ShownValues { ShownValues(isLogarithmic: scale == .log) }

  /// Where a value lies between the ends of `range`, 0 to 1 inside it, never infinite.
  public func position(_ value: Double, in range: ClosedRange<Double>) -> Double {
    guard range.lowerBound < range.upperBound else { return 0.5 }
    guard scale == .log, range.lowerBound > 0 else {
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return share.isInfinite ? (share < 0 ? -1e300 : 1e300) : share
    }
    let ratio = range.upperBound / range.lowerBound
    guard ratio.isFinite, (value / range.lowerBound).isFinite else {
      return (Foundation.log(value) - Foundation.log(range.lowerBound))
        / (Foundation.log(range.upperBound) - Foundation.log(range.lowerBound))
    }
    return Foundation.log(value / range.lowerBound) / Foundation.log(ratio)
  }

  /// The value that lies at a share of the way between the ends of `range`.
  public func value(at share: Double, in range: ClosedRange<Double>) -> Double {
    guard scale == .log, range.lowerBound > 0 else {
      return range.lowerBound + (range.upperBound - range.lowerBound) * share
    }
    let ratio = range.upperBound / range.lowerBound
    guard ratio.isFinite else {
      let (low, high) = (Foundation.log(range.lowerBound), Foundation.log(range.upperBound))
      return Foundation.exp(low + (high - low) * share)
    }
    return range.lowerBound * Foundation.pow(ratio, share)
  }

  /// The range that shows `values` with a little room: never empty, whatever the values are.
  ///
  /// One value, or equal ones, get room on both sides; no value at all shows 0 to 1 (1 to 10 on a
  /// logarithmic axis).
  public func fitted(to values: some Sequence<Double>, room: Double = 0.04) -> ClosedRange<Double> {
    if let range, range.lowerBound < range.upperBound, canBe(range) { return range }
    if case .categories(let names) = scale { return -0.5...(Double(max(1, names.count)) - 0.5) }
    let (least, greatest) = shown.ends(of: Array(values))
    guard least <= greatest else { return scale == .log ? 1...10 : 0...1 }
    if isWhole && scale == .linear && least == greatest { return (least - 1)...(least + 1) }
    return scale == .log
      ? Axis.logarithmic(least, greatest, room: room) : Axis.linear(least, greatest, room: room)
  }

  /// Whether a range that was asked for can be drawn: finite, and of a logarithmic axis above 0.
  private func canBe(_ range: ClosedRange<Double>) -> Bool {
    shows(range.lowerBound) && shows(range.upperBound)
  }

  private static func linear(_ low: Double, _ high: Double, room: Double) -> ClosedRange<Double> {
    let limit = Double.greatestFiniteMagnitude / 8
    let least = min(max(-limit, low), limit)
    let greatest = min(max(-limit, high), limit)
    let width = greatest - least
    let size = max(abs(least), abs(greatest))
    if width <= size * 1e-9 || width == 0 {
      let half = size < 1e-300 ? 0.5 : size * 0.1
      return (least - half)...(greatest + half)
    }
    return (least - width * room)...(greatest + width * room)
  }

  private static func logarithmic(_ low: Double, _ high: Double, room: Double)
    -> ClosedRange<Double>
  {
    // gnuplot draws no more than doubles can hold at full precision.
    let least = min(max(1e-300, low), 1e300)
    let greatest = min(1e300, max(least, high))
    let ratio = greatest / least
    if ratio < 1.0001 { return (least / 2)...(greatest * 2) }
    let factor =
      ratio.isFinite
      ? Foundation.pow(ratio, room)
      : Foundation.pow(10, room * (Foundation.log10(greatest) - Foundation.log10(least)))
    return max(1e-305, least / factor)...min(1e305, greatest * factor)
  }
}
