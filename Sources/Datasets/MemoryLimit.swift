package import Machine
import Tracking

/// Keeps sizes within what a machine can hold, before anything is allocated.
package enum MemoryLimit {
  /// The product of some sizes; an error where it has no place in memory or in a row number.
  package static func product(_ sizes: [Int], setting: String) throws(DataError) -> Int {
    var product = 1
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow || next > Int(Int32.max) {
        throw DataError(
          setting: setting,
          "\(sizes.map(String.init).joined(separator: " x ")) rows are too many",
          hint: "At most \(Int32.max) rows can be numbered.")
      }
      product = next
    }
    return product
  }

  /// Throws where `rows` rows of `columns` numbers need more memory than there is.
  ///
  /// - Parameters:
  ///   - bytes: the bytes a number takes, all copies of it together.
  ///   - room: the memory there is; without it the system is asked, where it may matter.
  package static func check(
    rows: Int, columns: Int, bytes: Int, setting: String?, place: String? = nil,
    room: MemoryRoom? = nil
  ) throws(DataError) {
    let needed = Double(rows) * Double(columns) * Double(bytes)
    if room == nil, needed <= smallest { return }
    let room = room ?? .current()
    if needed > Double(room.bytes) {
      throw DataError(
        setting: setting, place: place,
        "\(rows) rows of \(columns) numbers need about \(gigabytes(needed)) GB of memory, "
          + room.words,
        hint: room.way.isEmpty ? "" : "Use fewer rows (take: N), or \(room.way).")
    }
  }

  /// So much is not asked about: sizes are checked often, and the answer is some files away.
  private static let smallest = 8e6

  private static func gigabytes(_ bytes: Double) -> String {
    let tenths = (bytes / 1e8).rounded()
    return ParameterValue.number(tenths < 1e6 ? tenths / 10 : (tenths / 10).rounded()).json
  }
}
