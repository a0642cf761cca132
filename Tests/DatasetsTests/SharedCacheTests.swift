import Datasets
import Testing
import Tracking

/// Something of a size.
private final class Box: Weighed {
  let byteCount: Int
  init(_ byteCount: Int) { self.byteCount = byteCount }
}

@Suite struct SharedCacheTests {
  /// How often each key was made.
  private final class Made {
    var counts: [String: Int] = [:]
  }

  private func ask(
    _ cache: SharedCache<String, Box>, _ key: String, _ bytes: Int, _ made: Made
  ) throws -> Box {
    try cache.value(for: key) { () throws(DataError) in
      made.counts[key, default: 0] += 1
      return Box(bytes)
    }
  }

  @Test func theLastUsedAreKeptUpToTheLimit() throws {
    let (cache, made) = (SharedCache<String, Box>(keeping: 100), Made())
    for key in ["a", "b", "a", "c"] { _ = try ask(cache, key, 50, made) }
    // a was used after b, so b goes when c comes.
    for key in ["a", "c"] { _ = try ask(cache, key, 50, made) }
    #expect(made.counts == ["a": 1, "b": 1, "c": 1])
    _ = try ask(cache, "b", 50, made)
    #expect(made.counts["b"] == 2)
  }

  @Test func whatIsInUseIsSharedHoweverLarge() throws {
    let (cache, made) = (SharedCache<String, Box>(keeping: 10), Made())
    let held = try ask(cache, "a", 50, made)
    _ = try ask(cache, "b", 50, made)
    #expect(try ask(cache, "a", 50, made) === held)
    #expect(made.counts == ["a": 1, "b": 1])
  }

  @Test func exactlyTheLimitFits() throws {
    let (cache, made) = (SharedCache<String, Box>(keeping: 100), Made())
    for key in ["a", "b", "a", "b"] { _ = try ask(cache, key, 50, made) }
    #expect(made.counts == ["a": 1, "b": 1])
  }

  @Test func errorsAreAskedForAgain() throws {
    let cache = SharedCache<String, Box>(keeping: 100)
    #expect(throws: DataError("no")) {
      _ = try cache.value(for: "a") { () throws(DataError) in throw DataError("no") }
    }
    let found = try cache.value(for: "a") { () throws(DataError) in Box(1) }
    #expect(found.byteCount == 1)
  }

  /// Sizes that the limit is compared with: numbers of 8 bytes, pixels of one, labels of 8.
  @Test func dataWeighsWhatItTakes() throws {
    let all = try prepare("cloud", ["points": .integer(10), "features": .integer(3)]) {
      $0.split = .init(val: .rows(3), test: .rows(2))
    }
    #expect(all.byteCount == 10 * 3 * 4 + 10 * 4)
  }
}
