import Synchronization

/// What takes memory, in bytes.
package protocol Weighed: AnyObject, Sendable {
  var byteCount: Int { get }
}

/// Values made once and shared by all who ask for the same key, from any thread.
///
/// Who asks while another thread makes the value waits for it. Values in use are always shared;
/// those nobody uses are kept up to `limit` bytes, the last used longest. Errors are not kept.
package final class SharedCache<Key: Hashable & Sendable, Value: Weighed>: Sendable {
  private final class Slot: Sendable {
    struct Content: ~Copyable { weak var value: Value? }
    let content = Mutex(Content())
  }

  private struct Entries: ~Copyable {
    var slots: [Key: Slot] = [:]
    var recent: [Value] = []
  }

  private let entries = Mutex(Entries())
  private let limit: Int

  package init(keeping limit: Int) { self.limit = limit }

  /// The value of `key`, made by `make` unless it is there already.
  package func value(
    for key: Key, _ make: () throws(DataError) -> Value
  ) throws(DataError) -> Value {
    let slot = entries.withLock { entries in
      if let slot = entries.slots[key] { return slot }
      let slot = Slot()
      entries.slots[key] = slot
      return slot
    }
    let value = try slot.content.withLock { content throws(DataError) in
      if let value = content.value { return value }
      let value = try make()
      content.value = value
      return value
    }
    keep(value)
    return value
  }

  private func keep(_ value: Value) {
    entries.withLock { entries in
      entries.recent.removeAll { $0 === value }
      entries.recent.append(value)
      var total = entries.recent.reduce(0) { $0 + $1.byteCount }
      while total > limit, entries.recent.count > 1 {
        total -= entries.recent.removeFirst().byteCount
      }
    }
  }
}
