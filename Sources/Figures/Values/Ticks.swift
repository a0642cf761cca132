import Foundation
import Languages
import Tracking

/// A mark on an axis; a minor one has no label.
public struct Tick: Hashable, Sendable {
  /// The place on the axis.
  public let value: Double
  /// What is written beside it.
  public let label: String

  /// Whether it is a small mark between labelled ones.
  public var isMinor: Bool { label.isEmpty }

  /// Makes a tick of its value and label.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

extension Axis {
  /// The marks for a range, about `target` labelled ones.
  public func ticks(in range: ClosedRange<Double>, target: Int) -> [Tick] {
    let ticks = plainTicks(in: range, target: target)
    guard language != .english else { return ticks }
    return ticks.map { Tick($0.value, language.numbers($0.label)) }
  }

  private func plainTicks(in range: ClosedRange<Double>, target: Int) -> [Tick] {
    if case .categories(let names) = scale {
      return names.enumerated().map { Tick(Double($0.offset), $0.element) }
        .filter { range.contains($0.value) }
    }
    if let tickValues {
      let shown = tickValues.filter { range.contains($0) }
      return zip(shown, Axis.texts(shown)).map { Tick($0, $1) }
    }
    return scale == .log
      ? Axis.logarithmicTicks(range, target: max(2, target))
      : Axis.linearTicks(range, target: max(2, target), isWhole: isWhole)
  }

  /// A number as tables and files write it: up to six significant digits, powers of ten beyond.
  public static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : (value < 0 ? "−∞" : "∞") }
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e6 || size < 0.99e-4 { return scientific(value) }
    return trimmed(
      String(format: "%.*f", max(0, 5 - Int(Foundation.log10(size).rounded(.down))), value))
  }

  /// Several numbers, written alike: where one needs a power of ten, all but 0 have one.
  public static func texts(_ values: [Double]) -> [String] {
    let sizes = values.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
    let isPlain = sizes.allSatisfy { $0 < 1e6 && $0 >= 0.99e-4 }
    return values.map { isPlain || !$0.isFinite ? text($0) : scientific($0) }
  }

  static func linearTicks(_ range: ClosedRange<Double>, target: Int, isWhole: Bool = false)
    -> [Tick]
  {
    let width = range.upperBound - range.lowerBound
    guard width.isFinite, width >= .leastNormalMagnitude else {
      return [Tick(range.lowerBound, text(range.lowerBound))]
    }
    let step = roundStep(width, target: target, isWhole: isWhole)
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 200 else {
      return [Tick(range.lowerBound, text(range.lowerBound))]
    }
    let size = max(abs(first), abs(last)) * step
    let decimals = max(0, Int((-Foundation.log10(step) - 1e-9).rounded(.up)))
    return stride(from: first, through: last, by: 1).map { count in
      let value = count * step
      if size >= 1e6 || size < 1e-3 { return Tick(value, scientific(value, step: step)) }
      return Tick(value, minus(String(format: "%.*f", decimals, value == 0 ? 0 : value)))
    }
  }

  /// 1, 2 or 5 times a power of ten, so that about `target` steps lie in `width`.
  static func roundStep(_ width: Double, target: Int, isWhole: Bool = false) -> Double {
    let power = Foundation.pow(10, Foundation.log10(width / Double(target)).rounded(.down))
    let steps = [1.0, 2, 5, 10].map { $0 * power }.filter { !isWhole || $0 >= 1 }
    let distance = { (step: Double) in abs((width / step).rounded(.down) - Double(target)) }
    return steps.min { distance($0) < distance($1) } ?? 1
  }

  static func logarithmicTicks(_ range: ClosedRange<Double>, target: Int) -> [Tick] {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return [] }
    let low = Foundation.log10(range.lowerBound)
    let high = Foundation.log10(range.upperBound)
    guard high - low >= 0.9 else { return shortLogarithmicTicks(range, target: target) }
    let firstDecade = Int((low - 1e-9).rounded(.down))
    let lastDecade = Int((high + 1e-9).rounded(.up))
    let shownDecades = Int((high + 1e-9).rounded(.down)) - Int((low - 1e-9).rounded(.up)) + 1
    let every = max(1, Int((Double(shownDecades) / Double(target)).rounded(.up)))
    let isPlain = low > -4.5 && high < 4.5
    let hasFactors = shownDecades <= 2 && target >= 5
    // One number alone gives no measure: as many beside it as have room.
    var lone: [Double] = shownDecades == 1 ? [low.rounded(.up)] : []
    func hasRoom(_ value: Double) -> Bool {
      let place = Foundation.log10(value)
      guard !lone.isEmpty, lone.allSatisfy({ abs($0 - place) >= 0.2 * (high - low) }) else {
        return false
      }
      lone.append(place)
      return true
    }
    var ticks: [Tick] = []
    for decade in firstDecade...lastDecade {
      for factor in 1...9 {
        let value = Double(factor) * Foundation.pow(10, Double(decade))
        let inside =
          value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
        guard inside else { continue }
        if factor == 1 {
          let isLabelled = decade % every == 0
          ticks.append(Tick(value, isLabelled ? (isPlain ? text(value) : "1" + power(decade)) : ""))
        } else if every == 1 {
          let isLabelled = (factor == 2 || factor == 5) && (hasFactors || hasRoom(value))
          let label = isPlain ? text(value) : "\(factor)" + power(decade)
          ticks.append(Tick(value, isLabelled ? label : ""))
        }
      }
    }
    return ticks
  }

  private static func shortLogarithmicTicks(_ range: ClosedRange<Double>, target: Int) -> [Tick] {
    linearTicks(range, target: min(target, 4)).filter { $0.value > 0 }
  }

  /// `2.5e+06`, as tables and files write it, with as many digits as a step of `step` needs.
  static func scientific(_ value: Double, step: Double? = nil) -> String {
    if value == 0 { return "0" }
    var exponent = Int(saturating: Foundation.log10(abs(value)).rounded(.down))
    // The power of the least numbers is none that a double can hold.
    var mantissa =
      exponent < -300
      ? value * 1e300 / Foundation.pow(10, Double(exponent + 300))
      : value / Foundation.pow(10, Double(exponent))
    if abs(mantissa) >= 9.9999995 {
      mantissa /= 10
      exponent += 1
    }
    let digits =
      step.map { max(0, exponent - Int(saturating: Foundation.log10($0).rounded(.down))) } ?? 5
    let text = trimmed(String(format: "%.*f", min(digits, 12), mantissa))
    return text + power(exponent)
  }

  private static func power(_ exponent: Int) -> String {
    if exponent == 0 { return "" }
    let digits = String(abs(exponent))
    return (exponent < 0 ? "e-" : "e+") + (digits.count < 2 ? "0" + digits : digits)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return minus(text) }
    var result = text
    while result.hasSuffix("0") { result.removeLast() }
    if result.hasSuffix(".") { result.removeLast() }
    return minus(result)
  }

  private static func minus(_ text: String) -> String {
    guard text.hasPrefix("-") else { return text }
    let rest = text.dropFirst()
    return rest.allSatisfy({ $0 == "0" || $0 == "." }) ? String(rest) : "−" + rest
  }
}
