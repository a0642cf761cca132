/// Words of a column most of which are dates of one order.
struct AlmostDates {
  /// The words that are no dates.
  let wrong: [String]
  /// What the dates can be taken apart into; `nil` where too many words are none, or the order of day and
  /// month is open.
  let parts: [DatePart]?

  /// The fewest dates, and the least share of the words, that make a column one of dates.
  private static let fewest = 3
  private static let leastShare = 0.8
  /// More words than this are not listed as missing.
  private static let mostWrong = 5

  init?(_ names: [String]) {
    func dates(_ order: DateOrder) -> Int { names.count { DateCell($0, order) != nil } }
    let counts = DateOrder.allCases.map { (order: $0, count: dates($0)) }
    guard let most = counts.max(by: { $0.count < $1.count }), most.count >= Self.fewest,
      Double(most.count) >= Self.leastShare * Double(names.count), most.count < names.count
    else { return nil }
    wrong = names.filter { DateCell($0, most.order) == nil }
    let isOpen = counts.count { $0.count == most.count } > 1
    let hasTime = names.contains { DateCell($0, most.order)?.hasTime == true }
    parts =
      wrong.count > Self.mostWrong || isOpen
      ? nil : [.year, .month, .day, .weekday] + (hasTime ? [.hour] : [])
  }
}
