/// A date, perhaps with a time of day, as a cell has it.
struct DateCell: Hashable {
  let year: Int
  let month: Int
  let day: Int
  /// 0 where the cell has no time.
  var hour = 0
  /// Whether the cell has a time.
  var hasTime = false

  /// Reads `2020-01-31`, `2020/1/31`, `31.01.2020`, `1/31/2020` or `20200131`, alone or with
  /// `12:30`, `12:30:59` or a fraction of a second behind a space or T; `nil` for what is no day of
  /// the calendar.
  init?(_ text: String, _ order: DateOrder) {
    let halves = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard let first = halves.first, halves.count <= 2,
      let numbers = Self.numbers(first, order)
    else { return nil }
    (year, month, day) = numbers
    guard (1...12).contains(month), day >= 1, day <= Self.days(month, year) else { return nil }
    if halves.count == 2 {
      guard let hour = Self.hour(halves[1]) else { return nil }
      self.hour = hour
      hasTime = true
    }
  }

  /// The orders in which a text is a date.
  static func orders(_ text: String) -> Set<DateOrder> {
    Set(DateOrder.allCases.filter { DateCell(text, $0) != nil })
  }

  private static func numbers(
    _ text: Substring, _ order: DateOrder
  ) -> (year: Int, month: Int, day: Int)? {
    if order == .yearFirst, text.utf8.count == 8, let all = Int(text), all > 0 {
      return (all / 10_000, all / 100 % 100, all % 100)
    }
    // Points stand in dates that begin with the day alone.
    guard let mark = text.first(where: { !$0.isNumber }),
      order == .monthFirst ? "-/".contains(mark) : "-/.".contains(mark)
    else { return nil }
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({ part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, parts[order == .yearFirst ? 0 : 2].utf8.count == 4,
      parts.filter({ $0.utf8.count <= 2 }).count == 2
    else { return nil }
    return switch order {
    case .yearFirst: (numbers[0], numbers[1], numbers[2])
    case .dayFirst: (numbers[2], numbers[1], numbers[0])
    case .monthFirst: (numbers[2], numbers[0], numbers[1])
    }
  }

  private static func hour(_ text: Substring) -> Int? {
    var text = text
    if text.hasSuffix("Z") { text.removeLast() }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = Int(parts[0]), (0..<24).contains(hour),
      let minute = Int(parts[1]), (0..<60).contains(minute),
      parts.count == 2 || Double(parts[2]).map({ (0..<61).contains($0) }) == true
    else { return nil }
    return hour
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// A part as a number.
  func number(_ part: DatePart) -> Double {
    switch part {
    case .year: Double(year)
    case .month: Double(month)
    case .day: Double(day)
    case .weekday: Double(weekday)
    case .hour: Double(hour)
    }
  }

  /// Days from Monday, by Sakamoto's formula.
  private var weekday: Int {
    let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let y = month < 3 ? year - 1 : year
    return (y + y / 4 - y / 100 + y / 400 + shifts[month - 1] + day + 6) % 7
  }
}
