import Foundation
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

  /// Throws where `rows` rows of `columns` numbers need more memory than the machine has.
  ///
  /// - Parameters:
  ///   - bytes: the bytes a number takes, all copies of it together.
  ///   - available: bytes of memory; by default the machine's.
  package static func check(
    rows: Int, columns: Int, bytes: Int, setting: String?, place: String? = nil,
    available: UInt64 = ProcessInfo.processInfo.physicalMemory
  ) throws(DataError) {
    let needed = Double(rows) * Double(columns) * Double(bytes)
    if needed > Double(available) {
      throw DataError(
        setting: setting, place: place,
        "\(rows) rows of \(columns) numbers need about \(gigabytes(needed)) GB of memory, "
          + "this machine has \(gigabytes(Double(available))) GB")
    }
  }

  private static func gigabytes(_ bytes: Double) -> String {
    let tenths = (bytes / 1e8).rounded()
    return ParameterValue.number(tenths < 1e6 ? tenths / 10 : (tenths / 10).rounded()).json
  }
}
