/// Times as people write them.
public enum TimeText {
  /// A time such as `2h`, `20 m`, `1.5s`, or seconds without a unit; `nil` where it is none.
  public static func seconds(_ text: String) -> Double? {
    let text = text.filter { $0 != " " }
    let digits = text.prefix { "0123456789.".contains($0) }
    let unit: Double? =
      switch text.dropFirst(digits.count) {
      case "", "s": 1
      case "m", "min": 60
      case "h": 3600
      case "d": 86_400
      default: nil
      }
    guard let unit, let number = Double(digits), number > 0, number * unit <= 1e8 else {
      return nil
    }
    return number * unit
  }
}
