import Datasets
import Machine
import Testing

@Suite struct MemoryLimitTests {
  private func problem(_ rows: Int, _ columns: Int, _ bytes: Int, _ available: Int) -> DataError? {
    do throws(DataError) {
      try MemoryLimit.check(
        rows: rows, columns: columns, bytes: bytes, setting: "points", place: "a.csv",
        room: MemoryRoom(bytes: available, .machine))
      return nil
    } catch { return error }
  }

  /// 30 rows of 20 columns of 5 bytes are 3000 bytes, no more and no less.
  @Test func everyFactorCounts() {
    #expect(problem(30, 20, 5, 3000) == nil)
    #expect(problem(30, 20, 5, 2999) != nil)
    #expect(problem(1, 20, 5, 99) != nil && problem(30, 1, 5, 149) != nil)
    #expect(problem(30, 20, 1, 599) != nil && problem(30, 20, 1, 600) == nil)
  }

  @Test func theSentenceNamesBothSizes() {
    #expect(
      problem(2_000_000, 1_000, 12, 8_000_000_000)
        == DataError(
          setting: "points", place: "a.csv",
          "2000000 rows of 1000 numbers need about 24 GB of memory, this machine has 8 GB"))
    #expect(
      problem(100_000_460_000_000, 1, 1, 1_250_000_000)?.message
        == "100000460000000 rows of 1 numbers need about 100001 GB of memory, "
        + "this machine has 1.3 GB")
  }

  @Test func aContainersLimitIsSaidWithTheWayOut() throws {
    let error = try #require(throws: DataError.self) {
      try MemoryLimit.check(
        rows: 1_000_000, columns: 100, bytes: 12, setting: nil,
        room: MemoryRoom(bytes: 400_000_000, .container(limit: 500_000_000)))
    }
    #expect(
      error.message
        == "1000000 rows of 100 numbers need about 1.2 GB of memory, this container may use 0.5 GB, "
        + "of which 0.4 GB are free")
    #expect(
      error.hint == "Use fewer rows (take: N), or raise the container's limit of memory.")
  }

  @Test func productsEndWhereRowsCanBeNumbered() throws {
    #expect(try MemoryLimit.product([2, 3, 7], setting: "a") == 42)
    #expect(try MemoryLimit.product([], setting: "a") == 1)
    #expect(try MemoryLimit.product([1, Int(Int32.max)], setting: "a") == Int(Int32.max))
    let error = try #require(throws: DataError.self) {
      try MemoryLimit.product([2, 1 << 30], setting: "a")
    }
    #expect(error.message == "2 x 1073741824 rows are too many" && error.setting == "a")
  }
}
